//! One open run, whole and unchanged, and its entry in the list.

use std::{
    ops::Deref,
    path::Path,
    sync::{Arc, OnceLock},
};

use crate::{
    app::state::cache::Cache,
    band::{Edges, SpeedCounts, SpeedGrid, Summary, TimeRange},
    figure::{NearestPoint, RawLegs, SpeedAxis, StripFigure},
    library::RunId,
    motion::{Climb, ClimbProfile},
    recording::{DeviceWord, Edits, Fingerprint, History, Source, Sport},
    run,
    text::local_start,
    units,
};

/// Where a run came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file, or one of an archive, by what a person calls it.
    File(String),
    /// A sample of this program, by its id.
    Sample(&'static str),
    /// A run of the library.
    Kept(RunId),
}

/// A run as the library has it, to be opened.
#[derive(Debug, Clone)]
pub struct KeptSource {
    /// Its number.
    pub run: RunId,
    /// Its original file.
    pub source: Source,
    /// Its name in the library.
    pub name: String,
    /// What it says the activity was.
    pub activity: Option<String>,
    /// What was cut from it.
    pub cuts: Edits,
}

/// One open run.
#[derive(Debug)]
pub struct OpenRun {
    /// Where it came from.
    pub origin: Origin,
    /// What it was read from, where that is a file: the library keeps its bytes.
    pub source: Option<Source>,
    /// Its recording and its motion.
    pub core: run::Run,
    /// What tells it from other recordings.
    pub fingerprint: Fingerprint,
    /// The sport, where the file names one.
    pub sport: Option<Sport>,
    /// Whether a better estimate is still being computed.
    pub provisional: bool,
    /// The cuts that were made for it; none in the untouched run.
    pub edits: Edits,
    /// Seconds from the untouched run's start to this one's.
    pub moved_s: f64,
    /// What is found out when it is first asked for, and depends on nothing that a person chooses often.
    pub found: Found,
}

/// What a run's recording tells whatever the edges are.
#[derive(Debug, Default)]
pub struct Found {
    climb: OnceLock<Option<ClimbProfile>>,
    strips: Cache<(SpeedAxis, bool), Vec<StripFigure>>,
    raw: Cache<SpeedAxis, RawLegs>,
    places: OnceLock<NearestPoint>,
    counts: Cache<(Option<TimeRange>, SpeedGrid), SpeedCounts>,
}

impl Deref for OpenRun {
    type Target = run::Run;

    fn deref(&self) -> &run::Run {
        &self.core
    }
}

impl OpenRun {
    /// So many steps are judged within a frame: a little more than an hour.
    pub const SHORT: usize = 4_000;

    /// How far up and down a stretch of it went; `None` where no elevation was recorded.
    pub fn climb(&self, range: TimeRange) -> Option<Climb> {
        let profile = self.found.climb.get_or_init(|| ClimbProfile::new(&self.recording)).as_ref()?;
        Some(profile.between(&self.recording.fixes.time_s, range.start_s, range.end_s))
    }

    /// What was measured beside the way, along an axis.
    pub fn strips(&self, axis: SpeedAxis, imperial: bool) -> Arc<Vec<StripFigure>> {
        let make = || StripFigure::all(&self.recording, &self.motion.steps, axis, imperial);
        self.found.strips.get((axis, imperial), make)
    }

    /// Its legs as recorded, along an axis.
    pub fn raw(&self, axis: SpeedAxis) -> Arc<RawLegs> {
        self.found.raw.get(axis, || RawLegs::new(&self.recording, &self.motion, axis))
    }

    /// Finds the fix at a place.
    pub fn places(&self) -> &NearestPoint {
        self.found.places.get_or_init(|| NearestPoint::new(&self.motion.ground_m))
    }

    /// Time at each speed, in bars of this width, of a stretch or all of it; `part` is what the stretch is as a run.
    /// A threshold that moves by whole bars counts nothing anew.
    pub fn counts(
        &self,
        range: Option<TimeRange>,
        part: &run::Run,
        edges: Edges,
        width_mps: f64,
    ) -> SpeedCounts {
        let make = || SpeedCounts::new(&part.motion.steps, edges, TimeRange::ALL, width_mps);
        self.found.counts.get((range, SpeedCounts::grid(edges, width_mps)), make).seen_from(edges)
    }

    /// A sample's title or the recording's name.
    pub fn name(&self) -> &str {
        &self.recording.name
    }

    /// "Sat 14 Nov", on the clock of the place.
    pub fn day(&self) -> String {
        local_start(&self.recording).format("%a %-d %b").to_string()
    }

    /// "Sat 14 Nov 2026", on the clock of the place.
    pub fn date(&self) -> String {
        local_start(&self.recording).format("%a %-d %b %Y").to_string()
    }

    /// "November 2026".
    pub fn month(&self) -> String {
        local_start(&self.recording).format("%B %Y").to_string()
    }

    /// "Riverside, Sat 14 Nov 2026": what tells it from others of its name. A sample's day does not matter.
    pub fn name_and_date(&self) -> String {
        match self.origin {
            Origin::Sample(_) => self.name().to_owned(),
            Origin::File(_) | Origin::Kept(_) => format!("{}, {}", self.name(), self.date()),
        }
    }

    /// Whether these words, in lower case, are in its name, its title, its date in words or figures, or its sport.
    pub fn is_found_by(&self, words: &str) -> bool {
        let dates = match self.origin {
            Origin::Sample(_) => String::new(),
            Origin::File(_) | Origin::Kept(_) => {
                local_start(&self.recording).format("%A %-d %B %Y %Y-%m-%d").to_string()
            }
        };
        let sport = self.sport.map_or("", Sport::search_words);
        let all =
            format!("{}\n{}\n{}\n{dates}\n{sport}", self.name(), self.title(), self.date()).to_lowercase();
        all.contains(words)
    }

    /// The list's title: "Sat 14 Nov · 52 min"; a sample has no day that matters.
    pub fn title(&self) -> String {
        let long = units::duration_words(self.recording.counted_s());
        match self.origin {
            Origin::Sample(_) => format!("{} · {long}", self.name()),
            Origin::File(_) | Origin::Kept(_) => format!("{} · {long}", self.day()),
        }
    }

    /// The name of its file, by which copies of one recording are told apart, or a sample's title.
    pub fn called(&self) -> String {
        match &self.origin {
            Origin::File(label) => label.rsplit(['/', '\\']).next().unwrap_or(label).to_owned(),
            Origin::Sample(_) | Origin::Kept(_) => self.name().to_owned(),
        }
    }

    /// Its file, where it is one of its own.
    pub fn file(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(label) => Some(Path::new(label)).filter(|path| path.is_file()),
            Origin::Sample(_) | Origin::Kept(_) => None,
        }
    }

    /// Whether its device recorded a speed or a distance that an estimate can leave out.
    pub fn hears_device(&self) -> bool {
        let fixes = &self.recording.fixes;
        fixes.has_positions() && fixes.device_word() != DeviceWord::Nothing
    }

    /// Whether what is shown of it is computed within a frame.
    pub fn is_short(&self) -> bool {
        self.motion.steps.len() <= Self::SHORT
    }

    /// Whether it is one of the program's samples.
    pub fn is_sample(&self) -> bool {
        matches!(self.origin, Origin::Sample(_))
    }
}

/// An entry of the list.
#[derive(Debug)]
pub struct Entry {
    /// The run, with what was cut from it.
    pub run: Arc<OpenRun>,
    /// The untouched run.
    pub whole: Arc<OpenRun>,
    /// What was cut, with undo.
    pub history: History,
    /// Whether these cuts are of an earlier time.
    pub recalled: bool,
    /// Its numbers, for the edges they were last computed for.
    summary: Option<Arc<Summary>>,
}

impl Entry {
    /// A new entry.
    pub fn new(run: Arc<OpenRun>) -> Self {
        Self { whole: Arc::clone(&run), run, history: History::default(), recalled: false, summary: None }
    }

    /// Puts a run with other cuts in the place of the one on show.
    pub fn replace(&mut self, run: Arc<OpenRun>) {
        self.run = run;
        self.summary = None;
    }

    /// Its numbers as they were last computed, perhaps for other edges.
    pub fn summary(&self) -> Option<&Arc<Summary>> {
        self.summary.as_ref()
    }

    /// Takes the numbers of a run; those of another than its own are left.
    pub fn learn(&mut self, run: &Arc<OpenRun>, summary: &Arc<Summary>) {
        if Arc::ptr_eq(run, &self.run) {
            self.summary = Some(Arc::clone(summary));
        }
    }
}
