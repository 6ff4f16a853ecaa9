//! One row per run: the columns of `analyze`.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{band::Summary, motion::SpeedSource, notice::Notice, recording::Sport, run::Run};

use super::{
    column::{Cell, Column},
    table::{Rows, Table, TableFormat},
};

/// One recording in the table of `analyze`: SI units, nothing rounded away.
#[derive(Debug, Clone)]
pub struct Analysis {
    file: String,
    name: String,
    start: DateTime<Utc>,
    utc_offset_s: Option<i32>,
    points: usize,
    segments: usize,
    sport: Option<Sport>,
    summary: Summary,
}

/// The columns; `docs/columns.md` explains them.
const COLUMNS: [Column<Analysis>; 31] = [
    Column::new("file", Cell::Text(|run| &run.file)),
    Column::new("name", Cell::Text(|run| &run.name)),
    Column::new("start", Cell::Moment(|run| run.start)),
    Column::new("utc_offset_s", Cell::Seconds(|run| run.utc_offset_s)),
    Column::new("points", Cell::Count(|run| run.points)),
    Column::new("segments", Cell::Count(|run| run.segments)),
    Column::new("elapsed_s", Cell::Number(|run| run.summary.totals.elapsed_s())),
    Column::new("moving_s", Cell::Number(|run| run.summary.totals.moving_s())),
    Column::new("standing_s", Cell::Number(|run| run.summary.totals.standing_s)),
    Column::new("paused_s", Cell::Number(|run| run.summary.totals.paused_s)),
    Column::new("in_band_s", Cell::Number(|run| run.summary.totals.in_band_s)),
    Column::new("in_band_low_s", Cell::MaybeNumber(|run| Some(run.summary.interval?.low_s))),
    Column::new("in_band_high_s", Cell::MaybeNumber(|run| Some(run.summary.interval?.high_s))),
    Column::new("brisk_s", Cell::Number(|run| run.summary.totals.brisk_s)),
    Column::new("faster_s", Cell::Number(|run| run.summary.totals.faster_s)),
    Column::new("interpolated_s", Cell::Number(|run| run.summary.totals.interpolated_s)),
    Column::new("distance_m", Cell::Number(|run| run.summary.totals.distance_m)),
    Column::new("mean_moving_speed_mps", Cell::Number(|run| run.summary.totals.mean_moving_speed_mps())),
    Column::new("upper_mps", Cell::Number(|run| run.summary.edges.upper_mps())),
    Column::new("brisk_from_mps", Cell::Number(|run| run.summary.edges.brisk_from_mps())),
    Column::new("position_error_m", Cell::MaybeNumber(|run| run.summary.position_error_m)),
    Column::new("device_in_band_s", Cell::MaybeNumber(|run| run.summary.device_in_band_s)),
    Column::new("warnings", Cell::Notices(|run| &run.summary.notices)),
    Column::new("sport", Cell::MaybeText(|run| run.sport.map(Sport::code))),
    Column::new("speed_source", Cell::Text(|run| SpeedSource::code(run.summary.source))),
    Column::new("mean_heart_rate_bpm", Cell::MaybeNumber(|run| run.summary.measured.heart_rate_bpm)),
    Column::new("in_band_heart_rate_bpm", Cell::MaybeNumber(|run| run.summary.measured.in_band_bpm)),
    Column::new("faster_heart_rate_bpm", Cell::MaybeNumber(|run| run.summary.measured.faster_bpm)),
    Column::new("mean_cadence_spm", Cell::MaybeNumber(|run| run.summary.measured.cadence_spm)),
    Column::new("climb_m", Cell::MaybeNumber(|run| Some(run.summary.measured.climb?.up_m))),
    Column::new("descent_m", Cell::MaybeNumber(|run| Some(run.summary.measured.climb?.down_m))),
];

impl Analysis {
    /// The row of one run; `file` is what it was called on the command line, or the archive's entry.
    pub fn new(file: String, run: &Run, summary: Summary) -> Self {
        let recording = &run.recording;
        Self {
            file,
            name: recording.name.clone(),
            start: recording.start,
            utc_offset_s: recording.utc_offset_s,
            points: recording.points,
            segments: recording.fixes.len().saturating_sub(1),
            sport: recording.sport(),
            summary,
        }
    }

    /// Adds a warning.
    pub fn warn(&mut self, notice: Notice) {
        self.summary.notices.push(notice);
    }

    /// The row in a table's form.
    pub fn encode(self, format: TableFormat) -> io::Result<Rows> {
        format.encode(&COLUMNS, &[self])
    }
}

/// The names of the columns.
pub fn analysis_columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|column| column.name)
}

/// Begins a table with one row per recording.
pub fn analysis_table(format: TableFormat, out: &mut dyn Write) -> io::Result<Table<'_>> {
    Table::begin(format, out, &COLUMNS)
}

/// A file that gave no recording; only JSON tells it.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// The file as it was named.
    pub file: String,
    /// What is wrong, and what to do.
    pub error: String,
}
