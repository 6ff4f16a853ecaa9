//! The window without a screen: one program for all these tests, as linking it takes as long as running them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is to fail")]

mod access;
mod compare;
mod controls;
mod day;
mod edit;
mod evidence;
mod harness;
mod letters;
mod library;
mod long;
mod numbers;
mod opening;
mod paths;
mod pictures;
mod play;
mod reach;
mod report;
mod sport;
mod table;
mod threshold;
mod track;
mod vitals;
mod yesterday;
