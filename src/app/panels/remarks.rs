//! What was odd about the run on show, in the words that reports and scripts have, too.

use egui::{Label, Ui};

use crate::{
    app::{
        command::Action,
        state::{AppState, shown::Shown},
        ui::{
            theme::{self, Colors, Weight},
            widgets::{small_button, text},
        },
    },
    figure::Role,
};

/// A sentence begins with a capital.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// So many are shown at once.
const SHOWN: usize = 2;

/// The lines; nothing where nothing was odd.
pub fn show(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown) {
    // Cuts and a first look have lines of their own.
    let remarks: Vec<String> = shown
        .summary
        .notices
        .iter()
        .filter(|notice| !["cut", "preview"].contains(&notice.code))
        .map(|notice| capitalised(&format!("{}. {}", notice.message, notice.advice)))
        .collect();
    if remarks.is_empty() {
        return;
    }
    let all = state.view.all_remarks || remarks.len() <= SHOWN + 1;
    ui.add_space(4.0);
    for remark in remarks.iter().take(if all { remarks.len() } else { SHOWN }) {
        let mut line = egui::text::LayoutJob::default();
        let font = |weight| theme::font(theme::BODY, weight);
        let mark = egui::TextFormat::simple(font(Weight::SemiBold), colors.role(Role::FasterText));
        line.append("▲", 0.0, mark);
        line.append(remark, 6.0, egui::TextFormat::simple(font(Weight::Regular), colors.prose));
        ui.add(Label::new(line).wrap());
    }
    if !all {
        let words = format!("{} more remarks", remarks.len() - SHOWN);
        ui.horizontal(|ui| {
            if small_button(ui, &words).clicked() {
                state.ask(Action::ShowRemarks);
            }
            ui.label(text("", theme::BODY, Weight::Regular, colors.muted));
        });
    }
}
