//! Opening, closing, changing, undoing, backing up: nothing is lost on the way, and what is wrong is said.

use std::{fs, path::Path};

use spinepace::{
    band::Edges,
    library::{self, Access, Filter, Library, LibraryError, OpenOptions, PersonId, Place},
    recording::Edits,
};

use crate::common::{day, import, open, runs_in, try_open};

fn filled(runs: usize) -> (tempfile::TempDir, Library) {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    runs_in(files.path(), 0..runs);
    let mut library = open(home.path());
    import(&mut library, files.path(), PersonId::ME);
    (home, library)
}

#[test]
fn every_change_is_taken_back_and_made_again() {
    let (_home, mut library) = filled(2);
    let run = library.runs(&Filter::default()).expect("listed")[0].id;
    let before = library.run(run).expect("a run");
    library.note_run(run, "it's \"easy\"").expect("noted");
    library.pain_of_run(run, Some(4), Some(2)).expect("noted");
    library.tag(&[run], "hill").expect("tagged");
    library.rename_run(run, "Riverside").expect("renamed");
    library.cut(run, &Edits::default().trimmed_to([60.0, 200.0])).expect("cut");
    library.bin_runs(&[run]).expect("moved");
    let after = library.run(run).expect("a run");
    assert_eq!((after.cuts, after.pain_before, after.name.as_str()), (1, Some(4), "Riverside"));
    assert!((after.numbers.elapsed_s - 140.0).abs() < 1e-6 && after.binned.is_some());
    let mut undone = Vec::new();
    while let Some(name) = library.undo().expect("undone") {
        undone.push(name);
    }
    assert_eq!(undone, ["bin", "edit", "edit", "edit", "edit", "edit"]);
    assert_eq!(library.run(run).expect("a run"), before);
    while library.redo().expect("redone").is_some() {}
    assert_eq!(library.run(run).expect("a run"), after);
    library.undo().expect("undone");
    library.note_run(run, "another").expect("noted");
    assert_eq!(library.redo().expect("nothing"), None, "a new change ends what can be made again");
    assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
}

#[test]
fn a_second_window_reads_and_says_so_and_writes_when_the_first_is_closed() {
    let (home, library) = filled(1);
    let run = library.runs(&Filter::default()).expect("listed")[0].id;
    let mut second = open(home.path());
    assert!(second.only_read().is_some_and(|why| why.contains("another Spinepace")));
    assert_eq!(second.runs(&Filter::default()).expect("listed").len(), 1);
    assert!(matches!(second.note_run(run, "x"), Err(LibraryError::InUse)));
    assert!(library::restore(&Place::at(home.path()), &home.path().join("x")).is_err());
    drop((library, second));
    open(home.path()).note_run(run, "x").expect("noted");
}

#[test]
fn only_its_owner_may_read_it() {
    let (home, mut library) = filled(1);
    library.back_up().expect("a backup");
    for (path, _) in crate::common::bytes_below(home.path()) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).expect("a file").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
        }
        let _ = path;
    }
}

#[test]
fn a_newer_library_is_refused_in_clear_words_and_not_touched() {
    let (home, library) = filled(1);
    drop(library);
    let file = home.path().join("library.db");
    let db = rusqlite::Connection::open(&file).expect("a database");
    db.pragma_update(None, "user_version", 4711).expect("set");
    drop(db);
    let before = fs::read(&file).expect("a file");
    let refused = try_open(home.path()).expect_err("refused").to_string();
    assert!(refused.contains("newer Spinepace") && refused.contains("4711"), "{refused}");
    assert_eq!(fs::read(&file).expect("a file"), before);
}

#[test]
fn other_files_are_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("library.db");
    fs::write(&file, b"these are my holidays".repeat(100)).expect("a file");
    assert!(matches!(try_open(home.path()), Err(LibraryError::NotALibrary(_))));
    fs::remove_file(&file).expect("removed");
    let db = rusqlite::Connection::open(&file).expect("a database");
    db.execute_batch("CREATE TABLE photo (id INTEGER)").expect("a table");
    drop(db);
    assert!(matches!(try_open(home.path()), Err(LibraryError::NotALibrary(_))));
}

#[test]
fn a_missing_library_is_not_made_by_reading() {
    let home = tempfile::tempdir().expect("a folder");
    let place = Place::at(home.path().join("none"));
    let missing = Library::open(place.clone(), OpenOptions { access: Access::Read });
    assert!(matches!(missing, Err(LibraryError::Missing(_))));
    assert!(!place.folder().exists());
}

#[test]
fn a_write_protected_folder_opens_to_read() {
    let (home, library) = filled(2);
    drop(library);
    let place = Place::at(home.path());
    // Root may write anywhere; the immutable way is tried through an opening to read.
    let library = Library::open(place, OpenOptions { access: Access::Read }).expect("opened");
    assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 2);
    assert!(library.only_read().is_some());
    assert!(matches!(library.writable(), Err(LibraryError::ReadOnly(_))));
}

#[test]
fn a_backup_is_checked_shows_what_it_holds_and_takes_the_librarys_place() {
    let (home, mut library) = filled(3);
    let runs = library.runs(&Filter::default()).expect("listed");
    library.add_note(PersonId::ME, day("2026-10-02"), "before").expect("noted");
    let backup = library.back_up().expect("a backup").path;
    let holds = library::look_into(&backup).expect("a backup");
    assert_eq!((holds.runs, holds.notes), (3, 1));
    library.bin_runs(&[runs[0].id]).expect("moved");
    library.add_note(PersonId::ME, day("2026-10-03"), "after").expect("noted");
    drop(library);
    let (now, before) = library::restore(&Place::at(home.path()), &backup).expect("restored");
    assert_eq!((now.runs, now.notes), (3, 1));
    let before = before.expect("the library that was there is kept");
    let held = library::look_into(&before).expect("a backup");
    assert_eq!((held.runs, held.runs_in_bin, held.notes), (2, 1, 2));
    // And back again.
    let (now, _) = library::restore(&Place::at(home.path()), &before).expect("restored");
    assert_eq!((now.runs, now.runs_in_bin, now.notes), (2, 1, 2));
    assert_eq!(open(home.path()).verify().expect("verified").problems, Vec::<String>::new());
}

#[test]
fn a_backup_is_made_when_something_changed() {
    let (_home, mut library) = filled(1);
    assert!(library.back_up_if_changed().expect("a backup").is_some());
    std::thread::sleep(std::time::Duration::from_millis(1100));
    library.add_note(PersonId::ME, day("2026-10-02"), "new").expect("noted");
    let again = library.back_up_if_changed().expect("a backup").expect("something changed");
    assert_eq!(library::look_into(&again.path).expect("a backup").notes, 1);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(library.back_up_if_changed().expect("nothing to do"), None);
    assert!(library.back_up_daily().expect("nothing to do").is_none());
}

#[test]
fn numbers_follow_the_edges_and_old_ones_stand_until_then() {
    let (_home, mut library) = filled(2);
    assert_eq!(library.stale_runs().expect("none"), []);
    let edges = Edges::new(1.5, 1.2).expect("edges");
    library.set_edges(edges).expect("set");
    let stale = library.stale_runs().expect("all");
    assert_eq!(stale.len(), 2);
    assert!(library.run(stale[0]).expect("a run").numbers.in_band_s > 300.0, "the old numbers stand");
    for run in stale {
        assert!(library.recompute(run).expect("computed").in_band_s < 60.0);
    }
    assert_eq!(library.stale_runs().expect("none"), []);
}

#[test]
fn the_record_is_only_added_to() {
    let (home, library) = filled(1);
    let lines = library.record(10).expect("the record");
    assert_eq!(lines.last().map(|line| line.action.as_str()), Some("import"));
    drop(library);
    let db = rusqlite::Connection::open(home.path().join("library.db")).expect("a database");
    for sql in ["DELETE FROM record", "UPDATE record SET action = 'x'"] {
        let refused = db.execute(sql, []).expect_err("refused").to_string();
        // A stranger's connection does not know the seal, either.
        assert!(refused.contains("only added to") || refused.contains("spinepace_seal"), "{refused}");
    }
}

/// Where a fault is put, and what must not happen: that it is read as if it were what was written.
fn flipped(path: &Path, at: usize) {
    let mut bytes = fs::read(path).expect("a file");
    bytes[at] ^= 0x10;
    fs::write(path, bytes).expect("written");
}

#[test]
fn a_truncated_library_is_told_and_the_backup_offered() {
    let (home, mut library) = filled(3);
    let backup = library.back_up().expect("a backup").path;
    drop(library);
    let file = home.path().join("library.db");
    let whole = fs::read(&file).expect("a file");
    for keep in [1, 50, 99, 100, 1000, 4096, whole.len() / 2, whole.len() - 1] {
        fs::write(&file, &whole[..keep]).expect("written");
        let said = try_open(home.path()).expect_err("damaged").to_string();
        assert!(said.contains("damaged") && said.contains(&backup.display().to_string()), "{keep}: {said}");
    }
    let (now, aside) = library::restore(&Place::at(home.path()), &backup).expect("restored");
    assert_eq!(now.runs, 3);
    assert!(aside.is_some_and(|aside| aside.join("library.db").is_file()), "what is left is put aside");
}

/// A log or a journal that is left meets no file but its own.
#[test]
fn what_is_left_beside_a_library_that_is_gone_does_not_touch_the_restored_one() {
    let (home, mut library) = filled(2);
    let backup = home.path().join("copy.db");
    library.back_up_to(&backup).expect("a backup");
    let expected = library.runs(&Filter::default()).expect("listed");
    library.add_note(PersonId::ME, day("2026-10-02"), "waits in the log").expect("noted");
    let (file, log) = (home.path().join("library.db"), home.path().join("library.db-wal"));
    let waiting = fs::read(&log).expect("a log");
    drop(library);
    for empty in [false, true] {
        fs::remove_file(&file).expect("removed");
        if empty {
            fs::write(&file, b"").expect("written");
        }
        fs::write(&log, &waiting).expect("written");
        let (now, aside) = library::restore(&Place::at(home.path()), &backup).expect("restored");
        assert_eq!(now.runs, 2);
        let aside = aside.expect("the log is put aside");
        assert!(aside.join("library.db-wal").is_file());
        let library = open(home.path());
        assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
        assert_eq!(library.runs(&Filter::default()).expect("listed"), expected);
        drop(library);
        fs::remove_dir_all(aside).expect("removed");
    }
}

#[test]
fn a_flipped_bit_is_found_wherever_it_is() {
    let (home, mut library) = filled(6);
    library.add_note(PersonId::ME, day("2026-10-02"), "pain is gone").expect("noted");
    let backup = library.back_up().expect("a backup").path;
    let expected = (
        library.runs(&Filter::default()).expect("listed"),
        library.notes(PersonId::ME).expect("listed"),
        library.doses(PersonId::ME).expect("listed"),
    );
    drop(library);
    let file = home.path().join("library.db");
    let whole = fs::read(&file).expect("a file");
    let (mut found, mut harmless) = (0, 0);
    // Most of a young library's pages is empty: a bit is flipped where something is written.
    let written: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    for place in 0..200 {
        fs::write(&file, &whole).expect("written");
        flipped(&file, written[place * 7919 % written.len()]);
        let seen = try_open(home.path()).and_then(|library| {
            let verified = library.verify()?;
            let now = (
                library.runs(&Filter::default())?,
                library.notes(PersonId::ME)?,
                library.doses(PersonId::ME)?,
            );
            Ok((verified, now))
        });
        match seen {
            Err(error) => {
                let said = error.to_string();
                assert!(
                    said.contains("damaged")
                        || said.contains("not a Spinepace")
                        || said.contains("newer Spinepace"),
                    "{place}: {said}"
                );
                found += 1;
            }
            Ok((verified, _)) if !verified.problems.is_empty() => found += 1,
            // Unused bytes of a page.
            Ok((_, now)) => {
                assert!(now == expected, "{place}: a flipped bit changed what is read, and nothing said so");
                harmless += 1;
            }
        }
        let _ = fs::remove_file(home.path().join("library.db-wal"));
        let _ = fs::remove_file(home.path().join("library.db-shm"));
    }
    println!("{found} flipped bits found, {harmless} harmless");
    assert!(found > 190, "{found} found, {harmless} harmless");
    library::restore(&Place::at(home.path()), &backup).expect("restored");
    assert_eq!(open(home.path()).runs(&Filter::default()).expect("listed"), expected.0);
}

#[test]
fn a_library_can_go_to_a_thread_of_its_own() {
    fn goes<T: Send + 'static>() {}
    goes::<Library>();
    goes::<library::Secret>();
    goes::<library::Watch>();
}
