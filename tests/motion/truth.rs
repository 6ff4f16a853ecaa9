//! The estimate against runs whose speed is known, by group, with stated tolerances; and how often the interval holds.

#[allow(dead_code, unused_imports, reason = "the sample runs' generator needs more of it")]
#[path = "../../examples/make_sample_runs/simulator.rs"]
mod simulator;

use std::collections::BTreeMap;

use simulator::Set;
use spinepace::{
    band::{Edges, TimeRange, interval, totals},
    motion::estimate,
    recording::{Fixes, Recording},
};

/// Seeds that nothing was tuned on.
const SEEDS: [u64; 2] = [151, 152];

/// Group, mean error of the time in band that is tolerated, % of moving time.
const TOLERATED: [(&str, f64); 8] = [
    ("steady", 0.3),
    ("near", 6.0),
    ("intervals", 1.5),
    ("stops", 2.5),
    ("geometry", 1.5),
    ("sampling", 1.5),
    ("degraded", 3.0),
    ("pauses", 2.0),
];

fn recording(name: &str, run: &simulator::Simulated) -> Recording {
    let column = |of: &dyn Fn(&simulator::Fix) -> f64| run.fixes.iter().map(of).collect::<Vec<f64>>();
    // Empty where no fix carries one, as a reader leaves it.
    let mut speed_mps: Vec<f32> =
        run.fixes.iter().map(|fix| fix.speed_mps.map_or(f32::NAN, |speed| speed as f32)).collect();
    if speed_mps.iter().all(|speed| speed.is_nan()) {
        speed_mps.clear();
    }
    Recording {
        breaks: run.breaks.clone(),
        ..Recording::from_fixes(
            name,
            chrono::DateTime::UNIX_EPOCH,
            Fixes {
                time_s: column(&|fix| fix.time_s),
                latitude_deg: column(&|fix| fix.latitude_deg),
                longitude_deg: column(&|fix| fix.longitude_deg),
                device_speed_mps: speed_mps,
                ..Fixes::default()
            },
        )
    }
}

#[test]
fn every_group_is_within_its_tolerance_and_the_interval_keeps_its_word() {
    let edges = Edges::default();
    let mut errors: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let (mut held, mut widths) = (0, Vec::new());
    for scenario in simulator::scenarios() {
        for seed in SEEDS {
            let run = simulator::simulate(&scenario, seed);
            let truth = run.truth(edges.upper_mps(), edges.brisk_from_mps());
            let moving = (truth.in_band_s + truth.faster_s) as f64;
            let motion = estimate(&recording(&scenario.name, &run));
            let got = totals(&motion.steps, edges, TimeRange::ALL);
            assert!(
                (got.elapsed_s() - motion.steps.elapsed_s()).abs() < 1e-3,
                "{}: the states do not add up",
                scenario.name
            );
            let truth_s = truth.in_band_s as f64;
            errors.entry(scenario.group).or_default().push(100.0 * (got.in_band_s - truth_s).abs() / moving);
            let sure = interval(&motion.steps, edges, TimeRange::ALL).expect("an interval");
            assert!(sure.low_s <= got.in_band_s && got.in_band_s <= sure.high_s);
            held += usize::from(sure.low_s - 1.0 <= truth_s && truth_s <= sure.high_s + 1.0);
            widths.push(100.0 * (sure.high_s - sure.low_s) / moving);
        }
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let all: Vec<f64> = errors.values().flatten().copied().collect();
    let report: Vec<String> = errors.iter().map(|(group, of)| format!("{group} {:.2}%", mean(of))).collect();
    let report = report.join(", ");
    assert_eq!(errors.len(), TOLERATED.len(), "a group without a tolerance: {report}");
    for (group, tolerated) in TOLERATED {
        assert!(mean(&errors[group]) <= tolerated, "{group} is over {tolerated}%: {report}");
    }
    assert!(mean(&all) <= 1.8, "all: {:.2}%: {report}", mean(&all));
    let share = f64::from(held as u32) / widths.len() as f64;
    assert!(share >= 0.92, "the interval holds {held} of {}", widths.len());
    assert!(mean(&widths) <= 9.0, "the interval is {:.1}% wide", mean(&widths));
}

/// Set, the mean error of the time in band that is tolerated, % of moving time, and the least share of intervals that hold.
const OTHER_SETS: [(Set, f64, f64); 3] =
    [(Set::Held, 3.0, 0.84), (Set::Slow, 2.5, 0.84), (Set::Device, 1.5, 0.84)];

#[test]
fn held_positions_slow_walkers_and_device_speeds_are_understood() {
    let edges = Edges::default();
    for (set, tolerated, least_held) in OTHER_SETS {
        let (mut errors, mut held) = (Vec::new(), 0);
        for case in set.cases() {
            for seed in SEEDS {
                let run = case.simulate(seed);
                let truth = run.truth(edges.upper_mps(), edges.brisk_from_mps());
                let motion = estimate(&recording(&case.name, &run));
                let truth_s = truth.in_band_s as f64;
                let got_s = totals(&motion.steps, edges, TimeRange::ALL).in_band_s;
                errors.push(100.0 * (got_s - truth_s).abs() / (truth.in_band_s + truth.faster_s) as f64);
                let sure = interval(&motion.steps, edges, TimeRange::ALL).expect("an interval");
                held += usize::from(sure.low_s - 1.0 <= truth_s && truth_s <= sure.high_s + 1.0);
            }
        }
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        assert!(mean <= tolerated, "{set:?}: {mean:.2} %");
        let share = held as f64 / errors.len() as f64;
        assert!(share >= least_held, "{set:?}: the interval holds {held} of {}", errors.len());
    }
}
