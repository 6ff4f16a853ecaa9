//! Headings and paragraphs, broken into lines.

use crate::{
    figure::{Rgb, Role},
    render::{
        canvas::{Align, Canvas},
        font::Type,
    },
    text::article::Paragraph,
};

/// A heading with paragraphs, broken into lines of a known width.
pub struct Block {
    heading: &'static str,
    size_pt: f64,
    lines: Vec<Line>,
}

/// A line: words in one weight each, with where they begin; after a paragraph's last one comes more room.
struct Line {
    parts: Vec<(f64, String, bool)>,
    last: bool,
}

const HEADING: Type = Type::strong(9.0);
/// Lines stand this many sizes apart.
const LINE: f64 = 1.35;
const AFTER_PARAGRAPH_PT: f64 = 3.2;
const AFTER_HEADING_PT: f64 = 13.5;
const AFTER_BLOCK_PT: f64 = 9.0;

impl Block {
    /// Breaks paragraphs, set in `size_pt`, into lines of at most `width_pt`.
    pub fn new(heading: &'static str, paragraphs: &[Paragraph], width_pt: f64, size_pt: f64) -> Self {
        let lines = paragraphs.iter().flat_map(|paragraph| wrap(paragraph, width_pt, size_pt)).collect();
        Self { heading, size_pt, lines }
    }

    /// Its height, the room below included, pt.
    pub fn height_pt(&self) -> f64 {
        let ends = self.lines.iter().filter(|line| line.last).count() as f64;
        AFTER_HEADING_PT
            + self.lines.len() as f64 * LINE * self.size_pt
            + ends * AFTER_PARAGRAPH_PT
            + AFTER_BLOCK_PT
    }

    /// Draws it from `x`, `y` (upper left).
    pub fn draw(&self, canvas: &Canvas, x: f64, y: f64) {
        heading(canvas, self.heading, x, y);
        let mut baseline = y + AFTER_HEADING_PT + self.size_pt;
        for line in &self.lines {
            for (from, words, strong) in &line.parts {
                canvas.text(
                    [x + from, baseline],
                    words,
                    kind(*strong, self.size_pt),
                    Align::Start,
                    soft(canvas),
                );
            }
            baseline += LINE * self.size_pt + if line.last { AFTER_PARAGRAPH_PT } else { 0.0 };
        }
    }
}

/// A heading from `x`, `y` (upper left).
pub fn heading(canvas: &Canvas, words: &str, x: f64, y: f64) {
    canvas.text([x, y + 8.0], words, HEADING, Align::Start, canvas.rgb(Role::Ink));
}

/// Running text: softer than ink, firmer than muted.
pub fn soft(canvas: &Canvas) -> Rgb {
    let (ink, muted) = (canvas.rgb(Role::Ink), canvas.rgb(Role::Muted));
    let mean = |a: u8, b: u8| ((2 * u16::from(a) + u16::from(b)) / 3) as u8;
    Rgb(mean(ink.0, muted.0), mean(ink.1, muted.1), mean(ink.2, muted.2))
}

fn kind(strong: bool, size_pt: f64) -> Type {
    Type { size_pt, strong }
}

fn wrap(paragraph: &Paragraph, width_pt: f64, size_pt: f64) -> Vec<Line> {
    let mut lines = vec![Line { parts: Vec::new(), last: false }];
    let mut x = 0.0;
    let blank = kind(false, size_pt).width_pt(" ");
    for span in paragraph {
        // Where a span begins without a blank ("**2 m/s**."), its first word belongs to the word before.
        let mut glued = !span.text.starts_with(char::is_whitespace);
        for word in span.text.split_whitespace() {
            let kind = kind(span.strong, size_pt);
            let gap = if glued || x == 0.0 { 0.0 } else { blank };
            if x > 0.0 && x + gap + kind.width_pt(word) > width_pt && !glued {
                lines.push(Line { parts: Vec::new(), last: false });
                x = 0.0;
            }
            let gap = if x == 0.0 { 0.0 } else { gap };
            let Some(line) = lines.last_mut() else { continue };
            match line.parts.last_mut() {
                Some((_, words, strong)) if *strong == span.strong => {
                    if gap > 0.0 {
                        words.push(' ');
                    }
                    words.push_str(word);
                }
                _ => line.parts.push((x + gap, word.to_owned(), span.strong)),
            }
            if let Some((from, words, strong)) = line.parts.last() {
                x = from + self::kind(*strong, size_pt).width_pt(words);
            }
            glued = false;
        }
    }
    if let Some(line) = lines.last_mut() {
        line.last = true;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::article::{Section, section};

    #[test]
    fn no_line_is_too_wide_and_no_word_is_lost() {
        for width in [120.0, 250.0] {
            for one in Section::ALL {
                let paragraphs = section(one);
                let block = Block::new("Heading", &paragraphs, width, 8.0);
                let mut words = String::new();
                for line in &block.lines {
                    for (from, part, strong) in &line.parts {
                        assert!(from + kind(*strong, 8.0).width_pt(part) <= width + 0.1, "{one:?}: {part}");
                        words.push_str(part);
                    }
                }
                let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                let all: String = paragraphs.iter().flatten().map(|span| span.text.as_str()).collect();
                assert_eq!(letters(&words), letters(&all));
            }
        }
    }
}
