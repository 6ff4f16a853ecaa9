//! What takes more than a line to say: a receipt, what a backup holds, whether all is well.

use crate::app::command::LibraryAsk;

/// A sheet that is read, saved, or taken up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// Its heading.
    pub title: String,
    /// What comes first.
    pub about: String,
    /// Lines in two columns.
    pub rows: Vec<[String; 2]>,
    /// What can be saved of it: its file's usual name, and the text.
    pub text: Option<(String, String)>,
    /// What can be done about it: the button's words.
    pub does: Option<(&'static str, LibraryAsk)>,
}
