//! Whether a recording is of a walk or a run: by the sport it names, or by speeds that nobody runs at.

use super::{Steps, Warning};
use crate::recording::Recording;

/// Nobody runs so far in so long: seconds and m/s, all above the world records (400 m at 9.3, 800 m at 7.9, 3000 m at 6.9,
/// 10 km at 6.4 m/s). Positions that jump are faster over a shorter time only.
const NOBODY: [(f64, f64); 3] = [(60.0, 9.5), (600.0, 7.2), (1800.0, 6.6)];

/// The remark that it is not.
pub fn remark(recording: &Recording, steps: &Steps) -> Option<Warning> {
    if let Some(sport) = recording.sport().filter(|sport| !sport.is_on_foot()) {
        return Some(Warning::OtherSport { sport });
    }
    let too_fast = NOBODY.iter().find(|(seconds, mps)| fastest_mps(steps, *seconds) > *mps);
    too_fast.map(|(seconds, _)| Warning::FasterThanAnyoneRuns {
        seconds: *seconds as u32,
        km_per_h: (3.6 * fastest_mps(steps, *seconds)).round() as u32,
    })
}

/// The highest mean speed over so many seconds, m/s; 0 where the run is shorter.
fn fastest_mps(steps: &Steps, seconds: f64) -> f64 {
    let (mut from, mut most_m) = (0, 0.0_f64);
    for to in 0..steps.len() {
        while steps.start_s[to] - steps.start_s[from] > seconds {
            from += 1;
        }
        // The step before is the last that lies so far back.
        if from > 0 {
            let span_s = steps.start_s[to] - steps.start_s[from - 1];
            most_m = most_m.max((steps.distance_m[to] - steps.distance_m[from - 1]) * seconds / span_s);
        }
    }
    most_m / seconds
}
