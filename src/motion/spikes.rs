//! Fixes that no runner reached.
//!
//! A fix is dropped only if it lies more than max(8 m, 8 s) from the component-wise median of the fixes within
//! 5 s (1 to 5 on each side; s = the median of those distances / 0.8) and a leg faster than
//! max(6.5 m/s, 2.5 times the median leg) lies within three fixes. Either test alone cuts real corners.

use super::{plane::distance, position_error::median};

/// Seconds on each side of a fix that its neighbourhood spans.
const REACH_S: f64 = 5.0;
/// Least distance of a spike, m, and in spreads.
const FAR: (f64, f64) = (8.0, 8.0);
/// Least speed of a spike's leg, m/s, and in median leg speeds.
const FAST: (f64, f64) = (6.5, 2.5);
/// Fixes on each side among which the fast leg may lie.
const NEAR_FIXES: usize = 3;
/// Neighbourhoods that are looked at for the spread: more tell nothing new.
const SAMPLES: usize = 2000;

/// Marks the spikes among at least two fixes.
pub fn find(time_s: &[f64], ground_m: &[[f64; 2]], interval_s: f64, spike: &mut Vec<bool>) {
    let n = time_s.len();
    spike.clear();
    spike.resize(n, false);
    let reach = (REACH_S / interval_s.max(1e-3)).round().clamp(1.0, 5.0) as usize;
    let leg_mps = |i: usize| distance(ground_m[i], ground_m[i + 1]) / (time_s[i + 1] - time_s[i]);
    let sparse = 1 + n / SAMPLES;
    let mut some: Vec<f64> = (0..n - 1).step_by(sparse).map(leg_mps).collect();
    let fast = FAST.0.max(FAST.1 * median(&mut some));
    some.clear();
    some.extend((0..n).step_by(sparse).map(|i| from_neighbours(ground_m, i, reach)));
    let far = FAR.0.max(FAR.1 * (median(&mut some) / 0.8 + 1e-3));
    // A leg is within reach of eight fixes, the first of which lies three before its start.
    let mut fixes_since = 2 * NEAR_FIXES + 1;
    for (i, spike) in spike.iter_mut().enumerate() {
        let ahead = i + NEAR_FIXES;
        let arrives = if i == 0 {
            (0..n - 1).take(ahead + 1).any(|leg| leg_mps(leg) > fast)
        } else {
            ahead < n - 1 && leg_mps(ahead) > fast
        };
        fixes_since = if arrives { 0 } else { fixes_since + 1 };
        *spike = fixes_since <= 2 * NEAR_FIXES + 1 && from_neighbours(ground_m, i, reach) > far;
    }
}

/// Distance from the component-wise median of the fix and its neighbours; the track's ends count again.
fn from_neighbours(ground_m: &[[f64; 2]], i: usize, reach: usize) -> f64 {
    let last = ground_m.len() - 1;
    let mut middle = [0.0; 2];
    for (axis, value) in middle.iter_mut().enumerate() {
        let mut window = [0.0; 11];
        for (slot, k) in window.iter_mut().zip(0..=2 * reach) {
            *slot = ground_m[(i + k).saturating_sub(reach).min(last)][axis];
        }
        *value = median(&mut window[..=2 * reach]);
    }
    distance(ground_m[i], middle)
}
