//! On what the triangles of a chart's lines and the place of its words depend: they are made anew only when one of it
//! changes.

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

/// Where the threshold's words stand in the speed chart.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Words {
    /// Where they begin.
    pub left: f32,
    /// Whether they stand below the line.
    pub below: bool,
    /// Whether there is room for a few words only.
    pub short: bool,
}
