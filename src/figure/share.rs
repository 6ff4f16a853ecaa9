//! The share of moving time at or below every threshold.

use crate::{
    band::{Edges, Histogram, TimeRange, histogram},
    motion::{STANDING_BELOW_MPS, Steps},
    units::SpeedUnit,
};

use super::{Threshold, Tick, ticks};

/// Distance between two thresholds of the curve, m/s.
const STEP_MPS: f64 = 0.05;
/// Nearly all moving time lies below the speed at which the curve ends.
const NEARLY_ALL: f64 = 0.999;
/// Beyond this, m/s, the curve only goes on for more than a few sprinted seconds.
const USUAL_MPS: f64 = 5.0;
/// A few sprinted seconds are less than what this leaves.
const BUT_SPRINTS: f64 = 0.99;

/// What if the threshold were different: the share of moving time at or below every threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareCurveFigure {
    /// Threshold in m/s and share of moving time, 0 to 1; never falling.
    pub points: Vec<[f64; 2]>,
    /// The upper edge now in use.
    pub threshold: Threshold,
    /// The share at that edge, 0 to 1.
    pub share: f64,
    /// From and to, m/s.
    pub x_range: [f64; 2],
    /// Marks below, at m/s.
    pub x_ticks: Vec<Tick>,
    /// Marks beside, at shares of 1.
    pub y_ticks: Vec<Tick>,
}

impl ShareCurveFigure {
    /// The curve of a whole run, in one pass over its steps.
    pub fn new(steps: &Steps, edges: Edges, unit: SpeedUnit) -> Self {
        Self::from_histogram(&histogram(steps, edges, TimeRange::ALL, STEP_MPS), edges, unit)
    }

    /// The same of seconds that are counted already, in bars 0.05 m/s wide.
    pub fn from_histogram(found: &Histogram, edges: Edges, unit: SpeedUnit) -> Self {
        let moving_s: f64 = found.bins.iter().map(|bin| bin.seconds).sum();
        let share_of = |seconds: f64| if moving_s > 0.0 { (seconds / moving_s).min(1.0) } else { 0.0 };
        let (mut below_s, mut share) = (0.0, 0.0);
        let mut points = vec![[STANDING_BELOW_MPS, 0.0]];
        // An open bar holds everything faster, too, so it has no place on the curve.
        let closed = found.bins.len() - usize::from(found.last_is_open);
        for bin in &found.bins[..closed] {
            below_s += bin.seconds;
            points.push([bin.high_mps, share_of(below_s)]);
            if bin.in_band {
                share = share_of(below_s);
            }
        }
        let highest_mps = points.last().map_or(USUAL_MPS, |point| point[0]);
        let reached = |share: f64| points.iter().find(|point| point[1] > share).map_or(highest_mps, |p| p[0]);
        let last_mps = reached(NEARLY_ALL).min(reached(BUT_SPRINTS).max(USUAL_MPS));
        let x_range = [STANDING_BELOW_MPS, last_mps.max(edges.upper_mps() + 0.5)];
        if let Some(end) = points.last().copied().filter(|end| end[0] < x_range[1]) {
            points.push([x_range[1], end[1]]);
        }
        Self {
            points,
            threshold: Threshold::new(edges, unit),
            share,
            x_range,
            x_ticks: ticks::speed(x_range, unit, 6),
            y_ticks: ticks::percent(),
        }
    }

    /// The share at any speed, read from the curve.
    pub fn share_at(&self, speed_mps: f64) -> f64 {
        let next = self.points.partition_point(|p| p[0] < speed_mps);
        match (next.checked_sub(1).map(|k| self.points[k]), self.points.get(next)) {
            (Some(a), Some(b)) => a[1] + (speed_mps - a[0]) / (b[0] - a[0]) * (b[1] - a[1]),
            (Some(a), None) => a[1],
            (None, _) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{band::totals, run::fixture::steps_of};

    #[test]
    fn the_curve_meets_the_share_at_the_threshold_and_never_falls() {
        let steps =
            steps_of(&[(60, 0.0), (300, 1.3), (500, 1.9), (400, 2.2), (200, 3.0), (900, 6.4), (50, 12.0)]);
        for upper in [2.0, 1.5, 2.33, 5.2, 8.0, 9.5] {
            let edges = Edges::default().with_upper(upper).expect("edges");
            let figure = ShareCurveFigure::new(&steps, edges, SpeedUnit::MetresPerSecond);
            let share = totals(&steps, edges, TimeRange::ALL).share();
            assert!((figure.share - share).abs() < 1e-9, "{upper}");
            assert!(figure.points.iter().any(|p| p[0] == upper && (p[1] - share).abs() < 1e-9));
            assert!(figure.points.windows(2).all(|pair| pair[1][1] >= pair[0][1] && pair[1][0] > pair[0][0]));
            assert!((figure.share_at(upper) - share).abs() < 1e-9 && figure.x_range[1] > upper, "{upper}");
        }
    }

    #[test]
    fn a_sprinted_second_does_not_squeeze_the_curve() {
        let end_of = |run: &[(usize, f32)]| {
            ShareCurveFigure::new(&steps_of(run), Edges::default(), SpeedUnit::default()).x_range[1]
        };
        assert!(end_of(&[(300, 1.9), (300, 2.5)]) < 3.0);
        assert!(end_of(&[(600, 2.5), (2, 7.5)]) <= 5.0);
        assert!(end_of(&[(600, 2.5), (600, 6.1)]) > 6.05, "a ride is shown to its end");
    }
}
