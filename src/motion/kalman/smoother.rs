//! Passes over a stretch of fixes: likelihood, expectation of the disturbances, smoothed pace.
//! The equations are in [`super::model`], [`super::forward`] and [`super::backward`].

use crate::motion::position_error::Family;

use super::{
    backward::BackwardPass,
    forward::{Filter, Filtered, Innovation},
    model::{Model, Transitions},
};

/// Fixes in columns of equal length, as the filter wants them.
#[derive(Debug, Clone, Copy)]
pub struct Measurements<'a, const C: usize> {
    /// Seconds since the fix before; the first is not used.
    pub interval_s: &'a [f64],
    /// Measured place, m.
    pub place_m: &'a [[f64; C]],
    /// White variance of each fix, m2.
    pub white_m2: &'a [f64],
    /// Intensity of the pace's random walk over the interval before each fix, m2/s3.
    pub intensity: &'a [f64],
    /// Variance of the error's jump over the interval before each fix, m2.
    pub jump_m2: &'a [f64],
    /// What the device says of its speed; empty columns without.
    pub device: DeviceColumns<'a>,
}

/// A device's speed at the fixes, in columns of the fixes' length.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeviceColumns<'a> {
    /// Speed, m/s; NaN where the device says nothing.
    pub speed_mps: &'a [f64],
    /// Variance of its noise, m2/s2.
    pub noise: &'a [f64],
    /// Whether a stop was cut out before the fix: what the device smoothed before is of another time.
    pub forget: &'a [bool],
}

/// Buffers of one state order, kept from pass to pass.
#[derive(Debug, Default)]
struct Buffers<const N: usize, const C: usize> {
    innovations: Vec<Innovation<N, C>>,
    speeds: Vec<Innovation<N, C>>,
    filtered: Vec<Filtered<N, C>>,
}

/// What the expectation step leaves, one value per fix and axis.
#[derive(Debug, Default)]
pub struct Disturbances {
    /// E[dv^2] of the interval before the fix, m2/s2; 0 for the first.
    pub change: Vec<f64>,
    /// E[jump^2] of the error in the interval before the fix, m2.
    pub jump: Vec<f64>,
    /// E[w^2] of the fix, m2.
    pub white: Vec<f64>,
    /// E[n^2] of the device's speed, m2/s2; NaN where there is none.
    pub noise: Vec<f64>,
}

/// Smoothed pace, gait included, of every fix.
#[derive(Debug)]
pub struct Pace<const C: usize> {
    /// Mean, m/s per axis.
    pub mean_mps: Vec<[f64; C]>,
    /// Variance of each axis, m2/s2.
    pub variance: Vec<f64>,
}

impl<const C: usize> Default for Pace<C> {
    fn default() -> Self {
        Self { mean_mps: Vec::new(), variance: Vec::new() }
    }
}

/// Passes for both families of error, over `C` axes; holds its buffers. `OU` and `MATERN` are the
/// orders of the state.
#[derive(Debug, Default)]
pub struct Smoother<
    const C: usize,
    const GAIT: bool,
    const DEVICE: bool,
    const OU: usize,
    const MATERN: usize,
> {
    ou: Buffers<OU, C>,
    matern: Buffers<MATERN, C>,
}

/// Two axes without gait: heading.
pub type PlaneSmoother = Smoother<2, false, false, 3, 4>;
/// One axis with gait: pace along the track.
pub type TrackSmoother = Smoother<1, true, false, 4, 5>;
/// The same with the device's speed.
pub type DeviceSmoother = Smoother<1, true, true, 5, 6>;

impl<const C: usize, const GAIT: bool, const DEVICE: bool, const OU: usize, const MATERN: usize>
    Smoother<C, GAIT, DEVICE, OU, MATERN>
{
    /// Log-likelihood, Student-t with four degrees of freedom in the innovations, up to a constant.
    pub fn log_likelihood(model: &Model, data: Measurements<C>) -> f64 {
        match model.error.family {
            Family::OrnsteinUhlenbeck => log_likelihood::<OU, C, false, GAIT, DEVICE>(model, data),
            Family::Matern => log_likelihood::<MATERN, C, true, GAIT, DEVICE>(model, data),
        }
    }

    /// The expected squares of the disturbances given all fixes.
    pub fn disturbances(&mut self, model: &Model, data: Measurements<C>, out: &mut Disturbances) {
        match model.error.family {
            Family::OrnsteinUhlenbeck => {
                disturbances::<OU, C, false, GAIT, DEVICE>(&mut self.ou, model, data, out);
            }
            Family::Matern => {
                disturbances::<MATERN, C, true, GAIT, DEVICE>(&mut self.matern, model, data, out);
            }
        }
    }

    /// The pace given all fixes.
    pub fn pace(&mut self, model: &Model, data: Measurements<C>, out: &mut Pace<C>) {
        match model.error.family {
            Family::OrnsteinUhlenbeck => pace::<OU, C, false, GAIT, DEVICE>(&mut self.ou, model, data, out),
            Family::Matern => pace::<MATERN, C, true, GAIT, DEVICE>(&mut self.matern, model, data, out),
        }
    }
}

fn log_likelihood<
    const N: usize,
    const C: usize,
    const MATERN: bool,
    const GAIT: bool,
    const DEVICE: bool,
>(
    model: &Model,
    data: Measurements<C>,
) -> f64 {
    let Some(first) = data.place_m.first() else { return 0.0 };
    let mut filter = Filter::<N, C, MATERN, GAIT, DEVICE>::new(model, *first);
    let mut transitions = Transitions::<MATERN, GAIT>::new(model);
    let (mut sum, mut surprise, mut spread) = (0.0, 1.0_f64, 1.0_f64);
    for k in 0..data.place_m.len() {
        if k > 0 {
            filter.predict(transitions.get(data.interval_s[k]), data.intensity[k], data.jump_m2[k]);
        }
        let fix = filter.update(&data.place_m[k], data.white_m2[k]);
        // The first fixes only find the state. Logarithms are taken of products of a few fixes.
        if k > 3 {
            let square: f64 = fix.value.iter().map(|v| v * v).sum();
            surprise *= 1.0 + square * fix.precision / 4.0;
            spread *= fix.precision;
        }
        if k % 8 == 7 || k + 1 == data.place_m.len() {
            sum += 0.5 * (C as f64 * spread.ln() - (4.0 + C as f64) * surprise.ln());
            (surprise, spread) = (1.0, 1.0);
        }
    }
    sum
}

fn disturbances<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool, const DEVICE: bool>(
    buffers: &mut Buffers<N, C>,
    model: &Model,
    data: Measurements<C>,
    out: &mut Disturbances,
) {
    let n = data.place_m.len();
    out.change.clear();
    out.change.resize(n, 0.0);
    out.jump.clear();
    out.jump.resize(n, 0.0);
    out.white.clear();
    out.white.resize(n, 0.0);
    out.noise.clear();
    out.noise.resize(if DEVICE { n } else { 0 }, f64::NAN);
    let Some(first) = data.place_m.first() else { return };
    let mut filter = Filter::<N, C, MATERN, GAIT, DEVICE>::new(model, *first);
    let mut transitions = Transitions::<MATERN, GAIT>::new(model);
    buffers.innovations.clear();
    buffers.speeds.clear();
    for k in 0..n {
        if k > 0 {
            filter.predict(transitions.get(data.interval_s[k]), data.intensity[k], data.jump_m2[k]);
        }
        buffers.innovations.push(filter.update(&data.place_m[k], data.white_m2[k]));
        if DEVICE {
            buffers.speeds.push(device_forward(&mut filter, &data.device, k));
        }
    }
    let mut backward = BackwardPass::<N, C, MATERN, GAIT, DEVICE>::new();
    for k in (0..n).rev() {
        if DEVICE && data.device.speed_mps[k].is_finite() {
            out.noise[k] = backward.speed(&buffers.speeds[k], data.device.noise[k]);
        }
        out.white[k] = backward.fix(&buffers.innovations[k], data.white_m2[k]);
        if k > 0 {
            out.change[k] = backward.change(data.interval_s[k], data.intensity[k]);
            out.jump[k] = backward.jump(data.jump_m2[k]);
            backward.back(transitions.get(data.interval_s[k]));
        }
    }
}

fn pace<const N: usize, const C: usize, const MATERN: bool, const GAIT: bool, const DEVICE: bool>(
    buffers: &mut Buffers<N, C>,
    model: &Model,
    data: Measurements<C>,
    out: &mut Pace<C>,
) {
    let n = data.place_m.len();
    out.mean_mps.clear();
    out.mean_mps.resize(n, [0.0; C]);
    out.variance.clear();
    out.variance.resize(n, 0.0);
    let Some(first) = data.place_m.first() else { return };
    let mut filter = Filter::<N, C, MATERN, GAIT, DEVICE>::new(model, *first);
    let mut transitions = Transitions::<MATERN, GAIT>::new(model);
    buffers.innovations.clear();
    buffers.speeds.clear();
    buffers.filtered.clear();
    for k in 0..n {
        if k > 0 {
            filter.predict(transitions.get(data.interval_s[k]), data.intensity[k], data.jump_m2[k]);
        }
        buffers.innovations.push(filter.update(&data.place_m[k], data.white_m2[k]));
        if DEVICE {
            buffers.speeds.push(device_forward(&mut filter, &data.device, k));
        }
        buffers.filtered.push(filter.filtered());
    }
    let mut backward = BackwardPass::<N, C, MATERN, GAIT, DEVICE>::new();
    for k in (0..n).rev() {
        (out.mean_mps[k], out.variance[k]) = backward.smooth(&buffers.filtered[k]);
        if DEVICE && data.device.speed_mps[k].is_finite() {
            backward.speed(&buffers.speeds[k], data.device.noise[k]);
        }
        backward.fix(&buffers.innovations[k], data.white_m2[k]);
        if k > 0 {
            backward.back(transitions.get(data.interval_s[k]));
        }
    }
}

/// Takes in what the device says at fix `k`; an innovation without weight where it says nothing.
#[inline]
fn device_forward<
    const N: usize,
    const C: usize,
    const MATERN: bool,
    const GAIT: bool,
    const DEVICE: bool,
>(
    filter: &mut Filter<N, C, MATERN, GAIT, DEVICE>,
    device: &DeviceColumns<'_>,
    k: usize,
) -> Innovation<N, C> {
    if device.forget[k] {
        filter.forget_speed();
    }
    if device.speed_mps[k].is_finite() {
        filter.update_speed(device.speed_mps[k], device.noise[k])
    } else {
        Innovation { gain: [0.0; N], value: [0.0; C], precision: 0.0 }
    }
}
