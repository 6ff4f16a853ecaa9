//! On what the triangles of a chart's lines depend: they are made anew only when one of it changes.

use egui::Rect;

use crate::figure::Palette;

/// Where lines are drawn and how, beside what they show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// Where on the screen.
    pub area: Rect,
    /// From values to places: the ends of the axes, or a map's middle and scale.
    pub scale: [f64; 3],
    /// The size of labels, by which the width of lines goes.
    pub size: f32,
    /// Pixels in a point.
    pub pixels_per_point: f32,
    /// The colours.
    pub palette: Palette,
}
