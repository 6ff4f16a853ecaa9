//! Speed over time or distance.

use std::{ops::Range, sync::Arc};

use chrono::{DateTime, FixedOffset};

use crate::{
    band::{Edges, State, StepProbabilities},
    motion::{GAP_S, Motion, STANDING_BELOW_MPS, StepKind, Steps},
    recording::Recording,
    run::Run,
    text::local_start,
    units::SpeedUnit,
};

use super::{Line, Threshold, Tick, ticks};

/// What runs along x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum SpeedAxis {
    /// Seconds since the start, pauses included.
    #[default]
    Elapsed,
    /// Seconds since the start too, but marked with the time of day.
    Clock,
    /// Metres travelled.
    Distance,
}

impl SpeedAxis {
    /// The place on the axis of a moment, seconds since the start.
    pub fn x(self, steps: &Steps, time_s: f64) -> f64 {
        match self {
            Self::Elapsed | Self::Clock => time_s,
            Self::Distance => steps.distance_at(time_s),
        }
    }

    /// The moment, seconds since the start, of a place on the axis; the first one where the runner stood.
    pub fn time_s(self, steps: &Steps, x: f64) -> f64 {
        match self {
            Self::Elapsed | Self::Clock => x,
            Self::Distance => {
                let Some(index) = steps.distance_m.partition_point(|d| *d < x).checked_sub(1) else {
                    return 0.0;
                };
                let (from_m, gained_m) = (steps.distance_m[index], steps.travelled_m(index));
                let part = if gained_m > 0.0 { ((x - from_m) / gained_m).clamp(0.0, 1.0) } else { 0.0 };
                steps.start_s[index] + part * f64::from(steps.duration_s[index])
            }
        }
    }
}

/// Speed over time or distance.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeedFigure {
    /// What runs along x.
    pub axis: SpeedAxis,
    /// The whole run, in the axis' unit (s or m).
    pub x_range: [f64; 2],
    /// The y axis goes from 0 to this, m/s: a high quantile, so that one bad fix does not squeeze the rest.
    pub y_max_mps: f64,
    /// The estimated speed: x and m/s, 0 where standing. Pieces refer to it.
    pub estimate: Line,
    /// The estimate by state, in order. Neighbours share the point where one becomes the other.
    pub pieces: Vec<SpeedPiece>,
    /// The legs as recorded.
    pub raw: Arc<RawLegs>,
    /// Where nothing was recorded, from and to along x.
    pub paused: Vec<[f64; 2]>,
    /// The strip of the band, from and to in m/s.
    pub band_mps: [f64; 2],
    /// The upper edge of the band.
    pub threshold: Threshold,
    /// Places above the axis' end, to be marked there.
    pub clipped: Vec<Clipped>,
    unit: SpeedUnit,
    start: DateTime<FixedOffset>,
}

/// The legs as recorded along an axis, whatever the edges.
#[derive(Debug, Clone, PartialEq)]
pub struct RawLegs {
    /// x of their middle and m/s.
    line: Line,
    /// The unbroken stretches of the line.
    pieces: Vec<Range<usize>>,
}

impl RawLegs {
    /// Distance over time of every leg that is no gap.
    pub fn new(recording: &Recording, motion: &Motion, axis: SpeedAxis) -> Self {
        let (points, pieces) = raw(recording, motion, axis);
        Self { line: Line::from(points), pieces }
    }
}

/// A stretch of the estimate in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeedPiece {
    /// The likeliest state.
    pub state: State,
    /// Its points.
    pub points: Range<usize>,
}

/// A stretch above the end of the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clipped {
    /// From and to along x.
    pub x: [f64; 2],
    /// The highest speed of it, m/s.
    pub highest_mps: f64,
    /// Whether only legs as recorded are that fast, not the estimate.
    pub raw: bool,
}

/// What is to be drawn of a stretch, thinned to the pixels there are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Visible {
    /// Legs as recorded, one line each.
    pub raw: Vec<Vec<[f64; 2]>>,
    /// The estimate, one line each, in the colour of its state.
    pub estimate: Vec<(State, Vec<[f64; 2]>)>,
}

impl SpeedFigure {
    /// The chart of a whole run.
    pub fn new(run: &Run, edges: Edges, unit: SpeedUnit, axis: SpeedAxis) -> Self {
        let probabilities = StepProbabilities::new(&run.motion, edges);
        let raw = Arc::new(RawLegs::new(&run.recording, &run.motion, axis));
        Self::from_probabilities(&probabilities, &run.recording, raw, unit, axis)
    }

    /// The same where the probabilities of every step are known; `raw` are the run's own legs along the axis.
    pub fn from_probabilities(
        probabilities: &StepProbabilities<'_>,
        recording: &Recording,
        raw: Arc<RawLegs>,
        unit: SpeedUnit,
        axis: SpeedAxis,
    ) -> Self {
        let (steps, edges) = (probabilities.steps(), probabilities.edges);
        let upper = edges.upper_mps();
        let (estimate, pieces, paused) = estimate(probabilities, axis);
        let x_range = [0.0, axis.x(steps, steps.elapsed_s()).max(1.0)];
        let y_max_mps = cap(&estimate, upper);
        let near = (x_range[1] - x_range[0]) * 0.005;
        let mut clipped = clipped(&raw.line, y_max_mps, near, true);
        clipped.extend(self::clipped(&estimate, y_max_mps, near, false));
        Self {
            axis,
            x_range,
            y_max_mps,
            estimate: Line::from(estimate),
            pieces,
            raw,
            paused,
            band_mps: [STANDING_BELOW_MPS, upper],
            threshold: Threshold::new(edges, unit),
            clipped,
            unit,
            start: local_start(recording),
        }
    }

    /// Marks along x within a range, at most about `most`.
    pub fn x_ticks(&self, x_range: [f64; 2], most: usize) -> Vec<Tick> {
        match self.axis {
            SpeedAxis::Elapsed => ticks::elapsed(x_range, most),
            SpeedAxis::Clock => ticks::clock(x_range, self.start, most),
            SpeedAxis::Distance => ticks::distance(x_range, self.unit.is_imperial(), most),
        }
    }

    /// Marks of speed, at m/s, round in the reader's unit.
    pub fn y_ticks(&self, most: usize) -> Vec<Tick> {
        ticks::speed([0.0, self.y_max_mps], self.unit, most)
    }

    /// What is to be drawn between two places along x on that many pixel columns. The number of points and lines
    /// depends on the columns, not on the length of the run.
    pub fn visible(&self, x_range: [f64; 2], columns: usize) -> Visible {
        let column = (x_range[1] - x_range[0]) / columns.max(1) as f64;
        let legs = &self.raw.line;
        let raw = inside(legs, &self.raw.pieces, Range::clone, x_range);
        let pieces = inside(&self.estimate, &self.pieces, |piece| piece.points.clone(), x_range);
        Visible {
            raw: raw.iter().map(|line| legs.reduce(line.clone(), x_range, columns)).collect(),
            estimate: self
                .merged(pieces, column)
                .into_iter()
                .map(|piece| (piece.state, self.estimate.reduce(piece.points, x_range, columns)))
                .collect(),
        }
    }

    /// Joins neighbours until each is as wide as a pixel column, in the state that most of it has.
    fn merged(&self, pieces: &[SpeedPiece], column: f64) -> Vec<SpeedPiece> {
        let width = |piece: &SpeedPiece| {
            self.estimate[piece.points.end - 1][0] - self.estimate[piece.points.start][0]
        };
        let mut merged = Vec::new();
        // Of the pieces that wait to be joined: all their points, and the width by state.
        let mut waiting: Option<(Range<usize>, [f64; 4])> = None;
        let flush = |waiting: &mut Option<(Range<usize>, [f64; 4])>, merged: &mut Vec<SpeedPiece>| {
            if let Some((points, widths)) = waiting.take() {
                let most = (0..4).rev().max_by(|a, b| widths[*a].total_cmp(&widths[*b])).unwrap_or(0);
                merged.push(SpeedPiece { state: State::ALL[most], points });
            }
        };
        for piece in pieces {
            let wide = width(piece);
            let apart = waiting.as_ref().is_some_and(|(points, _)| points.end <= piece.points.start);
            if wide >= column || apart {
                flush(&mut waiting, &mut merged);
            }
            if wide >= column {
                merged.push(piece.clone());
                continue;
            }
            let (points, widths) = waiting.get_or_insert((piece.points.clone(), [0.0; 4]));
            points.end = piece.points.end;
            widths[State::ALL.iter().position(|state| *state == piece.state).unwrap_or(0)] += wide;
            if widths.iter().sum::<f64>() >= column {
                flush(&mut waiting, &mut merged);
            }
        }
        flush(&mut waiting, &mut merged);
        merged
    }
}

/// Those of the pieces of a line, which follow each other along x, that reach into a range.
fn inside<'a, T>(
    line: &Line,
    pieces: &'a [T],
    points: impl Fn(&T) -> Range<usize>,
    x_range: [f64; 2],
) -> &'a [T] {
    let first = pieces.partition_point(|piece| line[points(piece).end - 1][0] < x_range[0]);
    let last = pieces.partition_point(|piece| line[points(piece).start][0] <= x_range[1]);
    &pieces[first..last.max(first)]
}

/// The estimate, its pieces by state, and the pauses.
fn estimate(
    probabilities: &StepProbabilities<'_>,
    axis: SpeedAxis,
) -> (Vec<[f64; 2]>, Vec<SpeedPiece>, Vec<[f64; 2]>) {
    let (steps, edges) = (probabilities.steps(), probabilities.edges);
    let (mut points, mut pieces, mut paused) = (Vec::<[f64; 2]>::new(), Vec::<SpeedPiece>::new(), Vec::new());
    let mut joined = false;
    for index in 0..steps.len() {
        let (start_s, duration_s) = (steps.start_s[index], f64::from(steps.duration_s[index]));
        let (from_m, gained_m) = match axis {
            SpeedAxis::Distance => (steps.distance_m[index], steps.travelled_m(index)),
            SpeedAxis::Elapsed | SpeedAxis::Clock => (0.0, 0.0),
        };
        let x = |part: f64| match axis {
            SpeedAxis::Distance => from_m + part * gained_m,
            SpeedAxis::Elapsed | SpeedAxis::Clock => start_s + part * duration_s,
        };
        if matches!(steps.kind[index], StepKind::Paused | StepKind::LeftOut) {
            paused.push([x(0.0), x(1.0)]);
            joined = false;
            continue;
        }
        let state = probabilities.at(index).likeliest();
        let speed = if state == State::Standing { 0.0 } else { f64::from(steps.speed_mps[index]) };
        match pieces.last_mut().filter(|_| joined) {
            Some(last) if last.state == state => {}
            Some(last) => {
                let before = points[points.len() - 1];
                let above = [before[1] - edges.upper_mps(), speed - edges.upper_mps()];
                if last.state != State::Standing && state != State::Standing && above[0] * above[1] < 0.0 {
                    let part = above[0] / (above[0] - above[1]);
                    points.push([before[0] + part * (x(0.5) - before[0]), edges.upper_mps()]);
                    last.points.end += 1;
                }
                let shared = points.len() - 1;
                pieces.push(SpeedPiece { state, points: shared..points.len() });
            }
            None => pieces.push(SpeedPiece { state, points: points.len()..points.len() }),
        }
        joined = true;
        // A gap that was travelled is as wide as it lasted.
        let parts: &[f64] = if duration_s > 2.0 { &[0.0, 1.0] } else { &[0.5] };
        points.extend(parts.iter().map(|part| [x(*part), speed]));
        if let Some(last) = pieces.last_mut() {
            last.points.end = points.len();
        }
    }
    (points, pieces, paused)
}

/// Distance over time of every leg that is no gap, and the unbroken stretches.
fn raw(recording: &Recording, motion: &Motion, axis: SpeedAxis) -> (Vec<[f64; 2]>, Vec<Range<usize>>) {
    let time_s = &recording.fixes.time_s;
    let (mut points, mut pieces) = (Vec::new(), Vec::<Range<usize>>::new());
    let mut joined = false;
    let mut breaks = recording.breaks.iter().peekable();
    for fix in 0..time_s.len().saturating_sub(1) {
        let duration_s = time_s[fix + 1] - time_s[fix];
        let cut = breaks.next_if(|at| **at == fix + 1).is_some();
        if cut || duration_s > GAP_S {
            joined = false;
            continue;
        }
        let middle_s = f64::midpoint(time_s[fix], time_s[fix + 1]);
        points.push([axis.x(&motion.steps, middle_s), f64::from(motion.leg_distance_m[fix]) / duration_s]);
        match pieces.last_mut().filter(|_| joined) {
            Some(last) => last.end = points.len(),
            None => pieces.push(points.len() - 1..points.len()),
        }
        joined = true;
    }
    (points, pieces)
}

/// The end of the y axis: all of the estimate unless a few moments stand far out.
fn cap(estimate: &[[f64; 2]], upper_mps: f64) -> f64 {
    let mut speeds: Vec<f64> = estimate.iter().map(|p| p[1]).filter(|v| *v > 0.0).collect();
    let highest = speeds.iter().copied().fold(0.0, f64::max);
    let quantile = match speeds.len() {
        0 => 0.0,
        n => *speeds.select_nth_unstable_by((n - 1) * 995 / 1000, f64::total_cmp).1,
    };
    let robust = (quantile * 1.12).max(upper_mps * 1.3);
    if highest <= robust * 1.15 { robust.max(highest * 1.03) } else { robust }
}

fn clipped(points: &[[f64; 2]], cap_mps: f64, near: f64, raw: bool) -> Vec<Clipped> {
    let mut found: Vec<Clipped> = Vec::new();
    for [x, speed_mps] in points.iter().copied().filter(|p| p[1] > cap_mps) {
        match found.last_mut() {
            Some(last) if x - last.x[1] <= near => {
                last.x[1] = x;
                last.highest_mps = last.highest_mps.max(speed_mps);
            }
            _ => found.push(Clipped { x: [x, x], highest_mps: speed_mps, raw }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::fixture::{run_of, steps_of};

    fn figure(stretches: &[(usize, f32)], axis: SpeedAxis) -> SpeedFigure {
        let steps = steps_of(stretches);
        SpeedFigure::new(&run_of(steps), Edges::default(), SpeedUnit::MetresPerSecond, axis)
    }

    #[test]
    fn pieces_meet_on_the_threshold() {
        let figure = figure(&[(100, 1.5), (100, 2.5), (60, 0.0)], SpeedAxis::Elapsed);
        let states: Vec<_> = figure.pieces.iter().map(|piece| piece.state).collect();
        assert_eq!(states, [State::InBand, State::Faster, State::Standing]);
        assert_eq!(figure.pieces[0].points.end - 1, figure.pieces[1].points.start);
        assert_eq!(figure.estimate[figure.pieces[1].points.start], [100.0, 2.0]);
        assert!(figure.estimate[figure.pieces[2].points.end - 1][1] == 0.0);
    }

    #[test]
    fn a_pause_breaks_the_line_and_a_spike_is_clipped_and_marked() {
        let mut steps = steps_of(&[(300, 1.5), (1, 0.0), (600, 1.8), (2, 9.0), (300, 1.8)]);
        steps.kind[300] = StepKind::Paused;
        let figure =
            SpeedFigure::new(&run_of(steps), Edges::default(), SpeedUnit::MilesPerHour, SpeedAxis::Elapsed);
        assert_eq!(figure.paused, [[300.0, 301.0]]);
        assert!(figure.pieces[0].points.end <= figure.pieces[1].points.start);
        assert!(figure.y_max_mps < 4.0);
        let estimate: Vec<_> = figure.clipped.iter().filter(|place| !place.raw).collect();
        assert_eq!(estimate.len(), 1);
        assert!((estimate[0].highest_mps - 9.0).abs() < 1e-6);
    }

    #[test]
    fn a_long_run_draws_as_few_points_as_there_are_pixels() {
        let stretches: Vec<(usize, f32)> =
            (0..30_000).map(|k| (11, if k % 2 == 0 { 1.8 } else { 2.2 })).collect();
        let figure = figure(&stretches, SpeedAxis::Elapsed);
        let all = figure.visible(figure.x_range, 1000);
        let points: usize = all.estimate.iter().map(|(_, line)| line.len()).sum();
        assert!(
            all.estimate.len() <= 1001 && points < 12_000,
            "{} lines, {points} points",
            all.estimate.len()
        );
        assert!(all.raw.iter().map(Vec::len).sum::<usize>() <= 4100);
        let near = figure.visible([1000.0, 1110.0], 1000);
        assert_eq!(near.estimate.len(), 11);
    }

    #[test]
    fn distance_and_moment_belong_together() {
        let steps = steps_of(&[(100, 2.0), (50, 0.0), (100, 3.0)]);
        for time_s in [0.0, 33.3, 100.0, 180.0, 249.0] {
            let x = SpeedAxis::Distance.x(&steps, time_s);
            assert!((SpeedAxis::Distance.time_s(&steps, x) - time_s).abs() < 1e-6, "{time_s}");
        }
        let figure = figure(&[(100, 2.0), (50, 0.0), (100, 3.0)], SpeedAxis::Distance);
        assert_eq!(figure.x_range, [0.0, 500.0]);
    }
}
