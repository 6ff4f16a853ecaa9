//! What is asked of the library, by name or by hand; the thread does it.

use std::path::PathBuf;

use chrono::{Local, NaiveDate};
use egui::Context;

use crate::{
    app::{
        App,
        background::library::Done,
        state::{
            form::{FormFor, Waiting},
            overlay::Overlay,
            path_field::PathFor,
            pick::Pick,
            run::{Entry, Origin},
            view::View,
            weeks_chart::ByTime,
        },
    },
    library::{self, NoteId, PersonId, RecoveryKey, RunId},
    recording::Edits,
};

/// A run of the library that was opened stays open beside so many others.
const MOST_OPENED: usize = 12;

/// Something that is asked of the library by hand.
#[derive(Debug, Clone, PartialEq)]
pub enum LibraryAsk {
    /// Look at a person.
    Show(PersonId),
    /// Look at a run.
    OpenRun(RunId),
    /// What the page's columns are.
    By(ByTime),
    /// The keyboard is at this column.
    Column(Option<usize>),
    /// Choose a run of the page, or leave it again.
    Pick(RunId),
    /// Leave all chosen runs.
    PickNone,
    /// Lay a form over the window.
    Form(FormFor),
    /// What the form over the window says is to be written down.
    Submit,
    /// Enter a person of this name, for what waits for one.
    Enter(Waiting, String),
    /// Keep the open files of these names for a person.
    Keep(Vec<String>, PersonId),
    /// Move runs to another person.
    Move(Vec<RunId>, PersonId),
    /// Choose the person whom runs are moved to.
    MoveTo(Vec<RunId>),
    /// Take a tag off runs.
    Untag(Vec<RunId>, String),
    /// Move runs to the bin.
    BinRuns(Vec<RunId>),
    /// Move a note to the bin.
    BinNote(NoteId),
    /// Take an import back.
    UndoImport(library::BatchId),
    /// See what a backup holds.
    LookInto(PathBuf),
    /// Choose a backup elsewhere.
    OtherBackup,
    /// Put a backup in the library's place.
    Restore(PathBuf),
    /// Save a text under this name.
    SaveText(String, String),
    /// Show all notes.
    AllNotes,
    /// Read these weeks for the page, from that of one day to that of another.
    ReadPeriod(NaiveDate, NaiveDate),
    /// Choose between two runs of the same activity.
    Choose(RunId, library::Choice),
}

impl App {
    /// Does what was asked of the library.
    pub(super) fn ask_library(&mut self, ask: LibraryAsk, ctx: &Context) {
        match ask {
            LibraryAsk::Show(who) => self.show_person(who),
            LibraryAsk::OpenRun(run) => self.open_kept(run),
            LibraryAsk::By(by) => (self.state.library.by, self.state.library.column) = (by, None),
            LibraryAsk::Column(column) => self.go_to_column(column),
            LibraryAsk::Pick(run) => self.state.library.pick(run),
            LibraryAsk::PickNone => self.state.library.picked.clear(),
            LibraryAsk::Form(what_for) => self.lay_form(what_for),
            LibraryAsk::Submit => self.submit_form(),
            LibraryAsk::Enter(waiting, name) => self.lay_new_person(waiting, &name),
            LibraryAsk::Keep(labels, who) => self.keep(&labels, who),
            LibraryAsk::Move(runs, to) => self.move_runs(runs, to),
            LibraryAsk::MoveTo(runs) => self.choose_person("Move to whom?", Waiting::Move(runs)),
            LibraryAsk::Untag(runs, tag) => {
                self.background.library.change("The tag", move |library| {
                    library.untag(&runs, &tag)?;
                    Ok(Done::Plainly)
                });
            }
            LibraryAsk::BinRuns(runs) => self.bin_runs(runs),
            LibraryAsk::BinNote(note) => {
                self.state.overlay = Overlay::None;
                self.background.library.change("The note", move |library| {
                    library.bin_note(note)?;
                    Ok(Done::Said("The note", "is in the bin for 30 days; Ctrl+Z brings it back".to_owned()))
                });
            }
            LibraryAsk::UndoImport(batch) => self.undo_import(batch),
            LibraryAsk::LookInto(backup) => self.background.library.look_into(backup),
            LibraryAsk::OtherBackup => self.ask_for_paths(ctx, PathFor::Backup, || {
                rfd::FileDialog::new().set_title("Restore a backup").pick_file().map(|path| vec![path])
            }),
            LibraryAsk::Restore(backup) => {
                self.state.overlay = Overlay::None;
                if self.state.library.holding.has_passcode || self.state.library.locked {
                    return self.lay_form(FormFor::Restore(backup));
                }
                self.state.library.forget();
                self.background.library.restore(backup, None);
            }
            LibraryAsk::SaveText(name, text) => self.save_text("The receipt", &name, text),
            LibraryAsk::AllNotes => self.state.library.all_notes = true,
            LibraryAsk::ReadPeriod(from, to) => self.read_period(from, to),
            LibraryAsk::Choose(run, choice) => {
                self.background.library.change("The choice", move |library| {
                    library.choose(run, choice)?;
                    Ok(Done::Plainly)
                });
            }
        }
    }

    /// Saves a text as a file.
    pub(super) fn save_text(&mut self, what: &'static str, name: &str, text: String) {
        let ctx = self.background.ctx.clone();
        self.background.outside.save(&ctx, what, name, &["txt"], move |_| Ok(text.clone().into_bytes()));
    }

    /// The day that it is for the library.
    pub(super) fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| Local::now().date_naive())
    }

    /// Turns to a person; what is on show stays.
    fn turn_to(&mut self, who: PersonId) {
        let library = &mut self.state.library;
        if library.chosen != Some(who) {
            library.page = None;
            library.picked.clear();
            (library.column, library.all_notes) = (None, false);
            library.chosen = Some(who);
            self.background.library.show(Some(who));
        }
    }

    /// Looks at a person's page.
    pub(super) fn show_person(&mut self, who: PersonId) {
        self.turn_to(who);
        let state = &mut self.state;
        state.library.opening = None;
        state.runs.selected = None;
        state.runs.awaited = None;
        state.view = View::default();
        if let Some(person) = state.library.holding.person(who) {
            state.announcer.say(format!("{}, the page", person.name));
        }
    }

    /// Looks at a run of the library: the open one, or one that is brought from there.
    pub(super) fn open_kept(&mut self, run: RunId) {
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

    fn go_to_column(&mut self, column: Option<usize>) {
        let state = &mut self.state;
        state.library.column = column;
        let chart = state.library.page.as_ref().map(|page| page.chart(state.library.by));
        if let Some(words) = chart.zip(column).and_then(|(chart, place)| chart.words.get(place)) {
            state.announcer.say(words.sentence());
        }
    }

    /// Chooses a person, for what waits for one.
    pub(super) fn choose_person(&mut self, title: &'static str, waiting: Waiting) {
        let library = &self.state.library;
        let of = |who: PersonId| match &waiting {
            Waiting::Nothing => LibraryAsk::Show(who),
            Waiting::Keep(labels) => LibraryAsk::Keep(labels.clone(), who),
            Waiting::Move(runs) => LibraryAsk::Move(runs.clone(), who),
        };
        let mut lines: Vec<(String, PersonId)> =
            library.holding.people.iter().map(|person| (person.name.clone(), person.id)).collect();
        if lines.is_empty() {
            lines.push(("Me".to_owned(), PersonId::ME));
        }
        // Whom one is at comes first, except where that would change nothing.
        let moves = matches!(waiting, Waiting::Move(_));
        if let Some(place) = lines.iter().position(|(_, who)| Some(*who) == library.chosen) {
            let line = lines.remove(place);
            if !moves {
                lines.insert(0, line);
            }
        }
        self.state.overlay = Overlay::Pick(Pick {
            title,
            hint: "Type a few letters of the name",
            typed: String::new(),
            line: 0,
            lines: lines.into_iter().map(|(name, who)| (name, of(who))).collect(),
            new_person: (!library.holding.is_demo && library.holding.only_read.is_none()).then_some(waiting),
        });
    }

    /// The open files that could be kept: those that are added up, or the one on show; or all.
    pub(super) fn keepable(&self, all: bool) -> Vec<String> {
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
    pub(super) fn keep(&mut self, labels: &[String], who: PersonId) {
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
    pub(super) fn meet_library(&mut self) {
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
    pub(super) fn cut_kept(&mut self, run: RunId, edits: Edits) {
        self.state.library.cuts.insert(run, edits.clone());
        if self.state.library.takes_changes() {
            self.background.library.change("The cuts", move |library| {
                library.cut(run, &edits)?;
                Ok(Done::Plainly)
            });
        }
    }

    /// Dropped on a person's page, files are kept for that person; anywhere else they are opened.
    pub(super) fn take_dropped(&mut self, paths: Vec<PathBuf>) {
        match self.state.person_on_show() {
            Some(who) if !paths.is_empty() && self.state.library.can_keep() => {
                self.background.library.import(paths, who);
            }
            _ => self.open(paths),
        }
    }

    /// Imports files for the person who is looked at.
    pub(super) fn import(&mut self, paths: Vec<PathBuf>) {
        if !paths.is_empty() {
            self.background.library.import(paths, self.state.library.chosen.unwrap_or(PersonId::ME));
        }
    }

    /// Asks for files to import, or a folder of them.
    pub(super) fn choose_import(&mut self, what_for: PathFor, ctx: &Context) {
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

    fn undo_import(&mut self, batch: library::BatchId) {
        self.state.overlay = Overlay::None;
        self.state.library.last_import = None;
        self.state.notices.forget_imported();
        self.background.library.change("The import", move |library| {
            let runs = library.undo_import(batch)?;
            let words = format!("was taken back; {runs} runs are in the bin for 30 days");
            Ok(Done::Said("The import", words))
        });
    }

    /// Takes the last import back.
    pub(super) fn undo_last_import(&mut self) {
        if let Some(batch) = self.state.library.last_import {
            self.undo_import(batch);
        }
    }

    fn move_runs(&mut self, runs: Vec<RunId>, to: PersonId) {
        self.state.overlay = Overlay::None;
        self.state.library.picked.clear();
        self.background.library.change("The runs", move |library| {
            library.move_runs(&runs, to)?;
            let name = library.person(to)?.name;
            let words = if runs.len() == 1 { "One run".to_owned() } else { format!("{} runs", runs.len()) };
            Ok(Done::Said(
                "The library",
                format!("moved {} to {name}; Ctrl+Z takes it back", words.to_lowercase()),
            ))
        });
    }

    fn bin_runs(&mut self, runs: Vec<RunId>) {
        self.state.library.picked.clear();
        self.background.library.change("The runs", move |library| {
            library.bin_runs(&runs)?;
            let are = if runs.len() == 1 { "run is" } else { "runs are" };
            let words = format!("{} {are} in the bin for 30 days; Ctrl+Z brings them back", runs.len());
            Ok(Done::Said("The library:", words))
        });
    }

    /// Takes the last change of the library back, or makes it again.
    pub(super) fn undo_in_library(&mut self, redo: bool) {
        self.background.library.change("The last change", move |library| {
            let done = if redo { library.redo()? } else { library.undo()? };
            let words = match (done, redo) {
                (Some(_), false) => "was taken back",
                (Some(_), true) => "was made again",
                (None, _) => "is not known any more: nothing was changed since the library was opened",
            };
            Ok(Done::Said("The last change", words.to_owned()))
        });
    }

    /// Notes that the person is here now.
    pub(super) fn note_visit(&mut self) {
        if let Some(who) = self.state.library.changed_person() {
            self.background.library.change("The visit", move |library| {
                library.visit(who)?;
                Ok(Done::Said("The visit", "is noted; what is new is counted from now".to_owned()))
            });
        }
    }

    /// Moves the person to the bin.
    pub(super) fn bin_person(&mut self) {
        if let Some(who) = self.state.library.changed_person() {
            self.state.library.chosen = None;
            self.state.library.page = None;
            self.background.library.show(None);
            self.background.library.change("The person", move |library| {
                library.bin_person(who)?;
                let words =
                    "is in the bin for 30 days, with all runs and notes; Ctrl+Z brings the person back";
                Ok(Done::Said("The person", words.to_owned()))
            });
        }
    }

    /// Reads a person's weeks for the page.
    fn read_period(&mut self, from: NaiveDate, to: NaiveDate) {
        let Some(who) = self.state.library.chosen else { return };
        self.background.library.ask("The page", move |library, today| {
            Ok(Done::Period(Box::new(library.period(who, from, to, today)?)))
        });
    }

    /// Makes a backup among the library's own.
    pub(super) fn back_up(&mut self) {
        self.background.library.ask("The backup", |library, _| {
            let backup = library.back_up()?;
            let name = backup.path.display();
            Ok(Done::Said("The backup", format!("was made and checked: {name}")))
        });
    }

    /// Makes a copy of the library for a place of one's choice.
    pub(super) fn back_up_elsewhere(&mut self) {
        self.background.library.ask("The copy", |library, _| {
            let failed = |error: std::io::Error| library::LibraryError::Io {
                what: "making a copy",
                why: error.to_string(),
            };
            // Made and checked among the library's own files, so that no other folder ever sees half of it.
            let folder = tempfile::tempdir_in(library.place().folder()).map_err(failed)?;
            let path = folder.path().join("copy.db");
            library.back_up_to(&path)?;
            Ok(Done::Copy(std::fs::read(&path).map_err(failed)?))
        });
    }

    /// Chooses a backup to look into.
    pub(super) fn choose_backup(&mut self) {
        let Some(place) = self.background.library.place() else { return };
        let mut lines: Vec<(String, LibraryAsk)> = library::backups(place)
            .into_iter()
            .map(|backup| {
                let made = backup.made.with_timezone(&Local).format("%a %-d %b %Y, %H:%M");
                let words = format!("{made} · {:.1} MB", backup.size as f64 / 1e6);
                (words, LibraryAsk::LookInto(backup.path))
            })
            .collect();
        lines.push(("Another file…".to_owned(), LibraryAsk::OtherBackup));
        self.state.overlay = Overlay::Pick(Pick {
            title: "Restore a backup",
            hint: "Type a few letters of its date",
            typed: String::new(),
            line: 0,
            lines,
            new_person: None,
        });
    }

    /// Closes the library until its passcode is typed.
    pub(in crate::app) fn lock_library(&mut self) {
        if self.state.library.holding.has_passcode {
            self.state.overlay = Overlay::None;
            self.close_kept();
            self.state.library.forget();
            self.background.library.lock();
        }
    }

    /// Asks for a new passcode, beside a new recovery key.
    pub(super) fn choose_passcode(&mut self) {
        match RecoveryKey::random() {
            Ok(key) => self.lay_form(FormFor::SetPasscode(key.text())),
            Err(why) => self.state.notices.failed("The passcode", &why.to_string()),
        }
    }

    /// Checks the whole library.
    pub(super) fn verify_library(&mut self) {
        self.background.library.ask("The library", |library, _| Ok(Done::Verified(library.verify()?)));
    }

    /// Asks for a folder, for everything of the person who is looked at.
    pub(super) fn choose_export(&mut self, ctx: &Context) {
        let name = self.export_name();
        self.ask_for_paths(ctx, PathFor::Export, move || {
            let chosen =
                rfd::FileDialog::new().set_title("Export everything into a new folder in").pick_folder();
            chosen.map(|folder| vec![folder.join(name)])
        });
    }

    fn export_name(&self) -> String {
        let library = &self.state.library;
        let name =
            library.chosen.and_then(|who| library.holding.person(who)).map_or("", |it| it.name.as_str());
        let safe: String = name
            .chars()
            .map(|it| if it.is_alphanumeric() || " -_".contains(it) { it } else { '_' })
            .collect();
        format!("{safe} {}", self.today())
    }

    /// Writes everything of a person into a folder.
    pub(super) fn export_person(&mut self, paths: Vec<PathBuf>) {
        let (Some(who), Some(folder)) = (self.state.library.chosen, paths.into_iter().next()) else { return };
        self.background.library.ask("The export", move |library, _| {
            let written = library.hand_over(who, &folder)?;
            let words = format!(
                "has {} runs and {} notes, in open formats: {}",
                written.runs,
                written.notes,
                written.folder.display()
            );
            Ok(Done::Said("The export", words))
        });
    }

    /// Shows the demo.
    pub(super) fn show_demo(&mut self) {
        self.state.library.forget();
        self.state.runs.selected = None;
        self.background.library.show_demo();
    }

    /// Leaves it: its runs go, too.
    pub(super) fn leave_demo(&mut self) {
        self.close_kept();
        self.state.library.forget();
        self.state.announcer.say("The demo is gone");
        self.background.library.leave_demo();
    }

    /// Closes every open run of the library: it is another's now, or gone.
    pub(super) fn close_kept(&mut self) {
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
