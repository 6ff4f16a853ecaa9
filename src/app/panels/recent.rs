//! What was opened before: below the button of the empty window, and in a menu beside "Open…".

use egui::{
    Align2, Button, Context, CornerRadius, FontId, Id, Popup, Rect, Role as Kind, Sense, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::app::{
    command::{Action, Command},
    state::{AppState, recent::RecentItem},
    ui::{
        direction,
        theme::{self, Colors, Weight},
        widgets::{as_heading, at_right, focus_ring, one_line, small_button, text},
    },
};

/// So many lines stand in the empty window; the menu has all.
const LINES: usize = 5;
/// Height of a line, points.
const LINE: f32 = 30.0;
/// Where the day begins, as a part of the width, and the folder.
const COLUMNS: [f32; 2] = [0.36, 0.58];
/// What is said of a file or folder that is gone.
const MISSING: &str = "moved or deleted";

/// Its height in the empty window.
pub fn height(state: &AppState) -> f32 {
    match state.recent.items.len() {
        0 => 0.0,
        count => count.min(LINES) as f32 * LINE + 62.0,
    }
}

/// The lines of the empty window; nothing where nothing was opened before.
pub fn show(state: &AppState, ui: &mut Ui, colors: &Colors, width: f32) {
    if state.recent.items.is_empty() {
        return;
    }
    ui.add_space(24.0);
    ui.allocate_ui(vec2(width, 0.0), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.horizontal(|ui| {
            ui.add_space(theme::UNIT);
            let heading = ui.label(text("Recent runs", theme::TITLE, Weight::SemiBold, colors.ink));
            as_heading(&heading, "Recent runs");
            at_right(ui, "recent", |ui| {
                ui.spacing_mut().item_spacing.x = theme::UNIT;
                let session = state.recent.last_session.files.len();
                if session > 0 && small_button(ui, &last_session(session)).clicked() {
                    state.ask(Command::ReopenSession);
                }
                if small_button(ui, "Clear list").clicked() {
                    state.ask(Command::ClearRecent);
                }
            });
        });
        ui.add_space(6.0);
        for (k, item) in state.recent.items.iter().take(LINES).enumerate() {
            line(state, ui, colors, k, item);
        }
    });
}

fn last_session(files: usize) -> String {
    match files {
        1 => "Open the last session (1 file)".to_owned(),
        files => format!("Open the last session ({files} files)"),
    }
}

/// The whole line in words.
fn spoken(item: &RecentItem) -> String {
    let state = if item.is_missing { format!(", {MISSING}") } else { String::new() };
    format!("Recent: {}, {}{state}", item.name, item.about())
}

fn line(state: &AppState, ui: &mut Ui, colors: &Colors, k: usize, item: &RecentItem) {
    let sense = if item.is_missing { Sense::hover() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), sense);
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, !item.is_missing, spoken(item)));
    if response.hovered() && !item.is_missing {
        ui.painter().rect_filled(rect, CornerRadius::same(theme::RADIUS), colors.hovered);
    }
    let inner = rect.shrink2(vec2(theme::UNIT, 0.0));
    let ink = if item.is_missing { colors.muted } else { colors.ink };
    let place = if item.is_missing { MISSING.to_owned() } else { item.place() };
    let cells: [(f32, &str, Weight, _); 3] = [
        (
            0.0,
            &direction::name(&item.name),
            if item.is_missing { Weight::Regular } else { Weight::SemiBold },
            ink,
        ),
        (COLUMNS[0], &item.about(), Weight::Regular, colors.muted),
        (COLUMNS[1], &place, Weight::Regular, colors.muted),
    ];
    let ends = [COLUMNS[0], COLUMNS[1], 1.0];
    for ((from, words, weight, color), to) in cells.into_iter().zip(ends) {
        let x = |part: f32| inner.left() + part * inner.width();
        let gap = if to < 1.0 { theme::UNIT } else { 0.0 };
        let cell = Rect::from_x_y_ranges(x(from)..=x(to) - gap, rect.y_range());
        let font: FontId = theme::font(theme::BODY, weight);
        let top = cell.center().y - 0.6 * theme::BODY;
        one_line(&ui.painter_at(cell), pos2(cell.left(), top), words, font, color);
    }
    if k > 0 {
        ui.painter().hline(inner.x_range(), rect.top(), egui::Stroke::new(1.0, colors.line));
    }
    focus_ring(ui, &response, theme::RADIUS);
    if response.clicked() {
        state.ask(Action::Open(vec![item.path.clone()]));
    }
    let path = item.path.display();
    response.on_hover_text(if item.is_missing { format!("{path}: {MISSING}") } else { path.to_string() });
}

/// Where the menu is.
fn menu_id() -> Id {
    Id::unique("recent runs")
}

/// Opens the menu.
pub fn open_menu(ctx: &Context) {
    Popup::open_id(ctx, menu_id());
}

/// The small button beside "Open…"; nothing where nothing was opened before.
pub fn button(state: &AppState, ui: &mut Ui) {
    if state.recent.items.is_empty() {
        return;
    }
    let colors = Colors::of(ui);
    // Close to its neighbour, to which it belongs.
    ui.add_space(-4.0);
    let button = ui.add(Button::new("").min_size(vec2(24.0, theme::BUTTON_HEIGHT)));
    let font = theme::font(7.5, Weight::Regular);
    ui.painter().text(button.rect.center(), Align2::CENTER_CENTER, "▼", font, colors.muted);
    let button = button.accessible_name("Recent runs");
    Popup::menu(&button).id(menu_id()).show(|ui| {
        ui.set_min_width(320.0_f32.min(ui.ctx().content_rect().width() - 40.0));
        for item in &state.recent.items {
            let about = if item.is_missing { MISSING.to_owned() } else { item.about() };
            let line = Button::new(direction::name(&item.name).into_owned()).shortcut_text(about).truncate();
            let line = ui.add_enabled(!item.is_missing, line).accessible_name(spoken(item));
            if line.on_hover_text(item.path.display().to_string()).clicked() {
                state.ask(Action::Open(vec![item.path.clone()]));
                ui.close();
            }
        }
        ui.separator();
        for (command, words) in [
            (Command::ReopenSession, last_session(state.recent.last_session.files.len())),
            (Command::ClearRecent, "Clear list".to_owned()),
        ] {
            let line = ui.add_enabled(command.enabled(state), Button::new(&words)).accessible_name(words);
            if line.clicked() {
                state.ask(command);
                ui.close();
            }
        }
    });
}
