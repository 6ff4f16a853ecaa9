//! Lines to choose one from by a few letters.

use std::collections::HashMap;

use crate::app::{command::LibraryAsk, state::form::Waiting};

/// The lines, and what was typed to find one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// What is chosen.
    pub title: &'static str,
    /// What the field is for.
    pub hint: &'static str,
    /// What was typed.
    pub typed: String,
    /// Which of the lines that fit is marked.
    pub line: usize,
    /// Each line with what choosing it does.
    pub lines: Vec<(String, LibraryAsk)>,
    /// The colours of those of the lines that have one, by the line's words.
    pub colours: HashMap<String, String>,
    /// Where people are chosen: what a new one is entered for.
    pub new_person: Option<Waiting>,
}
