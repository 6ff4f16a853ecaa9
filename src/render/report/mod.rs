//! One page to hand over: the numbers of one run, its charts, why 2 m/s, and room for a therapist's note.
//!
//! The page is drawn once, as SVG; PDF and PNG are made from that SVG, so that all three say the same.

mod blocks;
mod frame;
mod layout;
mod options;
mod page;
mod pdf;
mod rows;
mod sheet;
mod warning;

pub use options::{HIDDEN_ENDS_M, Options, Paper};
pub use page::{PNG_DPI, Page};
pub use warning::Warning;

pub use super::picture::PictureError;
