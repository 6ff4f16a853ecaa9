//! The library on a disk that fails: full, broken, or without power before it has written what it was given.
//! Each time the library is afterwards as it was before, or as the command leaves it; and as that if the command said
//! that it is done.
//!
//! A few moments of each command are tried. `SPINEPACE_DISK=all cargo test --release --test library failing_disk` tries
//! every one.

#![cfg(target_os = "linux")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use spinepace::library::{Filter, Library, LibraryError, Place, backups, look_into_with};

use crate::common::{gpx, make_first_format, passcode, try_open, unlock};

/// How many moments of a command, unless all are asked for.
const MOMENTS: u64 = 4;
/// The passcode of the library that has one, and the one that it gets.
const PASSCODES: [&str; 2] = ["correct horse", "battery staple"];
const NO_SPACE: i32 = 28;
const BROKEN: i32 = 5;

/// What is laid between the program and its disk.
fn disk() -> &'static Path {
    static BUILT: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("failing_disk.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/failing_disk.c");
        let cc = Command::new("cc").args(["-O1", "-shared", "-fPIC", "-o"]).arg(&path).arg(source).output();
        let cc = cc.expect("the tests need a C compiler, as the database does");
        assert!(cc.status.success(), "{}", String::from_utf8_lossy(&cc.stderr));
        (folder, path)
    });
    path
}

fn library(home: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spinepace"));
    command.args(["library", "--library"]).arg(home).args(arguments);
    command.env("SPINEPACE_PASSCODE", PASSCODES[0]).env("SPINEPACE_NEW_PASSCODE", PASSCODES[1]);
    command
}

/// The library, in plain or by either passcode.
fn open(home: &Path) -> Library {
    match try_open(home) {
        Err(LibraryError::Locked) => {}
        opened => return opened.expect("a library"),
    }
    PASSCODES.iter().find_map(|word| unlock(home, word).ok()).expect("one of the passcodes opens it")
}

/// Everything that a person would miss, without the moments at which it was entered.
fn content(home: &Path) -> String {
    let library = open(home);
    let verified = library.verify().expect("verified");
    assert!(verified.problems.is_empty(), "{:?}", verified.problems);
    let mut text = String::new();
    let mut line = |what: std::fmt::Arguments<'_>| text = format!("{text}{what}\n");
    for bin in [false, true] {
        for run in library.runs(&Filter { bin, ..Filter::default() }).expect("listed") {
            line(format_args!("run {} {} {} {:?} bin {bin}", run.id, run.person, run.file_name, run.tags));
        }
    }
    for (list, bin) in [(library.people(), false), (library.people_in_bin(), true)] {
        for person in list.expect("listed") {
            line(format_args!("person {} {} bin {bin}", person.id, person.name));
            if !bin {
                for note in library.notes(person.id).expect("listed") {
                    line(format_args!("note {} {}", note.day, note.text));
                }
                for dose in library.doses(person.id).expect("listed") {
                    line(format_args!("dose {} {}", dose.from, dose.minutes_per_week));
                }
            }
        }
    }
    text
}

/// Small libraries, closed, and what can be done to them.
struct Stage {
    folder: tempfile::TempDir,
    /// A name, the library, and the command.
    commands: Vec<(&'static str, &'static str, Vec<String>)>,
}

/// A library in plain, one of the first format, and one that has a passcode.
const PLAIN: &str = "plain";
const OLD: &str = "old";
const LOCKED: &str = "locked";

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runs = folder.path().join("runs");
        fs::create_dir(&runs).expect("a folder");
        for number in 0..4 {
            fs::write(runs.join(format!("{number}.gpx")), gpx(number, 2, 1.7)).expect("a file");
        }
        let path = |name: &str| runs.join(name).display().to_string();
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let home = folder.path().join(PLAIN);
        let enter = |arguments: &[String]| {
            let done = library(&home, arguments).output().expect("the program starts");
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        };
        enter(&words("person add P-014"));
        enter(&[words("import --person P-014"), vec![path("0.gpx")]].concat());
        enter(&["import".to_owned(), path("1.gpx")]);
        enter(&words("bin add 2"));
        let copy = folder.path().join("copy.spinepace-library").display().to_string();
        enter(&["backup".to_owned(), "-o".to_owned(), copy.clone()]);
        enter(&words("note add --person P-014 better"));
        enter(&words("dose set --person P-014 40 --from 2026-09-28"));
        let [old, locked] = [OLD, LOCKED].map(|name| folder.path().join(name));
        copy_folder(&home, &old);
        assert!(make_first_format(&old));
        let plain = [
            ("import", vec!["import".to_owned(), path("2.gpx"), path("3.gpx")]),
            ("undo-import", words("undo-import 1")),
            ("note", words("note add well")),
            ("person", words("person add P-015")),
            ("dose", words("dose set 30 --from 2026-10-05")),
            ("change", words("change 1 --tag hills")),
            ("bin", words("bin add 1")),
            ("take out", words("bin restore 2")),
            ("empty", words("bin empty")),
            ("backup", words("backup")),
            ("restore", vec!["restore".to_owned(), copy, "--yes".to_owned()]),
            ("delete", words("delete P-014 --for-good")),
        ];
        let mut commands: Vec<_> = plain.into_iter().map(|(name, words)| (name, PLAIN, words)).collect();
        commands.push(("migrate", OLD, words("note add well")));
        if cfg!(feature = "passcode") {
            copy_folder(&home, &locked);
            let done = library(&locked, &words("passcode set")).output().expect("the program starts");
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            commands.push(("set", PLAIN, words("passcode set")));
            commands.push(("change", LOCKED, words("passcode change")));
            commands.push(("new key", LOCKED, words("passcode change --new-key")));
            commands.push(("remove", LOCKED, words("passcode remove")));
            commands.push(("delete, locked", LOCKED, words("delete P-014 --for-good")));
        }
        Self { folder, commands }
    }

    /// A copy of a library, to be hurt.
    fn copy(&self, which: &str) -> PathBuf {
        let home = self.folder.path().join("hurt");
        let _ = fs::remove_dir_all(&home);
        copy_folder(&self.folder.path().join(which), &home);
        home
    }

    /// Runs a command on a copy under a disk with these settings; whether what they ask for happened.
    fn hurt(
        &self,
        which: &str,
        arguments: &[String],
        settings: &[(&str, String)],
    ) -> (PathBuf, Output, bool) {
        let home = self.copy(which);
        let (fired, scratch) = (self.folder.path().join("fired"), self.folder.path().join("scratch"));
        let _ = fs::remove_file(&fired);
        let _ = fs::remove_dir_all(&scratch);
        fs::create_dir(&scratch).expect("a folder");
        let done = library(&home, arguments)
            .env("LD_PRELOAD", disk())
            .env("DISK_FOLDER", &home)
            .env("DISK_FIRED", &fired)
            .env("DISK_SCRATCH", &scratch)
            .envs(settings.iter().map(|(name, value)| (*name, value)))
            .output()
            .expect("the program starts");
        (home, done, fired.exists())
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Tries every command under a disk that acts up at one moment after the other; `settings` are those of a moment.
fn at_many_moments(settings: impl Fn(u64) -> Vec<(&'static str, String)>) {
    let stage = Stage::new();
    let all = std::env::var("SPINEPACE_DISK").is_ok_and(|asked| asked == "all");
    let (mut tried, mut acknowledged) = (0, 0);
    for (name, which, arguments) in &stage.commands {
        let before = content(&stage.copy(which));
        let home = stage.copy(which);
        assert!(library(&home, arguments).output().expect("the program starts").status.success(), "{name}");
        let after = content(&home);
        // The last moment is found by doubling.
        let mut moments = 1;
        while stage.hurt(which, arguments, &settings(moments)).2 {
            moments *= 2;
        }
        let step = if all { 1 } else { (moments / MOMENTS).max(1) };
        // The last two lie behind the command's end.
        for moment in (1..moments).step_by(step as usize).chain([moments, moments + 1]) {
            let (home, done, fired) = stage.hurt(which, arguments, &settings(moment));
            tried += usize::from(fired);
            assert!(fired || done.status.success(), "{name}");
            let said = String::from_utf8_lossy(&done.stderr);
            let now = content(&home);
            let told =
                format!("{name}, call {moment}: {:?}\n{said}\nbefore:\n{before}now:\n{now}", done.status);
            if done.status.success() {
                acknowledged += usize::from(fired);
                assert_eq!(now, after, "acknowledged and lost; {told}");
            } else {
                assert!(now == before || now == after || partly(name, &before, &now, &after), "{told}");
                let clear = done.status.code() == Some(137)
                    || (said.lines().count() >= 1 && !said.contains("panicked"));
                assert!(clear, "no clear word: {told}");
            }
            for backup in backups(&Place::at(&home)) {
                let secrets = PASSCODES.map(passcode);
                look_into_with(&backup.path, &secrets.each_ref())
                    .unwrap_or_else(|error| panic!("{}: {error}; {told}", backup.path.display()));
            }
        }
        println!("{name}: {tried} moments so far, 0 lost");
    }
    println!("{tried} moments, {acknowledged} acknowledged all the same, 0 lost");
    assert!(tried > 20, "the disk never failed");
}

/// An import may keep some of its files: each of them is told before the next begins.
fn partly(name: &str, before: &str, now: &str, after: &str) -> bool {
    name == "import"
        && before.lines().all(|line| now.lines().any(|other| other == line))
        && now.lines().all(|line| after.lines().any(|other| other == line))
}

#[test]
fn a_full_disk_loses_nothing() {
    at_many_moments(|moment| {
        vec![
            ("DISK_FAIL_AT", moment.to_string()),
            ("DISK_ERROR", NO_SPACE.to_string()),
            ("DISK_STAYS", "1".to_owned()),
        ]
    });
}

#[test]
fn a_broken_sector_loses_nothing() {
    at_many_moments(|moment| vec![("DISK_FAIL_AT", moment.to_string()), ("DISK_ERROR", BROKEN.to_string())]);
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    // Each call in three ways: all, some or none of what was not synced is gone.
    at_many_moments(|moment| {
        vec![("DISK_CUT_AT", moment.div_ceil(3).to_string()), ("DISK_SEED", moment.to_string())]
    });
}

/// A journal that the disk does not remove must not meet the file that takes its library's place.
#[test]
fn a_journal_that_stays_does_not_meet_a_new_file() {
    let stage = Stage::new();
    for name in ["restore", "delete", "set"] {
        let Some((_, which, arguments)) = stage.commands.iter().find(|(other, ..)| *other == name) else {
            continue;
        };
        let (home, done, fired) =
            stage.hurt(which, arguments, &[("DISK_STUCK", "library.db-journal".to_owned())]);
        assert!(fired, "{name}: there was no journal");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success() || said.contains("disk"), "{name}: {said}");
        content(&home);
    }
}

/// Were this to pass, the tests above could not fail.
#[test]
fn a_disk_that_lies_is_noticed() {
    let stage = Stage::new();
    let before = content(&stage.copy(PLAIN));
    let (.., note) = stage.commands.iter().find(|(name, ..)| *name == "note").expect("a command");
    let late = [("DISK_CUT_AT", "1000000".to_owned()), ("DISK_SEED", "0".to_owned())];
    let (home, done, _) = stage.hurt(PLAIN, note, &late);
    assert!(done.status.success() && content(&home) != before, "an honest disk keeps what was acknowledged");
    let (home, done, _) = stage.hurt(PLAIN, note, &[&late[..], &[("DISK_LIES", "1".to_owned())]].concat());
    assert!(done.status.success());
    let library = Library::open(
        Place::at(&home),
        spinepace::library::OpenOptions { access: spinepace::library::Access::Write },
    );
    assert!(library.is_err() || content(&home) == before, "a lying disk loses it");
}
