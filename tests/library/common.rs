use std::{fmt::Write, path::Path, sync::atomic::AtomicBool};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use spinepace::{
    library::{Access, Library, LibraryError, OpenOptions, Passcode, PersonId, Place, Receipt, Secret},
    recording,
};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A GPX run: so many minutes at this speed, from here on, due north. Every number makes another run.
pub fn gpx(number: usize, minutes: usize, speed_mps: f64) -> Vec<u8> {
    gpx_at(number, minutes, speed_mps, "2026-10-01T07:00:00Z")
}

pub fn gpx_at(number: usize, minutes: usize, speed_mps: f64, first: &str) -> Vec<u8> {
    let start: DateTime<Utc> = first.parse().expect("a moment");
    let start = start + TimeDelta::hours(5 * i64::try_from(number).expect("few"));
    let mut text = format!(
        "<gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><name>Run {number}</name><trkseg>\n"
    );
    for second in 0..=minutes * 60 {
        let time =
            (start + TimeDelta::seconds(i64::try_from(second).expect("few"))).format("%Y-%m-%dT%H:%M:%SZ");
        let latitude = 47.123_456 + 0.01 * number as f64 + second as f64 * speed_mps / 111_195.0;
        writeln!(text, "<trkpt lat=\"{latitude:.6}\" lon=\"8.654321\"><time>{time}</time></trkpt>")
            .expect("text");
    }
    text.push_str("</trkseg></trk></gpx>\n");
    text.into_bytes()
}

/// A folder with so many short runs.
pub fn runs_in(folder: &Path, numbers: std::ops::Range<usize>) {
    std::fs::create_dir_all(folder).expect("a folder");
    for number in numbers {
        std::fs::write(folder.join(format!("run {number:04}.gpx")), gpx(number, 6, 1.7)).expect("a file");
    }
}

pub fn open(folder: &Path) -> Library {
    try_open(folder).expect("a library")
}

pub fn try_open(folder: &Path) -> Result<Library, LibraryError> {
    Library::open(Place::at(folder), OpenOptions { access: Access::Write })
}

pub fn import(library: &mut Library, path: &Path, person: PersonId) -> Receipt {
    let sources = recording::sources(&[path.to_owned()]);
    library.import(&sources, person, &AtomicBool::new(false), &mut |_| ()).expect("imported")
}

pub fn passcode(text: &str) -> Secret {
    Secret::Passcode(Passcode::new(text.to_owned()))
}

pub fn unlock(folder: &Path, text: &str) -> Result<Library, LibraryError> {
    Library::unlock(Place::at(folder), OpenOptions { access: Access::Write }, &passcode(text))
}

/// Makes a library in plain one of the first format, which had no plans. `false` where there is none.
pub fn make_first_format(folder: &Path) -> bool {
    let file = folder.join("library.db");
    if !file.is_file() {
        return false;
    }
    let db = rusqlite::Connection::open(file).expect("a database");
    let older = "BEGIN IMMEDIATE; DROP TABLE IF EXISTS plan; DROP TABLE IF EXISTS session_move;
                 PRAGMA user_version = 1; COMMIT";
    db.execute_batch(older).expect("an older format");
    true
}

/// The bytes of every file below a folder.
pub fn bytes_below(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(bytes_below(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).expect("a file")));
        }
    }
    found
}

pub fn holds(bytes: &[u8], text: &str) -> bool {
    let (haystack, needle) = (bytes.to_ascii_lowercase(), text.to_ascii_lowercase());
    memchr::memmem::find(&haystack, needle.as_bytes()).is_some()
}
