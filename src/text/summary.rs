//! A run's numbers as text, for the terminal.

use crate::{
    band::Summary,
    motion::SpeedSource,
    notice::Notice,
    recording::Recording,
    units::{self, SpeedUnit},
};

use super::{headline, measured, start_words};

/// One run's numbers: a line that names it, its times, then what was noticed. `file` is named where it is not
/// empty.
pub fn summary_text(file: &str, recording: &Recording, summary: &Summary) -> String {
    let (totals, edges) = (&summary.totals, summary.edges);
    let unit = SpeedUnit::MetresPerSecond;
    let row = |label: &str, seconds: f64, note: String| {
        let line = format!("  {label:<9} {:>8}  {note}", units::duration(seconds));
        line.trim_end().to_owned() + "\n"
    };
    let interval = summary
        .interval
        .map_or_else(String::new, |interval| format!(", {}", headline::interval_words(interval)));
    let named = if file.is_empty() { String::new() } else { format!("  ({file})") };
    let mut text = format!("{}, {}{named}\n", recording.name, start_words(recording));
    text += &row(
        "in band",
        totals.in_band_s,
        format!(
            "{} of moving time, at or below {}{interval}",
            units::percent(totals.share()),
            unit.format_short(edges.upper_mps())
        ),
    );
    text += &row("  brisk", totals.brisk_s, format!("from {}", unit.format_short(edges.brisk_from_mps())));
    text += &row("faster", totals.faster_s, String::new());
    text += &row(
        "moving",
        totals.moving_s(),
        format!(
            "{}, {} on average",
            units::distance(totals.distance_m, false),
            unit.format(totals.mean_moving_speed_mps())
        ),
    );
    text += &row("standing", totals.standing_s, String::new());
    text += &row("paused", totals.paused_s, String::new());
    text += &row("elapsed", totals.elapsed_s(), String::new());
    if totals.interpolated_s > 0.0 {
        text += &row(
            "  of gaps",
            totals.interpolated_s,
            "travelled without fixes, counted by mean speed".to_owned(),
        );
    }
    if summary.source == SpeedSource::Device {
        text += "  by the device's word alone: the run has no positions\n";
    } else if let Some(evidence) = headline::evidence_words(summary) {
        text += &["  estimated ", evidence, "\n"].concat();
    }
    if let Some(device_s) = summary.device_in_band_s.filter(|_| summary.source != SpeedSource::Device) {
        text += &row("device", device_s, "in band by the device's own speed".to_owned());
    }
    for words in measured::sentences(&summary.measured, false) {
        text += &["  ", &words, "\n"].concat();
    }
    summary.notices.iter().for_each(|notice| text += &notice_text(notice));
    text
}

/// A line on something noticed.
pub fn notice_text(notice: &Notice) -> String {
    format!("  note: {}. {}\n", notice.message, notice.advice)
}
