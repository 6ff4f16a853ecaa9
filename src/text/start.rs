//! When a run began, in words.

use chrono::{DateTime, FixedOffset, Local};

use crate::recording::Recording;

/// When the recording began, on the clock of the place where the file tells its offset from UTC, else in the zone of
/// this computer. Window, page and text keep to this rule; tables tell times in UTC.
pub fn local_start(recording: &Recording) -> DateTime<FixedOffset> {
    match recording.utc_offset_s.and_then(FixedOffset::east_opt) {
        Some(offset) => recording.start.with_timezone(&offset),
        None => recording.start.with_timezone(&Local).fixed_offset(),
    }
}

/// The same in words: `Sat 14 Nov 2026, 08:12`, and where the zone is this computer's `Sat 14 Nov 2026, 08:12 UTC+1`.
pub fn start_words(recording: &Recording) -> String {
    let start = local_start(recording);
    let words = start.format("%a %-d %b %Y, %H:%M");
    if recording.utc_offset_s.is_some() {
        return words.to_string();
    }
    let minutes = start.offset().local_minus_utc() / 60;
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let zone = match (minutes, rest) {
        (0, _) => "UTC".to_owned(),
        (_, 0) => format!("UTC{}{hours}", if minutes < 0 { '−' } else { '+' }),
        _ => format!("UTC{}{hours}:{rest:02}", if minutes < 0 { '−' } else { '+' }),
    };
    format!("{words} {zone}")
}
