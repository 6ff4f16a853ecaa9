//! One page to hand over, of one run or of some weeks: the numbers, its charts, why 2 m/s, and room for a therapist's
//! note.
//!
//! The page is drawn once, as SVG; PDF and PNG are made from that SVG, so that all three say the same.

mod blocks;
mod frame;
mod layout;
mod options;
mod page;
mod pdf;
mod period;
mod rows;
mod sheet;
mod warning;
mod week_table;

pub use options::{HIDDEN_ENDS_M, Options, Paper};
pub use page::{PNG_DPI, Page};
pub use period::Period;
pub use warning::Warning;
pub use week_table::{Day, Outcome, PeriodWeek};

pub use super::picture::PictureError;
