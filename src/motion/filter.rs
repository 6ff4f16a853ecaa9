//! The state space behind heading and pace: one fix forward, one fix back.
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
//! Forward a Kalman filter, backward the disturbance form of the fixed-interval smoother (de Jong 1989;
//! Durbin and Koopman, *Time Series Analysis by State Space Methods*, 2nd ed., sections 4.4 and 4.5), which
//! needs no matrix inverse. With v the innovation of a fix, s its variance and K the gain:
//!
//! ```text
//! u = v/s - K'r     d = 1/s + K'NK            r and N seen from the fix's future
//! r <- F'(r + H'u)  N <- F'[(I-KH)'N(I-KH) + H'H/s]F
//! ```
//!
//! The transition F is sparse, so it is applied as row and column operations. `N` is the order of the
//! state, `C` the number of axes that share one covariance.

use super::error::PositionError;

/// Variance of the first place, m2: wider than any error.
const FIRST_PLACE_M2: f64 = 400.0;
/// Place, pace, error: their rows in the state.
const S: usize = 0;
const V: usize = 1;
const E: usize = 2;

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
    seconds: f64,
    /// Error: [a b; c d], the first alone for Ornstein-Uhlenbeck; noise (ee, ee', e'e').
    error: [f64; 4],
    error_noise: [f64; 3],
    /// Gait: into place, kept; noise (SS, Sg, gg).
    gait: [f64; 2],
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
    pace: [f64; C],
    variance: f64,
    covariance: [f64; N],
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

/// The information that the future of a fix has on its state.
pub struct Future<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool> {
    r: [[f64; C]; N],
    n: [[f64; N]; N],
}

impl<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool> Future<N, C, MATERN, GAIT> {
    const G: usize = N - 1;

    pub fn new() -> Self {
        Self { r: [[0.0; C]; N], n: [[0.0; N]; N] }
    }

    /// The pace of the fix just before this future, and its variance.
    #[inline]
    pub fn smooth(&self, past: &Filtered<N, C>) -> ([f64; C], f64) {
        let mut pace = past.pace;
        let mut known = 0.0;
        for i in 0..N {
            for j in 0..C {
                pace[j] += past.covariance[i] * self.r[i][j];
            }
            for l in 0..N {
                known += past.covariance[i] * self.n[i][l] * past.covariance[l];
            }
        }
        (pace, (past.variance - known).max(0.0))
    }

    /// Takes the fix in; returns E[white^2] per axis.
    #[inline]
    pub fn fix(&mut self, k: &Innovation<N, C>, white: f64) -> f64 {
        let (r, n) = (&mut self.r, &mut self.n);
        let mut h = [0.0; N];
        for i in 0..N {
            let mut a = 0.0;
            for l in 0..N {
                a += n[i][l] * k.gain[l];
            }
            h[i] = a;
        }
        let mut density = k.precision;
        for i in 0..N {
            density += k.gain[i] * h[i];
        }
        let mut square = 0.0;
        for j in 0..C {
            let mut u = k.value[j] * k.precision;
            for i in 0..N {
                u -= k.gain[i] * r[i][j];
            }
            square += u * u;
            r[S][j] += u;
            r[E][j] += u;
        }
        for i in 0..N {
            n[i][S] -= h[i];
            n[i][E] -= h[i];
        }
        for j in 0..N {
            n[S][j] -= h[j];
            n[E][j] -= h[j];
        }
        for (i, j) in [(S, S), (S, E), (E, S), (E, E)] {
            n[i][j] += density;
        }
        white + white * white * (square / C as f64 - density)
    }

    /// E[dv^2] per axis of the pace's change over the interval before the fix just taken in.
    #[inline]
    pub fn change(&self, d: f64, intensity: f64) -> f64 {
        let (q1, q0) = (intensity * d, intensity * d * d / 2.0);
        let mut square = 0.0;
        for j in 0..C {
            let w = q0 * self.r[S][j] + q1 * self.r[V][j];
            square += w * w;
        }
        let n = &self.n;
        let known = q0 * q0 * n[S][S] + 2.0 * q0 * q1 * n[S][V] + q1 * q1 * n[V][V];
        square / C as f64 + (q1 - known).max(0.0)
    }

    /// E[jump^2] per axis of the error's jump over the interval before the fix just taken in.
    #[inline]
    pub fn jump(&self, jump_m2: f64) -> f64 {
        let square: f64 = self.r[E].iter().map(|r| (jump_m2 * r).powi(2)).sum();
        square / C as f64 + (jump_m2 - jump_m2 * jump_m2 * self.n[E][E]).max(0.0)
    }

    /// r <- F' r, N <- F' N F.
    #[inline]
    pub fn back(&mut self, t: &Transition) {
        let d = t.seconds;
        let (r, n) = (&mut self.r, &mut self.n);
        for j in 0..C {
            r[V][j] += d * r[S][j];
            if GAIT {
                r[Self::G][j] = t.gait[1] * r[Self::G][j] + t.gait[0] * r[S][j];
            }
            if MATERN {
                let (e, x) = (r[E][j], r[E + 1][j]);
                r[E][j] = t.error[0] * e + t.error[2] * x;
                r[E + 1][j] = t.error[1] * e + t.error[3] * x;
            } else {
                r[E][j] *= t.error[0];
            }
        }
        for j in 0..N {
            n[V][j] += d * n[S][j];
            if GAIT {
                n[Self::G][j] = t.gait[1] * n[Self::G][j] + t.gait[0] * n[S][j];
            }
            if MATERN {
                let (e, x) = (n[E][j], n[E + 1][j]);
                n[E][j] = t.error[0] * e + t.error[2] * x;
                n[E + 1][j] = t.error[1] * e + t.error[3] * x;
            } else {
                n[E][j] *= t.error[0];
            }
        }
        for row in n.iter_mut() {
            row[V] += d * row[S];
            if GAIT {
                row[Self::G] = t.gait[1] * row[Self::G] + t.gait[0] * row[S];
            }
            if MATERN {
                let (e, x) = (row[E], row[E + 1]);
                row[E] = t.error[0] * e + t.error[2] * x;
                row[E + 1] = t.error[1] * e + t.error[3] * x;
            } else {
                row[E] *= t.error[0];
            }
        }
        for i in 0..N {
            for j in 0..i {
                n[i][j] = n[j][i];
            }
        }
    }
}
