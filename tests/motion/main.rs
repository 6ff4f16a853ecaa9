//! How fast: against runs whose speed is known, and what must hold for any recording.

mod indoors;
mod properties;
mod truth;
