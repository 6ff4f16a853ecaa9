//! Real files: the estimate from positions alone against the speed that the device recorded beside them.
//!
//! The device's own lag (0 to 12 s) is removed with one rule, the same for every method. Gaps longer than 10 s have no
//! reference and are left out. It is a reference, not truth: most devices derive their speed from the same fixes.

use std::{collections::HashSet, io, path::PathBuf};

use rayon::prelude::*;
use spinepace::{
    band::State,
    motion::{self, GAP_S},
    recording::{self, Fixes, Recording, Source},
};

use super::{
    means::{self, Mean},
    score::{Seconds, one_if, state},
    table::{mean, percentile},
};

/// The edge of standing in the recorded speed where no other is asked for, m/s.
const STANDING_BELOW_MPS: f64 = 0.5;
/// Files are left out that say they are of something else than running or walking.
const OTHERS: [&str; 16] = [
    "saved",
    "ski",
    "jump",
    "user_metrics",
    "wahoo",
    "mtb",
    "multiple",
    "negative",
    "datalog",
    "bike",
    "cycl",
    "edge",
    "roller",
    "swim",
    "zwift",
    "indoor",
];
/// So many fixes and seconds at least.
const LEAST: usize = 250;
/// A silence longer than this parts two recordings, s.
const APART_S: f64 = 1200.0;
/// The longest lag looked for, s.
const LONGEST_LAG_S: usize = 12;

/// One file.
struct File {
    name: String,
    /// Positions and nothing else.
    recording: Recording,
    /// The device's speed in the middle of every second, its lag removed, m/s.
    reference_mps: Vec<f64>,
    /// Seconds without a reference.
    unknown: Vec<bool>,
    /// Slower than this is standing by the reference, m/s.
    standing_below_mps: f64,
}

/// What a method makes of a file: the errors of time in band and speed.
struct Errors {
    band: f64,
    wrong: f64,
    rmse: f64,
}

/// Judges and prints.
pub fn judge(folders: &[PathBuf], standing_below: Option<f64>, verbose: bool) -> io::Result<()> {
    let standing_below_mps = standing_below.unwrap_or(STANDING_BELOW_MPS);
    let mut seen = HashSet::new();
    let sources = recording::sources(folders);
    let files: Vec<File> = sources
        .par_iter()
        .filter_map(|source| file(source, standing_below_mps))
        .collect::<Vec<File>>()
        .into_iter()
        .filter(|file| seen.insert((file.recording.start, file.recording.fixes.len())))
        .collect();
    if files.is_empty() {
        return Err(io::Error::other("no file here carries a device's speed"));
    }
    let errors: Vec<Vec<Errors>> = files.par_iter().map(all_methods).collect();
    let slow: Vec<f64> = files.iter().map(File::slow_share).collect();
    if verbose {
        for ((file, errors), slow) in files.iter().zip(&errors).zip(&slow) {
            let seconds = file.reference_mps.len();
            print!("{:50.50} {seconds:5} s, slow {:5.1}%, band %", file.name, 100.0 * slow);
            for one in errors {
                print!("{:8.2}", one.band);
            }
            println!(", wrong % {:6.2}, rmse {:.2}", errors[0].wrong, errors[0].rmse);
        }
    }
    println!("band %, rmse in m/s{:>38}{:>8}{:>8}{:>8}{:>8}", "mean", "median", "p90", "worst", "rmse");
    for (title, least_slow) in [("all", 0.0), ("more than 8% slow", 0.08)] {
        let chosen: Vec<usize> = (0..files.len()).filter(|index| slow[*index] >= least_slow).collect();
        if chosen.is_empty() {
            continue;
        }
        println!("{title}, {} files", chosen.len());
        let names = ["Spinepace, positions only"].into_iter().chain(Mean::ALL.map(Mean::name));
        for (method, name) in names.enumerate() {
            let mut bands: Vec<f64> = chosen.iter().map(|index| errors[*index][method].band).collect();
            bands.sort_by(f64::total_cmp);
            let rmse: Vec<f64> = chosen.iter().map(|index| errors[*index][method].rmse).collect();
            println!(
                "  {name:50}{:8.2}{:8.2}{:8.2}{:8.2}{:8.3}",
                mean(&bands),
                percentile(&bands, 0.5),
                percentile(&bands, 0.9),
                percentile(&bands, 1.0),
                mean(&rmse)
            );
        }
    }
    Ok(())
}

fn all_methods(file: &File) -> Vec<Errors> {
    let count = file.reference_mps.len();
    let motion = motion::estimate(&file.recording);
    let mut all = vec![file.errors(&Seconds::of(&file.recording, &motion, count))];
    all.extend(Mean::ALL.map(|mean| {
        let speed_mps = means::speed_mps(&file.recording, mean, count);
        file.errors(&Seconds::of_speed(speed_mps, file.standing_below_mps))
    }));
    all
}

impl File {
    /// Seconds with a reference, and what they are.
    fn states(&self) -> impl Iterator<Item = (usize, State)> + '_ {
        let known = |second: &usize| !self.unknown[*second];
        let of = |second| (second, state(self.reference_mps[second], self.standing_below_mps));
        (0..self.reference_mps.len()).filter(known).map(of)
    }

    /// The share of seconds in band.
    fn slow_share(&self) -> f64 {
        let slow: f64 = self.states().map(|(_, state)| one_if(state == State::InBand)).sum();
        slow / self.states().count().max(1) as f64
    }

    fn errors(&self, seconds: &Seconds) -> Errors {
        let (mut moving, mut difference, mut wrong, mut squares, mut count) = (0.0, 0.0, 0.0, 0.0, 0.0_f64);
        for (second, state) in self.states() {
            count += 1.0;
            moving += one_if(state != State::Standing);
            difference += seconds.p_in_band[second] - one_if(state == State::InBand);
            wrong += one_if(seconds.state[second] != state);
            squares += (seconds.speed_mps[second] - self.reference_mps[second]).powi(2);
        }
        Errors {
            band: 100.0 * difference.abs() / moving.max(1.0),
            wrong: 100.0 * wrong / count.max(1.0),
            rmse: (squares / count.max(1.0)).sqrt(),
        }
    }
}

/// Reads a source that can be judged.
fn file(source: &Source, standing_below_mps: f64) -> Option<File> {
    let name = source.label().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let lower = name.to_lowercase();
    if !(lower.contains(".fit") || lower.contains(".tcx")) || OTHERS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let recording = source.read().ok()?;
    let activity = recording.activity.as_deref().unwrap_or_default().to_lowercase();
    if ["cycl", "bik", "swim", "ski", "multi"].iter().any(|word| activity.contains(word)) {
        return None;
    }
    let (recording, speed_mps) = longest_part(&recording)?;
    let time_s = &recording.fixes.time_s;
    let count = recording.elapsed_s() as usize;
    let known: Vec<(f64, f64)> =
        time_s.iter().zip(&speed_mps).filter(|(_, v)| v.is_finite()).map(|(t, v)| (*t, *v)).collect();
    let mut reference_mps: Vec<f64> = (0..count).map(|second| between(&known, second as f64 + 0.5)).collect();
    reference_mps.iter_mut().filter(|speed| **speed < 0.05).for_each(|speed| *speed = 0.0);
    let by_positions = path_over_three_seconds(&recording, count);
    let lag = (0..=LONGEST_LAG_S)
        .min_by(|a, b| {
            let off = |lag: usize| squares(&by_positions, &reference_mps, lag);
            off(*a).total_cmp(&off(*b))
        })
        .unwrap_or(0);
    let last = reference_mps.last().copied().unwrap_or(0.0);
    reference_mps.drain(..lag.min(count));
    reference_mps.resize(count, last);
    let mut unknown = vec![false; count];
    for pair in time_s.windows(2).filter(|pair| pair[1] - pair[0] > GAP_S) {
        let (from, to) = ((pair[0] as usize).saturating_sub(1), (pair[1] as usize + 1).min(count));
        unknown[from.min(to)..to].fill(true);
    }
    Some(File { name, recording, reference_mps, unknown, standing_below_mps })
}

/// The longest part without a long silence, as positions only, and the device's speeds beside them; `None` where it
/// is too short, or carries no speed that a runner or walker could have.
fn longest_part(recording: &Recording) -> Option<(Recording, Vec<f64>)> {
    let fixes = &recording.fixes;
    if !fixes.has_positions() || fixes.device_speed_mps.len() != fixes.len() {
        return None;
    }
    let mut cuts = vec![0];
    cuts.extend((1..fixes.len()).filter(|i| fixes.time_s[*i] - fixes.time_s[i - 1] > APART_S));
    cuts.push(fixes.len());
    let part = cuts.windows(2).map(|pair| pair[0]..pair[1]).max_by_key(ExactSizeIterator::len)?;
    let speed_mps: Vec<f64> = fixes.device_speed_mps[part.clone()].iter().map(|v| f64::from(*v)).collect();
    let mut known: Vec<f64> = speed_mps.iter().copied().filter(|v| v.is_finite()).collect();
    known.sort_by(f64::total_cmp);
    let start_s = fixes.time_s[part.start];
    let only = Recording::from_fixes(
        &recording.name,
        recording.start + chrono::TimeDelta::milliseconds((1000.0 * start_s) as i64),
        Fixes {
            time_s: fixes.time_s[part.clone()].iter().map(|t| t - start_s).collect(),
            latitude_deg: fixes.latitude_deg[part.clone()].to_vec(),
            longitude_deg: fixes.longitude_deg[part].to_vec(),
            ..Fixes::default()
        },
    );
    let enough = known.len() >= LEAST
        && known.len() as f64 >= 0.9 * speed_mps.len() as f64
        && known.last().zip(known.first()).is_some_and(|(most, least)| most - least > 1e-5)
        && (0.6..5.2).contains(&percentile(&known, 0.5))
        && percentile(&known, 0.95) <= 7.0
        && (240.0..=12_000.0).contains(&only.elapsed_s());
    enough.then_some((only, speed_mps))
}

/// Between known values on a straight line, beyond them the nearest.
fn between(known: &[(f64, f64)], time_s: f64) -> f64 {
    let after = known.partition_point(|(t, _)| *t <= time_s);
    match (after.checked_sub(1).and_then(|before| known.get(before)), known.get(after)) {
        (Some((t, v)), Some((u, w))) => v + (w - v) * (time_s - t) / (u - t),
        (Some((_, v)), None) | (None, Some((_, v))) => *v,
        (None, None) => 0.0,
    }
}

/// The path's length over three seconds, for finding the device's lag.
fn path_over_three_seconds(recording: &Recording, count: usize) -> Vec<f64> {
    let legs = &motion::preview(recording).leg_distance_m;
    let mut way_m = vec![(0.0, 0.0)];
    let mut sum = 0.0;
    for (time_s, leg_m) in recording.fixes.time_s[1..].iter().zip(legs) {
        sum += f64::from(*leg_m);
        way_m.push((*time_s, sum));
    }
    let at = |time_s: f64| between(&way_m, time_s);
    (0..count).map(|second| second as f64 + 0.5).map(|t| (at(t + 1.5) - at(t - 1.5)) / 3.0).collect()
}

/// Mean square difference where the device is `lag` seconds behind the positions.
fn squares(by_positions: &[f64], reference_mps: &[f64], lag: usize) -> f64 {
    let inner = 30..reference_mps.len().saturating_sub(30).max(30);
    inner.map(|second| (by_positions[second - lag] - reference_mps[second]).powi(2)).sum()
}
