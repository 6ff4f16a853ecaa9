//! A window without a screen, for the tests of it.

use std::{collections::HashMap, fmt::Write as _, path::PathBuf, thread, time::Duration};

use egui::{Event, Key, Modifiers, Pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _, by},
};
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

/// A window on a sample, all of which is faster than a threshold of 0.6 m/s.
pub fn with_a_run_above_the_threshold() -> Harness<'static, App> {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "sample tempo");
    settle(&mut harness);
    for _ in 0..14 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowDown);
        harness.run();
    }
    harness
}

/// Runs a command as a person does who knows a few letters of it.
pub fn command(harness: &mut Harness<'static, App>, letters: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run();
    harness.get_by_label("Find a command").type_text(letters);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

/// Turns the wheel over a place, with these keys held.
pub fn wheel(harness: &mut Harness<'_, App>, at: Pos2, by: f32, modifiers: Modifiers) {
    harness.hover_at(at);
    harness.run();
    harness.event_modifiers(
        Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, by),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers,
        },
        modifiers,
    );
    harness.run_ok();
}

/// All that is written in the window, as screen readers find it.
pub fn all_words(harness: &Harness<'_, App>) -> String {
    let nodes = harness.query_all(by().predicate(|_| true));
    let words = nodes.flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()]);
    words.flatten().collect::<Vec<_>>().join("\n")
}

/// The settings as they go from one start to the next.
#[derive(Clone, Default)]
pub struct Settings(pub HashMap<String, String>);

impl eframe::Storage for Settings {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

/// A recording due east with a fix a second: stretches of (seconds, speed in m/s). `kind` is the activity that it
/// names.
pub fn gpx(name: &str, kind: &str, day: u32, stretches: &[(u32, f64)]) -> String {
    let mut points = String::new();
    let (mut metres, mut second) = (0.0, 0_u32);
    for (seconds, speed_mps) in stretches {
        for _ in 0..*seconds {
            let longitude = 10.0 + metres / 111_320.0;
            let (h, m, s) = (8 + second / 3600, second / 60 % 60, second % 60);
            writeln!(
                points,
                "<trkpt lat=\"0.0\" lon=\"{longitude:.7}\"><time>2026-05-{day:02}T{h:02}:{m:02}:{s:02}Z</time></trkpt>"
            )
            .unwrap();
            metres += speed_mps;
            second += 1;
        }
    }
    let kind = if kind.is_empty() { String::new() } else { format!("<type>{kind}</type>") };
    format!(
        "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"test\" xmlns=\"http://www.topografix.com/GPX/1/1\">\
         <trk><name>{name}</name>{kind}<trkseg>{points}</trkseg></trk></gpx>"
    )
}
