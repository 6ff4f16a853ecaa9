//! A person's page: how it goes against what was agreed, the runs, what was noted.

mod calendar;
mod cards;
pub mod dose;
mod headline;
mod runs;

use egui::{Frame, Ui, vec2};

use crate::app::{
    charts::weeks,
    command::Command,
    state::{AppState, person::PersonPage},
    ui::{
        theme::{self, Colors, Weight},
        widgets::{card, small_button, text},
    },
};

/// Height of the columns with their axis, in a window of the usual height.
const COLUMNS: f32 = 208.0;

/// The centre; `below` draws what stands below the head where there is one column.
pub fn show(
    state: &AppState,
    ui: &mut Ui,
    page: &PersonPage,
    dose_beside: bool,
    spare: f32,
    below: impl FnOnce(&mut Ui),
) {
    ui.spacing_mut().item_spacing.y = theme::GAP;
    banner(state, ui);
    headline::show(ui, page);
    below(ui);
    weeks::show(state, ui, page, COLUMNS + 0.3 * spare);
    if !dose_beside {
        card(ui, |ui, _| dose::words(state, ui, page));
    }
    runs::show(state, ui, page);
    let width = ui.available_width();
    if width < 560.0 {
        cards::notes(state, ui, page, 0.0);
        cards::data(state, ui, page, 0.0);
        return;
    }
    // Two cards of one height: as high as the higher one was in the last pass.
    let half = ((width - theme::GAP) / 2.0).floor();
    let key = ui.scope_id().with("height of both cards");
    let known: f32 = ui.data(|data| data.get_temp(key)).unwrap_or(0.0);
    let mut high: f32 = 0.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GAP;
        let down = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(vec2(half, 0.0), down, |ui| {
            high = high.max(cards::notes(state, ui, page, known));
        });
        ui.allocate_ui_with_layout(vec2(width - theme::GAP - half, 0.0), down, |ui| {
            high = high.max(cards::data(state, ui, page, known));
        });
    });
    if (high - known).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(key, high));
        ui.ctx().request_discard("one of two cards has another height");
    }
}

/// That it is a demo, or can only be read.
fn banner(state: &AppState, ui: &mut Ui) {
    let holding = &state.library.holding;
    let (words, command) = if holding.is_demo {
        let words =
            "Demo: this patient does not exist. Nothing of it is kept, and nothing real comes into it.";
        (words.to_owned(), Some(("Leave the demo", Command::LeaveDemo)))
    } else if let Some(why) = &holding.only_read {
        (format!("The library can only be read here: {why}. Nothing can be changed in this window."), None)
    } else {
        return;
    };
    let colors = Colors::of(ui);
    let frame = Frame::new()
        .fill(colors.notice)
        .corner_radius(egui::CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(egui::Margin::symmetric(theme::PADDING, 8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().interact_size.y = 23.0;
        ui.horizontal_wrapped(|ui| {
            ui.label(text(words, theme::BODY, Weight::Medium, colors.ink));
            if let Some((words, command)) = command
                && small_button(ui, words).clicked()
            {
                state.ask(command);
            }
        });
    });
}
