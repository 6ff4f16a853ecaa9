//! The program: a window for people, commands for scripts.
//!
//! ```text
//! spinepace [FILE|FOLDER...]           open the window with these runs
//! spinepace analyze  FILE|FOLDER...    time in band of every run, as text, JSON or CSV
//! spinepace segments FILE|FOLDER       every leg of a run
//! spinepace report   -o PAGE FILE      the page to hand over, as PDF, SVG or PNG
//! spinepace export   -o OUT FILE       the cleaned track as GPX, or one chart
//! spinepace library  COMMAND           runs, people, doses and notes that are kept on this computer
//! ```
//!
//! Exit 0: all done. 1: some file failed; the others are done, and a line on standard error names the file,
//! what is wrong and what to do. 2: wrong usage.

use std::process::ExitCode;

fn main() -> ExitCode {
    spinepace::cli::run()
}
