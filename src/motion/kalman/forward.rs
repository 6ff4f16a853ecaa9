//! The state space of [`super::model`]: a Kalman filter, one fix forward.

#![allow(clippy::needless_range_loop, reason = "matrix equations keep their indices")]

use super::model::{E, Model, S, Transition, V};

/// Variance of the first place, m2: wider than any error.
const FIRST_PLACE_M2: f64 = 400.0;
/// Variance of a device's speed of which nothing is known, m2/s2.
const UNKNOWN_SPEED: f64 = 4.0;
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
pub struct Filter<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool, const DEVICE: bool> {
    mean: [[f64; C]; N],
    p: [[f64; N]; N],
}

impl<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool, const DEVICE: bool>
    Filter<N, C, MATERN, GAIT, DEVICE>
{
    const G: usize = if DEVICE { N - 2 } else { N - 1 };
    const D: usize = N - 1;

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
        if DEVICE {
            filter.mean[Self::D][0] = model.first_pace_mps;
            filter.p[Self::D][Self::D] = UNKNOWN_SPEED;
        }
        filter
    }

    /// x <- F x, P <- F P F' + Q.
    #[inline]
    pub fn predict(&mut self, t: &Transition, intensity: f64, jump_m2: f64) {
        let (d, p, m) = (t.seconds, &mut self.p, &mut self.mean);
        for j in 0..C {
            if DEVICE {
                let fresh = m[V][j] + if GAIT { m[Self::G][j] } else { 0.0 };
                m[Self::D][j] = t.device * m[Self::D][j] + (1.0 - t.device) * fresh;
            }
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
            if DEVICE {
                let fresh = p[V][j] + if GAIT { p[Self::G][j] } else { 0.0 };
                p[Self::D][j] = t.device * p[Self::D][j] + (1.0 - t.device) * fresh;
            }
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
            if DEVICE {
                let fresh = row[V] + if GAIT { row[Self::G] } else { 0.0 };
                row[Self::D] = t.device * row[Self::D] + (1.0 - t.device) * fresh;
            }
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

    /// Takes the device's speed in, with the variance of its noise, m2/s2.
    #[inline]
    pub fn update_speed(&mut self, speed_mps: f64, noise: f64) -> Innovation<N, C> {
        let h = self.p[Self::D];
        let precision = 1.0 / (h[Self::D] + noise);
        let gain = h.map(|h| h * precision);
        let mut value = [0.0; C];
        value[0] = speed_mps - self.mean[Self::D][0];
        for i in 0..N {
            self.mean[i][0] += gain[i] * value[0];
            for j in 0..N {
                self.p[i][j] -= h[i] * gain[j];
            }
        }
        Innovation { gain, value, precision }
    }

    /// Forgets the device's speed, as after a stop.
    pub fn forget_speed(&mut self) {
        self.p[Self::D][Self::D] += UNKNOWN_SPEED;
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
