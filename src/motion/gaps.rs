//! Silences of more than 10 s.
//!
//! A gap whose chord is slower than 0.3 m/s is a pause; else it was travelled at the mean pace of the 15 s on
//! either side, held between 1 and 1.3 times chord / gap, because a path is longer than its chord but seldom by more.

use super::{STANDING_BELOW_MPS, StepKind, Steps};

/// A gap whose ends are closer than this pace would take them is a pause, m/s.
pub const PAUSE_BELOW_MPS: f64 = 0.3;

/// Seconds on either side whose pace is asked.
const NEAR_S: f64 = 15.0;
/// How much longer than its chord a path may be.
const BEND: f64 = 1.3;
/// Uncertainty of both ends of a gap together, m.
const ENDS_M: f64 = 4.0;

/// Settles every gap, once the recorded steps have their speed and the gaps their chord's.
pub fn settle(steps: &mut Steps) {
    for i in 0..steps.len() {
        if steps.kind[i] == StepKind::Recorded {
            continue;
        }
        let chord_mps = f64::from(steps.speed_mps[i]);
        if steps.kind[i] == StepKind::Paused || chord_mps < PAUSE_BELOW_MPS {
            steps.kind[i] = StepKind::Paused;
            steps.p_standing[i] = 1.0;
            steps.speed_mps[i] = 0.0;
            continue;
        }
        let (begin, end) = (steps.start_s[i], steps.start_s[i] + f64::from(steps.duration_s[i]));
        let (mut sum, mut count) = (0.0, 0.0);
        let before = (0..i).rev().take_while(|k| steps.start_s[*k] >= begin - NEAR_S);
        let after = (i + 1..steps.len()).take_while(|k| steps.start_s[*k] < end + NEAR_S);
        for k in before.chain(after) {
            let speed = f64::from(steps.speed_mps[k]);
            if steps.kind[k] == StepKind::Recorded && steps.p_standing[k] <= 0.5 && speed > STANDING_BELOW_MPS
            {
                sum += speed;
                count += 1.0;
            }
        }
        let speed = if count > 0.0 { (sum / count).clamp(chord_mps, BEND * chord_mps) } else { chord_mps };
        steps.speed_mps[i] = speed as f32;
        steps.speed_sd_mps[i] = (ENDS_M / (end - begin)) as f32;
    }
}
