//! Runs that are kept, moved, deleted for good, locked away, or not kept at all.

use std::fs;

use super::{ask, click, drop_files, files, has, open, usual, value, window, with_person, write};
use crate::harness::{all_words, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

#[test]
fn the_demo_is_one_click_away_and_says_everywhere_that_it_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "Or a patient over eight weeks: the demo library");
    for words in ["Demo: this patient does not exist", "Demo: nobody real", "DEMO-1", "Weekly dose"] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    assert!(!folder.path().join("library").exists(), "nothing is made where the real one would be");
    // Nothing real comes in.
    let keep = harness.query_by_label("New person…");
    assert!(keep.is_none(), "the demo takes nobody");
    click(&mut harness, "Leave the demo");
    assert!(!has(&harness, "DEMO-1"));
}

#[test]
fn demo_picture() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = usual(&folder.path().join("library"));
    ask(&mut harness, "demo library");
    harness.remove_cursor();
    harness.run();
    harness.snapshot("person");
    ask(&mut harness, "dark theme");
    harness.snapshot("person_dark");
}

#[test]
fn nothing_is_written_before_the_first_keep_and_then_the_list_says_whose_the_run_is() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("library");
    let run = files(folder.path(), &[(20, 10)]);
    let mut harness = window(&home, [1440.0, 900.0], run);
    assert!(!home.exists(), "a run that is only looked at is not kept");
    assert!(!has(&harness, "kept"), "{}", all_words(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run();
    harness.get_by_label("Keep for whom? Type a few letters of the name").type_text("P-014");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(value(&harness, "Pseudonym or initials"), "P-014", "what was typed is the new person's name");
    click(&mut harness, "Enter");
    for words in ["P-014: 1 run added", "P-014, 1 kept run", "Kept for P-014. To the page"] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    click(&mut harness, "Kept for P-014. To the page");
    assert!(has(&harness, "Weekly dose"), "the page is one click away");
    // At the next start it is there, without the file, and opens as any run.
    drop(harness);
    fs::remove_file(folder.path().join("run 20.gpx")).unwrap();
    let mut harness = usual(&home);
    click(&mut harness, "P-014, 1 kept run");
    harness.get_by_label_contains("Run of 20 May 2026, Run 20").click();
    harness.run();
    settle(&mut harness);
    assert!(has(&harness, "Speed over "), "{}", all_words(&harness));
    harness.key_press(Key::Escape);
    harness.run();
    settle(&mut harness);
    assert!(has(&harness, "Weekly dose"), "Escape leads back to the page");
    // Nothing twice: the same file again is known.
    drop(harness);
    assert_eq!(open(folder.path()).people().unwrap()[1].runs, 1);
}

#[test]
fn runs_are_chosen_moved_and_tagged() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(12, 20), (14, 9), (20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 3 kept runs");
    click(&mut harness, "Choose the run of 12 May 2026");
    click(&mut harness, "Choose the run of 14 May 2026");
    click(&mut harness, "Tag…");
    write(&mut harness, "Tag", "hills");
    click(&mut harness, "Add the tag");
    assert!(has(&harness, "#hills"), "{}", all_words(&harness));
    click(&mut harness, "Move to…");
    harness.get_by_label("Move to whom? Type a few letters of the name").type_text("P-020");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    click(&mut harness, "Enter");
    for words in ["P-020, 2 kept runs", "P-014, 1 kept run"] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    // The search finds them by person and by tag.
    write(&mut harness, "Search runs", "hills");
    settle(&mut harness);
    assert!(has(&harness, "P-020, 2 kept runs") && !has(&harness, "P-014, 1 kept run"));
}

#[test]
fn files_dropped_on_a_page_are_kept_with_a_receipt_and_taken_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(12, 20)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 1 kept run");
    let mut dropped = files(folder.path(), &[(12, 20), (18, 10), (20, 11)]);
    let broken = folder.path().join("login.gpx");
    fs::write(&broken, "<!DOCTYPE html><html><body>Log in</body></html>").unwrap();
    dropped.push(broken);
    drop_files(&mut harness, &dropped);
    for words in [
        "Receipt for P-014",
        "2 runs added, 1 was there already, 1 refused",
        "login.gpx: ",
        "kept already for P-014, Run 12, 12 May 2026",
    ] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    click(&mut harness, "Close");
    assert!(has(&harness, "P-014, 3 kept runs"));
    click(&mut harness, "Undo the import");
    assert!(has(&harness, "P-014, 1 kept run\n"), "{}", all_words(&harness));
}

#[test]
fn a_person_is_deleted_for_good_after_the_name_was_typed_with_a_receipt() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(12, 20), (20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 2 kept runs");
    click(&mut harness, "Delete for good…");
    click(&mut harness, "Delete for good");
    assert!(has(&harness, "nothing was deleted"), "{}", all_words(&harness));
    write(&mut harness, "Type the name to confirm", "p-014");
    click(&mut harness, "Delete for good");
    for words in ["Deleted for good", "2 runs with their original files", "Save the receipt…"] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    click(&mut harness, "Close");
    assert!(!has(&harness, "P-014"), "{}", all_words(&harness));
    drop(harness);
    assert_eq!(open(folder.path()).people().unwrap().len(), 1);
}

#[test]
fn a_second_window_only_reads_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(12, 20), (20, 25)]);
    let first = usual(&folder.path().join("library"));
    let mut second = usual(&folder.path().join("library"));
    click(&mut second, "P-014, 2 kept runs");
    assert!(has(&second, "The library can only be read here: it is open in another Spinepace"));
    assert!(has(&second, "This week: "), "what is kept is seen all the same");
    for control in ["New person…", "Delete for good…", "Add a note…"] {
        assert!(second.query_by_label(control).is_none(), "{control}");
    }
    drop(first);
}

#[cfg(feature = "passcode")]
#[test]
fn a_library_is_encrypted_locked_and_unlocked() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(12, 20), (20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 2 kept runs");
    ask(&mut harness, "set a passcode");
    let words = all_words(&harness);
    let (_, key) = words.split_once("Recovery key: ").expect("it is shown");
    let key = key.lines().next().unwrap().to_owned();
    write(&mut harness, "New passcode", "nine slow miles");
    write(&mut harness, "New passcode, once more", "nine slow miles");
    click(&mut harness, "Encrypt the library");
    assert!(has(&harness, "type its last five characters"), "whoever has not noted the key is asked to");
    write(&mut harness, "Last five characters of the recovery key", &key[key.len() - 5..]);
    click(&mut harness, "Encrypt the library");
    assert!(has(&harness, "library and backups are encrypted"), "{}", all_words(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    settle(&mut harness);
    assert!(!has(&harness, "P-014"), "{}", all_words(&harness));
    write(&mut harness, "Passcode", "nine fast miles");
    click(&mut harness, "Unlock");
    assert!(has(&harness, "this does not open the library"), "{}", all_words(&harness));
    write(&mut harness, "Passcode", "nine slow miles");
    click(&mut harness, "Unlock");
    assert!(has(&harness, "P-014, 2 kept runs"), "{}", all_words(&harness));
    drop(harness);
    // At the next start it waits, and the recovery key opens it, too.
    let mut harness = usual(&folder.path().join("library"));
    assert!(!has(&harness, "P-014"));
    write(&mut harness, "Passcode", &key.to_lowercase());
    click(&mut harness, "Unlock");
    assert!(has(&harness, "P-014, 2 kept runs"), "{}", all_words(&harness));
}

#[test]
fn a_clinic_that_keeps_nothing_keeps_no_run() {
    let folder = tempfile::tempdir().unwrap();
    let run = files(folder.path(), &[(20, 10)]);
    let home = folder.path().join("library");
    let mut harness = window(&home, [1440.0, 900.0], run);
    ask(&mut harness, "clinic mode");
    click(&mut harness, "Keep nothing");
    assert!(harness.query_by_label("Keep this run…").is_none(), "{}", all_words(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.run();
    assert!(harness.query_by_label_contains("Keep for whom?").is_none());
    assert!(!home.exists());
}
