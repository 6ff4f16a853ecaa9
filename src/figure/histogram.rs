//! Time at each speed, as bars.

use crate::{
    band::{Edges, Histogram, TimeRange, histogram},
    motion::Steps,
    units::SpeedUnit,
};

use super::{Role, Threshold, Tick, ticks};

/// Width of a bar, m/s: narrow enough to see two paces, wide enough to read.
const WIDTH_MPS: f64 = 0.1;
/// The share of moving time that the last bar alone may hold, so that one bad fix does not squeeze the rest.
const TAIL: f64 = 0.004;

/// Time at each speed, an edge exactly on the threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct HistogramFigure {
    /// The bars, slowest first; the first is standing, drawn below all movement.
    pub bars: Vec<Bar>,
    /// The axis of speeds: from 0 to this, m/s.
    pub x_max_mps: f64,
    /// The axis of time: from 0 to this, s.
    pub y_max_s: f64,
    /// Marks below, at m/s.
    pub x_ticks: Vec<Tick>,
    /// Marks beside, at seconds.
    pub y_ticks: Vec<Tick>,
    /// The upper edge.
    pub threshold: Threshold,
}

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Standing, gentle, in band or faster.
    pub role: Role,
    /// Lower edge, m/s.
    pub low_mps: f64,
    /// Upper edge, m/s.
    pub high_mps: f64,
    /// Seconds.
    pub seconds: f64,
    /// Whether it also holds all that is faster.
    pub open_end: bool,
}

impl HistogramFigure {
    /// The histogram of a whole run.
    pub fn new(steps: &Steps, edges: Edges, unit: SpeedUnit) -> Self {
        Self::from_histogram(&histogram(steps, edges, TimeRange::ALL, WIDTH_MPS), edges, unit)
    }

    /// The same of seconds that are counted already, in bars 0.1 m/s wide.
    pub fn from_histogram(found: &Histogram, edges: Edges, unit: SpeedUnit) -> Self {
        let mut bars = vec![Bar {
            role: Role::Standing,
            low_mps: 0.0,
            high_mps: WIDTH_MPS,
            seconds: found.standing_s,
            open_end: false,
        }];
        let moving_s: f64 = found.bins.iter().map(|bin| bin.seconds).sum();
        let mut beyond_s = moving_s;
        for (k, bin) in found.bins.iter().enumerate() {
            let role = match bin.in_band {
                false => Role::Faster,
                true if f64::midpoint(bin.low_mps, bin.high_mps) < edges.brisk_from_mps() => Role::Gentle,
                true => Role::InBand,
            };
            beyond_s -= bin.seconds;
            let mut bar = Bar {
                role,
                low_mps: bin.low_mps,
                high_mps: bin.high_mps,
                seconds: bin.seconds,
                open_end: false,
            };
            let last = !bin.in_band && beyond_s <= TAIL * moving_s;
            if last {
                bar.seconds += beyond_s.max(0.0);
                bar.open_end = beyond_s > 0.5 || found.last_is_open && k + 1 == found.bins.len();
            }
            bars.push(bar);
            if last {
                break;
            }
        }
        let x_max_mps = bars.last().map_or(0.0, |bar| bar.high_mps).max(edges.upper_mps() + 0.5);
        let y_max_s = bars.iter().map(|bar| bar.seconds).fold(1.0, f64::max) * 1.12;
        Self {
            bars,
            x_max_mps,
            y_max_s,
            x_ticks: ticks::speed([0.0, x_max_mps], unit, 6),
            y_ticks: ticks::amount(y_max_s, 4),
            threshold: Threshold::new(edges, unit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::fixture::steps_of;

    #[test]
    fn an_edge_lies_on_the_threshold_and_the_bars_add_up() {
        let steps = steps_of(&[(60, 0.0), (300, 1.3), (500, 1.9), (400, 2.05), (200, 3.0), (1, 7.5)]);
        for upper in [2.0, 1.87, 2.4] {
            let edges = Edges::default().with_upper(upper).expect("edges");
            let figure = HistogramFigure::new(&steps, edges, SpeedUnit::KilometresPerHour);
            assert!(figure.bars.iter().any(|bar| bar.high_mps == upper));
            assert!(figure.bars.iter().all(|bar| (bar.role == Role::Faster) == (bar.low_mps >= upper)));
            let sum: f64 = figure.bars.iter().map(|bar| bar.seconds).sum();
            assert!((sum - 1461.0).abs() < 0.5, "{sum}");
        }
    }

    #[test]
    fn a_ride_beyond_the_fastest_bar_is_in_one_that_says_so() {
        let figure = HistogramFigure::new(&steps_of(&[(900, 11.0)]), Edges::default(), SpeedUnit::default());
        let last = figure.bars.last().expect("a bar");
        assert!(last.open_end && last.seconds > 890.0, "{last:?}");
    }

    #[test]
    fn one_sprinted_second_does_not_squeeze_the_rest() {
        let figure = HistogramFigure::new(
            &steps_of(&[(1000, 1.9), (1, 7.5)]),
            Edges::default(),
            SpeedUnit::MetresPerSecond,
        );
        assert!(figure.x_max_mps < 3.0, "{}", figure.x_max_mps);
        assert!(figure.bars.last().is_some_and(|bar| bar.open_end));
    }
}
