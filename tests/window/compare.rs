//! Two runs compared: chosen by keys alone, told in words, left with Escape.

use crate::harness::{command, settle, with_sample};
use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

/// A window that shows a brisk walk beside a run with walks in it.
fn compared() -> Harness<'static, App> {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "sample easy");
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    harness.run();
    harness.get_by_label("Find a run to compare with").type_text("walk");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness
}

fn said(harness: &Harness<'_, App>, part: &str) -> Vec<String> {
    let nodes = harness.query_all_by_label_contains(part);
    nodes.filter_map(|node| node.accesskit_node().value()).collect()
}

#[test]
fn the_difference_is_told_with_its_interval_until_escape() {
    let mut harness = compared();
    harness.get_by_label("Compared");
    let more = said(&harness, "at a spine-friendly pace than Run and walk");
    assert!(more.iter().any(|words| words.contains(" more ")), "{more:?}");
    let sure = said(&harness, "likely ");
    assert_eq!(sure.iter().filter(|words| words.ends_with(" more (95%)")).count(), 1, "{sure:?}");
    assert!(sure.len() >= 3, "both runs have an interval of their own: {sure:?}");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Compared").is_none());
}

#[test]
fn the_chart_tells_of_both_runs() {
    let mut harness = compared();
    harness.get_by_label_contains("Dashed, for comparison: Run and walk, ");
    command(&mut harness, "over distance");
    harness.get_by_label_contains("Dashed, for comparison: Run and walk, ");
    command(&mut harness, "end the comparison");
    assert!(harness.query_by_label_contains("Dashed, for comparison").is_none());
}

#[test]
fn the_other_way_round_it_is_less() {
    let mut harness = compared();
    // The run on show is the other one now, and a run is not compared with itself.
    command(&mut harness, "sample run and walk");
    assert!(harness.query_by_label("Compared").is_none());
    harness.get_by_label("Compare").click();
    harness.run();
    harness.get_by_label_contains("with Easy jog, ").click();
    harness.run();
    let less = said(&harness, "at a spine-friendly pace than Easy jog");
    assert!(less.iter().any(|words| words.contains(" less ")), "{less:?}");
    assert!(said(&harness, "likely ").iter().any(|words| words.ends_with(" less (95%)")));
}

#[test]
fn a_single_run_has_nothing_to_be_compared_with() {
    let mut harness = with_sample("Run and walk");
    assert!(harness.query_by_label("Compare").is_none());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::D);
    harness.run();
    assert!(harness.query_by_label("Find a run to compare with").is_none());
}
