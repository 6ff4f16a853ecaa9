//! A run: what a device wrote, how the runner moved, and, for any edges, how long in the band.

use std::{ops::ControlFlow, path::Path};

use crate::{
    band::{Edges, Summary, TimeRange},
    motion::{self, Evidence, Motion},
    recording::{self, Edits, ReadError, Recording},
};

/// A recording with its estimate. It never changes; a part of it is a run of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// What the device wrote.
    pub recording: Recording,
    /// How fast the runner moved.
    pub motion: Motion,
}

/// A part of a run as a run of its own: whatever can be said of a run can be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPart {
    /// The part; its times count from its own start.
    pub run: Run,
    /// Seconds from the whole run's start to this one's.
    pub offset_s: f64,
}

impl Run {
    /// Reads a file, whatever its format, and estimates.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        recording::read_file(path).map(Self::estimate)
    }

    /// Estimates how the runner moved, by all that the recording holds.
    pub fn estimate(recording: Recording) -> Self {
        Self { motion: motion::estimate(&recording), recording }
    }

    /// The same by some of it.
    pub fn estimate_by(recording: Recording, evidence: Evidence) -> Self {
        let go_on = &mut |_| ControlFlow::Continue(());
        match motion::estimate_with(&recording, evidence, go_on) {
            Some(motion) => Self { recording, motion },
            None => Self::preview(recording),
        }
    }

    /// The same for its numbers alone: where its fixes are and how long its legs are stays unknown. Takes less
    /// memory.
    pub fn estimate_numbers(recording: Recording, evidence: Evidence) -> Self {
        let go_on = &mut |_| ControlFlow::Continue(());
        match motion::steps_with(&recording, evidence, go_on) {
            Some(motion) => Self { recording, motion },
            None => Self::preview(recording),
        }
    }

    /// Like [`estimate_by`](Self::estimate_by); `progress` hears the share that is done, 0 to 1, and may break off.
    /// `None` if it did.
    pub fn estimate_with(
        recording: Recording,
        evidence: Evidence,
        progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Option<Self> {
        Some(Self { motion: motion::estimate_with(&recording, evidence, progress)?, recording })
    }

    /// A first look, at once whatever the length.
    pub fn preview(recording: Recording) -> Self {
        Self { motion: motion::preview(&recording), recording }
    }

    /// The numbers of the whole run.
    pub fn summary(&self, edges: Edges) -> Summary {
        Summary::new(&self.recording, &self.motion, edges)
    }

    /// A stretch of the run: its fixes, and its steps cut exactly at the range's ends. Nothing is estimated anew, so
    /// that a stretch has the numbers and the interval that the whole run's estimate gives it. What was odd about the
    /// file is said of the whole run alone.
    pub fn slice(&self, range: TimeRange) -> RunPart {
        let end_s = range.end_s.min(self.motion.steps.elapsed_s());
        let start_s = range.start_s.clamp(0.0, end_s);
        let time_s = &self.recording.fixes.time_s;
        let first = time_s.partition_point(|t| *t < start_s);
        let last = time_s.partition_point(|t| *t <= end_s).max(first);
        let chosen: Vec<u32> = (first as u32..last as u32).collect();
        let run = Self {
            recording: Recording { warnings: Vec::new(), ..self.recording.gather(&chosen, start_s) },
            motion: self.motion.slice(first..last, start_s, end_s),
        };
        RunPart { run, offset_s: start_s }
    }

    /// The run without what was cut from it, estimated anew: a drive home that is cut off must not colour what is
    /// left. `None` where fewer than two fixes would be left.
    pub fn cut(&self, edits: &Edits) -> Option<RunPart> {
        let (recording, offset_s) = edits.apply(&self.recording)?;
        Some(RunPart { run: Self::estimate(recording), offset_s })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        band::{interval, totals},
        samples,
    };

    fn run() -> Run {
        Run::estimate(samples::ALL[1].recording().expect("a sample"))
    }

    #[test]
    fn the_whole_run_as_a_range_or_a_cut_has_the_runs_numbers_and_interval() {
        let run = run();
        let whole = run.summary(Edges::default());
        assert!(whole.interval.is_some());
        assert!(run.motion.steps.speed_shift_mps.iter().any(|shift| *shift != 0.0));
        assert!(run.motion.steps.turning.iter().any(|turning| *turning), "the sample has turns");
        for end_s in [run.recording.elapsed_s(), f64::INFINITY] {
            let range = run.slice(TimeRange { start_s: 0.0, end_s }).run;
            assert_eq!(range.motion.steps, run.motion.steps);
            let summary = range.summary(Edges::default());
            assert_eq!((summary.totals, summary.interval), (whole.totals, whole.interval));
            let cut = run.cut(&Edits::default().trimmed_to([0.0, end_s])).expect("a run").run;
            let summary = cut.summary(Edges::default());
            assert_eq!((summary.totals, summary.interval), (whole.totals, whole.interval));
        }
    }

    #[test]
    fn estimated_for_its_numbers_alone_a_run_has_the_same() {
        let (whole, recording) = (run(), samples::ALL[1].recording().expect("a sample"));
        let run = Run::estimate_numbers(recording, Evidence::All);
        assert_eq!(run.motion.steps, whole.motion.steps);
        assert_eq!(run.summary(Edges::default()), whole.summary(Edges::default()));
        assert!(run.motion.ground_m.is_empty() && run.motion.leg_distance_m.is_empty());
    }

    #[test]
    fn a_stretch_as_a_run_of_its_own_has_the_stretchs_numbers_and_interval() {
        let run = run();
        let steps = &run.motion.steps;
        for (start_s, end_s) in [(0.0, 300.0), (123.4, 987.6), (2000.0, 1e9)] {
            let range = TimeRange { start_s, end_s };
            let part = run.slice(range);
            assert_eq!(part.offset_s, start_s);
            let summary = part.run.summary(Edges::default());
            let expected = totals(steps, Edges::default(), range);
            assert!((summary.totals.in_band_s - expected.in_band_s).abs() < 0.01, "{range:?}");
            assert!((summary.totals.elapsed_s() - expected.elapsed_s()).abs() < 0.01, "{range:?}");
            let (found, expected) = (summary.interval, interval(steps, Edges::default(), range));
            let (found, expected) = found.zip(expected).expect("both have one");
            assert!((found.low_s - expected.low_s).abs() < 0.01, "{range:?}: {found:?} {expected:?}");
            assert!((found.high_s - expected.high_s).abs() < 0.01, "{range:?}: {found:?} {expected:?}");
            let (recording, motion) = (&part.run.recording, &part.run.motion);
            assert_eq!(recording.fixes.len(), motion.ground_m.len());
            assert_eq!(recording.fixes.len() - 1, motion.leg_distance_m.len());
        }
    }

    /// A ratio in one run: nothing may go through all breaks for every one of them.
    #[test]
    fn a_cut_of_a_hundred_thousand_one_point_segments_costs_no_more_than_without_them() {
        let whole = fixture::recording_of(&fixture::steps_of(&[(100_000, 2.0)]));
        let count = whole.fixes.len();
        let in_segments = Recording { breaks: (1..count).collect(), ..whole.clone() };
        let edits = Edits::default().trimmed_to([10.0, 99_990.0]).ignoring([40_000.0, 50_000.0]);
        let cost = |recording: Recording| {
            let run = Run::preview(recording);
            let began = std::time::Instant::now();
            let part = run.cut(&edits).expect("enough is left");
            assert!(part.run.summary(Edges::default()).totals.elapsed_s() > 80_000.0);
            assert!(!run.slice(TimeRange { start_s: 5.0, end_s: 90_000.0 }).run.recording.fixes.is_empty());
            began.elapsed().as_secs_f64()
        };
        let least = |recording: &Recording| (0..2).map(|_| cost(recording.clone())).fold(f64::MAX, f64::min);
        let (plain, segments) = (least(&whole), least(&in_segments));
        assert!(segments < 5.0 * plain, "{segments:.2} s with segments, {plain:.2} s without");
    }

    #[test]
    fn of_a_first_look_a_stretch_is_as_open_as_the_whole() {
        let run = Run::preview(samples::ALL[1].recording().expect("a sample"));
        let part = run.slice(TimeRange { start_s: 60.0, end_s: 110.0 }).run;
        let interval = part.summary(Edges::default()).interval.expect("an interval");
        assert!(interval.low_s == 0.0 && interval.high_s > 49.0, "{interval:?}");
    }
}

/// Runs for the tests of the rooms after this one.
#[cfg(test)]
pub(crate) mod fixture {
    use super::Run;
    use crate::{
        motion::{Evidence, Motion, SpeedSource, StepKind, Steps},
        recording::{Fixes, Recording},
    };

    /// Stretches of (seconds, speed in m/s), known exactly; below 0.25 m/s the runner stands.
    pub fn steps_of(stretches: &[(usize, f32)]) -> Steps {
        let mut steps = Steps::default();
        let mut distance_m = 0.0;
        for &(seconds, speed_mps) in stretches {
            let stands = speed_mps < 0.5;
            for _ in 0..seconds {
                steps.start_s.push(steps.len() as f64);
                steps.duration_s.push(1.0);
                steps.speed_mps.push(speed_mps);
                steps.speed_sd_mps.push(0.0);
                steps.p_standing.push(if stands { 1.0 } else { 0.0 });
                steps.kind.push(StepKind::Recorded);
                steps.distance_m.push(distance_m);
                distance_m += if stands { 0.0 } else { f64::from(speed_mps) };
            }
        }
        steps
    }

    /// The run of those steps.
    pub fn run_of(steps: Steps) -> Run {
        Run { recording: recording_of(&steps), motion: motion_of(steps) }
    }

    /// The motion of those steps, due east.
    pub fn motion_of(steps: Steps) -> Motion {
        let at_m: Vec<f64> = (0..=steps.len()).map(|k| steps.distance_at(k as f64)).collect();
        Motion {
            ground_m: at_m.iter().map(|m| [*m as f32, 0.0]).collect(),
            leg_distance_m: at_m.windows(2).map(|pair| (pair[1] - pair[0]) as f32).collect(),
            source: SpeedSource::Positions,
            evidence: Evidence::All,
            position_error_m: Some(2.9),
            warnings: Vec::new(),
            steps,
        }
    }

    /// A recording with a fix at the start of every step and at the end.
    pub fn recording_of(steps: &Steps) -> Recording {
        let time_s: Vec<f64> = (0..=steps.len()).map(|k| k as f64).collect();
        let degrees_per_metre = 1.0 / 111_320.0;
        Recording {
            utc_offset_s: Some(7200),
            ..Recording::from_fixes(
                "Riverside",
                chrono::DateTime::from_timestamp(1_794_636_720, 0).expect("a time"),
                Fixes {
                    latitude_deg: vec![0.0; time_s.len()],
                    longitude_deg: time_s.iter().map(|t| steps.distance_at(*t) * degrees_per_metre).collect(),
                    time_s,
                    ..Fixes::default()
                },
            )
        }
    }
}
