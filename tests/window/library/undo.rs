//! Undo and redo of what was done to the library.

use super::{ask, click, drop_files, files, has, usual, with_person, write};
use crate::harness::{all_words, settle};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use spinepace::app::App;

/// What is done in a window.
type Deed = fn(&mut Harness<'static, App>);

/// Ctrl and a key.
fn press(harness: &mut Harness<'static, App>, key: Key) {
    harness.key_press_modifiers(Modifiers::COMMAND, key);
    harness.run();
    settle(harness);
}

#[test]
fn every_deletion_and_edit_is_undone_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(12, 20), (14, 9), (20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 3 kept runs");
    ask(&mut harness, "add a note");
    write(&mut harness, "Note", "Keep the walk breaks.");
    click(&mut harness, "Save");
    let note = "Note of 23 May 2026: Keep the walk breaks.";
    // A deletion or edit, what is seen only after it, and what only before.
    let deeds: [(Deed, &str, &str); 6] = [
        (
            |harness| {
                click(harness, "Choose the run of 12 May 2026");
                click(harness, "To the bin");
            },
            "P-014, 2 kept runs",
            "P-014, 3 kept runs",
        ),
        (
            |harness| {
                harness.get_by_label("Note of 23 May 2026: Keep the walk breaks.").click_secondary();
                harness.run();
                click(harness, "Move to the bin");
            },
            "Nothing noted yet.",
            note,
        ),
        (
            |harness| {
                harness.get_by_label("Note of 23 May 2026: Keep the walk breaks.").click();
                harness.run();
                write(harness, "Note", "No breaks any more.");
                click(harness, "Save");
            },
            "No breaks any more.",
            note,
        ),
        (
            |harness| {
                ask(harness, "record a day");
                click(harness, "Pain: 4");
                click(harness, "Save");
            },
            "4.0, none told before",
            "not told yet",
        ),
        (
            |harness| {
                ask(harness, "name, reference");
                write(harness, "Pseudonym or initials", "P-140");
                click(harness, "Save");
            },
            "P-140, 3 kept runs",
            "P-014, 3 kept runs",
        ),
        (|harness| ask(harness, "move this person to the bin"), "New person…", "P-014, 3 kept runs"),
    ];
    for (deed, after, before) in deeds {
        assert!(has(&harness, before), "{before} is missing in\n{}", all_words(&harness));
        deed(&mut harness);
        assert!(has(&harness, after) && !has(&harness, before), "{after}:\n{}", all_words(&harness));
        press(&mut harness, Key::Z);
        assert!(has(&harness, before), "{before} is not back in\n{}", all_words(&harness));
        press(&mut harness, Key::Y);
        assert!(has(&harness, after) && !has(&harness, before), "{after}, again:\n{}", all_words(&harness));
        press(&mut harness, Key::Z);
        if harness.query_by_label(before).is_some() && before.ends_with("kept runs") {
            click(&mut harness, before);
        }
    }
}

#[test]
fn undo_takes_an_import_back_that_was_last_and_then_what_was_before_it() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(12, 20)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 1 kept run");
    ask(&mut harness, "add a note");
    write(&mut harness, "Note", "Keep the walk breaks.");
    click(&mut harness, "Save");
    let dropped = files(folder.path(), &[(18, 10), (20, 11)]);
    drop_files(&mut harness, &dropped);
    assert!(has(&harness, "P-014, 3 kept runs"));
    press(&mut harness, Key::Z);
    assert!(has(&harness, "P-014, 1 kept run\n") && has(&harness, "Keep the walk breaks."));
    assert!(has(&harness, "2 runs moved to the bin for 30 days"), "{}", all_words(&harness));
    assert!(harness.query_by_label("Undo the import").is_none(), "it was");
    press(&mut harness, Key::Z);
    assert!(has(&harness, "P-014, 1 kept run\n") && has(&harness, "Nothing noted yet."));
}

#[test]
fn a_note_of_the_run_on_show_is_undone_there_and_a_field_undoes_its_own() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 1 kept run");
    harness.get_by_label_contains("Run of 20 May 2026").click();
    harness.run();
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::M);
    harness.run();
    write(&mut harness, "Note", "hill at the end");
    click(&mut harness, "Save");
    // In a field it is the field's own.
    harness.get_by_label("Search runs").focus();
    harness.run_ok();
    press(&mut harness, Key::Z);
    let escape = |harness: &mut Harness<'static, App>| {
        harness.key_press(Key::Escape);
        harness.run();
        settle(harness);
    };
    escape(&mut harness);
    escape(&mut harness);
    assert!(has(&harness, "Weekly dose") && has(&harness, ", hill at the end"), "{}", all_words(&harness));
    harness.get_by_label_contains("Run of 20 May 2026").click();
    harness.run();
    settle(&mut harness);
    press(&mut harness, Key::Z);
    escape(&mut harness);
    assert!(has(&harness, "Weekly dose") && !has(&harness, "hill at the end"), "{}", all_words(&harness));
}
