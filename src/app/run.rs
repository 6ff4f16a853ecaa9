//! One open run, whole and unchanged, and what of it is on show.

use std::sync::Arc;

use crate::{
    band::{self, Block, Edges, Segment, Split, SplitBy, Summary, TimeRange, blocks, segments, splits},
    figure::{
        BarFigure, HistogramFigure, RouteFigure, RoutePiece, ShareCurveFigure, SpeedAxis, SpeedFigure,
        Visible, local_start, spoken,
    },
    motion::Motion,
    recording::{
        Fingerprint, Recording,
        edit::{Edits, History},
    },
    units::{self, SpeedUnit},
};

use super::{kept::Kept, slice};

/// Where a run came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file, or one of an archive, by what a person calls it.
    File(String),
    /// A sample of this program, by its id.
    Sample(&'static str),
}

/// One open run: the untouched recording and its motion.
#[derive(Debug)]
pub struct Run {
    /// Where it came from.
    pub origin: Origin,
    /// What the device wrote.
    pub recording: Recording,
    /// What tells it from other recordings.
    pub fingerprint: Fingerprint,
    /// How fast the runner moved.
    pub motion: Motion,
    /// Whether a better estimate is still being computed.
    pub provisional: bool,
    /// The cuts that were made for it; none in the untouched run.
    pub edits: Edits,
    /// Seconds from the untouched run's start to this one's.
    pub moved_s: f64,
}

impl Run {
    /// A sample's title or the recording's name.
    pub fn name(&self) -> &str {
        &self.recording.name
    }

    /// "Sat 14 Nov", on the clock of the place.
    pub fn day(&self) -> String {
        local_start(&self.recording).format("%a %-d %b").to_string()
    }

    /// The list's title: "Sat 14 Nov · 52 min"; a sample has no day that matters.
    pub fn title(&self) -> String {
        let long = units::duration_words(self.recording.elapsed_s());
        match self.origin {
            Origin::Sample(_) => format!("{} · {long}", self.name()),
            Origin::File(_) => format!("{} · {long}", self.day()),
        }
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
    pub run: Arc<Run>,
    /// The untouched run.
    pub whole: Arc<Run>,
    /// What was cut, with undo.
    pub history: History,
    /// Whether these cuts are of an earlier time.
    pub recalled: bool,
    /// Its numbers, for the edges they were last asked for.
    summary: Option<Arc<Summary>>,
}

impl Entry {
    /// A new entry.
    pub fn new(run: Arc<Run>) -> Self {
        Self { whole: Arc::clone(&run), run, history: History::default(), recalled: false, summary: None }
    }

    /// Puts a run with other cuts in the place of the one on show.
    pub fn replace(&mut self, run: Arc<Run>) {
        self.run = run;
        self.summary = None;
    }

    /// Its numbers for these edges, computed when they are first asked for.
    pub fn summary(&mut self, edges: Edges) -> Arc<Summary> {
        match &self.summary {
            Some(summary) if summary.edges == edges => Arc::clone(summary),
            _ => {
                let summary = Arc::new(Summary::new(&self.run.recording, &self.run.motion, edges));
                self.summary = Some(Arc::clone(&summary));
                summary
            }
        }
    }
}

/// What decides which pictures and numbers are on show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// The band's edges.
    pub edges: Edges,
    /// The reader's unit.
    pub unit: SpeedUnit,
    /// What runs along the speed chart.
    pub axis: SpeedAxis,
    /// What the table is split by.
    pub split: Option<SplitBy>,
    /// The stretch that all but the speed chart speak of.
    pub range: Option<TimeRange>,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub enum Row {
    /// A split.
    Split(Split),
    /// A leg between two fixes.
    Segment(Segment),
}

impl Row {
    /// When, in seconds since the start of what is on show.
    pub fn range(&self) -> TimeRange {
        match self {
            Self::Split(split) => split.range,
            Self::Segment(leg) => TimeRange { start_s: leg.start_s, end_s: leg.end_s },
        }
    }
}

/// The pictures in words.
#[derive(Debug)]
pub struct Spoken {
    /// The speed chart.
    pub speed: String,
    /// The histogram.
    pub histogram: String,
    /// The route.
    pub route: String,
}

/// All that the centre shows of one run, computed when something of [`Asked`] changes.
#[derive(Debug)]
pub struct Shown {
    /// The whole run.
    pub run: Arc<Run>,
    /// What was asked for.
    pub asked: Asked,
    /// Seconds from the run's start to that of the stretch on show.
    pub offset_s: f64,
    /// Numbers of the stretch.
    pub summary: Arc<Summary>,
    /// The blocks of the stretch.
    pub blocks: Vec<Block>,
    /// The stacked bar of the stretch.
    pub bar: BarFigure,
    /// Speed over the whole run.
    pub speed: SpeedFigure,
    /// The route of the whole run.
    pub route: RouteFigure,
    /// The route of the stretch, where there is one.
    pub stretch: Option<RouteFigure>,
    /// Time at each speed in the stretch.
    pub histogram: HistogramFigure,
    /// Share against threshold in the stretch.
    pub share: ShareCurveFigure,
    /// The table's rows for the stretch.
    pub rows: Vec<Row>,
    /// The speed chart thinned to pixels, for a stretch of its axis and that many columns.
    pub thin_speed: Kept<([f64; 2], usize), Visible>,
    /// The route thinned to pixels, for points so far apart.
    pub thin_route: Kept<f32, Vec<RoutePiece>>,
    /// The speed of the run that this one is compared with, by which run.
    pub other_speed: Kept<usize, SpeedFigure>,
    /// The same of the stretch.
    pub thin_stretch: Kept<f32, Vec<RoutePiece>>,
    /// What the pictures say, for those who do not see them.
    pub spoken: Spoken,
}

impl Shown {
    /// Computes everything.
    pub fn new(entry: &mut Entry, asked: Asked) -> Self {
        let run = Arc::clone(&entry.run);
        let Asked { edges, unit, axis, split, range } = asked;
        let cut = range.map(|range| slice::cut(&run.recording, &run.motion, range));
        let (recording, motion) =
            cut.as_ref().map_or((&run.recording, &run.motion), |cut| (&cut.recording, &cut.motion));
        let summary = match &cut {
            Some(_) => Arc::new(Summary::new(recording, motion, edges)),
            None => entry.summary(edges),
        };
        let rows = match split {
            Some(by) => splits(recording, &motion.steps, edges, by).into_iter().map(Row::Split).collect(),
            None => segments(recording, motion, edges).map(Row::Segment).collect(),
        };
        let blocks = blocks(&motion.steps, edges);
        let seconds = band::histogram(&motion.steps, edges, TimeRange::ALL, 0.1);
        let spoken = Spoken {
            speed: spoken::speed(&motion.steps, &summary, &blocks, unit),
            histogram: spoken::histogram(&seconds, &summary, unit),
            route: spoken::route(&motion.ground_m, &summary, unit.is_imperial()),
        };
        Self {
            offset_s: cut.as_ref().map_or(0.0, |cut| cut.offset_s),
            blocks,
            spoken,
            thin_speed: Kept::default(),
            thin_route: Kept::default(),
            thin_stretch: Kept::default(),
            other_speed: Kept::default(),
            bar: BarFigure::new(&summary),
            speed: SpeedFigure::new(&run.recording, &run.motion, edges, unit, axis),
            route: RouteFigure::new(&run.recording, &run.motion, edges, 0.0),
            stretch: cut.as_ref().map(|cut| RouteFigure::new(&cut.recording, &cut.motion, edges, 0.0)),
            histogram: HistogramFigure::new(&motion.steps, edges, unit),
            share: ShareCurveFigure::new(&motion.steps, edges, unit),
            rows,
            summary,
            asked,
            run: Arc::clone(&run),
        }
    }

    /// A row's stretch in seconds since the run's start.
    pub fn row_range(&self, row: &Row) -> TimeRange {
        let range = row.range();
        TimeRange { start_s: range.start_s + self.offset_s, end_s: range.end_s + self.offset_s }
    }
}
