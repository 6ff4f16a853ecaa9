//! An open run of the list.

use egui::{Align2, CornerRadius, Id, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    app::{
        command::{Action, Command},
        state::AppState,
        ui::{
            access, direction,
            theme::{self, Colors, Weight},
            widgets::{bar, focus_ring, one_line},
        },
    },
    figure::Role,
    text::headline,
    units,
};

/// Heights of an entry, of a sample's, and of a heading between them.
pub(super) const ENTRY: f32 = 58.0;
pub(super) const SAMPLE_ENTRY: f32 = 46.0;
pub(super) const HEADING: f32 = 32.0;

/// Shows the run in this place.
pub(super) fn show(state: &AppState, ui: &mut Ui, colors: &Colors, k: usize, high: f32) {
    let run = &state.runs.entries[k].run;
    // Those of the last edges until the new ones are there; at first none.
    let summary = state.runs.entries[k].summary();
    let known = summary.map(|summary| summary.totals);
    let totals = known.unwrap_or_default();
    let chosen = state.runs.selected == Some(k);
    let picked = state.runs.is_picked(&run.origin);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::click());
    bring(state, ui, k, rect);
    let share = known.map_or_else(|| "…".to_owned(), |totals| units::percent(totals.share()));
    let metres = run.motion.steps.distance_at(f64::INFINITY);
    let distance = units::distance(metres, state.settings.unit.is_imperial());
    let cut = match run.edits.count() {
        0 => String::new(),
        1 => ", 1 cut".to_owned(),
        cuts => format!(", {cuts} cuts"),
    };
    access::option(&response, Kind::ListBoxOption, chosen, || {
        let band = match summary {
            Some(summary) => headline::band_name(summary),
            None => headline::band_name_at(state.settings.edges()),
        };
        let date = if run.is_sample() { String::new() } else { format!(", {}", run.date()) };
        let sport = run.sport.map_or_else(String::new, |sport| format!(", {}", sport.code()));
        format!("{}, {}{date}, {share} {band}, {distance}{sport}{cut}", run.title(), run.name())
    });
    let back = rect.shrink2(vec2(0.0, 1.0));
    if chosen || picked || response.hovered() {
        let fill = if chosen || picked { colors.chosen } else { colors.hovered };
        ui.painter().rect_filled(back, CornerRadius::same(8), fill);
    }
    let inner = rect.shrink2(vec2(8.0, 7.0));
    let painter = ui.painter_at(inner);
    let close = Rect::from_min_size(inner.right_top() + vec2(-14.0, -3.0), vec2(20.0, 20.0));
    let closing = ui.interact(close, ui.scope_id().with(("close", k)), Sense::CLICK);
    closing.widget_info(|| WidgetInfo::labeled(Kind::Button, true, format!("Close {}", run.name_and_date())));
    let pointed = response.hovered() || closing.hovered();
    if pointed {
        if closing.hovered() {
            ui.painter().rect_filled(close, CornerRadius::same(4), colors.line);
        }
        let font = theme::font(theme::HEADING, Weight::Regular);
        ui.painter().text(close.center(), Align2::CENTER_CENTER, "×", font, colors.ink);
    }
    let right = painter.text(
        inner.right_top() - vec2(if pointed { 20.0 } else { 0.0 }, 0.0),
        Align2::RIGHT_TOP,
        share,
        theme::font(theme::BODY, Weight::Regular),
        colors.ink,
    );
    let clipped =
        painter.with_clip_rect(Rect::from_min_max(inner.min, pos2(right.left() - 6.0, inner.bottom())));
    let (title, bold) = (run.title(), theme::font(theme::BODY, Weight::SemiBold));
    let fits = painter.layout_no_wrap(title.clone(), bold.clone(), colors.ink).size().x
        <= clipped.clip_rect().width();
    // A sample's name says more than half a duration.
    let title = if run.is_sample() && !fits { run.name() } else { &title };
    one_line(&clipped, inner.left_top(), title, bold, colors.ink);
    if !run.is_sample() {
        let sport = run.sport.map_or_else(String::new, |sport| format!(" · {}", sport.code()));
        let at = inner.left_top() + vec2(0.0, 17.0);
        let font = theme::font(theme::SMALL, Weight::Regular);
        let second = |name: &str| format!("{distance}{cut}{sport} · {name}");
        let fits = |name: &str| {
            painter.layout_no_wrap(second(name), font.clone(), colors.muted).size().x <= inner.width()
        };
        let words = second(&direction::fitting(run.name(), fits));
        one_line(&painter, at, &words, font.clone(), colors.muted);
    }
    let thin = Rect::from_min_max(pos2(inner.left(), inner.bottom() - 6.0), inner.right_bottom());
    let elapsed = totals.elapsed_s().max(1.0);
    let mut from = 0.0;
    let mut parts = Vec::new();
    for (role, seconds) in [
        (Role::InBand, totals.in_band_s),
        (Role::Faster, totals.faster_s),
        (Role::Standing, totals.standing_s),
        (Role::Paused, totals.paused_s),
    ] {
        if seconds >= 0.5 {
            parts.push((from, from + seconds / elapsed, role));
            from += seconds / elapsed;
        }
    }
    bar(&painter, colors, thin, &parts, 3);
    focus_ring(ui, &response, 8);
    if closing.clicked() {
        state.ask(Action::Close(k));
    } else if response.clicked() {
        if ui.input(|input| input.modifiers.command) {
            state.ask(Action::Pick(Some(run.origin.clone())));
        } else {
            state.ask(Action::Select(k));
        }
    }
    closing.on_hover_text("Close this run");
    response.context_menu(|ui| menu(state, ui, k));
    if !response.context_menu_opened() {
        response.on_hover_text(format!("{}. Ctrl and click to add it up with others", run.name_and_date()));
    }
}

/// What can be done with a run of the list.
fn menu(state: &AppState, ui: &mut Ui, k: usize) {
    let run = &state.runs.entries[k].run;
    let on_show = state.runs.selected == Some(k);
    let line =
        |ui: &mut Ui, words: &str, enabled: bool| ui.add_enabled(enabled, egui::Button::new(words)).clicked();
    let mut asked: Vec<Action> = Vec::new();
    if line(ui, "Show", !on_show) {
        asked.push(Action::Select(k));
    }
    if line(ui, "Compare with the run on show", !on_show) {
        asked.push(Action::CompareWith(Some(run.origin.clone())));
    }
    let picked =
        if state.runs.is_picked(&run.origin) { "Leave out of the sum" } else { "Add up with others" };
    if line(ui, picked, true) {
        asked.push(Action::Pick(Some(run.origin.clone())));
    }
    for (words, command) in [("Copy the numbers", Command::CopySummary), ("Report…", Command::Report)] {
        if line(ui, words, true) {
            asked.extend([Action::Select(k), Action::Do(command)]);
        }
    }
    if line(ui, "Show the file's folder", run.file().is_some()) {
        asked.push(Action::ShowFile(k));
    }
    if line(ui, "Close", true) {
        asked.push(Action::Close(k));
    }
    if !asked.is_empty() {
        ui.close();
    }
    for action in asked {
        state.ask(action);
    }
}

/// How often the list is asked to bring an entry into view: a pass that egui discards forgets that it was asked.
const ASK: u8 = 3;

/// Brings the entry of the run on show into view when another run has come on show.
pub(super) fn bring(state: &AppState, ui: &Ui, k: usize, rect: Rect) {
    if state.runs.selected != Some(k) {
        return;
    }
    let key = Id::unique("entry in view");
    let now = format!("{:?}", state.runs.entries[k].run.origin);
    let before: Option<(String, u8)> = ui.data(|data| data.get_temp(key));
    let asked = before.filter(|(origin, _)| *origin == now).map_or(0, |(_, asked)| asked);
    if asked < ASK {
        // With the heading above it, where it has one.
        ui.scroll_to_rect(rect.with_min_y(rect.top() - HEADING), None);
        ui.data_mut(|data| data.insert_temp(key, (now, asked + 1)));
    }
}
