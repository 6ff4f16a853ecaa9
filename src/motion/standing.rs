//! Whether the runner stood still.
//!
//! A two-state hidden Markov model on the displacement d over 6 s around each second. Standing, d is the
//! difference of two errors: d ~ N2(0, S), S = max(0.8^2, 1.5 [2 sigma^2 (1 - c(6)) + 2 white^2]) per axis; moving,
//! d is Rice about a speed that is uniform between 0.7 and 3.5 m/s. Because six neighbours share a displacement, each
//! second counts a sixth of the log-likelihood ratio. Where d is short, [`super::advance`] adds what slow walkers would do.
//!
//! How often stops begin and end is the recording's own: two expectation-maximisation passes (Baum and Welch) count the
//! stops and the time on either side of them, beside one stop that was seen before. So who rests after every minute has
//! short rests found, and who never stops has none invented.

use super::{
    StepKind, Steps,
    advance::{Advance, Displacement},
    bessel::ln_bessel_i0_scaled,
    ground_track::{Cursor, GroundTrack},
    plane,
    position_error::PositionError,
};

/// Seconds over which the displacement is taken.
const WINDOW_S: f64 = 6.0;
/// Least standard deviation of a standing displacement along one axis, m.
const LEAST_SD_M: f64 = 0.8;
/// Receivers wander more while standing.
const WANDER: f64 = 1.5;
/// Moving speeds, m/s, and how many of them are tried.
const MOVING_MPS: (f64, f64) = (0.7, 3.5);
const SPEEDS: usize = 15;
/// Before anything is seen, stops begin once in so many seconds of moving and end once in so many of standing.
const MOVES_S: f64 = 300.0;
const STANDS_S: f64 = 40.0;
/// That counts as so many stops seen, and is corrected so many times.
const STOPS_SEEN: f64 = 1.0;
const PASSES: usize = 2;
/// A gap counts at most so long in it, s.
const GAP_STANDS_S: f64 = 60.0;
/// Share of recordings that begin standing.
const FIRST: f64 = 0.1;
/// A gap says no more than this many seconds.
const GAP_COUNTS_S: f64 = 20.0;
/// Whoever gets farther in the window walks on, whatever the way around, m.
const FAR_M: f64 = 6.75;
/// Spacing and number of the tabulated displacements, m.
const TABLE: (f64, usize) = (0.25, 161);

/// Finds the standing seconds; holds its buffers.
#[derive(Debug, Default)]
pub struct Standing {
    /// P(standing) of every step.
    pub probability: Vec<f64>,
    advance: Advance,
    /// Likelihoods of standing and moving, the greater being 1.
    likelihood: Vec<[f64; 2]>,
    forward: Vec<[f64; 2]>,
    table: Vec<f64>,
}

impl Standing {
    /// Over the steps `first..first + count` of `steps`, whose fixes are in `track` (two at least). `device` may hold what a
    /// second of the device's speed adds to the log-likelihood ratio of moving to standing, by step.
    pub fn estimate(
        &mut self,
        track: &GroundTrack,
        error: &PositionError,
        steps: &Steps,
        first: usize,
        count: usize,
        device: &[f64],
    ) {
        let Some((begin, end)) = track.span() else { return };
        let usual = variance(error, WINDOW_S);
        self.table.clear();
        self.table.extend((0..TABLE.1).map(|i| log_ratio(i as f64 * TABLE.0, WINDOW_S, usual)));
        self.likelihood.clear();
        self.advance.begin(track, &steps.start_s[first..first + count], |span_s| variance(error, span_s));
        let (mut before, mut after) = (Cursor::default(), Cursor::default());
        for i in first..first + count {
            let length = f64::from(steps.duration_s[i]);
            let middle = steps.start_s[i] + length / 2.0;
            let (a, b) = ((middle - WINDOW_S / 2.0).max(begin), (middle + WINDOW_S / 2.0).min(end));
            let (p, q) = (track.place(&mut before, a), track.place(&mut after, b));
            let metres = [q[0] - p[0], q[1] - p[1]];
            let d = plane::length(metres);
            let whole = b - a > WINDOW_S - 1e-6;
            let mut ratio = if whole && d < TABLE.0 * (TABLE.1 - 1) as f64 {
                let x = d / TABLE.0;
                let k = x as usize;
                self.table[k] + (x - k as f64) * (self.table[k + 1] - self.table[k])
            } else {
                let span = (b - a).max(1.0);
                log_ratio(d, span, variance(error, span))
            };
            if whole && d < FAR_M {
                let short = Displacement { metres, span_s: b - a, variance_m2: usual };
                ratio = self.advance.ratio(track, i - first, middle, short, ratio);
            }
            let seconds = if steps.kind[i] == StepKind::Recorded { length } else { length.min(GAP_COUNTS_S) };
            let device = device.get(i - first).copied().unwrap_or(0.0) * seconds.min(1.0);
            let ratio = (ratio / WINDOW_S * seconds + device).clamp(-300.0, 300.0);
            self.likelihood.push(if ratio > 0.0 { [(-ratio).exp(), 1.0] } else { [1.0, ratio.exp()] });
        }
        let mut rates = Rates { enter: 1.0 / MOVES_S, leave: 1.0 / STANDS_S };
        for _ in 0..PASSES {
            let seen = self.smooth(steps, first, rates);
            rates.enter = (STOPS_SEEN + seen.stops) / (STOPS_SEEN * MOVES_S + seen.moving_s);
            rates.leave = (STOPS_SEEN + seen.stops) / (STOPS_SEEN * STANDS_S + seen.standing_s);
        }
        self.smooth(steps, first, rates);
    }

    /// Forward and backward over the likelihoods; returns what is then expected to have been.
    fn smooth(&mut self, steps: &Steps, first: usize, rates: Rates) -> Seen {
        let n = self.likelihood.len();
        // What happens within a gap shows in its likelihood; it is entered and left like a second.
        let change = |i: usize| {
            let seconds = f64::from(steps.duration_s[first + i]).min(1.0);
            (rates.enter * seconds, rates.leave * seconds)
        };
        self.forward.clear();
        let mut state = [FIRST, 1.0 - FIRST];
        for (i, l) in self.likelihood.iter().enumerate() {
            if i > 0 {
                let (enter, leave) = change(i);
                state = [
                    state[0] * (1.0 - leave) + state[1] * enter,
                    state[0] * leave + state[1] * (1.0 - enter),
                ];
            }
            state = [state[0] * l[0], state[1] * l[1]];
            let sum = state[0] + state[1] + 1e-300;
            state = [state[0] / sum, state[1] / sum];
            self.forward.push(state);
        }
        self.probability.clear();
        self.probability.resize(n, 0.0);
        let mut expected = Seen::default();
        let mut future = [1.0, 1.0];
        for i in (0..n).rev() {
            let both = [self.forward[i][0] * future[0], self.forward[i][1] * future[1]];
            let stands = both[0] / (both[0] + both[1]).max(1e-300);
            self.probability[i] = stands;
            let seconds = f64::from(steps.duration_s[first + i]).min(GAP_STANDS_S);
            expected.standing_s += seconds * stands;
            expected.moving_s += seconds * (1.0 - stands);
            let (enter, leave) = change(i);
            let l = self.likelihood[i];
            let seen = [l[0] * future[0], l[1] * future[1]];
            if i > 0 {
                let before = self.forward[i - 1];
                let stops = before[1] * enter * seen[0];
                let others = before[0] * ((1.0 - leave) * seen[0] + leave * seen[1])
                    + before[1] * (1.0 - enter) * seen[1];
                expected.stops += stops / (stops + others).max(1e-300);
            }
            future = [(1.0 - leave) * seen[0] + leave * seen[1], enter * seen[0] + (1.0 - enter) * seen[1]];
            let sum = future[0] + future[1] + 1e-300;
            future = [future[0] / sum, future[1] / sum];
        }
        expected
    }
}

/// How often a stop begins while moving, and ends while standing, 1/s.
#[derive(Debug, Clone, Copy)]
struct Rates {
    enter: f64,
    leave: f64,
}

/// What is expected to have been.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    stops: f64,
    moving_s: f64,
    standing_s: f64,
}

/// Variance of a standing displacement over `span_s` along one axis, m2.
fn variance(error: &PositionError, span_s: f64) -> f64 {
    (WANDER * error.difference_m2(span_s)).max(LEAST_SD_M * LEAST_SD_M)
}

/// ln p(d | moving) - ln p(d | standing).
fn log_ratio(d: f64, span_s: f64, variance: f64) -> f64 {
    let mut terms = [0.0; SPEEDS];
    for (i, term) in terms.iter_mut().enumerate() {
        let share = i as f64 / (SPEEDS - 1) as f64;
        let mean = (MOVING_MPS.0 + share * (MOVING_MPS.1 - MOVING_MPS.0)) * span_s;
        *term = -(d - mean).powi(2) / (2.0 * variance) + ln_bessel_i0_scaled(d * mean / variance);
    }
    let top = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mean = terms.iter().map(|t| (t - top).exp()).sum::<f64>() / SPEEDS as f64;
    top + mean.ln() + d * d / (2.0 * variance)
}
