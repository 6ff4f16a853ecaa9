//! The open runs in the order of the list: files before samples, newest first.

use std::{
    cmp::Reverse,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};

use crate::{
    app::state::{
        run::{Entry, OpenRun, Origin},
        settings::ListOrder,
    },
    motion::Evidence,
    recording::Sport,
};

/// When the newest of some runs began, and where it came from.
type Newest = Option<(DateTime<Utc>, Origin)>;

/// Which of the runs that are coming in is to be shown. Threads read them, so that the first to come is anyone's.
#[derive(Debug, Clone, PartialEq)]
pub enum Awaited {
    /// The one that was named first; beside it the newest of the others so far.
    This(Origin, Newest),
    /// The newest: at first whichever comes in, then that which began last so far.
    Newest(Newest),
}

impl Awaited {
    /// Of these files and folders: the first, where it is a file, else the newest of all. `None` without any.
    pub fn of(paths: &[PathBuf]) -> Option<Self> {
        let first = paths.first()?;
        let is_archive =
            |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        Some(match first.is_dir() || is_archive(first) {
            true => Self::Newest(None),
            false => Self::This(Origin::File(first.display().to_string()), None),
        })
    }
}

/// The list, and which of its runs are looked at.
#[derive(Debug, Default)]
pub struct Runs {
    /// All of them.
    pub entries: Vec<Entry>,
    /// The one on show.
    pub selected: Option<usize>,
    /// The one that it is compared with.
    pub compared: Option<Origin>,
    /// The one that was closed last.
    pub closed: Option<Entry>,
    /// Those that are added up.
    pub picked: Vec<Origin>,
    /// What the list is searched for.
    pub search: String,
    /// The sport whose runs alone are listed.
    pub sport: Option<Sport>,
    /// What estimates go by.
    pub evidence: Evidence,
    /// Those whose entries were seen in the last frame.
    pub seen: Vec<Arc<OpenRun>>,
    /// Runs that were cut before, until their cuts are made again.
    pub waiting: Vec<Entry>,
    /// Which of those that are coming in is shown.
    pub awaited: Option<Awaited>,
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

    /// Tells one set of open runs and choice among them from another, quickly.
    pub fn which(&self) -> (usize, Option<usize>) {
        let mix = |sum: usize, entry: &Entry| sum.rotate_left(7) ^ Arc::as_ptr(&entry.whole) as usize;
        (self.entries.iter().fold(0, mix), self.selected)
    }

    /// The entry of a run with the cuts that it has.
    pub fn entry_of(&mut self, run: &Arc<OpenRun>) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| Arc::ptr_eq(&entry.run, run))
    }

    /// The place of what came from there.
    pub fn place_of(&self, origin: &Origin) -> Option<usize> {
        self.entries.iter().position(|entry| entry.run.origin == *origin)
    }

    /// The run to compare with, where it is open and is not the one on show.
    pub fn compared_run(&self) -> Option<&Arc<OpenRun>> {
        let index = self.place_of(self.compared.as_ref()?)?;
        (self.selected != Some(index)).then(|| &self.entries[index].run)
    }

    /// Whether a run that comes in is to be shown at once.
    pub fn is_awaited(&mut self, run: &OpenRun) -> bool {
        match &mut self.awaited {
            None => false,
            Some(Awaited::This(origin, _)) if *origin == run.origin => {
                self.awaited = None;
                true
            }
            Some(Awaited::This(_, newest) | Awaited::Newest(newest)) => {
                let (is_first, start) = (newest.is_none(), run.recording.start);
                if newest.as_ref().is_none_or(|(other, _)| start > *other) {
                    *newest = Some((start, run.origin.clone()));
                }
                is_first && matches!(self.awaited, Some(Awaited::Newest(_)))
            }
        }
    }

    /// The file of this name could not be read: where it was waited for, the newest of the others is.
    pub fn do_not_await(&mut self, name: &str) {
        if let Some(Awaited::This(Origin::File(label), newest)) = &self.awaited
            && label
                .strip_suffix(name)
                .is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']))
        {
            self.awaited = Some(Awaited::Newest(newest.clone()));
        }
    }

    /// The person has chosen what to look at: whatever else comes in does not change that.
    pub fn await_no_newer(&mut self) {
        if self.selected.is_some() && matches!(self.awaited, Some(Awaited::Newest(_))) {
            self.awaited = None;
        }
    }

    /// All have come in. Returns the place of the one to be shown, where it is not on show.
    pub fn awaited_last(&mut self) -> Option<usize> {
        let wanted = match self.awaited.take()? {
            Awaited::Newest(Some((_, origin))) => self.place_of(&origin),
            Awaited::This(..) | Awaited::Newest(None) => None,
        };
        // The list begins with the newest.
        let wanted = wanted.or_else(|| (self.selected.is_none() && !self.entries.is_empty()).then_some(0));
        wanted.filter(|place| self.selected != Some(*place))
    }

    /// Puts a new entry in its place, and shows it where it was waited for. Returns what is selected then.
    pub fn insert(&mut self, entry: Entry) -> Option<Origin> {
        let origin = entry.run.origin.clone();
        let at_once = self.is_awaited(&entry.run);
        let on_show = self.entry().map(|entry| entry.run.origin.clone());
        let key = |it: &Entry| (it.run.is_sample(), Reverse(it.run.recording.start));
        let place = self.entries.partition_point(|other| key(other) <= key(&entry));
        self.entries.insert(place, entry);
        let wanted = if at_once { Some(origin) } else { on_show };
        self.selected = wanted.as_ref().and_then(|wanted| self.place_of(wanted));
        wanted
    }

    /// The name of an open run from elsewhere that is the same recording.
    pub fn open_already(&self, run: &OpenRun) -> Option<&str> {
        let same = |entry: &&Entry| {
            let other = &entry.whole;
            other.origin != run.origin && !other.is_sample() && other.fingerprint.is_same(&run.fingerprint)
        };
        (!run.is_sample() && run.edits.is_empty())
            .then(|| self.entries.iter().find(same).map(|entry| entry.run.name()))?
    }

    /// The places of those that the search finds, sorted; samples stay behind.
    pub fn found(&self, order: ListOrder) -> Vec<usize> {
        let wanted = self.search.trim().to_lowercase();
        let fits = |entry: &Entry| {
            self.sport.is_none_or(|sport| entry.run.sport == Some(sport))
                && (wanted.is_empty() || entry.run.is_found_by(&wanted))
        };
        let mut found: Vec<usize> = (0..self.entries.len()).filter(|k| fits(&self.entries[*k])).collect();
        // What is not known yet comes last.
        let by = |value: &dyn Fn(&Entry) -> Option<f64>, found: &mut Vec<usize>| {
            found.sort_by(|a, b| {
                let [a, b] = [a, b].map(|k| &self.entries[*k]);
                let value = |entry: &Entry| value(entry).unwrap_or(-1.0);
                a.run.is_sample().cmp(&b.run.is_sample()).then(value(b).total_cmp(&value(a)))
            });
        };
        match order {
            ListOrder::Newest => {}
            ListOrder::InBand => by(&|entry| entry.summary().map(|it| it.totals.in_band_s), &mut found),
            ListOrder::Share => by(&|entry| entry.summary().map(|it| it.totals.share()), &mut found),
            ListOrder::Farthest => {
                by(&|entry| Some(entry.run.motion.steps.distance_at(f64::INFINITY)), &mut found);
            }
            ListOrder::Name => found.sort_by_cached_key(|k| {
                let run = &self.entries[*k].run;
                (run.is_sample(), run.name().to_lowercase())
            }),
        }
        found
    }

    /// How many of them are of a sport.
    pub fn count_of(&self, sport: Sport) -> usize {
        self.entries.iter().filter(|entry| entry.run.sport == Some(sport)).count()
    }

    /// Whether a run is one of those that are added up.
    pub fn is_picked(&self, origin: &Origin) -> bool {
        self.picked.contains(origin)
    }

    /// Those that are added up.
    pub fn picked(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| self.is_picked(&entry.run.origin))
    }

    /// Adds a run to those that are added up, the one on show first of all; or takes it away. `None` takes all away.
    pub fn pick(&mut self, origin: Option<Origin>) {
        let Some(origin) = origin else { return self.picked.clear() };
        if let Some(place) = self.picked.iter().position(|it| *it == origin) {
            self.picked.remove(place);
            return;
        }
        if self.picked.is_empty() {
            self.picked.extend(self.entry().map(|entry| entry.run.origin.clone()).filter(|it| *it != origin));
        }
        self.picked.push(origin);
    }
}
