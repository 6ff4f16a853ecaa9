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
    for value in &mut out {
        *value *= scale;
    }
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
    let reach = (4.0 * width) as usize;
    let bell = |k: usize| {
        let off = (k as f64 - reach as f64) / width;
        libm::exp(-0.5 * off * off)
    };
    let weights: Vec<f64> = (0..=2 * reach).map(bell).collect();
    let total: f64 = weights.iter().sum();
    let near = |index: usize, k: usize| values[(index + k).saturating_sub(reach).min(values.len() - 1)];
    let mean = |index: usize| {
        weights.iter().enumerate().map(|(k, weight)| weight * near(index, k)).sum::<f64>() / total
    };
    (0..values.len()).map(mean).collect()
}
