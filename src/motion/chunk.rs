//! The method on one chunk of a recording, from fixes to the chunk's steps.

use std::ops::Range;

use super::{
    StepKind, Steps,
    along_track::AlongTrack,
    braking, corners,
    device_speed::{Alone, DeviceSpeed},
    ground::Projection,
    ground_track::{Cursor, GroundTrack},
    heading::Heading,
    held::{self, Held},
    plane::{self, distance},
    position_error::{self, PositionError},
    restless::Restless,
    speed::{DeviceNodes, Speed},
    spikes,
    standing::Standing,
};
use crate::recording::Recording;

/// All buffers of the method, kept from chunk to chunk.
#[derive(Debug, Default)]
pub struct Chunk {
    track: GroundTrack,
    time_s: Vec<f64>,
    ground_m: Vec<[f64; 2]>,
    held: Held,
    spike: Vec<bool>,
    interval_s: Vec<f64>,
    white_m2: Vec<f64>,
    restless: Restless,
    heading: Heading,
    standing: Standing,
    along: AlongTrack,
    speed: Speed,
    device: DeviceSpeed,
    nodes: DeviceNodes,
    alone_mps: Vec<f64>,
    turns_s: Vec<f64>,
}

/// Half the time over which a turn is looked for, s, and the cosine of the angle that counts as one (126 degrees).
const TURN: (f64, f64) = (4.0, -0.588);

impl Chunk {
    /// Estimates the steps `wanted` from the fixes `fixes`, which reach beyond them where the recording does, and the
    /// device's own speeds at those fixes, NaN where missing, empty without any;
    /// `around` are the steps that those fixes cover. Returns the error of the positions.
    pub fn estimate(
        &mut self,
        recording: &Recording,
        fixes: Range<usize>,
        speeds_mps: &[f32],
        around: Range<usize>,
        wanted: Range<usize>,
        steps: &mut Steps,
    ) -> Option<PositionError> {
        let has_speed = self.device.begin(&recording.fixes.time_s[fixes.clone()], speeds_mps);
        self.clean(recording, fixes);
        let n = self.track.time_s.len();
        if n < 2 {
            return None;
        }
        let (interval, long_interval) = self.usual_intervals();
        self.track.count_silences(interval);
        let stamp_interval = median_interval(&self.time_s);
        let error = position_error::estimate(&self.track, interval, long_interval, stamp_interval);
        self.white_m2.clear();
        self.white_m2.resize(n, error.white_m.powi(2));
        self.restless.find(&mut self.track, &error, &self.held.late);
        self.heading.estimate(&self.track, error, &self.interval_s, &self.white_m2);
        corners::allow(&mut self.track, &self.heading);
        self.stand(error, steps, &around, false);
        let by_device = has_speed && self.with_device(error, steps, &around);
        if !by_device {
            self.speed.estimate(&self.along, error);
        }
        self.write(around.start, wanted.clone(), steps);
        self.find_turns(wanted.clone(), steps);
        for step in wanted {
            let recorded = steps.kind[step] == StepKind::Recorded;
            // Where it stays false its memory stays untouched.
            if by_device && recorded && self.device.is_sound(step - around.start) {
                steps.by_device[step] = true;
            }
        }
        Some(error)
    }

    /// Tells standing from moving, with what the device says if it was fitted, and builds the way along the track.
    fn stand(&mut self, error: PositionError, steps: &Steps, around: &Range<usize>, device: bool) {
        let device = if device { &self.device.moves[..] } else { &[] };
        self.standing.estimate(&self.track, &error, steps, around.start, around.len(), device);
        let standing = &self.standing.probability;
        self.along.build(&self.track, &self.heading, &error, steps, around.start, standing);
    }

    /// Estimates with the device's speed, after a look at positions alone. `false` if it says nothing.
    fn with_device(&mut self, error: PositionError, steps: &Steps, around: &Range<usize>) -> bool {
        self.speed.look(&self.along, error);
        let mut alone_mps = std::mem::take(&mut self.alone_mps);
        alone_mps.clear();
        let mut at = Cursor::default();
        for i in around.clone() {
            let stands = self.standing.probability[i - around.start] > 0.5;
            alone_mps.push(if steps.kind[i] != StepKind::Recorded {
                f64::NAN
            } else if stands {
                0.0
            } else {
                self.pace_at(&mut at, steps.start_s[i] + f64::from(steps.duration_s[i]) / 2.0)
            });
        }
        let variance = position_error::median(&mut self.speed.pace.variance.clone());
        let alone = Alone { pace_mps: &alone_mps, standing: &self.standing.probability, variance };
        let fit = self.device.fit(steps, around.start, alone);
        self.alone_mps = alone_mps;
        let Some(fit) = fit else { return false };
        self.stand(error, steps, around, true);
        let nodes = &mut self.nodes;
        (nodes.low_pass_s, nodes.scale_sd) = (fit.low_pass_s, fit.scale_sd);
        nodes.speed_mps.clear();
        nodes.noise.clear();
        nodes.forget.clone_from(&self.along.resumes);
        let (mut at, mut step) = (Cursor::default(), Cursor::default());
        let starts = &steps.start_s[around.clone()];
        for (time, interval) in self.along.time_s.iter().zip(&self.along.interval_s) {
            let step = if starts.len() < 2 { 0 } else { step.seek(starts, *time) };
            nodes.speed_mps.push(self.device.heard(&mut at, *time, step));
            nodes.noise.push((fit.density / interval.max(0.1)).max(fit.least_variance));
        }
        self.speed.estimate_with_device(&self.along, error, &self.nodes);
        true
    }

    /// Pace at a moment, shortened like in [`write`](Self::write).
    fn pace_at(&self, cursor: &mut Cursor, time_s: f64) -> f64 {
        let (leg, share) = cursor.share(&self.track.time_s, time_s);
        let node = self.along.node[leg] as usize;
        let pace = |node: usize| self.speed.pace.mean_mps[node][0];
        let value =
            if self.along.off[leg] { pace(node) } else { pace(node) + share * (pace(node + 1) - pace(node)) };
        value.max(0.0) * self.heading.shortening(leg)
    }

    /// How many of the fixes last estimated, counted from their first, only repeat the position before.
    pub fn held_among(&self, fixes: Range<usize>) -> usize {
        self.held.repeat[fixes].iter().filter(|repeat| **repeat).count()
    }

    /// Projects the fixes, drops repeats and spikes.
    fn clean(&mut self, recording: &Recording, fixes: Range<usize>) {
        let columns = &recording.fixes;
        let (latitude, longitude) =
            (&columns.latitude_deg[fixes.clone()], &columns.longitude_deg[fixes.clone()]);
        let projection = Projection::around(latitude, longitude);
        self.time_s.clear();
        self.time_s.extend_from_slice(&columns.time_s[fixes.clone()]);
        self.ground_m.clear();
        self.ground_m.extend(latitude.iter().zip(longitude).map(|(lat, lon)| projection.to_m(*lat, *lon)));
        self.track.time_s.clear();
        self.track.ground_m.clear();
        self.track.interrupted.clear();
        self.track.stale_s.clear();
        let n = self.time_s.len();
        if n < 2 {
            return;
        }
        let step_m = held::coordinate_step_m(latitude, longitude);
        let mut breaks = {
            let from = recording.breaks.partition_point(|b| *b <= fixes.start);
            recording.breaks[from..].iter().peekable()
        };
        self.held.find(&self.time_s, &self.ground_m, step_m);
        let mut interrupted = false;
        for i in 0..n {
            while breaks.next_if(|b| **b <= fixes.start + i).is_some() {
                interrupted = true;
            }
            if interrupted || !self.held.repeat[i] {
                let held = i > 0 && self.held.repeat[i - 1] && !interrupted;
                self.track.stale_s.push(if held { self.time_s[i] - self.time_s[i - 1] } else { 0.0 });
                self.track.time_s.push(self.time_s[i]);
                self.track.ground_m.push(self.ground_m[i]);
                self.track.interrupted.push(interrupted);
                interrupted = false;
            }
        }
        self.drop_spikes();
    }

    fn drop_spikes(&mut self) {
        let track = &mut self.track;
        if track.time_s.len() < 2 {
            return;
        }
        spikes::find(&track.time_s, &track.ground_m, median_interval(&track.time_s), &mut self.spike);
        let (mut kept, mut interrupted) = (0, false);
        for i in 0..track.time_s.len() {
            interrupted |= track.interrupted[i];
            if !self.spike[i] {
                track.time_s[kept] = track.time_s[i];
                track.ground_m[kept] = track.ground_m[i];
                track.stale_s[kept] = track.stale_s[i];
                track.interrupted[kept] = std::mem::take(&mut interrupted);
                kept += 1;
            }
        }
        track.time_s.truncate(kept);
        track.ground_m.truncate(kept);
        track.interrupted.truncate(kept);
        track.stale_s.truncate(kept);
    }

    /// Median and upper quartile of the intervals, which are filled in passing.
    fn usual_intervals(&mut self) -> (f64, f64) {
        self.interval_s.clear();
        self.interval_s.push(1.0);
        self.interval_s.extend(self.track.time_s.windows(2).map(|t| t[1] - t[0]));
        let mut sorted = self.interval_s[1..].to_vec();
        (position_error::median(&mut sorted), position_error::quantile(&mut sorted, 0.75))
    }

    fn write(&self, first: usize, wanted: Range<usize>, steps: &mut Steps) {
        let time = &self.track.time_s;
        let (mut at, mut back, mut ahead) = (Cursor::default(), Cursor::default(), Cursor::default());
        for i in wanted {
            let length = f64::from(steps.duration_s[i]);
            let middle = steps.start_s[i] + length / 2.0;
            if steps.kind[i] != StepKind::Recorded {
                let (a, b) = (steps.start_s[i], steps.start_s[i] + length);
                let (p, q) = (self.track.place(&mut back, a), self.track.place(&mut ahead, b));
                steps.speed_mps[i] = (distance(p, q) / length) as f32;
                continue;
            }
            let (leg, share) = at.share(time, middle);
            let node = self.along.node[leg] as usize;
            let mix = |column: &dyn Fn(usize) -> f64| {
                let value = column(node);
                if self.along.off[leg] { value } else { value + share * (column(node + 1) - value) }
            };
            let short = {
                let (a, b) = (self.heading.shortening(leg), self.heading.shortening(leg + 1));
                a + share * (b - a)
            };
            let speed = mix(&|k| self.speed.pace.mean_mps[k][0]).max(0.0) * short;
            let sd = mix(&|k| self.speed.pace.variance[k].max(1e-6).sqrt());
            let shift = mix(&|k| self.speed.shift_mps[k]) * short;
            // Positions beyond all measure leave a step open rather than wrong.
            let known = speed.is_finite() && sd.is_finite() && shift.is_finite();
            steps.speed_mps[i] = if known { speed as f32 } else { 0.0 };
            steps.speed_sd_mps[i] = if known { sd as f32 } else { 0.0 };
            steps.speed_shift_mps[i] = if known { shift as f32 } else { f32::INFINITY };
            steps.p_standing[i] = self.standing.probability[i - first] as f32;
            let velocity = |cursor: &mut Cursor, at_s: f64| self.heading.velocity_at(cursor, time, at_s);
            let (a, b) = (velocity(&mut back, middle - TURN.0), velocity(&mut ahead, middle + TURN.0));
            let dot = a[0] * b[0] + a[1] * b[1];
            steps.turning[i] = dot < TURN.1 * plane::length(a) * plane::length(b);
        }
    }

    fn find_turns(&mut self, wanted: Range<usize>, steps: &Steps) {
        let (mut back, mut ahead) = (Cursor::default(), Cursor::default());
        let track = &self.track;
        let fold_m = |time_s: f64| {
            let p = track.place(&mut back, time_s - braking::FOLD.0);
            let q = track.place(&mut ahead, time_s + braking::FOLD.0);
            distance(p, q)
        };
        braking::find_turns(steps, wanted, fold_m, &mut self.turns_s);
    }

    /// The moments of all turns on the spot so far.
    pub fn turns_s(&self) -> &[f64] {
        &self.turns_s
    }
}

fn median_interval(time_s: &[f64]) -> f64 {
    position_error::median(&mut time_s.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<f64>>())
}
