use crate::{
    band::{Edges, SplitBy, TimeRange, Totals, splits, totals},
    motion::{Motion, Steps},
    recording::Recording,
    units::{METRES_PER_MILE, SpeedUnit},
};

/// The table of splits: per kilometre or mile, or every few of them where there are more than fit.
pub struct Table {
    /// "Per kilometre", "Every 5 miles".
    pub title: String,
    /// What stands over the first column.
    pub unit: &'static str,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// One row.
pub struct Row {
    /// "3", "11–15"; the length where the last one is not full.
    pub label: String,
    /// Seconds by state.
    pub totals: Totals,
}

/// The splits that a run has, before any are put together.
pub fn count(motion: &Motion, unit: SpeedUnit) -> usize {
    let each_m = if unit.is_imperial() { METRES_PER_MILE } else { 1000.0 };
    (motion.steps.distance_at(f64::INFINITY) / each_m - 0.02).ceil().max(1.0) as usize
}

/// At most `most` rows, which together cover the run.
pub fn table(recording: &Recording, steps: &Steps, edges: Edges, unit: SpeedUnit, most: usize) -> Table {
    let (by, each_m, one, many, symbol) = if unit.is_imperial() {
        (SplitBy::Mile, METRES_PER_MILE, "mile", "miles", "mi")
    } else {
        (SplitBy::Kilometre, 1000.0, "kilometre", "kilometres", "km")
    };
    let mut found = splits(recording, steps, edges, by);
    // A last split of a few metres is rounding of the distance, not a split.
    if let [.., before, last] = found.as_mut_slice()
        && last.totals.distance_m < 0.02 * each_m
    {
        before.range.end_s = last.range.end_s;
        before.totals = totals(steps, edges, before.range);
        found.pop();
    }
    let per_row = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        .into_iter()
        .find(|n| found.len().div_ceil(*n) <= most.max(1))
        .unwrap_or(found.len().max(1));
    let rows = found
        .chunks(per_row)
        .enumerate()
        .map(|(k, chunk)| {
            let (first, last) = (chunk[0], chunk[chunk.len() - 1]);
            let range = TimeRange { start_s: first.range.start_s, end_s: last.range.end_s };
            let totals = if chunk.len() == 1 { first.totals } else { totals(steps, edges, range) };
            let (from, to) = (k * per_row + 1, k * per_row + chunk.len());
            let mut label = if from == to { format!("{from}") } else { format!("{from}–{to}") };
            let length = totals.distance_m / each_m;
            if length < chunk.len() as f64 - 0.02 {
                label = format!("{label} ({length:.2})");
            }
            Row { label, totals }
        })
        .collect();
    let title = if per_row == 1 { format!("Per {one}") } else { format!("Every {per_row} {many}") };
    Table { title, unit: symbol, rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::fixture::{recording_of, steps_of};

    #[test]
    fn sixty_kilometres_are_grouped_and_still_cover_the_run() {
        let steps = steps_of(&[(15_050, 4.0)]);
        let recording = recording_of(&steps);
        let table = table(&recording, &steps, Edges::default(), SpeedUnit::MetresPerSecond, 14);
        assert_eq!((table.title.as_str(), table.rows.len()), ("Every 5 kilometres", 13));
        assert_eq!(table.rows[0].label, "1–5");
        assert_eq!(table.rows[12].label, "61 (0.20)");
        let covered: f64 = table.rows.iter().map(|row| row.totals.elapsed_s()).sum();
        assert!((covered - 15_050.0).abs() < 1e-6);
    }

    #[test]
    fn a_last_split_of_a_few_metres_joins_the_one_before() {
        let steps = steps_of(&[(502, 2.0)]);
        let rows = table(&recording_of(&steps), &steps, Edges::default(), SpeedUnit::default(), 10).rows;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].label, "1");
    }
}
