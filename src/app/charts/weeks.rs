//! Time in band as columns with their interval, what was agreed as a dashed line, and pain below.

use egui::{
    Align2, CornerRadius, Painter, Rect, Response, Role as Kind, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::{
    app::{
        charts::plot::Plot,
        command::LibraryAsk,
        state::{
            AppState,
            person::PersonPage,
            weeks_chart::{ByTime, WeeksChart},
        },
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{card, dashed, focus_ring, segmented, text, tip, title_row},
        },
    },
    figure::{Role, WORST_PAIN, WeekColumn},
};

/// Room for the words of the left axis.
const LEFT: f32 = 46.0;
/// Room for the words about the dose.
const RIGHT: f32 = 62.0;
/// Room for a column's name, and when it began.
const BELOW: f32 = 36.0;
/// Height of the pain's lane.
const PAIN: f32 = 57.0;
/// What part of its place a column fills, and how wide it is at most, points.
const FILLED: f32 = 0.64;
const WIDEST: f32 = 50.0;
/// Narrower columns have no room for when they began.
const NAMED_FROM: f32 = 40.0;

/// The card; its columns are `height` high with their axis.
pub fn show(state: &AppState, ui: &mut Ui, page: &PersonPage, height: f32) {
    let by = state.library.by;
    let chart = page.chart(by);
    card(ui, |ui, colors| {
        title_row(ui, &chart.title, |ui| {
            let kinds = [(ByTime::Week, "week"), (ByTime::Month, "month"), (ByTime::Run, "run")];
            if let Some(by) = segmented(ui, "Columns by", &kinds, by) {
                state.ask(LibraryAsk::By(by));
            }
        });
        if page.runs.is_empty() {
            let words = "No runs yet. Drop files here to keep them for this person.";
            let words = text(words, theme::BODY, Weight::Regular, colors.muted);
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
                ui.set_min_size(vec2(ui.available_width(), height));
                ui.centered_and_justified(|ui| ui.label(words));
            });
            return;
        }
        let pain = if chart.figure.has_pain() { PAIN } else { 0.0 };
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height + pain), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, chart.spoken()));
        let area = Rect::from_min_max(
            pos2(rect.left() + LEFT, rect.top() + 6.0),
            pos2(rect.right() - RIGHT, rect.bottom() - BELOW - pain),
        );
        let count = chart.figure.columns.len();
        let plot = Plot { area, x: [0.0, count.max(1) as f64], y_max: chart.figure.y_max_s };
        let painter = ui.painter_at(rect);
        plot.y_axis(&painter, colors, &chart.figure.y_ticks, theme::CAPTION);
        let hovered = response
            .hover_pos()
            .filter(|at| area.x_range().contains(at.x))
            .map(|at| (plot.value(at.x) as usize).min(count - 1));
        let marked = hovered.or(state.library.column.filter(|_| response.has_focus()));
        columns(&painter, colors, chart, &plot, marked);
        dose(&painter, colors, &chart.figure.columns, &plot);
        if pain > 0.0 {
            let lane =
                Rect::from_x_y_ranges(area.x_range(), rect.bottom() - pain + 12.0..=rect.bottom() - 9.0);
            pains(&painter, colors, &chart.figure.columns, &plot, lane);
        }
        let words = marked.and_then(|place| chart.words.get(place));
        if let Some((place, words)) = marked.zip(words) {
            let beside = response.hover_pos().unwrap_or_else(|| {
                pos2(plot.left(place as f64 + 0.5), plot.top(chart.figure.columns[place].in_band_s))
            });
            let lines: Vec<(String, bool)> =
                words.lines.iter().enumerate().map(|(k, line)| (line.clone(), k == 0)).collect();
            tip(&painter, colors, beside, rect, &lines, theme::CAPTION);
        }
        if response.clicked() {
            response.request_focus();
            if let Some(run) = words.and_then(|words| words.run) {
                state.ask(LibraryAsk::OpenRun(run));
            } else {
                state.ask(LibraryAsk::Column(hovered));
            }
        }
        if response.has_focus() {
            keys(state, ui, chart, &response);
        }
        focus_ring(ui, &response, theme::RADIUS);
    });
}

/// Where a column stands, from its foot to its top.
fn place(plot: &Plot, k: usize, column: &WeekColumn) -> Rect {
    let slot = plot.area.width() / plot.x[1] as f32;
    let half = (slot * FILLED).min(WIDEST) / 2.0;
    let middle = plot.left(k as f64 + 0.5);
    Rect::from_x_y_ranges(middle - half..=middle + half, plot.top(column.in_band_s)..=plot.area.bottom())
}

fn columns(painter: &Painter, colors: &Colors, chart: &WeeksChart, plot: &Plot, marked: Option<usize>) {
    let slot = plot.area.width() / plot.x[1] as f32;
    for (k, column) in chart.figure.columns.iter().enumerate() {
        if marked == Some(k) {
            let behind = Rect::from_x_y_ranges(
                plot.left(k as f64)..=plot.left(k as f64 + 1.0),
                plot.area.top()..=plot.area.bottom() + BELOW,
            );
            painter.rect_filled(behind, CornerRadius::same(theme::RADIUS), colors.hovered);
        }
        let rect = place(plot, k, column);
        let corners = CornerRadius { nw: 3, ne: 3, sw: 0, se: 0 };
        let fill = colors.role(Role::InBand);
        if column.is_unfinished {
            // Not over: its colour is no promise, and its outline says so without colour.
            painter.rect_filled(rect, corners, fill.gamma_multiply(0.45));
            painter.rect_stroke(rect, corners, Stroke::new(1.0, fill), StrokeKind::Inside);
        } else {
            painter.rect_filled(rect, corners, fill);
        }
        if let Some([low, high]) = column.interval_s {
            let ends = plot.top(high)..=plot.top(low).min(plot.area.bottom());
            painter.vline(rect.center().x, ends, Stroke::new(1.5, colors.ink));
        }
        let at = pos2(rect.center().x, plot.area.bottom() + 6.0);
        let font = theme::font(theme::CAPTION, Weight::Regular);
        painter.text(at, Align2::CENTER_TOP, &column.name, font, colors.muted);
        if slot >= NAMED_FROM && !column.name.is_empty() {
            let small = theme::font(theme::SMALL - 1.0, Weight::Regular);
            let below = &chart.words[k].below;
            painter.text(at + vec2(0.0, 14.0), Align2::CENTER_TOP, below, small, colors.muted);
        }
    }
}

/// The dose, stretch by stretch, and its last value in words beside the chart.
fn dose(painter: &Painter, colors: &Colors, columns: &[WeekColumn], plot: &Plot) {
    let stroke = Stroke::new(1.5, colors.ink);
    let (mut from, mut before): (usize, Option<f64>) = (0, None);
    for stretch in columns.chunk_by(|a, b| a.dose_s == b.dose_s) {
        let to = from + stretch.len();
        let [left, right] = [from, to].map(|at| plot.left(at as f64));
        if let Some(dose_s) = stretch[0].dose_s {
            let y = plot.top(dose_s);
            if let Some(before) = before {
                dashed(painter, pos2(left, plot.top(before)), pos2(left, y), stroke);
            }
            dashed(painter, pos2(left, y), pos2(right, y), stroke);
        }
        (from, before) = (to, stretch[0].dose_s);
    }
    if let Some(dose_s) = before {
        let at = pos2(plot.area.right() + 6.0, plot.top(dose_s));
        let (regular, strong) =
            (theme::font(theme::SMALL, Weight::Regular), theme::font(theme::CAPTION, Weight::SemiBold));
        painter.text(at, Align2::LEFT_BOTTOM, "agreed", regular, colors.muted);
        painter.text(at, Align2::LEFT_TOP, format!("{:.0} min", dose_s / 60.0), strong, colors.ink);
    }
}

/// Mean pain, each with its number: 0 at the bottom of the lane, 10 at its top.
fn pains(painter: &Painter, colors: &Colors, columns: &[WeekColumn], plot: &Plot, lane: Rect) {
    let font = theme::font(theme::CAPTION, Weight::Regular);
    for level in [0.0, WORST_PAIN] {
        let y = painter.round_to_pixel_center(lane.bottom() - lane.height() * (level / WORST_PAIN) as f32);
        painter.hline(lane.x_range(), y, Stroke::new(1.0, colors.line));
        let words = if level == 0.0 { "pain 0".to_owned() } else { format!("{level:.0}") };
        painter.text(pos2(lane.left() - 8.0, y), Align2::RIGHT_CENTER, words, font.clone(), colors.muted);
    }
    let at = |k: usize, pain: f64| {
        pos2(plot.left(k as f64 + 0.5), lane.bottom() - lane.height() * (pain / WORST_PAIN) as f32)
    };
    let points: Vec<_> =
        columns.iter().enumerate().map(|(k, column)| column.pain.map(|pain| (at(k, pain), pain))).collect();
    for pair in points.windows(2) {
        if let [Some((from, _)), Some((to, _))] = pair {
            painter.line_segment([*from, *to], Stroke::new(1.5, colors.muted));
        }
    }
    let room = plot.area.width() / plot.x[1] as f32 >= 26.0;
    for (point, pain) in points.into_iter().flatten() {
        painter.circle(point, 3.0, colors.card, Stroke::new(1.5, colors.ink));
        if room {
            let small = theme::font(theme::SMALL, Weight::Medium);
            let words = format!("{pain:.1}");
            painter.text(point - vec2(0.0, 5.0), Align2::CENTER_BOTTOM, words, small, colors.ink);
        }
    }
}

/// Arrows go from column to column.
fn keys(state: &AppState, ui: &Ui, chart: &WeeksChart, response: &Response) {
    let (back, on) = access::sideways(ui, response);
    let last = chart.words.len().saturating_sub(1);
    let next = match state.library.column {
        None => last,
        Some(place) if back => place.saturating_sub(1),
        Some(place) => (place + 1).min(last),
    };
    if back || on {
        state.ask(LibraryAsk::Column(Some(next)));
    }
}
