//! A person's weeks as columns.

use super::{Tick, ticks};

/// At most so many weeks are named below the columns.
const NAMES: usize = 13;
/// The highest pain there is.
pub const WORST_PAIN: f64 = 10.0;

/// One week of a runner.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekColumn {
    /// What stands below it: "9 Nov"; empty where there is no room.
    pub name: String,
    /// In band, s.
    pub in_band_s: f64,
    /// Its 95 % interval, s.
    pub interval_s: Option<[f64; 2]>,
    /// What was agreed, s.
    pub dose_s: Option<f64>,
    /// Whether the week is not over.
    pub is_unfinished: bool,
    /// Mean pain, 0 to 10.
    pub pain: Option<f64>,
}

/// Time in band week by week, with what was agreed, and pain.
#[derive(Debug, Clone, PartialEq)]
pub struct WeeksFigure {
    /// The weeks, without a hole.
    pub columns: Vec<WeekColumn>,
    /// Top of the axis, s.
    pub y_max_s: f64,
    /// Its marks.
    pub y_ticks: Vec<Tick>,
}

impl WeeksFigure {
    /// Fits an axis to the weeks, and leaves out names that would touch.
    pub fn new(mut columns: Vec<WeekColumn>) -> Self {
        let tops = columns.iter().flat_map(|week| {
            [Some(week.in_band_s), week.interval_s.map(|[_, high]| high), week.dose_s].into_iter().flatten()
        });
        let y_max_s = tops.fold(600.0, f64::max) * 1.06;
        let every = columns.len().div_ceil(NAMES).max(1);
        for (k, week) in columns.iter_mut().enumerate() {
            if !k.is_multiple_of(every) {
                week.name.clear();
            }
        }
        Self { columns, y_max_s, y_ticks: ticks::amount(y_max_s, 4) }
    }

    /// Whether pain was told in any week.
    pub fn has_pain(&self) -> bool {
        self.columns.iter().any(|week| week.pain.is_some())
    }
}
