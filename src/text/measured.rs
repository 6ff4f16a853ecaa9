//! Heart rate, cadence and climb in words.

use crate::{
    band::Measured,
    recording::Quantity,
    units::{cadence, elevation, heart_rate},
};

/// What a quantity is called.
pub fn name(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::HeartRate => "Heart rate",
        Quantity::Cadence => "Cadence",
        Quantity::Elevation => "Elevation",
    }
}

/// A value with its unit: "128 bpm", "168/min", "412 m".
pub fn value(quantity: Quantity, value: f64, imperial: bool) -> String {
    match quantity {
        Quantity::HeartRate => heart_rate(value),
        Quantity::Cadence => cadence(value),
        Quantity::Elevation => elevation(value, imperial),
    }
}

/// What the numbers say of a quantity: "128 bpm in the band, 151 above", "climb 84 m, descent 80 m"; `None` where they
/// say nothing.
pub fn facts(quantity: Quantity, measured: &Measured, imperial: bool) -> Option<String> {
    match quantity {
        Quantity::HeartRate => match (measured.in_band_bpm, measured.faster_bpm) {
            (Some(inside), Some(above)) => {
                Some(format!("{} in the band, {above:.0} above", heart_rate(inside)))
            }
            _ => measured.heart_rate_bpm.map(|bpm| format!("{} on average", heart_rate(bpm))),
        },
        Quantity::Cadence => {
            measured.cadence_spm.map(|per_minute| format!("{} on average, moving", cadence(per_minute)))
        }
        Quantity::Elevation => measured.climb.map(|climb| {
            format!(
                "climb {}, descent {}",
                elevation(climb.up_m, imperial),
                elevation(climb.down_m, imperial)
            )
        }),
    }
}

/// A sentence for each quantity that was recorded: "Heart rate 128 bpm in the band, 151 above".
pub fn sentences(measured: &Measured, imperial: bool) -> Vec<String> {
    let sentence = |quantity| match quantity {
        Quantity::Elevation => facts(quantity, measured, imperial).map(|facts| capital(&facts)),
        _ => facts(quantity, measured, imperial).map(|facts| format!("{} {facts}", name(quantity))),
    };
    Quantity::ALL.into_iter().filter_map(sentence).collect()
}

/// All in one quiet line for a page: "Mean heart rate 128 bpm in the band, 151 above; climb 84 m".
pub fn line(measured: &Measured, imperial: bool) -> Option<String> {
    let of_heart = facts(Quantity::HeartRate, measured, imperial)
        .map(|facts| format!("mean heart rate {}", facts.replace(" on average", "")));
    let climb = measured.climb.map(|climb| format!("climb {}", elevation(climb.up_m, imperial)));
    let parts: Vec<String> = of_heart.into_iter().chain(climb).collect();
    (!parts.is_empty()).then(|| capital(&parts.join("; ")))
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::Climb;

    const ALL: Measured = Measured {
        heart_rate_bpm: Some(139.4),
        in_band_bpm: Some(127.6),
        faster_bpm: Some(151.2),
        cadence_spm: Some(168.0),
        climb: Some(Climb { up_m: 84.2, down_m: 79.8 }),
    };

    #[test]
    fn what_was_recorded_is_told_and_nothing_else() {
        assert_eq!(
            sentences(&ALL, false),
            [
                "Heart rate 128 bpm in the band, 151 above",
                "Cadence 168/min on average, moving",
                "Climb 84 m, descent 80 m"
            ]
        );
        assert_eq!(
            line(&ALL, true).as_deref(),
            Some("Mean heart rate 128 bpm in the band, 151 above; climb 276 ft")
        );
        let walk = Measured { faster_bpm: None, climb: None, ..ALL };
        assert_eq!(line(&walk, false).as_deref(), Some("Mean heart rate 139 bpm"));
        assert_eq!(sentences(&Measured::default(), false), [""; 0]);
        assert_eq!(line(&Measured::default(), false), None);
    }
}
