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
mod strip;
pub mod ticks;
mod weeks;

pub use bar::{BarFigure, Part};
pub use histogram::{Bar, HistogramFigure};
pub use line::Line;
pub use nearest_point::NearestPoint;
pub use palette::{Fill, Palette, Rgb, Role, person_colours};
pub use route::{RouteFigure, RoutePiece, ScaleBar, shown_fixes};
pub use share::ShareCurveFigure;
pub use speed::{Clipped, RawLegs, SpeedAxis, SpeedFigure, SpeedPiece, Visible};
pub use strip::StripFigure;
pub use ticks::Tick;
pub use weeks::{WORST_PAIN, WeekColumn, WeeksFigure};

use crate::{band::Edges, units::SpeedUnit};

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
    /// The upper edge, labelled in m/s and the unit beside it.
    pub fn new(edges: Edges, unit: SpeedUnit) -> Self {
        let speed_mps = edges.upper_mps();
        let exact = SpeedUnit::MetresPerSecond.format_short(speed_mps);
        let short_label = match exact.split_once(' ') {
            Some((number, symbol)) if !number.contains('.') => format!("{number}.0 {symbol}"),
            _ => exact,
        };
        let label = format!("{short_label} · {}", unit.beside_mps().format_short(speed_mps));
        Self { speed_mps, label, short_label }
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
