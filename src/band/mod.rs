//! How long the runner was in the band: every second in exactly one state, whatever the edges.

mod blocks;
mod compare;
mod device;
mod edges;
mod histogram;
mod interval;
mod measured;
mod normal;
mod probabilities;
mod segments;
mod splits;
mod state;
mod step_probabilities;
mod summary;
mod totals;

pub use blocks::{Block, blocks};
pub use compare::{Difference, difference};
pub use device::device_in_band_s;
pub use edges::{BadEdges, Edges};
pub use histogram::{Bin, Histogram, SpeedCounts, SpeedGrid, histogram};
pub use interval::{Interval, interval};
pub use measured::{Measured, measured};
pub use probabilities::{Probabilities, probabilities};
pub use segments::{Segment, segments};
pub use splits::{Split, SplitBy, splits};
pub use state::State;
pub use step_probabilities::StepProbabilities;
pub use summary::Summary;
pub use totals::{TimeRange, Totals, totals};

/// Time lines for the tests of this folder.
#[cfg(test)]
mod fixture {
    use crate::{
        motion::{StepKind, Steps},
        recording::{Fixes, Recording},
    };

    /// Stretches of (seconds, speed in m/s), known exactly.
    pub fn steps_of(stretches: &[(usize, f32)]) -> Steps {
        let mut steps = Steps::default();
        let mut distance_m = 0.0;
        for &(seconds, speed_mps) in stretches {
            for _ in 0..seconds {
                steps.start_s.push(steps.len() as f64);
                steps.duration_s.push(1.0);
                steps.speed_mps.push(speed_mps);
                steps.speed_sd_mps.push(0.0);
                steps.p_standing.push(0.0);
                steps.kind.push(StepKind::Recorded);
                steps.distance_m.push(distance_m);
                distance_m += f64::from(speed_mps);
            }
        }
        steps
    }

    /// A recording with a fix at the start of every step and at the end.
    pub fn recording_of(steps: &Steps) -> Recording {
        let time_s: Vec<f64> = (0..=steps.len()).map(|k| k as f64).collect();
        Recording::from_fixes(
            "test",
            chrono::DateTime::UNIX_EPOCH,
            Fixes {
                latitude_deg: vec![0.0; time_s.len()],
                longitude_deg: vec![0.0; time_s.len()],
                time_s,
                ..Fixes::default()
            },
        )
    }
}
