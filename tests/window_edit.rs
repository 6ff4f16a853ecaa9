//! Cuts in use: made, counted, taken back and made again; the recording stays whole.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is to fail")]

mod window;

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;
use window::{command, settle, with_sample};

fn headline(harness: &Harness<'_, App>) -> String {
    let heading = harness.get_all_by_role(Role::Heading).find_map(|node| {
        node.accesskit_node().label().filter(|label| label.contains("at a spine-friendly pace, "))
    });
    heading.expect("a headline")
}

fn figure(harness: &Harness<'_, App>, name: &str) -> String {
    let label = format!("{name}: ");
    let node = harness.get_by_label_contains(&label);
    let words = node.accesskit_node().value().unwrap_or_default();
    words.rsplit(": ").next().unwrap_or_default().to_owned()
}

fn choose(harness: &mut Harness<'static, App>, split: &str) {
    harness.get_by_label_contains(split).click_accesskit();
    harness.run();
    harness.get_by_label_contains("Only ");
}

#[test]
fn cuts_are_counted_and_taken_back_one_by_one() {
    let mut harness = with_sample("Run and walk");
    let whole = headline(&harness);
    choose(&mut harness, "Split 2, 1.00 km");
    harness.key_press(Key::Delete);
    harness.run();
    settle(&mut harness);
    harness.get_by_label("Edited: 1 cut, the file is untouched");
    let once = headline(&harness);
    choose(&mut harness, "Split 1, 1.00 km");
    harness.get_by_label("Leave this out").click();
    harness.run();
    settle(&mut harness);
    harness.get_by_label("Edited: 2 cuts, the file is untouched");
    let twice = headline(&harness);
    assert!(whole != once && once != twice);
    for expected in [&once, &whole] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
        settle(&mut harness);
        assert_eq!(&headline(&harness), expected);
    }
    for expected in [&once, &twice] {
        harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        harness.run();
        settle(&mut harness);
        assert_eq!(&headline(&harness), expected);
    }
}

#[test]
fn what_is_left_out_counts_as_paused_and_what_is_trimmed_off_does_not_count() {
    let mut harness = with_sample("Run and walk");
    let elapsed = figure(&harness, "Elapsed");
    choose(&mut harness, "Split 3, 1.00 km");
    command(&mut harness, "leave the chosen stretch out");
    settle(&mut harness);
    assert_eq!(figure(&harness, "Elapsed"), elapsed);
    assert!(harness.query_all_by_label_contains("paused: ").count() > 0, "no pause in the bar");
    command(&mut harness, "undo the last cut");
    settle(&mut harness);
    choose(&mut harness, "Split 3, 1.00 km");
    command(&mut harness, "keep only the chosen stretch");
    settle(&mut harness);
    assert_ne!(figure(&harness, "Elapsed"), elapsed);
}

#[test]
fn cuts_stay_with_their_run() {
    let mut harness = with_sample("Run and walk");
    choose(&mut harness, "Split 2, 1.00 km");
    harness.get_by_label("Leave this out").click();
    harness.run();
    settle(&mut harness);
    let cut = headline(&harness);
    command(&mut harness, "sample easy");
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Edited: ").is_none());
    command(&mut harness, "sample run and walk");
    settle(&mut harness);
    assert_eq!(headline(&harness), cut);
    harness.get_by_label("Undo");
}
