//! Keys that were pressed, as the commands that they stand for.

use egui::{Event, Key, KeyboardShortcut, Modifiers};

use crate::app::{command::Command, state::AppState};

/// Collects the commands whose keys were pressed.
pub fn pressed(state: &AppState, ctx: &egui::Context) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    let focused = ctx.egui_wants_keyboard_input();
    // An open sheet handles its own keys; only what closes or replaces it is heard.
    let over = state.overlay.is_open();
    let mut found = Vec::new();
    // Most frames have none, and all commands need not be asked.
    let any = |event: &Event| matches!(event, Event::Key { .. } | Event::Copy);
    if !ctx.input(|input| input.events.iter().any(any)) {
        return found;
    }
    // More modifiers first: Ctrl+Shift+O must not be taken for Ctrl+O.
    let mut keys: Vec<(KeyboardShortcut, Command)> = Command::all()
        .into_iter()
        .flat_map(|command| command.keys().into_iter().map(move |keys| (keys, command)))
        .collect();
    keys.sort_by_key(|(keys, _)| std::cmp::Reverse(keys.modifiers.shift));
    for (keys, command) in keys {
        // A capital letter is typed with Shift.
        let plain = !keys.modifiers.command;
        let function = matches!(keys.logical_key, Key::F1 | Key::F5 | Key::F11);
        if plain && typing && !function {
            continue;
        }
        // Space presses what has the focus.
        if keys.logical_key == Key::Space && focused {
            continue;
        }
        if over && !matches!(command, Command::Palette | Command::Help | Command::Quit) {
            continue;
        }
        // An open menu closes itself.
        if command == Command::Back && egui::Popup::is_any_open(ctx) {
            continue;
        }
        // A field has its own clipboard and its own way back.
        let of_field = [
            Command::CopyChart,
            Command::Undo,
            Command::Redo,
            Command::UndoInLibrary,
            Command::RedoInLibrary,
        ];
        if typing && of_field.contains(&command) {
            continue;
        }
        if command.enabled(state) && ctx.input_mut(|input| taken(input, keys)) {
            found.push(command);
        }
    }
    found
}

/// Takes a shortcut out of the input. The keys for copying arrive as what they mean on this desktop.
fn taken(input: &mut egui::InputState, keys: KeyboardShortcut) -> bool {
    if keys == KeyboardShortcut::new(Modifiers::COMMAND, Key::C) {
        let before = input.events.len();
        input.events.retain(|event| *event != Event::Copy);
        return input.events.len() < before;
    }
    input.consume_shortcut(&keys)
}
