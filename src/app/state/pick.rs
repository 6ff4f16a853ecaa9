//! Lines to choose one from by a few letters.

use crate::app::{command::LibraryAsk, state::form::Waiting};

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PickLine {
    /// Its words.
    pub words: String,
    /// What choosing it does.
    pub ask: LibraryAsk,
    /// The name of a person's colour; empty where a person has none. `None` where the lines are no people.
    pub colour: Option<String>,
}

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
    /// What can be chosen.
    pub lines: Vec<PickLine>,
    /// Where people are chosen: what a new one is entered for.
    pub new_person: Option<Waiting>,
}
