//! Held positions: the receiver renews its position every 2 to 9 s, the device stamps the old one each second.
//!
//! A repeat of exactly the same position is then no measurement. It looks like one of two other things, which are
//! evidence and stay: a receiver that holds its position while standing, and coordinates so coarse that a slow walker
//! stays within their last digit. What tells them apart is the leg that ends the repeats. With d the seconds from one
//! renewal to the next, D the metres between them and u the pace around,
//!
//! ```text
//! held:      D = u d                  the leg catches up with the way
//! standing:  D = u (the last second)  far behind the way
//! rounded:   D at most a step of the coordinates in each direction
//! ```
//!
//! A hold is dropped, all but its first fix, if it catches up with more than half of the way. So is one that does not,
//! if it is short and most of those around it do: the receiver's habit does not change because the runner stands.
//!
//! Some devices draw a straight line from where they held to where they are by then: Movescount holds for 2 s, and the next
//! four legs are half as long again. Every position is then off by up to the way of the hold, back and forth, and pace reads
//! as a flicker between 0 and 5 m/s. Such a hold is *late*: its leg is short of the way by 1.5 m or more, but the 8 s on
//! either side make up for it, and at least four within 45 s on either side are like that. What a halt takes off nobody makes
//! up, and halts are rarer.

use std::ops::Range;

use super::plane::distance;

/// A hold catches up if it covers this share of the way at the pace around it.
const CATCHES_UP: f64 = 0.5;
/// Seconds on either side that tell the pace and the habit.
const AROUND_S: f64 = 45.0;
/// Slower than this between renewals is no pace to go by, m/s.
const MOVES_MPS: f64 = 0.3;
/// A longer hold that catches up with nothing is standing, whatever the receiver's habit, s.
const LONGEST_HABIT_S: f64 = 12.0;
/// A longer hold is a gap in all but name: nothing tells where in it the runner was, s.
const LONGEST_S: f64 = 60.0;
/// Coordinate steps that rounding alone may take at once.
const ROUNDED_STEPS: f64 = 1.6;
/// Fixes that are looked at for the number of digits.
const SAMPLES: usize = 400;

/// Seconds on either side within which a late hold is made up for, by this share of the pace around.
const MADE_UP_S: f64 = 8.0;
const MADE_UP: f64 = 0.9;
/// What its own leg lacks at least, m.
const LACKS_M: f64 = 1.5;
/// Slower than this there are halts that look like it, m/s.
const RUNS_MPS: f64 = 1.5;
/// So many within the seconds around are a habit, itself among them.
const HABIT: usize = 4;

/// From one renewal of the position to the next.
#[derive(Debug, Clone, Copy)]
struct Hold {
    first: usize,
    end: usize,
    seconds: f64,
    metres: f64,
    catches_up: bool,
}

/// A hold that the seconds around it make up for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Late {
    /// From when to when, s.
    pub first_s: f64,
    pub end_s: f64,
    /// The way at the pace around it, m.
    pub way_m: f64,
}

/// Finds the repeats; holds its buffers.
#[derive(Debug, Default)]
pub struct Held {
    /// Whether each fix is a repeat that measures nothing.
    pub repeat: Vec<bool>,
    /// The holds that are made up for late, in order.
    pub late: Vec<Late>,
    lacking: Vec<Late>,
    holds: Vec<Hold>,
    /// Sums over the holds before each: seconds and metres of those that move, seconds that catch up and do not; all seconds
    /// and metres.
    sums: Vec<[f64; 6]>,
}

impl Held {
    /// Marks the repeats among the fixes; `step_m` is the length of a step of the coordinates. Returns their number.
    pub fn find(&mut self, time_s: &[f64], ground_m: &[[f64; 2]], step_m: f64) -> usize {
        let n = time_s.len();
        self.repeat.clear();
        self.repeat.resize(n, false);
        self.late.clear();
        if !ground_m.windows(2).any(|pair| pair[0] == pair[1]) {
            return 0;
        }
        self.collect(time_s, ground_m);
        self.judge(time_s, ROUNDED_STEPS * step_m);
        self.find_late(time_s);
        self.drop(time_s)
    }

    fn collect(&mut self, time_s: &[f64], ground_m: &[[f64; 2]]) {
        let n = time_s.len();
        self.holds.clear();
        let mut first = 0;
        for end in 1..n {
            if ground_m[end] == ground_m[first] {
                continue;
            }
            let metres = distance(ground_m[first], ground_m[end]);
            let seconds = time_s[end] - time_s[first];
            self.holds.push(Hold { first, end, seconds, metres, catches_up: false });
            first = end;
        }
        self.add_up();
    }

    fn add_up(&mut self) {
        self.sums.clear();
        let mut sum = [0.0; 6];
        self.sums.push(sum);
        for hold in &self.holds {
            if hold.metres >= MOVES_MPS * hold.seconds {
                sum[0] += hold.seconds;
                sum[1] += hold.metres;
            }
            if hold.end > hold.first + 1 {
                sum[if hold.catches_up { 2 } else { 3 }] += hold.seconds;
            }
            sum[4] += hold.seconds;
            sum[5] += hold.metres;
            self.sums.push(sum);
        }
    }

    /// The holds that touch the `reach_s` around hold `k`.
    fn near(&self, time_s: &[f64], k: usize, reach_s: f64) -> Range<usize> {
        let (begin, end) = (time_s[self.holds[k].first] - reach_s, time_s[self.holds[k].end] + reach_s);
        let from = self.holds.partition_point(|hold| time_s[hold.end] < begin);
        from..self.holds.partition_point(|hold| time_s[hold.first] <= end)
    }

    /// Sums over the holds that touch the seconds around hold `k`, itself left out.
    fn around(&self, time_s: &[f64], k: usize) -> [f64; 6] {
        let Range { start: from, end: to } = self.near(time_s, k, AROUND_S);
        let mut sum = [0.0; 6];
        for (i, value) in sum.iter_mut().enumerate() {
            *value = self.sums[to][i] - self.sums[from][i] - (self.sums[k + 1][i] - self.sums[k][i]);
        }
        sum
    }

    fn judge(&mut self, time_s: &[f64], rounded_m: f64) {
        for k in 0..self.holds.len() {
            let hold = self.holds[k];
            if hold.end == hold.first + 1 || hold.seconds > LONGEST_S || hold.metres <= rounded_m {
                continue;
            }
            let [seconds, metres, ..] = self.around(time_s, k);
            let pace = if seconds > 0.0 { metres / seconds } else { MOVES_MPS };
            self.holds[k].catches_up = hold.metres >= CATCHES_UP * pace.max(MOVES_MPS) * hold.seconds;
        }
        self.add_up();
    }

    fn find_late(&mut self, time_s: &[f64]) {
        self.lacking.clear();
        for (k, hold) in self.holds.iter().enumerate() {
            if hold.end == hold.first + 1 || hold.seconds > LONGEST_HABIT_S {
                continue;
            }
            let pace_mps = |reach_s: f64| {
                let near = self.near(time_s, k, reach_s);
                let over = |row: usize| self.sums[near.end][row] - self.sums[near.start][row];
                over(5) / over(4)
            };
            let usual_mps = pace_mps(AROUND_S);
            let way_m = usual_mps * hold.seconds;
            if usual_mps > RUNS_MPS
                && way_m - hold.metres > LACKS_M
                && pace_mps(MADE_UP_S) > MADE_UP * usual_mps
            {
                self.lacking.push(Late { first_s: time_s[hold.first], end_s: time_s[hold.end], way_m });
            }
        }
        let lacking = &self.lacking;
        self.late.extend(lacking.iter().filter(|hold| {
            let from = lacking.partition_point(|other| other.first_s <= hold.first_s - AROUND_S);
            lacking.partition_point(|other| other.first_s < hold.first_s + AROUND_S) - from >= HABIT
        }));
    }

    fn drop(&mut self, time_s: &[f64]) -> usize {
        let mut count = 0;
        for k in 0..self.holds.len() {
            let hold = self.holds[k];
            if hold.end == hold.first + 1 {
                continue;
            }
            let habit = hold.seconds <= LONGEST_HABIT_S && {
                let [_, _, up, behind, ..] = self.around(time_s, k);
                up > behind && up > 0.2 * AROUND_S
            };
            if hold.catches_up || habit {
                self.repeat[hold.first + 1..hold.end].fill(true);
                count += hold.end - hold.first - 1;
            }
        }
        count
    }
}

/// Length of a step of the last digit of the coordinates, m, at most; 0 for more than six digits.
pub fn coordinate_step_m(latitude_deg: &[f64], longitude_deg: &[f64]) -> f64 {
    let sparse = 1 + latitude_deg.len() / SAMPLES;
    let whole = |scale: f64| {
        let is_whole = |degrees: &f64| {
            let x = degrees * scale;
            (x - x.round()).abs() < 1e-4
        };
        latitude_deg.iter().step_by(sparse).all(is_whole)
            && longitude_deg.iter().step_by(sparse).all(is_whole)
    };
    // Degrees of latitude and longitude at the equator are 111 km long.
    [1e3, 1e4, 1e5, 1e6]
        .into_iter()
        .find(|scale| whole(*scale))
        .map_or(0.0, |scale| 111_300.0 / scale * 1.414)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places eastwards at these legs, one a second.
    fn find(legs_m: impl IntoIterator<Item = f64>) -> Held {
        let mut held = Held::default();
        let mut east = 0.0;
        let mut ground_m = vec![[0.0; 2]];
        ground_m.extend(legs_m.into_iter().map(|leg| {
            east += leg;
            [east, 0.0]
        }));
        let time_s: Vec<f64> = (0..ground_m.len()).map(|second| second as f64).collect();
        held.find(&time_s, &ground_m, 0.0);
        held
    }

    #[test]
    fn holds_that_the_next_legs_make_up_for_are_late() {
        // As a Movescount file has it: 3 m/s in the mean.
        let held = find([0.0, 0.0, 4.5, 4.5, 4.5, 4.5, 3.0, 3.0].repeat(20));
        assert!(held.late.len() > 15, "{}", held.late.len());
        assert!(held.late.iter().all(|hold| (hold.way_m - 9.0).abs() < 1.0));
    }

    #[test]
    fn halts_and_holds_that_catch_up_at_once_are_not() {
        let halts = [[0.0; 6].to_vec(), [3.0; 30].to_vec()].concat();
        assert_eq!(find(halts.repeat(10)).late, []);
        assert_eq!(find([0.0, 0.0, 9.0].repeat(60)).late, []);
        assert_eq!(find([3.0; 120]).late, []);
    }
}
