//! What stands in the table of commands beside their names: parts of the menu, and keys.

use egui::{Key, KeyboardShortcut, Modifiers};

/// The parts of the menu, between whose commands a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// Runs, and what is done with them.
    Runs,
    /// The library: people, and what is kept of them.
    Library,
    /// Light or dark.
    Theme,
    /// How the window looks.
    Window,
    /// To find one's way.
    Help,
}

impl Menu {
    /// All parts, from top to bottom.
    pub const ALL: [Self; 5] = [Self::Runs, Self::Library, Self::Theme, Self::Window, Self::Help];
}

/// The key alone.
pub const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// With Shift.
pub const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// With Ctrl, or Cmd on a Mac.
pub const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// With both.
pub const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}
