//! Everything on paper: figures, single charts and the page to hand over, drawn as SVG by plotters; PNG and PDF are
//! made from that same SVG. Sizes are points.

mod canvas;
mod chart;
mod charts;
pub mod font;
pub mod installed;
pub mod inter;
mod picture;
pub mod report;

pub use canvas::{Align, Canvas, Frame, Point, draw_picture};
pub use chart::{Chart, chart_svg};
pub use font::Type;
pub use picture::{PictureError, pixels, png, tree};
