//! A body needs time: it brakes for a stop, sets off after it, and slows to turn round.
//!
//! Braking from 2.6 m/s takes two seconds and two metres: less than a receiver's error, so that positions show a pace that
//! breaks off. But at every stop there are two or three seconds below 2 m/s, and a run with thirty stops has a minute of them.
//! So next to a stop or pause the speed is at most
//!
//! ```text
//! v(t) = 0.25 + a t        a = 0.9 m/s2 setting off, 1.1 m/s2 braking, t the seconds from the stop
//! v(t) = 1.2 + 0.9 |t|     about a turn on the spot
//! ```
//!
//! People set off and brake at 0.7 to 1.3 m/s2. A turn is on the spot where the way back lies on the way there: 7 s before
//! and after it the positions are within 4 m. Hairpins and corners are wider, and taken at speed.
//!
//! The way stays what it was: what braking takes off a stretch between two stops, the rest of it gets, up to 3%. Not where the
//! device told the pace.

use std::ops::Range;

use super::{STANDING_BELOW_MPS, StepKind, Steps};

/// How fast a body sets off and brakes, m/s2.
const SETS_OFF_MPS2: f64 = 0.9;
const BRAKES_MPS2: f64 = 1.1;
/// Nothing farther from the stop is slowed by it, s.
const LONGEST_S: f64 = 10.0;
/// Speed of a turn on the spot, m/s, and how fast it is reached and left, m/s2.
const TURN_MPS: f64 = 1.2;
const TURN_MPS2: f64 = 0.9;
/// Steps before and after it that it may slow.
const TURN_REACH: usize = 8;
/// A turn is on the spot if the positions this long before and after it are so close, s and m.
pub const FOLD: (f64, f64) = (7.0, 4.0);

/// The rest of a stretch gets at most this share more.
const MOST_MORE: f64 = 0.03;

/// Slows the steps beside stops, pauses and the turns on the spot at `turns_s`, once all steps are known.
pub fn slow_down(steps: &mut Steps, turns_s: &[f64]) {
    let moves: Vec<bool> = (0..steps.len()).map(|i| moves(steps, i)).collect();
    let mut most_mps = vec![f32::INFINITY; steps.len()];
    // No faster than a body is, so far from the moment at which it had that speed.
    let mut limit = |k: usize, moment_s: f64, (mps, mps2): (f64, f64)| {
        let away_s = (middle_s(steps, k) - moment_s).abs();
        most_mps[k] = most_mps[k].min((mps + mps2 * away_s) as f32);
        away_s < LONGEST_S
    };
    for i in 1..moves.len() {
        let stop_s = steps.start_s[i];
        if moves[i] && steps.stands(i - 1) {
            for k in (i..moves.len()).take_while(|k| moves[*k]) {
                if !limit(k, stop_s, (STANDING_BELOW_MPS, SETS_OFF_MPS2)) {
                    break;
                }
            }
        }
        if moves[i - 1] && steps.stands(i) {
            for k in (0..i).rev().take_while(|k| moves[*k]) {
                if !limit(k, stop_s, (STANDING_BELOW_MPS, BRAKES_MPS2)) {
                    break;
                }
            }
        }
    }
    for turn_s in turns_s {
        let Some(turn) = steps.at(*turn_s) else { continue };
        for k in turn.saturating_sub(TURN_REACH)..(turn + TURN_REACH).min(moves.len()) {
            limit(k, *turn_s, (TURN_MPS, TURN_MPS2));
        }
    }
    let mut first = 0;
    while first < moves.len() {
        let end = first + moves[first..].iter().take_while(|moves| **moves).count();
        keep_the_way(steps, first..end, &most_mps);
        first = end + 1;
    }
}

/// Slows one stretch, and lets the rest of it make up for the way.
fn keep_the_way(steps: &mut Steps, stretch: Range<usize>, most_mps: &[f32]) {
    let (mut taken_m, mut rest_m) = (0.0, 0.0);
    for k in stretch.clone() {
        let (seconds, speed) = (f64::from(steps.duration_s[k]), f64::from(steps.speed_mps[k]));
        if steps.speed_mps[k] > most_mps[k] {
            taken_m += seconds * (speed - f64::from(most_mps[k]));
        } else if !steps.by_device[k] {
            rest_m += seconds * speed;
        }
    }
    let more = (1.0 + (taken_m / f64::max(rest_m, 1.0)).min(MOST_MORE)) as f32;
    for k in stretch {
        if steps.speed_mps[k] > most_mps[k] {
            steps.speed_mps[k] = most_mps[k];
        } else if !steps.by_device[k] {
            steps.speed_mps[k] *= more;
        }
    }
}

/// Finds the turns on the spot among the steps `wanted`; `fold_m` says how close the positions before and after a moment are.
pub fn find_turns(
    steps: &Steps,
    wanted: Range<usize>,
    mut fold_m: impl FnMut(f64) -> f64,
    turns_s: &mut Vec<f64>,
) {
    let mut first = wanted.start;
    while first < wanted.end {
        let mut end = first;
        let mut closest_m = f64::INFINITY;
        while end < wanted.end && steps.turning[end] && moves(steps, end) {
            closest_m = closest_m.min(fold_m(middle_s(steps, end)));
            end += 1;
        }
        if closest_m <= FOLD.1 {
            turns_s.push(f64::midpoint(middle_s(steps, first), middle_s(steps, end - 1)));
        }
        first = end + 1;
    }
}

fn moves(steps: &Steps, i: usize) -> bool {
    steps.kind[i] == StepKind::Recorded && !steps.stands(i)
}

fn middle_s(steps: &Steps, i: usize) -> f64 {
    steps.start_s[i] + f64::from(steps.duration_s[i]) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(seconds: usize) -> Steps {
        let time_s: Vec<f64> = (0..=seconds).map(|second| f64::from(second as u32)).collect();
        let mut steps = Steps::grid(&time_s, &[]);
        steps.speed_mps.fill(3.0);
        steps
    }

    fn way_m(steps: &Steps) -> f32 {
        steps.speed_mps.iter().sum()
    }

    #[test]
    fn a_stop_is_braked_for_and_left_slowly() {
        let mut steps = run(400);
        steps.p_standing[200..210].fill(1.0);
        let before_m = way_m(&steps);
        slow_down(&mut steps, &[]);
        let below = |range: Range<usize>| steps.speed_mps[range].iter().filter(|v| **v <= 2.0).count();
        assert_eq!((below(0..200), below(210..400)), (2, 2));
        assert!(steps.speed_mps[199] < steps.speed_mps[198] && steps.speed_mps[210] < steps.speed_mps[211]);
        assert!((way_m(&steps) - before_m).abs() < 0.1, "the way is kept");
        assert!(steps.speed_mps[0] > 3.0 && steps.speed_mps[0] < 3.09);
        let mut by_device = run(400);
        by_device.p_standing[200..210].fill(1.0);
        by_device.by_device.fill(true);
        slow_down(&mut by_device, &[]);
        assert_eq!(by_device.speed_mps[0], 3.0);
    }

    #[test]
    fn only_a_turn_on_the_spot_is_slow() {
        let mut steps = run(60);
        steps.turning[27..33].fill(true);
        let mut turns_s = Vec::new();
        find_turns(&steps, 0..60, |_| 9.0, &mut turns_s);
        assert!(turns_s.is_empty());
        find_turns(&steps, 0..60, |_| 1.0, &mut turns_s);
        assert_eq!(turns_s, [30.0]);
        slow_down(&mut steps, &turns_s);
        assert!(steps.speed_mps[29] < 1.7 && steps.speed_mps[30] < 1.7);
        assert!(steps.speed_mps[20] >= 3.0);
    }
}
