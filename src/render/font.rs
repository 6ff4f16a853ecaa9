//! The embedded font and what needs its measures: widths, wrapping, missing glyphs.

use std::sync::{Arc, LazyLock};

use ab_glyph::{Font, FontRef};
use svg2pdf::usvg::fontdb;

/// Inter, regular, with digits of one width (assets/fonts/README.md).
static REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
/// Inter, semi-bold; the bold of every picture.
static SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// Stands for a character that the font lacks.
const MISSING: char = '□';
/// Added to measured widths: kerning is not measured, and hardly ever widens.
const SLACK: f64 = 1.005;

static FACES: LazyLock<[Option<FontRef<'static>>; 2]> =
    LazyLock::new(|| [REGULAR, SEMI_BOLD].map(|bytes| FontRef::try_from_slice(bytes).ok()));

static DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for bytes in [REGULAR, SEMI_BOLD] {
        database.load_font_data(bytes.to_vec());
    }
    Arc::new(database)
});

/// The embedded fonts alone: pictures look the same on every computer.
pub fn database() -> Arc<fontdb::Database> {
    Arc::clone(&DATABASE)
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Size, pt.
    pub size_pt: f64,
    /// Whether it stands out.
    pub strong: bool,
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
        text.chars().map(|c| self.advance_pt(c)).sum::<f64>() * SLACK
    }

    fn advance_pt(self, c: char) -> f64 {
        let Some(face) = &FACES[usize::from(self.strong)] else { return 0.6 * self.size_pt };
        let units = face.units_per_em().unwrap_or(1000.0);
        f64::from(face.h_advance_unscaled(face.glyph_id(c)) / units) * self.size_pt
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
            for c in word.chars() {
                part.push(c);
                if self.width_pt(&part) > width_pt && part.chars().count() > 1 {
                    part.pop();
                    lines.push(std::mem::take(&mut part));
                    part.push(c);
                }
            }
            lines.push(part);
        }
        lines
    }

    /// The text, or its beginning and "…" where it is wider than `width_pt`.
    pub fn shorten(self, text: &str, width_pt: f64) -> String {
        if self.width_pt(text) <= width_pt {
            return text.to_owned();
        }
        let mut short: String = text.to_owned();
        while short.pop().is_some() {
            let candidate = format!("{}…", short.trim_end());
            if self.width_pt(&candidate) <= width_pt {
                return candidate;
            }
        }
        "…".to_owned()
    }
}

/// The text with every character that the font lacks replaced by [`MISSING`], and those characters, each once.
/// Marks without a width of their own and control characters are dropped.
pub fn printable(text: &str) -> (String, Vec<char>) {
    let mut lacking = Vec::new();
    let clean = text
        .chars()
        .filter_map(|c| match c {
            '\n' => Some(c),
            '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(' '),
            // Joiners, direction marks, variation selectors, the byte order mark.
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ad}' => None,
            _ if c.is_control() => None,
            _ if has(c) => Some(c),
            _ => {
                if !lacking.contains(&c) {
                    lacking.push(c);
                }
                Some(MISSING)
            }
        })
        .collect();
    (clean, lacking)
}

fn has(c: char) -> bool {
    FACES.iter().all(|face| face.as_ref().is_some_and(|face| face.glyph_id(c).0 != 0))
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
        let (text, lacking) = printable("王 王\u{200d}🏃 Ann\u{7}");
        assert_eq!((text.as_str(), lacking), ("□ □□ Ann", vec!['王', '🏃']));
        assert!(has(MISSING));
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
    }
}
