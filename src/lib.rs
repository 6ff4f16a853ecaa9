//! Spinepace tells how long a run stayed at a spine-friendly pace: moving, and at most 2 m/s.
//!
//! The flow, left to right; each module imports only modules left of it:
//!
//! ```text
//! bytes -> recording -> motion -> band -> figure -> report, export -> cli, app
//!          what a       how fast   how     what a    one page,         a script,
//!          device       the        long    chart     csv json          a person
//!          wrote        runner     in the  shows     parquet gpx
//!                       moved      band
//! ```
//!
//! [`units`] is the only place that converts or formats a speed, pace, distance or duration,
//! [`notice`] the one shape in which a warning reaches a person, and [`article`] the explanation
//! shown beside the numbers. Nothing here touches the network.

#[cfg(feature = "window")]
pub mod app;
pub mod article;
pub mod band;
pub mod cli;
pub mod export;
pub mod figure;
pub mod motion;
pub mod notice;
pub mod recording;
pub mod report;
pub mod samples;
pub mod units;
