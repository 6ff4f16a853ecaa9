//! How right a speed for every second is.

use spinepace::{
    band::{Edges, State, Summary, segments},
    motion::Motion,
    recording::Recording,
};

/// What is judged, in the order of the table.
pub const NAMES: [&str; 7] = ["band %", "wrong %", "rmse", "stop s", "dist %", "cover %", "width %"];

/// The seven scores of one run; NaN where a method has none.
pub type Score = [f64; NAMES.len()];

/// What is truly known of a run.
pub struct Truth<'a> {
    /// Per second, m/s.
    pub speed_mps: &'a [f64],
    /// Slower is standing, m/s.
    pub standing_below_mps: f64,
}

/// Standing or paused, in the band, faster.
pub fn band(speed_mps: f64, standing_below_mps: f64) -> u8 {
    match speed_mps {
        speed if speed < standing_below_mps => 0,
        speed if speed <= Edges::default().upper_mps() => 1,
        _ => 2,
    }
}

impl Truth<'_> {
    /// The band of every second.
    pub fn bands(&self) -> Vec<u8> {
        self.speed_mps.iter().map(|speed| band(*speed, self.standing_below_mps)).collect()
    }
}

/// What a method says of every second: the band, its chance to be within the band, and the speed.
pub struct Seconds {
    pub band: Vec<u8>,
    pub p_in_band: Vec<f64>,
    pub speed_mps: Vec<f64>,
}

impl Seconds {
    /// Nothing known of so many seconds.
    fn none(count: usize) -> Self {
        Self { band: vec![0; count], p_in_band: vec![0.0; count], speed_mps: vec![0.0; count] }
    }

    /// Of an estimate: each second is what the segment over its middle is.
    pub fn of(recording: &Recording, motion: &Motion, count: usize) -> Self {
        let mut seconds = Self::none(count);
        for segment in segments(recording, motion, Edges::default()) {
            let first = (segment.start_s - 0.5).ceil().max(0.0) as usize;
            let end = ((segment.end_s - 0.5).ceil().max(0.0) as usize).min(count);
            for second in first..end {
                seconds.band[second] = match segment.state {
                    State::Standing | State::Paused => 0,
                    State::InBand => 1,
                    State::Faster => 2,
                };
                seconds.p_in_band[second] = segment.chances.in_band;
                seconds.speed_mps[second] = if seconds.band[second] == 0 { 0.0 } else { segment.speed_mps };
            }
        }
        seconds
    }

    /// Of a speed per second and nothing more.
    pub fn of_speed(speed_mps: Vec<f64>, standing_below_mps: f64) -> Self {
        let band: Vec<u8> = speed_mps.iter().map(|speed| band(*speed, standing_below_mps)).collect();
        let p_in_band = band.iter().map(|band| f64::from(u8::from(*band == 1))).collect();
        Self { band, p_in_band, speed_mps }
    }
}

/// Scores a method's seconds, with its totals where they are more than the sum of the seconds.
pub fn score(seconds: &Seconds, summary: Option<&Summary>, truth: &Truth<'_>) -> Score {
    let bands = truth.bands();
    let n = bands.len() as f64;
    let count = |bands: &[u8], wanted: u8| bands.iter().filter(|band| **band == wanted).count() as f64;
    let in_band_s = count(&bands, 1);
    let moving_s = (n - count(&bands, 0)).max(1.0);
    let distance_m: f64 = truth.speed_mps.iter().sum();
    let wrong = bands.iter().zip(&seconds.band).filter(|(a, b)| a != b).count() as f64;
    let squares: f64 = truth.speed_mps.iter().zip(&seconds.speed_mps).map(|(a, b)| (a - b) * (a - b)).sum();
    let said_s = summary.map_or_else(|| count(&seconds.band, 1), |it| it.totals.in_band_s);
    let said_m = summary.map_or_else(|| seconds.speed_mps.iter().sum(), |it| it.totals.distance_m);
    let (cover, width) = match summary.and_then(|it| it.interval) {
        Some(interval) => {
            let holds = interval.low_s - 1.0 <= in_band_s && in_band_s <= interval.high_s + 1.0;
            (if holds { 100.0 } else { 0.0 }, 100.0 * (interval.high_s - interval.low_s) / moving_s)
        }
        None => (f64::NAN, f64::NAN),
    };
    [
        100.0 * (said_s - in_band_s).abs() / moving_s,
        100.0 * wrong / n,
        (squares / n).sqrt(),
        (count(&seconds.band, 0) - count(&bands, 0)).abs(),
        100.0 * (said_m - distance_m).abs() / distance_m,
        cover,
        width,
    ]
}
