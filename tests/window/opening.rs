//! Which of the runs that are opened together is shown, and that it is seen in the list.

use std::fs;

use crate::harness::{gpx, settle, window, with_sample};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

/// The name and place of the chosen entry.
fn chosen(harness: &Harness<'_, App>) -> (String, egui::Rect) {
    let entries = harness.query_all_by_role(Role::ListBoxOption);
    let mut chosen = entries.filter(|node| node.accesskit_node().is_selected() == Some(true));
    let node = chosen.next().expect("one is chosen");
    (node.accesskit_node().label().unwrap_or_default(), node.rect())
}

#[test]
fn the_first_named_opens_first_whatever_is_read_sooner() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("long.gpx");
    fs::write(&long, gpx("Long and old", "", 1, &[(9000, 2.2)])).unwrap();
    let mut files = vec![long];
    for day in 2..8 {
        let file = folder.path().join(format!("{day}.gpx"));
        fs::write(&file, gpx(&format!("Day {day}"), "", day, &[(120, 2.2)])).unwrap();
        files.push(file);
    }
    let harness = window([1440.0, 900.0], 1.0, files);
    assert!(chosen(&harness).0.contains("Long and old"), "{:?}", chosen(&harness));
}

#[test]
fn of_a_folder_the_newest_opens_and_is_seen_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    // Named so that the newest comes neither first nor last.
    for day in 1..=28 {
        let file = folder.path().join(format!("{:02}.gpx", (day * 11) % 29));
        let seconds = if day == 28 { 4000 } else { 60 };
        fs::write(file, gpx(&format!("Day {day}"), "", day, &[(seconds, 2.2)])).unwrap();
    }
    let mut harness = window([1024.0, 480.0], 1.0, vec![folder.path().to_owned()]);
    let (name, rect) = chosen(&harness);
    assert!(name.contains("Day 28"), "{name}");
    assert!(rect.top() > 40.0 && rect.bottom() < 430.0, "{rect:?}");
    // The one on show stays in view when keys lead on.
    for _ in 0..27 {
        harness.key_press(Key::PageDown);
        harness.run();
        settle(&mut harness);
    }
    let (name, rect) = chosen(&harness);
    assert!(name.contains("Day 1,"), "{name}");
    assert!(rect.top() > 40.0 && rect.bottom() < 430.0, "{rect:?}");
}

#[test]
fn where_the_first_named_is_broken_the_newest_of_the_others_opens() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.gpx");
    fs::write(&broken, "").unwrap();
    let mut files = vec![broken];
    for day in [3, 9, 5] {
        let file = folder.path().join(format!("{day}.gpx"));
        fs::write(&file, gpx(&format!("Day {day}"), "", day, &[(120, 2.2)])).unwrap();
        files.push(file);
    }
    let harness = window([1440.0, 900.0], 1.0, files);
    assert!(chosen(&harness).0.contains("Day 9"), "{:?}", chosen(&harness));
}

#[test]
fn a_typed_pace_becomes_a_threshold_that_can_be_read() {
    let mut harness = with_sample("Run and walk");
    crate::harness::command(&mut harness, "min/km");
    let field = harness.get_all_by_role(Role::SpinButton).last().unwrap();
    field.click();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.event(egui::Event::Text("12:00".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let words = crate::harness::all_words(&harness);
    assert!(words.contains("1.39 m/s"), "{words}");
    assert!(!words.contains("1.388"), "{words}");
}

#[test]
fn shift_and_drag_after_a_comparison_has_ended_moves_the_chart_within_the_run() {
    let mut harness = with_sample("Easy jog");
    crate::harness::command(&mut harness, "sample run and walk");
    settle(&mut harness);
    // The shorter one is on show, zoomed to where only the longer one goes on.
    harness.get_by_label_contains("Easy jog · ").click();
    harness.run();
    crate::harness::command(&mut harness, "compare with");
    harness.get_by_label_contains("with Run and walk").click();
    harness.run();
    settle(&mut harness);
    let rect = harness.get_by_label_contains("Speed over 4").rect();
    let at = egui::pos2(rect.right() - 30.0, rect.center().y);
    harness.hover_at(at);
    harness.run();
    for _ in 0..5 {
        harness.key_press(Key::Plus);
        harness.run();
    }
    crate::harness::command(&mut harness, "end the comparison");
    settle(&mut harness);
    let rect = harness.get_by_label_contains("Speed over 4").rect();
    harness.event(egui::Event::ModifiersChanged(Modifiers::SHIFT));
    harness.drag_at(rect.center());
    harness.step();
    for by in [-60.0, -200.0, -400.0, 300.0] {
        harness.hover_at(rect.center() + egui::vec2(by, 0.0));
        harness.step();
    }
    harness.drop_at(rect.center());
    harness.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    harness.run();
    harness.get_by_label_contains("Speed over 4");
}
