//! Cuts: what they do to the run on show, and how they are taken back.

use std::sync::Arc;

use egui::Context;

use crate::{
    app::{
        App,
        state::{
            run::{OpenRun, Origin},
            view::View,
        },
    },
    recording::{Edits, History},
};

impl App {
    /// Cuts the chosen stretch from the run, which stays untouched beside the cuts.
    pub(super) fn cut(&mut self, ctx: &Context, how: fn(Edits, [f64; 2]) -> Edits) {
        let Some(range) = self.state.view.range else { return };
        let Some(entry) = self.state.runs.entry_mut() else { return };
        let stretch = [range.start_s + entry.run.moved_s, range.end_s + entry.run.moved_s];
        let edits = how(entry.history.edits().clone(), stretch);
        if edits.apply(&entry.whole.recording).is_none() {
            self.state.notices.failed(entry.run.name(), "would have nothing left; choose another stretch");
            return;
        }
        entry.history.change(edits);
        self.show_edits(ctx);
    }

    pub(super) fn change_history(&mut self, ctx: &Context, change: fn(&mut History) -> bool) {
        let Some(entry) = self.state.runs.entry_mut() else { return };
        if change(&mut entry.history) {
            self.show_edits(ctx);
        }
    }

    /// Brings histories in line with the runs on show: the way to other cuts was cancelled, or failed.
    pub(in crate::app) fn keep_to_runs(&mut self, ctx: &Context) {
        let mut changed = Vec::new();
        for entry in
            self.state.runs.entries.iter_mut().filter(|entry| *entry.history.edits() != entry.run.edits)
        {
            entry.history.go_to(&entry.run.edits);
            changed.push((Arc::clone(&entry.whole), entry.history.edits().clone()));
        }
        for (whole, edits) in changed {
            self.keep_cuts(ctx, &whole, edits);
        }
    }

    /// Brings the run on show in line with its cuts, and keeps them. A sample is whole at every start.
    fn show_edits(&mut self, ctx: &Context) {
        let Some(entry) = self.state.runs.entry_mut() else { return };
        self.state.view = View::default();
        entry.recalled = false;
        let (whole, edits) = (Arc::clone(&entry.whole), entry.history.edits().clone());
        if entry.history.edits().is_empty() {
            let whole = Arc::clone(&entry.whole);
            entry.replace(whole);
        } else {
            self.background.loader.edit(Arc::clone(&entry.whole), entry.history.edits().clone());
        }
        self.keep_cuts(ctx, &whole, edits);
    }

    /// Keeps the cuts of a recording: those of a file beside the settings, those of a run of the library in it.
    fn keep_cuts(&mut self, ctx: &Context, whole: &OpenRun, edits: Edits) {
        if let Some(kept) = self.state.library.kept_as(whole) {
            self.cut_kept(kept, edits.clone());
        }
        if matches!(whole.origin, Origin::File(_)) {
            self.cuts.keep(ctx, whole.fingerprint, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_that_were_cancelled_on_the_way_do_not_count() {
        let ctx = Context::default();
        let mut app = App::new(&eframe::CreationContext::_new_kittest(ctx.clone()), Vec::new());
        app.open_sample(0);
        while app.state.runs.entries.is_empty() || app.is_loading() {
            std::thread::sleep(std::time::Duration::from_millis(5));
            app.receive(&ctx);
        }
        let cut = Edits::default().ignoring([60.0, 120.0]);
        app.state.runs.entries[0].history.change(cut.clone());
        app.show_edits(&ctx);
        app.receive(&ctx);
        app.background.loader.cancel();
        // What was read before the cancelling comes in all the same.
        while app.is_loading() {
            std::thread::sleep(std::time::Duration::from_millis(5));
            app.receive(&ctx);
        }
        assert_eq!(*app.state.runs.entries[0].history.edits(), app.state.runs.entries[0].run.edits);
        // And a way that nobody is on any more.
        let other = cut.ignoring([200.0, 300.0]);
        app.state.runs.entries[0].history.change(other.clone());
        app.receive(&ctx);
        let entry = &mut app.state.runs.entries[0];
        assert_eq!(*entry.history.edits(), entry.run.edits);
        assert!(entry.history.redo(), "it can be asked for again");
        assert_eq!(*entry.history.edits(), other);
    }
}
