//! The numbers and charts in words: for the clipboard and for those who do not see the pictures.

use crate::{
    article,
    band::State,
    figure::local_start,
    units::{self, SpeedUnit},
};

use super::run::Shown;

/// The answer in one sentence.
pub fn headline(shown: &Shown) -> String {
    let totals = &shown.summary.totals;
    let mut words = format!(
        "{} at a spine-friendly pace, {} of {} moving",
        units::duration(totals.in_band_s),
        units::percent(totals.share()),
        units::duration(totals.moving_s())
    );
    if let Some(interval) = shown.summary.interval {
        words = format!(
            "{words}, 95% sure: {} to {}",
            units::duration(interval.low_s),
            units::duration(interval.high_s)
        );
    }
    words
}

/// What the speed chart shows: minutes, longest blocks, trend.
pub fn speed_chart(shown: &Shown) -> String {
    let totals = &shown.summary.totals;
    let mut blocks: Vec<_> = shown.blocks.iter().filter(|block| block.state == State::InBand).collect();
    blocks.sort_by(|a, b| b.duration_s().total_cmp(&a.duration_s()));
    let longest: Vec<String> = blocks
        .iter()
        .take(3)
        .map(|block| {
            let (from, to) = (block.start_s + shown.offset_s, block.end_s + shown.offset_s);
            format!("{} to {}", units::duration(from), units::duration(to))
        })
        .collect();
    let longest = if longest.is_empty() {
        "No stay of 10 s or more in the band".to_owned()
    } else {
        format!("Longest in the band: {}", longest.join(", "))
    };
    format!(
        "Speed over {}, mean {}. {}. {}. {}.",
        units::duration_words(totals.elapsed_s()),
        shown.asked.unit.format(totals.mean_moving_speed_mps()),
        headline(shown),
        longest,
        trend(shown)
    )
}

/// Whether the second half was faster than the first.
fn trend(shown: &Shown) -> &'static str {
    let steps = &shown.run.motion.steps;
    let mean = |half: usize| {
        let (mut metres, mut seconds) = (0.0, 0.0);
        let middle = steps.len() / 2;
        let range = if half == 0 { 0..middle } else { middle..steps.len() };
        for index in range {
            let travelled = steps.travelled_m(index);
            if travelled > 0.0 {
                metres += travelled;
                seconds += f64::from(steps.duration_s[index]);
            }
        }
        if seconds > 0.0 { metres / seconds } else { 0.0 }
    };
    let change = mean(1) - mean(0);
    if change.abs() < 0.1 {
        "Both halves were about as fast"
    } else if change > 0.0 {
        "The second half was faster"
    } else {
        "The second half was slower"
    }
}

/// What the histogram shows.
pub fn histogram(shown: &Shown) -> String {
    let most = shown.histogram.bars.iter().skip(1).max_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let unit = shown.asked.unit;
    let most = most.map_or_else(String::new, |bar| {
        format!(
            "Most time between {} and {}: {}. ",
            unit.number(bar.low_mps),
            unit.format(bar.high_mps),
            units::duration(bar.seconds)
        )
    });
    format!("Time at each speed. {most}{}", headline(shown))
}

/// What the route shows.
pub fn route(shown: &Shown) -> String {
    let width = f64::from(shown.route.bounds_m[1][0] - shown.route.bounds_m[0][0]);
    let height = f64::from(shown.route.bounds_m[1][1] - shown.route.bounds_m[0][1]);
    let imperial = shown.asked.unit.is_imperial();
    format!(
        "Where: a route of {}, {} from west to east and {} from south to north, coloured by band",
        units::distance(shown.summary.totals.distance_m, imperial),
        units::distance(width, imperial),
        units::distance(height, imperial)
    )
}

/// All numbers, for the clipboard.
pub fn of(shown: &Shown) -> String {
    let totals = &shown.summary.totals;
    let unit = shown.asked.unit;
    let upper = shown.asked.edges.upper_mps();
    let mut lines = vec![
        format!("{}, {}", shown.run.name(), local_start(&shown.run.recording).format("%-d %B %Y, %H:%M")),
        headline(shown),
        format!("Threshold {} ({})", SpeedUnit::MetresPerSecond.format_short(upper), unit.format_short(upper)),
        format!("Brisk {}", units::duration(totals.brisk_s)),
        format!("Faster {}", units::duration(totals.faster_s)),
        format!("Standing {}", units::duration(totals.standing_s)),
        format!("Paused {}", units::duration(totals.paused_s)),
        format!("Elapsed {}", units::duration(totals.elapsed_s())),
        format!("Distance {}", units::distance(totals.distance_m, unit.is_imperial())),
        format!("Mean speed {}", unit.format(totals.mean_moving_speed_mps())),
    ];
    if let Some(range) = shown.asked.range {
        lines.insert(
            1,
            format!("Only {} to {}", units::duration(range.start_s), units::duration(range.end_s)),
        );
    }
    lines.push(article::plain(article::Section::Disclaimer));
    lines.join("\n")
}
