//! Asks before what was kept is removed for good.

use egui::{Label, Modal};

use crate::app::{
    command::Action,
    state::{AppState, overlay::Overlay},
    ui::{
        theme::{self, Colors, Weight},
        widgets::{as_heading, primary_button, sheet, text},
    },
};

/// Width of the sheet, points, where there is room for it.
const WIDTH: f32 = 460.0;
const TITLE: &str = "Clinic mode: keep nothing?";
const WORDS: [&str; 3] = [
    "From now on Spinepace keeps no trace of a run: no recent runs, no last session, no cuts, and no name in the \
     window’s title. It still remembers how you like the window: unit, theme, size.",
    "What it has kept so far, the recent runs, the last session and the cuts of all runs, is removed now and can’t be \
     brought back.",
    "Your files, the pages you saved and the library stay as they are.",
];

/// Shows it where it is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    if state.overlay != Overlay::KeepNothing {
        return;
    }
    let modal = Modal::new(egui::Id::unique("keep nothing")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 64.0));
        let heading = ui.label(text(TITLE, theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, TITLE);
        ui.add_space(theme::UNIT);
        for words in WORDS {
            ui.add(Label::new(text(words, theme::BODY, Weight::Regular, colors.prose)).wrap());
            ui.add_space(theme::UNIT / 2.0);
        }
        ui.add_space(theme::UNIT);
        ui.horizontal(|ui| {
            if primary_button(ui, "Keep nothing").clicked() {
                state.ask(Action::KeepNothing);
            }
            let cancel = ui.button("Cancel");
            // What cannot be taken back is not a careless Enter away.
            if ui.memory(|memory| memory.focused().is_none()) {
                cancel.request_focus();
            }
            if cancel.clicked() {
                state.lay(Overlay::None);
            }
        });
    });
    if modal.should_close() {
        state.lay(Overlay::None);
    }
}
