//! What a device may measure beside time and place.

use super::Fixes;

/// Values further apart in time tell nothing of the time between, s.
const APART_S: f64 = 10.0;

/// What a device may measure beside place and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Beats per minute.
    HeartRate,
    /// Steps per minute, both feet; turns of the crank on a ride.
    Cadence,
    /// Metres above the sea.
    Elevation,
}

impl Quantity {
    /// All of them, from top to bottom of a window.
    pub const ALL: [Self; 3] = [Self::HeartRate, Self::Cadence, Self::Elevation];

    /// Whether there is something to tell. An elevation that never changes was not measured: programs write 0 for
    /// one that they do not know.
    pub fn is_in(self, fixes: &Fixes) -> bool {
        let rate = |column: &[u8]| column.iter().any(|value| *value > 0);
        match self {
            Self::HeartRate => rate(&fixes.heart_rate_bpm),
            Self::Cadence => rate(&fixes.cadence_spm),
            Self::Elevation => {
                let mut known = fixes.elevation_m.iter().filter(|metres| metres.is_finite());
                let first = known.next();
                known.any(|metres| Some(metres) != first)
            }
        }
    }

    /// What a fix says of it.
    pub fn of_fix(self, fixes: &Fixes, fix: usize) -> Option<f64> {
        let rate = |column: &[u8]| column.get(fix).filter(|value| **value > 0).map(|value| f64::from(*value));
        match self {
            Self::HeartRate => rate(&fixes.heart_rate_bpm),
            Self::Cadence => rate(&fixes.cadence_spm),
            Self::Elevation => fixes
                .elevation_m
                .get(fix)
                .filter(|metres| metres.is_finite())
                .map(|metres| f64::from(*metres)),
        }
    }

    /// Its value at a moment, s: straight from the fix before to the one after; `None` where either lacks it or both
    /// are more than 10 s apart.
    pub fn at(self, fixes: &Fixes, time_s: f64) -> Option<f64> {
        self.before_fix(fixes, fixes.time_s.partition_point(|time| *time < time_s), time_s)
    }

    /// The same where it is known that the fix after the moment is `next`.
    pub fn before_fix(self, fixes: &Fixes, next: usize, time_s: f64) -> Option<f64> {
        let to_s = *fixes.time_s.get(next)?;
        let to = self.of_fix(fixes, next)?;
        let Some(before) = next.checked_sub(1) else { return (time_s >= to_s).then_some(to) };
        let from_s = fixes.time_s[before];
        if time_s >= to_s {
            return Some(to);
        }
        let from = self.of_fix(fixes, before).filter(|_| to_s - from_s <= APART_S)?;
        Some(from + (time_s - from_s) / (to_s - from_s) * (to - from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_run_straight_between_fixes_that_are_near() {
        let fixes = Fixes {
            time_s: vec![0.0, 2.0, 4.0, 30.0, 31.0],
            heart_rate_bpm: vec![100, 110, 0, 120, 130],
            elevation_m: vec![400.0; 5],
            ..Fixes::default()
        };
        let at = |time_s| Quantity::HeartRate.at(&fixes, time_s);
        assert_eq!([at(0.0), at(1.0), at(2.0)], [Some(100.0), Some(105.0), Some(110.0)]);
        assert_eq!([at(3.0), at(10.0), at(29.0), at(31.5)], [None; 4], "missing, a gap, past the end");
        assert_eq!([at(30.0), at(30.5)], [Some(120.0), Some(125.0)]);
        let recorded = Quantity::ALL.map(|quantity| quantity.is_in(&fixes));
        assert_eq!(recorded, [true, false, false], "an elevation that never changes was not measured");
    }
}
