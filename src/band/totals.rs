//! Seconds in each state over a stretch of time.

use crate::motion::{StepKind, Steps};

use super::{Edges, Probabilities, probabilities};

/// A stretch of a recording, seconds since its start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeRange {
    /// Where it begins.
    pub start_s: f64,
    /// Where it ends.
    pub end_s: f64,
}

impl TimeRange {
    /// The whole recording, and any moment beyond.
    pub const ALL: Self = Self { start_s: 0.0, end_s: f64::INFINITY };

    /// Seconds that the step `index` shares with this range.
    pub(super) fn overlap_s(self, steps: &Steps, index: usize) -> f64 {
        let (start, duration) = (steps.start_s[index], f64::from(steps.duration_s[index]));
        ((start + duration).min(self.end_s) - start.max(self.start_s)).clamp(0.0, duration)
    }

    /// The steps that this range touches.
    pub fn steps(self, steps: &Steps) -> std::ops::Range<usize> {
        let first = steps.start_s.partition_point(|start| *start <= self.start_s).saturating_sub(1);
        first..steps.start_s.partition_point(|start| *start < self.end_s).max(first)
    }
}

/// Seconds in each state, sums of probabilities; the four states add up to the elapsed time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// Recorded, not moving.
    pub standing_s: f64,
    /// Moving, at most the upper edge.
    pub in_band_s: f64,
    /// The part of `in_band_s` that is brisk.
    pub brisk_s: f64,
    /// Moving, above the upper edge.
    pub faster_s: f64,
    /// Nothing recorded and no travel.
    pub paused_s: f64,
    /// Seconds of gaps that were travelled; they are also in the states.
    pub interpolated_s: f64,
    /// Metres travelled.
    pub distance_m: f64,
}

impl Totals {
    /// All seconds.
    pub fn elapsed_s(&self) -> f64 {
        self.standing_s + self.in_band_s + self.faster_s + self.paused_s
    }

    /// Seconds of moving.
    pub fn moving_s(&self) -> f64 {
        self.in_band_s + self.faster_s
    }

    /// In band as a share of moving, 0 to 1; 0 where nothing moved. The probabilities of a night on the table may
    /// add up to a fraction of a second: that is no moving.
    pub fn share(&self) -> f64 {
        if self.moving_s() >= 0.5 { self.in_band_s / self.moving_s() } else { 0.0 }
    }

    /// Metres per second of moving; 0 where nothing moved.
    pub fn mean_moving_speed_mps(&self) -> f64 {
        if self.moving_s() > 0.0 { self.distance_m / self.moving_s() } else { 0.0 }
    }
}

/// Sums the states over a stretch of the time line.
pub fn totals(steps: &Steps, edges: Edges, range: TimeRange) -> Totals {
    totals_with(steps, range, |index| probabilities(steps, index, edges))
}

/// The same with probabilities that are known already.
pub(super) fn totals_with(
    steps: &Steps,
    range: TimeRange,
    probabilities: impl Fn(usize) -> Probabilities,
) -> Totals {
    let mut sum = TotalsSum::default();
    for index in range.steps(steps) {
        sum.add(steps, index, range.overlap_s(steps, index), &probabilities(index));
    }
    sum.totals(steps, range)
}

/// Totals being added up, step by step.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TotalsSum {
    states: Probabilities,
    interpolated_s: f64,
}

impl TotalsSum {
    /// Adds so many seconds of a step.
    pub(super) fn add(&mut self, steps: &Steps, index: usize, seconds: f64, chance: &Probabilities) {
        self.states.add(chance, seconds);
        if steps.kind[index] == StepKind::Travelled {
            self.interpolated_s += seconds;
        }
    }

    /// The totals of the stretch whose steps were added.
    pub(super) fn totals(&self, steps: &Steps, range: TimeRange) -> Totals {
        Totals {
            standing_s: self.states.standing,
            in_band_s: self.states.in_band,
            brisk_s: self.states.brisk,
            faster_s: self.states.faster,
            paused_s: self.states.paused,
            interpolated_s: self.interpolated_s,
            distance_m: steps.distance_at(range.end_s) - steps.distance_at(range.start_s),
        }
    }
}
