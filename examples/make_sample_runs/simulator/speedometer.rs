//! The speed that a device writes beside its positions: Doppler, a foot pod, or only its own positions smoothed.
//!
//! Ranges after some 90 real files: low passes of 2 to 16 s and delays of 0 to 4 s (a few 8), scales of 0.95 to 1.05,
//! steps of 1 mm/s, 9 mm/s, 0.1 m/s and whole km/h, zero for 2 to 12% of the time and for half of it where a
//! sensor fails.

use super::random::Random;

/// Where a device has its speed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The satellites' Doppler shift: right on average, noise of some seconds.
    Doppler,
    /// A foot pod: quiet, its scale off, and off by another scale while walking.
    Pod,
    /// The positions as the receiver gives them: no news.
    Positions,
    /// A sensor that always says the same.
    Stuck,
}

/// What tells a device its speed; every range is drawn once per run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speedometer {
    /// Where from.
    pub source: Source,
    /// Time constant of the low pass, s.
    pub low_pass_s: (f64, f64),
    /// Delay after that, s.
    pub delay_s: (f64, f64),
    /// Scale.
    pub scale: (f64, f64),
    /// Standard deviation of the noise, m/s.
    pub noise_mps: (f64, f64),
    /// Slower than this is written as zero, m/s.
    pub zero_below_mps: (f64, f64),
    /// Stretches of one to four minutes in which the last value stays, or zero.
    pub stuck: usize,
    /// Stretches of one to six minutes without a value.
    pub missing: usize,
    /// Share of single values that are missing.
    pub dropouts: f64,
    /// Whether the distance is all that is written.
    pub distance_only: bool,
    /// The step in which speed is written, m/s; one is drawn.
    pub step_mps: &'static [f64],
}

/// Steps that devices write, m/s.
const STEPS_MPS: &[f64] = &[0.001, 0.001, 1.0 / 107.0, 1.0 / 107.0, 0.01, 0.02, 0.1, 0.1 / 3.6];

/// What a device says, one value per second.
pub struct Measured {
    /// m/s; missing now and then.
    pub speed_mps: Vec<Option<f64>>,
    /// The way so far, m.
    pub distance_m: Vec<f64>,
}

impl Speedometer {
    /// One that works, as quick and quiet as real ones are.
    pub const fn working(source: Source) -> Self {
        let pod = matches!(source, Source::Pod);
        Self {
            source,
            low_pass_s: (0.0, 5.0),
            delay_s: (0.0, 2.0),
            scale: if pod { (0.97, 1.03) } else { (0.995, 1.005) },
            noise_mps: if pod { (0.02, 0.06) } else { (0.03, 0.15) },
            zero_below_mps: (0.0, 0.4),
            stuck: 0,
            missing: 0,
            dropouts: 0.0,
            distance_only: false,
            step_mps: STEPS_MPS,
        }
    }

    /// Measures a run: one row of true speed per second, one more of positions.
    pub fn measure(&self, true_speed_mps: &[f64], seen: &[[f64; 2]], random: &mut Random) -> Measured {
        let n = seen.len();
        let sensed = self.sense(true_speed_mps, seen, random);
        let distance_m = sensed.iter().scan(0.0, |sum, speed| {
            *sum += speed.max(0.0);
            Some(libm::round(*sum * 100.0) / 100.0)
        });
        let distance_m = distance_m.collect();
        let lagging =
            delayed(&low_passed(&sensed, random.between(self.low_pass_s)), random.between(self.delay_s));
        let step =
            self.step_mps[random.between((0.0, self.step_mps.len() as f64)) as usize % self.step_mps.len()];
        let zero_below = random.between(self.zero_below_mps);
        let mut speed_mps: Vec<Option<f64>> = lagging
            .into_iter()
            .map(|speed| if speed < zero_below { 0.0 } else { libm::round(speed.max(0.0) / step) * step })
            .map(|speed| (!random.chance(self.dropouts)).then_some(speed))
            .collect();
        for _ in 0..self.stuck {
            let from = random.between((60.0, 0.85 * n as f64)) as usize;
            let value = if random.chance(0.7) { Some(0.0) } else { speed_mps[from] };
            let to = (from + random.between((60.0, 240.0)) as usize).min(n);
            speed_mps[from..to].fill(value);
        }
        for _ in 0..self.missing {
            let from = random.between((30.0, 0.85 * n as f64)) as usize;
            let to = (from + random.between((60.0, 360.0)) as usize).min(n);
            speed_mps[from..to].fill(None);
        }
        if self.distance_only {
            speed_mps.fill(None);
        }
        Measured { speed_mps, distance_m }
    }

    /// The speed as the sensor feels it at each second, before the device smooths it.
    fn sense(&self, true_speed_mps: &[f64], seen: &[[f64; 2]], random: &mut Random) -> Vec<f64> {
        let n = seen.len();
        if self.source == Source::Stuck {
            return vec![random.between((0.5, 3.5)); n];
        }
        let scale = random.between(self.scale);
        // Pods are calibrated at a run; a walk's steps are other steps.
        let walking = if self.source == Source::Pod { random.between((0.96, 1.03)) } else { 1.0 };
        let noise_mps = random.between(self.noise_mps);
        let keep = libm::exp(-1.0 / random.scale_between((0.7, 6.0)));
        let fresh = libm::sqrt(1.0 - keep * keep);
        let mut noise = 0.0;
        (0..n)
            .map(|second| {
                let row = |k: usize| true_speed_mps[k.min(n - 2)];
                let truly = 0.5 * (row(second) + row(second.saturating_sub(1)));
                let felt = if self.source == Source::Positions {
                    let (from, to) = (second.saturating_sub(1), (second + 1).min(n - 1));
                    libm::hypot(seen[to][0] - seen[from][0], seen[to][1] - seen[from][1]) / (to - from) as f64
                } else {
                    truly * if truly < 2.0 { scale * walking } else { scale }
                };
                noise = keep * noise + fresh * noise_mps * random.heavy_tailed();
                if truly < 0.05 { felt } else { felt + noise }
            })
            .collect()
    }
}

fn low_passed(values: &[f64], time_s: f64) -> Vec<f64> {
    let keep = if time_s > 0.05 { libm::exp(-1.0 / time_s) } else { 0.0 };
    let mut last = values.first().copied().unwrap_or(0.0);
    let follow = |value: &f64| {
        last = keep * last + (1.0 - keep) * value;
        last
    };
    values.iter().map(follow).collect()
}

fn delayed(values: &[f64], delay_s: f64) -> Vec<f64> {
    let before = |at: f64| {
        let at = at.max(0.0);
        let (index, share) = (at as usize, at - libm::floor(at));
        values[index] + share * (values[(index + 1).min(values.len() - 1)] - values[index])
    };
    (0..values.len()).map(|second| before(second as f64 - delay_s)).collect()
}
