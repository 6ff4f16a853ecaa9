//! One row per leg: the way from one fix to the next, with its speed and its state.

use crate::{
    motion::{Motion, StepKind},
    recording::Recording,
};

use super::{Edges, Probabilities, State, probabilities};

/// The leg between two consecutive fixes, gaps included, so that segments cover the elapsed time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// The fix it starts at; it ends at the next.
    pub fix: usize,
    /// Seconds since the recording's start.
    pub start_s: f64,
    /// Seconds since the recording's start.
    pub end_s: f64,
    /// Ground length between the two fixes as recorded, m.
    pub distance_m: f64,
    /// `distance_m` over the duration, m/s.
    pub raw_speed_mps: f64,
    /// Estimated speed, m/s; 0 where standing or paused.
    pub speed_mps: f64,
    /// Standard deviation of the estimate, m/s.
    pub speed_sd_mps: f64,
    /// The probabilities of its states.
    pub probabilities: Probabilities,
    /// The likeliest state.
    pub state: State,
    /// Whether it is a gap that was travelled.
    pub interpolated: bool,
}

impl Segment {
    /// Seconds.
    pub fn duration_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// Every segment of a recording, in order. `motion` is the recording's own.
pub fn segments<'a>(
    recording: &'a Recording,
    motion: &'a Motion,
    edges: Edges,
) -> impl Iterator<Item = Segment> + 'a {
    segments_with(recording, motion, move |index| probabilities(&motion.steps, index, edges))
}

/// The same with probabilities that are known already.
pub(super) fn segments_with<'a>(
    recording: &'a Recording,
    motion: &'a Motion,
    probabilities: impl Fn(usize) -> Probabilities + 'a,
) -> impl Iterator<Item = Segment> + 'a {
    let (steps, time_s) = (&motion.steps, &recording.fixes.time_s);
    let mut first = 0;
    (0..time_s.len().saturating_sub(1)).map(move |fix| {
        let (start_s, end_s) = (time_s[fix], time_s[fix + 1]);
        let step_end = |i: usize| steps.start_s[i] + f64::from(steps.duration_s[i]);
        while first + 1 < steps.len() && step_end(first) <= start_s {
            first += 1;
        }
        let (mut mean, mut speed, mut variance, mut weight) = (Probabilities::default(), 0.0, 0.0, 0.0);
        let mut interpolated = false;
        for i in (first..steps.len()).take_while(|i| steps.start_s[*i] < end_s) {
            // A step and a segment that only touch still need some weight: the segment may be shorter than rounding.
            let seconds = (step_end(i).min(end_s) - steps.start_s[i].max(start_s)).max(1e-9);
            mean.add(&probabilities(i), seconds);
            speed += seconds * f64::from(steps.speed_mps[i]);
            variance += seconds * f64::from(steps.speed_sd_mps[i]).powi(2);
            weight += seconds;
            interpolated |= steps.kind[i] == StepKind::Travelled;
        }
        let mut shares = Probabilities::default();
        shares.add(&mean, if weight > 0.0 { 1.0 / weight } else { 0.0 });
        let state = shares.likeliest();
        let moves = matches!(state, State::InBand | State::Faster) && weight > 0.0;
        let distance_m = f64::from(motion.leg_distance_m[fix]);
        Segment {
            fix,
            start_s,
            end_s,
            distance_m,
            raw_speed_mps: distance_m / (end_s - start_s),
            speed_mps: if moves { speed / weight } else { 0.0 },
            speed_sd_mps: if weight > 0.0 { (variance / weight).sqrt() } else { 0.0 },
            probabilities: shares,
            state,
            interpolated,
        }
    })
}
