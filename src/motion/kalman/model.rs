//! The state space behind heading and pace.
//!
//! State, per axis: place S (m), pace v (m/s), receiver error e (m), for a Matern error also its
//! rate e' (m/s), along the track gait g (m/s), and, where a device's speed is measured, that speed y as the device
//! smooths it (m/s):
//!
//! ```text
//! S' = v + g         v   random walk, intensity q (m2/s3), its own for every interval
//! z  = S + e + w     g   Ornstein-Uhlenbeck, gait_sd_mps, gait_memory_s
//!                    e   Ornstein-Uhlenbeck or Matern-3/2, sigma_m, memory_s
//!                    w   white, its own variance for every fix (m2)
//! y' = (v + g - y) / low_pass_s      u = y + n      n white, its own variance for every fix (m2/s2)
//! ```
//!
//! [`super::forward`] filters, [`super::backward`] smooths.
//!
//! The transition F is sparse, so it is applied as row and column operations. `N` is the order of the
//! state, `C` the number of axes that share one covariance.

use crate::motion::position_error::PositionError;

/// Row of the place in the state.
pub const S: usize = 0;
/// Row of the pace.
pub const V: usize = 1;
/// Row of the error; its rate follows, then gait, then the device's speed.
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
    /// Time constant of the device's own smoothing of speed, s; unused without one.
    pub low_pass_s: f64,
}

/// The constants of one interval.
#[derive(Debug, Clone, Copy, Default)]
pub struct Transition {
    /// Length of the interval.
    pub seconds: f64,
    /// Error: [a b; c d], the first alone for Ornstein-Uhlenbeck; noise (ee, ee', e'e').
    pub error: [f64; 4],
    pub error_noise: [f64; 3],
    /// Gait: into place, kept; noise (SS, Sg, gg).
    pub gait: [f64; 2],
    pub gait_noise: [f64; 3],
    /// What is left of the device's speed.
    pub device: f64,
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
        t.device = (-d / model.low_pass_s.max(1e-3)).exp();
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
