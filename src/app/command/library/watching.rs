//! Where new runs are looked for, and what becomes of those that are found.

use std::path::PathBuf;

use egui::Context;

use crate::{
    app::{
        App,
        background::{library::Done, watching::Watching},
        state::path_field::PathFor,
    },
    library::{PersonId, Watched},
};

impl App {
    /// Has the thread look where the library says; takes what it found.
    pub(in crate::app) fn watch(&mut self) {
        let wanted = self.state.library.watched();
        if self.background.watching.as_ref().map(|it| &it.of) != wanted {
            self.background.watching =
                wanted.map(|watched| Watching::begin(watched.clone(), &self.background.ctx));
            self.state.library.found.clear();
        }
        let found = self.background.watching.as_ref().map(Watching::found).unwrap_or_default();
        if !found.is_empty() {
            self.background.library.sift(found);
        }
    }

    /// New runs were found: they are offered, or added where that was chosen.
    pub(super) fn found(&mut self, files: Vec<PathBuf>) {
        let library = &mut self.state.library;
        let adds_for = library.watched().and_then(|watched| watched.adds_for);
        library.found.extend(files);
        match adds_for.filter(|who| library.holding.person(*who).is_some()) {
            Some(who) => self.keep_found(who),
            None => self.state.announcer.say("New runs were found; keep them at the foot of the window"),
        }
    }

    /// Keeps what was found for a person.
    pub(super) fn keep_found(&mut self, who: PersonId) {
        let files = self.leave_found();
        self.background.library.import(files, who);
    }

    /// Opens what was found, without keeping it.
    pub(in crate::app::command) fn open_found(&mut self) {
        let files = self.leave_found();
        self.open(files);
    }

    /// Says no more of what was found.
    pub(in crate::app::command) fn leave_found(&mut self) -> Vec<PathBuf> {
        let files = std::mem::take(&mut self.state.library.found);
        self.background.library.note_told(files.clone());
        files
    }

    /// Asks for a folder to watch.
    pub(in crate::app::command) fn choose_watched(&mut self, ctx: &Context) {
        self.ask_for_paths(ctx, PathFor::Watch, || {
            let chosen = rfd::FileDialog::new().set_title("Watch a folder for new runs").pick_folder();
            chosen.map(|folder| vec![folder])
        });
    }

    /// Watches this folder.
    pub(in crate::app::command) fn watch_folder(&mut self, paths: Vec<PathBuf>) {
        let Some(folder) = paths.into_iter().next() else { return };
        if !folder.is_dir() {
            let why = format!("{} is not a folder; choose one that is there", folder.display());
            return self.state.notices.failed("What is watched", &why);
        }
        let words = format!("is watched for new runs from now on: {}", folder.display());
        self.change_watched("The folder", words, |watched| watched.folder = Some(folder));
    }

    /// Watches for plugged-in watches, or no longer.
    pub(in crate::app::command) fn watch_plugged_in(&mut self) {
        let words = match self.state.library.holding.watched.plugged_in {
            false => "are looked for from now on; their new runs are offered",
            true => "are no longer looked for",
        };
        self.change_watched("Plugged-in watches", words.to_owned(), |watched| watched.plugged_in ^= true);
    }

    /// Adds new runs without a question for the person who is looked at, or offers them again.
    pub(in crate::app::command) fn add_without_question(&mut self) {
        let library = &self.state.library;
        let who = library.chosen.unwrap_or(PersonId::ME);
        let name = library.holding.person(who).map_or("Me", |person| person.name.as_str());
        let (adds_for, words) = match library.holding.watched.adds_for {
            Some(_) => (None, "are offered again".to_owned()),
            None => (Some(who), format!("are added as they come, for {name}")),
        };
        self.change_watched("New runs", words, move |watched| watched.adds_for = adds_for);
    }

    /// Watches nothing any more.
    pub(in crate::app::command) fn stop_watching(&mut self) {
        let words = "are no longer looked for".to_owned();
        self.change_watched("New runs", words, |watched| *watched = Watched::default());
    }

    fn change_watched(
        &mut self,
        what: &'static str,
        words: String,
        change: impl FnOnce(&mut Watched) + Send + 'static,
    ) {
        self.background.library.change(what, move |library| {
            let mut watched = library.watched()?;
            change(&mut watched);
            library.watch(&watched)?;
            Ok(Done::Said(what, words))
        });
    }
}
