//! Compressed recordings, archives, folders, and the same recording twice.

use std::fs;
use std::io::{Cursor, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::{Compression, write::GzEncoder};
use spinepace::recording::{self, Fingerprint, FingerprintIndex, Source};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Opens, Refused, check, gpx, ordinary, points};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

#[test]
fn compressed() {
    let whole = ordinary();
    let packed = gzip(whole.as_bytes());
    let long = gzip(gpx(&points(0..1800)).as_bytes());
    let bomb =
        |name: &str| gzip(whole.replace("<name>", &format!("<{name}>{}", " ".repeat(100 << 20))).as_bytes());
    check([
        ("gzip named .gpx", packed.clone(), Opens(10, 10, &[])),
        ("gzip twice", gzip(&packed), Opens(10, 10, &[])),
        ("gzip with a NUL tail", [packed.clone(), vec![0; 100]].concat(), Opens(10, 10, &[])),
        ("gzip of nothing", gzip(b""), Refused("is empty")),
        ("gzip of a page", gzip(b"<html></html>"), Refused("web page")),
        ("gzip's head alone", packed[..8].to_vec(), Refused("unpacked")),
        ("gzip bomb of NULs", gzip(&vec![0; 100 << 20]), Refused("is empty")),
        ("gzip bomb before the points", bomb("name"), Refused("far more than a recording")),
        ("zip of one", zip(&[("a/run.gpx", whole.as_bytes())]), Opens(10, 10, &[])),
        ("zip of one gzip", zip(&[("run.gpx.gz", &packed)]), Opens(10, 10, &[])),
        ("zip in a zip", zip(&[("inner.zip", &zip(&[("run.gpx", whole.as_bytes())]))]), Opens(10, 10, &[])),
        (
            "zip of one and a picture",
            zip(&[("a.jpg", b"\xFF\xD8\xFF"), ("run.gpx", whole.as_bytes())]),
            Opens(10, 10, &[]),
        ),
        (
            "zip of two",
            zip(&[("1.gpx", whole.as_bytes()), ("2.gpx", whole.as_bytes())]),
            Refused("archive of 2 files"),
        ),
        ("zip of none", zip(&[("a.jpg", b"\xFF\xD8\xFF")]), Refused("archive without run")),
        ("empty zip", zip(&[]), Refused("archive without run")),
        (
            "cut zip",
            zip(&[("run.gpx", whole.as_bytes())])[..200].to_vec(),
            Refused("archive that cannot be unpacked"),
        ),
    ]);
    let cut = recording::read_bytes("run.gpx.gz", &long[..long.len() / 2]).expect("keeps what it has");
    assert_eq!(cut.warnings[0].notice().code, "damaged");
    assert!((200..1800).contains(&cut.points), "{}", cut.points);
}

#[test]
fn a_strava_export_brings_names_and_types() {
    let list = "Activity ID,Activity Date,Activity Name,Activity Type,Filename\n\
                1,\"May 1\",\"Wet, cold\",Run,activities/1.gpx.gz\n2,\"May 2\",Walk home,Walk,activities/2.gpx\n";
    let other = gpx(&points(100..110));
    let files: [(&str, &[u8]); 4] = [
        ("activities.csv", list.as_bytes()),
        ("activities/1.gpx.gz", &gzip(ordinary().as_bytes())),
        ("activities/2.gpx", other.as_bytes()),
        ("media/photo.jpg", b"\xFF\xD8\xFF"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("has one")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }
    let archive = recording::sources_in_memory("export.zip", Arc::from(zip(&files)));
    assert_eq!(archive[1].label(), "export.zip: activities/2.gpx");
    for sources in [archive, recording::sources(&[folder.path().to_owned()])] {
        let titles: Vec<_> = sources
            .iter()
            .map(|source| source.read().expect("opens"))
            .map(|recording| (recording.name, recording.activity.unwrap_or_default()))
            .collect();
        let expected = [("Wet, cold", "Run"), ("Walk home", "Walk")];
        assert_eq!(titles, expected.map(|(name, activity)| (name.to_owned(), activity.to_owned())));
    }
}

#[test]
fn a_folder_gives_its_recordings_in_order_and_every_fault_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("has one")).expect("a folder");
        fs::write(&path, bytes).expect("written");
    };
    put("b.gpx", ordinary().as_bytes());
    put("a/no ending", ordinary().as_bytes());
    put("a/bad.gpx", b"<html>");
    put("a/notes.txt", b"not a run");
    put("c.zip", &zip(&[("x.gpx", ordinary().as_bytes()), ("y.gpx", b"")]));
    put(".hidden.gpx", ordinary().as_bytes());
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    let paths = [folder.path().to_owned(), folder.path().join("missing.gpx"), folder.path().join("empty")];
    let sources = recording::sources(&paths);
    let outcomes: Vec<_> = sources
        .iter()
        .map(|source| {
            let label = source.label().replace(&folder.path().display().to_string(), "").replace('\\', "/");
            match source.read() {
                Ok(_) => format!("{label} opened"),
                Err(why) => format!("{label} {}", &why.to_string()[..8]),
            }
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            "/a/bad.gpx is a web",
            "/a/no ending opened",
            "/b.gpx opened",
            "/c.zip: x.gpx opened",
            "/c.zip: y.gpx is empty",
            "/missing.gpx is not t",
            "/empty is a fol",
        ]
    );
}

/// Sources of so many runs, each a second longer than the one before.
fn many(count: usize) -> Vec<Source> {
    let run = |index: usize| Arc::from(gpx(&points(0..index + 2)).into_bytes());
    (0..count).flat_map(|index| recording::sources_in_memory(&format!("{index}.gpx"), run(index))).collect()
}

#[test]
fn all_are_read_and_delivered_in_order() {
    let sources = many(300);
    let mut delivered = Vec::new();
    let count = recording::read_all(
        &sources,
        &AtomicBool::new(false),
        |_, result| result.map_or(0, |recording| recording.points),
        |index, points| delivered.push((index, points)),
    );
    assert_eq!(count, 300);
    assert_eq!(delivered, (0..300).map(|index| (index, index + 2)).collect::<Vec<_>>());
}

#[test]
fn cancelling_leaves_what_is_done() {
    let (sources, cancel) = (many(300), AtomicBool::new(false));
    let mut delivered = 0;
    let count = recording::read_all(
        &sources,
        &cancel,
        |_, result| result.is_ok(),
        |index, opened| {
            assert!(opened && index == delivered);
            delivered += 1;
            cancel.store(index >= 20, Ordering::Relaxed);
        },
    );
    assert_eq!(count, delivered);
    assert!((21..300).contains(&count), "{count}");
}

#[test]
fn the_same_recording_in_two_formats_is_one() {
    let plain = ordinary();
    let richer = plain
        .replace("</ele>", "</ele><extensions><hr>150</hr></extensions>")
        .replace("<name>Run</name>", "");
    let mut index = FingerprintIndex::default();
    let mut known = |text: &str| {
        let print = Fingerprint::of(&recording::read_bytes("x", text.as_bytes()).expect("a run"));
        let known = index.find(&print);
        index.add(print);
        known
    };
    let texts = [plain.clone(), gpx(&points(5..30)), richer, plain];
    assert_eq!(texts.map(|text| known(&text)), [None, None, Some(0), Some(0)]);
}
