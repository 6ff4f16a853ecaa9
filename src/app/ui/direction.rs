//! Names in Arabic, Hebrew and the like, in the order in which they are seen: egui sets the letters of a word from the
//! right, and the words of a line from the left.

use std::borrow::Cow;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// A name as it is seen, in the direction of its own first letter.
pub fn name(text: &str) -> Cow<'_, str> {
    in_order(text, None)
}

/// A sentence of the program's own with names in it.
pub fn sentence(text: &str) -> Cow<'_, str> {
    in_order(text, Some(Level::ltr()))
}

/// A name as it is seen, without as much of its end as does not fit. One from the left is left to egui, which cuts it
/// at the right, where a name from the right begins.
pub fn fitting(text: &str, fits: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let whole = name(text);
    if matches!(whole, Cow::Borrowed(_)) || fits(&whole) {
        return whole;
    }
    let ends = text.char_indices().rev().map(|(at, _)| at);
    let mut shorter = ends.map(|at| name(&format!("{}…", text[..at].trim_end())).into_owned());
    shorter.find(|words| fits(words)).map_or(whole, Cow::Owned)
}

fn is_from_right(letter: char) -> bool {
    matches!(bidi_class(letter), BidiClass::R | BidiClass::AL)
}

fn in_order(text: &str, level: Option<Level>) -> Cow<'_, str> {
    if !text.chars().any(is_from_right) {
        return Cow::Borrowed(text);
    }
    let bidi = BidiInfo::new(text, level);
    let mut seen = String::with_capacity(text.len());
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            match levels[run.start].is_rtl() {
                true => words(&text[run]).iter().rev().for_each(|word| seen.push_str(word)),
                false => seen.push_str(&text[run]),
            }
        }
    }
    Cow::Owned(seen)
}

/// Words, which are set from the right as they are, and all that stands between them, brackets turned round.
fn words(run: &str) -> Vec<String> {
    let mut words: Vec<(bool, String)> = Vec::new();
    for letter in run.chars() {
        let joins = is_from_right(letter) || bidi_class(letter) == BidiClass::NSM;
        match words.last_mut() {
            Some((true, word)) if joins => word.push(letter),
            _ => words.push((joins, turned(letter).to_string())),
        }
    }
    words.into_iter().map(|(_, word)| word).collect()
}

fn turned(letter: char) -> char {
    match letter {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_from_the_right_stand_in_the_order_of_reading() {
        // Letters of a word stay in the order in which they are typed: they are set from the right by themselves.
        let [a, b, c] = ["\u{5d0}\u{5d1}", "\u{5d2}\u{5d3}", "\u{5d4}\u{5d5}"];
        assert_eq!(name(&format!("{a} {b} {c}")), format!("{c} {b} {a}"));
        assert_eq!(name(&format!("{a} ({b}) 12")), format!("12 ({b}) {a}"));
        assert_eq!(sentence(&format!("than {a} {b}, Mon 4 May")), format!("than {b} {a}, Mon 4 May"));
        assert!(matches!(name("Riverside (5 km)"), Cow::Borrowed("Riverside (5 km)")));
        // What does not fit is cut at the end, which is at the left.
        assert_eq!(fitting(&format!("{a} {b} {c}"), |words| words.chars().count() < 7), format!("…{b} {a}"));
        // A vowel sign stays with its letter.
        let shalom = "\u{5e9}\u{5b8}\u{5dc}\u{5d5}\u{5b9}\u{5dd}";
        assert_eq!(name(&format!("{shalom} {a}")), format!("{a} {shalom}"));
    }
}
