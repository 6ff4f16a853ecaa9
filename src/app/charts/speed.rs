//! Speed over time or distance, with the band behind it: the chart that everything else is linked to.

use egui::{
    Align2, Key, Modifiers, Painter, Rect, Response, Role as Kind, Sense, Shape, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::{
    band::TimeRange,
    figure::{Role, SpeedAxis, Threshold, ticks},
    units::{self, SpeedUnit},
};

use crate::app::{
    App,
    charts::plot::{Plot, bars},
    command::{Command, execute::zoomed},
    panels::{compare, top_bar::hint},
    state::run::Shown,
    ui::{
        theme::{self, Colors, Weight},
        widgets::{card, dashed, focus_ring, hatch, segmented, small_button, tip, title_row},
    },
};

/// Height of the chart in the window.
const HEIGHT: f32 = 218.0;
/// How near the pointer must be to the threshold to take hold of it.
const GRIP: f32 = 5.0;
/// In a narrower pause the lines of its hatching would not be seen as such.
const HATCHED_FROM: f32 = 4.0;

/// The card.
pub fn show(app: &mut App, ui: &mut Ui, shown: &Shown) {
    card(ui, |ui, colors| {
        title_row(ui, &format!("Speed ({})", shown.asked.unit.symbol()), |ui| {
            let axes = [
                (SpeedAxis::Elapsed, "time"),
                (SpeedAxis::Distance, "distance"),
                (SpeedAxis::Clock, "clock"),
            ];
            if app.view.zoom.is_some() && small_button(ui, "Whole run").clicked() {
                app.ask(Command::ResetZoom);
            }
            play_button(app, ui);
            if let Some(axis) = segmented(ui, "Speed over", &axes, shown.asked.axis) {
                app.ask(Command::Axis(axis));
            }
        });
        ui.add_space(4.0);
        chart(app, ui, colors, shown, HEIGHT, theme::CAPTION);
    });
}

/// Starts and stops the cursor's run, and says how fast it is.
fn play_button(app: &mut App, ui: &mut Ui) {
    let words = if app.view.playing().is_some() { "Stop" } else { "Play" };
    if small_button(ui, words).on_hover_text(hint(ui, Command::Play)).clicked() {
        app.ask(Command::Play);
    }
    if let Some(speed) = app.view.playing() {
        let faster = small_button(ui, &format!("{speed:.0}x")).on_hover_text("Next speed, Shift+P");
        if faster.accessible_name(format!("{speed:.0}x, next play speed")).clicked() {
            app.ask(Command::PlayFaster);
        }
    }
}

/// The chart alone, `height` points high with its axis; `size` is that of its labels.
pub fn chart(app: &mut App, ui: &mut Ui, colors: &Colors, shown: &Shown, height: f32, size: f32) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click_and_drag());
    let spoken = compare::spoken(app).map(|other| format!("{} {other}", shown.spoken.speed));
    let spoken = spoken.as_ref().unwrap_or(&shown.spoken.speed);
    response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, spoken));
    let area = Rect::from_min_max(
        pos2(rect.left() + 3.6 * size, rect.top() + 8.0),
        pos2(rect.right() - 8.0, rect.bottom() - 2.0 * size),
    );
    let figure = &shown.speed;
    let other = compare::line_of(app, shown);
    let (x_end, y_end) = other.as_deref().map_or((0.0, 0.0), compare::reach);
    let whole = [figure.x_range[0], figure.x_range[1].max(x_end)];
    let y_max = figure.y_max_mps.max(y_end);
    let plot = Plot { area, x: app.view.zoom.unwrap_or(whole), y_max };
    let painter = ui.painter_at(rect);
    // The line under the pointer moves at once; colours and numbers follow when they are computed.
    let edge = Threshold::new(app.settings.edges, shown.asked.unit);
    background(&painter, colors, shown, &edge, &plot, size);
    let x_ticks = figure.x_ticks(plot.x, (area.width() / (9.0 * size)) as usize);
    plot.x_axis(&painter, colors, &x_ticks, size, rect);
    if let Some(other) = &other {
        compare::line(&painter.with_clip_rect(area), colors, other, &plot);
    }
    lines(&painter.with_clip_rect(area.expand(1.5)), colors, shown, &plot, size);
    threshold(&painter, colors, shown, &edge, &plot, size);
    interact(app, ui, shown, &plot, whole, &response);
    range(&painter, colors, app, shown, &plot);
    cursor(&painter, colors, app, shown, &plot, rect, size);
    focus_ring(ui, &response, theme::RADIUS);
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
    let visible = shown.visible(plot.x, columns(painter, plot));
    for line in &visible.raw {
        let points: Vec<_> = line.iter().map(|point| plot.at(*point)).collect();
        let color = colors.role(Role::Raw);
        painter.add(match bars(&points, painter.pixels_per_point(), color) {
            Some(bars) => Shape::mesh(bars),
            None => Shape::line(points, Stroke::new(1.0, color)),
        });
    }
    for (state, line) in &visible.estimate {
        let points = line.iter().map(|point| plot.at(*point)).collect();
        painter.add(Shape::line(points, Stroke::new(size / 5.75, colors.role(Role::from(*state)))));
    }
    for clipped in shown.speed.clipped.iter().filter(|clipped| !clipped.raw) {
        let middle = plot.left(f64::midpoint(clipped.x[0], clipped.x[1]));
        let top = plot.area.top();
        let mark =
            vec![pos2(middle - 4.0, top + 5.0), pos2(middle, top - 1.0), pos2(middle + 4.0, top + 5.0)];
        painter.add(Shape::convex_polygon(mark, colors.role(Role::FasterText), Stroke::NONE));
    }
}

/// The band's upper edge with its words, where the estimate leaves most room, on a ground that keeps them
/// readable.
fn threshold(painter: &Painter, colors: &Colors, shown: &Shown, edge: &Threshold, plot: &Plot, size: f32) {
    let y = plot.top(edge.speed_mps);
    let color = colors.role(Role::InBandText);
    dashed(
        painter,
        pos2(plot.area.left(), y),
        pos2(plot.area.right(), y),
        Stroke::new(1.5, colors.role(Role::InBand)),
    );
    let words = edge.label.clone();
    let galley = painter.layout_no_wrap(words, theme::font(size, Weight::SemiBold), color);
    let visible = shown.visible(plot.x, columns(painter, plot));
    let behind_at = |left: f32| {
        let place = pos2(left, y - galley.size().y - 3.0);
        Rect::from_min_size(place, galley.size()).expand2(vec2(3.0, 1.0))
    };
    let crossed = |left: &f32| {
        let area = behind_at(*left);
        let pieces = visible.estimate.iter().flat_map(|(_, line)| line.windows(2));
        pieces.filter(|ends| Rect::from_two_pos(plot.at(ends[0]), plot.at(ends[1])).intersects(area)).count()
    };
    let right = plot.area.right() - galley.size().x - 5.0;
    let places = [right, plot.area.left() + 5.0, plot.area.center().x - galley.size().x / 2.0];
    let left = places.into_iter().min_by_key(crossed).unwrap_or(right);
    let (place, behind) = (pos2(left, y - galley.size().y - 3.0), behind_at(left));
    painter.rect_filled(behind, 3.0, colors.card.gamma_multiply(0.85));
    painter.galley(place, galley, color);
}

fn interact(app: &mut App, ui: &Ui, shown: &Shown, plot: &Plot, whole: [f64; 2], response: &Response) {
    let steps = &shown.run.motion.steps;
    let axis = shown.speed.axis;
    let time_at = |left: f32| axis.time_s(steps, plot.value(left)).clamp(0.0, steps.elapsed_s());
    let grip = egui::Id::unique("threshold grip");
    let upper_mps = app.settings.edges.upper_mps();
    let near = |y: f32| (y - plot.top(upper_mps)).abs() <= GRIP;
    let mut held: bool = ui.data(|data| data.get_temp(grip).unwrap_or(false));
    if let Some(pointer) = response.hover_pos() {
        app.view.hover(time_at(pointer.x));
        if near(pointer.y) || held {
            ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeVertical);
        }
        wheel(app, ui, plot, whole, pointer.x);
    }
    let origin = ui.input(|input| input.pointer.press_origin());
    if response.drag_started()
        && let Some(origin) = origin
    {
        held = near(origin.y);
        if !held && !pans(ui, response) {
            app.view.dragged = Some([time_at(origin.x); 2]);
        }
    }
    if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        if held {
            let part = (plot.area.bottom() - pointer.y) / plot.area.height();
            let upper = f64::from(part) * plot.y_max;
            app.set_threshold((upper / 0.05).round() * 0.05);
        } else if let Some(dragged) = &mut app.view.dragged {
            dragged[1] = time_at(pointer.x);
        } else {
            pan(app, plot, whole, response.drag_delta().x);
        }
    }
    if response.drag_stopped() {
        held = false;
        if let Some([a, b]) = app.view.dragged.take() {
            app.view.choose(TimeRange { start_s: a.min(b), end_s: a.max(b) });
        }
    }
    ui.data_mut(|data| data.insert_temp(grip, held));
    if response.double_clicked() {
        app.ask(Command::ResetZoom);
    } else if response.clicked() {
        response.request_focus();
    }
    if response.has_focus() {
        keys(app, ui, shown, response);
    }
}

/// Whether this drag moves the chart: with Shift or another button.
fn pans(ui: &Ui, response: &Response) -> bool {
    ui.input(|input| input.modifiers.shift)
        || response.dragged_by(egui::PointerButton::Middle)
        || response.dragged_by(egui::PointerButton::Secondary)
}

fn pan(app: &mut App, plot: &Plot, whole: [f64; 2], by: f32) {
    let Some([low, high]) = app.view.zoom else { return };
    let shift = -f64::from(by) / f64::from(plot.area.width()) * (high - low);
    let low = (low + shift).clamp(whole[0], whole[1] - (high - low));
    app.view.zoom = Some([low, low + (high - plot.x[0])]);
}

/// Zoom by the wheel or two fingers; sideways it pans.
fn wheel(app: &mut App, ui: &Ui, plot: &Plot, whole: [f64; 2], left: f32) {
    let (scrolled, pinched) = ui.input_mut(|input| {
        let scrolled = input.smooth_scroll_delta();
        if scrolled.y != 0.0 {
            // The page below must not move, too.
            input.smooth_scroll_delta.y = 0.0;
        }
        (scrolled, input.zoom_delta())
    });
    let factor = f64::from((-scrolled.y / 200.0).exp() / pinched);
    if (factor - 1.0).abs() > 1e-6 {
        app.view.zoom = zoomed(plot.x, whole, plot.value(left), factor);
    }
    if scrolled.x != 0.0 {
        pan(app, plot, whole, scrolled.x);
    }
}

/// The moment moves by arrows: 1 s, with Shift 10 s, with Ctrl to the ends.
fn keys(app: &mut App, ui: &Ui, shown: &Shown, response: &Response) {
    let filter =
        egui::EventFilter { horizontal_arrows: true, vertical_arrows: false, tab: false, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let end_s = shown.run.motion.steps.elapsed_s();
    let now = app.view.cursor_s().unwrap_or(0.0);
    let mut play = false;
    let moved = ui.input_mut(|input| {
        let mut to = None;
        for (modifiers, by) in [(Modifiers::SHIFT, 10.0), (Modifiers::NONE, 1.0)] {
            if input.consume_key(modifiers, Key::ArrowLeft) {
                to = Some(now - by);
            }
            if input.consume_key(modifiers, Key::ArrowRight) {
                to = Some(now + by);
            }
        }
        if input.consume_key(Modifiers::NONE, Key::Space) {
            play = true;
        }
        if input.consume_key(Modifiers::NONE, Key::Home) {
            to = Some(0.0);
        }
        if input.consume_key(Modifiers::NONE, Key::End) {
            to = Some(end_s);
        }
        to
    });
    if play {
        app.ask(Command::Play);
    }
    if let Some(to) = moved {
        let to = to.clamp(0.0, end_s);
        app.view.keep(Some(to));
        if let Some(index) = shown.run.motion.steps.at(to) {
            let [(speed, _), (place, _)] = words_at(shown, index, to);
            app.announcer.say(format!("{place}: {speed}"));
        }
    }
}

/// What is chosen: the rest stands back.
fn range(painter: &Painter, colors: &Colors, app: &App, shown: &Shown, plot: &Plot) {
    let chosen = match app.view.dragged {
        Some([a, b]) => Some(TimeRange { start_s: a.min(b), end_s: a.max(b) }),
        None => app.view.range,
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

/// The marked moment with its numbers.
fn cursor(
    painter: &Painter,
    colors: &Colors,
    app: &App,
    shown: &Shown,
    plot: &Plot,
    bounds: Rect,
    size: f32,
) {
    let steps = &shown.run.motion.steps;
    let Some(time_s) = app.view.cursor_s() else { return };
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
fn words_at(shown: &Shown, index: usize, time_s: f64) -> [(String, bool); 2] {
    let steps = &shown.run.motion.steps;
    let paused = steps.kind[index] == crate::motion::StepKind::Paused;
    let standing = steps.p_standing[index] > 0.5;
    let speed = f64::from(steps.speed_mps[index]);
    let other = match shown.asked.unit {
        SpeedUnit::MetresPerSecond => SpeedUnit::MinutesPerKilometre,
        unit => unit,
    };
    let first = if paused {
        "paused".to_owned()
    } else if standing {
        "standing".to_owned()
    } else {
        format!("{} · {}", SpeedUnit::MetresPerSecond.format(speed), other.format(speed))
    };
    let mut second = format!(
        "{} · {}",
        units::duration(time_s),
        units::distance(steps.distance_at(time_s), shown.asked.unit.is_imperial())
    );
    if !paused && !standing {
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

/// A label at a place, for charts without axes.
pub fn label(painter: &Painter, colors: &Colors, at: egui::Pos2, align: Align2, words: &str) {
    painter.text(at, align, words, theme::font(theme::CAPTION, Weight::Regular), colors.muted);
}
