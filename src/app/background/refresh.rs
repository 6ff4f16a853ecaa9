//! Keeps what is shown in line with what is asked for. Short runs are computed at once; of long ones the last
//! pictures stay until the new ones are there.

use std::sync::Arc;

use crate::{
    app::{
        App,
        background::worker::{Answer, guarded},
        state::{
            compared::{Other, Side},
            run::OpenRun,
            shown::{Asked, Shown},
            summary_text,
            view::View,
        },
    },
    band::{Edges, Summary},
};

impl App {
    /// Takes what was computed since the last frame.
    pub(in crate::app) fn take_answers(&mut self) {
        for answer in self.background.worker.answers() {
            match answer {
                Answer::Shown(shown) => self.put_on_show(shown),
                Answer::Other(other) => {
                    if self.state.runs.compared.as_ref() == Some(&other.run.origin) {
                        self.state.screen.other = Some(other);
                    }
                }
                Answer::Summary(run, summary) => {
                    if let Some(entry) = self.state.runs.entry_of(&run) {
                        entry.learn(&run, &summary);
                    }
                }
                Answer::Failed(run) => self.set_aside(&run),
            }
        }
    }

    /// Brings what is on show up to date, or has it computed.
    pub(in crate::app) fn refresh(&mut self) {
        self.refresh_other();
        self.refresh_shown();
        self.state.work = self.background.work();
    }

    fn refresh_shown(&mut self) {
        let state = &self.state;
        let Some(entry) = state.runs.entry() else {
            if let Some(before) = self.state.screen.shown.take() {
                self.background.let_go(before);
            }
            return;
        };
        let asked = Asked {
            edges: state.settings.edges(),
            unit: state.settings.unit,
            axis: state.settings.axis,
            split: state.settings.split,
            range: state.view.range,
        };
        let run = Arc::clone(&entry.run);
        let before = state.screen.shown.as_ref();
        if before.is_some_and(|it| it.asked == asked && Arc::ptr_eq(&it.run, &run))
            || self.background.is_set_aside(&run)
        {
            return;
        }
        if !run.is_short() {
            self.background.worker.show(&run, asked, before);
            return;
        }
        match guarded(|| Shown::new(&run, asked)) {
            Some(shown) => self.put_on_show(Arc::new(shown)),
            None => self.set_aside(&run),
        }
    }

    /// Brings the run that is compared up to date, where one is chosen that is open and is not the one on show.
    fn refresh_other(&mut self) {
        let state = &mut self.state;
        let Some(run) = state.runs.compared_run().map(Arc::clone) else {
            state.screen.other = None;
            return;
        };
        let settings = &state.settings;
        let side = Side { edges: settings.edges(), unit: settings.unit, axis: settings.axis };
        let other = &mut state.screen.other;
        if other.as_ref().is_some_and(|it| it.side == side && Arc::ptr_eq(&it.run, &run))
            || self.background.is_set_aside(&run)
        {
            return;
        }
        *other = other.take().filter(|it| it.run.origin == run.origin);
        if !run.is_short() {
            self.background.worker.compare(&run, side);
            return;
        }
        match guarded(|| Other::new(&run, side)) {
            Some(new) => *other = Some(Arc::new(new)),
            None => self.set_aside(&run),
        }
    }

    fn put_on_show(&mut self, shown: Arc<Shown>) {
        let state = &mut self.state;
        let Some(entry) = state.runs.entry_mut() else { return };
        if !Arc::ptr_eq(&entry.run, &shown.run) {
            return;
        }
        if shown.asked.range.is_none() {
            entry.learn(&shown.run, &shown.summary);
        }
        if let Some(words) = summary_text::change(state.screen.shown.as_deref(), &shown) {
            state.announcer.say(words);
        }
        if let Some(before) = state.screen.shown.replace(shown) {
            self.background.let_go(before);
        }
    }

    /// After a frame on which another run was still on show than the one that is selected: what was pointed at
    /// there has nothing to do with the one that comes.
    pub(in crate::app) fn leave_view_of_another(&mut self) {
        let state = &mut self.state;
        let Some((entry, shown)) = state.runs.entry().zip(state.screen.shown.as_ref()) else { return };
        if entry.run.origin != shown.run.origin || entry.run.edits != shown.run.edits {
            state.view = View::default();
        }
    }

    /// Brings the numbers of the entries that are seen up to date: a few at once, the others by the thread. Returns
    /// whether any became known.
    pub(in crate::app) fn number_the_list(&mut self) -> bool {
        let edges = self.state.settings.edges();
        let mut seen = std::mem::take(&mut self.state.runs.seen);
        seen.extend(self.state.runs.picked().map(|entry| Arc::clone(&entry.run)));
        let (mut left, mut learned, mut unknown) = (OpenRun::SHORT, false, Vec::new());
        for run in &seen {
            let steps = run.motion.steps.len();
            let Some(entry) = self.state.runs.entry_of(run) else { continue };
            if entry.summary().is_some_and(|summary| summary.edges == edges)
                || self.background.is_set_aside(run)
            {
            } else if steps > left {
                unknown.push(Arc::clone(run));
            } else {
                left -= steps;
                learned = true;
                match summary(run, edges) {
                    Some(summary) => entry.learn(run, &summary),
                    None => self.set_aside(run),
                }
            }
        }
        // A closed run is not kept for that.
        self.state.runs.seen =
            seen.into_iter().filter(|run| self.state.runs.entry_of(run).is_some()).collect();
        self.background.worker.summarize(&unknown, edges);
        learned
    }

    /// A defect was met in this run: it is not asked for again.
    fn set_aside(&mut self, run: &Arc<OpenRun>) {
        if self.background.is_set_aside(run) {
            return;
        }
        self.background.set_aside(run);
        let state = &mut self.state;
        if state.runs.entry().is_some_and(|entry| Arc::ptr_eq(&entry.run, run)) {
            state.screen.shown = None;
        }
        state.notices.failed(
            run.name(),
            "hit a bug in Spinepace and cannot be shown; please report it with the file, the other runs are not \
             affected",
        );
    }
}

fn summary(run: &OpenRun, edges: Edges) -> Option<Arc<Summary>> {
    guarded(|| Arc::new(run.summary(edges)))
}
