//! One page to hand over: the numbers of one run, its charts, why 2 m/s, and room for a therapist's note.
//!
//! The page is drawn once, as SVG; PDF and PNG are made from that SVG, so that all three say the same.

mod blocks;
mod frame;
mod layout;
mod pdf;
mod rows;

use std::fmt;

use crate::{
    band::Summary,
    figure::{draw, local_start},
    motion::Motion,
    notice::Notice,
    recording::Recording,
    units::SpeedUnit,
};

pub use crate::figure::draw::PictureError;

/// The paper a page is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Paper {
    /// 210 x 297 mm, 595 x 842 pt.
    #[default]
    A4,
    /// 8.5 x 11 inches, 612 x 792 pt.
    Letter,
}

impl Paper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// Width and height, pt.
    pub fn size_pt(self) -> [f64; 2] {
        match self {
            Self::A4 => [595.0, 842.0],
            Self::Letter => [612.0, 792.0],
        }
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::A4 => "A4",
            Self::Letter => "US Letter",
        })
    }
}

/// What a person chooses for a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Options {
    /// The paper.
    pub paper: Paper,
    /// Name or pseudonym of the runner; where empty, the run's own name stands there.
    pub name: String,
    /// The therapist's note; where empty, a box to write in.
    pub note: String,
    /// Whether to draw the route, without its first and last [`HIDDEN_ENDS_M`].
    pub route: bool,
    /// The unit beside m/s.
    pub unit: SpeedUnit,
}

/// What the route leaves out at both ends, m, so that a page does not show where somebody lives.
pub const HIDDEN_ENDS_M: f64 = 200.0;

/// Pictures of a page have this many pixels to the inch.
pub const PNG_DPI: f32 = 200.0;

/// What did not fit or could not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The note is longer than its box; the page says so too.
    NoteShortened {
        /// Characters that are on the page.
        shown: usize,
        /// Characters of the note.
        of: usize,
    },
    /// The name is longer than five lines.
    NameShortened,
    /// The font lacks these characters; a box stands for each.
    GlyphsMissing(Vec<char>),
}

impl Warning {
    /// The words for a person.
    pub fn notice(&self) -> Notice {
        match self {
            Self::NoteShortened { shown, of } => Notice {
                code: "note-shortened",
                message: format!("the note is too long: {shown} of its {of} characters are on the page"),
                count: of - shown,
                advice: "Shorten the note, or hand it over on a page of its own.",
            },
            Self::NameShortened => Notice {
                code: "name-shortened",
                message: "the name is too long and was shortened on the page".to_owned(),
                count: 1,
                advice: "Use a shorter name or a pseudonym.",
            },
            Self::GlyphsMissing(lacking) => Notice {
                code: "characters-missing",
                message: format!(
                    "the report's font lacks {}; a box stands for each",
                    lacking.iter().map(|c| format!("“{c}”")).collect::<Vec<_>>().join(" ")
                ),
                count: lacking.len(),
                advice: "Write the name or note in Latin, Greek or Cyrillic letters.",
            },
        }
    }
}

/// A page, drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    svg: String,
    title: String,
    paper: Paper,
    warnings: Vec<Warning>,
}

impl Page {
    /// Draws the page of one run; `motion` and `summary` are the recording's own.
    pub fn new(recording: &Recording, motion: &Motion, summary: &Summary, options: &Options) -> Self {
        let mut warnings = Vec::new();
        let mut lacking = Vec::new();
        let mut printable = |text: &str| {
            let (clean, missing) = draw::font::printable(text.trim());
            lacking.extend(missing);
            clean
        };
        let asked = if options.name.trim().is_empty() { &recording.name } else { &options.name };
        let name = printable(asked).split_whitespace().collect::<Vec<_>>().join(" ");
        let note = printable(&options.note);
        let start = local_start(recording);
        let title = match name.as_str() {
            "" => format!("Running and your back, {}", start.format("%-d %b %Y")),
            name => format!("Running and your back: {name}, {}", start.format("%-d %b %Y")),
        };
        let content = layout::Content { recording, motion, summary, options, start, name, note };
        let svg = layout::draw(&content, &title, &mut warnings);
        if !lacking.is_empty() {
            lacking.sort_unstable();
            lacking.dedup();
            warnings.push(Warning::GlyphsMissing(lacking));
        }
        Self { svg, title, paper: options.paper, warnings }
    }

    /// What did not fit or could not be printed.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The page's title, as PDF viewers show it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The page as SVG; its text is text, set in Inter where the viewer has it.
    pub fn to_svg(&self) -> &str {
        &self.svg
    }

    /// The page as PDF: vectors, fonts embedded, text that can be selected, title and language set.
    pub fn to_pdf(&self) -> Result<Vec<u8>, PictureError> {
        pdf::write(&draw::tree(&self.svg)?, self.paper.size_pt(), &self.title)
    }

    /// The page as PNG; [`PNG_DPI`] is right for printing.
    pub fn to_png(&self, dpi: f32) -> Result<Vec<u8>, PictureError> {
        draw::png(&self.svg, dpi)
    }

    /// The page as pixels (red, green, blue, alpha), for a preview: width, height, bytes.
    pub fn to_pixels(&self, dpi: f32) -> Result<(u32, u32, Vec<u8>), PictureError> {
        let pixmap = draw::pixels(&self.svg, dpi)?;
        Ok((pixmap.width(), pixmap.height(), pixmap.take()))
    }
}
