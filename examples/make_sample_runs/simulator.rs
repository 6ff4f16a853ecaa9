//! Runs whose true speed is known: a runner on a path, seen by a GPS receiver, written down by a device.
//!
//! Everything comes from one seed and `libm`, so that a run is the same, bit for bit, on every platform.

#[path = "simulator/body.rs"]
mod body;
#[path = "simulator/course.rs"]
mod course;
#[path = "simulator/earth.rs"]
mod earth;
#[path = "simulator/file.rs"]
mod file;
#[path = "simulator/holding.rs"]
mod holding;
#[path = "simulator/pace.rs"]
mod pace;
#[path = "simulator/random.rs"]
mod random;
#[path = "simulator/receiver.rs"]
mod receiver;
#[path = "simulator/recorder.rs"]
mod recorder;
#[path = "simulator/research/mod.rs"]
mod research;
#[path = "simulator/scenario.rs"]
mod scenario;
#[path = "simulator/sets/mod.rs"]
mod sets;
#[path = "simulator/speedometer.rs"]
mod speedometer;

pub use course::Course;
pub use file::{Format, Header, clock};
pub use holding::{Holding, Renewal};
pub use pace::{Leg, Pace};
pub use receiver::Receiver;
pub use scenario::{AutoPause, Sampling, Scenario, simulate};
pub use sets::{Case, Set, plain_scenarios as scenarios};
pub use speedometer::{Source, Speedometer};

/// One fix as written down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// Seconds since the start.
    pub time_s: f64,
    /// Degrees, WGS 84.
    pub latitude_deg: f64,
    /// Degrees, WGS 84.
    pub longitude_deg: f64,
    /// Metres.
    pub elevation_m: f64,
    /// Beats per minute.
    pub heart_rate_bpm: u8,
    /// What the device says of its speed.
    pub speed_mps: Option<f64>,
    /// What the device says of the way so far.
    pub distance_m: Option<f64>,
}

/// A simulated run.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// What was written, increasing in time from 0.
    pub fixes: Vec<Fix>,
    /// Indices of fixes that begin a new segment; never 0.
    pub breaks: Vec<usize>,
    /// The way travelled in each second, rises included: row k is the second from k to k + 1.
    pub true_speed_mps: Vec<f64>,
    /// Root mean square of the error of the receiver's positions on one axis, m.
    pub position_error_m: f64,
    /// Decimals of a degree in a fix.
    pub decimals: i32,
    /// Slower than this is truly standing, m/s.
    pub standing_below_mps: f64,
}

/// Where the seconds truly went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_field_names, reason = "the unit belongs to the name")]
pub struct Truth {
    /// Standing, s.
    pub standing_s: usize,
    /// Moving at the upper edge or slower, s.
    pub in_band_s: usize,
    /// The part of the band at the brisk edge or faster, s.
    pub brisk_s: usize,
    /// Faster than the upper edge, s.
    pub faster_s: usize,
}

impl Simulated {
    /// The true seconds in each state for these edges, m/s.
    pub fn truth(&self, upper_mps: f64, brisk_from_mps: f64) -> Truth {
        let mut truth = Truth::default();
        for speed in &self.true_speed_mps {
            if *speed < self.standing_below_mps {
                truth.standing_s += 1;
            } else if *speed <= upper_mps {
                truth.in_band_s += 1;
                truth.brisk_s += usize::from(*speed >= brisk_from_mps);
            } else {
                truth.faster_s += 1;
            }
        }
        truth
    }

    /// Metres truly travelled.
    pub fn true_distance_m(&self) -> f64 {
        self.true_speed_mps.iter().sum()
    }
}
