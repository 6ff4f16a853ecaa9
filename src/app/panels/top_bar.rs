//! The bar at the top.

use egui::{Button, Popup, Role as Kind, ScrollArea, Ui, WidgetInfo};

use crate::{
    app::{
        command::{Command, Menu, written},
        panels::recent,
        state::AppState,
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{as_heading, at_right, primary_button, text},
        },
    },
    units::SpeedUnit,
};

/// The bar.
pub fn show(state: &AppState, ui: &mut Ui) {
    let colors = Colors::of(ui);
    let full = has_room(ui);
    ui.horizontal_centered(|ui| {
        if full {
            let name = ui.label(text("Spinepace", 15.0, Weight::SemiBold, colors.ink));
            as_heading(&name, "Spinepace");
            ui.add_space(22.0);
        }
        button(state, ui, "Open…", Command::Open);
        recent::button(state, ui);
        if full {
            let samples = menu_button(ui, "Samples").accessible_name("Samples");
            Popup::menu(&samples).show(|ui| {
                lines(ui, |ui| {
                    for k in 0..crate::samples::ALL.len() {
                        item(state, ui, Command::Sample(k), Some(crate::samples::ALL[k].title));
                    }
                });
            });
        }
        if full && state.runs.entries.len() > 1 {
            button(state, ui, "Compare", Command::Compare);
        }
        keeps_nothing(state, ui, &colors);
        at_right(ui, "top bar", |ui| {
            let unit = menu_button(ui, state.settings.unit.symbol());
            let unit = unit.accessible_name(format!("Unit, {}", state.settings.unit.symbol()));
            Popup::menu(&unit).show(|ui| {
                lines(ui, |ui| {
                    for unit in SpeedUnit::ALL {
                        let words = format!("{}, {}", unit.symbol(), unit.name());
                        item(state, ui, Command::Unit(unit), Some(&words));
                    }
                });
            });
            if state.screen.shown.is_some() {
                if full {
                    button(state, ui, "Present", Command::Present);
                }
                let report = primary_button(ui, "Report").on_hover_text(hint(ui, Command::Report));
                if report.clicked() {
                    state.ask(Command::Report);
                }
            }
            if Command::PeriodReport.enabled(state) {
                let report = primary_button(ui, "Report").on_hover_text(hint(ui, Command::PeriodReport));
                if report.clicked() {
                    state.ask(Command::PeriodReport);
                }
            }
            more(state, ui);
        });
    });
}

/// The quiet mark of a clinic's mode.
fn keeps_nothing(state: &AppState, ui: &mut Ui, colors: &Colors) {
    if !state.keeps_nothing() {
        return;
    }
    let how = match state.started_to_keep_nothing {
        true => "Spinepace was started like this; close it to end it.",
        false => "“Clinic mode” in the menu ends it.",
    };
    let words = "Keeps nothing";
    let mark = ui.label(text(words, theme::BODY, Weight::Medium, colors.muted));
    mark.widget_info(|| WidgetInfo::labeled(Kind::Label, true, "Clinic mode: keeps nothing"));
    mark.on_hover_text(format!(
        "Clinic mode: no recent runs, no session, no cuts and no names are kept. {how}"
    ));
}

/// Whether the bar has room for all of its buttons; else the menu alone has some of them.
fn has_room(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() >= theme::FULL_BAR_FROM
}

/// A button that opens a menu: words and a small triangle.
pub fn menu_button(ui: &mut Ui, words: &str) -> egui::Response {
    let colors = Colors::of(ui);
    let triangle = text("▼", 7.5, Weight::Regular, colors.muted);
    ui.add(Button::new((words, triangle)).gap(6.0))
}

fn button(state: &AppState, ui: &mut Ui, words: &str, command: Command) {
    let response = ui.button(words).on_hover_text(hint(ui, command));
    if response.clicked() {
        state.ask(command);
    }
}

/// Everything that has no button of its own.
fn more(state: &AppState, ui: &mut Ui) {
    let menu = menu_button(ui, "Menu").accessible_name("Menu").on_hover_text("All commands");
    Popup::menu(&menu).show(|ui| {
        lines(ui, |ui| {
            ui.set_min_width(230.0);
            if !has_room(ui) {
                for k in 0..crate::samples::ALL.len() {
                    item(state, ui, Command::Sample(k), None);
                }
                ui.separator();
            }
            for (k, part) in Menu::ALL.into_iter().enumerate() {
                if k > 0 {
                    ui.separator();
                }
                for command in Command::all().into_iter().filter(|command| command.menu() == Some(part)) {
                    item(state, ui, command, None);
                }
            }
        });
    });
}

/// The lines of a menu: where there are more than the window is high, they scroll.
fn lines(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let height = ui.ctx().content_rect().height() - theme::TOP_BAR - 2.0 * theme::UNIT;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
        add(ui);
        access::follow_focus(ui);
    });
}

/// A line of a menu with its keys.
pub fn item(state: &AppState, ui: &mut Ui, command: Command, words: Option<&str>) {
    let words = words.map_or_else(|| command.title(), ToOwned::to_owned);
    let button = Button::selectable(command.chosen(state), &words).shortcut_text(hint(ui, command));
    let response = ui.add_enabled(command.enabled(state), button).accessible_name(words);
    if response.clicked() {
        state.ask(command);
        ui.close();
    }
}

/// A menu of what can be done here, on a secondary click.
pub fn menu(state: &AppState, of: &egui::Response, commands: &[Command]) {
    of.context_menu(|ui| {
        for command in commands {
            item(state, ui, *command, None);
        }
    });
}

/// A command's keys as they are written here.
pub fn hint(ui: &Ui, command: Command) -> String {
    command.keys().first().map_or_else(String::new, |keys| written(ui.ctx(), *keys))
}

/// Sizes that the bar is made for.
const _: () = assert!(theme::BUTTON_HEIGHT < theme::TOP_BAR);
