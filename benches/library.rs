//! The library: a thousand one-hour runs imported, once and again; thousands of runs opened and listed; a year's weeks.
//!
//! The imports are told once, since each takes a while: `SPINEPACE_RUNS=100000` makes a library of that size instead
//! of 5,000 runs.

use std::{fmt::Write, hint::black_box, path::Path, sync::atomic::AtomicBool, time::Instant};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use spinepace::{
    library::{Access, Fate, Filter, Library, OpenOptions, PersonId, Place},
    recording,
};

/// Runs imported, each of an hour.
const IMPORTED: usize = 1_000;
/// Runs of the library that is opened, unless the environment says otherwise.
const KEPT: usize = 5_000;

fn gpx(number: usize, seconds: usize) -> String {
    let start = DateTime::<Utc>::UNIX_EPOCH
        + TimeDelta::days(18_000)
        + TimeDelta::hours(9 * i64::try_from(number).expect("few"));
    let mut text = format!("<gpx><trk><name>Run {number}</name><trkseg>\n");
    for second in 0..=seconds {
        let t = second as f64;
        let time =
            (start + TimeDelta::seconds(i64::try_from(second).expect("few"))).format("%Y-%m-%dT%H:%M:%SZ");
        let wander = (t / 31.0 + number as f64).sin() * 1.5e-5 + (t / 7.0).sin() * 0.4e-5;
        let latitude = 47.0 + (number % 500) as f64 / 1_000.0 + t * 1.9 / 111_195.0 + wander;
        writeln!(
            text,
            "<trkpt lat=\"{latitude:.6}\" lon=\"{:.6}\"><time>{time}</time></trkpt>",
            8.5 + wander
        )
        .expect("text");
    }
    text.push_str("</trkseg></trk></gpx>\n");
    text
}

fn write_runs(folder: &Path, count: usize, seconds: usize) {
    std::fs::create_dir_all(folder).expect("a folder");
    for number in 0..count {
        std::fs::write(folder.join(format!("{number:06}.gpx")), gpx(number, seconds)).expect("a file");
    }
}

fn open(home: &Path) -> Library {
    Library::open(Place::at(home), OpenOptions { access: Access::Write }).expect("a library")
}

fn import(home: &Path, runs: &Path) -> usize {
    let begun = Instant::now();
    let sources = recording::sources(&[runs.to_owned()]);
    let cancel = AtomicBool::new(false);
    let receipt = open(home).import(&sources, PersonId::ME, &cancel, &mut |_| ()).expect("imported");
    let added = receipt.count(Fate::Added);
    println!("import of {} files: {added} added, {:.1} s", sources.len(), begun.elapsed().as_secs_f64());
    added
}

fn imports(_: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let (home, runs) = (folder.path().join("library"), folder.path().join("runs"));
    write_runs(&runs, IMPORTED, 3_600);
    assert_eq!(import(&home, &runs), IMPORTED);
    assert_eq!(import(&home, &runs), 0);
}

fn reading(criterion: &mut Criterion) {
    let kept = std::env::var("SPINEPACE_RUNS").ok().and_then(|count| count.parse().ok()).unwrap_or(KEPT);
    let folder = tempfile::tempdir().expect("a folder");
    let (home, runs, empty) =
        (folder.path().join("library"), folder.path().join("runs"), folder.path().join("empty"));
    write_runs(&runs, kept, 90);
    import(&home, &runs);
    drop(open(&empty));
    let mut group = criterion.benchmark_group("library");
    group.sample_size(10);
    for (name, home) in [("empty", &empty), ("full", &home)] {
        group.bench_function(format!("open and list, {name}"), |bencher| {
            bencher.iter(|| open(home).runs(black_box(&Filter::default())).expect("listed").len());
        });
    }
    let library = open(&home);
    let last = library.runs(&Filter::default()).expect("listed").iter().map(|run| run.day).max();
    let today: NaiveDate = last.expect("a run");
    group.bench_function("a year's weeks and trend", |bencher| {
        bencher.iter(|| {
            let weeks = library.weeks(PersonId::ME, today - Days::new(365), today, today).expect("weeks");
            (weeks.len(), library.overview(PersonId::ME, today).expect("an overview").trend)
        });
    });
    group.finish();
}

criterion_group!(benches, imports, reading);
criterion_main!(benches);
