//! The numbers in words: for the clipboard, and the headline's for those who can't see it.

use std::sync::Arc;

use crate::{
    app::state::shown::Shown,
    text::{self, article, measured, start_words},
    units::{self, SpeedUnit},
};

/// The answer in one sentence.
pub fn headline(shown: &Shown) -> String {
    text::headline::headline(&shown.summary)
}

/// What changed, for those who can't see it: another run, stretch or threshold.
pub fn change(before: Option<&Shown>, now: &Shown) -> Option<String> {
    let other_run = before.is_none_or(|before| !Arc::ptr_eq(&before.run, &now.run));
    let changed = before.is_none_or(|before| {
        other_run || before.asked.range != now.asked.range || before.asked.edges != now.asked.edges
    });
    if !changed || now.run.provisional {
        return None;
    }
    let edges = before.is_some_and(|before| !other_run && before.asked.edges != now.asked.edges);
    let of = match now.asked.range {
        _ if edges => format!("Up to {}: ", now.asked.unit.format_short(now.asked.edges.upper_mps())),
        Some(range) => {
            let end_s = range.end_s.min(now.run.motion.steps.elapsed_s());
            format!("From {} to {}: ", units::duration(range.start_s), units::duration(end_s))
        }
        None if other_run => format!("{}: ", now.run.name()),
        None => "The whole run: ".to_owned(),
    };
    Some(of + &headline(now))
}

/// All numbers, for the clipboard.
pub fn of(shown: &Shown) -> String {
    let totals = &shown.summary.totals;
    let unit = shown.asked.unit;
    let upper = shown.asked.edges.upper_mps();
    let mut lines = vec![
        format!("{}, {}", shown.run.name(), start_words(&shown.run.recording)),
        headline(shown),
        format!(
            "Threshold {} ({})",
            SpeedUnit::MetresPerSecond.format_short(upper),
            unit.format_short(upper)
        ),
        format!("Brisk {}", units::duration(totals.brisk_s)),
        format!("Faster {}", units::duration(totals.faster_s)),
        format!("Standing {}", units::duration(totals.standing_s)),
        format!("Paused {}", units::duration(totals.paused_s)),
        format!("Elapsed {}", units::duration(totals.elapsed_s())),
        format!("Distance {}", units::distance(totals.distance_m, unit.is_imperial())),
        format!("Mean {} {}", unit.quantity().to_lowercase(), unit.format(totals.mean_moving_speed_mps())),
    ];
    lines.extend(measured::sentences(&shown.summary.measured, unit.is_imperial()));
    if let Some(range) = shown.asked.range {
        lines.insert(
            1,
            format!("Only {} to {}", units::duration(range.start_s), units::duration(range.end_s)),
        );
    }
    lines.push(article::plain(article::Section::Disclaimer));
    lines.join("\n")
}
