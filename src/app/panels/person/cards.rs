//! Notes, and what is kept of the person.

use egui::{Label, Role as Kind, Sense, Stroke, TextFormat, Ui, WidgetInfo, text::LayoutJob};

use crate::app::{
    command::{Command, LibraryAsk},
    panels::top_bar::hint,
    state::{
        AppState,
        form::FormFor,
        person::PersonPage,
        person_words::{counted, date},
    },
    ui::{
        theme::{self, Weight},
        widgets::{card, focus_ring, small_button, text, title, title_row},
    },
};

/// So many notes are shown at first.
const NOTES: usize = 4;

/// The notes, the latest first. Returns how high its content is.
pub fn notes(state: &AppState, ui: &mut Ui, page: &PersonPage, high: f32) -> f32 {
    card(ui, |ui, colors| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let top = ui.cursor().top();
        ui.set_min_height(high);
        title_row(ui, "Notes", |ui| {
            for (words, command) in
                [("Visit", Command::Visit), ("Pain…", Command::AddPain), ("Add…", Command::AddNote)]
            {
                if !command.enabled(state) {
                    continue;
                }
                let button = small_button(ui, words);
                let button = button.accessible_name(command.title());
                if button.on_hover_text(format!("{} {}", command.title(), hint(ui, command))).clicked() {
                    state.ask(command);
                }
            }
        });
        ui.add_space(2.0);
        if page.notes.is_empty() {
            ui.label(text("Nothing noted yet.", theme::BODY, Weight::Regular, colors.muted));
        }
        let most = if state.library.all_notes { page.notes.len() } else { NOTES };
        for note in page.notes.iter().take(most) {
            let mut job = LayoutJob::default();
            job.wrap.max_width = ui.available_width();
            let format = |weight, color| TextFormat {
                line_height: Some(19.0),
                ..TextFormat::simple(theme::font(theme::BODY, weight), color)
            };
            job.append(&format!("{}: ", date(note.day)), 0.0, format(Weight::SemiBold, colors.ink));
            job.append(&note.text, 0.0, format(Weight::Regular, colors.prose));
            let response = ui.add(Label::new(job).wrap().sense(Sense::click()));
            let spoken = format!("Note of {}: {}", date(note.day), note.text);
            response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, &spoken));
            focus_ring(ui, &response, 3);
            if state.library.takes_changes() {
                if response.clicked() {
                    state.ask(LibraryAsk::Form(FormFor::Note(page.person.id, Some(note.id))));
                }
                response.context_menu(|ui| {
                    if ui.button("Change…").clicked() {
                        state.ask(LibraryAsk::Form(FormFor::Note(page.person.id, Some(note.id))));
                        ui.close();
                    }
                    if ui.button("Move to the bin").clicked() {
                        state.ask(LibraryAsk::BinNote(note.id));
                        ui.close();
                    }
                });
            }
        }
        if page.notes.len() > most && small_button(ui, &format!("Show all {}", page.notes.len())).clicked() {
            state.ask(LibraryAsk::AllNotes);
        }
        ui.cursor().top() - top
    })
}

/// What is kept, and how to have it or be rid of it. Returns how high its content is.
pub fn data(state: &AppState, ui: &mut Ui, page: &PersonPage, high: f32) -> f32 {
    card(ui, |ui, colors| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let top = ui.cursor().top();
        ui.set_min_height(high);
        title(ui, "Data of this person");
        ui.add_space(6.0);
        let kept = format!(
            "Kept on this computer only: {}, {}.",
            counted(page.runs.len(), "run"),
            counted(page.notes.len(), "note")
        );
        let kept = ui.add(Label::new(text(kept, theme::BODY, Weight::Regular, colors.prose)).wrap());
        kept.on_hover_text(format!("In {}", state.library.holding.folder.display()));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = theme::BODY * 1.5;
            ui.spacing_mut().item_spacing.x = 6.0;
            for (words, command, color) in [
                ("Name and colour…", Command::ChangePerson, colors.accent_text),
                ("Export all…", Command::ExportPerson, colors.accent_text),
                ("Delete for good…", Command::DeletePerson, colors.final_text),
            ] {
                if !command.enabled(state) {
                    continue;
                }
                let words_of = text(words, theme::BODY, Weight::Regular, color);
                let response = ui.add(Label::new(words_of).sense(Sense::click()));
                response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, words));
                if response.hovered() {
                    ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
                    let rect = response.rect;
                    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, color));
                }
                focus_ring(ui, &response, 3);
                if response.clicked() {
                    state.ask(command);
                }
                if words != "Delete for good…" {
                    ui.label(text("·", theme::BODY, Weight::Regular, colors.muted));
                }
            }
        });
        ui.cursor().top() - top
    })
}
