//! The open runs in the order of the list: files before samples, newest first.

use std::{cmp::Reverse, sync::Arc};

use crate::app::state::run::{Entry, Origin, Run};

/// The list, and which of its runs are looked at.
#[derive(Debug)]
pub struct Runs {
    /// All of them.
    pub entries: Vec<Entry>,
    /// The one on show.
    pub selected: Option<usize>,
    /// The one that it is compared with.
    pub compared: Option<Origin>,
    /// What the list is searched for.
    pub search: String,
    /// Those whose entries were seen in the last frame.
    pub seen: Vec<Arc<Run>>,
    /// Runs that were cut before, until their cuts are made again.
    pub waiting: Vec<Entry>,
    /// Whether the next run that comes in is shown at once.
    pub show_next: bool,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            selected: None,
            compared: None,
            search: String::new(),
            seen: Vec::new(),
            waiting: Vec::new(),
            show_next: true,
        }
    }
}

impl Runs {
    /// The entry on show.
    pub fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.selected?)
    }

    /// The same, to be changed.
    pub fn entry_mut(&mut self) -> Option<&mut Entry> {
        self.entries.get_mut(self.selected?)
    }

    /// The entry of a run with the cuts that it has.
    pub fn entry_of(&mut self, run: &Arc<Run>) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| Arc::ptr_eq(&entry.run, run))
    }

    /// The place of what came from there.
    pub fn place_of(&self, origin: &Origin) -> Option<usize> {
        self.entries.iter().position(|entry| entry.run.origin == *origin)
    }

    /// The run to compare with, where it is open and is not the one on show.
    pub fn compared_run(&self) -> Option<&Arc<Run>> {
        let index = self.place_of(self.compared.as_ref()?)?;
        (self.selected != Some(index)).then(|| &self.entries[index].run)
    }

    /// Puts a new entry in its place, and shows it where one was waited for. Returns what is selected then.
    pub fn insert(&mut self, entry: Entry) -> Origin {
        let origin = entry.run.origin.clone();
        let on_show = self.entry().map(|entry| entry.run.origin.clone());
        let key = |it: &Entry| (it.run.is_sample(), Reverse(it.run.recording.start));
        let place = self.entries.partition_point(|other| key(other) <= key(&entry));
        self.entries.insert(place, entry);
        let at_once = std::mem::take(&mut self.show_next);
        let wanted = on_show.filter(|_| !at_once).unwrap_or(origin);
        self.selected = self.place_of(&wanted);
        wanted
    }

    /// Takes the run on show out of the list; nothing is selected then.
    pub fn take(&mut self) -> Option<(usize, Entry)> {
        let index = self.selected.take()?;
        Some((index, self.entries.remove(index)))
    }

    /// The name of an open run from elsewhere that is the same recording.
    pub fn open_already(&self, run: &Run) -> Option<&str> {
        let same = |entry: &&Entry| {
            let other = &entry.whole;
            other.origin != run.origin && !other.is_sample() && other.fingerprint.is_same(&run.fingerprint)
        };
        (!run.is_sample() && run.edits.is_empty())
            .then(|| self.entries.iter().find(same).map(|entry| entry.run.name()))?
    }

    /// The places of those that the search finds.
    pub fn found(&self) -> Vec<usize> {
        let wanted = self.search.trim().to_lowercase();
        let fits = |entry: &Entry| {
            let run = &entry.run;
            wanted.is_empty()
                || run.name().to_lowercase().contains(&wanted)
                || run.title().to_lowercase().contains(&wanted)
        };
        (0..self.entries.len()).filter(|k| fits(&self.entries[*k])).collect()
    }
}
