//! Odd and hostile inputs, made here and named after their fault, each with what must come of it: a
//! recording with so many points and fixes and these warnings, or one clear line.

mod archives;
mod documents;
mod fit;
mod hostile;
mod positions;
mod structure;
mod times;

use std::fmt::Write;
use std::panic::Location;
use std::path::PathBuf;

use spinepace::recording;

/// What must come of an input.
enum Expected {
    /// A recording: points, fixes used, codes of all warnings.
    Opens(usize, usize, &'static [&'static str]),
    /// One line that holds these words.
    Refused(&'static str),
}
use Expected::{Opens, Refused};

/// With `ODD_INPUTS` naming a folder, leaves the input there as a file too, to be tried on the program.
fn leave(place: &Location<'_>, fault: &str, bytes: &[u8]) {
    let Some(folder) = std::env::var_os("ODD_INPUTS").map(PathBuf::from) else { return };
    let table = PathBuf::from(place.file()).file_stem().unwrap_or_default().display().to_string();
    let fault: String = fault.chars().map(|it| if it.is_alphanumeric() { it } else { '-' }).collect();
    std::fs::write(folder.join(format!("{table}-{}-{fault}.gpx", place.line())), bytes).expect("written");
}

/// Checks a table of faults, all of them before it fails.
#[track_caller]
fn check<B: AsRef<[u8]>>(table: impl IntoIterator<Item = (&'static str, B, Expected)>) {
    let (mut wrong, place) = (String::new(), Location::caller());
    for (fault, bytes, expected) in table {
        leave(place, fault, bytes.as_ref());
        let got = match recording::read_bytes("run.gpx", bytes.as_ref()) {
            Ok(recording) => {
                let fixes = &recording.fixes;
                assert!(fixes.time_s.is_sorted_by(|a, b| a < b) && fixes.time_s[0] == 0.0, "{fault}");
                for column in [fixes.elevation_m.len(), fixes.heart_rate_bpm.len(), fixes.cadence_spm.len()] {
                    assert!(column == 0 || column == fixes.len(), "{fault}");
                }
                let codes: Vec<_> = recording.warnings.iter().map(|warning| warning.notice().code).collect();
                format!("opens: {} points, {} fixes, {codes:?}", recording.points, fixes.len())
            }
            Err(error) => format!("refused: {error}"),
        };
        let right = match expected {
            Opens(points, fixes, codes) => got == format!("opens: {points} points, {fixes} fixes, {codes:?}"),
            Refused(words) => got.starts_with("refused: ") && got.contains(words) && !got.contains('\n'),
        };
        if !right {
            let _ = writeln!(wrong, "{fault}: {got}");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A point's time, `second` seconds into the run.
fn time(second: usize) -> String {
    format!("2024-05-01T06:{:02}:{:02}Z", 30 + second / 60, second % 60)
}

/// A point of a run north at 2.2 m/s.
fn point(second: usize) -> String {
    point_at(second, &time(second))
}

/// That point with another time.
fn point_at(second: usize, time: &str) -> String {
    let latitude = 47.0 + second as f64 * 2e-5;
    format!("<trkpt lat=\"{latitude:.5}\" lon=\"8.5\"><ele>400</ele><time>{time}</time></trkpt>\n")
}

/// Points of so many seconds.
fn points(seconds: std::ops::Range<usize>) -> String {
    seconds.map(point).collect()
}

/// A document of one segment with this content.
fn gpx(content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"test\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\">\n<trk><name>Run</name><trkseg>\n{content}</trkseg></trk>\n</gpx>\n"
    )
}

/// An ordinary document of ten points.
fn ordinary() -> String {
    gpx(&points(0..10))
}
