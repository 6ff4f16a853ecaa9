//! Every recording of the corpus beside the checkout (`../shared/corpus`, described by its
//! `MANIFEST.tsv`) that has at least ten timed points opens, with the points the manifest counts.
//! Where there is no corpus the tests say so and pass.

use std::fs;
use std::path::{Path, PathBuf};

use spinepace::band::Edges;
use spinepace::recording::{self, Recording};
use spinepace::run::Run;

/// One line of the manifest.
struct Entry {
    path: PathBuf,
    points: Option<usize>,
    timed: Option<usize>,
    quirks: String,
}

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if corpus.join("MANIFEST.tsv").is_file() {
        return Some(corpus);
    }
    println!("skipped: there is no corpus at {}", corpus.display());
    None
}

fn entries(corpus: &Path) -> Vec<Entry> {
    let manifest = fs::read_to_string(corpus.join("MANIFEST.tsv")).expect("a readable manifest");
    let mut lines = manifest.lines();
    let header: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    let column = |name: &str| header.iter().position(|it| *it == name).expect("a known column");
    let (repo, path, points, timed, quirks) =
        (column("repo"), column("path"), column("npts"), column("time"), column("quirks"));
    lines
        .map(|line| {
            let cell: Vec<&str> = line.split('\t').collect();
            Entry {
                path: corpus.join(cell[repo].replace('/', "+")).join(cell[path]),
                points: cell[points].parse().ok(),
                timed: cell[timed].parse().ok(),
                quirks: cell[quirks].to_owned(),
            }
        })
        .collect()
}

fn strictly_increasing(recording: &Recording) -> bool {
    recording.fixes.time_s.first() == Some(&0.0) && recording.fixes.time_s.is_sorted_by(|a, b| a < b)
}

#[test]
fn every_recording_with_ten_timed_points_opens_with_its_points() {
    let Some(corpus) = corpus() else { return };
    let mut wrong = Vec::new();
    let (mut opened, mut by_device) = (0, 0);
    for Entry { path, points, timed, quirks } in entries(&corpus) {
        let name = path.strip_prefix(&corpus).expect("inside the corpus").display();
        let expected = points.unwrap_or(0).min(timed.unwrap_or(0));
        match recording::read_file(&path) {
            Ok(recording) => {
                opened += 1;
                if !strictly_increasing(&recording) {
                    wrong.push(format!("{name}: times do not increase"));
                }
                if !recording.fixes.has_positions() {
                    // Indoors, or most of it: the points that tell a speed or a distance, with or without a position.
                    by_device += 1;
                    let points = recording.points;
                    let moving_s = Run::estimate(recording).summary(Edges::default()).totals.moving_s();
                    if timed.is_some_and(|timed| points > timed) || moving_s <= 0.0 {
                        wrong.push(format!(
                            "{name}: {points} points, {moving_s} s moving, by the device alone"
                        ));
                    }
                    continue;
                }
                let off = recording.points.abs_diff(expected);
                if timed.is_some() && off * 50 > expected && !quirks.contains("REJECT") {
                    wrong.push(format!("{name}: {} points, not {expected} ({quirks})", recording.points));
                }
            }
            Err(error) if expected >= 10 => wrong.push(format!("{name}: {error} ({quirks})")),
            Err(_) => {}
        }
    }
    println!("{opened} opened, {by_device} of them by the device's word alone");
    assert!(
        by_device >= 14,
        "{by_device}: fewer than the corpus has that tell their speed without positions"
    );
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
