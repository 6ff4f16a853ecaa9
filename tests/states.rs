//! Every second of any recording is in exactly one state, and the states add up to the elapsed time.

use proptest::prelude::*;
use spinepace::{
    band::{self, Edges, SplitBy, TimeRange},
    motion,
    recording::{Fixes, Recording},
};

/// One fix after the last: seconds between them, then metres north and east.
type Leg = (f64, f64, f64);

fn recording(legs: &[Leg], breaks: &[usize]) -> Recording {
    let mut fixes =
        Fixes { time_s: vec![0.0], latitude_deg: vec![48.0], longitude_deg: vec![9.0], ..Fixes::default() };
    for (index, (seconds, north_m, east_m)) in legs.iter().enumerate() {
        fixes.time_s.push(fixes.time_s[index] + seconds);
        fixes.latitude_deg.push(fixes.latitude_deg[index] + north_m / 111_200.0);
        fixes.longitude_deg.push(fixes.longitude_deg[index] + east_m / 74_500.0);
    }
    let mut breaks: Vec<usize> = breaks.iter().map(|at| 1 + at % legs.len()).collect();
    breaks.sort_unstable();
    breaks.dedup();
    Recording { breaks, ..Recording::from_fixes("generated", chrono::DateTime::UNIX_EPOCH, fixes) }
}

fn legs() -> impl Strategy<Value = Vec<Leg>> {
    let seconds = prop_oneof![8 => Just(1.0), 2 => 0.1..9.0, 1 => 10.0..400.0, 1 => 1000.0..1e6];
    let metres = prop_oneof![6 => -4.0..4.0_f64, 2 => Just(0.0), 1 => -60.0..60.0, 1 => -5e4..5e4];
    prop::collection::vec((seconds, metres.clone(), metres), 1..300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn states_add_up_to_the_elapsed_time(
        legs in legs(),
        breaks in prop::collection::vec(0_usize..1000, 0..4),
        upper in 0.6..5.0_f64,
    ) {
        let recording = recording(&legs, &breaks);
        let motion = motion::estimate(&recording);
        let edges = Edges::default().with_upper(upper).expect("edges within their limits");
        let elapsed_s = recording.elapsed_s();
        let close = |sum: f64| (sum - elapsed_s).abs() < 1e-3 + 1e-6 * elapsed_s;

        let totals = band::totals(&motion.steps, edges, TimeRange::ALL);
        prop_assert!(close(totals.elapsed_s()), "{totals:?} of {elapsed_s}");
        for part in [totals.standing_s, totals.in_band_s, totals.faster_s, totals.paused_s, totals.brisk_s] {
            prop_assert!((0.0..=elapsed_s + 1e-3 + 1e-6 * elapsed_s).contains(&part), "{totals:?}");
        }
        prop_assert!(totals.brisk_s <= totals.in_band_s + 1e-6);
        prop_assert!(totals.distance_m.is_finite() && totals.distance_m >= 0.0);

        let segments: Vec<_> = band::segments(&recording, &motion, edges).collect();
        prop_assert_eq!(segments.len(), recording.fixes.len() - 1);
        for segment in &segments {
            let c = segment.probabilities;
            prop_assert!((c.standing + c.in_band + c.faster + c.paused - 1.0).abs() < 1e-6, "{segment:?}");
            prop_assert!(segment.speed_mps.is_finite() && segment.speed_sd_mps.is_finite(), "{segment:?}");
        }
        for by in [SplitBy::Kilometre, SplitBy::Mile, SplitBy::Lap, SplitBy::Block] {
            let sum = band::splits(&recording, &motion.steps, edges, by)
                .iter()
                .map(|split| split.totals.elapsed_s())
                .sum();
            prop_assert!(close(sum), "{by:?} splits cover {sum} of {elapsed_s}");
        }
    }

    #[test]
    fn a_higher_edge_never_takes_time_out_of_the_band(legs in legs(), upper in 0.6..4.0_f64) {
        let recording = recording(&legs, &[]);
        let motion = motion::estimate(&recording);
        let at = |upper: f64| {
            let edges = Edges::default().with_upper(upper).expect("edges within their limits");
            band::totals(&motion.steps, edges, TimeRange::ALL)
        };
        let (low, high) = (at(upper), at(upper + 0.3));
        prop_assert!(high.in_band_s >= low.in_band_s - 1e-6);
        prop_assert!((high.moving_s() - low.moving_s()).abs() < 1e-6, "the edge says nothing of moving");
    }
}
