//! The route as large as the centre: it zooms and moves, and the speed stands below it with the same cursor.

use egui::{
    CornerRadius, EventFilter, Key, Modifiers, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, vec2,
};

use crate::app::{
    charts::{
        route::{Map, choose_block, nearest, paint},
        speed::{self, words_at},
    },
    command::{Action, Command},
    panels::top_bar::{hint, menu},
    state::{AppState, shown::Shown, view::MapLook},
    ui::{
        theme::{self, Colors},
        widgets::{card, focus_ring, small_button, tip, title_row},
    },
};

/// A lower centre has no room for the speed below the route.
const SPEED_FROM: f32 = 330.0;
/// Of the picture's size, how far an arrow key moves it.
const STEP: f32 = 0.15;

/// All of the centre.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown) {
    ui.spacing_mut().item_spacing.y = theme::GAP;
    let (height, frame) = (ui.available_height(), 2.0 * f32::from(theme::PADDING) + 2.0);
    let chart = (0.2 * height).clamp(84.0, 150.0);
    let with_speed = height >= SPEED_FROM;
    let rest = if with_speed { chart + frame + theme::GAP } else { 0.0 };
    card(ui, |ui, colors| {
        title_row(ui, "Where", |ui| buttons(state, ui));
        let top = ui.min_rect().height() + ui.spacing().item_spacing.y;
        let size = vec2(ui.available_width(), (height - rest - frame - top).max(60.0));
        map(state, ui, colors, shown, size);
    });
    if with_speed {
        card(ui, |ui, colors| speed::chart(state, ui, colors, shown, chart, theme::CAPTION));
    }
}

fn buttons(state: &AppState, ui: &mut Ui) {
    for (words, name, command) in [
        ("−", "Zoom out of the route", Command::ZoomOut),
        ("+", "Zoom into the route", Command::ZoomIn),
        ("Whole route", "Show the whole route", Command::ResetZoom),
    ] {
        if command == Command::ResetZoom && state.view.map == MapLook::default() {
            continue;
        }
        let button = small_button(ui, words).on_hover_text(hint(ui, command));
        if button.accessible_name(name).clicked() {
            state.ask(command);
        }
    }
    let close = small_button(ui, "Close").on_hover_text(hint(ui, Command::Back));
    if close.accessible_name("Close the larger route").clicked() {
        state.ask(Command::LargeRoute);
    }
}

fn map(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown, size: egui::Vec2) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.widget_info(|| {
        WidgetInfo::labeled(Kind::Image, true, format!("Larger route. {}", shown.spoken.route))
    });
    ui.painter().rect_filled(rect, CornerRadius::same(theme::RADIUS), colors.map);
    let bounds_m = shown.route.bounds_m;
    let map = Map::new(rect, bounds_m).looked_at(state.view.map);
    paint(state, ui, colors, shown, &map, rect);
    let mut look = state.view.map;
    if let Some(pointer) = response.hover_pos() {
        let factor = ui.input(|input| input.zoom_delta() * (input.smooth_scroll_delta().y / 200.0).exp());
        if (factor - 1.0).abs() > 1e-6 {
            let [east, north] = map.metres_to(pointer);
            look = look.zoomed(factor, [look.moved_m[0] + east, look.moved_m[1] + north]);
        }
        if response.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        } else if let Some(fix) = nearest(shown, &map, pointer) {
            let time_s = shown.run.recording.fixes.time_s[fix];
            state.ask(Action::Hover(time_s));
            told(ui, colors, shown, &map, rect, fix);
            if response.clicked() {
                choose_block(state, shown, time_s);
            }
        }
    }
    if response.dragged() {
        let by = response.drag_delta() / map.points_per_m;
        look = look.moved([-by.x, by.y]);
    }
    if response.double_clicked() {
        look = MapLook::default();
    } else if response.clicked() {
        response.request_focus();
    }
    look = keys(ui, &response, look, rect.size() / map.points_per_m);
    look = look.within(bounds_m);
    if look != state.view.map {
        state.ask(Action::LookAtMap(look));
    }
    focus_ring(ui, &response, theme::RADIUS);
    menu(
        state,
        &response,
        &[Command::LargeRoute, Command::SaveTrack, Command::SaveTrackInside, Command::Report],
    );
}

/// When and how fast, beside the fix under the pointer.
fn told(ui: &Ui, colors: &Colors, shown: &Shown, map: &Map, rect: Rect, fix: usize) {
    let time_s = shown.run.recording.fixes.time_s[fix];
    let Some(index) = shown.run.motion.steps.at(time_s) else { return };
    let mut words = words_at(shown, index, time_s).to_vec();
    words.extend(shown.measured_at(time_s, |_| true).map(|measured| (measured, false)));
    let at = map.at(shown.run.motion.ground_m[fix]);
    tip(&ui.painter_at(rect), colors, at, rect, &words, theme::CAPTION);
}

/// The arrows move it, while nothing else has the focus; `size_m` is what the picture spans.
fn keys(ui: &Ui, response: &Response, look: MapLook, size_m: egui::Vec2) -> MapLook {
    if response.has_focus() {
        let filter =
            EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: false, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    } else if ui.memory(|memory| memory.focused().is_some()) {
        return look;
    }
    let arrows = [
        (Key::ArrowLeft, [-1.0, 0.0]),
        (Key::ArrowRight, [1.0, 0.0]),
        (Key::ArrowUp, [0.0, 1.0]),
        (Key::ArrowDown, [0.0, -1.0]),
    ];
    ui.input_mut(|input| {
        arrows.into_iter().fold(look, |look, (key, [east, north])| {
            match input.consume_key(Modifiers::NONE, key) {
                true => look.moved([STEP * east * size_m.x, STEP * north * size_m.y]),
                false => look,
            }
        })
    })
}
