//! An SVG that was drawn, as pixels and as PNG.

use resvg::{tiny_skia, usvg};
use thiserror::Error;

use super::font;

/// Why a picture could not be made from its SVG.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The SVG was not understood.
    #[error("the drawn page could not be read back ({0}); please report this")]
    Svg(#[from] usvg::Error),
    /// No memory for so many pixels, or none at all.
    #[error("a picture of {width} x {height} pixels cannot be made; ask for a lower resolution")]
    Pixels {
        /// Asked width.
        width: u32,
        /// Asked height.
        height: u32,
    },
    /// The pixels could not be compressed.
    #[error("the picture could not be written as PNG ({0})")]
    Png(String),
    /// The PDF could not be made.
    #[error("the page could not be written as PDF ({0})")]
    Pdf(String),
}

/// Reads a drawn SVG with the fonts that it names, at 72 units to the inch.
pub fn tree(svg: &str) -> Result<usvg::Tree, PictureError> {
    let options = usvg::Options {
        dpi: 72.0,
        font_family: "Inter".to_owned(),
        fontdb: font::database(svg),
        // Drawing has chosen the font of each text; another one would not have the width that was measured.
        font_resolver: usvg::FontResolver {
            select_fallback: Box::new(|_, _, _| None),
            ..usvg::FontResolver::default()
        },
        ..usvg::Options::default()
    };
    Ok(usvg::Tree::from_str(svg, &options)?)
}

/// A drawn SVG as pixels, on white.
pub fn pixels(svg: &str, dpi: f32) -> Result<tiny_skia::Pixmap, PictureError> {
    let tree = tree(svg)?;
    let scale = dpi / 72.0;
    let [width, height] =
        [tree.size().width(), tree.size().height()].map(|points| (points * scale).round() as u32);
    let mut pixmap = tiny_skia::Pixmap::new(width, height).ok_or(PictureError::Pixels { width, height })?;
    pixmap.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// A drawn SVG as a PNG file.
pub fn png(svg: &str, dpi: f32) -> Result<Vec<u8>, PictureError> {
    pixels(svg, dpi)?.encode_png().map_err(|error| PictureError::Png(error.to_string()))
}
