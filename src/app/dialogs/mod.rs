//! What lies over the window.

pub mod compare;
pub mod help;
pub mod palette;
pub mod report;
