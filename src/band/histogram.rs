use crate::motion::{STANDING_BELOW_MPS, StepKind, Steps};

use super::{Edges, TimeRange, state::at_most, totals};

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
}

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Lower edge, exclusive, m/s.
    pub low_mps: f64,
    /// Upper edge, inclusive, m/s; the last bar also holds all that is faster.
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
    let upper = edges.upper_mps();
    let below = ((upper - STANDING_BELOW_MPS) / width_mps - 1e-9).ceil().max(1.0) as usize;
    let above = ((FASTEST_MPS - upper) / width_mps).ceil().max(1.0) as usize;
    // Counted from the upper edge, which is then met exactly.
    let edge_mps = |k: usize| {
        if k == 0 { STANDING_BELOW_MPS } else { upper + (k as f64 - below as f64) * width_mps }
    };
    let mut seconds = vec![0.0; below + above];
    for index in range.steps(steps) {
        if steps.kind[index] == StepKind::Paused {
            continue;
        }
        let moving_s = range.overlap_s(steps, index) * (1.0 - f64::from(steps.p_standing[index]));
        if moving_s <= 0.0 {
            continue;
        }
        let (speed, sd) = (f64::from(steps.speed_mps[index]), f64::from(steps.speed_sd_mps[index]));
        let bin_of = |v: f64| (((v - upper) / width_mps).floor() + below as f64).max(0.0) as usize;
        let (first, last) =
            (bin_of(speed - 6.0 * sd - 1e-6), bin_of(speed + 6.0 * sd).min(seconds.len() - 1));
        let mut under = at_most(edge_mps(first.min(last)), speed, sd);
        for (k, bin) in seconds.iter_mut().enumerate().take(last + 1).skip(first.min(last)) {
            let over = if k == below + above - 1 { 1.0 } else { at_most(edge_mps(k + 1), speed, sd) };
            *bin += moving_s * (over - under).max(0.0);
            under = over.max(under);
        }
    }
    let used = seconds.iter().rposition(|s| *s > 0.05).map_or(below, |k| (k + 1).max(below));
    let spare: f64 = seconds[used..].iter().sum();
    let mut bins: Vec<Bin> = (0..used)
        .map(|k| Bin {
            low_mps: edge_mps(k),
            high_mps: edge_mps(k + 1),
            seconds: seconds[k],
            in_band: k < below,
        })
        .collect();
    if let Some(last) = bins.last_mut() {
        last.seconds += spare;
    }
    Histogram { width_mps, standing_s: totals(steps, edges, range).standing_s, bins }
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
}
