//! How much time at each speed; an edge lies exactly on the threshold.

use egui::{Align2, CornerRadius, Rect, Role as Kind, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    app::{
        charts::plot::Plot,
        command::Action,
        state::{AppState, shown::Shown},
        ui::{
            theme::{self, Weight},
            widgets::{card, dashed, focus_ring, tip, title},
        },
    },
    band::TimeRange,
    figure::{Bar, Role},
    motion::StepKind,
    units,
};

/// The card.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown, height: f32) {
    card(ui, |ui, colors| {
        title(ui, &format!("Time at each speed ({})", shown.asked.unit.symbol()));
        let inner = vec2(ui.available_width(), height - 32.0 - 28.0);
        let (rect, response) = ui.allocate_exact_size(inner, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, &shown.spoken.histogram));
        let figure = &shown.histogram;
        let area =
            Rect::from_min_max(pos2(rect.left() + 48.0, rect.top() + 4.0), rect.max - vec2(18.0, 22.0));
        let plot = Plot { area, x: [0.0, figure.x_max_mps], y_max: figure.y_max_s };
        let painter = ui.painter_at(rect);
        plot.y_axis(&painter, colors, &figure.y_ticks, theme::CAPTION);
        plot.x_axis(&painter, colors, &figure.x_ticks, theme::CAPTION, rect);
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
            if marked == Some(k) || hovered == Some(k) {
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
            if response.clicked()
                && let Some(range) = longest_in(shown, bar)
            {
                state.ask(Action::ChooseRange(range));
            }
        }
        focus_ring(ui, &response, theme::RADIUS);
    });
}

fn words(shown: &Shown, bar: &Bar) -> [(String, bool); 2] {
    let unit = shown.asked.unit;
    let (a, b) = (unit.number(bar.low_mps), unit.number(bar.high_mps));
    let first = match bar.role {
        Role::Standing => "standing".to_owned(),
        _ if bar.open_end => format!("{a} {} and faster", unit.symbol()),
        _ => format!("{a} – {b} {}", unit.symbol()),
    };
    let share = bar.seconds / shown.summary.totals.elapsed_s().max(1.0);
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

/// The longest stretch at the speed of a bar, where short lapses do not count.
fn longest_in(shown: &Shown, bar: &Bar) -> Option<TimeRange> {
    let steps = &shown.run.motion.steps;
    let within = |index: usize| {
        let standing = steps.stands(index);
        let speed = f64::from(steps.speed_mps[index]);
        match bar.role {
            Role::Standing => standing,
            _ => !standing && speed > bar.low_mps && (speed <= bar.high_mps || bar.open_end),
        }
    };
    shown.longest(5.0, within)
}
