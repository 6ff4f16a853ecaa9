//! Speed over time or distance, with the band behind it: the chart that everything else is linked to.

mod input;
mod moment;
mod strips;
mod threshold;

use egui::{Painter, Rect, Role as Kind, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    app::{
        charts::plot::{Plot, bars, triangles},
        command::Command,
        panels::{
            compare,
            top_bar::{hint, menu},
        },
        state::{AppState, shown::Shown},
        ui::{
            theme::{self, Colors},
            widgets::{card, focus_ring, hatch, segmented, small_button, title_row},
        },
    },
    band::TimeRange,
    figure::{Role, SpeedAxis, Threshold, ticks},
};

pub use moment::words_at;

/// In a narrower pause the lines of its hatching would not be seen as such.
const HATCHED_FROM: f32 = 4.0;

/// The card, with a chart `height` points high.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown, height: f32) {
    card(ui, |ui, colors| {
        let name = format!("{} ({})", shown.asked.unit.quantity(), shown.asked.unit.symbol());
        title_row(ui, &name, |ui| {
            let axes = [
                (SpeedAxis::Elapsed, "time"),
                (SpeedAxis::Distance, "distance"),
                (SpeedAxis::Clock, "clock"),
            ];
            if state.view.zoom.is_some() && small_button(ui, "Whole run").clicked() {
                state.ask(Command::ResetZoom);
            }
            play_button(state, ui);
            strips::choice(state, ui, shown);
            if let Some(axis) = segmented(ui, "Speed over", &axes, shown.asked.axis) {
                state.ask(Command::Axis(axis));
            }
        });
        ui.add_space(4.0);
        chart(state, ui, colors, shown, height, theme::CAPTION);
        strips::show(state, ui, colors, shown, theme::CAPTION);
    });
}

/// Starts and stops the cursor's run, and says how fast it is.
fn play_button(state: &AppState, ui: &mut Ui) {
    let words = if state.view.playing().is_some() { "Stop" } else { "Play" };
    if small_button(ui, words).on_hover_text(hint(ui, Command::Play)).clicked() {
        state.ask(Command::Play);
    }
    if let Some(speed) = state.view.playing() {
        let faster = small_button(ui, &format!("{speed:.0}x")).on_hover_text("Next speed, Shift+P");
        if faster.accessible_name(format!("{speed:.0}x, next play speed")).clicked() {
            state.ask(Command::PlayFaster);
        }
    }
}

/// The chart alone, `height` points high with its axis; `size` is that of its labels.
pub fn chart(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown, height: f32, size: f32) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click_and_drag());
    let spoken = compare::spoken(state).map(|other| format!("{} {other}", shown.spoken.speed));
    let spoken = spoken.as_ref().unwrap_or(&shown.spoken.speed);
    response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, spoken));
    let (left, right) = sides(rect, size);
    let area = Rect::from_min_max(pos2(left, rect.top() + 8.0), pos2(right, rect.bottom() - 2.0 * size));
    let figure = &shown.speed;
    let other = state.screen.other_along(shown);
    let whole = state.screen.whole(shown);
    let y_max = other.map_or(figure.y_max_mps, |other| figure.y_max_mps.max(other.speed.y_max_mps));
    let plot = Plot { area, x: state.reach(shown), y_max };
    let painter = ui.painter_at(rect);
    // The line under the pointer moves at once; colours and numbers follow when they are computed.
    let edge = Threshold::new(state.settings.edges(), shown.asked.unit);
    background(&painter, colors, shown, &edge, &plot, size);
    let x_ticks = figure.x_ticks(plot.x, (area.width() / (9.0 * size)) as usize);
    plot.x_axis(&painter, colors, &x_ticks, size, rect);
    if let Some(other) = other {
        compare::line(&painter.with_clip_rect(area), colors, other, &plot);
    }
    marked(&painter.with_clip_rect(area), colors, state, shown, &plot);
    lines(&painter.with_clip_rect(area.expand(1.5)), colors, shown, &plot, size);
    threshold::show(&painter, colors, shown, &edge, &plot, size);
    input::take(state, ui, shown, &plot, whole, &response, true);
    range(&painter, colors, state, shown, &plot);
    moment::show(&painter, colors, state, shown, &plot, rect, size);
    focus_ring(ui, &response, theme::RADIUS);
    menu(
        state,
        &response,
        &[
            Command::Play,
            Command::ResetZoom,
            Command::Trim,
            Command::Ignore,
            Command::CopyChart,
            Command::SaveChart,
            Command::SaveSegments,
        ],
    );
}

/// Where the axis begins and ends at the left and right, in the chart and in the strips below it.
fn sides(rect: Rect, size: f32) -> (f32, f32) {
    (rect.left() + 3.6 * size, rect.right() - 8.0)
}

/// The strip of the band, pauses and the grid.
fn background(painter: &Painter, colors: &Colors, shown: &Shown, edge: &Threshold, plot: &Plot, size: f32) {
    let [low, _] = shown.speed.band_mps;
    let strip = Rect::from_x_y_ranges(plot.area.x_range(), plot.top(edge.speed_mps)..=plot.top(low));
    painter.rect_filled(strip, 0.0, colors.role(Role::Band));
    let inside = painter.with_clip_rect(plot.area);
    for along_x in plot.stretches(&shown.speed.paused, 1.0) {
        let pause = Rect::from_x_y_ranges(along_x, plot.area.y_range());
        inside.rect_filled(pause, 0.0, colors.card);
        let color = colors.role(Role::Paused);
        if along_x.span() < HATCHED_FROM {
            inside.rect_filled(pause, 0.0, color.gamma_multiply(0.4));
        } else {
            hatch(&inside, pause, color);
        }
    }
    plot.y_axis(painter, colors, &ticks::speed([0.0, plot.y_max], shown.asked.unit, 5), size);
}

/// How many pixels the chart is wide.
fn columns(painter: &Painter, plot: &Plot) -> usize {
    (plot.area.width() * painter.pixels_per_point()).ceil() as usize
}

/// Legs as recorded, the estimate by state, and what is cut off above.
fn lines(painter: &Painter, colors: &Colors, shown: &Shown, plot: &Plot, size: f32) {
    let mesh = shown.drawn_speed.get(plot.drawn(painter, colors, size), || {
        triangles(painter, line_shapes(painter, colors, shown, plot, size))
    });
    painter.add(Shape::mesh(mesh));
}

fn line_shapes(painter: &Painter, colors: &Colors, shown: &Shown, plot: &Plot, size: f32) -> Vec<Shape> {
    let visible = shown.visible(plot.x, columns(painter, plot));
    let mut shapes = Vec::new();
    for line in &visible.raw {
        let points: Vec<_> = line.iter().map(|point| plot.at(*point)).collect();
        let color = colors.role(Role::Raw);
        shapes.push(match bars(&points, painter.pixels_per_point(), color) {
            Some(bars) => Shape::mesh(bars),
            None => Shape::line(points, Stroke::new(1.0, color)),
        });
    }
    for (state, line) in &visible.estimate {
        let points = line.iter().map(|point| plot.at(*point)).collect();
        shapes.push(Shape::line(points, Stroke::new(size / 5.75, colors.role(Role::from(*state)))));
    }
    for clipped in shown.speed.clipped.iter().filter(|clipped| !clipped.raw) {
        let middle = plot.left(f64::midpoint(clipped.x[0], clipped.x[1]));
        let top = plot.area.top();
        let mark =
            vec![pos2(middle - 4.0, top + 5.0), pos2(middle, top - 1.0), pos2(middle + 4.0, top + 5.0)];
        shapes.push(Shape::convex_polygon(mark, colors.role(Role::FasterText), Stroke::NONE));
    }
    shapes
}

/// The moments at the speeds that are marked: a veil over them, and a strip at the foot that is seen where they are
/// short.
fn marked(painter: &Painter, colors: &Colors, state: &AppState, shown: &Shown, plot: &Plot) {
    let Some(mark) = state.view.marked else { return };
    let (steps, axis) = (&shown.run.motion.steps, shown.speed.axis);
    let moments = shown.moments_at(mark);
    let along: Vec<[f64; 2]> =
        moments.iter().map(|it| [axis.x(steps, it.start_s), axis.x(steps, it.end_s)]).collect();
    for x in plot.stretches(&along, 1.5) {
        let whole = Rect::from_x_y_ranges(x, plot.area.y_range());
        painter.rect_filled(whole, 0.0, colors.ink.gamma_multiply(0.10));
        let foot = Rect::from_x_y_ranges(x, plot.area.bottom() - 5.0..=plot.area.bottom());
        painter.rect_filled(foot, 0.0, colors.ink);
    }
}

/// What is chosen: the rest stands back.
fn range(painter: &Painter, colors: &Colors, state: &AppState, shown: &Shown, plot: &Plot) {
    let chosen = match state.view.dragged {
        Some([a, b]) => Some(TimeRange { start_s: a.min(b), end_s: a.max(b) }),
        None => state.view.range,
    };
    let Some(range) = chosen else { return };
    let steps = &shown.run.motion.steps;
    let left = plot.left(shown.speed.axis.x(steps, range.start_s));
    let right = plot.left(shown.speed.axis.x(steps, range.end_s.min(steps.elapsed_s())));
    let painter = painter.with_clip_rect(plot.area);
    let veil = colors.card.gamma_multiply(0.72);
    painter.rect_filled(Rect::from_x_y_ranges(plot.area.left()..=left, plot.area.y_range()), 0.0, veil);
    painter.rect_filled(Rect::from_x_y_ranges(right..=plot.area.right(), plot.area.y_range()), 0.0, veil);
    for x in [left, right] {
        painter.vline(x, plot.area.y_range(), Stroke::new(1.5, colors.accent_text));
    }
}
