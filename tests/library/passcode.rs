//! A library with a passcode: nothing of a person lies on the disk in plain, and nothing opens without what it takes.

#![cfg(feature = "passcode")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use spinepace::library::{
    self, Access, Dose, Filter, Library, LibraryError, OpenOptions, Passcode, PersonChange, PersonId, Place,
    RecoveryKey, Secret,
};

use crate::common::{
    bytes_below, day, gpx, holds, import, open, passcode as secret, runs_in, try_open, unlock,
};

const NAME: &str = "Zebra-Quagga";
const OPTIONS: OpenOptions = OpenOptions { access: Access::Write };

fn passcode(text: &str) -> Passcode {
    Passcode::new(text.to_owned())
}

/// A library with a person, runs and backups; and words and bytes that lie in it.
struct Stage {
    home: tempfile::TempDir,
    _files: tempfile::TempDir,
    library: Library,
    person: PersonId,
    packed: Vec<Vec<u8>>,
}

impl Stage {
    fn new() -> Self {
        let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        for number in 0..3 {
            fs::write(files.path().join(format!("{NAME} {number}.gpx")), gpx(number, 6, 1.7))
                .expect("a file");
        }
        let mut library = open(home.path());
        let about = PersonChange {
            name: Some(NAME.to_owned()),
            reference: Some("REF-90210-X".to_owned()),
            note: Some("likes hills".to_owned()),
            colour: None,
        };
        let person = library.add_person(&about).expect("entered");
        import(&mut library, files.path(), person);
        library.add_note(person, day("2026-10-03"), "quaggaish gait").expect("noted");
        let dose = Dose { from: day("2026-10-01"), minutes_per_week: 40.0, sessions_per_week: None };
        library.set_dose(person, dose).expect("agreed");
        library.back_up().expect("a backup");
        let db = rusqlite::Connection::open(home.path().join("library.db")).expect("a database");
        let mut rows = db.prepare("SELECT bytes FROM original").expect("ok");
        let packed =
            rows.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("bytes")).collect();
        Self { home, _files: files, library, person, packed }
    }

    /// The folder of such a library, which has this passcode and is closed.
    fn locked(words: &str) -> tempfile::TempDir {
        let Self { home, mut library, .. } = Self::new();
        library.set_passcode(&passcode(words), &RecoveryKey::random().expect("bytes")).expect("set");
        home
    }

    /// Files in which something of the person lies in plain.
    fn traces(&self) -> Vec<PathBuf> {
        let words = [NAME, "REF-90210", "quaggaish", "likes hills", "47.12", "8.654321", "CREATE TABLE"];
        let files = bytes_below(self.home.path());
        let is_trace = |bytes: &[u8]| {
            words.iter().any(|word| holds(bytes, word))
                || self
                    .packed
                    .iter()
                    .flat_map(|piece| piece.chunks_exact(48))
                    .any(|part| memchr::memmem::find(bytes, part).is_some())
        };
        files.into_iter().filter(|(_, bytes)| is_trace(bytes)).map(|(path, _)| path).collect()
    }
}

#[test]
fn with_a_passcode_nothing_of_a_person_lies_in_any_file() {
    let mut stage = Stage::new();
    let home = stage.home.path().to_owned();
    assert!(stage.traces().len() >= 2, "library and backup, in plain");
    // What a crash left lies there in plain, too.
    let backup = library::backups(&Place::at(&home))[0].path.clone();
    let left = PathBuf::from(format!("{}.part", backup.display()));
    fs::copy(&backup, &left).expect("a copy");
    drop(std::mem::replace(
        &mut stage.library,
        open(&tempfile::tempdir().expect("a folder").path().join("x")),
    ));
    stage.library = open(&home);
    let recovery = RecoveryKey::random().expect("random bytes");
    let change = stage.library.set_passcode(&passcode("correct horse"), &recovery).expect("set");
    assert_eq!(change, library::PasscodeChange::default());
    assert_eq!(stage.traces(), Vec::<PathBuf>::new(), "with the library open");
    // Changes lie in the log until it is written back.
    let run = stage.library.runs(&Filter::default()).expect("listed")[0].id;
    stage.library.note_run(run, "quaggaish again").expect("noted");
    stage.library.bin_runs(&[run]).expect("moved");
    assert!(fs::metadata(home.join("library.db-wal")).is_ok_and(|wal| wal.len() > 0));
    assert_eq!(stage.traces(), Vec::<PathBuf>::new(), "with changes in the log");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let backup = stage.library.back_up().expect("a backup").path;
    let elsewhere = stage.home.path().join("elsewhere.db");
    stage.library.back_up_to(&elsewhere).expect("a backup");
    assert_eq!(stage.traces(), Vec::<PathBuf>::new(), "with backups made since");
    assert_eq!(stage.library.look_into(&backup).expect("a backup").runs, 2);
    assert_eq!(stage.library.verify().expect("verified").problems, Vec::<String>::new());

    // Nothing opens without what it takes, and each opens with it.
    let place = stage.library.lock();
    assert!(matches!(try_open(&home), Err(LibraryError::Locked)));
    assert!(matches!(unlock(&home, "correct horsf"), Err(LibraryError::WrongPasscode { .. })));
    let other = Secret::Recovery(RecoveryKey::random().expect("random bytes"));
    assert!(Library::unlock(place.clone(), OPTIONS, &other).is_err());
    for path in [&backup, &elsewhere] {
        assert!(matches!(library::look_into(path), Err(LibraryError::Locked)));
        assert!(library::look_into_with(path, &[&secret("wrong one")]).is_err());
        for right in [secret("correct horse"), Secret::Recovery(recovery.clone())] {
            assert_eq!(library::look_into_with(path, &[&right]).expect("a backup").runs, 2);
        }
    }
    let plain = rusqlite::Connection::open(&elsewhere).expect("a file");
    assert!(plain.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)).is_err());
    let library = unlock(&home, "correct horse").expect("unlocked");
    assert_eq!(library.people().expect("listed").len(), 2);
    drop(library);
    let library = Library::unlock(place, OPTIONS, &Secret::Recovery(recovery)).expect("unlocked");
    assert_eq!(library.notes(stage.person).expect("listed").len(), 1);
}

#[test]
fn it_is_changed_and_removed_and_the_backups_follow() {
    let mut stage = Stage::new();
    let home = stage.home.path().to_owned();
    let backup = library::backups(&Place::at(&home))[0].path.clone();
    let opens = |text: &str| library::look_into_with(&backup, &[&secret(text)]).is_ok();
    let recovery = RecoveryKey::random().expect("random bytes");
    let refused = stage.library.set_passcode(&passcode("short"), &recovery).expect_err("refused");
    assert!(refused.to_string().contains("at least 8"));
    assert!(stage.library.remove_passcode(&secret("any of them")).is_err());
    stage.library.set_passcode(&passcode("first one"), &recovery).expect("set");
    assert!(opens("first one"));
    let key = fs::read(home.join("library.db")).expect("a file")[..16].to_vec();
    assert!(stage.library.change_passcode(&secret("not it at all"), &passcode("second one"), None).is_err());
    stage.library.change_passcode(&secret("first one"), &passcode("second one"), None).expect("changed");
    assert_eq!(fs::read(home.join("library.db")).expect("a file")[..16], key, "the key stays");
    assert!(opens("second one") && !opens("first one"), "the backups have the new wraps");
    let anew = RecoveryKey::random().expect("random bytes");
    stage
        .library
        .change_key(&Secret::Recovery(recovery.clone()), &passcode("third one"), &anew)
        .expect("changed");
    assert!(opens("third one") && !opens("second one"));
    assert_eq!(stage.traces(), Vec::<PathBuf>::new());
    assert!(Library::unlock(stage.library.lock(), OPTIONS, &Secret::Recovery(recovery)).is_err());
    let mut library = unlock(&home, "third one").expect("unlocked");
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
    assert!(library.remove_passcode(&secret("not this one")).is_err());
    library.remove_passcode(&Secret::Recovery(anew)).expect("removed");
    drop(library);
    assert!(!home.join("library.key").exists());
    assert_eq!(library::look_into(&backup).expect("in plain").runs, 3);
    let library = open(&home);
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
    let passcodes = library.record(100).expect("the record");
    assert_eq!(passcodes.iter().filter(|line| line.action == "passcode").count(), 4);
}

#[test]
fn a_person_is_deleted_for_good_from_encrypted_backups_too() {
    let mut stage = Stage::new();
    let home = stage.home.path().to_owned();
    let recovery = RecoveryKey::random().expect("random bytes");
    stage.library.set_passcode(&passcode("correct horse"), &recovery).expect("set");
    let erasure = stage.library.erase_person(stage.person).expect("erased");
    assert_eq!((erasure.runs, erasure.backups_cleaned.len(), erasure.not_searched.len()), (3, 1, 0));
    let backup = &library::backups(&Place::at(&home))[0].path;
    let holds = library::look_into_with(backup, &[&secret("correct horse")]).expect("a backup");
    assert_eq!((holds.people, holds.runs), (0, 0));
    drop(stage.library);
    assert_eq!(unlock(&home, "correct horse").expect("unlocked").contents().expect("told").people, 0);
}

#[test]
fn a_second_window_reads_with_the_passcode() {
    let mut stage = Stage::new();
    let home = stage.home.path().to_owned();
    stage
        .library
        .set_passcode(&passcode("correct horse"), &RecoveryKey::random().expect("bytes"))
        .expect("set");
    let second = unlock(&home, "correct horse").expect("unlocked");
    assert!(second.only_read().is_some());
    assert_eq!(second.runs(&Filter::default()).expect("listed").len(), 3);
    let refused = stage.library.remove_passcode(&secret("correct horse")).expect_err("in use");
    assert!(matches!(refused, LibraryError::InUse), "{refused}");
    drop(second);
    // Nothing is lost by that, and the backups are as they were.
    drop(stage.library);
    let library = unlock(&home, "correct horse").expect("unlocked");
    let backup = &library::backups(library.place())[0].path;
    assert!(matches!(library::look_into(backup), Err(LibraryError::Locked)));
}

#[test]
fn backups_are_restored_into_the_passcode_of_the_library() {
    let mut stage = Stage::new();
    let (home, place) = (stage.home.path().to_owned(), Place::at(stage.home.path()));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let [plain, sealed] = ["plain.db", "sealed.db"].map(|name| elsewhere.path().join(name));
    stage.library.back_up_to(&plain).expect("a backup");
    let recovery = RecoveryKey::random().expect("random bytes");
    stage.library.set_passcode(&passcode("first one"), &recovery).expect("set");
    stage.library.back_up_to(&sealed).expect("a backup");
    stage.library.change_key(&secret("first one"), &passcode("second one"), &recovery).expect("changed");
    stage.library.bin_runs(&[stage.library.runs(&Filter::default()).expect("listed")[0].id]).expect("moved");
    drop(stage.library);
    assert!(matches!(library::restore(&place, &plain), Err(LibraryError::Locked)));
    assert!(library::restore_with(&place, &plain, &[&secret("first one")]).is_err(), "not the library's");
    let (holds, before) = library::restore_with(&place, &plain, &[&secret("second one")]).expect("restored");
    assert_eq!(holds.runs, 3);
    assert!(matches!(library::look_into(&before.expect("one")), Err(LibraryError::Locked)));
    assert!(matches!(try_open(&home), Err(LibraryError::Locked)), "it keeps its passcode");
    let both = [&secret("second one"), &secret("first one")];
    assert!(library::restore_with(&place, &sealed, &both[..1]).is_err(), "not the backup's");
    assert_eq!(library::restore_with(&place, &sealed, &both).expect("restored").0.runs, 3);
    assert_eq!(unlock(&home, "second one").expect("unlocked").verify().expect("verified").problems.len(), 0);
    // Where there is no library, it takes over what the backup has.
    let fresh = elsewhere.path().join("fresh");
    library::restore_with(&Place::at(&fresh), &sealed, &[&secret("first one")]).expect("restored");
    assert!(matches!(try_open(&fresh), Err(LibraryError::Locked)));
    let library = unlock(&fresh, "first one").expect("unlocked");
    assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 3);
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
}

#[test]
fn a_lost_or_damaged_key_file_is_made_again_from_a_backup_and_damage_is_told_from_a_wrong_passcode() {
    let folder = Stage::locked("correct horse");
    let home = folder.path().to_owned();
    let key = home.join("library.key");
    let whole = fs::read(&key).expect("a file");
    for at in [5, whole.len() / 2, whole.len() - 5] {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(&key, flipped).expect("written");
        drop(unlock(&home, "correct horse").expect("unlocked by the wraps of a backup"));
        assert_eq!(fs::read(&key).expect("a file"), whole, "and made again");
    }
    fs::remove_file(&key).expect("removed");
    assert!(matches!(unlock(&home, "correct horsf"), Err(LibraryError::WrongPasscode { .. })));
    drop(unlock(&home, "correct horse").expect("unlocked"));
    assert_eq!(fs::read(&key).expect("a file"), whole);
    let file = home.join("library.db");
    let db = fs::read(&file).expect("a file");
    for (at, keep) in [(20, db.len()), (5000, db.len()), (0, 4096), (0, db.len() - 100), (0, db.len() - 4096)]
    {
        let mut bytes = db[..keep].to_vec();
        bytes[at] ^= u8::from(keep == db.len());
        fs::write(&file, bytes).expect("written");
        let said = unlock(&home, "correct horse").and_then(|library| {
            match library.verify()?.problems.into_iter().next() {
                Some(why) => Err(LibraryError::Damaged { why, backup: None }),
                None => Ok(()),
            }
        });
        let said = said.expect_err("damaged");
        assert!(matches!(said, LibraryError::Damaged { .. }), "{at}, {keep}: {said}");
    }
    let backup = library::backups(&Place::at(&home))[0].path.clone();
    let (holds, _) =
        library::restore_with(&Place::at(&home), &backup, &[&secret("correct horse")]).expect("restored");
    assert_eq!(holds.runs, 3);
}

#[test]
fn each_wrong_passcode_lets_the_next_try_wait() {
    let folder = Stage::locked("correct horse");
    let home = folder.path().to_owned();
    let tries = home.join("library.tries");
    for count in ["1", "2"] {
        let said = unlock(&home, "battery staple").expect_err("wrong").to_string();
        assert!(said.contains("does not open the library") && !said.contains("battery"), "{said}");
        assert_eq!(fs::read_to_string(&tries).expect("a file").trim(), count);
    }
    drop(unlock(&home, "correct horse").expect("unlocked"));
    assert!(!tries.exists(), "the right one ends it");
}

fn spinepace(home: &Path, arguments: &[&str], secrets: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .args(["library", "--library"])
        .arg(home)
        .args(arguments)
        .envs(secrets.iter().copied())
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program starts")
}

#[test]
fn a_script_sets_uses_changes_recovers_and_removes_it() {
    let (base, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let home = base.path().join("library");
    runs_in(files.path(), 0..2);
    let word = base.path().join("word.txt");
    fs::write(&word, "correct horse\n").expect("a file");
    let word = word.display().to_string();
    let said = |done: &Output| String::from_utf8_lossy(&done.stderr).into_owned();
    let folder = files.path().display().to_string();
    assert!(spinepace(&home, &["import", &folder], &[]).status.success());
    let set = spinepace(&home, &["passcode", "set", "--format", "json", "--passcode-file", &word], &[]);
    assert!(set.status.success(), "{}", said(&set));
    let printed: serde_json::Value = serde_json::from_slice(&set.stdout).expect("JSON");
    let key = printed["recovery_key"].as_str().expect("a recovery key").to_owned();
    let locked = spinepace(&home, &["list"], &[]);
    assert!(
        said(&locked).contains("--passcode-file") && said(&locked).lines().count() == 1,
        "{}",
        said(&locked)
    );
    assert!(locked.stdout.is_empty());
    let wrong = spinepace(&home, &["list"], &[("SPINEPACE_PASSCODE", "incorrect")]);
    assert_eq!((wrong.status.code(), said(&wrong).lines().count()), (Some(1), 1), "{}", said(&wrong));
    let list = spinepace(&home, &["list", "--passcode-file", &word], &[]);
    assert_eq!(String::from_utf8_lossy(&list.stdout).lines().count(), 2, "{}", said(&list));
    let right = [("SPINEPACE_PASSCODE", "correct horse")];
    let out = base.path().join("copy.db").display().to_string();
    assert!(spinepace(&home, &["backup", "-o", &out], &right).status.success());
    assert!(spinepace(&home, &["verify"], &right).status.success());
    let restore = spinepace(&home, &["restore", &out, "--yes"], &right);
    assert!(restore.status.success(), "{}", said(&restore));
    // One without a passcode is restored into it, and the other way round with the passcode of the backup.
    let other = base.path().join("other");
    let two = [("SPINEPACE_PASSCODE", "unknown here"), ("SPINEPACE_BACKUP_PASSCODE", "correct horse")];
    let restore = spinepace(&other, &["restore", &out, "--yes"], &two);
    assert!(restore.status.success(), "{}", said(&restore));
    assert!(spinepace(&other, &["list"], &right).status.success());
    let change = [right[0], ("SPINEPACE_NEW_PASSCODE", "battery staple")];
    assert!(spinepace(&home, &["passcode", "change"], &change).status.success());
    assert!(!spinepace(&home, &["list"], &right).status.success());
    let recover = [("SPINEPACE_RECOVERY_KEY", key.as_str()), ("SPINEPACE_NEW_PASSCODE", "third passcode")];
    let recovered = spinepace(&home, &["passcode", "recover"], &recover);
    assert!(recovered.status.success(), "{}", said(&recovered));
    let third = [("SPINEPACE_PASSCODE", "third passcode")];
    let anew = [third[0], ("SPINEPACE_NEW_PASSCODE", "fourth passcode")];
    let anew = spinepace(&home, &["passcode", "change", "--new-key"], &anew);
    assert!(anew.status.success() && String::from_utf8_lossy(&anew.stdout).contains("Recovery key: "));
    let fourth = [("SPINEPACE_PASSCODE", "fourth passcode")];
    assert!(spinepace(&home, &["passcode", "remove"], &fourth).status.success());
    assert!(spinepace(&home, &["list"], &[]).status.success());
    let none = spinepace(&home, &["passcode", "remove"], &fourth);
    assert!(said(&none).contains("has no passcode"), "{}", said(&none));
}
