//! The library in the window: people, kept runs, doses, notes and pain. Every test has a library of its own in a
//! temporary folder, never the user's.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, atomic::AtomicBool},
};

use crate::harness::{all_words, command, gpx, settle};
use chrono::NaiveDate;
use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::{
    app::App,
    library::{Access, Dose, Library, OpenOptions, PersonChange, PersonId, Place},
    recording,
};

/// The day that the window takes for today: a Saturday.
const TODAY: &str = "2026-05-23";

fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

/// A window with the library in this folder.
fn window(folder: &Path, size: [f32; 2], files: Vec<PathBuf>) -> Harness<'static, App> {
    let folder = folder.to_owned();
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(egui::Theme::Light)
        .with_max_steps(60)
        .with_step_dt(0.02)
        .build_eframe(move |cc| App::new(cc, files).with_library_in(folder, today()));
    settle(&mut harness);
    harness
}

pub fn usual(folder: &Path) -> Harness<'static, App> {
    window(folder, [1440.0, 900.0], Vec::new())
}

/// Files of runs on these days of May, each slow for so many minutes.
pub fn files(folder: &Path, runs: &[(u32, u32)]) -> Vec<PathBuf> {
    runs.iter()
        .map(|(day, minutes)| {
            let path = folder.join(format!("run {day}.gpx"));
            fs::write(&path, gpx(&format!("Run {day}"), "", *day, &[(minutes * 60, 1.7), (300, 2.8)]))
                .unwrap();
            path
        })
        .collect()
}

/// A library with a person, whose runs are on these days of May.
pub fn with_person(folder: &Path, name: &str, runs: &[(u32, u32)]) -> PersonId {
    let place = Place::at(folder.join("library"));
    let mut library = Library::open(place, OpenOptions { access: Access::Write }).unwrap();
    let change = PersonChange { name: Some(name.to_owned()), ..PersonChange::default() };
    let who = library.add_person(&change).unwrap();
    let sources = recording::sources(&files(folder, runs));
    library.import(&sources, who, &AtomicBool::new(false), &mut |_| ()).unwrap();
    who
}

pub fn open(folder: &Path) -> Library {
    let place = Place::at(folder.join("library"));
    Library::open(place, OpenOptions { access: Access::Write }).unwrap()
}

/// A file that another program drops.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_files(harness: &mut Harness<'static, App>, files: &[PathBuf]) {
    for file in files {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
    }
    harness.step();
    settle(harness);
}

pub fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
    settle(harness);
}

pub fn write(harness: &mut Harness<'static, App>, field: &str, words: &str) {
    harness.get_by_label(field).focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.get_by_label(field).type_text(words);
    harness.run_ok();
}

pub fn ask(harness: &mut Harness<'static, App>, letters: &str) {
    command(harness, letters);
    settle(harness);
}

pub fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    all_words(harness).contains(words)
}

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

fn value(harness: &Harness<'_, App>, field: &str) -> String {
    harness.get_by_label(field).accesskit_node().value().unwrap_or_default()
}

#[test]
fn the_page_says_what_the_command_says() {
    let folder = tempfile::tempdir().unwrap();
    let who = with_person(folder.path(), "P-014", &[(4, 12), (7, 14), (12, 20), (14, 9), (20, 25), (22, 11)]);
    let mut library = open(folder.path());
    let dose = |from: &str, minutes_per_week| Dose {
        from: from.parse().unwrap(),
        minutes_per_week,
        sessions_per_week: Some(2),
    };
    library.set_dose(who, dose("2026-04-20", 20.0)).unwrap();
    library.set_dose(who, dose("2026-05-18", 40.0)).unwrap();
    library.pain_of_day(who, today(), Some(3)).unwrap();
    drop(library);
    let output = Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .args(["library", "--format", "json", "--library"])
        .arg(folder.path().join("library"))
        .args(["person", "show", "P-014", "--today", TODAY])
        .output()
        .unwrap();
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let overview = &said["overview"];
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 6 kept runs");
    let words = all_words(&harness);
    let spent = overview["this_week"]["in_band_s"].as_f64().unwrap();
    let week = format!("This week: {} of 40 min agreed", spinepace::units::duration_exact_words(spent));
    let met = format!("Last 8 weeks: {} of {} met", overview["done_weeks"], overview["dosed_weeks"]);
    let sessions = format!("{} of 2 sessions", overview["this_week"]["sessions"]);
    let pain = format!("{:.1}", overview["pain_lately"].as_f64().unwrap());
    for expected in [week, met, sessions, "6 runs".to_owned(), pain, "before 20 min / week".to_owned()] {
        assert!(words.contains(&expected), "{expected} is missing in\n{words}");
    }
    let trend = overview["trend"]["slope_s"].as_f64();
    assert_eq!(trend.is_none(), words.contains("needs four whole weeks"));
    // Every week is in the chart's words.
    for week in said["weeks"].as_array().unwrap().iter().filter(|week| week["runs"].as_u64() > Some(0)) {
        let spent = spinepace::units::duration_exact_words(week["in_band_s"].as_f64().unwrap());
        assert!(words.contains(&spent), "{spent} is missing in\n{words}");
    }
}

#[test]
fn a_dose_is_changed_with_its_history_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let who = with_person(folder.path(), "P-014", &[(12, 20), (20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 2 kept runs");
    for (minutes, from) in [("20", "2026-05-01"), ("45", "today")] {
        click(&mut harness, "Change the dose…");
        write(&mut harness, "Minutes a week", minutes);
        write(&mut harness, "Sessions a week", "3");
        write(&mut harness, "From", from);
        click(&mut harness, "Agree on it");
    }
    for words in ["agreed 45 min / week", "before 20 min / week", "sessions 3 / week", "from 23 May 2026"] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    // What cannot be is said in the form, which stays.
    click(&mut harness, "Change the dose…");
    write(&mut harness, "Minutes a week", "a lot");
    click(&mut harness, "Agree on it");
    assert!(has(&harness, "“a lot” is not a number"));
    click(&mut harness, "Cancel");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    settle(&mut harness);
    assert!(has(&harness, "agreed 20 min / week"), "{}", all_words(&harness));
    drop(harness);
    assert_eq!(open(folder.path()).doses(who).unwrap().len(), 1);
}

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
    type Deed = fn(&mut Harness<'static, App>);
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
    click(&mut harness, "Put it on");
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
fn notes_and_pain_are_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let who = with_person(folder.path(), "P-014", &[(20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 1 kept run");
    ask(&mut harness, "add a note");
    write(&mut harness, "Note", "Keep the walk breaks.");
    click(&mut harness, "Save");
    assert!(has(&harness, "Note of 23 May 2026: Keep the walk breaks."));
    ask(&mut harness, "record a day");
    harness.get_by_label("Pain: 4").click();
    harness.run();
    click(&mut harness, "Save");
    harness.get_by_label_contains("Run of 20 May 2026").click_secondary();
    harness.run();
    click(&mut harness, "Note and pain…");
    harness.get_by_label("Pain before: 5").click();
    harness.run();
    harness.get_by_label("Pain after: 2").click();
    harness.run();
    click(&mut harness, "Save");
    assert!(has(&harness, "pain 5 → 2"), "{}", all_words(&harness));
    drop(harness);
    let library = open(folder.path());
    assert_eq!(library.notes(who).unwrap()[0].text, "Keep the walk breaks.");
    assert_eq!(library.day_pains(who).unwrap()[0].level, 4);
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

#[test]
fn a_page_over_some_weeks_is_made() {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(4, 12), (12, 20), (20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 3 kept runs");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_ok();
    for _ in 0..1_000 {
        harness.step();
        if harness.query_by_label("The page as it will be printed").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    harness.get_by_label("The page as it will be printed");
    for control in ["Note", "9 weeks", "Save…", "Open to print", "US Letter"] {
        harness.get_by_label(control);
    }
}

/// All of the page in a window of a size, and its picture.
fn page_at(size: [f32; 2], name: &str) {
    let folder = tempfile::tempdir().unwrap();
    with_person(folder.path(), "P-014", &[(4, 12), (12, 20), (20, 25)]);
    let mut harness = window(&folder.path().join("library"), size, Vec::new());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::G);
    harness.run();
    harness.get_by_label("Go to whom? Type a few letters of the name").type_text("P-0");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    settle(&mut harness);
    for words in ["This week: ", "Weekly dose", "Run of 20 May 2026", "Notes", "Data of this person"] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    harness.remove_cursor();
    harness.run();
    harness.snapshot(name);
}

#[test]
fn a_small_window_has_all_of_the_page() {
    page_at([1280.0, 720.0], "person_1280");
}

#[test]
fn one_column_has_all_of_the_page() {
    page_at([720.0, 900.0], "person_720");
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
