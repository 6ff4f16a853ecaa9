//! Words that several parts of a person's page have in common.

use chrono::{Datelike, NaiveDate};

use crate::{band::Edges, library::Verdict, units::SpeedUnit};

pub use crate::units::counted;

/// Whether what was agreed was done, in words.
pub fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Done => "done",
        Verdict::NotDone => "not done",
        Verdict::CannotTell => "too close to tell",
        Verdict::StillOpen => "still open",
        Verdict::NoDose => "nothing agreed",
    }
}

/// "Minutes at ≤ 2 m/s"
pub fn minutes_in_band(edges: Edges) -> String {
    format!("Minutes at ≤ {}", SpeedUnit::MetresPerSecond.format_short(edges.upper_mps()))
}

/// "7 Sep 2026"
pub fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// "Sat 14 Nov", with its year where that is not today's.
pub fn day_words(day: NaiveDate, today: NaiveDate) -> String {
    let form = if day.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    day.format(form).to_string()
}

/// "60", "52.5"
pub fn short(minutes: f64) -> String {
    if minutes.fract() == 0.0 { format!("{minutes:.0}") } else { format!("{minutes:.1}") }
}
