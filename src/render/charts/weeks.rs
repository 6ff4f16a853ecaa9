//! A person's weeks, on paper.

use crate::{
    figure::{Role, WORST_PAIN, WeekColumn, WeeksFigure},
    render::{
        canvas::{Align, Canvas, Frame},
        font::Type,
    },
};

const SMALL: Type = Type::regular(7.0);
/// For the words on the left axis.
const LEFT_PT: f64 = 34.0;
/// For the words about the dose on the right.
const RIGHT_PT: f64 = 42.0;
const BELOW_PT: f64 = 14.0;

/// What part of its place a column fills.
const FILLED: f64 = 0.64;

/// Where the columns stand.
fn plot(frame: Frame, below_pt: f64) -> Frame {
    Frame {
        x: frame.x + LEFT_PT,
        y: frame.y + 4.0,
        width: frame.width - LEFT_PT - RIGHT_PT,
        height: frame.height - 4.0 - below_pt,
    }
}

/// Columns of time in band with their interval, and the dose as a dashed line.
pub fn weeks(canvas: &Canvas, figure: &WeeksFigure, frame: Frame) {
    let plot = plot(frame, BELOW_PT);
    let y = |seconds: f64| plot.bottom() - seconds / figure.y_max_s * plot.height;
    let (ink, muted) = (canvas.rgb(Role::Ink), canvas.rgb(Role::Muted));
    for tick in &figure.y_ticks {
        let at = y(tick.at);
        canvas.line([[plot.x, at], [plot.right(), at]], 0.5, canvas.rgb(Role::Line));
        canvas.text([plot.x - 5.0, at + 2.5], &tick.label, SMALL, Align::End, muted);
    }
    let slot = plot.width / figure.columns.len().max(1) as f64;
    for (k, week) in figure.columns.iter().enumerate() {
        let middle = plot.x + (k as f64 + 0.5) * slot;
        let width = (slot * FILLED).min(36.0);
        let top = y(week.in_band_s);
        let column = Frame { x: middle - width / 2.0, y: top, width, height: plot.bottom() - top };
        canvas.area(column, if week.is_unfinished { Role::Gentle } else { Role::InBand });
        if let Some([low, high]) = week.interval_s {
            canvas.line([[middle, y(low)], [middle, y(high)]], 0.9, ink);
        }
        canvas.text([middle, plot.bottom() + 10.5], &week.name, SMALL, Align::Middle, muted);
    }
    dose(canvas, figure, plot, y);
}

/// The dose, stretch by stretch, and its last value in words beside the chart.
fn dose(canvas: &Canvas, figure: &WeeksFigure, plot: Frame, y: impl Fn(f64) -> f64) {
    let ink = canvas.rgb(Role::Ink);
    let slot = plot.width / figure.columns.len().max(1) as f64;
    let (mut from, mut before): (f64, Option<f64>) = (plot.x, None);
    for (k, stretch) in figure.columns.chunk_by(|a, b| a.dose_s == b.dose_s).map(with_length).enumerate() {
        let (dose_s, count) = stretch;
        let to = from + count as f64 * slot;
        if let Some(dose_s) = dose_s {
            if let Some(before) = before.filter(|_| k > 0) {
                canvas.dashed([from, y(before)], [from, y(dose_s)], 3.0, 0.9, ink);
            }
            canvas.dashed([from, y(dose_s)], [to, y(dose_s)], 3.0, 0.9, ink);
        }
        (from, before) = (to, dose_s);
    }
    if let Some(dose_s) = before {
        let at = [plot.right() + 5.0, y(dose_s)];
        let words = format!("{:.0} min", dose_s / 60.0);
        canvas.text([at[0], at[1] - 1.5], "agreed", SMALL, Align::Start, canvas.rgb(Role::Muted));
        canvas.text(
            [at[0], at[1] + 7.0],
            &words,
            Type::strong(7.0).fitting(&words, RIGHT_PT - 5.0),
            Align::Start,
            ink,
        );
    }
}

fn with_length(stretch: &[WeekColumn]) -> (Option<f64>, usize) {
    (stretch.first().and_then(|week| week.dose_s), stretch.len())
}

/// Mean pain week by week, below the columns of [`weeks`].
pub fn pain(canvas: &Canvas, figure: &WeeksFigure, frame: Frame) {
    let plot = plot(frame, 2.0);
    let y = |pain: f64| plot.bottom() - pain / WORST_PAIN * plot.height;
    let (ink, muted) = (canvas.rgb(Role::Ink), canvas.rgb(Role::Muted));
    for mark in [0.0, WORST_PAIN / 2.0, WORST_PAIN] {
        canvas.line([[plot.x, y(mark)], [plot.right(), y(mark)]], 0.5, canvas.rgb(Role::Line));
        canvas.text([plot.x - 5.0, y(mark) + 2.5], &format!("{mark:.0}"), SMALL, Align::End, muted);
    }
    let slot = plot.width / figure.columns.len().max(1) as f64;
    let mut before = None;
    for (k, week) in figure.columns.iter().enumerate() {
        let place = week.pain.map(|pain| [plot.x + (k as f64 + 0.5) * slot, y(pain)]);
        if let Some((from, to)) = before.zip(place) {
            canvas.line([from, to], 0.9, muted);
        }
        before = place;
    }
    for (k, week) in figure.columns.iter().enumerate() {
        if let Some(pain) = week.pain {
            canvas.dot([plot.x + (k as f64 + 0.5) * slot, y(pain)], 2.2, ink);
        }
    }
}
