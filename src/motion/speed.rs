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
//! A device's speed, where it has one, is a second measurement of the same state ([`super::device_speed`]), its noise
//! weighted like the white part's.
//!
//! The last pass gives pace with gait and its variance; two more with the error's sigma x 0.7 and x 1.4 tell what
//! is at stake if sigma is wrong.

use super::{
    along_track::AlongTrack,
    kalman::{DeviceColumns, DeviceSmoother, Disturbances, Measurements, Model, Pace, TrackSmoother},
    position_error::PositionError,
};

/// Intensities that are tried, m2/s3.
const GRID: [f64; 7] = [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1];
/// The passes begin with this share of the likeliest intensity.
const BEGIN: f64 = 0.01;
/// Expectation-maximisation passes.
const PASSES: usize = 16;
/// So many do for a first look that a device's speed is held against, and to go on from there.
const FIRST_PASSES: usize = 2;
const LATER_PASSES: usize = 8;
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

/// A device's speed at every node, ready to be measured.
#[derive(Debug, Default)]
pub struct DeviceNodes {
    /// True speed by the device, m/s; NaN where it may not be heard.
    pub speed_mps: Vec<f64>,
    /// Usual variance of its noise, m2/s2.
    pub noise: Vec<f64>,
    /// Whether a stop was cut out before the node.
    pub forget: Vec<bool>,
    /// Time constant of its smoothing, s.
    pub low_pass_s: f64,
    /// Standard deviation of its scale.
    pub scale_sd: f64,
}

/// Pace of every node, with buffers.
#[derive(Debug, Default)]
pub struct Speed {
    /// Mean and variance.
    pub pace: Pace<1>,
    /// What all nodes share if the assumptions are wrong, m/s: half the difference of the pace with the error's
    /// sigma x 0.7 and x 1.4, and what a standard deviation of the device's scale makes.
    pub shift_mps: Vec<f64>,
    other: Pace<1>,
    smoother: TrackSmoother,
    device_smoother: DeviceSmoother,
    disturbances: Disturbances,
    noise: Vec<f64>,
    scaled_mps: Vec<f64>,
    intensity: Vec<f64>,
    white_m2: Vec<f64>,
    usual_white_m2: Vec<f64>,
    jump_m2: Vec<f64>,
    likeliest: f64,
}

impl Speed {
    /// Smooths the places along the track, positions alone.
    pub fn estimate(&mut self, along: &AlongTrack, error: PositionError) {
        let model = model_of(along, error, 1.0);
        self.likeliest = self.likeliest(along, &model);
        self.maximise(along, &model, None, PASSES);
        self.finish(along, &model, None);
    }

    /// A first look: positions alone, pace without shift.
    pub fn look(&mut self, along: &AlongTrack, error: PositionError) {
        let model = model_of(along, error, 1.0);
        self.likeliest = self.likeliest(along, &model);
        self.maximise(along, &model, None, FIRST_PASSES);
        self.pass(along, &model, None);
    }

    /// Smooths places and the device's speed, after a first [`look`](Self::look).
    pub fn estimate_with_device(&mut self, along: &AlongTrack, error: PositionError, device: &DeviceNodes) {
        let model = model_of(along, error, device.low_pass_s);
        self.maximise(along, &model, Some(device), LATER_PASSES);
        self.finish(along, &model, Some(device));
    }

    /// The usual noises, before any is weighted.
    fn begin(&mut self, along: &AlongTrack, model: &Model, device: Option<&DeviceNodes>) {
        let mean = along.mean_mps().clamp(0.8, 4.0);
        let white = model.error.white_m.powi(2);
        // A position of unknown age within `stale_s` is uniformly late: its place varies by that square over 12.
        self.usual_white_m2.clear();
        self.usual_white_m2.extend(along.stale_s.iter().map(|s| white + (mean * s).powi(2) / 12.0));
        self.white_m2.clone_from(&self.usual_white_m2);
        self.jump_m2.clear();
        self.jump_m2.extend(along.restless_m2.iter().map(|extra| JUMP_M.powi(2) + extra));
        self.noise.clear();
        self.scaled_mps.clear();
        if let Some(device) = device {
            self.noise.extend_from_slice(&device.noise);
            self.scaled_mps.extend_from_slice(&device.speed_mps);
        }
    }

    /// Expectation-maximisation: intensities, jumps and weights.
    fn maximise(&mut self, along: &AlongTrack, model: &Model, device: Option<&DeviceNodes>, passes: usize) {
        let n = along.place_m.len();
        let jump = JUMP_M.powi(2);
        self.begin(along, model, device);
        let likeliest = self.likeliest;
        self.set_intensity(along, |_| likeliest);
        let mut q = BEGIN * likeliest;
        for _ in 0..passes {
            self.expect(along, model, device);
            let (mut sum, mut count) = (0.0, 0.0);
            for k in 1..n {
                let change = self.disturbances.change[k] / along.interval_s[k];
                let weight = (FREEDOM + 1.0) / (FREEDOM + change / q);
                self.intensity[k] = q / weight.max(1e-6) + along.edge[k];
                let jump = jump + along.restless_m2[k];
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
            if let Some(device) = device {
                for (k, usual) in device.noise.iter().enumerate() {
                    let square = self.disturbances.noise[k] / usual;
                    if square.is_finite() {
                        self.noise[k] = usual / (5.0 / (4.0 + square)).min(1.0);
                    }
                }
            }
            if count > 0.0 {
                q = 0.5 * q + 0.5 * (sum / count).clamp(1e-8, 1.0);
            }
        }
    }

    /// The pace, and what of it changes if sigma or the device's scale is wrong.
    fn finish(&mut self, along: &AlongTrack, model: &Model, device: Option<&DeviceNodes>) {
        self.shift_mps.clear();
        self.shift_mps.resize(along.place_m.len(), 0.0);
        for (scale, sign) in SIGMA_SCALES.into_iter().zip([0.5, -0.5]) {
            let mut model = *model;
            model.error.sigma_m *= scale;
            self.pass(along, &model, device);
            for (shift, pace) in self.shift_mps.iter_mut().zip(&self.pace.mean_mps) {
                *shift += sign * pace[0];
            }
        }
        if let Some(device) = device {
            self.scaled_mps.iter_mut().for_each(|speed| *speed *= 1.0 + device.scale_sd);
            self.pass(along, model, Some(device));
            self.scaled_mps.clone_from(&device.speed_mps);
            std::mem::swap(&mut self.pace, &mut self.other);
        }
        self.pass(along, model, device);
        if device.is_some() {
            for (k, shift) in self.shift_mps.iter_mut().enumerate() {
                *shift = shift.hypot(self.pace.mean_mps[k][0] - self.other.mean_mps[k][0]);
            }
        }
    }

    fn data<'a>(&'a self, along: &'a AlongTrack, device: Option<&'a DeviceNodes>) -> Measurements<'a, 1> {
        Measurements {
            interval_s: &along.interval_s,
            place_m: &along.place_m,
            white_m2: &self.white_m2,
            intensity: &self.intensity,
            jump_m2: &self.jump_m2,
            device: device.map_or_else(DeviceColumns::default, |device| DeviceColumns {
                speed_mps: &self.scaled_mps,
                noise: &self.noise,
                forget: &device.forget,
            }),
        }
    }

    fn expect(&mut self, along: &AlongTrack, model: &Model, device: Option<&DeviceNodes>) {
        let mut out = std::mem::take(&mut self.disturbances);
        if device.is_some() {
            let mut smoother = std::mem::take(&mut self.device_smoother);
            smoother.disturbances(model, self.data(along, device), &mut out);
            self.device_smoother = smoother;
        } else {
            let mut smoother = std::mem::take(&mut self.smoother);
            smoother.disturbances(model, self.data(along, device), &mut out);
            self.smoother = smoother;
        }
        self.disturbances = out;
    }

    fn pass(&mut self, along: &AlongTrack, model: &Model, device: Option<&DeviceNodes>) {
        let mut out = std::mem::take(&mut self.pace);
        if device.is_some() {
            let mut smoother = std::mem::take(&mut self.device_smoother);
            smoother.pace(model, self.data(along, device), &mut out);
            self.device_smoother = smoother;
        } else {
            let mut smoother = std::mem::take(&mut self.smoother);
            smoother.pace(model, self.data(along, device), &mut out);
            self.smoother = smoother;
        }
        self.pace = out;
    }

    fn set_intensity(&mut self, along: &AlongTrack, q: impl Fn(usize) -> f64) {
        self.intensity.clear();
        self.intensity.extend(along.edge.iter().enumerate().map(|(k, edge)| q(k) + edge));
    }

    fn likeliest(&mut self, along: &AlongTrack, model: &Model) -> f64 {
        self.begin(along, model, None);
        let mut value = |index: usize| {
            self.set_intensity(along, |_| GRID[index]);
            TrackSmoother::log_likelihood(model, self.data(along, None))
        };
        // It has one top: from the middle of the grid upwards, or else downwards, as long as it grows.
        let middle = GRID.len() / 2;
        let mut best = (value(middle), middle);
        for index in middle + 1..GRID.len() {
            let next = value(index);
            if next <= best.0 {
                break;
            }
            best = (next, index);
        }
        if best.1 == middle {
            for index in (0..middle).rev() {
                let next = value(index);
                if next <= best.0 {
                    break;
                }
                best = (next, index);
            }
        }
        GRID[best.1]
    }
}

fn model_of(along: &AlongTrack, error: PositionError, low_pass_s: f64) -> Model {
    let mean = along.mean_mps().clamp(0.8, 4.0);
    Model {
        error,
        gait_sd_mps: GAIT.0 * mean,
        gait_memory_s: GAIT.1,
        first_pace_mps: mean,
        first_pace_variance: FIRST_VARIANCE,
        low_pass_s,
    }
}
