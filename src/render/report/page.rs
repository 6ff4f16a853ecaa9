//! A drawn page, as SVG, PDF or PNG.

use crate::{
    band::Summary,
    render::{
        font,
        picture::{self, PictureError},
    },
    run::Run,
    text::local_start,
};

use super::{
    layout,
    options::{Options, Paper},
    pdf,
    sheet::Content,
    warning::Warning,
};

/// Pictures of a page have this many pixels to the inch.
pub const PNG_DPI: f32 = 200.0;

/// A page, drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    svg: String,
    title: String,
    paper: Paper,
    warnings: Vec<Warning>,
}

impl Page {
    /// Draws the page of one run; `summary` is its own.
    pub fn new(run: &Run, summary: &Summary, options: &Options) -> Self {
        let recording = &run.recording;
        let mut warnings = Vec::new();
        let mut lacking = Vec::new();
        let mut printable = |text: &str| {
            let (clean, missing) = font::printable(text.trim());
            lacking.extend(missing);
            clean
        };
        // A file's name says nothing to whoever reads the page, or more than they should know.
        let own = if recording.is_named_after_file { "" } else { recording.name.as_str() };
        let asked = if options.name.trim().is_empty() { own } else { options.name.as_str() };
        let name = printable(asked).split_whitespace().collect::<Vec<_>>().join(" ");
        let note = printable(&options.note);
        let start = local_start(recording);
        let title = match name.as_str() {
            "" => format!("Running and your back, {}", start.format("%-d %b %Y")),
            name => format!("Running and your back: {name}, {}", start.format("%-d %b %Y")),
        };
        let content = Content { run, summary, options, name, note };
        let svg = layout::draw(&content, &title, &mut warnings);
        if options.route && !recording.fixes.has_positions() {
            warnings.push(Warning::NoRoute);
        }
        if !lacking.is_empty() {
            lacking.sort_unstable();
            lacking.dedup();
            warnings.push(Warning::GlyphsMissing(lacking));
        }
        Self { svg, title, paper: options.paper, warnings }
    }

    /// A page that was drawn elsewhere.
    pub(super) fn drawn(svg: String, title: String, paper: Paper, warnings: Vec<Warning>) -> Self {
        Self { svg, title, paper, warnings }
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
        pdf::write(&picture::tree(&self.svg)?, self.paper.size_pt(), &self.title)
    }

    /// The page as PNG; [`PNG_DPI`] is right for printing.
    pub fn to_png(&self, dpi: f32) -> Result<Vec<u8>, PictureError> {
        picture::png(&self.svg, dpi)
    }

    /// The page as pixels (red, green, blue, alpha), for a preview: width, height, bytes.
    pub fn to_pixels(&self, dpi: f32) -> Result<(u32, u32, Vec<u8>), PictureError> {
        let pixmap = picture::pixels(&self.svg, dpi)?;
        Ok((pixmap.width(), pixmap.height(), pixmap.take()))
    }
}
