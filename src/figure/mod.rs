//! What a chart shows: series, edges, ticks, labels, colours. Decided here once, for the window, the
//! report and exported pictures; nothing in here draws.
//!
//! Coordinates are SI: seconds or metres along x, m/s for speeds. Only labels are in the reader's unit.

mod bar;
mod histogram;
mod line;
mod nearest_point;
pub mod palette;
mod route;
mod share;
mod speed;
pub mod ticks;

pub use bar::{BarFigure, Part};
pub use histogram::{Bar, HistogramFigure};
pub use line::Line;
pub use nearest_point::NearestPoint;
pub use palette::{Fill, Palette, Rgb, Role};
pub use route::{RouteFigure, RoutePiece, ScaleBar, shown_fixes};
pub use share::ShareCurveFigure;
pub use speed::{Clipped, SpeedAxis, SpeedFigure, SpeedPiece, Visible};
pub use ticks::Tick;

use chrono::{DateTime, FixedOffset, Local};

use crate::{band::Edges, recording::Recording, units::SpeedUnit};

/// The upper edge of the band, as a line with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// Where it lies, m/s.
    pub speed_mps: f64,
    /// In m/s and in the reader's unit: "2.0 m/s · 8:20 /km".
    pub label: String,
    /// In m/s alone, for narrow charts: "2.0 m/s".
    pub short_label: String,
}

impl Threshold {
    /// The upper edge, labelled. A reader of m/s also gets the pace per kilometre, as runners think in it.
    pub fn new(edges: Edges, unit: SpeedUnit) -> Self {
        let speed_mps = edges.upper_mps();
        let exact = SpeedUnit::MetresPerSecond.format_short(speed_mps);
        let short_label = match exact.split_once(' ') {
            Some((number, symbol)) if !number.contains('.') => format!("{number}.0 {symbol}"),
            _ => exact,
        };
        let other = match unit {
            SpeedUnit::MetresPerSecond => SpeedUnit::MinutesPerKilometre,
            _ => unit,
        };
        let label = format!("{short_label} · {}", other.format_short(speed_mps));
        Self { speed_mps, label, short_label }
    }
}

/// When the recording began on the clock of the place, or of this computer where the file names no offset.
pub fn local_start(recording: &Recording) -> DateTime<FixedOffset> {
    match recording.utc_offset_s.and_then(FixedOffset::east_opt) {
        Some(offset) => recording.start.with_timezone(&offset),
        None => recording.start.with_timezone(&Local).fixed_offset(),
    }
}

/// Runs for the tests of this folder and of those right of it.
#[cfg(test)]
pub(crate) mod fixture {
    use crate::{
        motion::{Motion, StepKind, Steps},
        recording::{Fixes, Recording},
        run::Run,
    };

    /// Stretches of (seconds, speed in m/s), known exactly; below 0.5 m/s the runner stands.
    pub fn steps_of(stretches: &[(usize, f32)]) -> Steps {
        let mut steps = Steps::default();
        let mut distance_m = 0.0;
        for &(seconds, speed_mps) in stretches {
            let stands = speed_mps < 0.5;
            for _ in 0..seconds {
                steps.start_s.push(steps.len() as f64);
                steps.duration_s.push(1.0);
                steps.speed_mps.push(speed_mps);
                steps.speed_sd_mps.push(0.0);
                steps.p_standing.push(if stands { 1.0 } else { 0.0 });
                steps.kind.push(StepKind::Recorded);
                steps.distance_m.push(distance_m);
                distance_m += if stands { 0.0 } else { f64::from(speed_mps) };
            }
        }
        steps
    }

    /// The run of those steps.
    pub fn run_of(steps: Steps) -> Run {
        Run { recording: recording_of(&steps), motion: motion_of(steps) }
    }

    /// The motion of those steps, due east.
    pub fn motion_of(steps: Steps) -> Motion {
        let at_m: Vec<f64> = (0..=steps.len()).map(|k| steps.distance_at(k as f64)).collect();
        Motion {
            ground_m: at_m.iter().map(|m| [*m as f32, 0.0]).collect(),
            leg_distance_m: at_m.windows(2).map(|pair| (pair[1] - pair[0]) as f32).collect(),
            position_error_m: Some(2.9),
            warnings: Vec::new(),
            steps,
        }
    }

    /// A recording with a fix at the start of every step and at the end.
    pub fn recording_of(steps: &Steps) -> Recording {
        let time_s: Vec<f64> = (0..=steps.len()).map(|k| k as f64).collect();
        let degrees_per_metre = 1.0 / 111_320.0;
        Recording {
            utc_offset_s: Some(7200),
            ..Recording::from_fixes(
                "Riverside",
                chrono::DateTime::from_timestamp(1_794_636_720, 0).expect("a time"),
                Fixes {
                    latitude_deg: vec![0.0; time_s.len()],
                    longitude_deg: time_s.iter().map(|t| steps.distance_at(*t) * degrees_per_metre).collect(),
                    time_s,
                    ..Fixes::default()
                },
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_is_named_in_both_units() {
        let label =
            |upper: f64, unit| Threshold::new(Edges::default().with_upper(upper).expect("edges"), unit).label;
        assert_eq!(label(2.0, SpeedUnit::MetresPerSecond), "2.0 m/s · 8:20 /km");
        assert_eq!(label(2.0, SpeedUnit::MinutesPerMile), "2.0 m/s · 13:25 /mile");
        assert_eq!(label(1.87, SpeedUnit::KilometresPerHour), "1.87 m/s · 6.7 km/h");
    }
}
