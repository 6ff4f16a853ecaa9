//! What other readers say of the same files: the `gpx` crate wherever it accepts one, and the three
//! formats of one activity about each other.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use spinepace::recording::{self, Fixes, Recording};

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    println!("skipped: there is no corpus at {}", corpus.display());
    None
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

/// Seconds since 1970, latitude and longitude of every timed point, as the `gpx` crate reads them.
fn by_the_gpx_crate(bytes: &[u8]) -> Option<Vec<(f64, f64, f64)>> {
    let document = gpx::read(bytes).ok()?;
    let points = document.tracks.iter().flat_map(|track| &track.segments).flat_map(|segment| &segment.points);
    Some(
        points
            .filter_map(|point| {
                let time = DateTime::parse_from_rfc3339(&point.time?.format().ok()?).ok()?;
                let seconds = time.timestamp() as f64 + f64::from(time.timestamp_subsec_nanos()) * 1e-9;
                Some((seconds, point.point().y(), point.point().x()))
            })
            .collect(),
    )
}

fn by_us(recording: &Recording) -> Vec<(f64, f64, f64)> {
    let start =
        recording.start.timestamp() as f64 + f64::from(recording.start.timestamp_subsec_nanos()) * 1e-9;
    let Fixes { time_s, latitude_deg, longitude_deg, .. } = &recording.fixes;
    let places = latitude_deg.iter().zip(longitude_deg);
    time_s
        .iter()
        .zip(places)
        .map(|(time, (latitude, longitude))| (start + time, *latitude, *longitude))
        .collect()
}

fn same(ours: &(f64, f64, f64), theirs: &(f64, f64, f64)) -> bool {
    (ours.0 - theirs.0).abs() < 1e-5 && ours.1 == theirs.1 && ours.2 == theirs.2
}

#[test]
fn the_gpx_crate_reads_the_same_points_and_times() {
    let Some(corpus) = corpus() else { return };
    let mut files = Vec::new();
    files_below(&corpus, &mut files);
    let mut compared = 0;
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "gpx")) {
        let bytes = fs::read(path).expect("readable");
        let Some(theirs) = by_the_gpx_crate(&bytes) else { continue };
        let Ok(recording) = recording::read_bytes("x", &bytes) else {
            let first = theirs.first().map(|point| point.0);
            assert!(
                theirs.len() < 2 || theirs.iter().all(|point| Some(point.0) == first),
                "{}",
                path.display()
            );
            continue;
        };
        assert_eq!(recording.points, theirs.len(), "{}", path.display());
        let ours = by_us(&recording);
        let mut theirs_in_order = theirs.clone();
        theirs_in_order.sort_by(|a, b| a.0.total_cmp(&b.0));
        if ours.len() == theirs.len() {
            assert!(ours.iter().zip(&theirs_in_order).all(|(a, b)| same(a, b)), "{}", path.display());
        } else {
            // Some repeated a time or stepped back; those that were kept are points of the file.
            theirs_in_order.dedup_by(|later, first| later.0 == first.0);
            assert!(ours.len() <= theirs_in_order.len(), "{}", path.display());
            assert!(ours.iter().all(|a| theirs.iter().any(|b| same(a, b))), "{}", path.display());
        }
        compared += 1;
    }
    println!("{compared} files compared");
    assert!(compared > 40, "{compared}");
}

#[test]
fn three_formats_of_one_activity_agree() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("GoldenCheetah+sweatpy/sweat/examples/data");
    let read = |name: &str| recording::read_file(&folder.join(name)).expect(name);
    let fit = read("2020-06-01-16-52-40.fit");
    for other in [read("activity_5039744860.gpx"), read("activity_5039744860.tcx")] {
        assert_eq!((other.start, &other.fixes.time_s), (fit.start, &fit.fixes.time_s));
        assert_eq!(other.fixes.heart_rate_bpm, fit.fixes.heart_rate_bpm);
        let near = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(near(&other.fixes.latitude_deg, &fit.fixes.latitude_deg));
        assert!(near(&other.fixes.longitude_deg, &fit.fixes.longitude_deg));
        if !other.laps.is_empty() {
            assert_eq!(other.laps, fit.laps);
        }
    }
    let print = recording::Fingerprint::of(&fit);
    for other in ["activity_5039744860.gpx", "activity_5039744860.tcx"] {
        assert!(print.is_same(&recording::Fingerprint::of(&read(other))), "{other}");
    }
}

#[test]
fn two_formats_of_one_run_agree() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("dschafer+activatr/inst/extdata");
    let [gpx, tcx] = ["running_example.gpx.gz", "running_example.tcx.gz"]
        .map(|name| recording::read_file(&folder.join(name)).expect(name));
    assert_eq!((gpx.start, &gpx.fixes.time_s), (tcx.start, &tcx.fixes.time_s));
    assert_eq!(gpx.fixes.heart_rate_bpm, tcx.fixes.heart_rate_bpm);
    assert!(recording::Fingerprint::of(&gpx).is_same(&recording::Fingerprint::of(&tcx)));
}
