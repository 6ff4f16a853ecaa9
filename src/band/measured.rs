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
    let mut sum = MeasuredSum::new(&recording.fixes, range);
    if sum.is_of_nothing() {
        return Measured::default();
    }
    for index in range.steps(steps) {
        sum.add(steps, index, range.overlap_s(steps, index), &probabilities(index));
    }
    sum.measured()
}

/// The means being added up, step by step.
#[derive(Debug)]
pub(super) struct MeasuredSum<'a> {
    heart_rate: Option<Values<'a>>,
    cadence: Option<Values<'a>>,
    whole: Mean,
    in_band: Mean,
    faster: Mean,
    per_minute: Mean,
}

impl<'a> MeasuredSum<'a> {
    /// Nothing yet of a stretch.
    pub(super) fn new(fixes: &'a Fixes, range: TimeRange) -> Self {
        let [whole, in_band, faster, per_minute] = [Mean::default(); 4];
        let values = |quantity| Values::of(quantity, fixes, range);
        let (heart_rate, cadence) = (values(Quantity::HeartRate), values(Quantity::Cadence));
        Self { heart_rate, cadence, whole, in_band, faster, per_minute }
    }

    /// Whether nothing was recorded that it is the mean of.
    fn is_of_nothing(&self) -> bool {
        self.heart_rate.is_none() && self.cadence.is_none()
    }

    /// Adds so many seconds of a step, later than those before.
    pub(super) fn add(&mut self, steps: &Steps, index: usize, seconds: f64, chance: &Probabilities) {
        if self.is_of_nothing() || steps.kind[index] != StepKind::Recorded {
            return;
        }
        let middle_s = steps.start_s[index] + f64::from(steps.duration_s[index]) / 2.0;
        if let Some(bpm) = self.heart_rate.as_mut().and_then(|values| values.at(middle_s)) {
            self.whole.add(bpm, seconds);
            self.in_band.add(bpm, seconds * chance.in_band);
            self.faster.add(bpm, seconds * chance.faster);
        }
        if let Some(per_minute) = self.cadence.as_mut().and_then(|values| values.at(middle_s)) {
            self.per_minute.add(per_minute, seconds * (1.0 - f64::from(steps.p_standing[index])));
        }
    }

    /// The means of the steps that were added.
    pub(super) fn measured(&self) -> Measured {
        Measured {
            heart_rate_bpm: self.whole.of(1.0),
            in_band_bpm: self.in_band.of(LEAST_S),
            faster_bpm: self.faster.of(LEAST_S),
            cadence_spm: self.per_minute.of(1.0),
            climb: None,
        }
    }
}

/// A recorded quantity, asked for at one moment after another.
#[derive(Debug)]
struct Values<'a> {
    quantity: Quantity,
    fixes: &'a Fixes,
    /// The fix after the last moment.
    next: usize,
}

impl<'a> Values<'a> {
    /// Those from where a stretch begins; `None` where the quantity was not recorded.
    fn of(quantity: Quantity, fixes: &'a Fixes, range: TimeRange) -> Option<Self> {
        let next = fixes.time_s.partition_point(|time| *time < range.start_s);
        quantity.is_in(fixes).then_some(Self { quantity, fixes, next })
    }

    /// The value at a moment, s, no earlier than the last one; `None` where it is not known there.
    fn at(&mut self, time_s: f64) -> Option<f64> {
        while self.fixes.time_s.get(self.next).is_some_and(|time| *time < time_s) {
            self.next += 1;
        }
        self.quantity.before_fix(self.fixes, self.next, time_s)
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
