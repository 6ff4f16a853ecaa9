//! A sheet that is read: a receipt, what a backup holds, whether all is well.

use egui::{Grid, Key, Modal, ScrollArea};

use crate::app::{
    command::{Action, LibraryAsk},
    state::{AppState, overlay::Overlay},
    ui::{
        access,
        theme::{self, Colors, Weight},
        widgets::{as_heading, primary_button, sheet, text},
    },
};

/// Width of the sheet, points, where there is room for it.
const WIDTH: f32 = 580.0;
/// Room for the left column and what is between both.
const LEFT: f32 = 120.0;

/// Shows it where it is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let Overlay::Told(told) = &state.overlay else { return };
    let mut close = false;
    let modal = Modal::new(egui::Id::unique("told")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        let width = WIDTH.min(ctx.content_rect().width() - 64.0);
        ui.set_width(width);
        let heading = ui.label(text(&told.title, theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, &told.title);
        ui.add_space(theme::UNIT / 2.0);
        ui.add(egui::Label::new(text(&told.about, theme::BODY, Weight::Regular, colors.prose)).wrap());
        ui.add_space(theme::UNIT);
        let height = (ctx.content_rect().height() - 210.0).max(80.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().interact_size.y = theme::BODY;
            let two = told.rows.iter().any(|[left, _]| !left.is_empty());
            let widest = if two { width - LEFT } else { width };
            Grid::new("told").num_columns(2).max_col_width(widest).spacing([16.0, 5.0]).show(ui, |ui| {
                for [left, right] in &told.rows {
                    if two {
                        ui.label(text(left, theme::BODY, Weight::Medium, colors.muted));
                    }
                    ui.add(egui::Label::new(text(right, theme::BODY, Weight::Regular, colors.ink)).wrap());
                    ui.end_row();
                }
            });
            access::follow_focus(ui);
        });
        ui.add_space(theme::UNIT);
        ui.horizontal(|ui| {
            if let Some((words, ask)) = &told.does
                && ui.button(*words).clicked()
            {
                state.ask(Action::Library(ask.clone()));
            }
            if let Some((name, text)) = &told.text
                && ui.button("Save the receipt…").clicked()
            {
                state.ask(Action::Library(LibraryAsk::SaveText(name.clone(), text.clone())));
            }
            let done = primary_button(ui, "Close");
            let tabbed = ui.input(|input| input.key_pressed(Key::Tab));
            if !tabbed && ui.memory(|memory| memory.focused().is_none()) {
                done.request_focus();
            }
            close = done.clicked();
        });
    });
    if close || modal.should_close() {
        state.lay(Overlay::None);
    }
}
