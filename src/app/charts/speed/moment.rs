//! The marked moment in the speed chart.

use egui::{Painter, Rect, Stroke};

use crate::{
    app::{
        charts::plot::Plot,
        state::{AppState, shown::Shown},
        ui::{theme::Colors, widgets::tip},
    },
    motion::StepKind,
    units::{self, SpeedUnit},
};

/// Marks the moment, with its numbers.
pub fn show(
    painter: &Painter,
    colors: &Colors,
    state: &AppState,
    shown: &Shown,
    plot: &Plot,
    bounds: Rect,
    size: f32,
) {
    let steps = &shown.run.motion.steps;
    let Some(time_s) = state.view.cursor_s() else { return };
    let Some(index) = steps.at(time_s) else { return };
    let x = shown.speed.axis.x(steps, time_s);
    if x < plot.x[0] || x > plot.x[1] {
        return;
    }
    let speed = speed_at(&shown.speed.estimate, x).unwrap_or(0.0);
    let point = plot.at([x, speed]);
    painter.vline(point.x, plot.area.y_range(), Stroke::new(1.5, colors.ink.gamma_multiply(0.75)));
    painter.circle(point, 4.5, colors.card, Stroke::new(2.0, colors.ink));
    tip(painter, colors, point, bounds, &words_at(shown, index, time_s), size);
}

/// Speed in m/s and in the reader's unit, when, where, and how sure.
pub fn words_at(shown: &Shown, index: usize, time_s: f64) -> [(String, bool); 2] {
    let steps = &shown.run.motion.steps;
    let rest = match steps.kind[index] {
        StepKind::Paused => Some("paused"),
        StepKind::LeftOut => Some("left out"),
        _ if steps.stands(index) => Some("standing"),
        _ => None,
    };
    let speed = f64::from(steps.speed_mps[index]);
    let other = shown.asked.unit.beside_mps();
    let first = match rest {
        Some(rest) => rest.to_owned(),
        None => format!("{} · {}", SpeedUnit::MetresPerSecond.format(speed), other.format(speed)),
    };
    let mut second = format!(
        "{} · {}",
        units::duration(time_s),
        units::distance(steps.distance_at(time_s), shown.asked.unit.is_imperial())
    );
    if rest.is_none() {
        second = format!("{second} · ±{:.2}", steps.speed_sd_mps[index]);
    }
    [(first, true), (second, false)]
}

/// The estimate at a place along x, as the line shows it.
fn speed_at(estimate: &[[f64; 2]], x: f64) -> Option<f64> {
    let next = estimate.partition_point(|point| point[0] < x).min(estimate.len().checked_sub(1)?);
    let (a, b) = (estimate[next.saturating_sub(1)], estimate[next]);
    let part = if b[0] > a[0] { ((x - a[0]) / (b[0] - a[0])).clamp(0.0, 1.0) } else { 0.0 };
    Some(a[1] + part * (b[1] - a[1]))
}
