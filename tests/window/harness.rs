//! A window without a screen, for the tests of it.

use std::{path::PathBuf, thread, time::Duration};

use egui_kittest::{Harness, kittest::Queryable as _};
use spinepace::app::App;

/// A window of a size with these files open, everything read and drawn.
pub fn window(size: [f32; 2], scale: f32, paths: Vec<PathBuf>) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_theme(egui::Theme::Light)
        .with_max_steps(60)
        // A double click must fit into 0.3 s, and every event takes a frame.
        .with_step_dt(0.02)
        .build_eframe(|cc| App::new(cc, paths));
    settle(&mut harness);
    harness
}

/// Waits until nothing is being read or computed and nothing is to be drawn any more.
pub fn settle(harness: &mut Harness<'static, App>) {
    for _ in 0..6_000 {
        harness.step();
        if !harness.state().is_busy() {
            harness.run();
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("still at work after a minute");
}

/// A window of the usual size on which a sample was clicked.
pub fn with_sample(title: &str) -> Harness<'static, App> {
    let mut harness = window([1440.0, 900.0], 1.0, Vec::new());
    open_sample(&mut harness, title);
    harness
}

/// Clicks a sample of the empty window.
pub fn open_sample(harness: &mut Harness<'static, App>, title: &str) {
    harness.get_by_label_contains(&format!("Sample: {title}")).click();
    harness.run();
    settle(harness);
}

/// Runs a command as a person does who knows a few letters of it.
pub fn command(harness: &mut Harness<'static, App>, letters: &str) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.run();
    harness.get_by_label("Find a command").type_text(letters);
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
}
