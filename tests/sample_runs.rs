//! The sample runs are what their generator makes, and what is said of them is true.

#[path = "../examples/make_sample_runs/runs.rs"]
#[allow(dead_code, reason = "the example writes other runs with it too")]
mod runs;
#[path = "../examples/make_sample_runs/simulator.rs"]
#[allow(dead_code, unused_imports, reason = "the scenarios serve other tests")]
mod simulator;

use std::fmt::Write as _;

use spinepace::{
    band::{Edges, Summary},
    motion, samples, units,
};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_runs/README.md");

#[test]
fn the_generator_makes_the_very_bytes_in_the_repository() {
    let made = runs::runs();
    assert_eq!(made.len(), samples::ALL.len());
    for (run, sample) in made.iter().zip(samples::ALL) {
        assert_eq!(run.id, sample.id);
        assert!(
            run.gpx.as_bytes() == sample.gpx,
            "sample_runs/{}.gpx is not what `cargo run --release --no-default-features --example make_sample_runs` writes",
            run.id
        );
        let truth = run.simulated.truth(2.0, 1.5);
        assert_eq!(
            [truth.standing_s, truth.in_band_s, truth.brisk_s, truth.faster_s].map(|s| s as u32),
            [sample.truth.standing_s, sample.truth.in_band_s, sample.truth.brisk_s, sample.truth.faster_s],
            "src/samples.rs has another truth for {}",
            run.id
        );
    }
}

#[test]
fn every_sample_adds_up_and_is_close_to_its_truth() {
    for sample in samples::ALL {
        let (totals, elapsed_s) = {
            let recording = sample.recording().expect("samples are good files");
            let summary = Summary::new(&recording, &motion::estimate(&recording), Edges::default());
            (summary.totals, recording.elapsed_s())
        };
        assert_eq!(elapsed_s, f64::from(sample.truth.elapsed_s()), "{}", sample.id);
        let sum = totals.standing_s + totals.in_band_s + totals.faster_s + totals.paused_s;
        assert!((sum - elapsed_s).abs() < 1.0, "{}: {sum} of {elapsed_s} s", sample.id);
        let truth = f64::from(sample.truth.in_band_s);
        let moving = truth + f64::from(sample.truth.faster_s);
        assert!(
            (totals.in_band_s - truth).abs() <= 0.02 * moving,
            "{}: {:.0} s in band, truly {truth:.0} of {moving:.0} s moving",
            sample.id,
            totals.in_band_s
        );
    }
}

/// After a change of the estimator: `REFRESH=1 cargo test --release --test sample_runs`.
#[test]
fn the_readme_of_the_samples_says_what_the_program_says() {
    let mut table = String::from(
        "| file | elapsed | truly in band | Spinepace says | 95% interval |\n| --- | ---: | ---: | ---: | ---: |\n",
    );
    for sample in samples::ALL {
        let recording = sample.recording().expect("samples are good files");
        let summary = Summary::new(&recording, &motion::estimate(&recording), Edges::default());
        let interval = summary.interval.map_or_else(
            || "not yet known".to_owned(),
            |interval| format!("{} to {}", units::duration(interval.low_s), units::duration(interval.high_s)),
        );
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| `{}.gpx` | {} | {} | {} | {interval} |",
            sample.id,
            units::duration(f64::from(sample.truth.elapsed_s())),
            units::duration(f64::from(sample.truth.in_band_s)),
            units::duration(summary.totals.in_band_s)
        );
    }
    let readme = std::fs::read_to_string(README).expect("sample_runs/README.md is part of the repository");
    let (start, end) = ("<!-- table -->\n", "<!-- end of table -->");
    let from = readme.find(start).expect("the table's start is marked") + start.len();
    let to = readme.find(end).expect("the table's end is marked");
    if std::env::var_os("REFRESH").is_some() {
        std::fs::write(README, format!("{}{table}{}", &readme[..from], &readme[to..]))
            .expect("README.md can be written");
    } else {
        assert_eq!(&readme[from..to], table, "run `REFRESH=1 cargo test --release --test sample_runs`");
    }
}
