//! A person's page: dose, weekdays, notes and pain, and the page over some weeks.

use std::process::Command;

use super::{TODAY, ask, click, has, open, today, usual, window, with_person, write};
use crate::harness::{all_words, settle};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use spinepace::library::Dose;

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
        click(&mut harness, "Set the dose");
    }
    for words in ["agreed 45 min / week", "before 20 min / week", "sessions 3 / week", "from 23 May 2026"] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    // What cannot be is said in the form, which stays.
    click(&mut harness, "Change the dose…");
    write(&mut harness, "Minutes a week", "a lot");
    click(&mut harness, "Set the dose");
    assert!(has(&harness, "“a lot” is not a number"));
    click(&mut harness, "Cancel");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    settle(&mut harness);
    assert!(has(&harness, "agreed 20 min / week"), "{}", all_words(&harness));
    drop(harness);
    assert_eq!(open(folder.path()).doses(who).unwrap().len(), 1);
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
