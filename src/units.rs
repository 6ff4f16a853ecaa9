//! The only place that converts or formats speeds, paces, distances and durations. Everywhere else
//! numbers are SI: m/s, m, s.

/// Metres in a statute mile.
pub const METRES_PER_MILE: f64 = 1609.344;

/// Metres in an international foot.
pub const METRES_PER_FOOT: f64 = 0.3048;

/// How a person wants to read speeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum SpeedUnit {
    /// m/s
    #[default]
    MetresPerSecond,
    /// km/h
    KilometresPerHour,
    /// min/km
    MinutesPerKilometre,
    /// mph
    MilesPerHour,
    /// min/mile
    MinutesPerMile,
}

impl SpeedUnit {
    /// Every unit, in the order of menus.
    pub const ALL: [Self; 5] = [
        Self::MetresPerSecond,
        Self::KilometresPerHour,
        Self::MinutesPerKilometre,
        Self::MilesPerHour,
        Self::MinutesPerMile,
    ];

    /// What stands on buttons and axes.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::MetresPerSecond => "m/s",
            Self::KilometresPerHour => "km/h",
            Self::MinutesPerKilometre => "min/km",
            Self::MilesPerHour => "mph",
            Self::MinutesPerMile => "min/mile",
        }
    }

    /// The unit's name in full, for screen readers and menus.
    pub fn name(self) -> &'static str {
        match self {
            Self::MetresPerSecond => "metres per second",
            Self::KilometresPerHour => "kilometres per hour",
            Self::MinutesPerKilometre => "minutes per kilometre",
            Self::MilesPerHour => "miles per hour",
            Self::MinutesPerMile => "minutes per mile",
        }
    }

    /// The unit that people mean by what they type.
    fn typed(text: &str) -> Option<Self> {
        let letters: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        Some(match letters.as_str() {
            "m/s" | "mps" => Self::MetresPerSecond,
            "km/h" | "kmh" | "kph" => Self::KilometresPerHour,
            "min/km" | "/km" => Self::MinutesPerKilometre,
            "mph" | "mi/h" => Self::MilesPerHour,
            "min/mile" | "min/mi" | "/mile" | "/mi" => Self::MinutesPerMile,
            _ => return None,
        })
    }

    /// The unit that stands beside m/s: this one, or for readers of m/s the pace, as runners think in it.
    #[must_use]
    pub fn beside_mps(self) -> Self {
        if self == Self::MetresPerSecond { Self::MinutesPerKilometre } else { self }
    }

    /// Whether a smaller number is faster.
    pub fn is_pace(self) -> bool {
        matches!(self, Self::MinutesPerKilometre | Self::MinutesPerMile)
    }

    /// What a number in it is: "Speed", "Pace".
    pub fn quantity(self) -> &'static str {
        if self.is_pace() { "Pace" } else { "Speed" }
    }

    /// A standard deviation around a speed, with its unit: "±0.09 m/s", "±0:12 /km". Half the way between the paces at
    /// both of its ends.
    pub fn plus_minus(self, speed_mps: f64, sd_mps: f64) -> String {
        if !self.is_pace() {
            let digits = if self == Self::MetresPerSecond { 2 } else { 1 };
            return format!("±{:.digits$} {}", self.from_mps(sd_mps), self.symbol());
        }
        let slow_mps = (speed_mps - sd_mps).max(0.1);
        let half_min = (self.from_mps(slow_mps) - self.from_mps(speed_mps + sd_mps)).abs() / 2.0;
        let unit = if self == Self::MinutesPerMile { "/mile" } else { "/km" };
        format!("±{} {unit}", duration(half_min * 60.0))
    }

    /// Whether distances that go with it are miles.
    pub fn is_imperial(self) -> bool {
        matches!(self, Self::MilesPerHour | Self::MinutesPerMile)
    }

    /// The number of a speed in this unit; a pace is in minutes, infinite at 0 m/s.
    pub fn from_mps(self, speed_mps: f64) -> f64 {
        match self {
            Self::MetresPerSecond => speed_mps,
            Self::KilometresPerHour => speed_mps * 3.6,
            Self::MilesPerHour => speed_mps * 3600.0 / METRES_PER_MILE,
            Self::MinutesPerKilometre => 1000.0 / speed_mps / 60.0,
            Self::MinutesPerMile => METRES_PER_MILE / speed_mps / 60.0,
        }
    }

    /// The speed in m/s of a number in this unit.
    pub fn to_mps(self, number: f64) -> f64 {
        match self {
            Self::MetresPerSecond => number,
            Self::KilometresPerHour => number / 3.6,
            Self::MilesPerHour => number * METRES_PER_MILE / 3600.0,
            Self::MinutesPerKilometre => 1000.0 / (number * 60.0),
            Self::MinutesPerMile => METRES_PER_MILE / (number * 60.0),
        }
    }

    /// The number alone: "2.96", "10.7", "5:37". A pace slower than an hour is "–".
    pub fn number(self, speed_mps: f64) -> String {
        let number = self.from_mps(speed_mps);
        match self {
            Self::MetresPerSecond => format!("{number:.2}"),
            Self::KilometresPerHour | Self::MilesPerHour => format!("{number:.1}"),
            Self::MinutesPerKilometre | Self::MinutesPerMile if (0.0..60.0).contains(&number) => {
                duration(number * 60.0)
            }
            Self::MinutesPerKilometre | Self::MinutesPerMile => "–".to_owned(),
        }
    }

    /// Number and unit: "2.96 m/s", "5:37 /km".
    pub fn format(self, speed_mps: f64) -> String {
        let number = self.number(speed_mps);
        match self {
            Self::MinutesPerKilometre => format!("{number} /km"),
            Self::MinutesPerMile => format!("{number} /mile"),
            _ => format!("{number} {}", self.symbol()),
        }
    }

    /// As short as it can be said exactly, for a threshold: "2 m/s", "7.2 km/h", "8:20 /km".
    pub fn format_short(self, speed_mps: f64) -> String {
        let text = self.format(speed_mps);
        let unit = text.split_once(' ').map_or("", |(_, unit)| unit);
        format!("{} {unit}", self.number_short(speed_mps))
    }

    /// The number of that: "2", "7.2", "8:20".
    pub fn number_short(self, speed_mps: f64) -> String {
        let number = self.number(speed_mps);
        match number.contains('.') {
            true => number.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => number,
        }
    }

    /// Reads what a person typed: "2", "2,1", "8:20" in this unit, or with a unit of its own: "7.2 km/h", "8:20 /km".
    /// m/s, or `None`.
    pub fn parse(self, text: &str) -> Option<f64> {
        let text = text.trim();
        let end = text.find(|c: char| c.is_alphabetic() || c == '/').unwrap_or(text.len());
        let (number, typed) = text.split_at(end);
        let unit = if typed.is_empty() { self } else { Self::typed(typed)? };
        let number = match number.split_once(':') {
            Some((minutes, seconds)) => {
                let (minutes, seconds): (u32, f64) =
                    (minutes.trim().parse().ok()?, seconds.trim().parse().ok()?);
                (unit.is_pace() && (0.0..60.0).contains(&seconds))
                    .then_some(f64::from(minutes) + seconds / 60.0)?
            }
            None => number.trim().replace(',', ".").parse::<f64>().ok()?,
        };
        let speed_mps = unit.to_mps(number);
        (speed_mps.is_finite() && speed_mps > 0.0).then_some(speed_mps)
    }
}

/// "34:03", "1:02:03"; rounded to the second.
pub fn duration(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// For a sentence, to the second: "12 min 39 s", "1 h 2 min 3 s", "52 min". "12:39" would read as a pace there.
pub fn duration_exact_words(seconds: f64) -> String {
    let words = duration_parts(seconds).into_iter().map(|(count, unit)| format!("{count} {unit}"));
    words.collect::<Vec<_>>().join(" ")
}

/// The same in parts, for large type: 12 "min", 39 "s".
pub fn duration_parts(seconds: f64) -> Vec<(u64, &'static str)> {
    let whole = seconds.max(0.0).round() as u64;
    let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")];
    let mut parts: Vec<_> = parts.into_iter().filter(|(count, _)| *count > 0).collect();
    if parts.is_empty() {
        parts.push((0, "s"));
    }
    parts
}

/// For a sentence, rounded: "52 min", "3 h 5 min", "48 s".
pub fn duration_words(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    match whole {
        0..60 => format!("{whole} s"),
        60..3600 => format!("{} min", (whole + 30) / 60),
        _ => {
            let minutes = (whole + 30) / 60;
            if minutes.is_multiple_of(60) {
                format!("{} h", minutes / 60)
            } else {
                format!("{} h {} min", minutes / 60, minutes % 60)
            }
        }
    }
}

/// "5.91 km", "840 m", or in miles "3.67 mi".
pub fn distance(metres: f64, imperial: bool) -> String {
    match imperial {
        true => format!("{:.2} mi", metres / METRES_PER_MILE),
        false if metres.abs() < 999.5 => format!("{metres:.0} m"),
        false => format!("{:.2} km", metres / 1000.0),
    }
}

/// "412 m", or in feet "1352 ft": elevations and climbs.
pub fn elevation(metres: f64, imperial: bool) -> String {
    // No "-0 m" beside the sea.
    let number = if imperial { metres / METRES_PER_FOOT } else { metres }.round() + 0.0;
    format!("{number:.0} {}", elevation_symbol(imperial))
}

/// The unit of that.
fn elevation_symbol(imperial: bool) -> &'static str {
    if imperial { "ft" } else { "m" }
}

/// "128 bpm"
pub fn heart_rate(beats_per_minute: f64) -> String {
    format!("{beats_per_minute:.0} bpm")
}

/// "168/min": steps of both feet, or turns of a crank.
pub fn cadence(per_minute: f64) -> String {
    format!("{per_minute:.0}/min")
}

/// "23 runs", "1 run"
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// "67%"; never "100%" or "0%" for a share that is only nearly so.
pub fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    if whole >= 100.0 && share < 0.999_5 {
        ">99%".to_owned()
    } else if whole <= 0.0 && share > 0.000_5 {
        "<1%".to_owned()
    } else {
        format!("{whole:.0}%")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_metres_a_second_in_every_unit() {
        let texts = SpeedUnit::ALL.map(|unit| unit.format_short(2.0));
        assert_eq!(texts, ["2 m/s", "7.2 km/h", "8:20 /km", "4.5 mph", "13:25 /mile"]);
    }

    #[test]
    fn every_unit_converts_back() {
        for unit in SpeedUnit::ALL {
            for speed in [0.5, 1.5, 2.0, 3.3] {
                assert!((unit.to_mps(unit.from_mps(speed)) - speed).abs() < 1e-12, "{unit:?} {speed}");
            }
        }
    }

    #[test]
    fn typed_thresholds() {
        assert_eq!(SpeedUnit::MetresPerSecond.parse(" 2,1 m/s"), Some(2.1));
        let typed = SpeedUnit::MinutesPerKilometre.parse("8:20 /km").expect("a pace");
        assert!((typed - 2.0).abs() < 1e-12);
        assert_eq!(SpeedUnit::MinutesPerKilometre.parse("8:75"), None);
        // A typed unit counts, whatever the field's own.
        for field in SpeedUnit::ALL {
            for unit in SpeedUnit::ALL {
                for typed in [unit.format(1.6), format!("{} {}", unit.number(1.6), unit.symbol())] {
                    let read = field.parse(&typed).expect("a speed");
                    assert!((read - 1.6).abs() < 0.02, "{typed} in {field:?}: {read}");
                }
            }
        }
        assert_eq!(SpeedUnit::MetresPerSecond.parse("7.2 km/h"), Some(2.0));
        assert_eq!(SpeedUnit::MetresPerSecond.parse("2 furlongs"), None);
        assert_eq!(SpeedUnit::MetresPerSecond.parse("8:20"), None);
        assert_eq!(SpeedUnit::MetresPerSecond.parse("0"), None);
        assert_eq!(SpeedUnit::MetresPerSecond.parse("fast"), None);
    }

    #[test]
    fn durations_and_shares() {
        assert_eq!(duration(3723.4), "1:02:03");
        assert_eq!(duration(59.6), "1:00");
        assert_eq!(duration_words(3599.0), "60 min");
        let exact = [0.2, 48.0, 60.0, 759.4, 3600.0, 3723.0].map(duration_exact_words);
        assert_eq!(exact, ["0 s", "48 s", "1 min", "12 min 39 s", "1 h", "1 h 2 min 3 s"]);
        assert_eq!(percent(0.9996), "100%");
        assert_eq!(percent(0.998), ">99%");
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(0.001), "<1%");
    }

    #[test]
    fn elevations_and_rates() {
        assert_eq!([elevation(412.4, false), elevation(412.4, true)], ["412 m", "1353 ft"]);
        assert_eq!(elevation(-0.3, false), "0 m");
        assert_eq!([heart_rate(127.6), cadence(168.2)], ["128 bpm", "168/min"]);
    }

    #[test]
    fn standing_has_no_pace() {
        assert_eq!(SpeedUnit::MinutesPerKilometre.format(0.0), "– /km");
    }
}
