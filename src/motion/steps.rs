//! The time line that everything after the estimator builds on.

use crate::recording::Recording;

/// The time line in columns of equal length: steps of at most one second, or one whole gap each, that follow
/// each other without a hole from 0 to the elapsed time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Steps {
    /// Seconds since the recording's start.
    pub start_s: Vec<f64>,
    /// Seconds; a gap's may be long.
    pub duration_s: Vec<f32>,
    /// Mean speed given that the runner moves, m/s.
    pub speed_mps: Vec<f32>,
    /// Standard deviation of that speed, m/s.
    pub speed_sd_mps: Vec<f32>,
    /// Half the difference of that speed with position errors 0.7 and 1.4 times as large, m/s: what all steps
    /// share if the estimated error is wrong. For the interval.
    pub speed_shift_mps: Vec<f32>,
    /// Probability of standing still, beyond what speed and its deviation say, 0 to 1.
    pub p_standing: Vec<f32>,
    /// What is known of this step.
    pub kind: Vec<StepKind>,
    /// Whether the runner turns round within a few seconds: speed may have dipped unseen. For the interval.
    pub turning: Vec<bool>,
    /// Whether the device's own speed was heard, too. For the interval, and to tell.
    pub by_device: Vec<bool>,
    /// Metres travelled since the start, at the step's start.
    pub distance_m: Vec<f64>,
}

/// How many times `speed_shift_mps` the interval of the time in band takes, for 95%: its factor for the shift times that
/// for the whole, both fitted on simulated runs (see `docs/method.md`).
pub const SHIFT_FACTORS: [f64; 2] = [2.1, 2.4];

/// What is known of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Fixes on both sides tell the speed.
    Recorded,
    /// A gap that was travelled: one mean speed, reported as interpolated.
    Travelled,
    /// Nothing recorded and no travel.
    Paused,
    /// Cut out by a person.
    LeftOut,
}

impl Steps {
    /// The steps of a recording without any estimate yet: gaps are one step each, travelled unless recording
    /// was interrupted; within a recorded stretch seconds are counted from its first fix.
    pub(super) fn grid(time_s: &[f64], breaks: &[usize]) -> Self {
        let mut steps = Self::default();
        let mut breaks = breaks.iter().peekable();
        let mut begin = 0.0;
        for (i, pair) in time_s.windows(2).enumerate() {
            let mut interrupted = false;
            while breaks.next_if(|b| **b <= i + 1).is_some() {
                interrupted = true;
            }
            if pair[1] - pair[0] <= super::GAP_S && !interrupted {
                continue;
            }
            steps.push_seconds(begin, pair[0]);
            let kind = if interrupted { StepKind::Paused } else { StepKind::Travelled };
            steps.push(pair[0], pair[1], kind);
            begin = pair[1];
        }
        if let Some(end) = time_s.last() {
            steps.push_seconds(begin, *end);
        }
        let n = steps.len();
        steps.speed_mps = vec![0.0; n];
        steps.speed_sd_mps = vec![0.0; n];
        steps.speed_shift_mps = vec![0.0; n];
        steps.p_standing = vec![0.0; n];
        steps.turning = vec![false; n];
        steps.by_device = vec![false; n];
        steps.distance_m = vec![0.0; n];
        steps
    }

    fn push_seconds(&mut self, begin: f64, end: f64) {
        let mut start = begin;
        let mut count = 0.0;
        while start < end {
            count += 1.0;
            // A last step of less than a millisecond would only be rounding.
            let stop = if begin + count > end - 1e-3 { end } else { begin + count };
            self.push(start, stop, StepKind::Recorded);
            start = stop;
        }
    }

    fn push(&mut self, start: f64, end: f64, kind: StepKind) {
        self.start_s.push(start);
        self.duration_s.push((end - start) as f32);
        self.kind.push(kind);
    }

    /// The number of steps.
    pub fn len(&self) -> usize {
        self.start_s.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.start_s.is_empty()
    }

    /// Has what a person left out of the recording count as that: each such gap is a step of its own.
    pub(super) fn leave_out(&mut self, recording: &Recording) {
        for [from_s, _] in recording.left_out_s() {
            if let Some(index) = self.at(from_s).filter(|index| self.kind[*index] == StepKind::Paused) {
                self.kind[index] = StepKind::LeftOut;
            }
        }
    }

    /// The step that holds the moment `time_s`, clamped to the first and last. `None` without steps.
    pub fn at(&self, time_s: f64) -> Option<usize> {
        (!self.is_empty()).then(|| self.start_s.partition_point(|start| *start <= time_s).saturating_sub(1))
    }

    /// Whether the runner more likely stood than moved during step `index`; paused counts as standing.
    pub fn stands(&self, index: usize) -> bool {
        self.kind[index] == StepKind::Paused || self.p_standing[index] > 0.5
    }

    /// Metres travelled during step `index`.
    pub fn travelled_m(&self, index: usize) -> f64 {
        match self.distance_m.get(index + 1) {
            Some(next_m) => next_m - self.distance_m[index],
            None if self.stands(index) => 0.0,
            None => f64::from(self.speed_mps[index]) * f64::from(self.duration_s[index]),
        }
    }

    /// Metres travelled from the start to the moment `time_s`, clamped to the time line.
    pub fn distance_at(&self, time_s: f64) -> f64 {
        let Some(index) = self.at(time_s) else { return 0.0 };
        let part = ((time_s - self.start_s[index]) / f64::from(self.duration_s[index])).clamp(0.0, 1.0);
        self.distance_m[index] + part * self.travelled_m(index)
    }

    /// Seconds from start to the end of the last step.
    pub fn elapsed_s(&self) -> f64 {
        match (self.start_s.last(), self.duration_s.last()) {
            (Some(start), Some(duration)) => start + f64::from(*duration),
            _ => 0.0,
        }
    }

    /// The steps between two moments, cut exactly there; times and distance count from the first.
    #[must_use]
    pub fn slice(&self, start_s: f64, end_s: f64) -> Self {
        fn put<T: Copy>(to: &mut Vec<T>, from: &[T], index: usize) {
            to.extend(from.get(index));
        }
        let from_m = self.distance_at(start_s);
        let mut part = Self::default();
        let first = self.start_s.partition_point(|start| *start <= start_s).saturating_sub(1);
        for index in first..self.start_s.partition_point(|start| *start < end_s) {
            let from = self.start_s[index].max(start_s);
            let to = (self.start_s[index] + f64::from(self.duration_s[index])).min(end_s);
            if to <= from {
                continue;
            }
            part.start_s.push(from - start_s);
            part.duration_s.push((to - from) as f32);
            part.distance_m.push(self.distance_at(from) - from_m);
            put(&mut part.speed_mps, &self.speed_mps, index);
            put(&mut part.speed_sd_mps, &self.speed_sd_mps, index);
            put(&mut part.speed_shift_mps, &self.speed_shift_mps, index);
            put(&mut part.p_standing, &self.p_standing, index);
            put(&mut part.kind, &self.kind, index);
            put(&mut part.turning, &self.turning, index);
            put(&mut part.by_device, &self.by_device, index);
        }
        part
    }

    /// Share of the recorded time in which the device's own speed was heard, 0 to 1.
    pub fn by_device_share(&self) -> f64 {
        let (mut heard_s, mut recorded_s) = (0.0, 0.0);
        for (index, seconds) in self.duration_s.iter().enumerate() {
            if self.kind[index] == StepKind::Recorded {
                recorded_s += f64::from(*seconds);
                if self.by_device.get(index).is_some_and(|heard| *heard) {
                    heard_s += f64::from(*seconds);
                }
            }
        }
        if recorded_s > 0.0 { heard_s / recorded_s } else { 0.0 }
    }

    /// Adds the distance up once all speeds are known.
    pub(super) fn add_up(&mut self) {
        let mut distance = 0.0;
        for i in 0..self.len() {
            self.distance_m[i] = distance;
            if self.kind[i] != StepKind::Paused && self.p_standing[i] <= 0.5 {
                distance += f64::from(self.speed_mps[i]) * f64::from(self.duration_s[i]);
            }
        }
    }
}
