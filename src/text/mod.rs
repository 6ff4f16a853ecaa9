//! Every sentence about a run, written once: window, page and command line say the same.

pub mod article;
pub mod spoken;
mod summary;

pub use summary::{notice_text, summary_text};
