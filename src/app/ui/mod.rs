//! What panels, charts and dialogs are made of.

pub mod access;
pub mod direction;
pub mod icon;
pub mod theme;
pub mod widgets;
