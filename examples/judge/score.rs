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

/// What a second at this speed is.
pub fn state(speed_mps: f64, standing_below_mps: f64) -> State {
    match speed_mps {
        speed if speed < standing_below_mps => State::Standing,
        speed if speed <= Edges::default().upper_mps() => State::InBand,
        _ => State::Faster,
    }
}

impl Truth<'_> {
    /// What every second is.
    pub fn states(&self) -> Vec<State> {
        self.speed_mps.iter().map(|speed| state(*speed, self.standing_below_mps)).collect()
    }
}

/// What a method says of every second; a paused one stands, for truth knows no pause.
pub struct Seconds {
    pub state: Vec<State>,
    pub p_in_band: Vec<f64>,
    pub speed_mps: Vec<f64>,
}

impl Seconds {
    /// Of an estimate: each second is what the segment over its middle is.
    pub fn of(recording: &Recording, motion: &Motion, count: usize) -> Self {
        let mut seconds = Self::of_speed(vec![0.0; count], f64::INFINITY);
        for segment in segments(recording, motion, Edges::default()) {
            let first = (segment.start_s - 0.5).ceil().max(0.0) as usize;
            let end = ((segment.end_s - 0.5).ceil().max(0.0) as usize).min(count);
            for second in first..end {
                let moves = matches!(segment.state, State::InBand | State::Faster);
                seconds.state[second] = if moves { segment.state } else { State::Standing };
                seconds.p_in_band[second] = segment.probabilities.in_band;
                seconds.speed_mps[second] = if moves { segment.speed_mps } else { 0.0 };
            }
        }
        seconds
    }

    /// Of a speed per second and nothing more.
    pub fn of_speed(speed_mps: Vec<f64>, standing_below_mps: f64) -> Self {
        let state: Vec<State> = speed_mps.iter().map(|speed| state(*speed, standing_below_mps)).collect();
        let p_in_band = state.iter().map(|state| one_if(*state == State::InBand)).collect();
        Self { state, p_in_band, speed_mps }
    }
}

/// 1 or 0.
pub fn one_if(yes: bool) -> f64 {
    if yes { 1.0 } else { 0.0 }
}

/// So many seconds are this.
pub fn count(states: &[State], wanted: State) -> f64 {
    states.iter().map(|state| one_if(*state == wanted)).sum()
}

/// Scores a method's seconds, with its totals where they are more than the sum of the seconds.
pub fn score(seconds: &Seconds, summary: Option<&Summary>, truth: &Truth<'_>) -> Score {
    let states = truth.states();
    let n = states.len() as f64;
    let in_band_s = count(&states, State::InBand);
    let moving_s = (n - count(&states, State::Standing)).max(1.0);
    let distance_m: f64 = truth.speed_mps.iter().sum();
    let wrong: f64 = states.iter().zip(&seconds.state).map(|(a, b)| one_if(a != b)).sum();
    let squares: f64 = truth.speed_mps.iter().zip(&seconds.speed_mps).map(|(a, b)| (a - b) * (a - b)).sum();
    let said_s = summary.map_or_else(|| count(&seconds.state, State::InBand), |it| it.totals.in_band_s);
    let said_m = summary.map_or_else(|| seconds.speed_mps.iter().sum(), |it| it.totals.distance_m);
    let (cover, width) = match summary.and_then(|it| it.interval) {
        Some(interval) => {
            let holds = interval.low_s - 1.0 <= in_band_s && in_band_s <= interval.high_s + 1.0;
            (100.0 * one_if(holds), 100.0 * (interval.high_s - interval.low_s) / moving_s)
        }
        None => (f64::NAN, f64::NAN),
    };
    [
        100.0 * (said_s - in_band_s).abs() / moving_s,
        100.0 * wrong / n,
        (squares / n).sqrt(),
        (count(&seconds.state, State::Standing) - count(&states, State::Standing)).abs(),
        100.0 * (said_m - distance_m).abs() / distance_m,
        cover,
        width,
    ]
}
