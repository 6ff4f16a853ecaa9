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
            run::{Entry, OpenRun, Origin},
            runs::Awaited,
            view::View,
        },
    },
    motion::Evidence,
    recording::{Edits, History},
    samples,
};

impl App {
    /// Opens files and folders, and shows the first of them, or the newest of a folder.
    pub(in crate::app) fn open(&mut self, paths: Vec<PathBuf>) {
        if !self.state.keeps_nothing() {
            self.state.recent.ask(paths.clone());
        }
        self.load(paths);
    }

    /// The same without remembering that they were opened.
    pub(super) fn load(&mut self, paths: Vec<PathBuf>) {
        if let Some(awaited) = Awaited::of(&paths) {
            self.state.runs.awaited = Some(awaited);
            // What comes in is to be seen in the list.
            self.state.runs.search.clear();
            self.state.runs.sport = None;
        }
        self.background.loader.open(paths);
    }

    /// Does with these paths what they were asked for.
    pub(super) fn chosen(&mut self, what_for: PathFor, paths: Vec<PathBuf>) {
        match what_for {
            PathFor::Files | PathFor::Folder => self.open(paths),
            PathFor::Import | PathFor::ImportFolder => self.import(paths),
            PathFor::Watch => self.watch_folder(paths),
            PathFor::Export => self.export_person(paths),
            PathFor::Backup => {
                if let Some(backup) = paths.into_iter().next() {
                    self.background.library.look_into(backup);
                }
            }
            PathFor::Saving(..) => {}
        }
    }

    /// Takes what came in since the last frame.
    pub(in crate::app) fn receive(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        self.take_dropped(dropped);
        match self.background.chosen() {
            Some((what_for, Some(paths))) => self.chosen(what_for, paths),
            Some((what_for, None)) => self.state.overlay = Overlay::Path(PathField::to_open(what_for)),
            None => {}
        }
        for event in self.background.loader.events() {
            if let Event::Opened(run) = &event
                && !run.provisional
                && !self.state.keeps_nothing()
            {
                self.state.recent.note(run);
            }
            match event {
                Event::Opened(run) => match self.state.runs.open_already(&run) {
                    Some(other) => {
                        self.state.notices.open_already(&run.called(), other);
                        let awaited = self.state.runs.awaited.as_ref();
                        if awaited.is_some_and(|it| matches!(it, Awaited::This(of, _) if *of == run.origin)) {
                            self.state.runs.awaited = None;
                            self.select_same(&run);
                        }
                    }
                    None => self.opened(run),
                },
                Event::Failed(name, reason) => {
                    self.state.runs.do_not_await(&name);
                    self.state.notices.failed(&name, &reason);
                }
            }
        }
        if !self.is_loading() {
            if let Some(place) = self.state.runs.awaited_last() {
                self.select(place);
            }
            // Their cuts were not made again, for reading was cancelled or failed.
            self.state.runs.waiting.clear();
            self.keep_to_runs(ctx);
        }
        if let Some(why) = self.cuts.problem() {
            self.state.notices.failed("The file of saved cuts", &why);
        }
    }

    /// Shows the run that is open already from elsewhere.
    fn select_same(&mut self, run: &OpenRun) {
        let same = |entry: &Entry| entry.whole.fingerprint.is_same(&run.fingerprint);
        if let Some(place) = self.state.runs.entries.iter().position(same) {
            self.select(place);
        }
    }

    /// Takes a run that was read. One that was cut at an earlier time comes in with its cuts.
    fn opened(&mut self, run: Arc<OpenRun>) {
        let origin = &run.origin;
        let by_other_evidence = run.motion.evidence != self.state.runs.evidence;
        if by_other_evidence && !run.provisional && run.hears_device() {
            // Begun before the choice was made. What is open is being estimated again already.
            if !run.edits.is_empty() || self.state.runs.place_of(origin).is_some() {
                return;
            }
            self.background.loader.estimate_again(Arc::clone(&run));
        }
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
        let edits = match &run.origin {
            Origin::Sample(_) => Edits::default(),
            Origin::File(_) => self.cuts.of(&run.fingerprint),
            Origin::Kept(kept) => self.state.library.cuts.get(kept).cloned().unwrap_or_default(),
        };
        if edits.is_empty() || !run.edits.is_empty() {
            return self.add(Entry::new(run));
        }
        if edits.apply(&run.recording).is_none() {
            self.state.notices.failed(run.name(), "has saved cuts that no longer fit; showing the whole run");
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
        if self.state.screen.shown.as_ref().map(|shown| &shown.run.origin) != selected.as_ref() {
            self.state.view = View::default();
        }
        self.meet_library();
    }

    /// Takes a better estimate, a later reading or other cuts of an open run.
    fn renew(&mut self, place: usize, run: Arc<OpenRun>) {
        let awaited = run.edits.is_empty() && self.state.runs.is_awaited(&run);
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
            if awaited {
                self.select(place);
            }
        } else if run.edits == wanted {
            open.replace(run);
        }
        self.meet_library();
    }

    /// Has all open runs estimated by positions alone, or by all evidence again: the one on show first.
    pub(super) fn leave_out_device(&mut self) {
        let runs = &mut self.state.runs;
        runs.evidence = match runs.evidence {
            Evidence::All => Evidence::PositionsOnly,
            Evidence::PositionsOnly => Evidence::All,
        };
        self.background.loader.go_by(runs.evidence);
        let on_show = runs.selected.into_iter();
        for place in on_show.chain((0..runs.entries.len()).filter(|place| runs.selected != Some(*place))) {
            let whole = &runs.entries[place].whole;
            if whole.hears_device() && whole.motion.evidence != runs.evidence {
                self.background.loader.estimate_again(Arc::clone(whole));
            }
        }
    }

    /// Opens a sample, or shows it where it is open.
    pub(super) fn open_sample(&mut self, k: usize) {
        let sample = &samples::ALL[k];
        match self.state.runs.place_of(&Origin::Sample(sample.id)) {
            Some(index) => self.select(index),
            None => {
                self.state.runs.awaited = Some(Awaited::This(Origin::Sample(sample.id), None));
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

    pub(super) fn ask_for_paths(
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
