//! What is typed and nobody is to read: a passcode, a recovery key.

use std::{any::TypeId, fmt, ops::Range};

use egui::{
    TextBuffer,
    text::{CCursor, CharIndex},
};

use crate::library::Wiped;

/// Room for a long sentence: what is typed stays where it is.
const ROOM: usize = 256;
/// What a field sees of a letter.
const DOT: char = '•';

/// Text that a field can change and never sees. What a field remembers of its text (for undo, for the next frame, as
/// pixels) is not wiped from memory, so it is given as many dots; the letters lie here alone, and are overwritten when
/// they are no longer needed.
pub struct SecretText {
    letters: Wiped<String>,
    dots: String,
}

impl SecretText {
    /// This text.
    pub fn of(text: &str) -> Self {
        let mut secret = Self::default();
        secret.insert_text(text, CharIndex(0));
        secret
    }

    /// What was typed.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    fn byte(&self, place: CharIndex) -> usize {
        self.letters.char_indices().nth(place.0).map_or(self.letters.len(), |(byte, _)| byte)
    }

    /// These letters instead, in a place of their own; the old ones are overwritten.
    fn put(&mut self, before: usize, between: &str, after: usize) {
        let wanted = before + between.len() + self.letters.len() - after;
        let mut letters = Wiped::new(String::with_capacity(wanted.max(ROOM)));
        for part in [&self.letters[..before], between, &self.letters[after..]] {
            letters.push_str(part);
        }
        self.dots = DOT.to_string().repeat(letters.chars().count());
        self.letters = letters;
    }
}

impl Default for SecretText {
    fn default() -> Self {
        Self { letters: Wiped::new(String::new()), dots: String::new() }
    }
}

impl Clone for SecretText {
    fn clone(&self) -> Self {
        Self::of(&self.letters)
    }
}

impl PartialEq for SecretText {
    fn eq(&self, other: &Self) -> bool {
        *self.letters == *other.letters
    }
}

impl Eq for SecretText {}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText")
    }
}

impl TextBuffer for SecretText {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        &self.dots
    }

    fn insert_text(&mut self, text: &str, char_index: CharIndex) -> usize {
        let place = self.byte(char_index);
        self.put(place, text, place);
        text.chars().count()
    }

    fn delete_char_range(&mut self, char_range: Range<CharIndex>) {
        let (from, to) = (self.byte(char_range.start), self.byte(char_range.end));
        self.put(from, "", to.max(from));
    }

    /// Undo and redo know dots only.
    fn replace_with(&mut self, _: &str) {}

    /// Words are not told: their length would be.
    fn delete_previous_word(&mut self, max_ccursor: CCursor) -> CCursor {
        self.delete_selected_ccursor_range([CCursor::default(), max_ccursor])
    }

    fn type_id(&self) -> TypeId {
        TypeId::of::<Self>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_changes_what_it_never_sees() {
        let mut secret = SecretText::of("nine slöw miles");
        secret.insert_text("very ", CharIndex(5));
        assert_eq!((secret.letters(), secret.as_str()), ("nine very slöw miles", "•".repeat(20).as_str()));
        secret.delete_char_range(CharIndex(10)..CharIndex(15));
        assert_eq!((secret.letters(), secret.as_str().chars().count()), ("nine very miles", 15));
        secret.replace_with("•••");
        assert_eq!(secret.letters(), "nine very miles", "dots take nothing back");
        assert_eq!(format!("{secret:?}"), "SecretText");
        secret.delete_previous_word(CCursor::new(10));
        assert_eq!(secret.letters(), "miles");
        secret.clear();
        assert_eq!((secret.letters(), secret.as_str()), ("", ""));
    }
}
