//! Every sentence about a run, written once: window, page and command line say the same.

pub mod article;
pub mod headline;
pub mod measured;
pub mod spoken;
mod start;
mod summary;

pub use start::{local_start, start_words};
pub use summary::{notice_text, summary_text};

/// Runs made up for tests.
#[cfg(test)]
mod fixture {
    use crate::band::{Edges, Interval, Summary, Totals};

    pub fn summary(edges: Edges, brisk_s: f64, gentle_s: f64, faster_s: f64) -> Summary {
        let totals = Totals { brisk_s, in_band_s: brisk_s + gentle_s, faster_s, ..Totals::default() };
        Summary::made(edges, totals, Some(Interval { low_s: 690.0, high_s: 829.0 }))
    }
}
