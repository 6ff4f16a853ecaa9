//! Very short, very long and very many runs, on small and on very large screens.

use std::path::PathBuf;

use crate::{
    harness::{command, open_sample, settle, window, with_sample},
    track,
};
use egui::{Key, Modifiers, Rect, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

const USUAL: [f32; 2] = [1440.0, 900.0];

/// A window with runs of these lengths open, s.
fn with_runs(size: [f32; 2], lengths_s: &[u32]) -> Harness<'static, App> {
    let folder = tempfile::tempdir().unwrap();
    for (k, seconds) in lengths_s.iter().enumerate() {
        track::write(&folder.path().join(format!("{k:03}.gpx")), k as u32, *seconds);
    }
    window(size, 1.0, vec![PathBuf::from(folder.path())])
}

fn headline(harness: &Harness<'_, App>) -> String {
    let heading = harness
        .get_all_by_role(Role::Heading)
        .find_map(|node| node.accesskit_node().label().filter(|label| label.contains(" moving, likely ")));
    heading.expect("a headline")
}

/// What the list says of the runs that are seen.
fn listed(harness: &Harness<'_, App>) -> Vec<String> {
    let options = harness.get_all_by_role(Role::ListBoxOption);
    options.filter_map(|node| node.accesskit_node().label()).collect()
}

fn raise_threshold(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowUp);
    harness.run_ok();
}

/// Nothing that stands still is cut off at a side or lies on something else, and every word is a word.
fn is_laid_out(harness: &Harness<'_, App>, size: [f32; 2]) {
    let screen = Rect::from_min_size(egui::Pos2::ZERO, size.into());
    let mut seen: Vec<(Rect, String)> = Vec::new();
    for role in [Role::Label, Role::Button, Role::RadioButton, Role::SpinButton, Role::Heading] {
        for node in harness.query_all_by_role(role) {
            let words = node.accesskit_node().label().or(node.accesskit_node().value()).unwrap_or_default();
            let rect = node.rect();
            if words.is_empty() || rect.top() >= screen.bottom() || !rect.is_positive() {
                continue;
            }
            assert!(!words.contains("NaN") && !words.contains("inf"), "“{words}”");
            assert!(
                rect.left() >= -0.5 && rect.right() <= screen.right() + 0.5 && rect.top() >= -0.5,
                "“{words}” at {rect:?} leaves {size:?}"
            );
            for (other, of) in &seen {
                let common = rect.intersect(*other);
                // Glyphs may stand a little out of their lines.
                let apart = common.width() <= 1.5 || common.height() <= 2.5;
                // A figure and its name are one.
                assert!(
                    apart || of.contains(&words) || words.contains(of),
                    "“{words}” at {rect:?} on “{of}” at {other:?}, {size:?}"
                );
            }
            seen.push((rect, words));
        }
    }
    assert!(seen.len() > 20, "only {} words", seen.len());
}

#[test]
fn five_hundred_runs_are_listed_scrolled_searched_and_follow_the_threshold() {
    let mut harness = with_runs(USUAL, &[150; 500]);
    let before = listed(&harness);
    assert!((5..40).contains(&before.len()), "{} of 500 are drawn", before.len());
    assert!(before.iter().all(|words| words.contains("% spine-friendly")), "{before:?}");
    // The last one of the list is the oldest.
    harness.get_by_label("Search runs").focus();
    harness.run();
    harness.get_by_label("Search runs").type_text("round 0");
    harness.run();
    settle(&mut harness);
    let found = listed(&harness);
    assert_eq!(found.len(), 1, "{found:?}");
    harness.get_all_by_label_contains("Long way round 0, ").next().unwrap().click();
    harness.run();
    settle(&mut harness);
    let walked = headline(&harness);
    for _ in 0..15 {
        raise_threshold(&mut harness);
    }
    settle(&mut harness);
    assert!(
        listed(&harness).iter().all(|words| words.contains("100% at or below 3.5 m/s")),
        "{:?}",
        listed(&harness)
    );
    assert!(headline(&harness).contains(", 100% of"), "{walked} became {}", headline(&harness));
    assert_eq!(harness.run(), 1, "an idle window draws nothing");
}

#[test]
fn three_minutes() {
    let mut harness = with_runs(USUAL, &[180]);
    assert!(headline(&harness).contains("% of 2 min"), "{}", headline(&harness));
    assert!(harness.query_by_label_contains("Elapsed: 2:59").is_some());
    for width in [720.0, 1024.0, 1440.0] {
        harness.set_size(egui::vec2(width, 700.0));
        harness.run();
        is_laid_out(&harness, [width, 700.0]);
    }
}

#[test]
fn thirty_hours() {
    let mut harness = with_runs(USUAL, &[108_000]);
    assert!(harness.query_by_label_contains("Elapsed: 29:59:59").is_some());
    is_laid_out(&harness, USUAL);
    let before = headline(&harness);
    assert!(before.contains(", 50% of 29 h 59 min"), "half of it was walked: {before}");
    // The window never waits: the numbers stay until the new ones are there.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowUp);
    harness.step();
    assert!(!headline(&harness).is_empty());
    for _ in 0..10 {
        raise_threshold(&mut harness);
    }
    settle(&mut harness);
    let after = headline(&harness);
    assert!(after.contains(", 100% of"), "{before} became {after}");
    assert_eq!(harness.run(), 1, "an idle window draws nothing");
    // A split of it: everything speaks of that.
    harness.get_by_label_contains("Split 3, 1.00 km").click_accesskit();
    harness.run_ok();
    settle(&mut harness);
    harness.get_by_label_contains("Only ");
    assert_ne!(headline(&harness), after);
    harness.key_press(Key::Escape);
    harness.run_ok();
    settle(&mut harness);
    assert_eq!(headline(&harness), after);
}

#[test]
fn long_runs_are_compared() {
    let mut harness = with_runs(USUAL, &[5_000, 6_000]);
    harness.get_by_label("Compare").click();
    harness.run();
    harness.get_by_label_contains("with Long way round 0, ").click();
    harness.run_ok();
    settle(&mut harness);
    harness.get_by_label_contains("at a spine-friendly pace than Long way round 0");
    let chart = |harness: &Harness<'_, App>| {
        harness.get_by_label_contains("Dashed, for comparison: ").accesskit_node().label().unwrap()
    };
    let before = chart(&harness);
    for _ in 0..10 {
        raise_threshold(&mut harness);
    }
    settle(&mut harness);
    assert_ne!(chart(&harness), before);
    command(&mut harness, "speed over distance");
    settle(&mut harness);
    chart(&harness);
    // A run is not compared with itself.
    harness.key_press(Key::PageDown);
    harness.run_ok();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Dashed, for comparison: ").is_none());
    assert!(harness.query_by_label_contains("Elapsed: 1:23:19").is_some());
}

#[test]
fn every_screen_from_small_to_very_large() {
    for (size, scale) in [
        ([1024.0, 700.0], 1.0),
        ([1440.0, 900.0], 1.0),
        ([1920.0, 1080.0], 2.0),
        ([3840.0, 2160.0], 1.0),
        ([3840.0, 2160.0], 2.0),
    ] {
        let mut harness = window(size, scale, Vec::new());
        open_sample(&mut harness, "Stop and go in town");
        is_laid_out(&harness, size);
        harness.get_by_label_contains("Split 1, 1.00 km").click_accesskit();
        harness.run();
        is_laid_out(&harness, size);
    }
}

#[test]
fn a_run_without_heart_rate_says_nothing_of_it() {
    let harness = with_sample("Brisk walk");
    assert_eq!(harness.query_all_by_label_contains("heart").count(), 0);
    assert_eq!(harness.query_all_by_label_contains("bpm").count(), 0);
}
