//! The headline's sentences. The article's claim holds for its own limit alone: with another threshold the words say
//! whose it is.

use crate::{
    band::{Edges, Interval, State, Summary},
    units::{self, SpeedUnit},
};

use super::article::{self, Section};

/// What the time in band is called: "at a spine-friendly pace", "at or below your threshold of 2.98 m/s (the article
/// says 2)".
pub fn pace(edges: Edges) -> String {
    match edges.is_articles_limit() {
        true => "at a spine-friendly pace".to_owned(),
        false => format!("at or below {}", your_threshold(edges)),
    }
}

/// The state "in band" in one or a few words, for legends: "spine-friendly", "at or below 2.98 m/s".
pub fn band_name(edges: Edges) -> String {
    match edges.is_articles_limit() {
        true => State::InBand.label().to_owned(),
        false => format!("at or below {}", exact(edges.upper_mps())),
    }
}

/// The interval in words: "likely 11:30 to 13:49 (95 %)".
pub fn likely(interval: Interval) -> String {
    format!("likely {} to {} (95 %)", units::duration(interval.low_s), units::duration(interval.high_s))
}

/// The answer in one sentence: "12 min 39 s at a spine-friendly pace, 79 % of 16 min 2 s moving, likely 11:30 to
/// 13:49 (95 %)".
pub fn headline(summary: &Summary) -> String {
    let totals = &summary.totals;
    let mut words = format!(
        "{} {}, {} of {} moving",
        units::duration_exact_words(totals.in_band_s),
        pace(summary.edges),
        units::percent(totals.share()),
        units::duration_exact_words(totals.moving_s())
    );
    if let Some(interval) = summary.interval {
        words = format!("{words}, {}", likely(interval));
    }
    words
}

/// The same without the interval, for places with little room: "12 min 39 s at a spine-friendly pace, 79 % of moving
/// time".
pub fn short_headline(summary: &Summary) -> String {
    let in_band = units::duration_exact_words(summary.totals.in_band_s);
    format!("{in_band} {}, {} of moving time", pace(summary.edges), units::percent(summary.totals.share()))
}

/// For a run whose time in band is mostly gentle: how much of it, and what the study says of slower walking.
pub fn mostly_gentle(summary: &Summary) -> Option<String> {
    let (totals, brisk_from_mps) = (&summary.totals, summary.edges.brisk_from_mps());
    let gentle_s = totals.in_band_s - totals.brisk_s;
    // Above 1.5 m/s no walk is slow.
    let large = gentle_s >= 0.5 * totals.in_band_s && gentle_s >= 0.1 * totals.moving_s() && gentle_s >= 30.0;
    (large && brisk_from_mps <= Edges::default().brisk_from_mps()).then(|| {
        let much = if gentle_s > 0.95 * totals.in_band_s { "Nearly all" } else { "Most" };
        format!("{much} of it was slower than {}. {}", exact(brisk_from_mps), article::plain(Section::Gentle))
    })
}

/// "your threshold of 2.98 m/s (the article says 2)"
pub(super) fn your_threshold(edges: Edges) -> String {
    let article = Edges::default().upper_mps();
    format!("your threshold of {} (the article says {article})", exact(edges.upper_mps()))
}

pub(super) fn exact(speed_mps: f64) -> String {
    SpeedUnit::MetresPerSecond.format_short(speed_mps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fixture::summary;

    #[test]
    fn the_headline_reads_as_a_sentence() {
        assert_eq!(
            headline(&summary(Edges::default(), 700.0, 59.0, 203.0)),
            "12 min 39 s at a spine-friendly pace, 79 % of 16 min 2 s moving, likely 11:30 to 13:49 (95 %)"
        );
    }
}
