//! The library in the window: people, kept runs, doses, notes and pain. Every test has a library of its own in a
//! temporary folder, never the user's.

mod keeping;
mod person;
mod plan;
mod undo;
mod watch;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use crate::harness::{all_words, command, gpx, settle};
use chrono::NaiveDate;
use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::{
    app::App,
    library::{Access, Library, OpenOptions, PersonChange, PersonId, Place},
    recording,
};

/// The day that the window takes for today: a Saturday.
const TODAY: &str = "2026-05-23";

fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

/// A window with the library in this folder.
fn window(folder: &Path, size: [f32; 2], files: Vec<PathBuf>) -> Harness<'static, App> {
    let folder = folder.to_owned();
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(egui::Theme::Light)
        .with_max_steps(60)
        .with_step_dt(0.02)
        .build_eframe(move |cc| App::new(cc, files).with_library_in(folder, today()));
    settle(&mut harness);
    harness
}

fn usual(folder: &Path) -> Harness<'static, App> {
    window(folder, [1440.0, 900.0], Vec::new())
}

/// Files of runs on these days of May, each slow for so many minutes.
fn files(folder: &Path, runs: &[(u32, u32)]) -> Vec<PathBuf> {
    runs.iter()
        .map(|(day, minutes)| {
            let path = folder.join(format!("run {day}.gpx"));
            fs::write(&path, gpx(&format!("Run {day}"), "", *day, &[(minutes * 60, 1.7), (300, 2.8)]))
                .unwrap();
            path
        })
        .collect()
}

/// A library with a person, whose runs are on these days of May.
fn with_person(folder: &Path, name: &str, runs: &[(u32, u32)]) -> PersonId {
    let place = Place::at(folder.join("library"));
    let mut library = Library::open(place, OpenOptions { access: Access::Write }).unwrap();
    let change = PersonChange { name: Some(name.to_owned()), ..PersonChange::default() };
    let who = library.add_person(&change).unwrap();
    let sources = recording::sources(&files(folder, runs));
    library.import(&sources, who, &AtomicBool::new(false), &mut |_| ()).unwrap();
    who
}

fn open(folder: &Path) -> Library {
    let place = Place::at(folder.join("library"));
    Library::open(place, OpenOptions { access: Access::Write }).unwrap()
}

/// A file that another program drops.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_files(harness: &mut Harness<'static, App>, files: &[PathBuf]) {
    for file in files {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
    }
    harness.step();
    settle(harness);
}

fn click(harness: &mut Harness<'static, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
    settle(harness);
}

fn write(harness: &mut Harness<'static, App>, field: &str, words: &str) {
    harness.get_by_label(field).focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.get_by_label(field).type_text(words);
    harness.run_ok();
}

fn ask(harness: &mut Harness<'static, App>, letters: &str) {
    command(harness, letters);
    settle(harness);
}

fn has(harness: &Harness<'_, App>, words: &str) -> bool {
    all_words(harness).contains(words)
}

fn value(harness: &Harness<'_, App>, field: &str) -> String {
    harness.get_by_label(field).accesskit_node().value().unwrap_or_default()
}
