//! How much time at each speed; an edge lies exactly on the threshold.

use egui::{Align2, CornerRadius, Rect, Response, Role as Kind, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    app::{
        charts::plot::Plot,
        command::Action,
        state::{AppState, shown::Shown, view::Mark},
        ui::{
            access,
            theme::{self, Weight},
            widgets::{card, dashed, focus_ring, small_button, tip, title_row},
        },
    },
    figure::{Bar, Role},
    motion::StepKind,
    units,
};

/// The card.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown, height: f32) {
    card(ui, |ui, colors| {
        let name = format!(
            "Time at each {} ({})",
            shown.asked.unit.quantity().to_lowercase(),
            shown.asked.unit.symbol()
        );
        title_row(ui, &name, |ui| {
            if let Some(mark) = state.view.marked {
                let words = format!("{} ×", mark.words(shown.asked.unit));
                let button =
                    small_button(ui, &words).on_hover_text("Marked in chart and route. Click to end.");
                let spoken = format!("Marked: {}, end", mark.words(shown.asked.unit));
                if button.accessible_name(spoken).clicked() {
                    state.ask(Action::Mark(None));
                }
            }
        });
        let inner = vec2(ui.available_width(), height - 32.0 - 34.0);
        let (rect, response) = ui.allocate_exact_size(inner, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, &shown.spoken.histogram));
        let figure = &shown.histogram;
        let area =
            Rect::from_min_max(pos2(rect.left() + 48.0, rect.top() + 4.0), rect.max - vec2(18.0, 22.0));
        let plot = Plot { area, x: [0.0, figure.x_max_mps], y_max: figure.y_max_s };
        let painter = ui.painter_at(rect);
        plot.y_axis(&painter, colors, &figure.y_ticks, theme::CAPTION);
        plot.x_axis(&painter, colors, &figure.x_ticks, theme::CAPTION, rect);
        let chosen = state.view.marked;
        let marked = state.view.cursor_s().and_then(|time_s| bar_at(shown, time_s));
        let hovered = response
            .hover_pos()
            .map(|pointer| plot.value(pointer.x))
            .and_then(|speed| figure.bars.iter().position(|b| b.low_mps <= speed && speed < b.high_mps));
        for (k, bar) in figure.bars.iter().enumerate() {
            let x = plot.left(bar.low_mps) + 0.75..=plot.left(bar.high_mps) - 0.75;
            let part = Rect::from_x_y_ranges(x, plot.top(bar.seconds)..=area.bottom());
            let corners = CornerRadius { nw: 1, ne: 1, sw: 0, se: 0 };
            painter.rect_filled(part, corners, colors.role(bar.role));
            if marked == Some(k) || hovered == Some(k) || chosen == Some(mark_of(bar)) {
                painter.rect_stroke(
                    part.expand(1.0),
                    corners,
                    Stroke::new(1.5, colors.ink),
                    egui::StrokeKind::Outside,
                );
            }
        }
        let x = plot.left(figure.threshold.speed_mps);
        let top = area.top();
        dashed(&painter, pos2(x, top), pos2(x, area.bottom()), Stroke::new(1.5, colors.role(Role::InBand)));
        painter.text(
            pos2(x + 5.0, top),
            Align2::LEFT_TOP,
            &figure.threshold.short_label,
            theme::font(theme::CAPTION, Weight::SemiBold),
            colors.role(Role::InBandText),
        );
        if let (Some(k), Some(pointer)) = (hovered, response.hover_pos()) {
            let bar = &figure.bars[k];
            tip(&painter, colors, pointer, rect, &words(shown, bar), theme::CAPTION);
            if response.clicked() {
                response.request_focus();
                state.ask(Action::Mark(Some(mark_of(bar))));
            }
        }
        if response.has_focus() {
            keys(state, ui, shown, &response);
        }
        focus_ring(ui, &response, theme::RADIUS);
    });
}

/// The speeds of a bar.
fn mark_of(bar: &Bar) -> Mark {
    Mark {
        low_mps: bar.low_mps,
        high_mps: if bar.open_end { f64::INFINITY } else { bar.high_mps },
        standing: bar.role == Role::Standing,
    }
}

/// Arrows go from bar to bar, those without time left out.
fn keys(state: &AppState, ui: &Ui, shown: &Shown, response: &Response) {
    let (back, on) = access::sideways(ui, response);
    if !back && !on {
        return;
    }
    let marks: Vec<Mark> =
        shown.histogram.bars.iter().filter(|bar| bar.seconds >= 0.5).map(mark_of).collect();
    let now = state.view.marked.and_then(|marked| marks.iter().position(|mark| *mark == marked));
    let next = match now {
        None if back => marks.len().checked_sub(1),
        None => Some(0),
        Some(place) if back => place.checked_sub(1),
        Some(place) => Some(place + 1),
    };
    if let Some(mark) = next.and_then(|place| marks.get(place)) {
        state.ask(Action::Mark(Some(*mark)));
    }
}

fn words(shown: &Shown, bar: &Bar) -> [(String, bool); 2] {
    let share = bar.seconds / shown.summary.totals.elapsed_s().max(1.0);
    let first = mark_of(bar).words(shown.asked.unit);
    [(first, true), (format!("{} · {}", units::duration(bar.seconds), units::percent(share)), false)]
}

/// The bar that a moment counts into.
fn bar_at(shown: &Shown, time_s: f64) -> Option<usize> {
    let steps = &shown.run.motion.steps;
    let index = steps.at(time_s)?;
    if matches!(steps.kind[index], StepKind::Paused | StepKind::LeftOut) {
        return None;
    }
    if steps.stands(index) {
        return Some(0);
    }
    let speed = f64::from(steps.speed_mps[index]);
    let bars = &shown.histogram.bars;
    bars.iter().position(|bar| speed <= bar.high_mps).or(Some(bars.len().saturating_sub(1)))
}
