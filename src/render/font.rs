//! The fonts and what needs their measures: widths, wrapping, missing glyphs. Everything is set in Inter, which is
//! embedded; letters that it lacks come from the fonts of this computer.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use resvg::usvg::fontdb;
use skrifa::{
    MetadataProvider,
    instance::{LocationRef, Size},
};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    installed::{self, Face},
    inter,
};

/// Stands for a character that no font has.
const MISSING: char = '□';
/// Added to measured widths: kerning is not measured, and hardly ever widens.
const SLACK: f64 = 1.005;

/// The fonts that a picture needs: most look the same on every computer.
pub fn database(svg: &str) -> Arc<fontdb::Database> {
    if is_plain(svg) { inter::embedded() } else { installed::database() }
}

/// Whether Inter alone shows the text, from left to right.
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() || inter::has(c))
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Size, pt.
    pub size_pt: f64,
    /// Whether it stands out.
    pub strong: bool,
}

/// A part of a line that is set in one font and read in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The letters in the order in which they are read.
    pub text: String,
    /// The font, where it is not Inter.
    pub family: Option<Arc<str>>,
    /// How wide it is, pt.
    pub width_pt: f64,
    /// The part of that width that blanks at the left take, which SVG leaves out.
    pub indent_pt: f64,
}

/// The side from which a line is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the left: everything that the program itself says.
    LeftToRight,
    /// From the right.
    RightToLeft,
}

impl Direction {
    /// As the first letter that has a direction says.
    pub fn of(text: &str) -> Self {
        let first = text
            .chars()
            .map(bidi_class)
            .find(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
        if matches!(first, Some(BidiClass::R | BidiClass::AL)) {
            Self::RightToLeft
        } else {
            Self::LeftToRight
        }
    }

    fn level(self) -> Level {
        match self {
            Self::LeftToRight => Level::ltr(),
            Self::RightToLeft => Level::rtl(),
        }
    }
}

/// A name or another text of its own inside a sentence: its direction does not spread to what follows.
pub fn isolated(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { format!("\u{2068}{text}\u{2069}") }
}

impl Type {
    /// Regular text.
    pub const fn regular(size_pt: f64) -> Self {
        Self { size_pt, strong: false }
    }

    /// Text that stands out.
    pub const fn strong(size_pt: f64) -> Self {
        Self { size_pt, strong: true }
    }

    /// Width of a line, pt.
    pub fn width_pt(self, text: &str) -> f64 {
        if is_plain(text) {
            return self.inter_width_pt(text);
        }
        self.pieces(text, Direction::LeftToRight).iter().map(|piece| piece.width_pt).sum()
    }

    fn inter_width_pt(self, text: &str) -> f64 {
        inter::width(text, self.strong) * self.size_pt * SLACK
    }

    /// A line's pieces from left to right.
    pub fn pieces(self, line: &str, direction: Direction) -> Vec<Piece> {
        let bidi = BidiInfo::new(line, Some(direction.level()));
        let mut pieces = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let from_right = levels[run.start].is_rtl();
                let mut parts = self.one_font_each(&line[run.clone()], from_right);
                if from_right {
                    parts.reverse();
                }
                pieces.append(&mut parts);
            }
        }
        pieces
    }

    /// Cuts text of one direction where the font changes.
    fn one_font_each(self, text: &str, from_right: bool) -> Vec<Piece> {
        let letters: Vec<char> = text.chars().filter(|c| !is_mark(*c)).collect();
        let mut parts: Vec<(Option<Face>, String)> = Vec::new();
        for (k, &c) in letters.iter().enumerate() {
            let before = parts.last().and_then(|(face, _)| face.as_ref());
            let joins = |face: &&Face| {
                // Accents stand with their letter, and blanks with words on both sides.
                let follows = letters[k + 1..].iter().find(|c| !c.is_whitespace());
                let inside =
                    c.is_whitespace() && follows.is_some_and(|c| !inter::has(*c) && installed::has(face, *c));
                (inside || !inter::has(c) || is_accent(c)) && (installed::has(face, c) || is_joiner(c))
            };
            let face = match before.filter(joins) {
                Some(face) => Some(face.clone()),
                None if inter::has(c) => None,
                None => installed::face(c, self.strong),
            };
            match parts.last_mut() {
                Some((last, part)) if *last == face => part.push(c),
                _ => parts.push((face, c.to_string())),
            }
        }
        let measured = |(face, text): (Option<Face>, String)| {
            let width_pt = |text: &str| match &face {
                None => self.inter_width_pt(text),
                Some(face) => shaped_width(face, text) * self.size_pt,
            };
            let left = match from_right {
                true => &text[text.trim_end().len()..],
                false => &text[..text.len() - text.trim_start().len()],
            };
            let (width_pt, indent_pt) = (width_pt(&text), width_pt(left));
            Piece { text, family: face.map(|face| face.family), width_pt, indent_pt }
        };
        parts.into_iter().map(measured).collect()
    }

    /// This type, or a smaller one in which the text is at most `width_pt` wide.
    #[must_use]
    pub fn fitting(self, text: &str, width_pt: f64) -> Self {
        Self { size_pt: self.size_pt * (width_pt / self.width_pt(text)).min(1.0), ..self }
    }

    /// Breaks text into lines of at most `width_pt`, at blanks where it can, else anywhere. Line ends stay.
    pub fn wrap(self, text: &str, width_pt: f64) -> Vec<String> {
        text.lines().flat_map(|line| self.wrap_line(line, width_pt)).collect()
    }

    fn wrap_line(self, text: &str, width_pt: f64) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let line = lines.last_mut().map_or("", |line| line.as_str());
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width_pt(&joined) <= width_pt {
                lines.pop();
                lines.push(joined);
                continue;
            }
            if line.is_empty() {
                lines.pop();
            }
            let mut part = String::new();
            for letter in word.graphemes(true) {
                if !part.is_empty() && self.width_pt(&format!("{part}{letter}")) > width_pt {
                    lines.push(std::mem::take(&mut part));
                }
                part.push_str(letter);
            }
            lines.push(part);
        }
        lines
    }

    /// The text, or its beginning and "…" where it is wider than `width_pt`. A number is whole or left out: "10…" could be
    /// read as ten of a hundred.
    pub fn shorten(self, text: &str, width_pt: f64) -> String {
        if self.width_pt(text) <= width_pt {
            return text.to_owned();
        }
        let mut short: String = text.to_owned();
        while let Some(next) = short.pop() {
            if short.ends_with(|c: char| c.is_ascii_digit())
                && (next.is_ascii_digit() || ".:%".contains(next))
            {
                continue;
            }
            let candidate = format!("{}…", short.trim_end_matches([' ', ',', '·', '(']));
            if self.width_pt(&candidate) <= width_pt {
                return candidate;
            }
        }
        "…".to_owned()
    }
}

/// The width of letters as they are shaped together, in sizes of the type.
fn shaped_width(face: &Face, text: &str) -> f64 {
    static MEASURED: LazyLock<Mutex<HashMap<(fontdb::ID, String), f64>>> = LazyLock::new(Mutex::default);
    /// Far more than the lines of a page.
    const MOST: usize = 20_000;
    let mut measured = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    if measured.len() > MOST {
        measured.clear();
    }
    *measured.entry((face.id, text.to_owned())).or_insert_with(|| {
        installed::with_font(face.id, |font| {
            let mut buffer = harfrust::UnicodeBuffer::new();
            buffer.push_str(text);
            buffer.guess_segment_properties();
            let data = harfrust::ShaperData::new(font);
            let shaped = data.shaper(font).build().shape(buffer, harfrust::ShapeOptions::new());
            let units: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
            let units_per_em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
            f64::from(units) / f64::from(units_per_em)
        })
        .unwrap_or(0.0)
    })
}

/// Direction marks: they order a line and are not drawn.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// They tell whether the letters beside them join.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn is_accent(c: char) -> bool {
    bidi_class(c) == BidiClass::NSM
}

/// The text with every character that no font has replaced by [`MISSING`], and those characters, each once.
/// Control characters and marks without a width of their own are dropped, but for those that join letters.
pub fn printable(text: &str) -> (String, Vec<char>) {
    let mut lacking = Vec::new();
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => clean.push(c),
            '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' => clean.push(' '),
            _ if is_joiner(c) => {
                if clean.chars().next_back().is_some_and(|before| !inter::has(before)) {
                    clean.push(c);
                }
            }
            // Joiners, direction marks, variation selectors, the byte order mark.
            '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}' => {}
            _ if c.is_control() || is_mark(c) => {}
            _ if inter::has(c)
                || [false, true].iter().all(|strong| installed::face(c, *strong).is_some()) =>
            {
                clean.push(c);
            }
            _ => {
                if !lacking.contains(&c) {
                    lacking.push(c);
                }
                clean.push(MISSING);
            }
        }
    }
    (clean, lacking)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: Type = Type::regular(9.0);

    #[test]
    fn european_names_are_printable() {
        for name in
            ["Ελένη Παπαδοπούλου", "Łukasz Żółć-Święcicki", "Çağrı Iğdır İşçi", "Юлия Щербакова", "Belavý"]
        {
            assert_eq!(printable(name), (name.to_owned(), Vec::new()));
        }
        assert_eq!(printable("2 ≤ 3 · 8:20 – ± → …").1, Vec::<char>::new());
    }

    #[test]
    fn what_the_font_lacks_is_marked() {
        // For private use: no font has them.
        let (text, lacking) = printable("\u{10fffd} \u{10fffd}\u{200d}\u{f5555} Ann\u{7}");
        assert_eq!((text.as_str(), lacking), ("□ □□ Ann", vec!['\u{10fffd}', '\u{f5555}']));
        assert!(inter::has(MISSING));
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "One two three, a-very-long-word-that-cannot-be-broken-at-any-blank-at-all and four.";
        for width in [20.0, 60.0, 200.0] {
            let lines = BODY.wrap(text, width);
            assert!(lines.iter().all(|line| BODY.width_pt(line) <= width), "{lines:?}");
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        assert_eq!(BODY.wrap("a\n\nb", 100.0), ["a", "", "b"]);
    }

    #[test]
    fn digits_are_equally_wide() {
        let widths: Vec<f64> = ('0'..='9').map(|c| Type::strong(10.0).width_pt(&c.to_string())).collect();
        assert!(widths.iter().all(|w| *w == widths[0]), "{widths:?}");
    }

    #[test]
    fn too_long_ends_with_an_ellipsis() {
        let short = BODY.shorten("a long name of a runner", 60.0);
        assert!(short.ends_with('…') && BODY.width_pt(&short) <= 60.0, "{short}");
        assert_eq!(BODY.shorten("short", 60.0), "short");
        let room_for_two_digits = BODY.width_pt("moving, 10…") + 0.01;
        assert_eq!(BODY.shorten("moving, 100% of the time", room_for_two_digits), "moving…");
    }
}
