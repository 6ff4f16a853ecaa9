//! What a chart says to those who can't see it: the same minutes, shares, stretches and trend.

use crate::{
    band::{Block, Histogram, Measured, State, Summary},
    motion::Steps,
    recording::Quantity,
    units::{self, SpeedUnit},
};

use super::{headline, measured};

/// The stacked bar.
pub fn bar(summary: &Summary) -> String {
    let totals = &summary.totals;
    let mut parts = vec![
        format!(
            "{} {}, {}",
            headline::band_name(summary),
            units::duration(totals.in_band_s),
            share(totals.in_band_s, totals.elapsed_s())
        ),
        format!(
            "faster {}, {}",
            units::duration(totals.faster_s),
            share(totals.faster_s, totals.elapsed_s())
        ),
    ];
    for (name, seconds) in [("standing", totals.standing_s), ("paused", totals.paused_s)] {
        if seconds >= 0.5 {
            parts.push(format!(
                "{name} {}, {}",
                units::duration(seconds),
                share(seconds, totals.elapsed_s())
            ));
        }
    }
    format!("Of {} elapsed: {}.", units::duration(totals.elapsed_s()), parts.join("; "))
}

/// The speed chart; `blocks` are the run's own.
pub fn speed(steps: &Steps, summary: &Summary, blocks: &[Block], unit: SpeedUnit) -> String {
    let totals = &summary.totals;
    let name = headline::band_name(summary);
    let mut sentences = vec![format!(
        "Speed over {}. {}, at {} or slower.",
        units::duration(totals.elapsed_s()),
        headline::short_headline(summary),
        unit.format_short(summary.edges.upper_mps())
    )];
    for (state, name) in
        [(State::InBand, name.as_str()), (State::Faster, "faster"), (State::Standing, "standing")]
    {
        let longest = blocks
            .iter()
            .filter(|block| block.state == state)
            .max_by(|a, b| a.duration_s().total_cmp(&b.duration_s()));
        if let Some(block) = longest {
            sentences.push(format!(
                "Longest stretch {name}: {}, from {} to {}.",
                units::duration(block.duration_s()),
                units::duration(block.start_s),
                units::duration(block.end_s)
            ));
        }
    }
    if let Some(thirds) = thirds_mps(steps) {
        let said = thirds.map(|speed_mps| unit.format(speed_mps));
        let trend = match thirds[2] / thirds[0] {
            change if change > 1.05 => "getting faster",
            change if change < 0.95 => "getting slower",
            _ => "steady overall",
        };
        sentences.push(format!(
            "While moving {}, then {}, then {} by thirds of the run: {trend}.",
            said[0], said[1], said[2]
        ));
    }
    sentences.join(" ")
}

/// The histogram.
pub fn histogram(histogram: &Histogram, summary: &Summary, unit: SpeedUnit) -> String {
    let busiest = histogram.bins.iter().max_by(|a, b| a.seconds.total_cmp(&b.seconds));
    let Some(busiest) = busiest.filter(|bin| bin.seconds > 0.0) else {
        return "Time at each speed: no movement found.".to_owned();
    };
    format!(
        "Time at each speed. Most, {}, between {} and {}. {} at {} or slower, {} faster.",
        units::duration(busiest.seconds),
        unit.format(busiest.low_mps),
        unit.format(busiest.high_mps),
        units::duration(summary.totals.in_band_s),
        unit.format_short(summary.edges.upper_mps()),
        units::duration(summary.totals.faster_s)
    )
}

/// A strip below the speed: heart rate, cadence or elevation; `reach` are its lowest and highest value.
pub fn strip(quantity: Quantity, reach: [f64; 2], measured: &Measured, imperial: bool) -> String {
    let [low, high] = reach.map(|value| measured::value(quantity, value, imperial));
    let facts = measured::facts(quantity, measured, imperial);
    let facts = facts.map_or_else(String::new, |facts| format!(" {facts};"));
    format!("{}:{facts} from {low} to {high}.", measured::name(quantity))
}

/// The route; `ground_m` are its fixes.
pub fn route(ground_m: &[[f32; 2]], summary: &Summary, imperial: bool) -> String {
    let reach = |axis: usize| {
        let (low, high) = ground_m
            .iter()
            .map(|place| place[axis])
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        f64::from((high - low).max(0.0))
    };
    let mut words = format!(
        "Route of {}, {} from west to east and {} from south to north.",
        units::distance(summary.totals.distance_m, imperial),
        units::distance(reach(0), imperial),
        units::distance(reach(1), imperial)
    );
    if let (Some(start), Some(end)) = (ground_m.first(), ground_m.last()) {
        let apart_m = f64::from((end[0] - start[0]).hypot(end[1] - start[1]));
        let end = match apart_m {
            0.0..60.0 => "where it began".to_owned(),
            _ => format!("{} from its start", units::distance(apart_m, imperial)),
        };
        words = format!("{words} It ends {end}.");
    }
    words
}

fn share(seconds: f64, of_s: f64) -> String {
    units::percent(if of_s > 0.0 { seconds / of_s } else { 0.0 })
}

/// Mean speed while moving in each third of the elapsed time, where every third has a minute of it.
fn thirds_mps(steps: &Steps) -> Option<[f64; 3]> {
    let elapsed_s = steps.elapsed_s();
    let (mut metres, mut seconds) = ([0.0; 3], [0.0; 3]);
    for index in 0..steps.len() {
        if steps.stands(index) {
            continue;
        }
        let third = ((3.0 * steps.start_s[index] / elapsed_s) as usize).min(2);
        metres[third] += steps.travelled_m(index);
        seconds[third] += f64::from(steps.duration_s[index]);
    }
    seconds
        .iter()
        .all(|moved_s| *moved_s >= 60.0)
        .then(|| [0, 1, 2].map(|third| metres[third] / seconds[third]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        band::{self, Edges, TimeRange},
        run::fixture::{motion_of, recording_of, steps_of},
    };

    #[test]
    fn a_chart_is_told_with_its_numbers() {
        let motion = motion_of(steps_of(&[(300, 1.5), (300, 2.5), (60, 0.0), (240, 3.0)]));
        let recording = recording_of(&motion.steps);
        let summary = Summary::new(&recording, &motion, Edges::default());
        let blocks = band::blocks(&motion.steps, Edges::default());
        let told = speed(&motion.steps, &summary, &blocks, SpeedUnit::MetresPerSecond);
        assert!(
            told.contains("5 min at a spine-friendly pace, 36% of moving time, at 2 m/s or slower"),
            "{told}"
        );
        assert!(told.contains("Longest stretch faster: 5:00, from 5:00 to 10:00"), "{told}");
        assert!(told.contains("getting faster"), "{told}");
        let told = bar(&summary);
        assert!(told.contains("standing 1:00, 7%") && !told.contains("paused"), "{told}");
        let bins = band::histogram(&motion.steps, Edges::default(), TimeRange::ALL, 0.1);
        let told = histogram(&bins, &summary, SpeedUnit::KilometresPerHour);
        assert!(told.contains("5:00 at 7.2 km/h or slower, 9:00 faster"), "{told}");
    }

    #[test]
    fn a_round_route_ends_where_it_began() {
        let motion = motion_of(steps_of(&[(600, 2.5)]));
        let summary = Summary::new(&recording_of(&motion.steps), &motion, Edges::default());
        let told = route(&[[0.0, 0.0], [400.0, 0.0], [400.0, 300.0], [5.0, 0.0]], &summary, false);
        assert!(told.contains("400 m from west to east and 300 m from south to north"), "{told}");
        assert!(told.ends_with("It ends where it began."), "{told}");
    }
}
