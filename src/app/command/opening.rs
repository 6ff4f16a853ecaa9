//! How runs come in: dropped, chosen, as samples; and what became of them.

use std::{
    path::PathBuf,
    sync::{Arc, mpsc::channel},
    thread,
};

use crate::{
    app::{
        App,
        background::{desktop::has_file_dialogs, loader::Event},
        state::{
            overlay::Overlay,
            path_field::{PathField, PathFor},
            run::{Entry, Origin, Run},
            view::View,
        },
    },
    recording::{Edits, History},
    samples,
};

impl App {
    /// Opens files and folders, and shows the first run of them.
    pub(in crate::app) fn open(&mut self, paths: Vec<PathBuf>) {
        self.state.runs.show_next |= !paths.is_empty();
        self.background.loader.open(paths);
    }

    /// Takes what came in since the last frame.
    pub(in crate::app) fn receive(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        self.open(dropped);
        match self.background.chosen() {
            Ok(chosen) => self.open(chosen),
            Err(what_for) => self.state.overlay = Overlay::Path(PathField::to_open(what_for)),
        }
        for event in self.background.loader.events() {
            match event {
                Event::Opened(run) => match self.state.runs.open_already(&run) {
                    Some(other) => {
                        let words =
                            format!("is the same recording as {other}, which is open; nothing needs doing");
                        self.state.notices.failed(run.name(), &words);
                    }
                    None => self.opened(run),
                },
                Event::Failed(name, reason) => self.state.notices.failed(&name, &reason),
            }
        }
        if !self.is_loading() {
            // Their cuts were not made again, for reading was cancelled or failed.
            self.state.runs.waiting.clear();
            self.keep_to_runs(ctx);
        }
        if let Some(why) = self.cuts.problem() {
            self.state.notices.failed("What was cut from runs", &why);
        }
    }

    /// Takes a run that was read. One that was cut at an earlier time comes in with its cuts.
    fn opened(&mut self, run: Arc<Run>) {
        let origin = &run.origin;
        if self.state.runs.place_of(origin).is_some() {
            return self.add(Entry::new(run));
        }
        if let Some(place) = self.state.runs.waiting.iter().position(|entry| entry.run.origin == *origin) {
            if run.edits.is_empty() {
                self.state.runs.waiting[place].whole = run;
            } else {
                let mut entry = self.state.runs.waiting.remove(place);
                entry.replace(run);
                self.add(entry);
            }
            return;
        }
        let edits = if run.is_sample() { Edits::default() } else { self.cuts.of(&run.fingerprint) };
        if edits.is_empty() || !run.edits.is_empty() {
            return self.add(Entry::new(run));
        }
        if edits.apply(&run.recording).is_none() {
            self.state.notices.failed(run.name(), "was cut before, but not as it is now: it is shown whole");
            return self.add(Entry::new(run));
        }
        let mut entry = Entry::new(Arc::clone(&run));
        (entry.history, entry.recalled) = (History::from_edits(edits.clone()), true);
        self.state.runs.waiting.push(entry);
        self.background.loader.edit(run, edits);
    }

    /// Puts a run into the list: files before samples, newest first. A run that is open already is replaced,
    /// for the new one is a later reading of the same file.
    fn add(&mut self, entry: Entry) {
        let origin = entry.run.origin.clone();
        if let Some(place) = self.state.runs.place_of(&origin) {
            self.renew(place, entry.run);
            return;
        }
        if entry.run.edits != *entry.history.edits() {
            // Of a run that was closed meanwhile.
            return;
        }
        let selected = self.state.runs.insert(entry);
        if self.state.screen.shown.as_ref().is_none_or(|shown| shown.run.origin != selected) {
            self.state.view = View::default();
        }
    }

    /// Takes a better estimate, a later reading or other cuts of an open run.
    fn renew(&mut self, place: usize, run: Arc<Run>) {
        let open = &mut self.state.runs.entries[place];
        let wanted = open.history.edits().clone();
        if run.edits.is_empty() {
            open.whole = Arc::clone(&run);
            if wanted.is_empty() {
                open.replace(run);
            } else {
                // It was cut after the first look: the cuts stay.
                self.background.loader.edit(run, wanted);
            }
            if std::mem::take(&mut self.state.runs.show_next) {
                self.select(place);
            }
        } else if run.edits == wanted {
            open.replace(run);
        }
    }

    /// Opens a sample, or shows it where it is open.
    pub(super) fn open_sample(&mut self, k: usize) {
        let sample = &samples::ALL[k];
        match self.state.runs.place_of(&Origin::Sample(sample.id)) {
            Some(index) => self.select(index),
            None => {
                self.state.runs.show_next = true;
                self.background.loader.open_sample(sample);
            }
        }
    }

    /// Asks for files with the desktop's own dialog, on a thread: it may stay open for long.
    pub(super) fn choose_files(&mut self, ctx: &egui::Context) {
        self.ask_for_paths(ctx, PathFor::Files, || {
            rfd::FileDialog::new()
                .set_title("Open runs")
                .add_filter("Runs", &["gpx", "tcx", "fit", "gz", "zip", "GPX", "TCX", "FIT"])
                .add_filter("All files", &["*"])
                .pick_files()
        });
    }

    /// Asks for folders.
    pub(super) fn choose_folder(&mut self, ctx: &egui::Context) {
        self.ask_for_paths(ctx, PathFor::Folder, || {
            rfd::FileDialog::new().set_title("Open a folder of runs").pick_folders()
        });
    }

    fn ask_for_paths(
        &mut self,
        ctx: &egui::Context,
        what_for: PathFor,
        dialog: impl FnOnce() -> Option<Vec<PathBuf>> + Send + 'static,
    ) {
        if self.background.chooser.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        self.background.chooser = Some((what_for, receiver));
        let (ctx, asks_desktop) = (ctx.clone(), self.background.outside.asks_desktop);
        thread::spawn(move || {
            let has_dialogs = asks_desktop && has_file_dialogs();
            // The window may be gone by then.
            let _ = sender.send(has_dialogs.then(|| dialog().unwrap_or_default()));
            ctx.request_repaint();
        });
    }
}
