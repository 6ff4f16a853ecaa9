//! One row per leg: the columns of `segments`.

use std::io::{self, Write};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    band::{Edges, Segment, State, segments},
    recording::Recording,
    run::Run,
};

use super::{
    column::{Cell, Column},
    table::{Rows, Table, TableFormat},
};

/// Rows of a long recording that are brought into their form at a time.
const BATCH: usize = 65_536;

/// A row: a leg of a recording. Heart rate, cadence, elevation and device speed are those of the fix it ends at.
struct Leg<'a> {
    file: &'a str,
    recording: &'a Recording,
    segment: Segment,
}

impl Leg<'_> {
    fn moment(&self, offset_s: f64) -> DateTime<Utc> {
        self.recording.start + TimeDelta::microseconds((offset_s * 1e6).round() as i64)
    }

    fn rate(&self, column: &[u8]) -> Option<u8> {
        column.get(self.segment.fix + 1).copied().filter(|value| *value > 0)
    }

    fn elevation_m(&self) -> Option<f32> {
        let column = &self.recording.fixes.elevation_m;
        column.get(self.segment.fix + 1).copied().filter(|metres| metres.is_finite())
    }

    fn device_speed_mps(&self) -> Option<f32> {
        let column = &self.recording.fixes.device_speed_mps;
        column.get(self.segment.fix + 1).copied().filter(|speed| speed.is_finite())
    }
}

/// The columns; the first one only where the table is of several files.
fn columns<'a>() -> [Column<Leg<'a>>; 16] {
    [
        Column::new("file", Cell::Text(|leg| leg.file)),
        Column::new("start", Cell::Moment(|leg| leg.moment(leg.segment.start_s))),
        Column::new("end", Cell::Moment(|leg| leg.moment(leg.segment.end_s))),
        Column::new("duration_s", Cell::Number(|leg| leg.segment.duration_s())),
        Column::new("distance_m", Cell::Number(|leg| leg.segment.distance_m)),
        Column::new("raw_speed_mps", Cell::Number(|leg| leg.segment.raw_speed_mps)),
        Column::new("speed_mps", Cell::Number(|leg| leg.segment.speed_mps)),
        Column::new("speed_sd_mps", Cell::Number(|leg| leg.segment.speed_sd_mps)),
        Column::new("p_standing", Cell::Number(|leg| leg.segment.probabilities.standing)),
        Column::new("p_in_band", Cell::Number(|leg| leg.segment.probabilities.in_band)),
        Column::new("state", Cell::Text(|leg| State::key(leg.segment.state))),
        Column::new("interpolated", Cell::Flag(|leg| leg.segment.interpolated)),
        Column::new("device_speed_mps", Cell::ShortNumber(Leg::device_speed_mps)),
        Column::new("heart_rate_bpm", Cell::Rate(|leg| leg.rate(&leg.recording.fixes.heart_rate_bpm))),
        Column::new("cadence_spm", Cell::Rate(|leg| leg.rate(&leg.recording.fixes.cadence_spm))),
        Column::new("elevation_m", Cell::ShortNumber(Leg::elevation_m)),
    ]
}

/// A recording's segments in a table's form, with a leading column `file` where it is one of several.
pub fn encode_segments(
    format: TableFormat,
    file: Option<&str>,
    run: &Run,
    edges: Edges,
) -> io::Result<Vec<Rows>> {
    let all = columns();
    let columns = &all[usize::from(file.is_none())..];
    let file = file.unwrap_or_default();
    let Run { recording, motion } = run;
    let mut legs = segments(recording, motion, edges).map(|segment| Leg { file, recording, segment });
    let mut encoded = Vec::new();
    loop {
        let batch: Vec<Leg<'_>> = legs.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(encoded);
        }
        encoded.push(format.encode(columns, &batch)?);
    }
}

/// Begins a table with one row per segment; `with_file` says that its rows begin with their file.
pub fn segment_table(format: TableFormat, out: &mut dyn Write, with_file: bool) -> io::Result<Table<'_>> {
    Table::begin(format, out, &columns()[usize::from(!with_file)..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::fixture::{run_of, steps_of};

    #[test]
    fn csv_columns_are_the_json_keys() {
        let steps = steps_of(&[(3, 1.5)]);
        let run = run_of(steps);
        let written = |format: TableFormat| {
            let mut out = Vec::new();
            let mut table = segment_table(format, &mut out, false).expect("begin");
            for rows in encode_segments(format, None, &run, Edges::default()).expect("rows") {
                table.add(rows).expect("add");
            }
            table.finish().expect("finish");
            out
        };
        let (json, csv) = (written(TableFormat::Json), written(TableFormat::Csv));
        let rows: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_slice(&json).expect("an array of objects");
        assert_eq!(rows.len(), 3);
        let text = String::from_utf8(csv).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        let mut columns: Vec<&str> = lines[0].split(',').collect();
        let mut keys: Vec<&str> = rows[0].keys().map(String::as_str).collect();
        keys.sort_unstable();
        columns.sort_unstable();
        assert_eq!(keys, columns);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1].split(',').count(), columns.len());
        assert!(lines[1].contains(",in_band,false,,,,"), "{}", lines[1]);
    }
}
