//! The time in band by the speed that the device itself recorded, to set beside our own.

use crate::{
    motion::{GAP_S, STANDING_BELOW_MPS},
    recording::Recording,
};

use super::Edges;

/// Share of the fixes that must carry a speed.
const LEAST_SHARE: f64 = 0.9;

/// Seconds in band if the device's speed runs straight from fix to fix; gaps and interruptions hold none.
/// `None` where fewer than nine fixes in ten carry a speed.
pub fn device_in_band_s(recording: &Recording, edges: Edges) -> Option<f64> {
    let fixes = &recording.fixes;
    let speed = &fixes.device_speed_mps;
    let known = speed.iter().filter(|speed| speed.is_finite()).count();
    if known < 2 || (known as f64) < LEAST_SHARE * fixes.len() as f64 {
        return None;
    }
    let mut breaks = recording.breaks.iter().peekable();
    let mut sum = 0.0;
    let mut before: Option<(f64, f64)> = None;
    for (i, (time, speed)) in fixes.time_s.iter().zip(speed).enumerate() {
        if breaks.next_if(|b| **b <= i).is_some() {
            before = None;
        }
        if !speed.is_finite() {
            continue;
        }
        let here = (*time, f64::from(*speed));
        if let Some(there) = before
            && here.0 - there.0 <= GAP_S
        {
            sum += (here.0 - there.0) * share_between(there.1, here.1, STANDING_BELOW_MPS, edges.upper_mps());
        }
        before = Some(here);
    }
    Some(sum)
}

/// The share of a straight line from `a` to `b` that lies between two levels.
fn share_between(a: f64, b: f64, low: f64, high: f64) -> f64 {
    let (least, most) = (a.min(b), a.max(b));
    if most - least < 1e-9 {
        return if (low..=high).contains(&a) { 1.0 } else { 0.0 };
    }
    ((most.min(high) - least.max(low)) / (most - least)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::fixture::{recording_of, steps_of};

    #[test]
    fn a_ramp_through_the_band_counts_the_part_inside() {
        let mut recording = recording_of(&steps_of(&[(10, 2.0)]));
        recording.fixes.device_speed_mps = (0..=10).map(|k| k as f32 * 0.4).collect();
        // 0.25 to 2.0 of 0 to 4 m/s in 10 s.
        let seconds = device_in_band_s(&recording, Edges::default()).expect("all fixes carry a speed");
        assert!((seconds - 4.375).abs() < 1e-5, "{seconds}");
        recording.breaks = vec![3];
        let seconds = device_in_band_s(&recording, Edges::default()).expect("all fixes carry a speed");
        assert!((seconds - 3.375).abs() < 1e-5, "{seconds}");
    }

    #[test]
    fn a_few_speeds_say_nothing_of_the_whole() {
        let mut recording = recording_of(&steps_of(&[(10, 2.0)]));
        recording.fixes.device_speed_mps = (0..=10).map(|k| if k < 4 { 1.0 } else { f32::NAN }).collect();
        assert_eq!(device_in_band_s(&recording, Edges::default()), None);
    }
}
