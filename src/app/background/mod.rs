//! What threads do, so that the window never waits.

pub mod desktop;
pub mod loader;
pub mod outside;
pub mod picture;
pub mod refresh;
pub mod worker;
