//! Heart rate, cadence and elevation below the speed: thin strips on its axis and with its cursor, each with a scale of
//! its own.

use egui::{
    Align2, Color32, Mesh, Painter, Popup, Pos2, Rect, Role as Kind, Sense, Shape, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::{
    app::{
        charts::plot::{Plot, triangles},
        command::Command,
        panels::top_bar::{item, menu},
        state::{AppState, shown::Shown},
        ui::{
            theme::{self, Colors, Weight},
            widgets::{focus_ring, small_button},
        },
    },
    figure::{Role, StripFigure, Tick},
    recording::Quantity,
    text::{measured, spoken},
};

use super::{columns, input, range, sides};

/// The strip's words stand above its line.
const WORDS: f32 = 17.0;
/// So many pixels share the points of a line: what it says is smooth.
const COARSE: usize = 3;

/// The button that chooses which strips are shown; nothing where nothing was recorded.
pub fn choice(state: &AppState, ui: &mut Ui, shown: &Shown) {
    if shown.strips.is_empty() {
        return;
    }
    let button = small_button(ui, "Lines").accessible_name("Lines below the speed");
    let button = button.on_hover_text("Heart rate, cadence and elevation, where they were recorded");
    Popup::menu(&button).show(|ui| {
        for strip in shown.strips.iter() {
            item(state, ui, Command::Strip(strip.quantity), None);
        }
    });
}

/// The strips that are wanted, below a chart with labels of this size.
pub fn show(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown, size: f32) {
    ui.spacing_mut().item_spacing.y = 2.0;
    for (k, strip) in shown.strips.iter().enumerate() {
        if state.settings.strips.shows(strip.quantity) {
            one(state, ui, colors, shown, (k, strip), size);
        }
    }
}

fn one(
    state: &AppState,
    ui: &mut Ui,
    colors: &Colors,
    shown: &Shown,
    (k, strip): (usize, &StripFigure),
    size: f32,
) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), theme::STRIP), Sense::click_and_drag());
    let imperial = shown.asked.unit.is_imperial();
    response.widget_info(|| {
        let words = spoken::strip(strip.quantity, strip.reach, &shown.summary.measured, imperial);
        WidgetInfo::labeled(Kind::Image, true, words)
    });
    let (left, right) = sides(rect, size);
    let area = Rect::from_min_max(pos2(left, rect.top() + WORDS), pos2(right, rect.bottom() - 3.0));
    let ([low, high], whole) = (strip.y_range, state.screen.whole(shown));
    let plot = Plot { area, x: state.reach(shown), y_max: high - low };
    let painter = ui.painter_at(rect);
    let ticks: Vec<Tick> =
        strip.y_ticks.iter().map(|tick| Tick { at: tick.at - low, label: tick.label.clone() }).collect();
    plot.y_axis(&painter, colors, &ticks, theme::SMALL);
    let color = colors.role(Role::Measured);
    let shapes = || {
        let lines = shown.visible_strips(plot.x, columns(&painter, &plot).div_ceil(COARSE));
        let mut shapes = Vec::new();
        for line in lines.get(k).into_iter().flatten() {
            let points: Vec<Pos2> = line.iter().map(|[x, y]| plot.at([*x, (y - low).max(0.0)])).collect();
            if strip.quantity == Quantity::Elevation {
                shapes.push(Shape::mesh(ground(&points, area.bottom(), color.gamma_multiply(0.16))));
            }
            shapes.push(Shape::line(points, Stroke::new(1.5, color)));
        }
        shapes
    };
    let drawn = plot.drawn(&painter, colors, size);
    let mesh = shown.drawn_strips[k].get(drawn, || triangles(&painter, shapes()));
    painter.with_clip_rect(area.expand(1.0)).add(Shape::mesh(mesh));
    input::take(state, ui, shown, &plot, whole, &response, false);
    range(&painter, colors, state, shown, &plot);
    let now = moment(&painter, colors, state, shown, strip, &plot);
    words(&painter, colors, shown, strip, area, now);
    focus_ring(ui, &response, theme::RADIUS);
    menu(state, &response, &[Command::Strip(strip.quantity), Command::Play, Command::ResetZoom]);
}

/// What lies below a line.
fn ground(points: &[Pos2], bottom: f32, color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for (k, point) in points.iter().enumerate() {
        mesh.colored_vertex(*point, color);
        mesh.colored_vertex(pos2(point.x, bottom), color);
        if k > 0 {
            let last = 2 * k as u32;
            mesh.add_triangle(last - 2, last - 1, last);
            mesh.add_triangle(last - 1, last, last + 1);
        }
    }
    mesh
}

/// Marks the moment; its value there.
fn moment(
    painter: &Painter,
    colors: &Colors,
    state: &AppState,
    shown: &Shown,
    strip: &StripFigure,
    plot: &Plot,
) -> Option<f64> {
    let time_s = state.view.cursor_s()?;
    let x = shown.speed.axis.x(&shown.run.motion.steps, time_s);
    if x < plot.x[0] || x > plot.x[1] {
        return None;
    }
    painter.vline(plot.left(x), plot.area.y_range(), Stroke::new(1.5, colors.ink.gamma_multiply(0.75)));
    let value = strip.quantity.at(&shown.run.recording.fixes, time_s)?;
    let at = plot.at([x, (value - strip.y_range[0]).max(0.0)]);
    painter.circle(at, 3.5, colors.card, Stroke::new(2.0, colors.ink));
    Some(value)
}

/// Name and numbers at the left, the value at the cursor at the right.
fn words(
    painter: &Painter,
    colors: &Colors,
    shown: &Shown,
    strip: &StripFigure,
    area: Rect,
    now: Option<f64>,
) {
    let imperial = shown.asked.unit.is_imperial();
    let baseline = area.top() - WORDS + 1.0;
    let font = |weight| theme::font(theme::CAPTION, weight);
    let mut right = area.right();
    if let Some(now) = now {
        let value = measured::value(strip.quantity, now, imperial);
        let at = pos2(right, baseline);
        right = painter.text(at, Align2::RIGHT_TOP, value, font(Weight::SemiBold), colors.ink).left();
    }
    let name = measured::name(strip.quantity);
    let at = pos2(area.left(), baseline);
    let end = painter.text(at, Align2::LEFT_TOP, name, font(Weight::SemiBold), colors.ink).right();
    if let Some(facts) = measured::facts(strip.quantity, &shown.summary.measured, imperial) {
        let galley = painter.layout_no_wrap(facts, font(Weight::Regular), colors.muted);
        if end + 8.0 + galley.size().x + 8.0 <= right {
            painter.galley(pos2(end + 8.0, baseline), galley, colors.muted);
        }
    }
}
