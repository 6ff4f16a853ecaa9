//! Heart rate, cadence or elevation over the axis of the speed.

use std::ops::Range;

use crate::{
    motion::{GAP_S, Steps},
    recording::{Quantity, Recording},
    units::METRES_PER_FOOT,
};

use super::{Line, SpeedAxis, Tick, ticks};

/// Share of the points that may lie beyond either end of the scale, so that one bad value does not squeeze the rest.
const TAIL: f64 = 0.003;
/// A scale of less shows noise as if it meant something: beats, steps, m.
const LEAST_SPAN: f64 = 20.0;
/// Points that hardly stand out of the rest are all shown: as much of the span.
const NEAR: f64 = 0.15;

/// What a device measured beside the way, along the same axis as the speed.
#[derive(Debug, Clone, PartialEq)]
pub struct StripFigure {
    /// What it is.
    pub quantity: Quantity,
    /// x and value, as recorded: per minute, or m.
    pub line: Line,
    /// The stretches without a gap.
    pub pieces: Vec<Range<usize>>,
    /// The lowest and highest value.
    pub reach: [f64; 2],
    /// From and to on its own scale.
    pub y_range: [f64; 2],
    /// Marks of that scale, few, in the reader's unit.
    pub y_ticks: Vec<Tick>,
}

impl StripFigure {
    /// The strips of all that was recorded, in order.
    pub fn all(recording: &Recording, steps: &Steps, axis: SpeedAxis, imperial: bool) -> Vec<Self> {
        let recorded = Quantity::ALL.into_iter().filter(|quantity| quantity.is_in(&recording.fixes));
        recorded.map(|quantity| Self::new(quantity, recording, steps, axis, imperial)).collect()
    }

    fn new(
        quantity: Quantity,
        recording: &Recording,
        steps: &Steps,
        axis: SpeedAxis,
        imperial: bool,
    ) -> Self {
        let fixes = &recording.fixes;
        let (mut points, mut pieces) = (Vec::new(), Vec::<Range<usize>>::new());
        let mut breaks = recording.breaks.iter().peekable();
        let mut before_s: Option<f64> = None;
        for (fix, time_s) in fixes.time_s.iter().enumerate() {
            let cut = breaks.next_if(|at| **at <= fix).is_some();
            let Some(value) = quantity.of_fix(fixes, fix) else {
                before_s = None;
                continue;
            };
            let joined = !cut && before_s.is_some_and(|before_s| time_s - before_s <= GAP_S);
            points.push([axis.x(steps, *time_s), value]);
            match pieces.last_mut().filter(|_| joined) {
                Some(last) => last.end = points.len(),
                None => pieces.push(points.len() - 1..points.len()),
            }
            before_s = Some(*time_s);
        }
        let unit = if quantity == Quantity::Elevation && imperial { METRES_PER_FOOT } else { 1.0 };
        let (reach, y_range) = scale(&points);
        Self {
            quantity,
            y_ticks: ticks::numbers(y_range, unit, 2),
            y_range,
            reach,
            line: Line::from(points),
            pieces,
        }
    }

    /// What is to be drawn between two places along x on that many pixel columns, one line for each stretch.
    pub fn visible(&self, x_range: [f64; 2], columns: usize) -> Vec<Vec<[f64; 2]>> {
        let column = (x_range[1] - x_range[0]) / columns.max(1) as f64;
        let first = self.pieces.partition_point(|piece| self.line[piece.end - 1][0] < x_range[0]);
        let last = self.pieces.partition_point(|piece| self.line[piece.start][0] <= x_range[1]);
        // Gaps that no pixel shows are none: a run of a thousand pauses has as few lines as there are pixels.
        let mut seen: Vec<Range<usize>> = Vec::new();
        for piece in &self.pieces[first..last.max(first)] {
            match seen.last_mut() {
                Some(before) if self.line[piece.start][0] - self.line[before.end - 1][0] < column => {
                    before.end = piece.end;
                }
                _ => seen.push(piece.clone()),
            }
        }
        seen.into_iter().map(|piece| self.line.reduce(piece, x_range, columns)).collect()
    }
}

/// Lowest and highest value; from and to of a scale: all of the values unless a few stand far out.
fn scale(points: &[[f64; 2]]) -> ([f64; 2], [f64; 2]) {
    let mut values: Vec<f64> = points.iter().map(|point| point[1]).collect();
    if values.is_empty() {
        return ([0.0; 2], [0.0, LEAST_SPAN]);
    }
    let last = values.len() - 1;
    let mut nth =
        |share: f64| *values.select_nth_unstable_by((last as f64 * share).round() as usize, f64::total_cmp).1;
    let [lowest, low, high, highest] = [nth(0.0), nth(TAIL), nth(1.0 - TAIL), nth(1.0)];
    let near = NEAR * (high - low).max(LEAST_SPAN);
    let low = if low - lowest <= near { lowest } else { low };
    let high = if highest - high <= near { highest } else { high };
    let spare = ((LEAST_SPAN - (high - low)) / 2.0).max(0.06 * (high - low));
    ([lowest, highest], [low - spare, high + spare])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::fixture::{recording_of, steps_of};

    fn strips(recording: &Recording, steps: &Steps, axis: SpeedAxis) -> Vec<StripFigure> {
        StripFigure::all(recording, steps, axis, false)
    }

    #[test]
    fn what_was_not_recorded_has_no_strip_and_gaps_break_the_line() {
        let steps = steps_of(&[(100, 2.0)]);
        let mut recording = recording_of(&steps);
        assert!(strips(&recording, &steps, SpeedAxis::Elapsed).is_empty());
        recording.fixes.heart_rate_bpm = (0..=100).map(|k| if k == 30 { 0 } else { 120 }).collect();
        recording.fixes.elevation_m = (0..=100).map(|k| 400.0 + k as f32).collect();
        recording.breaks = vec![60];
        let found = strips(&recording, &steps, SpeedAxis::Distance);
        let shape: Vec<_> = found.iter().map(|strip| (strip.quantity, strip.pieces.clone())).collect();
        assert_eq!(
            shape,
            [
                (Quantity::HeartRate, vec![0..30, 30..59, 59..100]),
                (Quantity::Elevation, vec![0..60, 60..101])
            ]
        );
        assert_eq!((found[1].line[50], found[0].y_range), ([100.0, 450.0], [110.0, 130.0]));
        let labels: Vec<&str> = found[1].y_ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["400", "500"]);
        let feet = StripFigure::all(&recording, &steps, SpeedAxis::Elapsed, true);
        assert_eq!(feet[1].y_ticks[0].label, "1400");
        assert!((feet[1].y_ticks[0].at - 426.72).abs() < 1e-9, "{:?}", feet[1].y_ticks);
    }

    #[test]
    fn one_bad_value_does_not_squeeze_the_rest() {
        let steps = steps_of(&[(2000, 2.0)]);
        let mut recording = recording_of(&steps);
        recording.fixes.elevation_m = (0..=2000).map(|k| 400.0 + (k % 50) as f32).collect();
        recording.fixes.elevation_m[0] = 0.0;
        let found = strips(&recording, &steps, SpeedAxis::Elapsed);
        assert!(found[0].y_range[0] > 390.0 && found[0].y_range[1] < 460.0, "{:?}", found[0].y_range);
    }

    #[test]
    fn a_long_run_draws_as_few_points_as_there_are_pixels() {
        let steps = steps_of(&[(100_000, 2.0)]);
        let mut recording = recording_of(&steps);
        recording.fixes.heart_rate_bpm = (0..=100_000).map(|k| 100 + (k % 37) as u8).collect();
        recording.breaks = (1..10_000).map(|k| k * 10).collect();
        let strip = &strips(&recording, &steps, SpeedAxis::Elapsed)[0];
        let drawn = strip.visible([0.0, 100_000.0], 1000);
        assert!(drawn.len() == 1 && drawn[0].len() <= 4_004, "{} lines, {}", drawn.len(), drawn[0].len());
        assert_eq!(strip.visible([500.0, 540.0], 1000).len(), 5);
    }
}
