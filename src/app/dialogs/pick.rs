//! One of several lines, chosen by a few letters and the arrows: people, backups.

use egui::{Atom, Atoms, Button, Key, Modal, Modifiers, Role as Kind, ScrollArea, WidgetInfo, vec2};

use crate::app::{
    command::{Action, LibraryAsk},
    state::{
        AppState,
        overlay::Overlay,
        pick::{Pick, PickLine},
    },
    ui::{
        theme::{self, Colors, Weight},
        widgets::{as_heading, sheet, text},
    },
};

/// Width of the sheet, points.
const WIDTH: f32 = 440.0;
/// Radius of a person's colour.
const DOT: f32 = 4.0;

/// Shows it where it is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let Overlay::Pick(mut pick) = state.overlay.clone() else { return };
    let lines = lines(&pick);
    let (down, up, enter) = ctx.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowDown),
            input.consume_key(Modifiers::NONE, Key::ArrowUp),
            input.consume_key(Modifiers::NONE, Key::Enter),
        )
    });
    let last = lines.len().saturating_sub(1);
    let has_colours =
        pick.lines.iter().any(|line| line.colour.as_ref().is_some_and(|colour| !colour.is_empty()));
    pick.line = (pick.line + usize::from(down)).saturating_sub(usize::from(up)).min(last);
    let mut chosen = lines.get(pick.line).map(|line| line.ask.clone()).filter(|_| enter);
    let modal = Modal::new(egui::Id::unique("pick")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        let screen = ctx.content_rect();
        ui.set_width((screen.width() - 64.0).min(WIDTH));
        let heading = ui.label(text(pick.title, theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, pick.title);
        ui.add_space(theme::UNIT);
        let field = ui.add(
            egui::TextEdit::singleline(&mut pick.typed)
                .hint_text(text(pick.hint, theme::BODY, Weight::Regular, colors.muted))
                .margin(vec2(10.0, 6.0))
                .desired_width(f32::INFINITY),
        );
        let spoken = format!("{} {}", pick.title, pick.hint);
        field.widget_info(|| WidgetInfo::labeled(Kind::SearchInput, true, &spoken));
        field.request_focus();
        if field.changed() {
            pick.line = 0;
        }
        if lines.is_empty() {
            ui.label(text("Nothing matches.", theme::BODY, Weight::Regular, colors.muted));
        }
        // As high as its lines, however small the sheet was when it was closed.
        let height = (screen.height() - 150.0).min(360.0);
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true])
            .show_rows(ui, theme::BUTTON_HEIGHT, lines.len(), |ui, rows| {
                for k in rows {
                    let size = vec2(ui.available_width(), theme::BUTTON_HEIGHT);
                    let PickLine { words, colour, ask } = &lines[k];
                    let named = colour.as_deref().filter(|_| has_colours);
                    // Where people are chosen, all names begin at one place.
                    let dot = named.map(|named| {
                        let color = colors.person(named).unwrap_or(egui::Color32::TRANSPARENT);
                        Atom::paint(vec2(2.0 * DOT, 2.0 * DOT), move |ui, dot| {
                            ui.painter().circle_filled(dot.rect.center(), DOT, color);
                        })
                    });
                    let atoms: Atoms<'_> = dot.into_iter().chain([Atom::from(words.as_str())]).collect();
                    let response =
                        ui.add(Button::selectable(k == pick.line, atoms).truncate().min_size(size));
                    if k == pick.line && (down || up) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        chosen = Some(ask.clone());
                    }
                }
            });
    });
    match chosen {
        Some(ask) => {
            state.lay(Overlay::None);
            state.ask(Action::Library(ask));
        }
        None if modal.should_close() => state.lay(Overlay::None),
        None => {
            state.say(lines.get(pick.line).map_or_else(
                || "Nothing matches.".to_owned(),
                |line| format!("{} of {}: {}", pick.line + 1, lines.len(), line.words),
            ));
            state.lay(Overlay::Pick(pick));
        }
    }
}

/// The lines that fit what was typed, and where people are chosen the way to a new one.
fn lines(pick: &Pick) -> Vec<PickLine> {
    let typed = pick.typed.trim();
    let wanted = typed.to_lowercase();
    let fits = |line: &&PickLine| line.words.to_lowercase().contains(&wanted);
    let mut lines: Vec<PickLine> = pick.lines.iter().filter(fits).cloned().collect();
    if let Some(waiting) = &pick.new_person {
        let words = match typed {
            "" => "New person…".to_owned(),
            typed => format!("New person “{typed}”…"),
        };
        let ask = LibraryAsk::Enter(waiting.clone(), typed.to_owned());
        lines.push(PickLine { words, ask, colour: Some(String::new()) });
    }
    lines
}
