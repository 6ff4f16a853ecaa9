//! Two runs compared: how much more time in band one has, and how certain that is.

use super::{Interval, Summary};

/// What one run has more than another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Seconds in band; negative where the first run has fewer.
    pub in_band_s: f64,
    /// Where that difference lies with 95% probability, if both runs have an interval.
    pub interval: Option<Interval>,
    /// Share of moving time, -1 to 1.
    pub share: f64,
    /// Seconds of moving.
    pub moving_s: f64,
    /// Metres.
    pub distance_m: f64,
}

impl Difference {
    /// Whether the interval leaves no doubt which run has more time in band.
    pub fn is_certain(&self) -> bool {
        self.interval.is_some_and(|interval| interval.low_s > 0.0 || interval.high_s < 0.0)
    }
}

/// `first` minus `second`. The errors of two recordings are independent, so their half widths add in squares.
pub fn difference(first: &Summary, second: &Summary) -> Difference {
    let (a, b) = (&first.totals, &second.totals);
    let in_band_s = a.in_band_s - b.in_band_s;
    let interval = first.interval.zip(second.interval).map(|(one, other)| Interval {
        low_s: in_band_s - (a.in_band_s - one.low_s).hypot(other.high_s - b.in_band_s),
        high_s: in_band_s + (one.high_s - a.in_band_s).hypot(b.in_band_s - other.low_s),
    });
    Difference {
        in_band_s,
        interval,
        share: a.share() - b.share(),
        moving_s: a.moving_s() - b.moving_s(),
        distance_m: a.distance_m - b.distance_m,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::{Edges, Totals};

    fn summary(in_band_s: f64, half_s: f64) -> Summary {
        Summary::made(
            Edges::default(),
            Totals { in_band_s, faster_s: 1000.0, ..Totals::default() },
            Some(Interval { low_s: in_band_s - half_s, high_s: in_band_s + half_s }),
        )
    }

    #[test]
    fn half_widths_add_in_squares() {
        let found = difference(&summary(600.0, 30.0), &summary(500.0, 40.0));
        let interval = found.interval.expect("both have one");
        assert!((interval.low_s - 50.0).abs() < 1e-9 && (interval.high_s - 150.0).abs() < 1e-9);
        assert!(found.is_certain());
        assert!(!difference(&summary(600.0, 90.0), &summary(500.0, 90.0)).is_certain());
    }

    #[test]
    fn without_an_interval_there_is_none_of_the_difference() {
        let unsure = Summary { interval: None, ..summary(600.0, 0.0) };
        assert_eq!(difference(&unsure, &summary(500.0, 40.0)).interval, None);
    }
}
