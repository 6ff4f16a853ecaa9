//! Restless stretches: where satellites come and go, positions fall behind and then catch up at once.
//!
//! A receiver among houses or trees may lag for a quarter of a minute and then jump 10 to 20 m within a second or two. With
//! the error of the rest of the recording that reads as a walk and a sprint. A jump is a way of D metres within d <= 3.5 s
//! that no runner makes of the pace around it, with u the faster of the median paces of the 15 s before and after:
//!
//! ```text
//! D/d > max(4.5 m/s, 1.6 u)    and    D - 1.6 u d > 3 m
//! ```
//!
//! For 25 s on either side the error may then be as large as 0.8 (D - u d): what it changes by from fix to fix gets the
//! variance that an Ornstein-Uhlenbeck error of that size has beyond the usual one's. So may it around a hold that is made
//! up for late ([`super::held`]), by the way that the hold lacks.
//!
//! The constants were chosen on real files, on development seeds of the simulators nothing is lost (`docs/method.md`).

use super::{
    GAP_S,
    ground_track::GroundTrack,
    held::Late,
    plane::distance,
    position_error::{PositionError, median},
};

/// A jump takes no longer, s, and no more legs; a single leg may be as long as a gap.
const WITHIN_S: f64 = 3.5;
const WITHIN_LEGS: usize = 4;
/// Seconds before and after it that tell the pace.
const AROUND_S: f64 = 15.0;
/// A jump is faster, m/s, and faster than this many times the pace around it, by so many metres.
const FAST_MPS: f64 = 4.5;
const TIMES: f64 = 1.6;
const BEYOND_M: f64 = 3.0;
/// Seconds on either side in which the receiver is restless, and the error there as a share of what a jump makes up.
const REACH_S: f64 = 25.0;
const SHARE: f64 = 0.8;
/// The pace around is looked up once in so many fixes.
const EVERY: usize = 4;

/// Finds restless stretches; holds its buffers.
#[derive(Debug, Default)]
pub struct Restless {
    /// What the largest jump nearby makes up, m.
    size_m: Vec<f64>,
    paces_mps: Vec<f64>,
}

impl Restless {
    /// Looks for jumps along a track whose usual error is `error`, and fills its column; `late` are the holds that are made
    /// up for late.
    pub fn find(&mut self, track: &mut GroundTrack, error: &PositionError, late: &[Late]) {
        let time = &track.time_s;
        let n = time.len();
        self.size_m.clear();
        self.size_m.resize(n, 0.0);
        // The pace before and after a block of fixes, once it was asked for.
        let mut around: Option<(usize, f64)> = None;
        for from in 0..n.saturating_sub(1) {
            for to in from + 1..(from + 1 + WITHIN_LEGS).min(n) {
                let seconds = time[to] - time[from];
                let too_long = if to == from + 1 { GAP_S } else { WITHIN_S };
                if seconds > too_long || track.interrupted[to] {
                    break;
                }
                let metres = distance(track.ground_m[from], track.ground_m[to]);
                if metres < FAST_MPS * seconds || metres < BEYOND_M {
                    continue;
                }
                let block = from / EVERY;
                let pace_mps = match around {
                    Some((of, pace_mps)) if of == block => pace_mps,
                    _ => self.pace_around(track, block * EVERY, block * EVERY + EVERY - 1 + WITHIN_LEGS),
                };
                around = Some((block, pace_mps));
                if metres - TIMES * pace_mps * seconds > BEYOND_M {
                    self.spread(time, (time[from], time[to]), metres - pace_mps * seconds);
                }
            }
        }
        for hold in late {
            self.spread(time, (hold.first_s, hold.end_s), hold.way_m);
        }
        let usual_m2 = error.sigma_m.powi(2);
        track.restless_m2.clear();
        track.restless_m2.push(0.0);
        track.restless_m2.extend(time.windows(2).zip(self.size_m.iter().skip(1)).map(|(pair, size_m)| {
            let kept = (-(pair[1] - pair[0]) / error.memory_s).exp();
            ((SHARE * size_m).powi(2) - usual_m2).max(0.0) * (1.0 - kept * kept)
        }));
    }

    /// The faster of the median paces before fix `first` and after fix `last`, m/s.
    fn pace_around(&mut self, track: &GroundTrack, first: usize, last: usize) -> f64 {
        let time = &track.time_s;
        let last = last.min(time.len() - 1);
        let begin = time.partition_point(|t| *t < time[first] - AROUND_S);
        let end = time.partition_point(|t| *t <= time[last] + AROUND_S) - 1;
        let mut pace = |legs: std::ops::Range<usize>| {
            self.paces_mps.clear();
            self.paces_mps.extend(
                legs.map(|i| distance(track.ground_m[i], track.ground_m[i + 1]) / (time[i + 1] - time[i])),
            );
            median(&mut self.paces_mps)
        };
        pace(begin..first).max(pace(last..end))
    }

    /// Marks the fixes around a jump that makes up `size_m`.
    fn spread(&mut self, time_s: &[f64], jump: (f64, f64), size_m: f64) {
        let begin = time_s.partition_point(|t| *t < jump.0 - REACH_S);
        let end = time_s.partition_point(|t| *t <= jump.1 + REACH_S);
        for near in &mut self.size_m[begin..end] {
            *near = near.max(size_m);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::position_error::Family;

    const USUAL: PositionError =
        PositionError { family: Family::OrnsteinUhlenbeck, sigma_m: 2.0, memory_s: 20.0, white_m: 0.2 };

    /// A minute and a half eastwards at these paces, m/s, one fix a second.
    fn track(pace_mps: impl Fn(usize) -> f64) -> GroundTrack {
        let mut track = GroundTrack::default();
        let mut east = 0.0;
        for second in 0..90 {
            east += pace_mps(second);
            track.time_s.push(second as f64);
            track.ground_m.push([east, 0.0]);
            track.interrupted.push(false);
        }
        track
    }

    fn restless_s(pace_mps: impl Fn(usize) -> f64) -> usize {
        let mut track = track(pace_mps);
        Restless::default().find(&mut track, &USUAL, &[]);
        assert_eq!(track.restless_m2.len(), 90);
        track.restless_m2.iter().filter(|extra| **extra > 0.0).count()
    }

    #[test]
    fn a_receiver_that_lags_and_catches_up_at_once_is_restless_around_it() {
        let seconds = restless_s(|second| if second == 45 { 18.0 } else { 2.0 });
        assert!((45..=56).contains(&seconds), "{seconds} s");
    }

    #[test]
    fn intervals_and_a_sprint_are_no_jumps() {
        assert_eq!(restless_s(|second| if (second / 20) % 2 == 0 { 1.3 } else { 5.5 }), 0);
        assert_eq!(restless_s(|_| 7.0), 0);
    }
}
