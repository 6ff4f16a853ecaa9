//! Imports: receipts, duplicates, whole exports, cancelling, and the way back.

use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use spinepace::{
    library::{Choice, Fate, Filter, PersonId},
    recording, samples,
};

use crate::common::{gpx, gpx_at, import, open, runs_in};

#[test]
fn every_file_has_a_line_on_the_receipt_and_a_second_import_adds_nothing() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    runs_in(files.path(), 0..5);
    fs::write(files.path().join("again.gpx"), gpx(3, 6, 1.7)).expect("a file");
    fs::write(files.path().join("page.gpx"), "<html><body>sign in</body></html>").expect("a file");
    let mut library = open(home.path());
    let receipt = import(&mut library, files.path(), PersonId::ME);
    assert_eq!(
        (receipt.count(Fate::Added), receipt.count(Fate::Duplicate), receipt.count(Fate::Refused)),
        (5, 1, 1)
    );
    let refused = receipt.files.iter().find(|file| file.fate == Fate::Refused).expect("one");
    assert!(
        refused.file.ends_with("page.gpx")
            && refused.why.as_deref().is_some_and(|why| why.contains("web page"))
    );
    let duplicate = receipt.files.iter().find(|file| file.fate == Fate::Duplicate).expect("one");
    assert!(duplicate.run.is_some() && duplicate.why.is_some());
    let again = import(&mut library, files.path(), PersonId::ME);
    assert_eq!((again.count(Fate::Added), again.count(Fate::Duplicate)), (0, 6));
    assert_eq!(library.receipt(receipt.batch).expect("kept"), receipt, "receipts are kept");
    assert_eq!(library.batches().expect("listed").len(), 2);
    drop(library);
    let library = open(home.path());
    assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 5);
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
}

#[test]
fn what_was_imported_comes_back_bit_for_bit_with_the_numbers_of_analyze() {
    let home = tempfile::tempdir().expect("a folder");
    let mut library = open(home.path());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_runs");
    import(&mut library, &folder, PersonId::ME);
    let runs = library.runs(&Filter::default()).expect("listed");
    assert_eq!(runs.len(), samples::ALL.len());
    for sample in samples::ALL {
        let file = format!("{}.gpx", sample.id);
        let run = runs.iter().find(|run| run.file_name == file).expect("kept");
        assert_eq!(library.original(run.id).expect("the file"), (file, sample.gpx.to_vec()));
        let recording = sample.recording().expect("a sample");
        assert_eq!(library.recording(run.id).expect("a recording"), recording);
        let motion = spinepace::motion::estimate(&recording);
        let summary = spinepace::band::Summary::new(&recording, &motion, spinepace::band::Edges::default());
        assert_eq!(run.numbers.in_band_s, summary.totals.in_band_s);
        assert_eq!(run.numbers.in_band_high_s, summary.interval.map(|interval| interval.high_s));
    }
}

#[test]
fn an_import_is_taken_back_as_a_whole_and_can_be_made_again() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    runs_in(files.path(), 0..4);
    let mut library = open(home.path());
    let receipt = import(&mut library, files.path(), PersonId::ME);
    assert_eq!(library.undo_import(receipt.batch).expect("taken back"), 4);
    assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 0);
    assert_eq!(library.runs(&Filter { bin: true, ..Filter::default() }).expect("listed").len(), 4);
    assert!(library.receipt(receipt.batch).expect("kept").undone.is_some());
    assert_eq!(library.undo().expect("undone").as_deref(), Some("undo-import"));
    assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 4);
    assert!(library.receipt(receipt.batch).expect("kept").undone.is_none());
    library.redo().expect("redone");
    let again = import(&mut library, files.path(), PersonId::ME);
    assert_eq!(again.count(Fate::Added), 4, "what is in the bin comes out of it");
    assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 4);
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
}

#[test]
fn a_cancelled_import_keeps_what_it_told() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    runs_in(files.path(), 0..90);
    let mut library = open(home.path());
    let sources = recording::sources(&[files.path().to_owned()]);
    let cancel = AtomicBool::new(false);
    let mut told = 0;
    let receipt = library
        .import(&sources, PersonId::ME, &cancel, &mut |progress| {
            told += progress.files.len();
            assert_eq!((progress.done, progress.total), (told, 90));
            cancel.store(true, Ordering::Relaxed);
        })
        .expect("imported");
    assert!(receipt.cancelled && told < 90 && told > 0, "{told}");
    assert_eq!((receipt.files.len(), library.runs(&Filter::default()).expect("listed").len()), (told, told));
    let rest = import(&mut library, files.path(), PersonId::ME);
    assert_eq!((rest.count(Fate::Added), rest.count(Fate::Duplicate)), (90 - told, told));
}

#[test]
fn the_same_activity_in_two_files_waits_for_a_choice_and_is_counted_once() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let plain = gpx(0, 10, 1.7);
    let with_heart = String::from_utf8(plain.clone())
        .expect("text")
        .replace("</time>", "</time><extensions><hr>120</hr></extensions>");
    fs::write(files.path().join("a.gpx"), &plain).expect("a file");
    fs::write(files.path().join("b.gpx"), with_heart).expect("a file");
    let mut library = open(home.path());
    let receipt = import(&mut library, files.path(), PersonId::ME);
    assert_eq!(receipt.count(Fate::Added), 2, "neither is dropped");
    let [first, later] = [0, 1].map(|k| receipt.files[k].run.expect("a run"));
    assert!(receipt.files[1].why.as_deref().is_some_and(|why| why.contains("same activity")));
    let waiting = library.runs(&Filter { waiting: true, ..Filter::default() }).expect("listed");
    assert_eq!((waiting.len(), waiting[0].id, waiting[0].same_as), (1, later, Some(first)));
    assert_eq!(waiting[0].numbers.heart_rate_bpm, Some(120.0));
    let today = waiting[0].day;
    let sum = |library: &spinepace::library::Library| {
        let weeks = library.weeks(PersonId::ME, today, today, today).expect("weeks");
        (weeks[0].runs, weeks[0].in_band_s)
    };
    let one = library.run(first).expect("a run").numbers.in_band_s;
    assert_eq!(sum(&library), (1, one));
    library.note_run(first, "felt easy").expect("noted");
    library.tag(&[first], "hill").expect("tagged");
    library.choose(later, Choice::Later).expect("chosen");
    let kept = library.run(later).expect("a run");
    assert_eq!(
        (kept.note.as_str(), kept.tags.as_slice(), kept.same_as),
        ("felt easy", &["hill".to_owned()][..], None)
    );
    assert!(library.run(first).expect("in the bin").binned.is_some());
    assert_eq!(sum(&library).0, 1);
    assert_eq!(library.undo().expect("undone").as_deref(), Some("edit"));
    assert_eq!(library.run(later).expect("a run").same_as, Some(first));
    library.choose(later, Choice::Both).expect("chosen");
    assert_eq!(sum(&library).0, 2);
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("compressed")
}

#[test]
fn whole_exports_are_taken_whole() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let run = |number| gpx_at(number, 6, 1.8, "2026-09-01T06:00:00Z");
    let csv = "Activity ID,Activity Date,Activity Name,Activity Type,Filename\n1,x,Morning Run,Run,activities/1.gpx.gz\n";
    let strava = zip(&[
        ("activities.csv", csv.as_bytes()),
        ("activities/1.gpx.gz", &gzip(&run(1))),
        ("activities/2.gpx", &run(2)),
        ("profile.csv", b"a,b\n"),
    ]);
    let uploads = zip(&[("one_3.gpx", &run(3)), ("one_4.gpx", &run(4)), ("monitoring.fit", b"not a fit")]);
    let garmin = zip(&[
        ("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip", &uploads),
        ("DI_CONNECT/profile.json", b"{}"),
    ]);
    let health = zip(&[
        ("apple_health_export/export.xml", b"<?xml version=\"1.0\"?><HealthData/>"),
        ("apple_health_export/workout-routes/route_2026-09-03_7.01am.gpx", &run(5)),
    ]);
    let takeout = zip(&[
        ("Takeout/Fit/All Sessions/2026_RUNNING.json", b"{}"),
        ("Takeout/Fit/Activities/6.gpx", &run(6)),
    ]);
    for (name, bytes) in
        [("strava.zip", strava), ("garmin.zip", garmin), ("health.zip", health), ("takeout.zip", takeout)]
    {
        fs::write(files.path().join(name), bytes).expect("a file");
    }
    let mut library = open(home.path());
    let receipt = import(&mut library, files.path(), PersonId::ME);
    assert_eq!((receipt.count(Fate::Added), receipt.count(Fate::Refused)), (6, 1), "{:#?}", receipt.files);
    let runs = library.runs(&Filter::default()).expect("listed");
    let titled = runs.iter().find(|run| run.name == "Morning Run").expect("the title of the list");
    assert_eq!((titled.activity.as_deref(), titled.file_name.as_str()), (Some("Run"), "1.gpx.gz"));
    assert_eq!(library.original(titled.id).expect("the file").1, gzip(&run(1)), "as it was in the archive");
    assert_eq!(library.recording(titled.id).expect("a recording").name, "Morning Run");
    let again = import(&mut library, files.path(), PersonId::ME);
    assert_eq!((again.count(Fate::Added), again.count(Fate::Duplicate)), (0, 6));
}

#[test]
fn nothing_is_cut_off_silently_in_a_long_archive() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let runs: Vec<(String, Vec<u8>)> = (0..300).map(|k| (format!("a/{k}.gpx"), gpx(k, 1, 1.5))).collect();
    let entries: Vec<(&str, &[u8])> =
        runs.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let path = files.path().join("all.zip");
    fs::write(&path, zip(&entries)).expect("a file");
    let mut library = open(home.path());
    let receipt = import(&mut library, &path, PersonId::ME);
    assert_eq!((receipt.files.len(), receipt.count(Fate::Added)), (300, 300));
}
