//! A person's page: weekdays that are agreed, the calendar of sessions, and the person's colour.

use super::{ask, click, has, open, usual, with_person, write};
use crate::harness::{all_words, settle};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use spinepace::app::App;

#[test]
fn sessions_are_agreed_for_weekdays_and_one_is_moved_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let who = with_person(folder.path(), "P-014", &[(12, 20), (20, 25)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 2 kept runs");
    assert!(has(&harness, "Week of 18 May: 1 session done, none agreed"), "{}", all_words(&harness));
    click(&mut harness, "Weekdays…");
    for day in ["Mon", "Wed", "Sun"] {
        click(&mut harness, &format!("Sessions on: {day}"));
    }
    write(&mut harness, "From", "2026-05-04");
    click(&mut harness, "Set the weekdays");
    for words in [
        "on Mon, Wed, Sun",
        "Week of 11 May: 1 of 3 sessions done, 1 moved, 2 missed",
        "Mon 11 May: session moved, done on Tue 12 May",
        "Week of 18 May: 1 of 3 sessions done, 1 missed",
        "Wed 20 May: session done",
        "Week of 25 May: 0 of 3 sessions done. Mon 25 May: session agreed",
    ] {
        assert!(has(&harness, words), "{words} is missing in\n{}", all_words(&harness));
    }
    // Sunday's can be done today instead; a session of a week that is over cannot go anywhere.
    let movable = |harness: &Harness<'_, App>| harness.query_all_by_label_contains("Move it…").count();
    assert_eq!(movable(&harness), 5, "Monday's and Sunday's of this week, and all of the next");
    click(&mut harness, "Sun 24 May: session agreed. Move it…");
    click(&mut harness, "Move to Sat 23 May");
    let moved = "Sat 23 May: session moved here from Sun 24 May. Move it…";
    assert!(has(&harness, moved) && has(&harness, "Sun 24 May: session moved to Sat 23 May"));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    settle(&mut harness);
    assert!(has(&harness, "Sun 24 May: session agreed"), "{}", all_words(&harness));
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    harness.run();
    settle(&mut harness);
    click(&mut harness, moved);
    click(&mut harness, "Move back to Sun 24 May");
    assert!(has(&harness, "Sun 24 May: session agreed. Move it…"), "{}", all_words(&harness));
    drop(harness);
    let library = open(folder.path());
    assert_eq!(library.session_moves(who).unwrap(), []);
    assert_eq!(library.plans(who).unwrap()[0].weekdays.to_string(), "Mon,Wed,Sun");
}

#[test]
fn a_person_has_a_colour_in_lists() {
    let folder = tempfile::tempdir().unwrap();
    let who = with_person(folder.path(), "P-014", &[(12, 20)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 1 kept run");
    click(&mut harness, "Name and colour…");
    click(&mut harness, "Colour: violet");
    click(&mut harness, "Save");
    assert!(has(&harness, "P-014, 1 kept run, violet"), "{}", all_words(&harness));
    ask(&mut harness, "new person");
    write(&mut harness, "Pseudonym or initials", "P-015");
    click(&mut harness, "Colour: sky");
    click(&mut harness, "Enter");
    assert!(has(&harness, "P-015, 0 kept runs, sky"), "{}", all_words(&harness));
    drop(harness);
    assert_eq!(open(folder.path()).person(who).unwrap().colour, "violet");
}
