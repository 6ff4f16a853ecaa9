//! The headline's sentences. The article's claim holds for its own limit alone: with another threshold the words say
//! whose it is.

use crate::{
    band::{Edges, Interval, State, Summary},
    motion::SpeedSource,
    recording::DeviceWord,
    units::{self, SpeedUnit},
};

/// A device's speed that was heard for this share of the time was heard throughout.
const MOSTLY: f64 = 0.8;

/// Whether the article's claim may be made: for its own limit, and for walking and running alone.
pub fn is_spine_friendly(summary: &Summary) -> bool {
    summary.on_foot && summary.edges.is_articles_limit()
}

/// What a run's time in band is called: "at a spine-friendly pace", "at or below your threshold of 2.98 m/s (the
/// article says 2)"; of a ride "at or below 2 m/s", for the article says nothing of it.
pub fn pace(summary: &Summary) -> String {
    match summary.on_foot {
        true => pace_at(summary.edges),
        false => format!("at or below {}", exact(summary.edges.upper_mps())),
    }
}

/// The same of walks and runs with these edges.
pub fn pace_at(edges: Edges) -> String {
    match edges.is_articles_limit() {
        true => "at a spine-friendly pace".to_owned(),
        false => format!("at or below {}", your_threshold(edges)),
    }
}

/// The state "in band" in one or a few words, for legends: "spine-friendly", "at or below 2.98 m/s".
pub fn band_name(summary: &Summary) -> String {
    match summary.on_foot {
        true => band_name_at(summary.edges),
        false => pace(summary),
    }
}

/// The same of walks and runs with these edges.
pub fn band_name_at(edges: Edges) -> String {
    match edges.is_articles_limit() {
        true => State::InBand.label().to_owned(),
        false => format!("at or below {}", exact(edges.upper_mps())),
    }
}

/// A state in a table, where there is little room: "spine-friendly", "≤ 2.98 m/s", "standing".
pub fn state_word(state: State, summary: &Summary) -> String {
    match state {
        State::InBand if !is_spine_friendly(summary) => format!("≤ {}", exact(summary.edges.upper_mps())),
        other => other.label().to_owned(),
    }
}

/// Kind words in two sentences for a run without time in band; `None` for every other run.
pub fn none_in_band(summary: &Summary) -> Option<String> {
    let (totals, edges) = (&summary.totals, summary.edges);
    (summary.on_foot && totals.moving_s() >= 1.0 && totals.in_band_s < 1.0).then(|| match edges.is_articles_limit() {
        true => "All of it was faster. The study saw no harm in it; a walk break or an easy start would add time here."
            .to_owned(),
        false => format!("All of it was above {}. The study saw no harm in faster running.", your_threshold(edges)),
    })
}

/// The interval in words: "likely 11:30 to 13:49 (95%)".
pub fn interval_words(interval: Interval) -> String {
    format!("likely {} to {} (95%)", units::duration(interval.low_s), units::duration(interval.high_s))
}

/// The answer in one sentence: "12 min 39 s at a spine-friendly pace, 79% of 16 min 2 s moving, likely
/// 11:30 to 13:49 (95%)".
pub fn headline(summary: &Summary) -> String {
    let totals = &summary.totals;
    let mut words = format!(
        "{} {}, {} of {} moving",
        units::duration_exact_words(totals.in_band_s),
        pace(summary),
        units::percent(totals.share()),
        units::duration_exact_words(totals.moving_s())
    );
    if let Some(interval) = summary.interval {
        words = format!("{words}, {}", interval_words(interval));
    }
    match evidence_words(summary) {
        Some(evidence) => format!("{words}, {evidence}"),
        None => words,
    }
}

/// What was measured beside positions, or instead of them: "from positions and the device's own speed". `None` where
/// positions are all there was.
pub fn evidence_words(summary: &Summary) -> Option<&'static str> {
    if let Some(told) = told_by(summary) {
        return Some(told);
    }
    let by_distance = summary.device_word == DeviceWord::Distance;
    if summary.positions_only {
        return Some(match by_distance {
            true => "from positions alone, without the device's own distance",
            false => "from positions alone, without the device's own speed",
        });
    }
    match (summary.by_device, by_distance) {
        (share, _) if share <= 0.0 => None,
        (share, true) if share < MOSTLY => Some("from positions and, in parts, the device's own distance"),
        (share, false) if share < MOSTLY => Some("from positions and, in parts, the device's own speed"),
        (_, true) => Some("from positions and the device's own distance"),
        (_, false) => Some("from positions and the device's own speed"),
    }
}

/// Whose word the numbers are, where no positions bear them out.
pub fn told_by(summary: &Summary) -> Option<&'static str> {
    (summary.source == SpeedSource::Device).then_some("by the device’s word alone")
}

/// Several runs together: how many, their minutes with the interval, and the share. Their errors are independent, so
/// that the halves of their intervals add up in squares.
pub fn of_several<S: AsRef<Summary>>(summaries: &[S]) -> [String; 3] {
    let (mut in_band_s, mut moving_s, mut below, mut above, mut all) = (0.0, 0.0, 0.0, 0.0, true);
    let mut edges = Edges::default();
    let mut on_foot = true;
    for summary in summaries.iter().map(AsRef::as_ref) {
        in_band_s += summary.totals.in_band_s;
        moving_s += summary.totals.moving_s();
        edges = summary.edges;
        on_foot &= summary.on_foot;
        match summary.interval {
            Some(interval) => {
                below += (summary.totals.in_band_s - interval.low_s).powi(2);
                above += (interval.high_s - summary.totals.in_band_s).powi(2);
            }
            None => all = false,
        }
    }
    let share = if moving_s > 0.0 { in_band_s / moving_s } else { 0.0 };
    let minutes = units::duration_exact_words(in_band_s);
    let interval = Interval { low_s: (in_band_s - below.sqrt()).max(0.0), high_s: in_band_s + above.sqrt() };
    [
        match on_foot {
            true => format!("{} runs: {minutes} {}", summaries.len(), pace_at(edges)),
            false => {
                format!("{} runs: {minutes} at or below {}", summaries.len(), exact(edges.upper_mps()))
            }
        },
        if all { interval_words(interval) } else { String::new() },
        format!("{} of {} moving", units::percent(share), units::duration_exact_words(moving_s)),
    ]
}

/// The same without the interval, for places with little room: "12 min 39 s at a spine-friendly pace, 79% of moving
/// time".
pub fn short_headline(summary: &Summary) -> String {
    let in_band = units::duration_exact_words(summary.totals.in_band_s);
    format!("{in_band} {}, {} of moving time", pace(summary), units::percent(summary.totals.share()))
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
    fn kind_words_speak_of_the_threshold_in_force() {
        let words = |upper_mps| {
            let edges = Edges::default().with_upper(upper_mps).expect("edges");
            none_in_band(&summary(edges, 0.0, 0.0, 900.0)).expect("none of it is in the band")
        };
        assert!(words(2.0).contains("a walk break or an easy start"), "{}", words(2.0));
        let moved = words(0.9);
        assert!(
            moved.starts_with("All of it was above your threshold of 0.9 m/s (the article says 2)"),
            "{moved}"
        );
        assert_eq!(none_in_band(&summary(Edges::default(), 60.0, 0.0, 60.0)), None);
    }

    #[test]
    fn the_headline_says_what_was_measured_beside_positions() {
        let mut summary = summary(Edges::default(), 700.0, 59.0, 203.0);
        summary.by_device = 0.97;
        assert!(
            headline(&summary).ends_with("11:30 to 13:49 (95%), from positions and the device's own speed")
        );
        summary.by_device = 0.4;
        assert!(headline(&summary).ends_with("from positions and, in parts, the device's own speed"));
        (summary.by_device, summary.positions_only) = (0.0, true);
        assert!(headline(&summary).ends_with("from positions alone, without the device's own speed"));
        (summary.by_device, summary.positions_only) = (0.97, false);
        summary.device_word = DeviceWord::Distance;
        assert!(headline(&summary).ends_with("from positions and the device's own distance"));
    }

    #[test]
    fn a_ride_makes_no_claim() {
        let ride = Summary { on_foot: false, ..summary(Edges::default(), 700.0, 59.0, 203.0) };
        for words in [
            headline(&ride),
            short_headline(&ride),
            band_name(&ride),
            of_several(&[std::sync::Arc::new(ride.clone())])[0].clone(),
        ] {
            assert!(words.contains("at or below 2 m/s"), "{words}");
            assert!(!words.contains("spine"), "{words}");
        }
        assert_eq!(state_word(State::InBand, &ride), "≤ 2 m/s");
    }

    #[test]
    fn the_headline_reads_as_a_sentence() {
        assert_eq!(
            headline(&summary(Edges::default(), 700.0, 59.0, 203.0)),
            "12 min 39 s at a spine-friendly pace, 79% of 16 min 2 s moving, likely 11:30 to 13:49 (95%)"
        );
    }

    #[test]
    fn without_positions_the_headline_says_whose_word_it_is() {
        let indoors =
            Summary { source: SpeedSource::Device, ..summary(Edges::default(), 700.0, 59.0, 203.0) };
        assert_eq!(
            headline(&indoors),
            "12 min 39 s at a spine-friendly pace, 79% of 16 min 2 s moving, likely 11:30 to 13:49 (95%), by the \
             device’s word alone"
        );
    }
}
