//! What panels, charts and dialogs ask for by pointer, by keys of their own and by what is typed into them.

use std::{path::PathBuf, sync::Arc};

use egui::Context;

use crate::{
    app::{
        App,
        command::{Command, library::LibraryAsk},
        state::{
            overlay::Overlay,
            path_field::PathFor,
            run::{OpenRun, Origin},
            view::{MapLook, Mark},
            zoom::Reach,
        },
    },
    band::TimeRange,
};

/// Something to be done at the end of the frame.
#[derive(Debug, Clone)]
pub enum Action {
    /// A command by its name.
    Do(Command),
    /// Show the run at a place of the list.
    Select(usize),
    /// Search the list for these words.
    SearchFor(String),
    /// These runs of the list are seen: their numbers are needed.
    Seen(Vec<Arc<OpenRun>>),
    /// Compare with what came from there, or with nothing.
    CompareWith(Option<Origin>),
    /// The pointer is at this moment, s.
    Hover(f64),
    /// The keyboard is at this moment, s.
    Keep(f64),
    /// A stretch is being drawn from one moment to another, s.
    DrawRange([f64; 2]),
    /// It is drawn: speak of it.
    EndRange,
    /// Speak of a stretch; of the whole run, where it is chosen already.
    ChooseRange(TimeRange),
    /// Show this part of the speed chart; `None` is the whole run.
    ZoomTo(Option<Reach>),
    /// Look at the larger route like this.
    LookAtMap(MapLook),
    /// Put the band's upper edge here, m/s.
    MoveUpper(f64),
    /// Have the brisk part begin here, m/s.
    MoveBrisk(f64),
    /// Say once beside the pointer what the wheel does, or no longer.
    ExplainWheel(bool),
    /// Mark all moments at these speeds in chart and route, or none.
    Mark(Option<Mark>),
    /// Add a run to those that are added up, or take it away; `None` takes all away.
    Pick(Option<Origin>),
    /// Close the run at a place of the list.
    Close(usize),
    /// Show the folder of the run at a place of the list.
    ShowFile(usize),
    /// Say that something went well.
    Confirm(&'static str, &'static str),
    /// Show all remarks on the run, not only the first.
    ShowRemarks,
    /// Open these files and folders.
    Open(Vec<PathBuf>),
    /// Keep nothing from now on, and remove what was kept.
    KeepNothing,
    /// Do with these files and folders what they were asked for.
    Chosen(PathFor, Vec<PathBuf>),
    /// Something of the library.
    Library(LibraryAsk),
    /// Save what waits for a path there.
    SaveAs(PathBuf),
    /// Lay something over the window, or take it away.
    Lay(Overlay),
    /// Say that something went wrong: what, and why.
    Complain(&'static str, String),
    /// Take the notice at this place away.
    Dismiss(usize),
    /// Take all notices away.
    DismissAll,
    /// Show all notices, or the latest only.
    ShowNotices(bool),
    /// Say this to those who do not see it.
    Say(String),
}

impl From<Command> for Action {
    fn from(command: Command) -> Self {
        Self::Do(command)
    }
}

impl From<LibraryAsk> for Action {
    fn from(ask: LibraryAsk) -> Self {
        Self::Library(ask)
    }
}

impl App {
    /// Does what was asked for. Returns whether the next frame looks different, or may.
    pub(in crate::app) fn act(&mut self, action: Action, ctx: &Context) -> bool {
        let state = &mut self.state;
        if !matches!(action, Action::Hover(_) | Action::Seen(_) | Action::Say(_) | Action::Complain(..)) {
            state.runs.await_no_newer();
        }
        match action {
            Action::Do(command) => command.run(self, ctx),
            Action::Select(index) => self.select(index),
            Action::SearchFor(words) => state.runs.search = words,
            Action::Seen(runs) => {
                state.runs.seen = runs;
                return false;
            }
            Action::CompareWith(origin) => self.compare_with(origin),
            Action::Hover(time_s) => {
                // The end of the frame finds out whether that moves the cursor.
                state.view.hover(time_s);
                return false;
            }
            Action::Keep(time_s) => state.view.keep(Some(time_s)),
            Action::DrawRange(ends_s) => state.view.dragged = Some(ends_s),
            Action::EndRange => state.view.end_range(),
            Action::ChooseRange(range) => state.view.choose_or_leave(range),
            Action::ZoomTo(reach) => state.view.zoom = reach,
            Action::LookAtMap(look) => state.view.map = look,
            Action::MoveUpper(upper_mps) => state.settings.set_upper(upper_mps),
            Action::MoveBrisk(brisk_mps) => state.settings.set_brisk(brisk_mps),
            Action::ExplainWheel(now) => {
                state.wheel_explained_now = now;
                state.settings.wheel_explained = true;
            }
            Action::Mark(speeds) => self.mark(speeds),
            Action::Pick(origin) => state.runs.pick(origin),
            Action::Close(index) => self.close(index),
            Action::ShowFile(index) => self.show_file(index, ctx),
            Action::Confirm(what, words) => state.notices.said(what, words),
            Action::ShowRemarks => state.view.all_remarks = true,
            Action::Open(paths) => self.open(paths),
            Action::KeepNothing => self.keep_nothing(),
            Action::Chosen(what_for, paths) => self.chosen(what_for, paths),
            Action::Library(ask) => self.ask_library(ask, ctx),
            Action::SaveAs(path) => self.background.outside.save_as(ctx, path),
            Action::Lay(overlay) => state.overlay = overlay,
            Action::Complain(what, why) => state.notices.failed(what, &why),
            Action::Dismiss(place) => state.notices.dismiss(place),
            Action::DismissAll => state.notices.dismiss_all(),
            Action::ShowNotices(all) => state.notices.open = all,
            Action::Say(words) => state.announcer.say(words),
        }
        true
    }
}
