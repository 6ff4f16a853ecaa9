//! Opening and closing runs for a whole day does not fill the memory.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is to fail")]

#[path = "window/track.rs"]
mod track;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use eframe::App as _;
use egui::{DroppedFile, Event, Key, Modifiers, RawInput, Rect, pos2};
use spinepace::app::App;

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    time: f64,
}

impl Window {
    fn new() -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&eframe::CreationContext::_new_kittest(ctx.clone()), Vec::new());
        Self { ctx, app, frame: eframe::Frame::_new_kittest(), time: 0.0 }
    }

    /// One frame; its triangles are made, as for a screen.
    fn draw(&mut self, events: Vec<Event>, dropped: Option<&Path>) {
        self.time += 0.05;
        let screen = Rect::from_min_max(pos2(0.0, 0.0), pos2(1440.0, 900.0));
        let input = RawInput {
            screen_rect: Some(screen),
            time: Some(self.time),
            events,
            dropped_files: dropped.map(|file| Arc::new(Dropped(file.to_owned())) as _).into_iter().collect(),
            ..RawInput::default()
        };
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui, &mut self.frame));
        let _ = self.ctx.tessellate(output.shapes, output.pixels_per_point);
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) {
        let event = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        self.draw(vec![event], None);
        self.settle();
    }

    fn settle(&mut self) {
        self.draw(Vec::new(), None);
        while self.app.is_busy() {
            thread::sleep(Duration::from_millis(1));
            self.draw(Vec::new(), None);
        }
        self.draw(Vec::new(), None);
    }

    /// Opens a run as if dropped, looks at it, moves the threshold to and fro and closes it.
    fn open_and_close(&mut self, file: &Path) {
        self.draw(Vec::new(), Some(file));
        self.settle();
        self.draw(vec![Event::PointerMoved(pos2(700.0, 430.0))], None);
        self.press(Key::ArrowUp, Modifiers::COMMAND);
        self.press(Key::ArrowDown, Modifiers::COMMAND);
        self.press(Key::W, Modifiers::COMMAND);
    }
}

/// What this process holds in memory, MB.
fn resident_mb() -> Option<f64> {
    let pages = fs::read_to_string("/proc/self/statm").ok()?;
    let resident: f64 = pages.split(' ').nth(1)?.parse().ok()?;
    Some(resident * 4096.0 / 1e6)
}

#[test]
fn a_thousand_runs_opened_and_closed_leave_nothing() {
    if resident_mb().is_none() {
        println!("skipped: /proc/self/statm tells nothing here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::new();
    let mut held_mb = Vec::new();
    for k in 0..=1_000 {
        let file = folder.path().join(format!("run {k}.gpx"));
        // Most are short; one in a hundred is too long to be shown within a frame.
        track::write(&file, k, if k % 100 == 50 { 5_000 } else { 400 });
        window.open_and_close(&file);
        fs::remove_file(&file).unwrap();
        if k % 100 == 0 {
            held_mb.push(resident_mb().unwrap());
        }
    }
    // What is kept for the next run is there after the first hundred. A run of 400 fixes with what is shown of it
    // takes more than 0.1 MB: 900 that were not let go of would be seen.
    let grown_mb = held_mb[held_mb.len() - 1] - held_mb[1];
    assert!(grown_mb < 10.0, "{grown_mb:.1} MB more after 900 runs: {held_mb:.1?}");
    println!("resident after every 100 runs, MB: {held_mb:.1?}");
}
