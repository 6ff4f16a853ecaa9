//! The open runs at the left: a search field, the list, and a place to drop more.

use std::sync::Arc;

use egui::{
    Align2, Context, CornerRadius, Id, Layout, Rect, Role as Kind, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::{
    app::{
        background::desktop::drops_do_not_arrive,
        command::{Action, Command},
        state::{AppState, run::Entry},
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{bar, card, dashed_box, focus_ring, text},
        },
    },
    figure::Role,
    text::headline,
    units,
};

const ENTRY: f32 = 58.0;
const SAMPLE_ENTRY: f32 = 46.0;
const DROP_TARGET: f32 = 50.0;
/// Height of a heading between them.
const HEADING: f32 = 32.0;

/// Moves the focus to the search field.
pub fn focus_search(ctx: &Context) {
    ctx.memory_mut(|memory| memory.request_focus(search_field()));
}

fn search_field() -> Id {
    Id::unique("search runs")
}

/// The panel.
pub fn show(state: &AppState, ui: &mut Ui) {
    let colors = Colors::of(ui);
    access::region(ui, Kind::Navigation, "Runs");
    search(state, ui, &colors);
    let above = vec2(ui.available_width(), ui.available_height() - DROP_TARGET - 8.0);
    ui.allocate_ui_with_layout(above, Layout::top_down(egui::Align::Min), |ui| {
        ui.set_min_size(above);
        list(state, ui, &colors);
    });
    drop_target(state, ui, &colors);
}

/// The same as a card of the page, where there is no room for a panel; one run alone needs no list.
pub fn show_in_page(state: &AppState, ui: &mut Ui) {
    let runs = &state.runs;
    if runs.entries.len() < 2 {
        return;
    }
    card(ui, |ui, colors| {
        access::region(ui, Kind::Navigation, "Runs");
        search(state, ui, colors);
        let high = |entry: &Entry| if entry.run.is_sample() { SAMPLE_ENTRY } else { ENTRY };
        let all = runs.entries.iter().map(high).sum::<f32>() + 2.0 * HEADING;
        let most = (0.5 * ui.ctx().content_rect().height()).max(2.0 * ENTRY + HEADING);
        let size = vec2(ui.available_width(), all.min(most));
        ui.allocate_ui_with_layout(size, Layout::top_down(egui::Align::Min), |ui| {
            ui.set_min_size(size);
            list(state, ui, colors);
        });
    });
}

fn search(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let mut words = state.runs.search.clone();
    let field = ui.add(
        egui::TextEdit::singleline(&mut words)
            .id(search_field())
            .hint_text(text("Search runs", theme::BODY, Weight::Regular, colors.muted))
            .margin(vec2(10.0, 6.0))
            .desired_width(f32::INFINITY),
    );
    field.widget_info(|| WidgetInfo::labeled(Kind::SearchInput, true, "Search runs"));
    if words != state.runs.search {
        state.ask(Action::SearchFor(words));
    }
}

fn list(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let found = state.runs.found();
    if found.is_empty() {
        ui.add_space(8.0);
        ui.label(text("No run matches.", theme::BODY, Weight::Regular, colors.muted));
        return;
    }
    let samples_from =
        found.iter().position(|k| state.runs.entries[*k].run.is_sample()).unwrap_or(found.len());
    let mut seen = Vec::new();
    let height = ui.available_height();
    let area = ScrollArea::vertical().auto_shrink(false).max_height(height).min_scrolled_height(height);
    area.show_viewport(ui, |ui, viewport| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let top = ui.min_rect().top();
        for (place, k) in found.into_iter().enumerate() {
            if place == 0 && samples_from > 0 {
                heading(ui, colors, "RUNS");
            }
            if place == samples_from {
                heading(ui, colors, "SAMPLES");
            }
            let high = if state.runs.entries[k].run.is_sample() { SAMPLE_ENTRY } else { ENTRY };
            let from = ui.cursor().top() - top;
            // Numbers of a run are computed when its entry is seen: 500 may be open. One more at either end, for
            // Tab and Shift+Tab to go on to.
            if from + 2.0 * high < viewport.top() || from > viewport.bottom() + high {
                let (_, rect) = ui.allocate_space(vec2(ui.available_width(), high));
                bring(state, ui, k, rect);
            } else {
                seen.push(Arc::clone(&state.runs.entries[k].run));
                entry(state, ui, colors, k, high);
            }
        }
        access::follow_focus(ui);
    });
    state.ask(Action::Seen(seen));
}

fn heading(ui: &mut Ui, colors: &Colors, words: &str) {
    ui.add_space(10.0);
    ui.label(text(words, theme::SMALL, Weight::Medium, colors.muted));
    ui.add_space(4.0);
}

fn entry(state: &AppState, ui: &mut Ui, colors: &Colors, k: usize, high: f32) {
    let run = &state.runs.entries[k].run;
    // Those of the last edges until the new ones are there; at first none.
    let known = state.runs.entries[k].summary().map(|summary| summary.totals);
    let totals = known.unwrap_or_default();
    let chosen = state.runs.selected == Some(k);
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
    let band = headline::band_name(state.settings.edges());
    let words = format!("{}, {}, {share} {band}, {distance}{cut}", run.title(), run.name());
    access::option(&response, Kind::ListBoxOption, chosen, &words);
    let back = rect.shrink2(vec2(0.0, 1.0));
    if chosen || response.hovered() {
        let fill = if chosen { colors.chosen } else { colors.hovered };
        ui.painter().rect_filled(back, CornerRadius::same(8), fill);
    }
    let inner = rect.shrink2(vec2(8.0, 7.0));
    let painter = ui.painter_at(inner);
    let right = painter.text(
        inner.right_top(),
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
        let second = format!("{distance}{cut} · {}", run.name());
        let at = inner.left_top() + vec2(0.0, 17.0);
        one_line(&painter, at, &second, theme::font(theme::SMALL, Weight::Regular), colors.muted);
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
    if response.clicked() {
        state.ask(Action::Select(k));
    }
    response.on_hover_text(run.name());
}

/// Brings the entry of the run on show into view when another run has come on show.
fn bring(state: &AppState, ui: &Ui, k: usize, rect: Rect) {
    if state.runs.selected != Some(k) {
        return;
    }
    let key = Id::unique("entry in view");
    let before: Option<String> = ui.data(|data| data.get_temp(key));
    let now = format!("{:?}", state.runs.entries[k].run.origin);
    if before.as_ref() != Some(&now) {
        ui.scroll_to_rect(rect, None);
        ui.data_mut(|data| data.insert_temp(key, now));
    }
}

/// A line that ends in "…" where there is no room for all of it.
fn one_line(painter: &egui::Painter, at: egui::Pos2, words: &str, font: egui::FontId, color: egui::Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width((painter.clip_rect().right() - at.x).max(0.0));
    painter.galley(at, painter.layout_job(job), color);
}

fn drop_target(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), DROP_TARGET), Sense::click());
    let words = if drops_do_not_arrive() { "Open more files…" } else { "Drop GPX files here" };
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, format!("{words}, or open files")));
    dashed_box(ui, rect, if response.hovered() { colors.accent_text } else { colors.control });
    let font = theme::font(theme::BODY, Weight::Regular);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, font, colors.muted);
    focus_ring(ui, &response, theme::RADIUS);
    if response.clicked() {
        state.ask(Command::Open);
    }
    if drops_do_not_arrive() {
        response.on_hover_text("This desktop's Wayland does not bring dropped files; use Open.");
    }
}
