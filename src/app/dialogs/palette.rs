//! The command palette: type a few letters, choose with the arrows.

use egui::{Align2, Button, Key, Modal, Modifiers, Role as Kind, ScrollArea, Sense, WidgetInfo, vec2};

use crate::app::{
    command::Command,
    panels::top_bar::hint,
    state::{AppState, overlay::Overlay},
    ui::{
        theme::{self, Colors, Weight},
        widgets::{sheet, text},
    },
};

/// Shows it where it is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let Overlay::Palette(mut typed, mut line) = state.overlay.clone() else { return };
    let found: Vec<Command> = Command::all()
        .into_iter()
        .filter(|command| *command != Command::Palette && command.enabled(state) && fits(*command, &typed))
        .collect();
    let (down, up, enter) = ctx.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            input.consume_key(Modifiers::NONE, Key::Enter),
        )
    });
    line = (line + usize::from(down)).saturating_sub(usize::from(up)).min(found.len().saturating_sub(1));
    let mut chosen = found.get(line).copied().filter(|_| enter);
    let screen = ctx.content_rect();
    let above = (0.1 * screen.height()).min(90.0);
    let area = Modal::default_area(egui::Id::unique("palette")).anchor(Align2::CENTER_TOP, vec2(0.0, above));
    let modal = Modal::new(egui::Id::unique("palette")).area(area).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        ui.set_width((screen.width() - 64.0).min(440.0));
        let field = ui.add(
            egui::TextEdit::singleline(&mut typed)
                .hint_text(text("What do you want to do?", 15.0, Weight::Regular, colors.muted))
                .font(theme::font(15.0, Weight::Regular))
                .desired_width(f32::INFINITY),
        );
        field.widget_info(|| WidgetInfo::labeled(Kind::SearchInput, true, "Find a command"));
        field.request_focus();
        if field.changed() {
            line = 0;
        }
        if found.is_empty() {
            ui.label(text("No command found.", theme::BODY, Weight::Regular, colors.muted));
        }
        // As high as its lines, however small the sheet was when it was closed.
        let height = (screen.height() - above - 110.0).min(360.0);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for (k, command) in found.iter().enumerate() {
                    let button = Button::selectable(k == line, command.title())
                        .shortcut_text(hint(ui, *command))
                        .min_size(vec2(ui.available_width(), 26.0));
                    let response = ui.add(button.sense(Sense::click())).accessible_name(command.title());
                    if k == line && (down || up) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        chosen = Some(*command);
                    }
                }
            });
    });
    let next =
        if chosen.is_some() || modal.should_close() { Overlay::None } else { Overlay::Palette(typed, line) };
    state.lay(next);
    match chosen {
        Some(command) => state.ask(command),
        None => state.say(spoken(&found, line)),
    }
}

/// The chosen line for those who hear it.
fn spoken(found: &[Command], line: usize) -> String {
    match found.get(line) {
        Some(command) => format!("{}, {} of {}", command.title(), line + 1, found.len()),
        None => "No command found.".to_owned(),
    }
}

/// Whether every typed word is in its title or in another word for it.
fn fits(command: Command, typed: &str) -> bool {
    let words = format!("{} {}", command.title(), command.also()).to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| words.contains(word))
}

#[cfg(test)]
mod tests {
    use super::fits;
    use crate::{
        app::{command::Command, state::settings::Theme},
        units::SpeedUnit,
    };

    #[test]
    fn words_are_found_in_any_order() {
        assert!(fits(Command::Unit(SpeedUnit::KilometresPerHour), "km sp"));
        assert!(fits(Command::Theme(Theme::Dark), ""));
        assert!(!fits(Command::Theme(Theme::Dark), "light"));
    }

    #[test]
    fn what_people_call_it_finds_it() {
        for word in
            ["pdf", "export", "close", "print", "csv", "parquet", "gpx", "clipboard", "remove", "exit"]
        {
            assert!(Command::all().into_iter().any(|command| fits(command, word)), "{word}");
        }
    }
}
