use std::{io, sync::Arc};

use arrow_array::{
    Array, ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int8Array, Int32Array, Int64Array,
    RecordBatch, StringArray, TimestampMicrosecondArray, UInt8Array, types::Int8Type,
};
use arrow_schema::{Field, Schema};
use chrono::{DateTime, TimeDelta, Utc};
use parquet::{
    arrow::ArrowWriter,
    basic::Compression,
    file::{metadata::KeyValue, properties::WriterProperties},
};

use crate::{
    band::{Edges, Segment, State, segments},
    recording::Recording,
    run::Run,
};

use super::Analysis;

/// Rows that are put together in memory before they are written.
const BATCH: usize = 65_536;

/// A table being built: names and columns of equal length.
#[derive(Default)]
struct Table {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl Table {
    fn column(mut self, name: &str, optional: bool, column: impl Array + 'static) -> Self {
        self.fields.push(Field::new(name, column.data_type().clone(), optional));
        self.columns.push(Arc::new(column));
        self
    }

    fn numbers(self, name: &str, values: impl Iterator<Item = f64>) -> Self {
        self.column(name, false, Float64Array::from_iter_values(values))
    }

    fn maybe_numbers(self, name: &str, values: impl Iterator<Item = Option<f64>>) -> Self {
        self.column(name, true, values.collect::<Float64Array>())
    }

    fn counts(self, name: &str, values: impl Iterator<Item = usize>) -> Self {
        self.column(
            name,
            false,
            Int64Array::from_iter_values(values.map(|count| i64::try_from(count).unwrap_or(i64::MAX))),
        )
    }

    fn words<'a>(self, name: &str, values: impl Iterator<Item = &'a str>) -> Self {
        self.column(name, false, StringArray::from_iter_values(values))
    }

    fn moments(self, name: &str, values: impl Iterator<Item = DateTime<Utc>>) -> Self {
        let values = values.map(|moment| moment.timestamp_micros());
        self.column(name, false, TimestampMicrosecondArray::from_iter_values(values).with_timezone("UTC"))
    }

    fn batch(self) -> io::Result<RecordBatch> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.columns).map_err(io::Error::other)
    }
}

/// Writes `analyze` as Parquet, one row per recording: the columns of [`super::csv_header`], `start` with its
/// zone, what is missing as null.
pub fn write_analyses_parquet(out: &mut dyn io::Write, rows: &[Analysis]) -> io::Result<()> {
    let each = |value: fn(&Analysis) -> f64| rows.iter().map(value);
    let maybe = |value: fn(&Analysis) -> Option<f64>| rows.iter().map(value);
    let starts: Vec<DateTime<Utc>> = rows
        .iter()
        .map(|row| DateTime::parse_from_rfc3339(&row.start).map(|moment| moment.to_utc()))
        .collect::<Result<_, _>>()
        .map_err(io::Error::other)?;
    let warnings: Vec<String> = rows.iter().map(Analysis::warning_codes).collect();
    let table = Table::default()
        .words("file", rows.iter().map(|row| row.file.as_str()))
        .words("name", rows.iter().map(|row| row.name.as_str()))
        .moments("start", starts.into_iter())
        .column("utc_offset_s", true, rows.iter().map(|row| row.utc_offset_s).collect::<Int32Array>())
        .counts("points", rows.iter().map(|row| row.points))
        .counts("segments", rows.iter().map(|row| row.segments))
        .numbers("elapsed_s", each(|row| row.elapsed_s))
        .numbers("moving_s", each(|row| row.moving_s))
        .numbers("standing_s", each(|row| row.standing_s))
        .numbers("paused_s", each(|row| row.paused_s))
        .numbers("in_band_s", each(|row| row.in_band_s))
        .maybe_numbers("in_band_low_s", maybe(|row| row.in_band_low_s))
        .maybe_numbers("in_band_high_s", maybe(|row| row.in_band_high_s))
        .numbers("brisk_s", each(|row| row.brisk_s))
        .numbers("faster_s", each(|row| row.faster_s))
        .numbers("interpolated_s", each(|row| row.interpolated_s))
        .numbers("distance_m", each(|row| row.distance_m))
        .numbers("mean_moving_speed_mps", each(|row| row.mean_moving_speed_mps))
        .numbers("upper_mps", each(|row| row.upper_mps))
        .numbers("brisk_from_mps", each(|row| row.brisk_from_mps))
        .maybe_numbers("position_error_m", maybe(|row| row.position_error_m))
        .maybe_numbers("device_in_band_s", maybe(|row| row.device_in_band_s))
        .words("warnings", warnings.iter().map(String::as_str));
    let mut file = ParquetFile::default();
    file.push(&table.batch()?)?;
    file.finish(out)
}

/// A Parquet file being made: row group after row group, nothing written before [`ParquetFile::finish`].
#[derive(Default)]
pub(super) struct ParquetFile {
    writer: Option<ArrowWriter<Vec<u8>>>,
}

impl ParquetFile {
    /// Adds rows; all have the columns of the first.
    pub(super) fn push(&mut self, batch: &RecordBatch) -> io::Result<()> {
        if self.writer.is_none() {
            let version = concat!("Spinepace ", env!("CARGO_PKG_VERSION")).to_owned();
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_key_value_metadata(Some(vec![KeyValue::new("made_by".to_owned(), version)]))
                .build();
            let made = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties));
            self.writer = Some(made.map_err(io::Error::other)?);
        }
        self.writer.as_mut().map_or(Ok(()), |writer| writer.write(batch).map_err(io::Error::other))
    }

    /// Writes the file. Without any rows there are no columns, and that is an error.
    pub(super) fn finish(self, out: &mut dyn io::Write) -> io::Result<()> {
        let writer = self.writer.ok_or_else(|| io::Error::other("there is no run to write"))?;
        out.write_all(&writer.into_inner().map_err(io::Error::other)?)
    }
}

/// A recording's segments as batches of rows; at least one, so that even no segments tell the columns.
pub(super) fn segment_batches(file: Option<&str>, run: &Run, edges: Edges) -> io::Result<Vec<RecordBatch>> {
    let recording = &run.recording;
    let all: Vec<Segment> = segments(recording, &run.motion, edges).collect();
    if all.is_empty() {
        return Ok(vec![segment_batch(file, recording, &[])?]);
    }
    all.chunks(BATCH).map(|rows| segment_batch(file, recording, rows)).collect()
}

fn segment_batch(file: Option<&str>, recording: &Recording, rows: &[Segment]) -> io::Result<RecordBatch> {
    let fixes = &recording.fixes;
    let moment = |offset_s: f64| recording.start + TimeDelta::microseconds((offset_s * 1e6).round() as i64);
    let each = |value: fn(&Segment) -> f64| rows.iter().map(value);
    let states = Int8Array::from_iter_values(
        rows.iter().map(|row| State::ALL.iter().position(|state| *state == row.state).unwrap_or(0) as i8),
    );
    let names: ArrayRef = Arc::new(StringArray::from_iter_values(State::ALL.map(State::key)));
    let states = DictionaryArray::<Int8Type>::try_new(states, names).map_err(io::Error::other)?;
    let device = rows.iter().map(|row| {
        fixes
            .device_speed_mps
            .get(row.fix + 1)
            .filter(|speed| speed.is_finite())
            .map(|speed| f64::from(*speed))
    });
    let beat = |column: &[u8]| {
        rows.iter()
            .map(|row| column.get(row.fix + 1).copied().filter(|value| *value > 0))
            .collect::<UInt8Array>()
    };
    let table = match file {
        Some(file) => Table::default().words("file", rows.iter().map(|_| file)),
        None => Table::default(),
    };
    table
        .moments("start", rows.iter().map(|row| moment(row.start_s)))
        .moments("end", rows.iter().map(|row| moment(row.end_s)))
        .numbers("duration_s", each(Segment::duration_s))
        .numbers("distance_m", each(|row| row.distance_m))
        .numbers("raw_speed_mps", each(|row| row.raw_speed_mps))
        .numbers("speed_mps", each(|row| row.speed_mps))
        .numbers("speed_sd_mps", each(|row| row.speed_sd_mps))
        .numbers("p_standing", each(|row| row.probabilities.standing))
        .numbers("p_in_band", each(|row| row.probabilities.in_band))
        .column("state", false, states)
        .column(
            "interpolated",
            false,
            rows.iter().map(|row| Some(row.interpolated)).collect::<BooleanArray>(),
        )
        .maybe_numbers("device_speed_mps", device)
        .column("heart_rate_bpm", true, beat(&fixes.heart_rate_bpm))
        .column("cadence_spm", true, beat(&fixes.cadence_spm))
        .batch()
}
