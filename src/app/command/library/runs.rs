//! Runs of the library in the window: opened, kept, imported, moved, binned, and let go of.

use std::path::PathBuf;

use egui::Context;

use crate::{
    app::{
        App,
        background::library::Done,
        state::{
            overlay::Overlay,
            path_field::PathFor,
            run::{Entry, Origin},
        },
    },
    library::{BatchId, PersonId, RunId},
    recording::Edits,
    units::counted,
};

/// A run of the library that was opened stays open beside so many others.
const MOST_OPENED: usize = 12;

impl App {
    /// Looks at a run of the library: the open one, or one that is brought from there.
    pub(in crate::app::command) fn open_kept(&mut self, run: RunId) {
        if let Some(who) = self.state.library.holding.run(run).map(|run| run.person) {
            self.turn_to(who);
        }
        let open = |entry: &Entry| self.state.library.kept_as(&entry.run) == Some(run);
        if let Some(place) = self.state.runs.entries.iter().position(open) {
            self.select(place);
            return;
        }
        self.state.library.opening = Some(run);
        self.background.library.bring(run);
        self.let_go_of_opened();
    }

    /// Runs of the library that were looked at before are closed, but for the latest.
    fn let_go_of_opened(&mut self) {
        let runs = &self.state.runs;
        let leave = |place: &usize| {
            let origin = &runs.entries[*place].run.origin;
            matches!(origin, Origin::Kept(_))
                && runs.selected != Some(*place)
                && runs.compared.as_ref() != Some(origin)
                && !runs.is_picked(origin)
        };
        let opened: Vec<usize> = (0..runs.entries.len()).filter(leave).collect();
        if opened.len() < MOST_OPENED {
            return;
        }
        if let Some(place) = opened.last().copied() {
            let entry = self.state.runs.entries.remove(place);
            let selected = &mut self.state.runs.selected;
            *selected = selected.map(|now| now - usize::from(now > place));
            self.background.let_go(entry);
        }
    }

    /// The open files that could be kept: those that are added up, or the one on show; or all.
    pub(in crate::app::command) fn keepable(&self, all: bool) -> Vec<String> {
        let runs = &self.state.runs;
        let keepable = |entry: &&Entry| {
            entry.run.source.is_some()
                && !entry.run.is_sample()
                && self.state.library.kept_as(&entry.run).is_none()
        };
        let label = |entry: &Entry| match &entry.run.origin {
            Origin::File(label) => Some(label.clone()),
            _ => None,
        };
        if all {
            return runs.entries.iter().filter(keepable).filter_map(label).collect();
        }
        let picked: Vec<String> = runs.picked().filter(keepable).filter_map(label).collect();
        if picked.is_empty() {
            runs.entry().filter(keepable).and_then(label).into_iter().collect()
        } else {
            picked
        }
    }

    /// Keeps open files for a person.
    pub(in crate::app::command) fn keep(&mut self, labels: &[String], who: PersonId) {
        let wanted =
            |entry: &&Entry| matches!(&entry.run.origin, Origin::File(label) if labels.contains(label));
        let runs: Vec<_> = self
            .state
            .runs
            .entries
            .iter()
            .filter(wanted)
            .filter_map(|entry| Some((entry.whole.source.clone()?, entry.history.edits().clone())))
            .collect();
        if !runs.is_empty() {
            self.state.runs.pick(None);
            self.background.library.keep(runs, who);
        }
    }

    /// A run was opened: the library is asked whether it has it; where all are to be kept, it is kept.
    pub(in crate::app::command) fn meet_library(&mut self) {
        let (state, mut unknown, mut new) = (&mut self.state, Vec::new(), Vec::new());
        for entry in &state.runs.entries {
            let Origin::File(label) = &entry.run.origin else { continue };
            if entry.whole.provisional || entry.whole.source.is_none() || state.library.asked.contains(label)
            {
                continue;
            }
            if state.settings.keep_always && state.library.can_keep() {
                new.push(label.clone());
            } else if state.library.on {
                unknown.push((label.clone(), entry.whole.recording.start, entry.whole.fingerprint));
            } else {
                continue;
            }
            state.library.asked.insert(label.clone());
        }
        if !unknown.is_empty() {
            self.background.library.find(unknown);
        }
        if !new.is_empty() {
            self.keep(&new, self.state.library.chosen.unwrap_or(PersonId::ME));
        }
    }

    /// What was cut from a run of the library is kept there.
    pub(in crate::app::command) fn cut_kept(&mut self, run: RunId, edits: Edits) {
        self.state.library.cuts.insert(run, edits.clone());
        if self.state.library.takes_changes() {
            self.background.library.change("The cuts", move |library| {
                library.cut(run, &edits)?;
                Ok(Done::Plainly)
            });
        }
    }

    /// Dropped on a person's page, files are kept for that person; anywhere else they are opened.
    pub(in crate::app::command) fn take_dropped(&mut self, paths: Vec<PathBuf>) {
        match self.state.person_on_show() {
            Some(who) if !paths.is_empty() && self.state.library.can_keep() => {
                self.background.library.import(paths, who);
            }
            _ => self.open(paths),
        }
    }

    /// Imports files for the person who is looked at.
    pub(in crate::app::command) fn import(&mut self, paths: Vec<PathBuf>) {
        if !paths.is_empty() {
            self.background.library.import(paths, self.state.library.chosen.unwrap_or(PersonId::ME));
        }
    }

    /// Asks for files to import, or a folder of them.
    pub(in crate::app::command) fn choose_import(&mut self, what_for: PathFor, ctx: &Context) {
        self.ask_for_paths(ctx, what_for, move || match what_for {
            PathFor::ImportFolder => {
                rfd::FileDialog::new().set_title("Import a folder of runs").pick_folders()
            }
            _ => rfd::FileDialog::new()
                .set_title("Import runs")
                .add_filter("Runs", &["gpx", "tcx", "fit", "gz", "zip", "GPX", "TCX", "FIT"])
                .add_filter("All files", &["*"])
                .pick_files(),
        });
    }

    pub(super) fn undo_import(&mut self, batch: BatchId) {
        self.state.overlay = Overlay::None;
        self.state.library.last_import = None;
        self.state.notices.forget_imported();
        self.background.library.change("The import", move |library| {
            let runs = library.undo_import(batch)?;
            let words = format!("was undone; {} moved to the bin for 30 days", counted(runs, "run"));
            Ok(Done::Said("The import", words))
        });
    }

    /// Takes the last import back.
    pub(in crate::app::command) fn undo_last_import(&mut self) {
        if let Some(batch) = self.state.library.last_import {
            self.undo_import(batch);
        }
    }

    pub(super) fn move_runs(&mut self, runs: Vec<RunId>, to: PersonId) {
        self.state.overlay = Overlay::None;
        self.state.library.picked.clear();
        self.background.library.change("The runs", move |library| {
            library.move_runs(&runs, to)?;
            let name = library.person(to)?.name;
            let words = if runs.len() == 1 { "One run".to_owned() } else { format!("{} runs", runs.len()) };
            Ok(Done::Said(
                "The library",
                format!("moved {} to {name}; Ctrl+Z undoes it", words.to_lowercase()),
            ))
        });
    }

    pub(super) fn bin_runs(&mut self, runs: Vec<RunId>) {
        self.state.library.picked.clear();
        self.background.library.change("The runs", move |library| {
            library.bin_runs(&runs)?;
            let are = if runs.len() == 1 { "run is" } else { "runs are" };
            let words = format!("{} {are} in the bin for 30 days; Ctrl+Z brings them back", runs.len());
            Ok(Done::Said("The library:", words))
        });
    }

    /// Closes every open run of the library: it is another's now, or gone.
    pub(in crate::app::command) fn close_kept(&mut self) {
        let runs = &mut self.state.runs;
        let on_show = runs.entry().map(|entry| entry.run.origin.clone());
        let (kept, others) = std::mem::take(&mut runs.entries)
            .into_iter()
            .partition::<Vec<_>, _>(|entry| matches!(entry.run.origin, Origin::Kept(_)));
        runs.entries = others;
        runs.selected = on_show.and_then(|origin| runs.place_of(&origin));
        if runs.compared.as_ref().is_some_and(|origin| matches!(origin, Origin::Kept(_))) {
            runs.compared = None;
        }
        if matches!(runs.closed.as_ref().map(|entry| &entry.run.origin), Some(Origin::Kept(_))) {
            runs.closed = None;
        }
        if !kept.is_empty() {
            self.background.let_go(kept);
        }
    }
}
