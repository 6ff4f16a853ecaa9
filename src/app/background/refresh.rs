//! Keeps what is shown in line with what is asked for. Short runs are computed at once; of long ones the last
//! pictures stay until the new ones are there.

use std::sync::{Arc, Weak};

use crate::app::{
    App,
    background::worker::Answer,
    state::{
        run::{Asked, Run, Shown},
        summary_text,
        view::View,
    },
};

impl App {
    /// Whether what is on show is not yet what was asked for.
    pub(in crate::app) fn is_computing(&self) -> bool {
        self.worker.is_busy()
    }

    /// Takes what was computed since the last frame.
    pub(in crate::app) fn take_answers(&mut self) {
        for answer in self.worker.answers() {
            match answer {
                Answer::Shown(shown) => self.put_on_show(shown),
                Answer::Other(other) => {
                    if self.compared.as_ref() == Some(&other.run.origin) {
                        self.other = Some(other);
                    }
                }
                Answer::Summary(run, summary) => {
                    if let Some(entry) = self.entries.iter_mut().find(|it| Arc::ptr_eq(&it.run, &run)) {
                        entry.learn(&run, &summary);
                    }
                }
                Answer::Failed(run) => self.set_aside(&run),
            }
        }
    }

    /// Brings what is on show up to date, or has it computed.
    pub(in crate::app) fn refresh(&mut self) {
        self.at_once = Run::SHORT;
        self.refresh_other();
        let Some(entry) = self.selected.and_then(|index| self.entries.get(index)) else {
            if let Some(before) = self.shown.take() {
                self.worker.let_go(before);
            }
            return;
        };
        let asked = Asked {
            edges: self.settings.edges,
            unit: self.settings.unit,
            axis: self.settings.axis,
            split: self.settings.split,
            range: self.view.range,
        };
        let run = Arc::clone(&entry.run);
        if self.shown.as_ref().is_some_and(|it| it.asked == asked && Arc::ptr_eq(&it.run, &run)) {
            return;
        }
        if run.is_short() {
            self.put_on_show(Arc::new(Shown::new(&run, asked)));
        } else if !self.is_set_aside(&run) {
            self.worker.show(&run, asked, self.shown.as_ref());
        }
    }

    fn put_on_show(&mut self, shown: Arc<Shown>) {
        let Some(entry) = self.selected.and_then(|index| self.entries.get_mut(index)) else { return };
        if !Arc::ptr_eq(&entry.run, &shown.run) {
            return;
        }
        if shown.asked.range.is_none() {
            entry.learn(&shown.run, &shown.summary);
        }
        if let Some(words) = summary_text::change(self.shown.as_deref(), &shown) {
            self.announcer.say(words);
        }
        if let Some(before) = self.shown.replace(shown) {
            self.worker.let_go(before);
        }
    }

    /// After a frame on which another run was still on show than the one that is selected: what was pointed at
    /// there has nothing to do with the one that comes.
    pub(in crate::app) fn leave_view_of_another(&mut self) {
        let Some((entry, shown)) = self.entry().zip(self.shown.as_ref()) else { return };
        if entry.run.origin != shown.run.origin || entry.run.edits != shown.run.edits {
            self.view = View::default();
        }
    }

    /// Whether the numbers of an entry are those of the edges; if not, a few are computed at once.
    pub(in crate::app) fn knows(&mut self, index: usize) -> bool {
        let edges = self.settings.edges;
        let entry = &mut self.entries[index];
        if entry.summary().is_some_and(|summary| summary.edges == edges) {
            return true;
        }
        let run = Arc::clone(&entry.run);
        let steps = run.motion.steps.len();
        if steps > self.at_once {
            return self.is_set_aside(&run);
        }
        self.at_once -= steps;
        entry.learn(&run, &Arc::new(run.summary(edges)));
        true
    }

    /// A defect was met in this run: it is not asked for again.
    fn set_aside(&mut self, run: &Arc<Run>) {
        if self.is_set_aside(run) {
            return;
        }
        self.defective.retain(|it| it.strong_count() > 0);
        self.defective.push(Arc::downgrade(run));
        if self.entry().is_some_and(|entry| Arc::ptr_eq(&entry.run, run)) {
            self.shown = None;
        }
        self.notices.failed(
            run.name(),
            "hit a bug in Spinepace and cannot be shown; please report it with the file, the other runs are not \
             affected",
        );
    }

    fn is_set_aside(&self, run: &Arc<Run>) -> bool {
        self.defective.iter().any(|it| Weak::as_ptr(it) == Arc::as_ptr(run))
    }
}
