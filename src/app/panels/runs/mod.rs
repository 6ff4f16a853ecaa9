//! The open runs at the left: a search field, the list, and a place to drop more.

mod entry;

use std::sync::Arc;

use egui::{Align2, Context, Id, Layout, Role as Kind, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        background::desktop::drops_do_not_arrive,
        command::{Action, Command},
        panels::{
            people,
            top_bar::{item, menu_button},
        },
        state::{
            AppState,
            run::{Entry, OpenRun},
            settings::ListOrder,
        },
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{at_right, card, dashed_box, focus_ring, small_button, text, width_at_right},
        },
    },
    band::Summary,
    recording::Sport,
    text::headline,
};

use entry::{ENTRY, HEADING, SAMPLE_ENTRY};

const DROP_TARGET: f32 = 50.0;
/// Room for what the picked runs are together.
const TOTALS: f32 = 124.0;

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
    only(state, ui, &colors);
    let sum = if state.runs.picked().count() > 1 { TOTALS } else { 0.0 };
    let above = vec2(ui.available_width(), ui.available_height() - DROP_TARGET - 8.0 - sum);
    ui.allocate_ui_with_layout(above, Layout::top_down(egui::Align::Min), |ui| {
        ui.set_min_size(above);
        list(state, ui, &colors, false);
    });
    totals(state, ui, &colors);
    drop_target(state, ui, &colors);
}

/// The same as a card of the page, where there is no room for a panel; one run alone needs no list.
pub fn show_in_page(state: &AppState, ui: &mut Ui) {
    let runs = &state.runs;
    if runs.entries.len() < 2 && !state.library.on && !state.library.locked {
        return;
    }
    card(ui, |ui, colors| {
        access::region(ui, Kind::Navigation, "Runs");
        search(state, ui, colors);
        only(state, ui, colors);
        let high = |entry: &Entry| if entry.run.is_sample() { SAMPLE_ENTRY } else { ENTRY };
        let folded = state.person_on_show().is_some();
        let all = match state.library.on || state.library.locked {
            true => people::height(state, &runs.found(state.settings.order), folded),
            false => runs.entries.iter().map(high).sum::<f32>() + 2.0 * HEADING,
        };
        let most = (0.5 * ui.ctx().content_rect().height()).max(2.0 * ENTRY + HEADING);
        let size = vec2(ui.available_width(), all.min(most));
        ui.allocate_ui_with_layout(size, Layout::top_down(egui::Align::Min), |ui| {
            ui.set_min_size(size);
            list(state, ui, colors, folded);
        });
    });
}

fn search(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let files = state.runs.entries.iter().filter(|entry| !entry.run.is_sample()).count();
    if files < 2 {
        return search_field_alone(state, ui, colors);
    }
    ui.horizontal(|ui| {
        let (_, right) = width_at_right(ui, "sort");
        let wide = ui.available_width() - right - ui.spacing().item_spacing.x;
        ui.allocate_ui(vec2(wide, theme::BUTTON_HEIGHT), |ui| search_field_alone(state, ui, colors));
        at_right(ui, "sort", |ui| sort_menu(state, ui));
    });
}

/// How the list is sorted, and which sport it shows.
fn sort_menu(state: &AppState, ui: &mut Ui) {
    let sort = menu_button(ui, "Sort").accessible_name("Sort runs");
    egui::Popup::menu(&sort).show(|ui| {
        for order in ListOrder::ALL {
            item(state, ui, Command::Order(order), None);
        }
        let sports: Vec<Sport> = Sport::ALL.into_iter().filter(|it| state.runs.count_of(*it) > 0).collect();
        if sports.len() > 1 || state.runs.sport.is_some() {
            ui.separator();
            item(state, ui, Command::Only(None), None);
            for sport in sports {
                let words = format!("List only {} · {}", sport.code(), state.runs.count_of(sport));
                item(state, ui, Command::Only(Some(sport)), Some(&words));
            }
        }
    });
}

/// That one sport alone is listed, and the way back.
fn only(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let Some(sport) = state.runs.sport else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 23.0;
        let words = format!("Only {} · {}", sport.code(), state.runs.count_of(sport));
        ui.label(text(words, theme::BODY, Weight::SemiBold, colors.accent_text));
        if small_button(ui, "All sports").clicked() {
            state.ask(Command::Only(None));
        }
    });
}

fn search_field_alone(state: &AppState, ui: &mut Ui, colors: &Colors) {
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

fn list(state: &AppState, ui: &mut Ui, colors: &Colors, folded: bool) {
    let found = state.runs.found(state.settings.order);
    if state.library.on || state.library.locked {
        return people::list(state, ui, colors, &found, folded, |ui, place, high| {
            entry::show(state, ui, colors, place, high);
        });
    }
    if found.is_empty() {
        ui.add_space(8.0);
        ui.label(text("No run matches.", theme::BODY, Weight::Regular, colors.muted));
        return;
    }
    let by_date = state.settings.order == ListOrder::Newest;
    let files = found.iter().filter(|k| !state.runs.entries[**k].run.is_sample()).count();
    // Sorted by numbers, all of them are needed.
    let mut seen: Vec<Arc<OpenRun>> = Vec::new();
    if state.settings.order.needs_numbers() {
        seen.extend(found.iter().map(|k| Arc::clone(&state.runs.entries[*k].run)));
    }
    let height = ui.available_height();
    let area = ScrollArea::vertical().auto_shrink(false).max_height(height).min_scrolled_height(height);
    area.show_viewport(ui, |ui, viewport| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let top = ui.min_rect().top();
        let months = months(state, &found);
        for (place, k) in found.iter().copied().enumerate() {
            let run = &state.runs.entries[k].run;
            if by_date && let Some((_, words)) = months.iter().find(|(first, _)| *first == place) {
                heading(ui, colors, words);
            } else if place == 0 && files > 0 && !by_date {
                heading(ui, colors, &format!("Runs · {files}"));
            }
            if place == files {
                heading(ui, colors, "Samples");
            }
            let high = if run.is_sample() { SAMPLE_ENTRY } else { ENTRY };
            let from = ui.cursor().top() - top;
            // Numbers of a run are computed when its entry is seen: 500 may be open. One more at either end, for
            // Tab and Shift+Tab to go on to.
            if from + 2.0 * high < viewport.top() || from > viewport.bottom() + high {
                let (_, rect) = ui.allocate_space(vec2(ui.available_width(), high));
                entry::bring(state, ui, k, rect);
            } else {
                if !state.settings.order.needs_numbers() {
                    seen.push(Arc::clone(run));
                }
                entry::show(state, ui, colors, k, high);
            }
        }
        access::follow_focus(ui);
    });
    state.ask(Action::Seen(seen));
}

/// Where a month begins among those found, and its name with how many of its runs are there.
fn months(state: &AppState, found: &[usize]) -> Vec<(usize, String)> {
    let mut months: Vec<(usize, String, usize)> = Vec::new();
    for (place, k) in found.iter().enumerate() {
        let run = &state.runs.entries[*k].run;
        if run.is_sample() {
            break;
        }
        let month = run.month();
        match months.last_mut() {
            Some((_, last, count)) if *last == month => *count += 1,
            _ => months.push((place, month, 1)),
        }
    }
    months.into_iter().map(|(place, month, count)| (place, format!("{month} · {count}"))).collect()
}

/// What the picked runs are together; nothing where fewer than two are picked.
fn totals(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let picked: Vec<&Arc<Summary>> = state.runs.picked().filter_map(|entry| entry.summary()).collect();
    if picked.len() < 2 {
        return;
    }
    let words = headline::of_several(&picked);
    ui.separator();
    for (line, weight) in words.iter().zip([Weight::SemiBold, Weight::Regular, Weight::Regular]) {
        ui.add(egui::Label::new(text(line, theme::BODY, weight, colors.ink)).wrap());
    }
    if small_button(ui, "End the selection").clicked() {
        state.ask(Action::Pick(None));
    }
}

fn heading(ui: &mut Ui, colors: &Colors, words: &str) {
    ui.add_space(10.0);
    ui.label(text(words.to_uppercase(), theme::SMALL, Weight::Medium, colors.muted));
    ui.add_space(4.0);
}

fn drop_target(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), DROP_TARGET), Sense::click());
    let words = if drops_do_not_arrive() { "Open more files…" } else { "Drop runs here (GPX, TCX, FIT)" };
    response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, format!("{words}, or open files")));
    dashed_box(ui, rect, if response.hovered() { colors.accent_text } else { colors.control });
    let font = theme::font(theme::BODY, Weight::Regular);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, font, colors.muted);
    focus_ring(ui, &response, theme::RADIUS);
    if response.clicked() {
        state.ask(Command::Open);
    }
    if drops_do_not_arrive() {
        response
            .on_hover_text("Under this desktop’s Wayland, files cannot be dropped on the window; use Open.");
    }
}
