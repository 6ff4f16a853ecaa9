//! What leaves the program: on the command line, in files, on the page.

mod command_line;
mod common;
mod export;
mod letters;
mod report;
mod tables;
