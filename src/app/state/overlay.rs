//! What lies over the window.

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
    /// Which run to compare with: what was typed, and which line is chosen.
    Compare(String, usize),
}

impl Overlay {
    /// Whether there is one.
    pub fn is_open(&self) -> bool {
        *self != Self::None
    }
}
