use crate::{
    band::{Edges, Histogram, TimeRange, histogram},
    motion::{STANDING_BELOW_MPS, Steps},
    units::SpeedUnit,
};

use super::{Threshold, Tick, ticks};

/// Distance between two thresholds of the curve, m/s.
const STEP_MPS: f64 = 0.05;
/// The curve ends here at the latest, m/s.
const LAST_MPS: f64 = 5.0;

/// What if the threshold lay elsewhere: the share of moving time at or below every threshold.
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
        for bin in found.bins.iter().take_while(|bin| bin.high_mps <= LAST_MPS) {
            below_s += bin.seconds;
            points.push([bin.high_mps, share_of(below_s)]);
            if bin.in_band {
                share = share_of(below_s);
            }
        }
        let last = points.iter().find(|p| p[1] > 0.999).map_or(LAST_MPS, |p| p[0]);
        let x_range =
            [STANDING_BELOW_MPS, last.clamp(edges.upper_mps() + 0.5, LAST_MPS.max(edges.upper_mps() + 0.5))];
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
    use crate::{band::totals, figure::fixture::steps_of};

    #[test]
    fn the_curve_meets_the_share_at_the_threshold_and_never_falls() {
        let steps = steps_of(&[(60, 0.0), (300, 1.3), (500, 1.9), (400, 2.2), (200, 3.0)]);
        for upper in [2.0, 1.5, 2.33] {
            let edges = Edges::default().with_upper(upper).expect("edges");
            let figure = ShareCurveFigure::new(&steps, edges, SpeedUnit::MetresPerSecond);
            let share = totals(&steps, edges, TimeRange::ALL).share();
            assert!((figure.share - share).abs() < 1e-9, "{upper}");
            assert!(figure.points.iter().any(|p| p[0] == upper && (p[1] - share).abs() < 1e-9));
            assert!(figure.points.windows(2).all(|pair| pair[1][1] >= pair[0][1] && pair[1][0] > pair[0][0]));
        }
    }
}
