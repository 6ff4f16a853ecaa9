//! The state space of [`super::model`]: one fix back.
//!
//! The disturbance form of the fixed-interval smoother (de Jong 1989;
//! Durbin and Koopman, *Time Series Analysis by State Space Methods*, 2nd ed., sections 4.4 and 4.5), which
//! needs no matrix inverse. With v the innovation of a fix, s its variance and K the gain:
//!
//! ```text
//! u = v/s - K'r     d = 1/s + K'NK            r and N seen from the fix's future
//! r <- F'(r + H'u)  N <- F'[(I-KH)'N(I-KH) + H'H/s]F
//! ```

#![allow(clippy::needless_range_loop, reason = "matrix equations keep their indices")]

use super::{
    forward::{Filtered, Innovation},
    model::{E, S, Transition, V},
};

/// The information that the future of a fix has on its state.
pub struct BackwardPass<
    const N: usize,
    const C: usize,
    const MATERN: bool,
    const GAIT: bool,
    const DEVICE: bool,
> {
    r: [[f64; C]; N],
    n: [[f64; N]; N],
}

impl<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool, const DEVICE: bool>
    BackwardPass<N, C, MATERN, GAIT, DEVICE>
{
    const G: usize = if DEVICE { N - 2 } else { N - 1 };
    const D: usize = N - 1;

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
        self.measured(k, white, &[S, E])
    }

    /// Takes the device's speed in; returns E[noise^2].
    #[inline]
    pub fn speed(&mut self, k: &Innovation<N, C>, noise: f64) -> f64 {
        self.measured(k, noise, &[Self::D])
    }

    /// Takes a measurement in that is the sum of some rows of the state.
    #[inline]
    fn measured<const ROWS: usize>(&mut self, k: &Innovation<N, C>, white: f64, rows: &[usize; ROWS]) -> f64 {
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
            for row in rows {
                r[*row][j] += u;
            }
        }
        for i in 0..N {
            for row in rows {
                n[i][*row] -= h[i];
            }
        }
        for j in 0..N {
            for row in rows {
                n[*row][j] -= h[j];
            }
        }
        for a in rows {
            for b in rows {
                n[*a][*b] += density;
            }
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
            if DEVICE {
                let fresh = (1.0 - t.device) * r[Self::D][j];
                r[V][j] += fresh;
                if GAIT {
                    r[Self::G][j] += fresh;
                }
                r[Self::D][j] *= t.device;
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
            if DEVICE {
                let fresh = (1.0 - t.device) * n[Self::D][j];
                n[V][j] += fresh;
                if GAIT {
                    n[Self::G][j] += fresh;
                }
                n[Self::D][j] *= t.device;
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
            if DEVICE {
                let fresh = (1.0 - t.device) * row[Self::D];
                row[V] += fresh;
                if GAIT {
                    row[Self::G] += fresh;
                }
                row[Self::D] *= t.device;
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
