//! What if the threshold lay elsewhere: how firm the share is.

use egui::{Rect, Role as Kind, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    app::{
        charts::plot::{Plot, by_hand},
        command::Action,
        state::{AppState, shown::Shown},
        ui::{
            theme::{self, Weight},
            widgets::{card, dashed, focus_ring, text, tip, title},
        },
    },
    figure::{Role, Threshold},
    units,
};

/// The card.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown) {
    card(ui, |ui, colors| {
        ui.horizontal_wrapped(|ui| {
            title(ui, "What if the threshold lay elsewhere?");
            let words = "Share of moving time at or below each speed. Click or drag the threshold.";
            ui.label(text(words, theme::CAPTION, Weight::Regular, colors.muted));
        });
        let size = vec2(ui.available_width(), 150.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let figure = &shown.share;
        let unit = shown.asked.unit;
        response.widget_info(|| {
            let near = |by: f64| {
                let at = figure.threshold.speed_mps + by;
                let share = figure.share_at(at);
                format!("{} at or below {}", units::percent(share), unit.format(at))
            };
            let words = format!("What if: {}; {}; {}", near(-0.2), near(0.0), near(0.2));
            WidgetInfo::labeled(Kind::Image, true, words)
        });
        if !ui.is_rect_visible(rect) {
            return;
        }
        let area =
            Rect::from_min_max(pos2(rect.left() + 40.0, rect.top() + 8.0), rect.max - vec2(18.0, 22.0));
        let plot = Plot { area, x: figure.x_range, y_max: 1.0 };
        let painter = ui.painter_at(rect);
        plot.y_axis(&painter, colors, &figure.y_ticks, theme::CAPTION);
        plot.x_axis(&painter, colors, &figure.x_ticks, theme::CAPTION, rect);
        let points =
            figure.points.iter().filter(|p| p[0] <= figure.x_range[1]).map(|p| plot.at(*p)).collect();
        painter.add(Shape::line(points, Stroke::new(2.0, colors.role(Role::InBand))));
        // The mark follows the threshold at once, along the curve that is there.
        let edge = Threshold::new(state.settings.edges(), unit);
        let share = match edge == figure.threshold {
            true => figure.share,
            false => figure.share_at(edge.speed_mps),
        };
        let at = plot.at([edge.speed_mps, share]);
        dashed(
            &painter,
            pos2(at.x, area.top()),
            pos2(at.x, area.bottom()),
            Stroke::new(1.5, colors.role(Role::InBand)),
        );
        painter.circle(at, 4.5, colors.card, Stroke::new(2.0, colors.ink));
        // Right of the point and below the curve there is always room, but for a threshold at the very end.
        let words = format!("{} at {}", units::percent(share), edge.label);
        let color = colors.role(Role::InBandText);
        let galley = painter.layout_no_wrap(words, theme::font(theme::CAPTION, Weight::SemiBold), color);
        let left = (at.x + 8.0).min(rect.right() - galley.size().x);
        painter.galley(pos2(left, (at.y + 8.0).min(area.bottom() - galley.size().y - 2.0)), galley, color);
        if let Some(pointer) = response.hover_pos() {
            let speed = plot.value(pointer.x);
            let share = figure.share_at(speed);
            let minutes = units::duration(share * shown.summary.totals.moving_s());
            let lines = [
                (format!("{} at ≤ {}", units::percent(share), unit.format(speed)), true),
                (format!("{minutes} of moving time"), false),
            ];
            tip(&painter, colors, plot.at([speed, share]), rect, &lines, theme::CAPTION);
        }
        if (response.dragged() || response.clicked())
            && let Some(pointer) = response.interact_pointer_pos()
        {
            state.ask(Action::MoveUpper(by_hand(plot.value(pointer.x))));
        }
        focus_ring(ui, &response, theme::RADIUS);
    });
}
