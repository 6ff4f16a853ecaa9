//! The words go with the edges: the article's claim is made for the article's limit alone.

use crate::harness::{all_words, command, gpx, window, with_a_run_above_the_threshold, with_sample};
use egui::{Key, Modifiers, accesskit::Toggled};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

const KEEP: &str = "Keep this threshold for every start";

fn raise(harness: &mut Harness<'static, App>, times: usize) {
    for _ in 0..times {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowUp);
        harness.run();
    }
}

#[test]
fn a_moved_threshold_keeps_no_claim_anywhere() {
    let mut harness = with_sample("Run and walk");
    assert!(all_words(&harness).contains("spine-friendly"));
    raise(&mut harness, 10);
    for split in ["split by kilometre", "split by stretch", "show it point by point"] {
        command(&mut harness, split);
        let words = all_words(&harness);
        assert!(words.contains("at or below your threshold of 3 m/s (the article says 2)"), "{words}");
        let claim = words.lines().find(|line| line.contains("spine-friendly"));
        assert_eq!(claim, None, "{split}");
    }
    harness.key_press(Key::F5);
    harness.run();
    let words = all_words(&harness);
    assert!(words.contains("at or below your threshold of 3 m/s"), "{words}");
    assert!(!words.contains("spine-friendly"), "{words}");
}

#[test]
fn kind_words_speak_of_the_threshold_in_force() {
    let harness = with_a_run_above_the_threshold();
    let words = all_words(&harness);
    assert!(words.contains("All of it was above your threshold of 0.6 m/s (the article says 2)."), "{words}");
}

#[test]
fn a_threshold_is_kept_for_the_next_start_only_where_that_is_asked_for() {
    let mut harness = with_sample("Run and walk");
    assert!(harness.query_by_label(KEEP).is_none());
    raise(&mut harness, 1);
    let kept = |harness: &Harness<'_, App>| harness.get_by_label(KEEP).accesskit_node().toggled();
    assert_ne!(kept(&harness), Some(Toggled::True));
    harness.get_by_label(KEEP).click();
    harness.run();
    assert_eq!(kept(&harness), Some(Toggled::True));
    // Moved back by hand it stays what every start begins with, and is marked as such.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowDown);
    harness.run();
    assert_eq!(kept(&harness), Some(Toggled::True));
    harness.get_by_label("Reset").click();
    harness.run();
    assert!(harness.query_by_label(KEEP).is_none());
}

/// Seconds of a part of the bar.
fn part_s(harness: &Harness<'_, App>, name: &str) -> f64 {
    let label = harness.query_all_by_label_contains(name).find_map(|node| node.accesskit_node().label());
    let Some(label) = label else { return 0.0 };
    let clock = label.rsplit(": ").next().unwrap().split(',').next().unwrap();
    clock.split(':').fold(0.0, |sum, part| 60.0 * sum + part.parse::<f64>().unwrap())
}

#[test]
fn a_click_on_brisk_or_gentle_chooses_the_longest_stretch_of_just_that() {
    for (clicked, other) in
        [("brisk, 1.5 to 2.0", "gentle, below 1.5"), ("gentle, below 1.5", "brisk, 1.5 to 2.0")]
    {
        let mut harness = with_sample("Run and walk");
        let words = all_words(&harness);
        assert!(
            words.lines().any(|line| line == "brisk") && words.lines().any(|line| line == "gentle"),
            "{words}"
        );
        harness.get_by_label_contains(clicked).click();
        harness.run();
        harness.get_by_label_contains("Only ");
        let (much, little) = (part_s(&harness, clicked), part_s(&harness, other));
        assert!(much > 3.0 * little, "{clicked}: {much} s, and {little} s of the other");
    }
}

#[test]
fn a_gentle_hike_hears_what_the_study_saw_of_slow_walking() {
    let folder = tempfile::tempdir().unwrap();
    let hike = folder.path().join("hike.gpx");
    std::fs::write(&hike, gpx("Hike", "hiking", 1, &[(2400, 1.1)])).unwrap();
    let harness = window([1440.0, 900.0], 1.0, vec![hike]);
    let words = all_words(&harness);
    assert!(words.contains("Slower walking did not go with better discs in the study."), "{words}");
    drop(harness);
    let brisk = with_sample("Brisk walk");
    assert!(!all_words(&brisk).contains("Slower walking did not go with better discs"));
}
