//! Which run to compare with: type a few letters of its name, choose with the arrows.

use egui::{Button, Key, Modal, Modifiers, Role as Kind, ScrollArea, WidgetInfo, vec2};

use crate::{
    app::{
        command::Action,
        state::{AppState, overlay::Overlay},
        ui::{
            direction,
            theme::{self, Colors, Weight},
            widgets::{as_heading, sheet, text},
        },
    },
    units,
};

/// Width of the sheet, points.
const WIDTH: f32 = 440.0;

/// Shows it where it is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let Overlay::Compare(mut typed, mut line) = state.overlay.clone() else { return };
    let wanted = typed.trim().to_lowercase();
    // One line more than there are runs: the way back.
    let mut lines: Vec<(String, Option<usize>)> = Vec::new();
    for (index, entry) in state.runs.entries.iter().enumerate() {
        let (run, long) = (&entry.run, units::duration_words(entry.run.recording.elapsed_s()));
        let words = format!("with {}, {long}", run.name_and_date());
        let fits = words.to_lowercase().contains(&wanted) || run.is_found_by(&wanted);
        if state.runs.selected != Some(index) && fits {
            lines.push((words, Some(index)));
        }
    }
    if state.runs.compared.is_some() {
        lines.push(("with none".to_owned(), None));
    }
    let (down, up, enter) = ctx.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            input.consume_key(Modifiers::NONE, Key::Enter),
        )
    });
    line = (line + usize::from(down)).saturating_sub(usize::from(up)).min(lines.len().saturating_sub(1));
    let mut chosen = lines.get(line).map(|(_, index)| *index).filter(|_| enter);
    let modal = Modal::new(egui::Id::unique("compare")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        let screen = ctx.content_rect();
        ui.set_width((screen.width() - 64.0).min(WIDTH));
        let heading = ui.label(text("Compare this run", theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, "Compare this run");
        ui.add_space(theme::UNIT);
        let field = ui.add(
            egui::TextEdit::singleline(&mut typed)
                .hint_text(text("with which other run?", theme::BODY, Weight::Regular, colors.muted))
                .margin(vec2(10.0, 6.0))
                .desired_width(f32::INFINITY),
        );
        field.widget_info(|| WidgetInfo::labeled(Kind::SearchInput, true, "Find a run to compare with"));
        field.request_focus();
        if field.changed() {
            line = 0;
        }
        if lines.is_empty() {
            ui.label(text("No run matches.", theme::BODY, Weight::Regular, colors.muted));
        }
        // As high as its lines, however small the sheet was when it was closed.
        let height = (screen.height() - 150.0).min(360.0);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show_rows(ui, theme::BUTTON_HEIGHT, lines.len(), |ui, rows| {
                for k in rows {
                    let (words, index) = &lines[k];
                    let size = vec2(ui.available_width(), theme::BUTTON_HEIGHT);
                    let response = ui.add(
                        Button::selectable(k == line, direction::sentence(words).into_owned())
                            .truncate()
                            .min_size(size),
                    );
                    let response = response.accessible_name(words);
                    if k == line && (down || up) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        chosen = Some(*index);
                    }
                }
            });
    });
    if let Some(index) = chosen {
        let origin =
            index.and_then(|index| state.runs.entries.get(index)).map(|entry| entry.run.origin.clone());
        state.ask(Action::CompareWith(origin));
    } else {
        state.say(match lines.get(line) {
            Some((words, _)) => {
                format!("Run {} of {}: {}", line + 1, lines.len(), words.trim_start_matches("with "))
            }
            None => "No run matches.".to_owned(),
        });
    }
    let next =
        if chosen.is_some() || modal.should_close() { Overlay::None } else { Overlay::Compare(typed, line) };
    state.lay(next);
}
