//! The intervals of ten-minute stretches.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spinepace::{
    band::{Edges, State, TimeRange, interval},
    motion,
};

use super::{
    arguments::{Arguments, Run},
    score::{Truth, count},
};

/// Ten minutes.
const LENGTH_S: usize = 600;

/// One stretch: its group, whether the interval holds, and its width in % of the stretch.
struct Stretch {
    group: &'static str,
    holds: bool,
    width: f64,
}

/// Judges and prints.
pub fn judge(arguments: &Arguments) {
    let mut all = Vec::new();
    for set in arguments.sets() {
        let runs: Vec<Run> = arguments.runs().into_iter().filter(|run| run.set == set).collect();
        let stretches: Vec<Stretch> = runs.par_iter().flat_map_iter(|run| of(run, arguments)).collect();
        print(&format!("{set:?}"), &stretches);
        all.extend(stretches);
    }
    print("all sets", &all);
}

fn of(run: &Run, arguments: &Arguments) -> Vec<Stretch> {
    let (simulated, recording) = run.record(arguments);
    let truth =
        Truth { speed_mps: &simulated.true_speed_mps, standing_below_mps: simulated.standing_below_mps };
    let motion = motion::estimate(&recording);
    let stretch = |(index, states): (usize, &[State])| {
        let in_band_s = count(states, State::InBand);
        let start_s = (index * LENGTH_S) as f64;
        let range = TimeRange { start_s, end_s: start_s + LENGTH_S as f64 };
        let interval = interval(&motion.steps, Edges::default(), range)?;
        Some(Stretch {
            group: run.case.group,
            holds: interval.low_s - 1.0 <= in_band_s && in_band_s <= interval.high_s + 1.0,
            width: 100.0 * (interval.high_s - interval.low_s) / LENGTH_S as f64,
        })
    };
    truth.states().chunks_exact(LENGTH_S).enumerate().filter_map(stretch).collect()
}

fn print(title: &str, stretches: &[Stretch]) {
    let mut groups: BTreeMap<&str, Vec<&Stretch>> = BTreeMap::new();
    for stretch in stretches {
        groups.entry(stretch.group).or_default().push(stretch);
    }
    let line = |name: &str, of: &[&Stretch]| {
        let held = of.iter().filter(|stretch| stretch.holds).count();
        let width = of.iter().map(|stretch| stretch.width).sum::<f64>() / of.len() as f64;
        let share = 100.0 * held as f64 / of.len() as f64;
        println!("  {name:12} {held:5} of {:5} held, {share:5.1}%; {width:5.1}% wide", of.len());
    };
    println!("{title}, stretches of ten minutes");
    for (group, of) in &groups {
        line(group, of);
    }
    line("ALL", &stretches.iter().collect::<Vec<_>>());
}
