//! The marked moment in the speed chart.

use chrono::TimeDelta;
use egui::{Painter, Rect, Stroke};

use crate::{
    app::{
        charts::plot::Plot,
        state::{AppState, shown::Shown},
        ui::{theme::Colors, widgets::tip},
    },
    figure::SpeedAxis,
    motion::StepKind,
    text::local_start,
    units::{self, SpeedUnit},
};

/// So many letters of a run's name are in the tip.
const NAME: usize = 28;

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
    let mut words = words_at(shown, index, time_s).to_vec();
    let wanted = |quantity| state.settings.strips.shows(quantity);
    words.extend(shown.measured_at(time_s, wanted).map(|measured| (measured, false)));
    if let Some(other) = state.screen.other_along(shown) {
        let unit = shown.asked.unit;
        let said = speed_at(&other.speed.estimate, x)
            .filter(|_| x <= other.speed.x_range[1])
            .map_or_else(|| "ended".to_owned(), |speed_mps| unit.format(speed_mps));
        words.push((format!("{said} · {}", short_name(&other.run.name_and_date())), true));
    }
    if state.wheel_explained_now {
        let keys = painter.ctx().format_modifiers(egui::Modifiers::COMMAND);
        words.push((format!("{keys} and the wheel zoom"), false));
    }
    tip(painter, colors, point, bounds, &words, size);
}

/// A name as far as there is room for it in a tip.
fn short_name(name: &str) -> String {
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
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
        when(shown, time_s),
        units::distance(steps.distance_at(time_s), shown.asked.unit.is_imperial())
    );
    if rest.is_none() {
        second = format!(
            "{second} · {}",
            shown.asked.unit.plus_minus(speed, f64::from(steps.speed_sd_mps[index]))
        );
    }
    [(first, true), (second, false)]
}

/// Time since the start, or of day where that runs along the chart.
fn when(shown: &Shown, time_s: f64) -> String {
    match shown.asked.axis {
        SpeedAxis::Clock => {
            let start = local_start(&shown.run.recording);
            (start + TimeDelta::milliseconds((time_s * 1000.0) as i64)).format("%H:%M:%S").to_string()
        }
        SpeedAxis::Elapsed | SpeedAxis::Distance => units::duration(time_s),
    }
}

/// The estimate at a place along x, as the line shows it.
fn speed_at(estimate: &[[f64; 2]], x: f64) -> Option<f64> {
    let next = estimate.partition_point(|point| point[0] < x).min(estimate.len().checked_sub(1)?);
    let (a, b) = (estimate[next.saturating_sub(1)], estimate[next]);
    let part = if b[0] > a[0] { ((x - a[0]) / (b[0] - a[0])).clamp(0.0, 1.0) } else { 0.0 };
    Some(a[1] + part * (b[1] - a[1]))
}
