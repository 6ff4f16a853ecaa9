//! How runs come in: dropped, chosen, as samples; and what became of them.

use std::{
    path::PathBuf,
    sync::{Arc, mpsc::channel},
    thread,
};

use egui::{Align2, CornerRadius, Order, Stroke, StrokeKind};

use crate::{
    recording::{Edits, History},
    samples,
};

use crate::app::{
    App,
    background::loader::Event,
    state::{
        run::{Entry, Origin, Run},
        view::View,
    },
    ui::theme::{self, Colors, Weight},
};

/// Under native Wayland the window gets no file drops.
pub fn drops_do_not_arrive() -> bool {
    cfg!(target_os = "linux") && std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty())
}

impl App {
    /// Opens files and folders, and shows the first run of them.
    pub(in crate::app) fn open(&mut self, paths: Vec<PathBuf>) {
        self.show_next |= !paths.is_empty();
        self.loader.open(paths);
    }

    /// Takes what came in since the last frame.
    pub(in crate::app) fn receive(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        self.open(dropped);
        if let Some(chosen) = self.dialog.as_ref().map(std::sync::mpsc::Receiver::try_recv) {
            match chosen {
                Ok(paths) => {
                    self.dialog = None;
                    self.open(paths);
                }
                Err(std::sync::mpsc::TryRecvError::Empty) => {}
                Err(std::sync::mpsc::TryRecvError::Disconnected) => self.dialog = None,
            }
        }
        for event in self.loader.events() {
            match event {
                Event::Opened(run) => match self.open_already(&run) {
                    Some(other) => self.notices.failed(
                        run.name(),
                        &format!("is the same recording as {other}, which is open; nothing needs doing"),
                    ),
                    None => self.opened(run),
                },
                Event::Failed(name, reason) => self.notices.failed(&name, &reason),
            }
        }
        if !self.is_loading() {
            // Their cuts were not made again, for reading was cancelled or failed.
            self.waiting.clear();
            self.keep_to_runs(ctx);
        }
        if let Some(why) = self.cuts.problem() {
            self.notices.failed("What was cut from runs", &why);
        }
    }

    /// Takes a run that was read. One that was cut at an earlier time comes in with its cuts.
    fn opened(&mut self, run: Arc<Run>) {
        let origin = &run.origin;
        if self.entries.iter().any(|entry| entry.run.origin == *origin) {
            return self.add(Entry::new(run));
        }
        if let Some(place) = self.waiting.iter().position(|entry| entry.run.origin == *origin) {
            if run.edits.is_empty() {
                self.waiting[place].whole = run;
            } else {
                let mut entry = self.waiting.remove(place);
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
            self.notices.failed(run.name(), "was cut before, but not as it is now: it is shown whole");
            return self.add(Entry::new(run));
        }
        let mut entry = Entry::new(Arc::clone(&run));
        (entry.history, entry.recalled) = (History::from_edits(edits.clone()), true);
        self.waiting.push(entry);
        self.loader.edit(run, edits);
    }

    /// The name of an open run from elsewhere that is the same recording.
    fn open_already(&self, run: &Run) -> Option<String> {
        let same = |entry: &&Entry| {
            let other = &entry.whole;
            other.origin != run.origin && !other.is_sample() && other.fingerprint.is_same(&run.fingerprint)
        };
        (!run.is_sample() && run.edits.is_empty())
            .then(|| self.entries.iter().find(same).map(|entry| entry.run.name().to_owned()))?
    }

    /// Puts a run into the list: files before samples, newest first. A run that is open already is replaced,
    /// for the new one is a later reading of the same file.
    fn add(&mut self, entry: Entry) {
        let origin = entry.run.origin.clone();
        if let Some(place) = self.entries.iter().position(|open| open.run.origin == origin) {
            self.renew(place, entry.run);
            return;
        }
        if entry.run.edits != *entry.history.edits() {
            // Of a run that was closed meanwhile.
            return;
        }
        let on_show = self.selected.map(|index| self.entries[index].run.origin.clone());
        let key = |it: &Entry| (it.run.is_sample(), std::cmp::Reverse(it.run.recording.start));
        let place = self.entries.partition_point(|other| key(other) <= key(&entry));
        self.entries.insert(place, entry);
        let at_once = std::mem::take(&mut self.show_next);
        let wanted = on_show.filter(|_| !at_once).unwrap_or(origin);
        self.selected = self.entries.iter().position(|entry| entry.run.origin == wanted);
        if self.shown.as_ref().is_none_or(|shown| shown.run.origin != wanted) {
            self.view = View::default();
        }
    }

    /// Takes a better estimate, a later reading or other cuts of an open run.
    fn renew(&mut self, place: usize, run: Arc<Run>) {
        let open = &mut self.entries[place];
        let wanted = open.history.edits().clone();
        if run.edits.is_empty() {
            open.whole = Arc::clone(&run);
            if wanted.is_empty() {
                open.replace(run);
            } else {
                // It was cut after the first look: the cuts stay.
                self.loader.edit(run, wanted);
            }
            if std::mem::take(&mut self.show_next) {
                self.select(place);
            }
        } else if run.edits == wanted {
            open.replace(run);
        }
    }

    /// Opens a sample, or shows it where it is open.
    pub(in crate::app) fn open_sample(&mut self, k: usize) {
        let sample = &samples::ALL[k];
        match self.entries.iter().position(|entry| entry.run.origin == Origin::Sample(sample.id)) {
            Some(index) => self.select(index),
            None => {
                self.show_next = true;
                self.loader.open_sample(sample);
            }
        }
    }

    /// Asks for files with the desktop's own dialog, on a thread: it may stay open for long.
    pub(in crate::app) fn choose_files(&mut self, ctx: &egui::Context) {
        self.ask_for_paths(ctx, || {
            rfd::FileDialog::new()
                .set_title("Open runs")
                .add_filter("Runs", &["gpx", "tcx", "fit", "gz", "zip", "GPX", "TCX", "FIT"])
                .add_filter("All files", &["*"])
                .pick_files()
        });
    }

    /// Asks for folders.
    pub(in crate::app) fn choose_folder(&mut self, ctx: &egui::Context) {
        self.ask_for_paths(ctx, || rfd::FileDialog::new().set_title("Open a folder of runs").pick_folders());
    }

    fn ask_for_paths(
        &mut self,
        ctx: &egui::Context,
        dialog: impl FnOnce() -> Option<Vec<PathBuf>> + Send + 'static,
    ) {
        if self.dialog.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        self.dialog = Some(receiver);
        let ctx = ctx.clone();
        thread::spawn(move || {
            // The window may be gone by then.
            let _ = sender.send(dialog().unwrap_or_default());
            ctx.request_repaint();
        });
    }
}

/// While files are dragged over the window: where they would go.
pub fn drop_hint(ctx: &egui::Context) {
    let count = ctx.input(|input| input.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let dark = ctx.theme() == egui::Theme::Dark;
    let colors = if dark { Colors::dark() } else { Colors::light() };
    let painter = ctx.layer_painter(egui::LayerId::new(Order::Foreground, egui::Id::unique("drop hint")));
    let rect = ctx.content_rect().shrink(12.0);
    painter.rect(
        rect,
        CornerRadius::same(theme::CARD_RADIUS),
        colors.chosen.gamma_multiply(0.9),
        Stroke::new(2.0, colors.accent),
        StrokeKind::Inside,
    );
    let words = if drops_do_not_arrive() { "Use Open instead".to_owned() } else { "Drop to open".to_owned() };
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        words,
        theme::font(theme::HEADING * 1.5, Weight::SemiBold),
        colors.accent_text,
    );
}
