//! Noise with a memory.

use super::super::random::Random;

/// Ornstein and Uhlenbeck's process: standard deviation, memory in s, a value every `dt_s`.
pub fn wandering(n: usize, dt_s: f64, sigma: f64, memory_s: f64, random: &mut Random) -> Vec<f64> {
    let keep = libm::exp(-dt_s / memory_s);
    let fresh = sigma * libm::sqrt(1.0 - keep * keep);
    let mut value = sigma * random.normal();
    let mut next = || {
        let now = value;
        value = keep * value + fresh * random.normal();
        now
    };
    (0..n).map(|_| next()).collect()
}

/// The same driven by itself, as smooth as what a receiver has filtered (Matern 3/2), scaled to `sigma`.
pub fn smooth_wandering(n: usize, dt_s: f64, sigma: f64, memory_s: f64, random: &mut Random) -> Vec<f64> {
    let mut out = follow(&wandering(n, dt_s, 1.0, memory_s / 2.0, random), dt_s, memory_s / 2.0);
    let mean = out.iter().sum::<f64>() / n as f64;
    let variance = out.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n as f64;
    let scale = sigma / (libm::sqrt(variance) + 1e-9);
    out.iter_mut().for_each(|value| *value *= scale);
    out
}

/// A low pass of first order from rest.
pub fn follow(values: &[f64], dt_s: f64, memory_s: f64) -> Vec<f64> {
    let keep = libm::exp(-dt_s / memory_s);
    let mut last = 0.0;
    let step = |value: &f64| {
        last = keep * last + (1.0 - keep) * value;
        last
    };
    values.iter().map(step).collect()
}

/// Mean weighted by a bell of `width` values, ends repeated.
pub fn smoothed(values: &[f64], width: f64) -> Vec<f64> {
    let reach = (4.0 * width) as isize;
    let weights: Vec<f64> =
        (-reach..=reach).map(|k| libm::exp(-0.5 * (k as f64 / width) * (k as f64 / width))).collect();
    let total: f64 = weights.iter().sum();
    let last = values.len() as isize - 1;
    let at = |index: isize| {
        let near = (-reach..=reach).zip(&weights);
        near.map(|(k, weight)| weight * values[(index + k).clamp(0, last) as usize]).sum::<f64>() / total
    };
    (0..=last).map(at).collect()
}
