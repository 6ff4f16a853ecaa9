//! What is asked of the library, by name or by hand; the thread does it.

mod forms;
mod heard;
mod passcode;
mod people;
mod runs;
mod safety;
mod watching;

use std::path::PathBuf;

use chrono::NaiveDate;
use egui::Context;

use crate::{
    app::{
        App,
        background::library::Done,
        state::{
            form::{FormFor, Waiting},
            overlay::Overlay,
            path_field::PathFor,
            weeks_chart::ByTime,
        },
    },
    library::{BatchId, Choice, NoteId, PersonId, RunId},
};

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
    /// Keep the files that were found for a person.
    KeepFound(PersonId),
    /// Move a session of a person from one day to another.
    MoveSession(PersonId, NaiveDate, NaiveDate),
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
    UndoImport(BatchId),
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
    Choose(RunId, Choice),
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
            LibraryAsk::KeepFound(who) => self.keep_found(who),
            LibraryAsk::MoveSession(who, from, to) => {
                self.background.library.change("The session", move |library| {
                    library.move_session(who, from, to)?;
                    let words = format!("is moved to {}; Ctrl+Z undoes it", to.format("%a %-d %b"));
                    Ok(Done::Said("The session", words))
                });
            }
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
    fn save_text(&mut self, what: &'static str, name: &str, text: String) {
        let ctx = self.background.ctx.clone();
        self.background.outside.save(&ctx, what, name, &["txt"], move |_| Ok(text.clone().into_bytes()));
    }
}
