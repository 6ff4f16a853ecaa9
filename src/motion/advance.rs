//! Slow steady advance: what tells a walker of 0.4 m/s from one who stands.
//!
//! Over 6 s a receiver's error wanders as far as a slow walker gets; over a minute it does not. Around each second
//! the displacement over 32, 64 and 128 s is taken, and the first that lies beyond 3.3 standard deviations of a standing
//! one (and 0.15 m/s) is an advance: its speed and direction are what a walker there would do in the 6 s that
//! [`super::standing`] looks at. With D the displacement over 6 s, S its variance while standing, u the advance's
//! velocity and s = 0.2 |u| 6 s its spread,
//!
//! ```text
//! ln p(D | walks on) - ln p(D | stands) = ln S/(S + s^2) - |D - 6 u|^2 / 2(S + s^2) + |D|^2 / 2 S
//! ```
//!
//! Two walks are thought of: at the advance's own speed, and at the pace usual around, for an advance over a minute may
//! hold a rest. The first is unlikely next to a much faster usual pace, because a run with a halt has a slow mean, too;
//! it is likely again where each quarter of the window advances and the whole is beyond five standard deviations. Such an
//! advance, below 0.4 m/s, is evidence by itself, for what takes a minute to tell is not seen in 6 s: L^2 / 2 V less 8 for
//! a length L of variance V, spread over the window, and at most 1/4 a second.

use super::{
    bessel::ln_bessel_i0_scaled,
    ground_track::{Cursor, GroundTrack},
    plane::{self, distance},
    position_error::quantile,
};

/// Windows over which an advance is looked for, s, in this order.
const WINDOWS_S: [f64; 3] = [32.0, 64.0, 128.0];
/// A window that the track's ends cut to less than this share of itself tells nothing.
const LEAST_WHOLE: f64 = 0.75;
/// An advance is so many standard deviations of a standing displacement, and so fast, m/s.
const BEYOND_SDS: f64 = 3.3;
const LEAST_MPS: f64 = 0.15;
/// A steady one: so many standard deviations, and at least this share of it in each quarter.
const STEADY_SDS: f64 = 5.0;
const STEADY_QUARTER: f64 = 0.18;
/// Below this speed a steady advance is evidence by itself, m/s; what is taken off it, and the most of it in a second.
const FRAIL_MPS: f64 = 0.4;
const DOUBT: f64 = 8.0;
const MOST_EVIDENCE: f64 = 0.25;
/// Spread of the speed within 6 s, as a share of it.
const SPREAD: f64 = 0.2;
/// Prior shares of the ways to move: at any pace, at the usual one, at the advance's, and that where it is suspect.
const ANY: f64 = 0.2;
const USUAL: f64 = 0.6;
const SLOW: f64 = 0.18;
const SUSPECT: f64 = 0.03;
/// An advance slower than this share of the usual pace is suspect; one hypothesis is at least the other share of it.
const SUSPECT_BELOW: f64 = 0.75;
const USUAL_AT_LEAST: f64 = 0.9;
/// Without an advance the usual pace is thought to be at least this, m/s.
const BRISK_MPS: f64 = 0.5;
/// The usual pace: the upper fifth of displacements over `USUAL_OVER_S`, at every `USUAL_EVERY` steps of the time line, so
/// many on either side.
const USUAL_QUANTILE: f64 = 0.8;
const USUAL_OVER_S: f64 = 24.0;
const USUAL_EVERY: usize = 8;
const USUAL_REACH: usize = 20;

/// Displacement over the short window.
#[derive(Debug, Clone, Copy)]
pub struct Displacement {
    /// East and north, m.
    pub metres: [f64; 2],
    /// Length of the window, s.
    pub span_s: f64,
    /// Variance along one axis if it is standing, m2.
    pub variance_m2: f64,
}

/// An advance: speed, m/s, direction, and whether it is steady beyond doubt.
#[derive(Debug, Clone, Copy)]
struct Found {
    mps: f64,
    along: [f64; 2],
    steady: bool,
    /// What a second of it adds to the log-likelihood ratio.
    evidence: f64,
}

/// Looks for advances along a track, second by second; holds its buffers.
#[derive(Debug, Default)]
pub struct Advance {
    begin_s: f64,
    end_s: f64,
    /// Standard deviation of a standing displacement over each window, m.
    standing_sd_m: [f64; 3],
    quarters: [[Cursor; 5]; 3],
    usual_mps: Vec<f64>,
    paces_mps: Vec<f64>,
    sorted: Vec<f64>,
}

impl Advance {
    /// Begins a track whose steps begin at `starts_s`; `variance_m2` is that of a standing displacement over so many
    /// seconds along one axis.
    pub fn begin(&mut self, track: &GroundTrack, starts_s: &[f64], variance_m2: impl Fn(f64) -> f64) {
        (self.begin_s, self.end_s) = track.span().unwrap_or_default();
        self.standing_sd_m = WINDOWS_S.map(|window| variance_m2(window).sqrt());
        self.quarters = Default::default();
        self.find_usual_pace(track, starts_s);
    }

    fn find_usual_pace(&mut self, track: &GroundTrack, starts_s: &[f64]) {
        let (mut before, mut after) = (Cursor::default(), Cursor::default());
        self.paces_mps.clear();
        self.paces_mps.extend(starts_s.chunks(USUAL_EVERY).map(|starts| {
            let middle = starts[starts.len() / 2];
            let from = (middle - USUAL_OVER_S / 2.0).max(self.begin_s);
            let to = (middle + USUAL_OVER_S / 2.0).min(self.end_s);
            let (p, q) = (track.place(&mut before, from), track.place(&mut after, to));
            distance(p, q) / (to - from).max(USUAL_OVER_S / 2.0)
        }));
        self.usual_mps.clear();
        let count = self.paces_mps.len();
        for k in 0..count {
            self.sorted.clear();
            let near = k.saturating_sub(USUAL_REACH)..(k + USUAL_REACH + 1).min(count);
            self.sorted.extend_from_slice(&self.paces_mps[near]);
            self.usual_mps.push(quantile(&mut self.sorted, USUAL_QUANTILE));
        }
    }

    /// Adds walking on to `any_pace`, the log-likelihood ratio of moving at any pace to standing in the step `step`, counted
    /// from the first, whose middle is `middle_s`.
    pub fn ratio(
        &mut self,
        track: &GroundTrack,
        step: usize,
        middle_s: f64,
        short: Displacement,
        any_pace: f64,
    ) -> f64 {
        let usual_mps = self.usual_mps[step / USUAL_EVERY];
        let any_pace = any_pace + ANY.ln();
        let Some(found) = self.find(track, middle_s) else {
            return sum_of_logs(any_pace, around(short, usual_mps.max(BRISK_MPS)) + (1.0 - ANY).ln());
        };
        let slow = if found.steady || found.mps > SUSPECT_BELOW * usual_mps { SLOW } else { SUSPECT };
        let usual = walks_on(short, found.along, found.mps.max(USUAL_AT_LEAST * usual_mps)) + USUAL.ln();
        let slowly = walks_on(short, found.along, found.mps) + slow.ln();
        sum_of_logs(sum_of_logs(any_pace, usual), slowly) + found.evidence * short.span_s
    }

    /// The advance around a moment: over the shortest window that has one, and steady if any has a steady one.
    fn find(&mut self, track: &GroundTrack, middle_s: f64) -> Option<Found> {
        let mut found: Option<Found> = None;
        for (window, (cursors, sd_m)) in
            WINDOWS_S.into_iter().zip(self.quarters.iter_mut().zip(self.standing_sd_m))
        {
            let from = (middle_s - window / 2.0).max(self.begin_s);
            let to = (middle_s + window / 2.0).min(self.end_s);
            if to - from < LEAST_WHOLE * window {
                continue;
            }
            let (p, q) = (track.place(&mut cursors[0], from), track.place(&mut cursors[4], to));
            let metres = [q[0] - p[0], q[1] - p[1]];
            let length = plane::length(metres);
            let least_m = (BEYOND_SDS * sd_m).max(LEAST_MPS * window);
            if length <= least_m {
                continue;
            }
            let along = metres.map(|m| m / length);
            let steady = length > STEADY_SDS / BEYOND_SDS * least_m && {
                let mut at = p;
                (1..=4).all(|quarter| {
                    let time_s = from + (to - from) * quarter as f64 / 4.0;
                    let next = track.place(&mut cursors[quarter], time_s);
                    let way = (next[0] - at[0]) * along[0] + (next[1] - at[1]) * along[1];
                    at = next;
                    way > STEADY_QUARTER * length
                })
            };
            let first =
                *found.get_or_insert(Found { mps: length / (to - from), along, steady, evidence: 0.0 });
            if steady {
                let beyond = ((length / sd_m).powi(2) / 2.0 - DOUBT).max(0.0) / window;
                let evidence = if length < FRAIL_MPS * window { beyond.min(MOST_EVIDENCE) } else { 0.0 };
                return Some(Found { steady, evidence, ..first });
            }
        }
        found
    }
}

/// ln p(D | walks on that way at that speed) - ln p(D | stands).
fn walks_on(short: Displacement, along: [f64; 2], mps: f64) -> f64 {
    let way_m = mps * short.span_s;
    let spread = short.variance_m2 + (SPREAD * way_m).powi(2);
    let off = [0, 1].map(|axis| short.metres[axis] - along[axis] * way_m);
    (short.variance_m2 / spread).ln() - square(off) / (2.0 * spread)
        + square(short.metres) / (2.0 * short.variance_m2)
}

/// The same for any direction.
fn around(short: Displacement, mps: f64) -> f64 {
    let way_m = mps * short.span_s;
    let spread = short.variance_m2 + (SPREAD * way_m).powi(2);
    let length = square(short.metres).sqrt();
    (short.variance_m2 / spread).ln() - (length - way_m).powi(2) / (2.0 * spread)
        + ln_bessel_i0_scaled(length * way_m / spread)
        + square(short.metres) / (2.0 * short.variance_m2)
}

fn square(v: [f64; 2]) -> f64 {
    v[0] * v[0] + v[1] * v[1]
}

/// ln(e^a + e^b).
fn sum_of_logs(a: f64, b: f64) -> f64 {
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}
