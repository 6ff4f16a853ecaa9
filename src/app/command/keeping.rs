//! What is remembered of the runs you open; and clinic mode, which remembers nothing.

use std::path::PathBuf;

use egui::{Context, Event};

use crate::app::{
    App,
    state::{overlay::Overlay, recent::Session},
    storage::{cuts::Cuts, recent::RecentFile},
};

impl App {
    /// Begins to keep what is kept, in this folder; without one until the window is closed. Where nothing was to be
    /// opened and the person likes it so, the last session is opened.
    pub(in crate::app) fn keep_in(&mut self, ctx: &Context, folder: Option<PathBuf>) {
        self.kept_in = folder;
        if self.state.keeps_nothing() {
            return;
        }
        self.keep_from_now_on(ctx);
        if self.state.settings.reopen && !self.is_loading() {
            self.reopen_session();
        }
    }

    fn keep_from_now_on(&mut self, ctx: &Context) {
        self.cuts = Cuts::new(self.kept_in.clone());
        self.recent = RecentFile::new(self.kept_in.clone());
        let recent = self.recent.read();
        (self.state.recent.items, self.state.recent.last_session) = (recent.items, recent.last_session);
        self.recent.look(ctx, &self.state.recent.items);
    }

    /// Opens the runs that were open when the window was last closed.
    pub(super) fn reopen_session(&mut self) {
        let files = self.state.recent.last_session.to_open();
        self.load(files);
    }

    /// Forgets what was opened.
    pub(super) fn clear_recent(&mut self, ctx: &Context) {
        self.state.recent.forget();
        self.recent.forget(ctx);
        self.state.notices.said("The list of recent runs", "was cleared");
    }

    /// Asks before nothing is kept, because what was kept is removed then; keeps again without asking.
    pub(super) fn choose_to_keep_nothing(&mut self, ctx: &Context) {
        if !self.state.settings.keep_nothing {
            self.state.overlay = Overlay::KeepNothing;
            return;
        }
        self.state.settings.keep_nothing = false;
        self.settings_changed = true;
        self.keep_from_now_on(ctx);
        self.state
            .notices
            .said("Clinic mode", "is off: recent runs, the last session and cuts are kept again");
    }

    /// Keeps nothing from now on, and removes what was kept.
    pub(super) fn keep_nothing(&mut self) {
        let state = &mut self.state;
        state.overlay = Overlay::None;
        state.settings.keep_nothing = true;
        // A crash must not bring it back.
        self.settings_changed = true;
        state.recent.forget();
        for removed in [self.cuts.end(), self.recent.end()] {
            if let Err(why) = removed {
                state
                    .notices
                    .failed("What was kept", &format!("could not all be removed: {why}; delete it by hand"));
            }
        }
        state.notices.said("Clinic mode", "is on: no trace of a run is kept");
    }

    /// After everything that came in was taken: brings what is remembered in line with it.
    pub(in crate::app) fn remember(&mut self, ctx: &Context) {
        if self.state.keeps_nothing() {
            return;
        }
        if let Some(missing) = self.recent.missing() {
            self.state.recent.learn_missing(&missing);
        }
        // Whoever comes back may have moved a file meanwhile.
        if ctx.input(|input| input.events.contains(&Event::WindowFocused(true))) {
            self.recent.look(ctx, &self.state.recent.items);
        }
        if let Some(why) = self.recent.problem() {
            self.state.notices.failed("The list of recent runs", &format!("could not be kept: {why}"));
        }
        if self.is_loading() {
            return;
        }
        self.state.recent.asked_no_more();
        if std::mem::take(&mut self.state.recent.is_news) {
            self.recent.keep(ctx, &self.state.recent.items);
        }
        // A folder's runs are known when all of them are.
        let open = self.state.runs.which();
        if std::mem::replace(&mut self.session_of, open) != open {
            self.recent.keep_session(ctx, Session::of(&self.state.runs));
        }
    }
}
