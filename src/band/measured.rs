//! Heart rate, cadence and climb in the band and above it.

use crate::{
    motion::{Climb, StepKind, Steps},
    recording::{Fixes, Quantity, Recording},
};

use super::{Edges, Probabilities, TimeRange, probabilities};

/// A mean of fewer seconds says nothing, s.
const LEAST_S: f64 = 10.0;

/// What the device measured beside the way; each `None` where it was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measured {
    /// Mean heart rate of the recorded time, pauses and gaps left out, beats per minute.
    pub heart_rate_bpm: Option<f64>,
    /// Mean heart rate in the band, weighted by the probability of being in it.
    pub in_band_bpm: Option<f64>,
    /// Mean heart rate above the band, weighted by the probability of that.
    pub faster_bpm: Option<f64>,
    /// Mean cadence while moving, per minute.
    pub cadence_spm: Option<f64>,
    /// Metres up and down.
    pub climb: Option<Climb>,
}

/// A weighted mean being added up.
#[derive(Debug, Clone, Copy, Default)]
struct Mean {
    sum: f64,
    seconds: f64,
}

impl Mean {
    fn add(&mut self, value: f64, seconds: f64) {
        self.sum += value * seconds;
        self.seconds += seconds;
    }

    /// The mean of at least so many seconds.
    fn of(self, least_s: f64) -> Option<f64> {
        (self.seconds >= least_s).then(|| self.sum / self.seconds)
    }
}

/// The means of a stretch; its climb is the caller's to tell, as that of a part depends on the whole.
pub fn measured(recording: &Recording, steps: &Steps, edges: Edges, range: TimeRange) -> Measured {
    measured_with(recording, steps, range, |index| probabilities(steps, index, edges))
}

/// The same with probabilities that are known already.
pub(super) fn measured_with(
    recording: &Recording,
    steps: &Steps,
    range: TimeRange,
    probabilities: impl Fn(usize) -> Probabilities,
) -> Measured {
    let fixes = &recording.fixes;
    let [mut whole, mut in_band, mut faster, mut cadence] = [Mean::default(); 4];
    each(fixes, steps, range, Quantity::HeartRate, |index, bpm, seconds| {
        let shares = probabilities(index);
        whole.add(bpm, seconds);
        in_band.add(bpm, seconds * shares.in_band);
        faster.add(bpm, seconds * shares.faster);
    });
    each(fixes, steps, range, Quantity::Cadence, |index, per_minute, seconds| {
        cadence.add(per_minute, seconds * (1.0 - f64::from(steps.p_standing[index])));
    });
    Measured {
        heart_rate_bpm: whole.of(1.0),
        in_band_bpm: in_band.of(LEAST_S),
        faster_bpm: faster.of(LEAST_S),
        cadence_spm: cadence.of(1.0),
        climb: None,
    }
}

/// Every recorded step of a stretch in whose middle a quantity is known: its value there, and the step's seconds.
fn each(
    fixes: &Fixes,
    steps: &Steps,
    range: TimeRange,
    quantity: Quantity,
    mut add: impl FnMut(usize, f64, f64),
) {
    if !quantity.is_in(fixes) {
        return;
    }
    let mut next = fixes.time_s.partition_point(|time| *time < range.start_s);
    for index in range.steps(steps).filter(|index| steps.kind[*index] == StepKind::Recorded) {
        let middle_s = steps.start_s[index] + f64::from(steps.duration_s[index]) / 2.0;
        while fixes.time_s.get(next).is_some_and(|time| *time < middle_s) {
            next += 1;
        }
        if let Some(value) = quantity.before_fix(fixes, next, middle_s) {
            add(index, value, range.overlap_s(steps, index));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::fixture::{recording_of, steps_of};

    fn close(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-9)
    }

    #[test]
    fn means_are_those_found_by_hand() {
        // 100 s in the band at 120, 50 s above it at 150, 50 s of standing at 90.
        let mut steps = steps_of(&[(100, 1.5), (50, 3.0), (50, 0.0)]);
        steps.p_standing[150..].fill(1.0);
        let mut recording = recording_of(&steps);
        recording.fixes.heart_rate_bpm = (0..=200)
            .map(|k| {
                if k <= 100 {
                    120
                } else if k <= 150 {
                    150
                } else {
                    90
                }
            })
            .collect();
        recording.fixes.cadence_spm = (0..=200).map(|k| if k <= 150 { 160 } else { 0 }).collect();
        let found = measured(&recording, &steps, Edges::default(), TimeRange::ALL);
        // The step from 100 to 101 s is half way between 120 and 150, that from 150 to 151 s between 150 and 90.
        let (in_band, faster) = (120.0 * 100.0, 135.0 + 150.0 * 49.0);
        assert!(close(found.in_band_bpm, in_band / 100.0), "{found:?}");
        assert!(close(found.faster_bpm, faster / 50.0), "{found:?}");
        assert!(close(found.heart_rate_bpm, (in_band + faster + 120.0 + 90.0 * 49.0) / 200.0), "{found:?}");
        assert!(close(found.cadence_spm, 160.0), "{found:?}");
        let part = TimeRange { start_s: 20.5, end_s: 60.0 };
        let found = measured(&recording, &steps, Edges::default(), part);
        assert!(close(found.heart_rate_bpm, 120.0) && found.faster_bpm.is_none(), "{found:?}");
    }

    #[test]
    fn undecided_seconds_count_by_their_probability() {
        let mut steps = steps_of(&[(100, 2.0), (100, 3.0)]);
        // At the edge itself: half in the band, half above.
        steps.speed_sd_mps[..100].fill(0.2);
        let mut recording = recording_of(&steps);
        recording.fixes.heart_rate_bpm = (0..=200).map(|k| if k <= 100 { 130 } else { 160 }).collect();
        let found = measured(&recording, &steps, Edges::default(), TimeRange::ALL);
        let above = (50.0 * 130.0 + 145.0 + 99.0 * 160.0) / 150.0;
        assert!(found.faster_bpm.is_some_and(|bpm| (bpm - above).abs() < 1e-6), "{found:?} {above}");
        assert!(close(found.in_band_bpm, 130.0), "{found:?}");
    }

    #[test]
    fn gaps_pauses_and_what_was_not_recorded_count_nothing() {
        let mut steps = steps_of(&[(60, 1.5), (60, 1.5), (60, 1.5)]);
        steps.kind[60..120].fill(StepKind::Paused);
        let mut recording = recording_of(&steps);
        recording.fixes.heart_rate_bpm = (0..=180)
            .map(|k| {
                if k < 60 {
                    100
                } else if k < 125 {
                    200
                } else {
                    0
                }
            })
            .collect();
        let found = measured(&recording, &steps, Edges::default(), TimeRange::ALL);
        let expected = (59.0 * 100.0 + 150.0 + 4.0 * 200.0) / 64.0;
        assert!(close(found.heart_rate_bpm, expected), "{found:?}, not {expected}");
        let none = measured(&recording_of(&steps), &steps, Edges::default(), TimeRange::ALL);
        assert_eq!(none, Measured::default());
    }
}
