//! Pace along the track.
//!
//! A smoother over place along the track with pace as a random walk of intensity q, gait of 3% of the mean pace with a
//! memory of 20 s, and the receiver's error. q is the likeliest of a grid; from a hundredth of it, expectation-maximisation
//! passes with Student-t (nu = 0.5) process noise keep changes of pace sharp and steady stretches steady, and
//! t-4 weights disarm single wild fixes, and Cauchy jumps of the error those positions that step by metres at once:
//!
//! ```text
//! q_k  = q (nu + E[dv^2] / (q dt)) / (nu + 1) + edge      q <- (q + mean of E[dv^2] / dt weighted) / 2
//! J_k  = j^2 (1 + E[jump^2] / j^2) / 2
//! R_k  = white^2 max(1, (4 + E[w^2] / white^2) / 5)
//! ```
//!
//! The last pass gives pace with gait and its variance; two more with the error's sigma x 0.7 and x 1.4 tell what
//! is at stake if sigma is wrong.

use super::{
    along_track::AlongTrack,
    kalman::{Disturbances, Measurements, Model, Pace, TrackSmoother},
    position_error::PositionError,
};

/// Intensities that are tried, m2/s3.
const GRID: [f64; 7] = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1];
/// The passes begin with this share of the likeliest intensity.
const BEGIN: f64 = 0.01;
/// Expectation-maximisation passes.
const PASSES: usize = 12;
/// Degrees of freedom of the process noise.
const FREEDOM: f64 = 0.5;
/// Usual jump of the error within a leg, m, and the degrees of freedom of its law.
const JUMP_M: f64 = 0.15;
const JUMP_FREEDOM: f64 = 1.0;
/// Gait: share of the mean pace, and memory, s.
const GAIT: (f64, f64) = (0.03, 20.0);
/// Variance of the first pace, m2/s2.
const FIRST_VARIANCE: f64 = 4.0;
/// What sigma may be wrong by.
const SIGMA_SCALES: [f64; 2] = [0.7, 1.4];

/// Pace of every node, with buffers.
#[derive(Debug, Default)]
pub struct Speed {
    /// Mean and variance.
    pub pace: Pace<1>,
    /// Half the difference of the pace with the error's sigma x 0.7 and x 1.4, m/s.
    pub shift_mps: Vec<f64>,
    other: Pace<1>,
    smoother: TrackSmoother,
    disturbances: Disturbances,
    intensity: Vec<f64>,
    white_m2: Vec<f64>,
    usual_white_m2: Vec<f64>,
    jump_m2: Vec<f64>,
}

impl Speed {
    /// Smooths the places along the track.
    pub fn estimate(&mut self, along: &AlongTrack, error: PositionError) {
        let n = along.place_m.len();
        let mean = along.mean_mps().clamp(0.8, 4.0);
        let mut model = Model {
            error,
            gait_sd_mps: GAIT.0 * mean,
            gait_memory_s: GAIT.1,
            first_pace_mps: mean,
            first_pace_variance: FIRST_VARIANCE,
        };
        let white = error.white_m.powi(2);
        // A position of unknown age within `stale_s` is uniformly late: its place varies by that square over 12.
        self.usual_white_m2.clear();
        self.usual_white_m2.extend(along.stale_s.iter().map(|s| white + (mean * s).powi(2) / 12.0));
        self.white_m2.clone_from(&self.usual_white_m2);
        let jump = JUMP_M.powi(2);
        self.jump_m2.clear();
        self.jump_m2.resize(n, jump);
        let likeliest = self.likeliest(along, &model);
        self.set_intensity(along, |_| likeliest);
        let mut q = BEGIN * likeliest;
        for _ in 0..PASSES {
            let data = measurements(along, &self.white_m2, &self.intensity, &self.jump_m2);
            self.smoother.disturbances(&model, data, &mut self.disturbances);
            let (mut sum, mut count) = (0.0, 0.0);
            for k in 1..n {
                let change = self.disturbances.change[k] / along.interval_s[k];
                let weight = (FREEDOM + 1.0) / (FREEDOM + change / q);
                self.intensity[k] = q / weight.max(1e-6) + along.edge[k];
                let ratio = self.disturbances.jump[k] / jump;
                self.jump_m2[k] = jump * (JUMP_FREEDOM + ratio) / (JUMP_FREEDOM + 1.0);
                if along.ordinary[k] {
                    sum += weight * change;
                    count += 1.0;
                }
            }
            for (k, usual) in self.usual_white_m2.iter().enumerate() {
                let square = self.disturbances.white[k] / usual;
                self.white_m2[k] = usual / (5.0 / (4.0 + square)).min(1.0);
            }
            if count > 0.0 {
                q = 0.5 * q + 0.5 * (sum / count).clamp(1e-8, 1.0);
            }
        }
        self.shift_mps.clear();
        self.shift_mps.resize(n, 0.0);
        for (scale, sign) in SIGMA_SCALES.into_iter().zip([0.5, -0.5]) {
            model.error.sigma_m = scale * error.sigma_m;
            let data = measurements(along, &self.white_m2, &self.intensity, &self.jump_m2);
            self.smoother.pace(&model, data, &mut self.other);
            for (shift, pace) in self.shift_mps.iter_mut().zip(&self.other.mean_mps) {
                *shift += sign * pace[0];
            }
        }
        model.error.sigma_m = error.sigma_m;
        let data = measurements(along, &self.white_m2, &self.intensity, &self.jump_m2);
        self.smoother.pace(&model, data, &mut self.pace);
    }

    fn set_intensity(&mut self, along: &AlongTrack, q: impl Fn(usize) -> f64) {
        self.intensity.clear();
        self.intensity.extend(along.edge.iter().enumerate().map(|(k, edge)| q(k) + edge));
    }

    fn likeliest(&mut self, along: &AlongTrack, model: &Model) -> f64 {
        let mut best = (f64::NEG_INFINITY, GRID[0]);
        for q in GRID {
            self.set_intensity(along, |_| q);
            let data = measurements(along, &self.white_m2, &self.intensity, &self.jump_m2);
            let value = TrackSmoother::log_likelihood(model, data);
            if value > best.0 {
                best = (value, q);
            }
        }
        best.1
    }
}

fn measurements<'a>(
    along: &'a AlongTrack,
    white_m2: &'a [f64],
    intensity: &'a [f64],
    jump_m2: &'a [f64],
) -> Measurements<'a, 1> {
    Measurements { interval_s: &along.interval_s, place_m: &along.place_m, white_m2, intensity, jump_m2 }
}
