//! Which way the runner ran, and the length that the error adds to it.
//!
//! A two-dimensional constant-velocity smoother with the estimated error. The intensity q of its random walk is
//! the likeliest of a grid; one expectation-maximisation pass with Student-t process noise then makes straights
//! straight and corners sharp: `w = (nu + 2) / (nu + 2 dv^2 / (q dt))`, `q_k = q / w`. So are jumps of the error: where
//! satellites come and go, positions step by metres at once, which no runner does.

use super::{
    ground_track::{Cursor, GroundTrack},
    kalman::{DeviceColumns, Disturbances, Measurements, Model, Pace, PlaneSmoother},
    position_error::PositionError,
};

/// Intensities that are tried, m2/s3.
const GRID: [f64; 6] = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0];
/// Fixes that decide between them.
const DECIDING_FIXES: usize = 2400;
/// Degrees of freedom of the process noise.
const FREEDOM: f64 = 1.5;
/// Usual jump of the error within a leg, m, and the degrees of freedom of its law.
const JUMP_M: f64 = 0.25;
const JUMP_FREEDOM: f64 = 1.0;
/// Variance of the first velocity, m2/s2.
const FIRST_VARIANCE: f64 = 9.0;

/// Velocity of every fix, metres east and north per second, with buffers.
#[derive(Debug, Default)]
pub struct Heading {
    /// Velocity and variance of one axis.
    pub velocity: Pace<2>,
    smoother: PlaneSmoother,
    disturbances: Disturbances,
    intensity: Vec<f64>,
    jump_m2: Vec<f64>,
}

impl Heading {
    /// Smooths the track; `interval_s` holds the time before each fix, `white_m2` the white variance of each.
    pub fn estimate(
        &mut self,
        track: &GroundTrack,
        error: PositionError,
        interval_s: &[f64],
        white_m2: &[f64],
    ) {
        let n = track.time_s.len();
        let model = Model {
            error,
            gait_sd_mps: 0.0,
            gait_memory_s: 1.0,
            first_pace_mps: 0.0,
            first_pace_variance: FIRST_VARIANCE,
            low_pass_s: 1.0,
        };
        let jump = JUMP_M.powi(2);
        self.jump_m2.clear();
        self.jump_m2.extend(track.restless_m2.iter().map(|extra| jump + extra));
        let some = n.min(DECIDING_FIXES);
        let mut best = (f64::NEG_INFINITY, GRID[0]);
        for q in GRID {
            self.intensity.clear();
            self.intensity.resize(n, q);
            let data = Measurements {
                interval_s: &interval_s[..some],
                place_m: &track.ground_m[..some],
                white_m2: &white_m2[..some],
                intensity: &self.intensity[..some],
                jump_m2: &self.jump_m2[..some],
                device: DeviceColumns::default(),
            };
            let value = PlaneSmoother::log_likelihood(&model, data);
            if value > best.0 {
                best = (value, q);
            }
        }
        let q = best.1;
        self.intensity.fill(q);
        let data = Measurements {
            interval_s,
            place_m: &track.ground_m,
            white_m2,
            intensity: &self.intensity,
            jump_m2: &self.jump_m2,
            device: DeviceColumns::default(),
        };
        self.smoother.disturbances(&model, data, &mut self.disturbances);
        for (k, seconds) in interval_s.iter().enumerate().skip(1) {
            let ratio = self.disturbances.change[k] / (q * seconds);
            let weight = (FREEDOM + 2.0) / (FREEDOM + 2.0 * ratio);
            self.intensity[k] = q / weight.max(1e-6);
            let jump = jump + track.restless_m2[k];
            let ratio = self.disturbances.jump[k] / jump;
            self.jump_m2[k] = jump * (JUMP_FREEDOM + 2.0 * ratio) / (JUMP_FREEDOM + 2.0);
        }
        let data = Measurements {
            interval_s,
            place_m: &track.ground_m,
            white_m2,
            intensity: &self.intensity,
            jump_m2: &self.jump_m2,
            device: DeviceColumns::default(),
        };
        self.smoother.pace(&model, data, &mut self.velocity);
    }

    /// Velocity at a moment of the track whose fixes are at `time_s`, metres east and north per second.
    pub fn velocity_at(&self, cursor: &mut Cursor, time_s: &[f64], moment_s: f64) -> [f64; 2] {
        let (i, share) = cursor.share(time_s, moment_s);
        let velocity = &self.velocity.mean_mps;
        [0, 1].map(|axis| velocity[i][axis] + share * (velocity[i + 1][axis] - velocity[i][axis]))
    }

    /// The share of the measured length to keep at a fix: heading noise makes a path longer by half
    /// its cross-track variance over the squared speed, right to second order.
    pub fn shortening(&self, fix: usize) -> f64 {
        let [east, north] = self.velocity.mean_mps[fix];
        let square = (east * east + north * north).max(0.25);
        if square > 0.6 { 1.0 - 0.5 * (self.velocity.variance[fix] / square).min(0.1) } else { 1.0 }
    }
}
