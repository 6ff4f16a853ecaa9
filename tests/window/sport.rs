//! The sport, where a file names one: shown, searched for, and listed alone.

use std::fs;

use crate::harness::{all_words, command, gpx, settle, window};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;
use tempfile::TempDir;

/// Two runs, a ride and a recording that names no sport; the ride is the newest.
fn four() -> (TempDir, Harness<'static, App>) {
    let folder = tempfile::tempdir().unwrap();
    for (day, name, kind, speed) in [
        (1, "Along the river", "running", 2.4),
        (2, "With the dog", "Run", 1.8),
        (3, "Who knows", "", 1.8),
        (4, "To work", "Biking", 6.0),
    ] {
        let file = folder.path().join(format!("{day}.gpx"));
        fs::write(file, gpx(name, kind, day, &[(300, speed)])).unwrap();
    }
    let harness = window([1440.0, 900.0], 1.0, vec![folder.path().to_owned()]);
    (folder, harness)
}

fn listed(harness: &Harness<'_, App>) -> Vec<String> {
    let entries = harness.query_all_by_role(Role::ListBoxOption);
    entries.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn it_stands_in_the_list_and_in_the_headlines_card() {
    let (_folder, harness) = four();
    let of = |name: &str| listed(&harness).into_iter().find(|words| words.contains(name)).unwrap_or_default();
    assert!(of("To work").contains(", cycling"), "{}", of("To work"));
    assert!(of("With the dog").contains(", running"), "{}", of("With the dog"));
    assert!(!of("Who knows").contains("running"), "{}", of("Who knows"));
    let heads = harness.query_all_by_role(Role::Heading).filter_map(|node| node.accesskit_node().label());
    let card = heads.into_iter().find(|words| words.starts_with("To work, Mon 4 May 2026"));
    assert!(card.as_deref().is_some_and(|words| words.ends_with(", cycling")), "{card:?}");
}

#[test]
fn a_ride_hears_a_kind_remark_and_no_advice() {
    let (_folder, mut harness) = four();
    let words = all_words(&harness);
    assert!(words.contains("Recorded as cycling: the study looked at walking and running"), "{words}");
    let heads: Vec<_> =
        harness.query_all_by_role(Role::Heading).filter_map(|node| node.accesskit_node().label()).collect();
    assert!(heads.iter().any(|words| words.contains(" at or below 2 m/s, ")), "{heads:?}");
    assert!(heads.iter().all(|words| !words.contains("at a spine-friendly pace")), "{heads:?}");
    for advice in ["walk break", "easy start"] {
        assert!(!words.contains(advice), "{advice}: {words}");
    }
    harness.get_by_label_contains("Along the river, Fri 1 May 2026, ").click();
    harness.run();
    settle(&mut harness);
    assert!(all_words(&harness).contains("a walk break or an easy start would add time here"));
}

#[test]
fn it_is_found_by_the_words_that_people_use_and_listed_alone() {
    let (_folder, mut harness) = four();
    for (typed, count) in [("ride", 1), ("cycling", 1), ("bike", 1), ("jog", 2), ("swim", 0)] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
        harness.run();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.run();
        harness.get_by_label("Search runs").type_text(typed);
        harness.run();
        assert_eq!(listed(&harness).len(), count, "{typed}");
    }
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    harness.key_press(Key::Backspace);
    harness.run();
    harness.get_by_label("Sort runs").click();
    harness.run();
    harness.get_by_label("List only running · 2").click();
    harness.run();
    assert_eq!(listed(&harness).len(), 2, "{:?}", listed(&harness));
    harness.get_by_label("Only running · 2");
    harness.get_by_label("All sports").click();
    harness.run();
    assert_eq!(listed(&harness).len(), 4);
    command(&mut harness, "only cycling");
    assert_eq!(listed(&harness).len(), 1);
}
