//! A person deleted for good leaves no byte behind.

use std::fs;

use spinepace::library::{self, Dose, Filter, PersonChange, PersonId};

use crate::common::{bytes_below, day, gpx, holds, import, open};

const NAME: &str = "Zebra-Quagga";
const REFERENCE: &str = "REF-90210-X";

#[test]
fn neither_pseudonym_nor_coordinates_are_left_in_library_log_or_own_backups() {
    let (home, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    // Not compressed by the library, as a file that is compressed already: its bytes can be searched for.
    let hers: Vec<String> = (0..3).map(|number| format!("{NAME} run {number}.gpx")).collect();
    for (number, name) in hers.iter().enumerate() {
        fs::write(files.path().join(name), gpx(number, 6, 1.7)).expect("a file");
    }
    let mut library = open(home.path());
    // First imported as the physio's own, which an early backup holds so.
    import(&mut library, files.path(), PersonId::ME);
    library.back_up().expect("a backup");
    let about = PersonChange {
        name: Some(NAME.to_owned()),
        reference: Some(REFERENCE.to_owned()),
        note: Some("L5/S1, likes hills".to_owned()),
        colour: None,
    };
    let person = library.add_person(&about).expect("entered");
    let runs: Vec<_> = library.runs(&Filter::default()).expect("listed").iter().map(|run| run.id).collect();
    library.move_runs(&runs, person).expect("moved");
    library.bin_runs(&runs[..1]).expect("moved");
    library.note_run(runs[1], "felt quaggaish").expect("noted");
    library.add_note(person, day("2026-10-03"), "quaggaish gait").expect("noted");
    let dose = Dose { from: day("2026-10-01"), minutes_per_week: 40.0, sessions_per_week: None };
    library.set_dose(person, dose).expect("agreed");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    library.back_up().expect("a backup");
    // Somebody else's run stays.
    let other = library
        .add_person(&PersonChange { name: Some("Okapi".to_owned()), ..about.clone() })
        .expect("entered");
    library
        .change_person(other, &PersonChange { reference: Some(String::new()), ..Default::default() })
        .expect("ok");
    let stays = tempfile::tempdir().expect("a folder");
    fs::write(stays.path().join("stays.gpx"), gpx(40, 6, 1.7)).expect("a file");
    import(&mut library, stays.path(), other);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    library.back_up().expect("a backup");

    let packed: Vec<Vec<u8>> = {
        let db = rusqlite::Connection::open(home.path().join("library.db")).expect("a database");
        let mut rows = db
            .prepare("SELECT bytes FROM original JOIN run ON run.id = run_id WHERE person_id = ?1")
            .expect("ok");
        let rows = rows.query_map([person.to_string()], |row| row.get::<_, Vec<u8>>(0)).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    };
    assert_eq!(packed.len(), 3);
    let fingerprint = "47.12";
    let traces = |text: &str| {
        let files = bytes_below(home.path());
        files.iter().filter(|(_, bytes)| holds(bytes, text)).map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    assert!(!traces(NAME).is_empty() && !traces(REFERENCE).is_empty() && !traces(fingerprint).is_empty());

    let erasure = library.erase_person(person).expect("erased");
    assert_eq!((erasure.runs, erasure.runs_in_bin, erasure.notes, erasure.doses), (3, 1, 1, 1));
    assert_eq!((erasure.backups_cleaned.len(), erasure.not_searched.len()), (3, 0));
    assert_eq!(erasure.mentions_elsewhere, 0);
    assert!(erasure.text().contains("3 runs") && !erasure.text().contains(NAME));

    // With the library open, its log beside it, and again after it is closed.
    for open_still in [true, false] {
        for text in [NAME, REFERENCE, "quaggaish", "likes hills", fingerprint] {
            let left: Vec<_> = traces(text);
            // "likes hills" was written about the other person, too.
            if text != "likes hills" {
                assert_eq!(left, Vec::<std::path::PathBuf>::new(), "{text}, open: {open_still}");
            }
        }
        for (path, bytes) in bytes_below(home.path()) {
            for piece in &packed {
                // Any 64 bytes of the compressed file would do to have a stretch of the way.
                for part in piece.chunks_exact(64) {
                    assert!(memchr::memmem::find(&bytes, part).is_none(), "{}", path.display());
                }
            }
        }
        if open_still {
            assert_eq!(library.runs(&Filter::default()).expect("listed").len(), 1);
            assert_eq!(library.verify().expect("verified").problems, Vec::<String>::new());
            assert!(library.undo().expect("nothing").is_none(), "there is no way back");
            // The rest goes on as before.
            library.note_run(library.runs(&Filter::default()).expect("listed")[0].id, "x").expect("noted");
        }
        if open_still {
            library = open_anew(library, home.path());
        }
    }
    for backup in library::backups(library.place()) {
        library::look_into(&backup.path).expect("every backup is whole");
    }
}

fn open_anew(library: library::Library, home: &std::path::Path) -> library::Library {
    drop(library);
    open(home)
}

#[test]
fn a_namesake_in_an_older_backup_stays() {
    let home = tempfile::tempdir().expect("a folder");
    let mut library = open(home.path());
    let before = library.back_up().expect("a backup").path;
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let name = |name: &str| PersonChange { name: Some(name.to_owned()), ..Default::default() };
    let lost = library.add_person(&name("First")).expect("entered");
    library.back_up().expect("a backup");
    drop(library);
    library::restore(library_place(home.path()), &before).expect("restored");
    let mut library = open(home.path());
    let same_number = library.add_person(&name("Second")).expect("entered");
    assert_eq!(lost, same_number, "the number came again");
    library.erase_person(same_number).expect("erased");
    let people: usize = library::backups(library.place())
        .iter()
        .map(|backup| library::look_into(&backup.path).expect("whole").people)
        .sum();
    assert!(people >= 1, "the other person of that number is still in the backups");
}

fn library_place(home: &std::path::Path) -> &'static library::Place {
    Box::leak(Box::new(library::Place::at(home)))
}
