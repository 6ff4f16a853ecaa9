//! What the centre shows of a run: pictures and numbers, computed anew when what is asked for changes.

use std::{panic::resume_unwind, sync::Arc, thread};

use egui::Mesh;

use crate::{
    app::state::{
        cache::Cache,
        drawn::{Drawn, Words},
        run::OpenRun,
        view::Mark,
    },
    band::{Block, Edges, Measured, Segment, Split, SplitBy, StepProbabilities, Summary, TimeRange},
    figure::{
        BarFigure, HistogramFigure, RouteFigure, RoutePiece, ShareCurveFigure, SpeedAxis, SpeedFigure,
        StripFigure, Visible,
    },
    motion::StepKind,
    recording::Quantity,
    run,
    text::{self, spoken},
    units::SpeedUnit,
};

/// Time at each speed is counted in bars so wide, m/s: one point of the share curve, half a bar of the histogram.
const FINE_MPS: f64 = 0.05;

/// What decides which pictures and numbers are on show.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
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
    /// When, in seconds since the run's start.
    pub fn range(&self) -> TimeRange {
        match self {
            Self::Split(split) => split.range,
            Self::Segment(leg) => TimeRange { start_s: leg.start_s, end_s: leg.end_s },
        }
    }
}

/// Unbroken lines.
type Lines = Vec<Vec<[f64; 2]>>;

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
    pub run: Arc<OpenRun>,
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
    /// The table's rows, of the whole run: a chosen one is marked among them.
    pub rows: Vec<Row>,
    /// Heart rate, cadence and climb of each row that is a split.
    pub measured: Vec<Measured>,
    /// Heart rate, cadence and elevation over the whole run, those that were recorded.
    pub strips: Arc<Vec<StripFigure>>,
    /// The same thinned to pixels: for each strip its unbroken lines.
    pub thin_strips: Cache<([f64; 2], usize), Vec<Lines>>,
    /// The speed chart thinned to pixels, for a stretch of its axis and that many columns.
    pub thin_speed: Cache<([f64; 2], usize), Visible>,
    /// The route thinned to pixels, for points so far apart.
    pub thin_route: Cache<f32, Vec<RoutePiece>>,
    /// The same of the stretch.
    pub thin_stretch: Cache<f32, Vec<RoutePiece>>,
    /// The triangles of the speed chart's lines.
    pub drawn_speed: Cache<Drawn, Mesh>,
    /// The same of each strip.
    pub drawn_strips: [Cache<Drawn, Mesh>; Quantity::ALL.len()],
    /// The same of the route, with the stretch on it.
    pub drawn_route: Cache<Drawn, Mesh>,
    /// Where the threshold's words stand in a chart, for an edge, m/s.
    pub threshold_words: Cache<(Drawn, f64), Words>,
    /// The moments at the speeds that were marked last.
    moments: Cache<Mark, Vec<TimeRange>>,
    /// What the pictures say, for those who do not see them.
    pub spoken: Spoken,
}

impl Shown {
    /// Computes everything. What depends on the edges is judged once for all figures; of a long run, several
    /// figures are computed side by side.
    pub fn new(run: &Arc<OpenRun>, asked: Asked) -> Self {
        let Asked { edges, unit, axis, split, range } = asked;
        let part = range.map(|range| run.slice(range));
        let of = part.as_ref().map_or(&run.core, |part| &part.run);
        let (recording, motion) = (&of.recording, &of.motion);
        let steps = &motion.steps;
        let judge = || {
            let whole = StepProbabilities::new(&run.motion, edges);
            let stretch = part.as_ref().map(|part| StepProbabilities::new(&part.run.motion, edges));
            let route = |judged: &StepProbabilities<'_>, of: &run::Run| {
                RouteFigure::from_segments(judged.segments(&of.recording), of, 0.0)
            };
            let pictures = || {
                let raw = run.raw(axis);
                let speed = SpeedFigure::from_probabilities(&whole, &run.recording, raw, unit, axis);
                (speed, route(&whole, run), stretch.as_ref().map(|it| route(it, of)))
            };
            let numbers = || {
                let judged = stretch.as_ref().unwrap_or(&whole);
                let climb = run.climb(range.unwrap_or(TimeRange::ALL));
                let (summary, blocks) = Summary::from_probabilities(judged, recording, climb);
                let rows: Vec<Row> = match split {
                    Some(by) => whole.splits(&run.recording, by).into_iter().map(Row::Split).collect(),
                    None => whole.segments(&run.recording).map(Row::Segment).collect(),
                };
                let measure = |split: &Row| match split {
                    Row::Split(Split { range, .. }) => {
                        let measured = whole.measured(&run.recording, *range);
                        Some(Measured { climb: run.climb(*range), ..measured })
                    }
                    Row::Segment(_) => None,
                };
                let measured: Vec<Measured> = rows.iter().map_while(measure).collect();
                (blocks, Arc::new(summary), (rows, measured))
            };
            both(run.is_short(), pictures, numbers)
        };
        let count = || run.counts(range, of, edges, FINE_MPS);
        let (judged, counts) = both(run.is_short(), judge, count);
        let ((speed, route, stretch), (blocks, summary, (rows, measured))) = judged;
        let seconds = counts.histogram(2, summary.totals.standing_s);
        let fine = counts.histogram(1, summary.totals.standing_s);
        Self {
            offset_s: part.as_ref().map_or(0.0, |part| part.offset_s),
            spoken: Spoken {
                speed: spoken::speed(steps, &summary, &blocks, unit),
                histogram: spoken::histogram(&seconds, &summary, unit),
                route: spoken::route(&motion.ground_m, &summary, unit.is_imperial()),
            },
            strips: run.strips(axis, unit.is_imperial()),
            thin_strips: Cache::default(),
            thin_speed: Cache::default(),
            thin_route: Cache::default(),
            thin_stretch: Cache::default(),
            drawn_speed: Cache::default(),
            drawn_strips: Default::default(),
            drawn_route: Cache::default(),
            threshold_words: Cache::default(),
            moments: Cache::default(),
            bar: BarFigure::new(&summary),
            speed,
            route,
            stretch,
            histogram: HistogramFigure::from_histogram(&seconds, edges, unit),
            share: ShareCurveFigure::from_histogram(&fine, edges, unit),
            rows,
            measured,
            blocks,
            summary,
            asked,
            run: Arc::clone(run),
        }
    }

    /// Thins the pictures to the pixels that those of `before` were last drawn on.
    pub fn thin_like(&self, before: &Self) {
        if !Arc::ptr_eq(&self.run, &before.run) {
            return;
        }
        if self.asked.axis == before.asked.axis {
            for (x, columns) in before.thin_speed.of() {
                self.visible(x, columns);
            }
            for (x, columns) in before.thin_strips.of() {
                self.visible_strips(x, columns);
            }
        }
        for apart_m in before.thin_route.of() {
            self.thin_route.get(apart_m, || self.route.thinned(apart_m));
            if let Some(stretch) = &self.stretch {
                self.thin_stretch.get(apart_m, || stretch.thinned(apart_m));
            }
        }
    }

    /// When the runner moved at these speeds, or stood, in seconds since the run's start; in order.
    pub fn moments_at(&self, mark: Mark) -> Arc<Vec<TimeRange>> {
        self.moments.get(mark, || {
            let steps = &self.run.motion.steps;
            let mut found: Vec<TimeRange> = Vec::new();
            for index in self.asked.range.unwrap_or(TimeRange::ALL).steps(steps) {
                let (standing, speed) = (steps.p_standing[index] > 0.5, f64::from(steps.speed_mps[index]));
                let counts = matches!(steps.kind[index], StepKind::Recorded | StepKind::Travelled)
                    && standing == mark.standing
                    && (standing || (mark.low_mps < speed && speed <= mark.high_mps));
                if !counts {
                    continue;
                }
                let start_s = steps.start_s[index];
                let end_s = start_s + f64::from(steps.duration_s[index]);
                match found.last_mut() {
                    Some(last) if start_s - last.end_s < 1e-6 => last.end_s = end_s,
                    _ => found.push(TimeRange { start_s, end_s }),
                }
            }
            found
        })
    }

    /// The speed chart's lines between two places along x on that many pixel columns.
    pub fn visible(&self, x: [f64; 2], columns: usize) -> Arc<Visible> {
        self.thin_speed.get((x, columns), || self.speed.visible(x, columns))
    }

    /// The same of the strips.
    pub fn visible_strips(&self, x: [f64; 2], columns: usize) -> Arc<Vec<Lines>> {
        let thin = || self.strips.iter().map(|strip| strip.visible(x, columns)).collect();
        self.thin_strips.get((x, columns), thin)
    }

    /// Heart rate, cadence and elevation at a moment, as far as they are known: "142 bpm · 168/min · 412 m".
    pub fn measured_at(&self, time_s: f64, wanted: impl Fn(Quantity) -> bool) -> Option<String> {
        let imperial = self.asked.unit.is_imperial();
        let words = |strip: &StripFigure| {
            let value = strip.quantity.at(&self.run.recording.fixes, time_s)?;
            wanted(strip.quantity).then(|| text::measured::value(strip.quantity, value, imperial))
        };
        let all: Vec<String> = self.strips.iter().filter_map(words).collect();
        (!all.is_empty()).then(|| all.join(" · "))
    }

    /// The longest stretch of steps that fit, in seconds since the run's start; those that don't for less than
    /// `lapse_s` do not end it. Within the stretch on show, where one is chosen.
    pub fn longest(&self, lapse_s: f64, fits: impl Fn(usize) -> bool) -> Option<TimeRange> {
        let steps = &self.run.motion.steps;
        let long = |range: Option<TimeRange>| range.map_or(0.0, |range| range.end_s - range.start_s);
        let (mut best, mut now): (Option<TimeRange>, Option<TimeRange>) = (None, None);
        for index in self.asked.range.unwrap_or(TimeRange::ALL).steps(steps).filter(|index| fits(*index)) {
            let start_s = steps.start_s[index];
            let end_s = start_s + f64::from(steps.duration_s[index]);
            now = match now {
                Some(range) if start_s - range.end_s <= lapse_s => Some(TimeRange { end_s, ..range }),
                _ => Some(TimeRange { start_s, end_s }),
            };
            if long(now) > long(best) {
                best = now;
            }
        }
        best
    }
}

/// What both find: one after the other where it is quickly done, else side by side.
fn both<A, B: Send>(quickly: bool, one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    if quickly {
        return (one(), other());
    }
    thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|defect| resume_unwind(defect)))
    })
}
