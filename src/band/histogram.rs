//! How long at each speed.

use crate::motion::{STANDING_BELOW_MPS, StepKind, Steps};

use super::{
    Edges, TimeRange,
    normal::{cumulative, table},
    probabilities::at_most,
    totals,
};

/// Time at each speed. An edge lies exactly on the upper edge of the band, so that the bars left of it add
/// up to the time in band.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Width of a bar, m/s; the first one is cut where moving begins.
    pub width_mps: f64,
    /// Seconds of standing.
    pub standing_s: f64,
    /// Moving, slowest first, without a hole.
    pub bins: Vec<Bin>,
    /// Whether the last bar also holds everything faster.
    pub last_is_open: bool,
}

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Lower edge, exclusive, m/s.
    pub low_mps: f64,
    /// Upper edge, inclusive, m/s.
    pub high_mps: f64,
    /// Seconds.
    pub seconds: f64,
    /// Whether it lies in the band.
    pub in_band: bool,
}

/// No bar lies above this speed, m/s; a sprint is rarely faster.
const FASTEST_MPS: f64 = 8.0;

/// The histogram of a stretch, bars `width_mps` wide (0.1 m/s reads well).
pub fn histogram(steps: &Steps, edges: Edges, range: TimeRange, width_mps: f64) -> Histogram {
    let standing_s = totals(steps, edges, range).standing_s;
    SpeedCounts::new(steps, edges, range, width_mps).histogram(1, standing_s)
}

/// Places within a bar at which an upper edge is told from others.
const PHASES: f64 = 1e6;

/// Where the bars of a count lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpeedGrid {
    bars: usize,
    /// How far the upper edge is from whole bars above where moving begins, in millionths of a bar.
    phase: u32,
}

/// How many bars lie below and above an upper edge.
fn bars(upper_mps: f64, width_mps: f64) -> [usize; 2] {
    let of = |span_mps: f64| (span_mps / width_mps - 1e-9).ceil().max(1.0) as usize;
    [of(upper_mps - STANDING_BELOW_MPS), of(FASTEST_MPS - upper_mps)]
}

/// Time at each speed in bars of one width, from which bars of a multiple of it are made.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeedCounts {
    upper_mps: f64,
    width_mps: f64,
    /// This many bars lie below the upper edge.
    below: usize,
    seconds: Vec<f64>,
}

impl SpeedCounts {
    /// Counts a stretch in one pass.
    pub fn new(steps: &Steps, edges: Edges, range: TimeRange, width_mps: f64) -> Self {
        let upper = edges.upper_mps();
        let [below, above] = bars(upper, width_mps);
        let mut counts = Self { upper_mps: upper, width_mps, below, seconds: vec![0.0; below + above] };
        let edges_mps: Vec<f64> = (0..below + above).map(|k| counts.edge_mps(k, 1)).collect();
        let (last_bin, table) = (counts.seconds.len() - 1, table());
        for index in range.steps(steps) {
            if matches!(steps.kind[index], StepKind::Paused | StepKind::LeftOut) {
                continue;
            }
            let moving_s = range.overlap_s(steps, index) * (1.0 - f64::from(steps.p_standing[index]));
            if moving_s <= 0.0 {
                continue;
            }
            let (speed, sd) = (f64::from(steps.speed_mps[index]), f64::from(steps.speed_sd_mps[index]));
            let bin_of = |v: f64| (((v - upper) / width_mps).floor() + below as f64).max(0.0) as usize;
            let last = bin_of(speed + 6.0 * sd).min(last_bin);
            let first = bin_of(speed - 6.0 * sd - 1e-6).min(last);
            let per_sd = 1.0 / sd;
            let share = |edge_mps: f64| match sd < 1e-6 {
                true => at_most(edge_mps, speed, sd),
                false => cumulative(table, (edge_mps - speed) * per_sd),
            };
            let mut under = share(edges_mps[first]);
            for k in first..=last {
                let over = if k == last_bin { 1.0 } else { share(edges_mps[k + 1]) };
                counts.seconds[k] += moving_s * (over - under).max(0.0);
                under = over.max(under);
            }
        }
        counts
    }

    /// Where its bars lie: those of two counts of one stretch with the same grid hold the same, whatever the edges.
    pub fn grid(edges: Edges, width_mps: f64) -> SpeedGrid {
        let upper = edges.upper_mps();
        let bars = bars(upper, width_mps).iter().sum();
        let widths = (upper - STANDING_BELOW_MPS) / width_mps;
        SpeedGrid { bars, phase: (widths * PHASES).round().rem_euclid(PHASES) as u32 }
    }

    /// The same count seen from other edges, whose grid is the same.
    #[must_use]
    pub fn seen_from(&self, edges: Edges) -> Self {
        let upper_mps = edges.upper_mps();
        let [below, _] = bars(upper_mps, self.width_mps);
        Self { upper_mps, below, ..self.clone() }
    }

    /// The lower edge of bar `k`, of bars `every` times as wide. Counted from the upper edge, which is then met
    /// exactly.
    fn edge_mps(&self, k: usize, every: usize) -> f64 {
        let below = self.below.div_ceil(every);
        match k {
            0 => STANDING_BELOW_MPS,
            k => self.upper_mps + (k as f64 - below as f64) * (self.width_mps * every as f64),
        }
    }

    /// The histogram with bars `every` times as wide as they were counted in, and the seconds of standing.
    pub fn histogram(&self, every: usize, standing_s: f64) -> Histogram {
        let below = self.below.div_ceil(every);
        let mut seconds = vec![0.0; below + (self.seconds.len() - self.below).div_ceil(every)];
        for (k, counted) in self.seconds.iter().enumerate() {
            // From the upper edge downwards, too: the first bar may hold fewer.
            seconds[(k + below * every - self.below) / every] += counted;
        }
        let used = seconds.iter().rposition(|s| *s > 0.05).map_or(below, |k| (k + 1).max(below));
        let spare: f64 = seconds[used..].iter().sum();
        let mut bins: Vec<Bin> = (0..used)
            .map(|k| Bin {
                low_mps: self.edge_mps(k, every),
                high_mps: self.edge_mps(k + 1, every),
                seconds: seconds[k],
                in_band: k < below,
            })
            .collect();
        if let Some(last) = bins.last_mut() {
            last.seconds += spare;
        }
        Histogram {
            width_mps: self.width_mps * every as f64,
            standing_s,
            last_is_open: used == seconds.len(),
            bins,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::fixture::steps_of;

    #[test]
    fn bars_left_of_the_edge_are_the_time_in_band() {
        let mut steps = steps_of(&[(50, 0.0), (100, 1.23), (80, 1.97), (70, 2.04), (60, 3.1), (2, 9.5)]);
        steps.speed_sd_mps.fill(0.12);
        for upper in [2.0, 1.87, 2.33, 0.7] {
            let edges = Edges::default().with_upper(upper).expect("edges");
            let whole = totals(&steps, edges, TimeRange::ALL);
            let found = histogram(&steps, edges, TimeRange::ALL, 0.1);
            let sum = |inside: bool| -> f64 {
                found.bins.iter().filter(|bin| bin.in_band == inside).map(|bin| bin.seconds).sum()
            };
            assert!((sum(true) - whole.in_band_s).abs() < 0.2, "{upper}: {} {}", sum(true), whole.in_band_s);
            assert!((sum(false) - whole.faster_s).abs() < 0.2, "{upper}: {} {}", sum(false), whole.faster_s);
            assert!(found.bins.iter().any(|bin| bin.high_mps == upper));
        }
    }

    #[test]
    fn edges_whole_bars_apart_share_their_count_and_others_do_not() {
        let mut steps = steps_of(&[(50, 0.0), (100, 1.23), (80, 1.97), (70, 2.04), (60, 3.1), (2, 9.5)]);
        steps.speed_sd_mps.fill(0.12);
        let at = |upper: f64| Edges::default().with_upper(upper).expect("edges");
        let counts = SpeedCounts::new(&steps, at(2.0), TimeRange::ALL, 0.05);
        for upper in [1.5, 1.95, 2.05, 2.35, 3.6, 7.7] {
            assert_eq!(SpeedCounts::grid(at(upper), 0.05), SpeedCounts::grid(at(2.0), 0.05), "{upper}");
            let anew = SpeedCounts::new(&steps, at(upper), TimeRange::ALL, 0.05);
            for every in [1, 2] {
                let (seen, anew) =
                    (counts.seen_from(at(upper)).histogram(every, 50.0), anew.histogram(every, 50.0));
                assert_eq!((seen.bins.len(), seen.last_is_open), (anew.bins.len(), anew.last_is_open));
                for (seen, anew) in seen.bins.iter().zip(&anew.bins) {
                    assert_eq!((seen.high_mps, seen.in_band), (anew.high_mps, anew.in_band), "{upper}");
                    assert!((seen.seconds - anew.seconds).abs() < 1e-6, "{upper}: {seen:?} {anew:?}");
                }
            }
        }
        for upper in [2.01, 1.98, 2.0 + 1.0 / 30.0, 9.0] {
            assert_ne!(SpeedCounts::grid(at(upper), 0.05), SpeedCounts::grid(at(2.0), 0.05), "{upper}");
        }
    }
}
