//! How fast the runner moved: from fixes to speed with its uncertainty.

mod ground;
mod warning;

pub use warning::Warning;

use crate::recording::Recording;

/// A longer silence between two fixes is a gap, s.
pub const GAP_S: f64 = 10.0;
/// Below this speed nobody moves, m/s.
pub const STANDING_BELOW_MPS: f64 = 0.5;

/// The motion of one recording: what is known of every moment from first fix to last.
#[derive(Debug, Clone, PartialEq)]
pub struct Motion {
    /// Metres east and north of the recording's middle, one pair per fix, as recorded (not smoothed).
    pub ground_m: Vec<[f32; 2]>,
    /// Ground length of each leg between consecutive fixes, m; one fewer than fixes.
    pub leg_distance_m: Vec<f32>,
    /// The time line.
    pub steps: Steps,
    /// Typical error of the positions, m (one axis, standard deviation), where it could be estimated.
    pub position_error_m: Option<f64>,
    /// What the estimator has to say about the result.
    pub warnings: Vec<Warning>,
}

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
    /// Probability of standing still, beyond what speed and its deviation say, 0 to 1.
    pub p_standing: Vec<f32>,
    /// What is known of this step.
    pub kind: Vec<StepKind>,
    /// Metres travelled since the start, at the step's start.
    pub distance_m: Vec<f64>,
}

/// What is known of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Fixes on both sides tell the speed.
    Recorded,
    /// A gap that was travelled: one mean speed, reported as interpolated.
    Travelled,
    /// Nothing recorded and no travel.
    Paused,
}

impl Steps {
    /// The number of steps.
    pub fn len(&self) -> usize {
        self.start_s.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.start_s.is_empty()
    }

    /// The step that holds the moment `time_s`, clamped to the first and last. `None` without steps.
    pub fn at(&self, time_s: f64) -> Option<usize> {
        (!self.is_empty()).then(|| self.start_s.partition_point(|start| *start <= time_s).saturating_sub(1))
    }

    /// Metres travelled during step `index`.
    pub fn travelled_m(&self, index: usize) -> f64 {
        match self.distance_m.get(index + 1) {
            Some(next_m) => next_m - self.distance_m[index],
            None if self.kind[index] == StepKind::Paused || self.p_standing[index] > 0.5 => 0.0,
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
}

/// Estimates the motion of a recording.
pub fn estimate(recording: &Recording) -> Motion {
    let fixes = &recording.fixes;
    let ground = ground::project(&fixes.latitude_deg, &fixes.longitude_deg);
    let time = &fixes.time_s;
    let n = time.len();
    let leg: Vec<f64> = ground.windows(2).map(|p| (p[1][0] - p[0][0]).hypot(p[1][1] - p[0][1])).collect();
    let at = |query: f64| -> [f64; 2] {
        let i = time.partition_point(|t| *t <= query).clamp(1, n - 1);
        let f = ((query - time[i - 1]) / (time[i] - time[i - 1])).clamp(0.0, 1.0);
        [0, 1].map(|axis| ground[i - 1][axis] + f * (ground[i][axis] - ground[i - 1][axis]))
    };
    let mut steps = Steps::default();
    let mut distance = 0.0;
    let mut push = |start: f64, end: f64, speed: f64, sd: f64, p_standing: f64, kind: StepKind| {
        steps.start_s.push(start);
        steps.duration_s.push((end - start) as f32);
        steps.speed_mps.push(speed as f32);
        steps.speed_sd_mps.push(sd as f32);
        steps.p_standing.push(p_standing as f32);
        steps.kind.push(kind);
        steps.distance_m.push(distance);
        if kind != StepKind::Paused && p_standing < 0.5 {
            distance += speed * (end - start);
        }
    };
    let mut begin = 0.0;
    for i in 0..n.saturating_sub(1) {
        let (gap, cut) = (time[i + 1] - time[i], recording.breaks.contains(&(i + 1)));
        if gap <= GAP_S && !cut {
            continue;
        }
        fill(&at, begin, time[i], &mut push);
        let speed = leg[i] / gap;
        let kind = if cut || speed < STANDING_BELOW_MPS { StepKind::Paused } else { StepKind::Travelled };
        push(time[i], time[i + 1], if kind == StepKind::Paused { 0.0 } else { speed }, 4.0 / gap, 0.0, kind);
        begin = time[i + 1];
    }
    if let Some(end) = time.last() {
        fill(&at, begin, *end, &mut push);
    }
    Motion {
        ground_m: ground.iter().map(|p| [p[0] as f32, p[1] as f32]).collect(),
        leg_distance_m: leg.iter().map(|d| *d as f32).collect(),
        steps,
        position_error_m: None,
        warnings: Vec::new(),
    }
}

fn fill(
    at: &impl Fn(f64) -> [f64; 2],
    begin: f64,
    end: f64,
    push: &mut impl FnMut(f64, f64, f64, f64, f64, StepKind),
) {
    let mut start = begin;
    while start < end {
        let stop = (start + 1.0).min(end);
        let middle = f64::midpoint(start, stop);
        let (a, b) = ((middle - 5.0).max(begin), (middle + 5.0).min(end));
        let (p, q) = (at(a), at(b));
        let speed = (q[0] - p[0]).hypot(q[1] - p[1]) / (b - a);
        push(start, stop, speed, 0.1, f64::from(u8::from(speed < STANDING_BELOW_MPS)), StepKind::Recorded);
        start = stop;
    }
}
