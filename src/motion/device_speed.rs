//! What the device says of its speed, as a second measurement.
//!
//! A Doppler speed or a foot pod's is late, smoothed, and its scale is off. With v the pace that positions alone give,
//!
//! ```text
//! u(t + delay) = scale * low_pass(v)(t) + n
//! ```
//!
//! delay and low pass are those of a grid with the least bounded squares; the scale is the ratio of the ways, drawn to 1:
//! a Doppler speed is right within 0.5 %, a pod within 4 %, and positions know the way to 0.7 %, so that a ratio near 1 is
//! taken for a Doppler's. The noise is not white: its density is the larger of what means over 10 and over 40 s show
//! beyond the positions' own uncertainty, so that slow wandering counts in full. A device that agrees with positions
//! better than their error allows derives its speed from them: it is taken in like one more set of positions, not more.
//!
//! It is not heard where it fails: zero while positions travel, one value for long where it is used to vary, far off over
//! 20 s, or missing. Whether it is zero or not also tells standing from moving, as far as it does so in this recording.

use super::{Steps, ground_track::Cursor, position_error::median};

/// Delays, s, and time constants of the low pass, s, that are tried. Positions, too, may be late.
const DELAYS_S: [f64; 9] = [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0];
const LOW_PASSES_S: [f64; 6] = [0.3, 1.0, 2.0, 3.5, 6.0, 10.0];
/// Where in them the search begins.
const BEGIN: (usize, usize) = (3, 2);
/// Steps that decide between them.
const DECIDING_STEPS: usize = 3600;
/// Residuals count at most as this, m/s.
const BOUND_MPS: f64 = 0.5;
/// Scale of the weights that the scale is found with, m/s.
const CAUCHY_MPS: f64 = 0.15;
/// A speed between two that lie farther apart is missing, s.
const NEAR_S: f64 = 3.5;
/// Steps that must have a speed.
const LEAST: usize = 60;
/// Standard deviations of the scale: a Doppler speed's, a foot pod's, and the positions' own.
const DOPPLER: f64 = 0.005;
const POD: f64 = 0.04;
const WAY: f64 = 0.007;
/// Lengths of the blocks that show the noise, s.
const BLOCKS_S: [usize; 2] = [10, 40];
/// The noise is at least this share of the positions' uncertainty; below the second the device echoes positions.
const LEAST_SHARE: f64 = 0.1;
const ECHO_BELOW: f64 = 0.3;
/// A noisier device says nothing, m/s over ten seconds.
const USELESS_MPS: f64 = 0.5;
/// Slower than this the device says zero, m/s; faster, positions travel.
const ZERO_MPS: f64 = 0.05;
const TRAVELS_MPS: f64 = 0.4;
/// One value for so long is stuck, s, where the usual change is finer than this, m/s.
const STUCK_S: f64 = 15.0;
const FINE_MPS: f64 = 0.05;
/// Mean residual over a block that means failure: in standard deviations, and m/s at least.
const FAILS: (f64, f64) = (5.0, 0.4);
const FAILS_OVER: usize = 20;
/// What a second of the device's speed counts in telling standing from moving: seconds are not independent.
const HEARD: f64 = 0.1;
/// Upper edges of zero and of slow, m/s and share of the mean pace. Slow tells nothing: a low pass goes through it at
/// both ends of every stop, and stops came out longer when it was heard.
const SLOW: (f64, f64) = (0.15, 0.5);
/// Seconds of zero, slow and more while standing and while moving that are assumed before any are seen.
const ASSUMED: [[f64; 3]; 2] = [[14.0, 4.0, 2.0], [0.6, 3.4, 16.0]];

/// The speeds of one chunk and what is known of them; holds its buffers.
#[derive(Debug, Default)]
pub struct DeviceSpeed {
    time_s: Vec<f64>,
    speed_mps: Vec<f64>,
    /// By step: the speed that was said `delay` later, NaN where none was; and what the low pass makes of the pace.
    said_mps: Vec<f64>,
    smoothed_mps: Vec<f64>,
    /// By step, whether it may be heard.
    sound: Vec<bool>,
    /// By step: log-likelihood ratio of moving to standing.
    pub moves: Vec<f64>,
    /// What was fitted.
    pub fit: Fit,
    residuals: Vec<f64>,
}

/// Delay, smoothing, scale and noise of a device's speed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fit {
    /// Delay beyond the low pass, s.
    pub delay_s: f64,
    /// Time constant of the low pass, s.
    pub low_pass_s: f64,
    /// Device's speed over true speed.
    pub scale: f64,
    /// Standard deviation of the scale.
    pub scale_sd: f64,
    /// Density of the noise, m2/s: the variance of a mean over T seconds is this over T.
    pub density: f64,
    /// Least variance of one value's noise, m2/s2.
    pub least_variance: f64,
}

/// What positions alone say of a chunk's steps, in columns of equal length.
#[derive(Debug, Clone, Copy)]
pub struct Alone<'a> {
    /// Pace, 0 where standing, NaN in gaps, m/s.
    pub pace_mps: &'a [f64],
    /// P(standing).
    pub standing: &'a [f64],
    /// Usual variance of the pace, m2/s2.
    pub variance: f64,
}

impl DeviceSpeed {
    /// Takes a chunk's speeds, NaN where missing. Returns whether there are enough, and of more than one value.
    pub fn begin(&mut self, time_s: &[f64], speed_mps: &[f32]) -> bool {
        self.time_s.clear();
        self.speed_mps.clear();
        for (time, speed) in time_s.iter().zip(speed_mps).filter(|(_, speed)| speed.is_finite()) {
            self.time_s.push(*time);
            self.speed_mps.push(f64::from(*speed));
        }
        let (least, most) =
            self.speed_mps.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), v| (a.min(*v), b.max(*v)));
        self.time_s.len() >= LEAST && most - least > 1e-3
    }

    /// Fits the device to the positions. `first` is the first of the steps. `None` where it says nothing.
    pub fn fit(&mut self, steps: &Steps, first: usize, alone: Alone<'_>) -> Option<Fit> {
        let ratio = {
            self.say(steps, first, alone.pace_mps.len(), 0.0);
            let both = |(said, pace): (&f64, &f64)| (*said > 0.3 && *pace > 0.3).then_some((*said, *pace));
            let (said, pace) = self
                .said_mps
                .iter()
                .zip(alone.pace_mps)
                .filter_map(both)
                .fold((0.0, 0.0), |sum, (said, pace)| (sum.0 + said, sum.1 + pace));
            if pace < LEAST as f64 * 0.5 {
                return None;
            }
            said / pace
        };
        if !(0.6..1.6).contains(&ratio) {
            return None;
        }
        let (delay_s, low_pass_s) = self.likeliest(steps, first, alone.pace_mps, ratio);
        self.say(steps, first, alone.pace_mps.len(), delay_s);
        self.smooth(steps, first, alone.pace_mps, low_pass_s);
        let ratio = self.steady_ratio(ratio);
        let (scale, scale_sd) = scale(ratio);
        self.fit = Fit { delay_s, low_pass_s, scale, scale_sd, density: 0.0, least_variance: 0.0 };
        self.find_stuck(alone);
        self.measure_noise(ratio, alone)?;
        self.find_failures(ratio, alone);
        self.tell_standing(steps, first, alone);
        Some(self.fit)
    }

    /// Delay and low pass with the least misfit: from near the middle of the grid downhill, to the lowest of the neighbours
    /// until none is lower. A late speed and a smooth one look alike, so that the valley runs aslant.
    fn likeliest(&mut self, steps: &Steps, first: usize, pace_mps: &[f64], ratio: f64) -> (f64, f64) {
        let some = pace_mps.len().min(DECIDING_STEPS);
        let mut known = [[None; LOW_PASSES_S.len()]; DELAYS_S.len()];
        let mut lowest = (f64::INFINITY, BEGIN.0, BEGIN.1);
        loop {
            let (_, delay, low_pass) = lowest;
            for d in delay.saturating_sub(1)..(delay + 2).min(DELAYS_S.len()) {
                let mut said = false;
                for l in low_pass.saturating_sub(1)..(low_pass + 2).min(LOW_PASSES_S.len()) {
                    if known[d][l].is_none() {
                        if !said {
                            self.say(steps, first, some, DELAYS_S[d]);
                            said = true;
                        }
                        let value = self.misfit(steps, first, pace_mps, LOW_PASSES_S[l], ratio);
                        known[d][l] = Some(value);
                        if value < lowest.0 {
                            lowest = (value, d, l);
                        }
                    }
                }
            }
            if (lowest.1, lowest.2) == (delay, low_pass) {
                return (DELAYS_S[delay], LOW_PASSES_S[low_pass]);
            }
        }
    }

    /// The speeds `delay_s` after the steps' middles.
    fn say(&mut self, steps: &Steps, first: usize, count: usize, delay_s: f64) {
        let mut cursor = Cursor::default();
        self.said_mps.clear();
        for i in first..first + count {
            let time = steps.start_s[i] + f64::from(steps.duration_s[i]) / 2.0 + delay_s;
            self.said_mps.push(self.at(&mut cursor, time));
        }
    }

    /// The device's speed at a moment, NaN where none is near.
    fn at(&self, cursor: &mut Cursor, time_s: f64) -> f64 {
        let (i, share) = cursor.share(&self.time_s, time_s);
        let (a, b) = (self.time_s[i], self.time_s[i + 1]);
        if b - a > NEAR_S || time_s < a - 1.0 || time_s > b + 1.0 {
            // A value of its own may still be close by.
            let near = if (time_s - a).abs() < (time_s - b).abs() { i } else { i + 1 };
            return if (self.time_s[near] - time_s).abs() < 0.6 { self.speed_mps[near] } else { f64::NAN };
        }
        self.speed_mps[i] + share * (self.speed_mps[i + 1] - self.speed_mps[i])
    }

    fn misfit(&self, steps: &Steps, first: usize, pace_mps: &[f64], low_pass_s: f64, ratio: f64) -> f64 {
        let mut sum = 0.0;
        let mut smoothed = f64::NAN;
        let whole = 1.0 - (-1.0 / low_pass_s).exp();
        for (i, (pace, said)) in pace_mps.iter().zip(&self.said_mps).enumerate() {
            let seconds = f64::from(steps.duration_s[first + i]);
            let share =
                if seconds > 0.999 && seconds < 1.001 { whole } else { 1.0 - (-seconds / low_pass_s).exp() };
            smoothed = if smoothed.is_nan() { *pace } else { smoothed + share * (pace - smoothed) };
            let off = said - ratio * smoothed;
            if off.is_finite() {
                sum += (off * off).min(BOUND_MPS * BOUND_MPS);
            }
        }
        sum
    }

    fn smooth(&mut self, steps: &Steps, first: usize, pace_mps: &[f64], low_pass_s: f64) {
        self.smoothed_mps.clear();
        let mut smoothed = f64::NAN;
        for (i, pace) in pace_mps.iter().enumerate() {
            let share = 1.0 - (-f64::from(steps.duration_s[first + i]) / low_pass_s).exp();
            smoothed = if smoothed.is_nan() { *pace } else { smoothed + share * (pace - smoothed) };
            self.smoothed_mps.push(smoothed);
        }
    }

    /// The ratio of the device's speed to the positions', where both agree on moving: by weighted least squares with
    /// Cauchy weights, so that stops and corners that one of them smooths away count little.
    fn steady_ratio(&self, mut ratio: f64) -> f64 {
        for _ in 0..4 {
            let (mut up, mut down) = (0.0, 0.0);
            for (said, smoothed) in self.said_mps.iter().zip(&self.smoothed_mps) {
                let off = said - ratio * smoothed;
                if off.is_finite() && *smoothed > 0.3 {
                    let weight = 1.0 / (1.0 + (off / CAUCHY_MPS).powi(2));
                    up += weight * said * smoothed;
                    down += weight * smoothed * smoothed;
                }
            }
            if down > 0.0 {
                ratio = up / down;
            }
        }
        ratio
    }

    /// Marks what is zero while positions travel, and values that stay where they are used to change.
    fn find_stuck(&mut self, alone: Alone<'_>) {
        let n = self.said_mps.len();
        self.sound.clear();
        self.sound.extend(self.said_mps.iter().zip(alone.pace_mps).zip(&self.smoothed_mps).map(
            |((said, pace), smoothed)| {
                let travels = *pace > TRAVELS_MPS && *smoothed > TRAVELS_MPS;
                said.is_finite() && pace.is_finite() && !(*said < ZERO_MPS && travels)
            },
        ));
        let mut changes: Vec<f64> = self
            .said_mps
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .filter(|change| *change > 0.0)
            .collect();
        if changes.is_empty() || median(&mut changes) > FINE_MPS {
            return;
        }
        let mut from = 0;
        for i in 1..=n {
            if i < n && self.said_mps[i] == self.said_mps[from] {
                continue;
            }
            if (i - from) as f64 >= STUCK_S && self.said_mps[from] > ZERO_MPS {
                self.sound[from..i].fill(false);
            }
            from = i;
        }
    }

    /// The difference to positions where both move, NaN elsewhere.
    fn residual(&self, i: usize, ratio: f64) -> f64 {
        if self.sound[i] && self.smoothed_mps[i] > 0.3 {
            self.said_mps[i] / ratio - self.smoothed_mps[i]
        } else {
            f64::NAN
        }
    }

    /// Robust variance of means of `length` residuals in a row.
    fn block_variance(&mut self, ratio: f64, length: usize) -> Option<f64> {
        let n = self.said_mps.len();
        self.residuals.clear();
        for from in (0..n.saturating_sub(length - 1)).step_by(length.div_ceil(2)) {
            let sum: f64 = (from..from + length).map(|i| self.residual(i, ratio)).sum();
            if sum.is_finite() {
                self.residuals.push((sum / length as f64).abs());
            }
        }
        (self.residuals.len() >= 8).then(|| (median(&mut self.residuals) / 0.6745).powi(2))
    }

    fn measure_noise(&mut self, ratio: f64, alone: Alone<'_>) -> Option<()> {
        let single = self.block_variance(ratio, 1)?;
        let positions = alone.variance;
        let mut density = 0.0_f64;
        let mut echoes = true;
        for length in BLOCKS_S {
            let Some(seen) = self.block_variance(ratio, length) else { continue };
            echoes &= seen < ECHO_BELOW * positions;
            density = density.max(length as f64 * (seen - positions).max(LEAST_SHARE * positions));
        }
        if echoes {
            density = density.max(BLOCKS_S[1] as f64 * positions);
        }
        if density == 0.0 {
            density = 10.0 * single;
        }
        self.fit.density = density;
        self.fit.least_variance = (single - positions).max(1e-4);
        (density / 10.0 < USELESS_MPS * USELESS_MPS).then_some(())
    }

    /// Marks blocks that are far off.
    fn find_failures(&mut self, ratio: f64, alone: Alone<'_>) {
        let sd = (self.fit.density / FAILS_OVER as f64 + alone.variance).sqrt();
        let n = self.said_mps.len();
        let mut failed = vec![false; n];
        for from in (0..n.saturating_sub(FAILS_OVER - 1)).step_by(FAILS_OVER / 2) {
            let block = from..from + FAILS_OVER;
            let (mut sum, mut count) = (0.0, 0.0_f64);
            for i in block.clone() {
                let residual = self.residual(i, ratio);
                if residual.is_finite() {
                    sum += residual;
                    count += 1.0;
                }
            }
            if count > 5.0 && (sum / count).abs() > (FAILS.0 * sd).max(FAILS.1) {
                failed[block].fill(true);
            }
        }
        self.sound.iter_mut().zip(failed).for_each(|(sound, failed)| *sound &= !failed);
    }

    /// How much each step's speed speaks for moving, by what it said while positions moved and stood.
    fn tell_standing(&mut self, steps: &Steps, first: usize, alone: Alone<'_>) {
        let moving = alone.pace_mps.iter().filter(|pace| **pace > 0.3);
        let (sum, count) = moving.fold((0.0, 0.0), |(sum, count), pace| (sum + pace, count + 1.0));
        let slow = SLOW.1 * self.fit.scale * sum / f64::max(count, 1.0);
        let class = |said: f64| match said {
            said if said < SLOW.0 => 0,
            said if said < slow => 1,
            _ => 2,
        };
        let late = self.fit.delay_s + 0.7 * self.fit.low_pass_s;
        let kept = std::mem::take(&mut self.said_mps);
        self.say(steps, first, alone.pace_mps.len(), late);
        let centred = std::mem::replace(&mut self.said_mps, kept);
        let mut seen = ASSUMED;
        for ((said, standing), pace) in centred.iter().zip(alone.standing).zip(alone.pace_mps) {
            if said.is_finite() && pace.is_finite() {
                seen[0][class(*said)] += standing;
                seen[1][class(*said)] += 1.0 - standing;
            }
        }
        let share = seen.map(|row| row.map(|count| count / row.iter().sum::<f64>()));
        let tells = |class: usize| HEARD * (share[1][class] / share[0][class]).ln().clamp(-3.0, 3.0);
        let moves = [tells(0), 0.0, tells(2)];
        self.moves.clear();
        self.moves
            .extend(centred.iter().map(|said| if said.is_finite() { moves[class(*said)] } else { 0.0 }));
    }

    /// Whether the device may be heard in a step, counted from the first.
    pub fn is_sound(&self, step: usize) -> bool {
        self.sound.get(step).is_some_and(|sound| *sound)
    }

    /// The true speed that the device says at a moment, low-passed still, where it may be heard; `step` holds it, counted
    /// from the first.
    pub fn heard(&self, cursor: &mut Cursor, time_s: f64, step: usize) -> f64 {
        if self.is_sound(step) {
            self.at(cursor, time_s + self.fit.delay_s) / self.fit.scale
        } else {
            f64::NAN
        }
    }
}

/// The likeliest scale for a ratio of the ways, and its standard deviation.
fn scale(ratio: f64) -> (f64, f64) {
    let of = |sd: f64| {
        let variance = sd * sd + WAY * WAY;
        let weight = (-(ratio - 1.0).powi(2) / (2.0 * variance)).exp() / variance.sqrt();
        let kept = sd * sd / variance;
        (weight, 1.0 + kept * (ratio - 1.0), kept * WAY * WAY)
    };
    let (doppler, pod) = (of(DOPPLER), of(POD));
    let sum = doppler.0 + pod.0;
    let mean = (doppler.0 * doppler.1 + pod.0 * pod.1) / sum;
    let spread = |(weight, at, variance): (f64, f64, f64)| weight * (variance + (at - mean).powi(2)) / sum;
    (mean, (spread(doppler) + spread(pod)).sqrt())
}
