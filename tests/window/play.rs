//! The cursor that runs through a run: by Space, faster and slower, in steps, to the end.

use crate::harness::{command, with_sample};
use egui::{Key, Modifiers, Rect};
use egui_kittest::{Harness, kittest::Queryable as _};
use spinepace::app::App;

fn chart(harness: &Harness<'_, App>) -> Rect {
    harness.get_by_label_contains("Speed over 4").rect()
}

/// How many pixels of the speed chart differ between two pictures.
fn moved(harness: &mut Harness<'static, App>, frames: usize) -> usize {
    let rect = chart(harness);
    let before = harness.render().expect("a picture");
    harness.run_steps(frames);
    let after = harness.render().expect("a picture");
    let inside = |x: u32, y: u32| rect.contains(egui::pos2(x as f32, y as f32));
    before
        .enumerate_pixels()
        .filter(|(x, y, pixel)| inside(*x, *y) && after.get_pixel(*x, *y) != *pixel)
        .count()
}

#[test]
fn space_starts_and_stops_it() {
    let mut harness = with_sample("Run and walk");
    harness.key_press(Key::Space);
    harness.run_steps(3);
    harness.get_by_label("Stop");
    // 50 frames of 0.02 s at ten times the pace are 10 s of the run.
    assert!(moved(&mut harness, 50) > 100, "the cursor stands");
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_label("Play");
    assert_eq!(moved(&mut harness, 50), 0, "the cursor runs on");
    assert_eq!(harness.run(), 1, "nothing is drawn while nothing moves");
}

#[test]
fn space_is_heard_in_the_chart_and_left_to_buttons() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label_contains("Speed over 4").focus();
    harness.run();
    harness.key_press(Key::Space);
    harness.run_steps(3);
    harness.get_by_label("Stop");
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_label("Play");
    harness.get_by_label("Speed over: distance").focus();
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_label("Play");
}

#[test]
fn a_capital_letter_is_typed_and_no_command() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label("Search runs").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::P);
    harness.run();
    harness.get_by_label("Play");
}

#[test]
fn it_runs_faster_as_asked_and_stops_at_the_end() {
    let mut harness = with_sample("Run and walk");
    for _ in 0..3 {
        harness.key_press_modifiers(Modifiers::SHIFT, Key::P);
        harness.run_steps(2);
    }
    harness.get_by_label("120x, next play speed");
    // 45 min at 120 times the pace are 22.5 s, 1,125 frames.
    harness.run_steps(1_000);
    harness.get_by_label("Stop");
    harness.run_steps(200);
    harness.get_by_label("Play");
}

#[test]
fn with_reduced_motion_it_moves_once_a_second() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "reduced motion");
    harness.key_press(Key::Space);
    harness.run_steps(3);
    harness.get_by_label("Stop");
    harness.run_steps(60);
    // Between two steps of a second lie 50 frames; in 30 of them it moves at most once.
    let mut steps = 0;
    for _ in 0..10 {
        steps += usize::from(moved(&mut harness, 10) > 0);
    }
    assert!((1..=3).contains(&steps), "{steps} steps in 2 s");
}
