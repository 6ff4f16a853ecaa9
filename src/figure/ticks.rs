//! Round places for axis marks, with their words.

use chrono::{DateTime, FixedOffset, Timelike};

use crate::units::{METRES_PER_FOOT, METRES_PER_MILE, SpeedUnit};

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, in the axis' SI unit.
    pub at: f64,
    /// Its words, in the reader's unit.
    pub label: String,
}

/// Steps that read well on a clock, s.
const CLOCK_STEPS_S: [f64; 17] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 10_800.0,
    21_600.0, 43_200.0,
];
/// Paces that read well, s per kilometre or mile.
const PACES_S: [f64; 17] = [
    120.0, 150.0, 180.0, 210.0, 240.0, 270.0, 300.0, 330.0, 360.0, 420.0, 480.0, 540.0, 600.0, 720.0, 900.0,
    1200.0, 1800.0,
];

/// The smallest of 1, 2, 5 times a power of ten that cuts `span` into at most `most` parts.
fn nice_step(span: f64, most: usize) -> f64 {
    let least = (span / most.max(1) as f64).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= least * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

/// Multiples of `step` within `range`.
fn multiples(range: [f64; 2], step: f64) -> impl Iterator<Item = f64> {
    let slack = step * 1e-6;
    let (first, last) = (((range[0] - slack) / step).ceil(), ((range[1] + slack) / step).floor());
    (0..=(last - first).clamp(-1.0, 10_000.0) as i64)
        .take_while(move |_| last >= first)
        .map(move |k| (first + k as f64) * step)
}

/// Elapsed time: "0:00", "10:00", "1:30:00". `range` in s.
pub fn elapsed(range: [f64; 2], most: usize) -> Vec<Tick> {
    multiples(range, clock_step(range[1] - range[0], most))
        .map(|at| Tick { at, label: crate::units::duration(at) })
        .collect()
}

/// Time of day: "08:12", or "08:12:30" where marks are closer than a minute. `range` in s since `start`.
pub fn clock(range: [f64; 2], start: DateTime<FixedOffset>, most: usize) -> Vec<Tick> {
    let step = clock_step(range[1] - range[0], most);
    let midnight_s =
        f64::from(start.num_seconds_from_midnight()) + f64::from(start.timestamp_subsec_millis()) / 1e3;
    multiples([range[0] + midnight_s, range[1] + midnight_s], step)
        .map(|since_midnight| {
            let second = (since_midnight.round() as i64).rem_euclid(86_400);
            let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
            let label = if step < 60.0 { format!("{h:02}:{m:02}:{s:02}") } else { format!("{h:02}:{m:02}") };
            Tick { at: since_midnight - midnight_s, label }
        })
        .collect()
}

fn clock_step(span_s: f64, most: usize) -> f64 {
    let least = span_s / most.max(1) as f64;
    let days = || nice_step(span_s / 86_400.0, most).max(1.0) * 86_400.0;
    CLOCK_STEPS_S.into_iter().find(|step| *step >= least).unwrap_or_else(days)
}

/// Distance in km or miles, in metres or feet where short; the last mark names the unit. `range` in m.
pub fn distance(range: [f64; 2], imperial: bool, most: usize) -> Vec<Tick> {
    let (long_m, long, short_m, short) =
        if imperial { (METRES_PER_MILE, "mi", METRES_PER_FOOT, "ft") } else { (1000.0, "km", 1.0, "m") };
    let span = range[1] - range[0];
    let (unit_m, symbol) = if span < 0.9 * long_m { (short_m, short) } else { (long_m, long) };
    let step = nice_step(span / unit_m, most);
    let decimals = decimals(step);
    let mut ticks: Vec<Tick> = multiples([range[0] / unit_m, range[1] / unit_m], step)
        .map(|number| Tick { at: number * unit_m, label: format!("{number:.decimals$}") })
        .collect();
    if let Some(last) = ticks.last_mut() {
        last.label = format!("{} {symbol}", last.label);
    }
    ticks
}

/// Speeds from `range[0]` to `range[1]` m/s at places that are round in `unit`; a pace has none at 0.
pub fn speed(range: [f64; 2], unit: SpeedUnit, most: usize) -> Vec<Tick> {
    if unit.is_pace() {
        return pace(range, unit, most);
    }
    let per_mps = unit.from_mps(1.0);
    let step = nice_step((range[1] - range[0]) * per_mps, most);
    // m/s always with a decimal: the threshold beside them reads 2.0.
    let decimals = decimals(step).max(usize::from(unit == SpeedUnit::MetresPerSecond));
    multiples(range.map(|v| v * per_mps), step)
        .map(|number| Tick { at: unit.to_mps(number), label: format!("{number:.decimals$}") })
        .collect()
}

/// Fast paces lie far apart and slow ones crowd near 0, so marks keep a distance in m/s.
fn pace(range: [f64; 2], unit: SpeedUnit, most: usize) -> Vec<Tick> {
    let apart = (range[1] - range[0]) / most.max(1) as f64 * 0.7;
    let mut ticks: Vec<Tick> = Vec::new();
    for pace_s in PACES_S {
        let at = unit.to_mps(pace_s / 60.0);
        let clear = ticks.last().is_none_or(|last| last.at - at >= apart);
        if (range[0]..=range[1]).contains(&at) && clear {
            ticks.push(Tick { at, label: crate::units::duration(pace_s) });
        }
    }
    ticks.reverse();
    ticks
}

/// Amounts of time: "0 min", "5 min", "30 s", "2 h". From 0 to `most_s`, s.
pub fn amount(most_s: f64, most: usize) -> Vec<Tick> {
    let step = clock_step(most_s, most);
    let (unit_s, symbol) = match step {
        _ if step < 60.0 => (1.0, "s"),
        _ if step < 3600.0 => (60.0, "min"),
        _ => (3600.0, "h"),
    };
    multiples([0.0, most_s], step)
        .map(|at| Tick { at, label: format!("{:.0} {symbol}", at / unit_s) })
        .collect()
}

/// Round numbers within a range whose unit is `unit` SI units: beats a minute, metres, feet.
pub fn numbers(range: [f64; 2], unit: f64, most: usize) -> Vec<Tick> {
    let step = nice_step((range[1] - range[0]) / unit, most);
    let decimals = decimals(step);
    multiples(range.map(|value| value / unit), step)
        .map(|number| Tick { at: number * unit, label: format!("{:.decimals$}", number + 0.0) })
        .collect()
}

/// 0 to 100% in quarters, as shares of 1.
pub fn percent() -> Vec<Tick> {
    [0.0, 0.25, 0.5, 0.75, 1.0].map(|at| Tick { at, label: format!("{:.0}%", at * 100.0) }).into()
}

/// A round length of at most `most_m` metres for a map's scale: metres, and "500 m", "2 km", "1000 ft", "1 mi".
pub fn scale(most_m: f64, imperial: bool) -> (f64, String) {
    let (unit_m, symbol) = match imperial {
        false if most_m < 1000.0 => (1.0, "m"),
        false => (1000.0, "km"),
        true if most_m < METRES_PER_MILE => (METRES_PER_FOOT, "ft"),
        true => (METRES_PER_MILE, "mi"),
    };
    let most = (most_m / unit_m).max(1e-3);
    let power = 10_f64.powf(most.log10().floor());
    let factor = [5.0, 2.0, 1.0].into_iter().find(|f| f * power <= most * (1.0 + 1e-9)).unwrap_or(1.0);
    let number = factor * power;
    (number * unit_m, format!("{number:.*} {symbol}", decimals(number)))
}

fn decimals(step: f64) -> usize {
    (-step.log10().floor()).clamp(0.0, 6.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn elapsed_time_reads_like_a_clock() {
        assert_eq!(labels(&elapsed([0.0, 3120.0], 6)), ["0:00", "10:00", "20:00", "30:00", "40:00", "50:00"]);
        assert_eq!(
            labels(&elapsed([0.0, 180.0], 6)),
            ["0:00", "0:30", "1:00", "1:30", "2:00", "2:30", "3:00"]
        );
        assert_eq!(labels(&elapsed([0.0, 6.0 * 3600.0], 4)), ["0:00", "2:00:00", "4:00:00", "6:00:00"]);
        assert_eq!(elapsed([0.0, 30.0 * 86_400.0], 6).len(), 7);
    }

    #[test]
    fn the_time_of_day_is_round_on_the_clock_not_since_the_start() {
        let start = DateTime::parse_from_rfc3339("2026-11-14T23:47:10+02:00").expect("a time");
        let ticks = clock([0.0, 2400.0], start, 4);
        assert_eq!(labels(&ticks), ["23:50", "00:00", "00:10", "00:20"]);
        assert_eq!(ticks[0].at, 170.0);
    }

    #[test]
    fn distances_in_the_readers_unit() {
        assert_eq!(labels(&distance([0.0, 5910.0], false, 6)), ["0", "1", "2", "3", "4", "5 km"]);
        assert_eq!(labels(&distance([0.0, 420.0], false, 5)), ["0", "100", "200", "300", "400 m"]);
        let miles = distance([0.0, 5000.0], true, 4);
        assert_eq!(labels(&miles), ["0", "1", "2", "3 mi"]);
        assert!((miles[1].at - METRES_PER_MILE).abs() < 1e-9);
    }

    #[test]
    fn speeds_are_round_in_their_unit() {
        assert_eq!(labels(&speed([0.0, 3.5], SpeedUnit::MetresPerSecond, 4)), ["0.0", "1.0", "2.0", "3.0"]);
        let kmh = speed([0.0, 3.5], SpeedUnit::KilometresPerHour, 4);
        assert_eq!(labels(&kmh), ["0", "5", "10"]);
        assert!((kmh[1].at - 5.0 / 3.6).abs() < 1e-12);
        let pace = speed([0.0, 3.5], SpeedUnit::MinutesPerKilometre, 5);
        assert_eq!(labels(&pace), ["20:00", "12:00", "8:00", "6:00", "5:00"]);
        assert!(pace.windows(2).all(|pair| pair[1].at > pair[0].at));
    }

    #[test]
    fn amounts_and_scales() {
        assert_eq!(labels(&amount(470.0, 4)), ["0 min", "2 min", "4 min", "6 min"]);
        assert_eq!(labels(&amount(25.0, 3)), ["0 s", "10 s", "20 s"]);
        assert_eq!(scale(730.0, false), (500.0, "500 m".to_owned()));
        assert_eq!(scale(2300.0, false), (2000.0, "2 km".to_owned()));
        assert_eq!(scale(730.0, true).1, "2000 ft");
        assert_eq!(scale(0.4, false).1, "0.2 m");
    }

    #[test]
    fn an_empty_range_has_at_most_one_mark() {
        assert_eq!(elapsed([0.0, 0.0], 5).len(), 1);
        assert!(speed([0.0, 0.0], SpeedUnit::MetresPerSecond, 5).len() <= 1);
        assert_eq!(multiples([3.0, 1.0], 1.0).count(), 0);
    }
}
