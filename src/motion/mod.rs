//! How fast the runner moved: from fixes to speed with its uncertainty.
//!
//! ```text
//! fixes -> ground -> held, spikes -> error -> heading -> standing -> along -> speed -> steps, gaps
//!          metres    dropped         of the   which way  or slowly   track    pace
//!                                    receiver            on
//! ```
//!
//! Each step is a file with its equations and units; `docs/method.md` explains the whole. The arithmetic that heading and
//! speed share is in `kalman`.

mod advance;
mod along_track;
mod bessel;
mod braking;
mod chunk;
mod climb;
mod corners;
mod device_only;
mod device_speed;
mod displacement;
mod gaps;
mod ground;
mod ground_track;
mod heading;
mod held;
mod kalman;
mod on_foot;
mod plane;
mod position_error;
mod restless;
mod rises;
mod speed;
mod spikes;
mod standing;
mod steps;
mod warning;

/// The method's single steps, for benches.
#[doc(hidden)]
pub mod stages {
    pub use super::{
        along_track::AlongTrack, ground_track::GroundTrack, heading::Heading,
        position_error::estimate as position_error, speed::Speed, spikes::find as find_spikes,
        standing::Standing,
    };
}

use std::{
    borrow::Cow,
    ops::{ControlFlow, Range},
};

pub use climb::{Climb, ClimbProfile, climb};
pub use steps::{SHIFT_FACTORS, StepKind, Steps};
pub use warning::Warning;

use crate::recording::{DeviceWord, Recording};
use chunk::Chunk;
use ground::Projection;
use plane::distance;

/// Counts up with every change of the method that changes a number. What keeps numbers keeps this beside them, and
/// computes them anew when it differs.
pub const METHOD_VERSION: u32 = 5;
/// A longer silence between two fixes is a gap, s.
pub const GAP_S: f64 = 10.0;
/// Anything slower is standing, m/s: even a minute of it drowns in a receiver's wandering (`docs/method.md`).
pub const STANDING_BELOW_MPS: f64 = 0.25;
/// The full method needs this many fixes, and as many seconds.
const LEAST: usize = 60;
/// Position errors beyond this are poor, m: simulated phones and watches stay below.
const POOR_M: f64 = 5.0;
/// No distance that a runner's device counts grows as fast, m/s: sprinters reach 12.4.
const LEAP_MPS: f64 = 13.0;
/// A larger share of fixes that repeat the position before is worth a word.
const MANY_HELD: f64 = 0.05;
/// Longer recordings are estimated in chunks, so that memory and the wait for the first result are bounded.
const CHUNK_FIXES: usize = 16_384;
/// Fixes that a chunk sees beyond its own on either side, and the seconds that they should span: several
/// memories of the receiver's error.
const MARGIN: (usize, f64) = (256, 120.0);

/// What a run's speeds were told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeedSource {
    /// The positions.
    #[default]
    Positions,
    /// The device's own speed or distance alone, as of a run without positions.
    Device,
}

impl SpeedSource {
    /// Stable, as JSON and tables have it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Positions => "positions",
            Self::Device => "device",
        }
    }
}

/// The motion of one recording: what is known of every moment from first fix to last.
#[derive(Debug, Clone, PartialEq)]
pub struct Motion {
    /// Metres east and north of the recording's middle, one pair per fix, as recorded (not smoothed); empty where the run has
    /// no positions.
    pub ground_m: Vec<[f32; 2]>,
    /// Ground length of each leg between consecutive fixes, m; one fewer than fixes.
    pub leg_distance_m: Vec<f32>,
    /// The time line.
    pub steps: Steps,
    /// What told the speeds.
    pub source: SpeedSource,
    /// What it may have gone by.
    pub evidence: Evidence,
    /// Typical error of the positions, m (one axis, standard deviation), where it could be estimated.
    pub position_error_m: Option<f64>,
    /// What the estimator has to say about the result.
    pub warnings: Vec<Warning>,
}

impl Motion {
    /// The motion of a stretch: these fixes, and the steps between two moments. Nothing is estimated anew.
    #[must_use]
    pub fn slice(&self, fixes: Range<usize>, start_s: f64, end_s: f64) -> Self {
        let legs = fixes.start..fixes.end.saturating_sub(1).max(fixes.start);
        Self {
            ground_m: self.ground_m.get(fixes).unwrap_or_default().to_vec(),
            leg_distance_m: self.leg_distance_m[legs].to_vec(),
            steps: self.steps.slice(start_s, end_s),
            source: self.source,
            evidence: self.evidence,
            position_error_m: self.position_error_m,
            // What the file was like is said of the whole run alone; that this is no run goes for its stretches, too.
            warnings: self.warnings.iter().filter(|warning| warning.is_not_on_foot()).cloned().collect(),
        }
    }
}

/// What an estimate may go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Evidence {
    /// Positions, and the device's own speed where it has one.
    #[default]
    All,
    /// Positions alone.
    PositionsOnly,
}

/// Estimates the motion of a recording by all that it holds.
pub fn estimate(recording: &Recording) -> Motion {
    let go_on = &mut |_| ControlFlow::Continue(());
    estimate_with(recording, Evidence::All, go_on).unwrap_or_else(|| preview(recording))
}

/// Like [`estimate`], by `evidence`; `progress` hears the share that is done, 0 to 1, after every chunk of some thousand
/// fixes and may break off. `None` if it did.
pub fn estimate_with(
    recording: &Recording,
    evidence: Evidence,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Option<Motion> {
    let mut motion = steps_with(recording, evidence, progress)?;
    if motion.source == SpeedSource::Positions {
        (motion.ground_m, motion.leg_distance_m) = on_ground(recording);
    }
    Some(motion)
}

/// Like [`estimate_with`], without `ground_m` and `leg_distance_m`: what the numbers of a whole run need, with a seventh
/// less memory. That counts where a recording has millions of fixes.
pub fn steps_with(
    recording: &Recording,
    evidence: Evidence,
    progress: &mut dyn FnMut(f32) -> ControlFlow<()>,
) -> Option<Motion> {
    if !recording.fixes.has_positions() {
        return Some(by_device_alone(recording));
    }
    let n = recording.fixes.len();
    if n < LEAST || recording.elapsed_s() < LEAST as f64 {
        let mut motion = Motion { evidence, warnings: vec![Warning::FewFixes], ..first_look(recording) };
        motion.warnings.extend(on_foot::remark(recording, &motion.steps));
        return Some(motion);
    }
    let mut motion = Motion { evidence, ..unestimated(recording) };
    let mut chunk = Chunk::default();
    let said_mps = said(recording, evidence);
    let mut errors = Vec::new();
    let mut held = 0;
    let count = n.div_ceil(CHUNK_FIXES);
    for i in 0..count {
        let (from, to) = (i * n / count, (i + 1) * n / count);
        if let Some((error, repeats)) =
            one_chunk(recording, &said_mps, from..to, &mut chunk, &mut motion.steps)
        {
            errors.push(error.sigma_m);
            held += repeats;
        }
        if progress((i + 1) as f32 / count as f32).is_break() {
            return None;
        }
    }
    motion.position_error_m = (!errors.is_empty()).then(|| position_error::median(&mut errors));
    finish(&mut motion.steps, chunk.turns_s());
    motion.steps.leave_out(recording);
    motion.warnings = warnings(&motion, held as f64 / n as f64);
    motion.warnings.extend(on_foot::remark(recording, &motion.steps));
    Some(motion)
}

/// The motion of a run without positions: what the device itself says.
fn by_device_alone(recording: &Recording) -> Motion {
    let (mut steps, leg_distance_m) = device_only::estimate(recording);
    steps.leave_out(recording);
    let mut warnings = vec![Warning::DeviceAlone];
    if recording.fixes.len() < LEAST || recording.elapsed_s() < LEAST as f64 {
        warnings.push(Warning::FewFixes);
    }
    warnings.extend(on_foot::remark(recording, &steps));
    Motion {
        ground_m: Vec::new(),
        leg_distance_m,
        steps,
        source: SpeedSource::Device,
        evidence: Evidence::All,
        position_error_m: None,
        warnings,
    }
}

/// What the estimate cannot vouch for; `held_share` of the fixes only repeat the position before.
fn warnings(motion: &Motion, held_share: f64) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let steps = &motion.steps;
    let seconds = |kind: StepKind| -> f64 {
        let of_kind = steps.kind.iter().zip(&steps.duration_s).filter(|(k, _)| **k == kind);
        of_kind.map(|(_, seconds)| f64::from(*seconds)).sum()
    };
    if seconds(StepKind::Travelled) > seconds(StepKind::Recorded) {
        let gaps = steps.kind.iter().filter(|kind| **kind == StepKind::Travelled).count();
        warnings.push(Warning::MostlyGaps { gaps });
    }
    if held_share > MANY_HELD {
        warnings.push(Warning::HeldPositions { percent: (100.0 * held_share).round() as u32 });
    }
    if let Some(error_m) = motion.position_error_m.filter(|error_m| *error_m > POOR_M) {
        warnings.push(Warning::PoorPositions { error_m: error_m.round() as u32 });
    }
    warnings
}

/// A first look, at once whatever the length: displacement over 10 s.
pub fn preview(recording: &Recording) -> Motion {
    if !recording.fixes.has_positions() {
        return by_device_alone(recording);
    }
    let mut motion = first_look(recording);
    (motion.ground_m, motion.leg_distance_m) = on_ground(recording);
    motion.warnings.push(Warning::Preview);
    motion.warnings.extend(on_foot::remark(recording, &motion.steps));
    motion
}

/// The steps of a first look.
fn first_look(recording: &Recording) -> Motion {
    let mut motion = unestimated(recording);
    displacement::estimate(recording, &mut motion.steps);
    finish(&mut motion.steps, &[]);
    motion.steps.leave_out(recording);
    motion
}

/// The device's own speed at each fix, m/s, by its distance where it has no other; empty where it may not be heard.
fn said(recording: &Recording, evidence: Evidence) -> Cow<'_, [f32]> {
    match (evidence, recording.fixes.device_word()) {
        (Evidence::All, DeviceWord::Speed) => Cow::Borrowed(&recording.fixes.device_speed_mps),
        (Evidence::All, DeviceWord::Distance) => {
            // A counter that leaps says nothing of the speed, and would spoil the fit of all the others.
            let sane = |speed: f64| if speed < LEAP_MPS { speed as f32 } else { f32::NAN };
            rises::speeds(recording).into_iter().map(sane).collect()
        }
        (Evidence::PositionsOnly, _) | (_, DeviceWord::Nothing) => Cow::Borrowed(&[]),
    }
}

fn one_chunk(
    recording: &Recording,
    said_mps: &[f32],
    own: Range<usize>,
    chunk: &mut Chunk,
    steps: &mut Steps,
) -> Option<(position_error::PositionError, usize)> {
    let time = &recording.fixes.time_s;
    let n = time.len();
    let from = {
        let by_time = time.partition_point(|t| *t < time[own.start] - MARGIN.1);
        by_time.min(own.start.saturating_sub(MARGIN.0)).max(own.start.saturating_sub(CHUNK_FIXES / 4))
    };
    let to = {
        let by_time = time.partition_point(|t| *t <= time[own.end - 1] + MARGIN.1);
        by_time.max((own.end + MARGIN.0).min(n)).min(own.end + CHUNK_FIXES / 4)
    };
    let ends = |fix: usize| steps.start_s.partition_point(|start| *start < time[fix] - 1e-9);
    let around = ends(from)..if to == n { steps.len() } else { ends(to - 1) };
    let wanted = ends(own.start)..if own.end == n { steps.len() } else { ends(own.end) };
    let around = around.start.min(wanted.start)..around.end.max(wanted.end);
    let speeds = said_mps.get(from..to).unwrap_or_default();
    let error = chunk.estimate(recording, from..to, speeds, around, wanted, steps)?;
    Some((error, chunk.held_among(own.start - from..own.end - from)))
}

/// The time line, of which nothing is known yet.
fn unestimated(recording: &Recording) -> Motion {
    Motion {
        ground_m: Vec::new(),
        leg_distance_m: Vec::new(),
        steps: Steps::grid(&recording.fixes.time_s, &recording.breaks),
        source: SpeedSource::Positions,
        evidence: Evidence::All,
        position_error_m: None,
        warnings: Vec::new(),
    }
}

/// Where the fixes are, metres east and north of their middle, and the length of each leg between them, m.
fn on_ground(recording: &Recording) -> (Vec<[f32; 2]>, Vec<f32>) {
    let fixes = &recording.fixes;
    let projection = Projection::around(&fixes.latitude_deg, &fixes.longitude_deg);
    let mut ground_m = Vec::with_capacity(fixes.len());
    let mut leg_distance_m = Vec::with_capacity(fixes.len().saturating_sub(1));
    let mut before: Option<[f64; 2]> = None;
    for (latitude, longitude) in fixes.latitude_deg.iter().zip(&fixes.longitude_deg) {
        let here = projection.to_m(*latitude, *longitude);
        if let Some(there) = before {
            leg_distance_m.push(distance(there, here) as f32);
        }
        before = Some(here);
        ground_m.push(here.map(|m| m as f32));
    }
    (ground_m, leg_distance_m)
}

fn finish(steps: &mut Steps, turns_s: &[f64]) {
    gaps::settle(steps);
    braking::slow_down(steps, turns_s);
    steps.add_up();
}
