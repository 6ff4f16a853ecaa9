//! Spinepace tells you how long a run was at a spine-friendly pace: moving at 2 m/s or slower.
//!
//! The flow, left to right; each module imports only modules left of it:
//!
//! ```text
//! bytes -> recording -> motion -> band -> text, figure -> render, export -> library -> cli, app
//!          what a       how fast   how     the words,     paper;          what is      a script,
//!          device       the        long    what a chart   csv json        kept, of     a person
//!          wrote        runner     in the  shows          parquet gpx     whom
//!                       moved      band
//! ```
//!
//! [`units`] is the only place that converts or formats a speed, pace, distance or duration,
//! [`notice`] the one shape in which a warning reaches a person, and [`text`] holds the sentences
//! about a run. Nothing here touches the network.

#[cfg(feature = "window")]
pub mod app;
pub mod band;
pub mod cli;
pub mod export;
pub mod figure;
pub mod library;
pub mod motion;
pub mod notice;
pub mod recording;
pub mod render;
pub mod run;
pub mod samples;
pub mod text;
pub mod units;
