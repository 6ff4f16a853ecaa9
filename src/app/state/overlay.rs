//! What lies over the window.

use crate::app::state::path_field::PathField;

/// One of the dialogs, or none.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The command palette: what was typed, and which line is chosen.
    Palette(String, usize),
    /// The sheet of shortcuts.
    Help,
    /// What the explanation rests on.
    Sources,
    /// The report.
    Report,
    /// Where a file is, or is to be saved.
    Path(PathField),
    /// Whether nothing is to be kept from now on, and what was kept removed.
    KeepNothing,
    /// Which run to compare with: what was typed, and which line is chosen.
    Compare(String, usize),
}

impl Overlay {
    /// Whether there is one.
    pub fn is_open(&self) -> bool {
        *self != Self::None
    }
}
