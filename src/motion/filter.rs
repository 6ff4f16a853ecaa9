//! The state space behind heading and pace: one fix forward.
//!
//! State, per axis: place S (m), pace v (m/s), receiver error e (m), for a Matern error also its
//! rate e' (m/s), and, along the track, gait g (m/s):
//!
//! ```text
//! S' = v + g         v   random walk, intensity q (m2/s3), its own for every interval
//! z  = S + e + w     g   Ornstein-Uhlenbeck, gait_sd_mps, gait_memory_s
//!                    e   Ornstein-Uhlenbeck or Matern-3/2, sigma_m, memory_s
//!                    w   white, its own variance for every fix (m2)
//! ```
//!
//! Here a Kalman filter goes forward; [`super::future`] comes back.
//!
//! The transition F is sparse, so it is applied as row and column operations. `N` is the order of the
//! state, `C` the number of axes that share one covariance.

#![allow(clippy::needless_range_loop, reason = "matrix equations keep their indices")]

use super::error::PositionError;

/// Variance of the first place, m2: wider than any error.
const FIRST_PLACE_M2: f64 = 400.0;
/// Row of the place in the state.
pub const S: usize = 0;
/// Row of the pace.
pub const V: usize = 1;
/// Row of the error; its rate follows, and gait comes last.
pub const E: usize = 2;

/// What the filter assumes of a stretch, apart from the intensities that differ from fix to fix.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// The receiver's error.
    pub error: PositionError,
    /// Standard deviation of the gait, m/s; unused without gait.
    pub gait_sd_mps: f64,
    /// Memory of the gait, s.
    pub gait_memory_s: f64,
    /// First pace, m/s, and its variance.
    pub first_pace_mps: f64,
    /// Variance of the first pace, m2/s2.
    pub first_pace_variance: f64,
}

/// The constants of one interval.
#[derive(Debug, Clone, Copy, Default)]
pub struct Transition {
    /// Length of the interval.
    pub seconds: f64,
    /// Error: [a b; c d], the first alone for Ornstein-Uhlenbeck; noise (ee, ee', e'e').
    pub error: [f64; 4],
    error_noise: [f64; 3],
    /// Gait: into place, kept; noise (SS, Sg, gg).
    pub gait: [f64; 2],
    gait_noise: [f64; 3],
}

impl Transition {
    pub fn new(model: &Model, d: f64, matern: bool, gait: bool) -> Self {
        let mut t = Self { seconds: d, ..Self::default() };
        let v = model.error.sigma_m.powi(2);
        if matern {
            let rate = 3.0_f64.sqrt() / model.error.memory_s;
            let x = (-rate * d).exp();
            let w = v * rate * rate;
            let [a, b, c, g] = [x * (1.0 + rate * d), x * d, -x * rate * rate * d, x * (1.0 - rate * d)];
            t.error = [a, b, c, g];
            t.error_noise = [v - a * a * v - b * b * w, -a * c * v - b * g * w, w - c * c * v - g * g * w];
        } else {
            let f = (-d / model.error.memory_s).exp();
            t.error[0] = f;
            t.error_noise[0] = v * (1.0 - f * f);
        }
        if gait {
            let memory = model.gait_memory_s;
            let f = (-d / memory).exp();
            let s2 = model.gait_sd_mps.powi(2);
            t.gait = [memory * (1.0 - f), f];
            t.gait_noise = [
                s2 * memory * (2.0 * d - 3.0 * memory + 4.0 * memory * f - memory * f * f).max(0.0),
                s2 * memory * (1.0 - f).powi(2),
                s2 * (1.0 - f * f),
            ];
        }
        t
    }
}

/// Transitions by interval: a device repeats few of them, and each costs two exponentials.
pub struct Transitions<const MATERN: bool, const GAIT: bool> {
    model: Model,
    slots: [Transition; 32],
}

impl<const MATERN: bool, const GAIT: bool> Transitions<MATERN, GAIT> {
    pub fn new(model: &Model) -> Self {
        Self { model: *model, slots: [Transition { seconds: -1.0, ..Transition::default() }; 32] }
    }

    #[inline]
    pub fn get(&mut self, d: f64) -> &Transition {
        let slot = (d.to_bits().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 59) as usize;
        let held = &mut self.slots[slot];
        if held.seconds != d {
            *held = Transition::new(&self.model, d, MATERN, GAIT);
        }
        held
    }
}

/// What the backward pass needs of a fix: gain, innovation and the inverse of its variance.
#[derive(Debug, Clone, Copy)]
pub struct Innovation<const N: usize, const C: usize> {
    pub gain: [f64; N],
    /// Measured minus predicted place, m.
    pub value: [f64; C],
    /// Inverse of its variance, 1/m2.
    pub precision: f64,
}

/// What the smoothed pace needs of a fix: the filtered pace, its variance, its covariance with the state.
#[derive(Debug, Clone, Copy)]
pub struct Filtered<const N: usize, const C: usize> {
    /// Pace with gait, m/s per axis.
    pub pace: [f64; C],
    /// Its variance, m2/s2.
    pub variance: f64,
    /// Its covariance with the state.
    pub covariance: [f64; N],
}

/// The filter's state and the arithmetic on it.
pub struct Filter<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool> {
    mean: [[f64; C]; N],
    p: [[f64; N]; N],
}

impl<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool> Filter<N, C, MATERN, GAIT> {
    const G: usize = N - 1;

    pub fn new(model: &Model, first: [f64; C]) -> Self {
        let mut filter = Self { mean: [[0.0; C]; N], p: [[0.0; N]; N] };
        filter.mean[S] = first;
        filter.mean[V][0] = model.first_pace_mps;
        filter.p[S][S] = FIRST_PLACE_M2;
        filter.p[V][V] = model.first_pace_variance;
        filter.p[E][E] = model.error.sigma_m.powi(2);
        if MATERN {
            filter.p[E + 1][E + 1] = 3.0 * (model.error.sigma_m / model.error.memory_s).powi(2);
        }
        if GAIT {
            filter.p[Self::G][Self::G] = model.gait_sd_mps.powi(2);
        }
        filter
    }

    /// x <- F x, P <- F P F' + Q.
    #[inline]
    pub fn predict(&mut self, t: &Transition, intensity: f64, jump_m2: f64) {
        let (d, p, m) = (t.seconds, &mut self.p, &mut self.mean);
        for j in 0..C {
            m[S][j] += d * m[V][j];
            if GAIT {
                m[S][j] += t.gait[0] * m[Self::G][j];
                m[Self::G][j] *= t.gait[1];
            }
            if MATERN {
                let (e, r) = (m[E][j], m[E + 1][j]);
                m[E][j] = t.error[0] * e + t.error[1] * r;
                m[E + 1][j] = t.error[2] * e + t.error[3] * r;
            } else {
                m[E][j] *= t.error[0];
            }
        }
        for j in 0..N {
            p[S][j] += d * p[V][j];
            if GAIT {
                p[S][j] += t.gait[0] * p[Self::G][j];
                p[Self::G][j] *= t.gait[1];
            }
            if MATERN {
                let (e, r) = (p[E][j], p[E + 1][j]);
                p[E][j] = t.error[0] * e + t.error[1] * r;
                p[E + 1][j] = t.error[2] * e + t.error[3] * r;
            } else {
                p[E][j] *= t.error[0];
            }
        }
        for row in p.iter_mut() {
            row[S] += d * row[V];
            if GAIT {
                row[S] += t.gait[0] * row[Self::G];
                row[Self::G] *= t.gait[1];
            }
            if MATERN {
                let (e, r) = (row[E], row[E + 1]);
                row[E] = t.error[0] * e + t.error[1] * r;
                row[E + 1] = t.error[2] * e + t.error[3] * r;
            } else {
                row[E] *= t.error[0];
            }
        }
        let q = intensity * d;
        p[S][S] += q * d * d / 3.0;
        p[S][V] += q * d / 2.0;
        p[V][V] += q;
        p[E][E] += t.error_noise[0] + jump_m2;
        if MATERN {
            p[E][E + 1] += t.error_noise[1];
            p[E + 1][E + 1] += t.error_noise[2];
        }
        if GAIT {
            p[S][S] += t.gait_noise[0];
            p[S][Self::G] += t.gait_noise[1];
            p[Self::G][Self::G] += t.gait_noise[2];
        }
        for i in 0..N {
            for j in 0..i {
                p[i][j] = p[j][i];
            }
        }
    }

    /// Takes one fix in.
    #[inline]
    pub fn update(&mut self, place: &[f64; C], white: f64) -> Innovation<N, C> {
        let p = &mut self.p;
        let mut h = [0.0; N];
        for i in 0..N {
            h[i] = p[i][S] + p[i][E];
        }
        let precision = 1.0 / (h[S] + h[E] + white);
        let mut gain = [0.0; N];
        let mut value = [0.0; C];
        for i in 0..N {
            gain[i] = h[i] * precision;
        }
        for j in 0..C {
            value[j] = place[j] - self.mean[S][j] - self.mean[E][j];
            for i in 0..N {
                self.mean[i][j] += gain[i] * value[j];
            }
        }
        for i in 0..N {
            for j in 0..N {
                p[i][j] -= h[i] * gain[j];
            }
        }
        Innovation { gain, value, precision }
    }

    pub fn filtered(&self) -> Filtered<N, C> {
        let p = &self.p;
        let mut covariance = p[V];
        let mut pace = self.mean[V];
        let mut variance = p[V][V];
        if GAIT {
            for i in 0..N {
                covariance[i] += p[Self::G][i];
            }
            for j in 0..C {
                pace[j] += self.mean[Self::G][j];
            }
            variance = covariance[V] + covariance[Self::G];
        }
        Filtered { pace, variance, covariance }
    }
}
