//! The table of splits, grouped where there are more than fit.

use crate::{
    band::{Edges, SplitBy, TimeRange, Totals, splits, totals},
    figure::Role,
    motion::Motion,
    render::{
        canvas::{Align, Canvas, Frame, Point},
        font::Type,
    },
    run::Run,
    units::{self, METRES_PER_MILE, SpeedUnit},
};

use super::{
    blocks::heading,
    sheet::{ROW_PT, SMALL},
};

/// The table of splits: per kilometre or mile, or every few of them where there are more than fit.
pub struct SplitTable {
    /// "Per kilometre", "Every 5 miles".
    pub title: String,
    /// What stands over the first column.
    pub unit: &'static str,
    /// The rows, in order.
    pub rows: Vec<SplitRow>,
}

/// One row.
pub struct SplitRow {
    /// "3", "11–15"; "last 30 m" where the last one is not full.
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
pub fn table(run: &Run, edges: Edges, unit: SpeedUnit, most: usize) -> SplitTable {
    let steps = &run.motion.steps;
    let (by, each_m, one, many, symbol) = if unit.is_imperial() {
        (SplitBy::Mile, METRES_PER_MILE, "mile", "miles", "mi")
    } else {
        (SplitBy::Kilometre, 1000.0, "kilometre", "kilometres", "km")
    };
    let mut found = splits(&run.recording, steps, edges, by);
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
            let full = totals.distance_m >= (chunk.len() as f64 - 0.02) * each_m;
            let label = match units::distance(totals.distance_m, unit.is_imperial()) {
                length if !full && k > 0 => format!("last {length}"),
                length if !full => length,
                _ if from == to => format!("{from}"),
                _ => format!("{from}–{to}"),
            };
            SplitRow { label, totals }
        })
        .collect();
    let title = if per_row == 1 { format!("Per {one}") } else { format!("Every {per_row} {many}") };
    SplitTable { title, unit: symbol, rows }
}

impl SplitTable {
    /// Draws the table from `at` (upper left), `column` pt wide; `upper` names the upper edge of the band.
    pub fn draw(&self, canvas: &Canvas, at: Point, column: f64, unit: SpeedUnit, upper: &str) {
        let [x, y] = at;
        heading(canvas, &self.title, x, y);
        let other = unit.beside_mps();
        let ends = [94.0, 122.0, 158.0, 196.0].map(|end| x + end);
        let (muted, ink) = (canvas.rgb(Role::Muted), canvas.rgb(Role::Ink));
        let head = y + 21.5;
        canvas.text([x, head], self.unit, SMALL, Align::Start, muted);
        let over = ["moving", "m/s", other.symbol(), &format!("≤ {upper}")];
        for (end, word) in ends.iter().zip(over) {
            canvas.text([*end, head], word, SMALL, Align::End, muted);
        }
        canvas.text([x + column, head], "share", SMALL, Align::End, muted);
        let row_type = Type::regular(8.0);
        for (k, row) in self.rows.iter().enumerate() {
            let baseline = head + 12.0 + k as f64 * ROW_PT;
            canvas.line([[x, baseline - 9.0], [x + column, baseline - 9.0]], 0.4, canvas.rgb(Role::Line));
            let label = row_type.fitting(&row.label, 64.0);
            canvas.text([x, baseline], &row.label, label, Align::Start, ink);
            let mean = row.totals.mean_moving_speed_mps();
            let cells = [
                units::duration(row.totals.moving_s()),
                SpeedUnit::MetresPerSecond.number(mean),
                other.number(mean),
                units::duration(row.totals.in_band_s),
            ];
            for ((end, cell), room) in ends.iter().zip(&cells).zip([28.0, 26.0, 34.0, 36.0]) {
                let fitting = row_type.fitting(cell, room);
                canvas.text([*end, baseline], cell, fitting, Align::End, ink);
            }
            let share = row.totals.share();
            let words = units::percent(share);
            canvas.text([x + column, baseline], &words, row_type, Align::End, ink);
            let bar = Frame {
                x: x + 202.0,
                y: baseline - 5.2,
                width: (column - 202.0 - 26.0).max(4.0),
                height: 4.6,
            };
            canvas.rect(bar, canvas.rgb(Role::Line));
            canvas.rect(Frame { width: bar.width * share, ..bar }, canvas.rgb(Role::InBand));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::fixture::{run_of, steps_of};

    #[test]
    fn sixty_kilometres_are_grouped_and_still_cover_the_run() {
        let steps = steps_of(&[(15_050, 4.0)]);
        let table = table(&run_of(steps), Edges::default(), SpeedUnit::MetresPerSecond, 14);
        assert_eq!((table.title.as_str(), table.rows.len()), ("Every 5 kilometres", 13));
        assert_eq!(table.rows[0].label, "1–5");
        assert_eq!(table.rows[12].label, "last 200 m");
        let covered: f64 = table.rows.iter().map(|row| row.totals.elapsed_s()).sum();
        assert!((covered - 15_050.0).abs() < 1e-6);
    }

    #[test]
    fn a_last_split_of_a_few_metres_joins_the_one_before() {
        let steps = steps_of(&[(502, 2.0)]);
        let rows = table(&run_of(steps), Edges::default(), SpeedUnit::default(), 10).rows;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].label, "1");
    }
}
