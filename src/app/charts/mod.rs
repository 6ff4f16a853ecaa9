//! The pictures of a run, painted from the descriptions of `figure`.

pub mod histogram;
pub mod large_route;
pub mod plot;
pub mod route;
pub mod speed;
pub mod weeks;
pub mod what_if;
