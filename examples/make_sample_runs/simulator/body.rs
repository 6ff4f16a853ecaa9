//! What else a watch measures: height and heart.

use super::random::Random;

/// Height as a barometer gives it: right in the short run, drifting with the weather.
pub fn barometer(heights_m: &[f64], random: &mut Random) -> Vec<f64> {
    let mut drift = 0.0;
    heights_m
        .iter()
        .map(|height| {
            drift = 0.999 * drift + 0.05 * random.normal();
            height + drift + 0.15 * random.normal()
        })
        .collect()
}

/// Heart rate: follows the effort within a minute or so, creeping up over the run.
pub fn heart(true_speed_mps: &[f64], heights_m: &[f64], random: &mut Random) -> Vec<u8> {
    let (rest, per_mps) = (random.between((62.0, 74.0)), random.between((26.0, 31.0)));
    let mut rate = rest + 15.0;
    (0..heights_m.len())
        .map(|second| {
            let speed = true_speed_mps.get(second).copied().unwrap_or(0.0);
            let climb = heights_m.get(second + 1).map_or(0.0, |next| (next - heights_m[second]).max(0.0));
            let creep = 6.0 * second as f64 / heights_m.len() as f64;
            let wanted = rest + per_mps * speed + 220.0 * climb + creep;
            let lag_s = if wanted > rate { 35.0 } else { 55.0 };
            rate += (wanted - rate) / lag_s + 0.25 * random.normal();
            rate.clamp(45.0, 205.0) as u8
        })
        .collect()
}
