//! The headline's sentences. The article's claim holds for its own limit alone: with another threshold the words say
//! whose it is.

use crate::{
    band::{Edges, Interval, State, Summary},
    units::{self, SpeedUnit},
};

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

/// The interval in words: "95% interval 11:30 to 13:49".
pub fn interval_words(interval: Interval) -> String {
    format!("95% interval {} to {}", units::duration(interval.low_s), units::duration(interval.high_s))
}

/// The answer in one sentence: "12 min 39 s at a spine-friendly pace, 79% of 16 min 2 s moving, 95% interval
/// 11:30 to 13:49".
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
        words = format!("{words}, {}", interval_words(interval));
    }
    words
}

/// The same without the interval, for places with little room: "12 min 39 s at a spine-friendly pace, 79% of moving
/// time".
pub fn short_headline(summary: &Summary) -> String {
    let in_band = units::duration_exact_words(summary.totals.in_band_s);
    format!("{in_band} {}, {} of moving time", pace(summary.edges), units::percent(summary.totals.share()))
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
            "12 min 39 s at a spine-friendly pace, 79% of 16 min 2 s moving, 95% interval 11:30 to 13:49"
        );
    }
}
