//! What lies over the window.

use crate::app::state::{form::Form, path_field::PathField, pick::Pick, told::Told};

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
    /// A few fields to be written into the library.
    Form(Form),
    /// One of several lines to choose from: people, backups.
    Pick(Pick),
    /// What became of something: a receipt, what a backup holds.
    Told(Told),
    /// The page over a person's weeks.
    Period,
}

impl Overlay {
    /// Whether there is one.
    pub fn is_open(&self) -> bool {
        *self != Self::None
    }
}
