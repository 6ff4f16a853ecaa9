//! The same window without a screen, beside the real one: it is asked where a control is, by its name, and the real
//! pointer goes there.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use chrono::Local;
use egui::{Event, Modifiers, PointerButton, Pos2};
use egui_kittest::{Harness, kittest::Queryable as _};
use spinepace::app::App;

/// A frame lasts so long, s: notices leave soon.
const FRAME_S: f32 = 0.1;
/// So long what went well is said, s, and a little more.
pub const NOTICE_S: f32 = 9.0;

/// A file that another program drops.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error: io::Error| error.to_string())
    }
}

/// A window with a library of its own.
pub struct Twin {
    harness: Harness<'static, App>,
}

impl Twin {
    /// As large as the real one, with its library in this folder.
    pub fn new(size: [f32; 2], library: PathBuf) -> Self {
        let today = Local::now().date_naive();
        let harness = Harness::builder()
            .with_size(size)
            .with_theme(egui::Theme::Light)
            .with_max_steps(60)
            .with_step_dt(FRAME_S)
            .build_eframe(move |cc| App::new(cc, Vec::new()).with_library_in(library, today));
        let mut twin = Self { harness };
        twin.settle();
        twin
    }

    /// Waits until nothing is to be done or drawn.
    fn settle(&mut self) {
        for _ in 0..6_000 {
            self.harness.step();
            if !self.harness.state().is_busy() {
                self.harness.run_ok();
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("still at work after a minute");
    }

    /// The middle of the control of this name, once it is there; one that is out of sight is not.
    pub fn find(&mut self, label: &str) -> Pos2 {
        for _ in 0..2_000 {
            if !self.seen(label).is_empty() {
                break;
            }
            self.harness.step();
            thread::sleep(Duration::from_millis(5));
        }
        self.settle();
        let seen = self.seen(label);
        let [at] = seen.as_slice() else { panic!("{label} is seen {} times: {seen:?}", seen.len()) };
        *at
    }

    fn seen(&self, label: &str) -> Vec<Pos2> {
        let places = self.harness.query_all_by_label(label).map(|node| node.rect().center());
        places.filter(|at| self.harness.ctx.content_rect().contains(*at)).collect()
    }

    /// Clicks there, too.
    pub fn click(&mut self, at: Pos2) {
        self.harness.event(Event::PointerMoved(at));
        self.harness.run_ok();
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            self.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
            self.harness.step();
        }
        self.settle();
    }

    /// Writes what the real one is told.
    pub fn write(&mut self, words: &str) {
        self.harness.event(Event::Text(words.to_owned()));
        self.settle();
    }

    /// Takes files that are dropped.
    pub fn drop(&mut self, files: &[PathBuf]) {
        for file in files {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
        }
        self.harness.step();
        self.settle();
    }

    /// Lets time pass until nothing is said any more.
    pub fn outlast_notices(&mut self) {
        for _ in 0..(NOTICE_S / FRAME_S) as usize {
            self.harness.step();
        }
        self.settle();
    }
}
