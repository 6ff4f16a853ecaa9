//! Where the time in band lies with 95% probability.
//!
//! The half width is the root of a sum of squares, each part in seconds and scaled by a factor found by maximum
//! likelihood on simulated runs of several error families (`docs/method.md`):
//!
//! | part | what it stands for |
//! |---|---|
//! | shift | the position error is 0.7 or 1.4 times what was estimated, or the device's scale is off, for all seconds alike |
//! | independent | sum of p (1 - p): seconds that may fall either way, one by one |
//! | shared | the same sum: what undecided seconds share, less where the device's speed was heard |
//! | edges | where stops and pauses begin and end |
//! | pauses | the seconds of slowing down and setting off that a pausing watch leaves out, alike at every pause |
//! | turns | seconds outside the band in tight turns, whose dips are too short to see |
//! | gaps | gaps whose path may have been walked or run |
//! | floor | of every moving second |
//!
//! Steps whose speed was not estimated by the method have an infinite `speed_shift_mps`: they may be in or out.

use crate::motion::{SHIFT_FACTORS, STANDING_BELOW_MPS, StepKind, Steps};

use super::{Edges, Probabilities, TimeRange, probabilities};

/// Where the time in band lies with 95% probability, s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low_s: f64,
    /// Upper end.
    pub high_s: f64,
}

/// Factors of the parts, and of the whole for 95%.
const SHIFT: f64 = SHIFT_FACTORS[0];
const INDEPENDENT: f64 = 2.4;
const SHARED: f64 = 0.7;
/// Where the device's speed was heard, too, seconds are surer and share less.
const SHARED_BY_DEVICE: f64 = 0.1;
const INDEPENDENT_BY_DEVICE: f64 = 2.0;
const EDGE: f64 = 3.1;
/// Seconds per pause; larger than fitted on simulated runs, because watches differ.
const PAUSE: f64 = 0.6;
const TURN: f64 = 0.27;
const GAP: f64 = 0.37;
const FLOOR: f64 = 0.12;
const WHOLE: f64 = SHIFT_FACTORS[1];
/// Gaps longer than this may hold anything, s.
const LONG_GAP_S: f64 = 120.0;
/// A path through a gap is at most so much longer than its chord.
const DETOUR: f64 = 1.5;

/// The parts of the interval being added up, step by step: s, or the square of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct IntervalSum {
    moving: f64,
    shift: f64,
    independent: f64,
    shared: f64,
    edges: f64,
    pauses: f64,
    turns: f64,
    gaps: f64,
    in_band: f64,
    seconds: f64,
    unknown_low: f64,
    unknown_high: f64,
    /// Whether the runner stood in the step before.
    stood: Option<bool>,
}

/// The 95% interval of the time in band over a stretch of the time line; one pass. `None` without steps.
pub fn interval(steps: &Steps, edges: Edges, range: TimeRange) -> Option<Interval> {
    interval_with(steps, edges, range, |index| probabilities(steps, index, edges))
}

/// The same with probabilities that are known already.
pub(super) fn interval_with(
    steps: &Steps,
    edges: Edges,
    range: TimeRange,
    probabilities: impl Fn(usize) -> Probabilities,
) -> Option<Interval> {
    let mut sum = IntervalSum::default();
    for index in range.steps(steps) {
        sum.add(steps, edges, index, range.overlap_s(steps, index), &probabilities(index));
    }
    (!steps.is_empty()).then(|| sum.interval())
}

impl IntervalSum {
    /// The interval of the steps that were added.
    pub(super) fn interval(&self) -> Interval {
        let variance = FLOOR.powi(2) * self.moving
            + self.shift.powi(2)
            + self.independent
            + self.shared.powi(2)
            + EDGE * EDGE * self.edges
            + (PAUSE * self.pauses).powi(2)
            + (TURN * self.turns).powi(2)
            + (GAP * self.gaps).powi(2);
        let half = WHOLE * variance.sqrt();
        Interval {
            low_s: (self.in_band - half - self.unknown_low).max(0.0),
            high_s: (self.in_band + half + self.unknown_high).min(self.seconds),
        }
    }

    /// Adds so many seconds of a step.
    pub(super) fn add(
        &mut self,
        steps: &Steps,
        edges: Edges,
        index: usize,
        seconds: f64,
        chance: &Probabilities,
    ) {
        let shift = steps.speed_shift_mps.get(index).map_or(0.0, |shift| f64::from(*shift));
        let stands = steps.stands(index);
        if self.stood.is_some_and(|stood| stood != stands) {
            self.edges += 1.0;
        }
        self.stood = Some(stands);
        self.seconds += seconds;
        self.in_band += seconds * chance.in_band;
        if shift.is_infinite() {
            self.unknown_low += seconds * chance.in_band;
            self.unknown_high += seconds * (1.0 - chance.in_band);
            return;
        }
        let speed = f64::from(steps.speed_mps[index]);
        match steps.kind[index] {
            StepKind::Paused => self.pauses += 1.0,
            StepKind::LeftOut => {}
            StepKind::Travelled => {
                let upper = edges.upper_mps();
                if f64::from(steps.duration_s[index]) > LONG_GAP_S
                    || speed <= DETOUR * upper && upper < DETOUR * speed
                {
                    self.gaps += seconds;
                }
            }
            StepKind::Recorded => {
                let moving = seconds * (1.0 - f64::from(steps.p_standing[index]));
                self.moving += moving;
                let undecided = moving * chance.in_band * (1.0 - chance.in_band);
                let by_device = steps.by_device.get(index).is_some_and(|by_device| *by_device);
                let (independent, shared) =
                    if by_device { (INDEPENDENT_BY_DEVICE, SHARED_BY_DEVICE) } else { (INDEPENDENT, SHARED) };
                self.independent += independent * independent * undecided;
                self.shared += shared * undecided;
                if steps.turning.get(index).is_some_and(|turning| *turning) {
                    self.turns += moving * (1.0 - chance.in_band);
                }
                // The change of p_in_band where the speed is off by `shift`; the wider deviation keeps it below 1.
                let sd = f64::from(steps.speed_sd_mps[index]).hypot(shift).max(1e-6);
                let slope =
                    density((STANDING_BELOW_MPS - speed) / sd) - density((edges.upper_mps() - speed) / sd);
                self.shift += SHIFT * moving * slope / sd * shift;
            }
        }
    }
}

/// Density of the standard normal distribution.
fn density(x: f64) -> f64 {
    if x.abs() > 8.0 { 0.0 } else { 0.398_942_280_401_432_7 * (-0.5 * x * x).exp() }
}
