//! Keys that were pressed, as the commands that they stand for.

use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};

use crate::app::{command::Command, state::AppState};

/// Keys as they are written on this computer: “Ctrl+O”, “?”, “Ctrl +”.
pub fn written(ctx: &Context, keys: KeyboardShortcut) -> String {
    let sign = match keys.logical_key {
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Equals => "=",
        Key::Questionmark => "?",
        Key::PageDown => "Page Down",
        Key::PageUp => "Page Up",
        Key::Escape => "Esc",
        _ => return ctx.format_shortcut(&keys),
    };
    let modifiers = ctx.format_modifiers(keys.modifiers);
    match modifiers.as_str() {
        "" => sign.to_owned(),
        // "Ctrl++" would be a riddle.
        modifiers => format!("{} {sign}", modifiers.trim_end_matches('+')),
    }
}

/// Collects the commands whose keys were pressed.
pub fn pressed(state: &AppState, ctx: &Context) -> Vec<Command> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_stand_on_the_keyboard() {
        let ctx = Context::default();
        ctx.set_os(egui::os::OperatingSystem::Nix);
        let of = |modifiers, key| written(&ctx, KeyboardShortcut::new(modifiers, key));
        assert_eq!(of(Modifiers::COMMAND, Key::O), "Ctrl+O");
        assert_eq!(of(Modifiers::NONE, Key::Questionmark), "?");
        assert_eq!(of(Modifiers::COMMAND, Key::Plus), "Ctrl +");
        assert_eq!(of(Modifiers::NONE, Key::PageDown), "Page Down");
        for command in Command::all() {
            for keys in command.keys() {
                let words = written(&ctx, keys);
                assert!(
                    !["Plus", "Minus", "Equals", "Questionmark"].iter().any(|it| words.contains(it)),
                    "{words}"
                );
            }
        }
    }
}
