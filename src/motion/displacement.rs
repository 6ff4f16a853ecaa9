//! Displacement over 10 s: what a recording too short for the method gets, and a first look at a long one.

use std::ops::Range;

use super::{STANDING_BELOW_MPS, StepKind, Steps, ground::Projection, ground_track::Cursor, plane::distance};
use crate::recording::Recording;

/// Seconds.
const WINDOW_S: f64 = 10.0;
/// Standard deviation that is stated, m/s.
const SD_MPS: f64 = 0.1;

/// Fills every step.
pub fn estimate(recording: &Recording, steps: &mut Steps) {
    let fixes = &recording.fixes;
    if fixes.len() < 2 {
        return;
    }
    let projection = Projection::around(&fixes.latitude_deg, &fixes.longitude_deg);
    let (mut before, mut after) = (Cursor::default(), Cursor::default());
    let place = |cursor: &mut Cursor, time_s: f64| {
        let (i, f) = cursor.share(&fixes.time_s, time_s);
        let at = |k: usize| projection.to_m(fixes.latitude_deg[k], fixes.longitude_deg[k]);
        let (a, b) = (at(i), at(i + 1));
        [a[0] + f * (b[0] - a[0]), a[1] + f * (b[1] - a[1])]
    };
    let mut stretch = 0..0;
    for i in 0..steps.len() {
        if !stretch.contains(&i) {
            stretch = stretch_at(steps, i);
        }
        let last = stretch.end - 1;
        let (begin, end) =
            (steps.start_s[stretch.start], steps.start_s[last] + f64::from(steps.duration_s[last]));
        let middle = steps.start_s[i] + f64::from(steps.duration_s[i]) / 2.0;
        let recorded = steps.kind[i] == StepKind::Recorded;
        let reach = if recorded { WINDOW_S / 2.0 } else { f64::INFINITY };
        let (a, b) = ((middle - reach).max(begin), (middle + reach).min(end));
        let (p, q) = (place(&mut before, a), place(&mut after, b));
        let speed = distance(p, q) / (b - a);
        steps.speed_mps[i] = speed as f32;
        // Nothing is known of the error: the interval takes the step as open.
        steps.speed_shift_mps[i] = f32::INFINITY;
        if recorded {
            steps.speed_sd_mps[i] = SD_MPS as f32;
            steps.p_standing[i] = f32::from(u8::from(speed < STANDING_BELOW_MPS));
        }
    }
}

/// The steps of the recorded stretch or gap that holds step `i`.
fn stretch_at(steps: &Steps, i: usize) -> Range<usize> {
    if steps.kind[i] != StepKind::Recorded {
        return i..i + 1;
    }
    let length = steps.kind[i..].iter().take_while(|kind| **kind == StepKind::Recorded).count();
    i..i + length
}
