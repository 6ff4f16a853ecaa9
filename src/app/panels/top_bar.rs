//! The bar at the top.

use egui::{Button, Popup, Ui};

use crate::units::SpeedUnit;

use crate::app::{
    App,
    command::Command,
    storage::settings::Theme,
    ui::{
        theme::{self, Colors, Weight},
        widgets::{as_heading, at_right, primary_button, text},
    },
};

/// The bar.
pub fn show(app: &mut App, ui: &mut Ui) {
    let colors = Colors::of(ui);
    ui.horizontal_centered(|ui| {
        let name = ui.label(text("Spinepace", 15.0, Weight::SemiBold, colors.ink));
        as_heading(&name, "Spinepace");
        ui.add_space(22.0);
        button(app, ui, "Open…", Command::Open);
        let samples = menu_button(ui, "Samples").accessible_name("Samples");
        Popup::menu(&samples).show(|ui| {
            for k in 0..crate::samples::ALL.len() {
                item(app, ui, Command::Sample(k), Some(crate::samples::ALL[k].title), false);
            }
        });
        if app.entries.len() > 1 {
            button(app, ui, "Compare", Command::Compare);
        }
        at_right(ui, "top bar", |ui| {
            let unit = menu_button(ui, app.settings.unit.symbol());
            let unit = unit.accessible_name(format!("Unit, {}", app.settings.unit.symbol()));
            Popup::menu(&unit).show(|ui| {
                for unit in SpeedUnit::ALL {
                    let words = format!("{}, {}", unit.symbol(), unit.name());
                    item(app, ui, Command::Unit(unit), Some(&words), app.settings.unit == unit);
                }
            });
            if app.shown.is_some() {
                button(app, ui, "Present", Command::Present);
                let report = primary_button(ui, "Report").on_hover_text(hint(ui, Command::Report));
                if report.clicked() {
                    app.ask(Command::Report);
                }
            }
            more(app, ui);
        });
    });
}

/// A button that opens a menu: words and a small triangle.
fn menu_button(ui: &mut Ui, words: &str) -> egui::Response {
    let colors = Colors::of(ui);
    let triangle = text("▼", 7.5, Weight::Regular, colors.muted);
    ui.add(Button::new((words, triangle)).gap(6.0))
}

fn button(app: &mut App, ui: &mut Ui, words: &str, command: Command) {
    let response = ui.button(words).on_hover_text(hint(ui, command));
    if response.clicked() {
        app.ask(command);
    }
}

/// Everything that has no button of its own.
fn more(app: &mut App, ui: &mut Ui) {
    let menu = menu_button(ui, "Menu").accessible_name("Menu").on_hover_text("All commands");
    Popup::menu(&menu).show(|ui| {
        ui.set_min_width(230.0);
        for command in [
            Command::Open,
            Command::OpenFolder,
            Command::Report,
            Command::SaveChart,
            Command::CopyChart,
            Command::CopySummary,
            Command::Compare,
            Command::Play,
            Command::Undo,
            Command::Redo,
            Command::Uncut,
            Command::Close,
        ] {
            item(app, ui, command, None, false);
        }
        ui.separator();
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            item(app, ui, Command::Theme(theme), None, app.settings.theme == theme);
        }
        ui.separator();
        item(app, ui, Command::Article, None, app.settings.article);
        let reduced = app.reduced_motion();
        item(app, ui, Command::ReducedMotion, None, reduced);
        for command in [Command::Larger, Command::Smaller, Command::NormalSize, Command::Present] {
            item(app, ui, command, None, false);
        }
        ui.separator();
        for command in [Command::Palette, Command::Help, Command::Sources, Command::Quit] {
            item(app, ui, command, None, false);
        }
    });
}

/// A line of a menu with its keys.
fn item(app: &mut App, ui: &mut Ui, command: Command, words: Option<&str>, chosen: bool) {
    let words = words.map_or_else(|| command.title(), ToOwned::to_owned);
    let button = Button::selectable(chosen, &words).shortcut_text(hint(ui, command));
    let response = ui.add_enabled(command.enabled(app), button).accessible_name(words);
    if response.clicked() {
        app.ask(command);
        ui.close();
    }
}

/// A command's keys as they are written here.
pub fn hint(ui: &Ui, command: Command) -> String {
    command.shortcuts().first().map_or_else(String::new, |keys| ui.ctx().format_shortcut(keys))
}

/// Sizes that the bar is made for.
const _: () = assert!(theme::BUTTON_HEIGHT < theme::TOP_BAR);
