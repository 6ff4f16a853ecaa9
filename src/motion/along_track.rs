//! Length along the track, on a clock without stops and pauses.
//!
//! Each leg is projected on the mean of the headings at its ends, ds = dp . h, so that the error across the
//! track adds no length. Legs over 4.5 s may bend: max(ds, sqrt(d^2 - the leg's expected noise^2)). Legs whose
//! middle is standing, gaps slower than 0.3 m/s and interruptions are cut out of the clock.

use super::{
    GAP_S, Steps,
    gaps::PAUSE_BELOW_MPS,
    ground_track::{Cursor, GroundTrack},
    heading::Heading,
    plane::length,
    position_error::PositionError,
};

/// Legs up to this long are straight, s.
const STRAIGHT_S: f64 = 4.5;
/// Extra intensity where a stop was cut out, m2/s3: pace changes there.
const EDGE: f64 = 1.5;

/// The legs that were moved, in columns with one row per node: the first fix and every fix whose leg moved.
#[derive(Debug, Default)]
pub struct AlongTrack {
    /// Seconds of the leg before the node; the first is not used.
    pub interval_s: Vec<f64>,
    /// Metres moved since the first node.
    pub place_m: Vec<[f64; 1]>,
    /// Extra intensity of the pace's random walk, m2/s3.
    pub edge: Vec<f64>,
    /// By how much the node may be older than its stamp, s.
    pub stale_s: Vec<f64>,
    /// Extra variance of the error's change over the leg, m2.
    pub restless_m2: Vec<f64>,
    /// Whether the leg before the node is an ordinary one, no gap.
    pub ordinary: Vec<bool>,
    /// Time of each node, s.
    pub time_s: Vec<f64>,
    /// Whether a stop was cut out before the node.
    pub resumes: Vec<bool>,
    /// The node of every fix, its own or the last before it.
    pub node: Vec<u32>,
    /// Whether the leg after each fix was cut out.
    pub off: Vec<bool>,
}

impl AlongTrack {
    /// Mean pace of the moved legs, m/s, 0 without any.
    pub fn mean_mps(&self) -> f64 {
        let seconds: f64 = self.interval_s.iter().skip(1).sum();
        self.place_m.last().map_or(0.0, |p| p[0]) / seconds.max(1.0)
    }

    /// Builds the columns. `standing` holds P(standing) of the steps from `first` on.
    pub fn build(
        &mut self,
        track: &GroundTrack,
        heading: &Heading,
        error: &PositionError,
        steps: &Steps,
        first: usize,
        standing: &[f64],
    ) {
        let n = track.time_s.len();
        self.interval_s.clear();
        self.place_m.clear();
        self.edge.clear();
        self.ordinary.clear();
        self.stale_s.clear();
        self.restless_m2.clear();
        self.restless_m2.push(0.0);
        self.time_s.clear();
        self.resumes.clear();
        self.node.clear();
        self.off.clear();
        self.push(1.0, 0.0, false, 0.0);
        self.time_s.push(track.time_s[0]);
        self.resumes.push(true);
        self.node.push(0);
        let starts = &steps.start_s[first..first + standing.len()];
        let mut step = Cursor::default();
        let velocity = &heading.velocity.mean_mps;
        let mut place = 0.0;
        let mut was_off = None;
        for i in 0..n - 1 {
            let seconds = track.time_s[i + 1] - track.time_s[i];
            let d = [0, 1].map(|axis| track.ground_m[i + 1][axis] - track.ground_m[i][axis]);
            let chord = length(d);
            let gap = seconds > GAP_S || track.interrupted[i + 1];
            let h = [0, 1].map(|axis| velocity[i][axis] + velocity[i + 1][axis]);
            let mut way = (d[0] * h[0] + d[1] * h[1]) / (length(h) + 1e-9);
            if seconds > STRAIGHT_S {
                way = way.max((chord * chord - error.difference_m2(seconds)).max(0.0).sqrt());
            }
            if gap {
                way = chord;
            }
            let middle = f64::midpoint(track.time_s[i], track.time_s[i + 1]);
            let stands =
                if starts.len() < 2 { standing[0] } else { standing[last_at(&mut step, starts, middle)] };
            let off = stands > 0.5 || gap && way / seconds < PAUSE_BELOW_MPS || track.interrupted[i + 1];
            let edge = was_off.is_some_and(|was| was != off);
            was_off = Some(off);
            if edge && off {
                self.mark_edge();
            }
            self.off.push(off);
            if !off {
                place += way;
                self.push(seconds, place, !gap, track.stale_s[i + 1]);
                self.restless_m2.push(track.restless_m2[i + 1]);
                self.time_s.push(track.time_s[i + 1]);
                self.resumes.push(edge || gap);
            }
            if edge && !off {
                self.mark_edge();
            }
            self.node.push(self.place_m.len() as u32 - 1);
        }
    }

    /// The last leg borders on a stop.
    fn mark_edge(&mut self) {
        if let (Some(edge), Some(seconds)) = (self.edge.last_mut(), self.interval_s.last()) {
            *edge = EDGE / seconds.max(1.0);
        }
    }

    fn push(&mut self, seconds: f64, place: f64, ordinary: bool, stale_s: f64) {
        self.interval_s.push(seconds);
        self.place_m.push([place]);
        self.edge.push(0.0);
        self.ordinary.push(ordinary);
        self.stale_s.push(stale_s);
    }
}

/// The last of `starts` at or before `time_s`.
fn last_at(cursor: &mut Cursor, starts: &[f64], time_s: f64) -> usize {
    let i = cursor.seek(starts, time_s);
    if i + 2 == starts.len() && starts[i + 1] <= time_s { i + 1 } else { i }
}
