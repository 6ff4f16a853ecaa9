//! The two research simulators on which the method was developed: other laws than ours of path, pace and error.
//!
//! Motion runs at 10 Hz along a path of straights and arcs; error is added to the true positions, then the device's
//! policy chooses what is written.

pub mod a;
pub mod b;
mod course;
mod error;
mod noise;
mod walk;

use super::{Fix, Simulated, earth::degrees};

/// Steps of the true motion per second, and their length, s.
const STEPS_PER_S: usize = 10;
const DT: f64 = 0.1;

/// A scenario of one of the two.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Distinct among its simulator's.
    pub name: String,
    /// What the run tries.
    pub group: &'static str,
    law: Law,
}

#[derive(Debug, Clone)]
enum Law {
    A(a::Scenario),
    B(b::Scenario),
}

impl Scenario {
    /// Simulates the run of a seed.
    pub fn simulate(&self, seed: u64) -> Simulated {
        match &self.law {
            Law::A(scenario) => a::simulate(scenario, &self.name, seed),
            Law::B(scenario) => b::simulate(scenario, &self.name, seed),
        }
    }
}

/// What a device wrote, before it becomes fixes.
struct Written {
    /// Seconds, and metres east and north.
    rows: Vec<(f64, [f64; 2])>,
    breaks: Vec<usize>,
    start: (f64, f64),
    decimals: i32,
}

impl Written {
    fn simulated(self, true_speed_mps: Vec<f64>, position_error_m: f64) -> Simulated {
        let fix = |(time_s, place): (f64, [f64; 2])| {
            let (latitude_deg, longitude_deg) = degrees(self.start, place, self.decimals);
            Fix {
                time_s,
                latitude_deg,
                longitude_deg,
                elevation_m: 400.0,
                heart_rate_bpm: 0,
                speed_mps: None,
                distance_m: None,
            }
        };
        Simulated {
            fixes: self.rows.into_iter().map(fix).collect(),
            breaks: self.breaks,
            true_speed_mps,
            position_error_m,
            decimals: self.decimals,
            standing_below_mps: 0.5,
        }
    }
}

/// Root mean square of the differences on one axis, m.
fn rms(seen: &[[f64; 2]], truly: &[[f64; 2]]) -> f64 {
    let squares: f64 = seen
        .iter()
        .zip(truly)
        .flat_map(|(a, b)| [0, 1].map(|axis| a[axis] - b[axis]))
        .map(|error| error * error)
        .sum();
    libm::sqrt(squares / (2 * seen.len()) as f64)
}

/// (seconds, pace) written out at every step, the last going on.
fn every_step(pieces: &[(f64, f64)], duration_s: usize) -> Vec<f64> {
    let n = duration_s * STEPS_PER_S;
    let mut out = Vec::with_capacity(n);
    for (seconds, pace) in pieces {
        let steps = libm::round(seconds / DT) as usize;
        out.extend(std::iter::repeat_n(*pace, steps.min(n - out.len())));
    }
    out.resize(n, pieces.last().map_or(0.0, |last| last.1));
    out
}
