//! Runs without positions: how fast the device itself says that the runner moved.
//!
//! ```text
//! v_i  = the device's speed, or else the rise of its distance over the leg before
//! v(t) = mean of the moving v_i within w of t, each weighing 1 - |t - t_i| / w; standing where v_i is 0
//! ```
//!
//! A foot pod, a treadmill or a wrist is off by one factor for a whole run: 2 to 5 % by kind and calibration. That factor
//! is in every step's deviation, and all steps share it, so it is their shift, too, which the interval adds up
//! along the run and not in squares.

use super::{SHIFT_FACTORS, STANDING_BELOW_MPS, StepKind, Steps, ground_track::Cursor, rises};
use crate::recording::{DeviceWord, Recording};

/// Standard deviation of the sensor's factor.
const SCALE_SD: f64 = 0.04;
/// The interval takes a shift for so much of a standard deviation.
const SHIFT_PER_SD: f64 = 1.96 / (SHIFT_FACTORS[0] * SHIFT_FACTORS[1]);
/// What a recorded speed is off by on its own, m/s: rounding, and steps that differ.
const LOCAL_SD_MPS: f64 = 0.05;
/// Half the time over which speeds are averaged, s.
const WINDOW_S: f64 = 2.5;
/// A device that says less than this says that it stands, m/s.
const STILL_MPS: f64 = 0.05;

/// The time line of a run without positions, and the length of each leg, m.
pub fn estimate(recording: &Recording) -> (Steps, Vec<f32>) {
    let time_s = &recording.fixes.time_s;
    let mut steps = Steps::grid(time_s, &recording.breaks);
    let (speed_mps, smooth_mps) = speeds(recording);
    let metres = |fix: usize| recording.fixes.device_distance_m.get(fix).copied().map_or(f64::NAN, f64::from);
    let mut at = Cursor::default();
    for i in 0..steps.len() {
        let (start_s, seconds) = (steps.start_s[i], f64::from(steps.duration_s[i]));
        let (fix, share) = at.share(time_s, start_s + seconds / 2.0);
        let next = (fix + 1).min(time_s.len() - 1);
        let between = |column: &[f64]| {
            let (a, b) = (column[fix], column[next]);
            let (a, b) = (if a.is_nan() { b } else { a }, if b.is_nan() { a } else { b });
            if a.is_nan() { 0.0 } else { a + share * (b - a) }
        };
        let mut speed = between(&smooth_mps);
        match steps.kind[i] {
            StepKind::Paused | StepKind::LeftOut => speed = 0.0,
            StepKind::Travelled => {
                let rise_mps = (metres(next) - metres(fix)) / seconds;
                if rise_mps >= 0.0 {
                    speed = rise_mps;
                }
                if speed < STANDING_BELOW_MPS {
                    steps.kind[i] = StepKind::Paused;
                    speed = 0.0;
                }
            }
            StepKind::Recorded => {}
        }
        let stands = match steps.kind[i] {
            StepKind::Paused | StepKind::LeftOut => true,
            StepKind::Travelled => false,
            StepKind::Recorded => between(&speed_mps) < STILL_MPS,
        };
        steps.p_standing[i] = if stands { 1.0 } else { 0.0 };
        steps.speed_mps[i] = if stands { 0.0 } else { speed as f32 };
        steps.speed_sd_mps[i] = LOCAL_SD_MPS.hypot(SCALE_SD * speed) as f32;
        steps.speed_shift_mps[i] = (SHIFT_PER_SD * SCALE_SD * speed) as f32;
    }
    steps.add_up();
    let legs = time_s.windows(2).enumerate().map(|(fix, pair)| {
        let rise_m = metres(fix + 1) - metres(fix);
        if rise_m >= 0.0 { rise_m } else { steps.distance_at(pair[1]) - steps.distance_at(pair[0]) }
    });
    let legs = legs.map(|m| m as f32).collect();
    (steps, legs)
}

/// What the device says at each fix, m/s, NaN where it says nothing, and the same without its flutter. Its speed comes
/// first; where that is missing or 0 throughout, the distance tells.
fn speeds(recording: &Recording) -> (Vec<f64>, Vec<f64>) {
    let fixes = &recording.fixes;
    if fixes.device_word() != DeviceWord::Speed {
        let speed_mps = rises::speeds(recording);
        return (speed_mps.clone(), speed_mps);
    }
    let speed_mps: Vec<f64> = fixes.device_speed_mps.iter().map(|speed| f64::from(*speed)).collect();
    let mut smooth_mps = speed_mps.clone();
    for stretch in rises::stretches(recording) {
        let near = stretch.clone();
        smooth(&fixes.time_s[near.clone()], &speed_mps[near], &mut smooth_mps[stretch]);
    }
    (speed_mps, smooth_mps)
}

/// The mean about each moving fix of the moving ones near it.
fn smooth(time_s: &[f64], speed_mps: &[f64], smooth_mps: &mut [f64]) {
    let mut from = 0;
    for i in 0..time_s.len() {
        while time_s[i] - time_s[from] >= WINDOW_S {
            from += 1;
        }
        let (mut sum, mut weights) = (0.0, 0.0);
        for k in (from..time_s.len()).take_while(|k| time_s[*k] - time_s[i] < WINDOW_S) {
            if speed_mps[k] >= STILL_MPS {
                let weight = 1.0 - (time_s[k] - time_s[i]).abs() / WINDOW_S;
                sum += weight * speed_mps[k];
                weights += weight;
            }
        }
        if speed_mps[i] >= STILL_MPS {
            smooth_mps[i] = sum / weights;
        }
    }
}
