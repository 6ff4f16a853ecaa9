use std::io::{self, Write};

use arrow_array::RecordBatch;
use serde::Serialize;

use crate::{
    band::{Edges, Segment, State, segments},
    recording::Recording,
    run::Run,
};

use super::{
    parquet::{ParquetFile, segment_batches},
    rfc3339,
};

/// A row of `segments`: its fields are the columns. Heart rate, cadence and device speed are those of the fix it
/// ends at.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    start: String,
    end: String,
    duration_s: f64,
    distance_m: f64,
    raw_speed_mps: f64,
    speed_mps: f64,
    speed_sd_mps: f64,
    p_standing: f64,
    p_in_band: f64,
    state: State,
    interpolated: bool,
    device_speed_mps: Option<f32>,
    heart_rate_bpm: Option<u8>,
    cadence_spm: Option<u8>,
}

impl<'a> Row<'a> {
    fn new(file: Option<&'a str>, recording: &Recording, segment: &Segment) -> Self {
        let (fixes, end) = (&recording.fixes, segment.fix + 1);
        let beat = |column: &[u8]| column.get(end).copied().filter(|value| *value > 0);
        Self {
            file,
            start: rfc3339(recording.start, segment.start_s),
            end: rfc3339(recording.start, segment.end_s),
            duration_s: segment.duration_s(),
            distance_m: segment.distance_m,
            raw_speed_mps: segment.raw_speed_mps,
            speed_mps: segment.speed_mps,
            speed_sd_mps: segment.speed_sd_mps,
            p_standing: segment.probabilities.standing,
            p_in_band: segment.probabilities.in_band,
            state: segment.state,
            interpolated: segment.interpolated,
            device_speed_mps: fixes.device_speed_mps.get(end).copied().filter(|speed| speed.is_finite()),
            heart_rate_bpm: beat(&fixes.heart_rate_bpm),
            cadence_spm: beat(&fixes.cadence_spm),
        }
    }
}

/// The columns, a leading `file` left out.
const COLUMNS: [&str; 14] = [
    "start",
    "end",
    "duration_s",
    "distance_m",
    "raw_speed_mps",
    "speed_mps",
    "speed_sd_mps",
    "p_standing",
    "p_in_band",
    "state",
    "interpolated",
    "device_speed_mps",
    "heart_rate_bpm",
    "cadence_spm",
];

/// The form of a table of segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SegmentsFormat {
    /// A header and a row each, what is missing as an empty cell.
    Csv,
    /// An array of objects, what is missing as null.
    Json,
    /// Apache Parquet: times with their zone, states as a dictionary, what is missing as null.
    Parquet,
}

/// One recording's segments, encoded but not yet written: the long part, which may run on any core.
pub struct SegmentRows(Encoded);

enum Encoded {
    Text(Vec<u8>),
    Batches(Vec<RecordBatch>),
}

impl SegmentsFormat {
    /// Encodes a recording's segments, with a leading column `file` where it is one of several.
    pub fn encode(self, file: Option<&str>, run: &Run, edges: Edges) -> io::Result<SegmentRows> {
        if self == Self::Parquet {
            return segment_batches(file, run, edges).map(|rows| SegmentRows(Encoded::Batches(rows)));
        }
        let mut text = Vec::new();
        let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        for segment in segments(&run.recording, &run.motion, edges) {
            let row = Row::new(file, &run.recording, &segment);
            if self == Self::Csv {
                csv.serialize(row).map_err(io::Error::from)?;
            } else {
                text.extend_from_slice(if text.is_empty() { b"" } else { b",\n " });
                serde_json::to_writer(&mut text, &row)?;
            }
        }
        if self == Self::Csv {
            text = csv.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        }
        Ok(SegmentRows(Encoded::Text(text)))
    }
}

/// A table of the segments of one recording or several, being written.
pub struct SegmentTable<'a> {
    format: SegmentsFormat,
    out: &'a mut dyn Write,
    any: bool,
    parquet: ParquetFile,
}

impl<'a> SegmentTable<'a> {
    /// Begins the table; `with_file` says that its rows begin with their file.
    pub fn begin(format: SegmentsFormat, out: &'a mut dyn Write, with_file: bool) -> io::Result<Self> {
        match format {
            SegmentsFormat::Csv => {
                let names: Vec<&str> = with_file.then_some("file").into_iter().chain(COLUMNS).collect();
                writeln!(out, "{}", names.join(","))?;
            }
            SegmentsFormat::Json => out.write_all(b"[")?,
            SegmentsFormat::Parquet => {}
        }
        Ok(Self { format, out, any: false, parquet: ParquetFile::default() })
    }

    /// Adds the rows of a recording.
    pub fn add(&mut self, rows: &SegmentRows) -> io::Result<()> {
        match &rows.0 {
            Encoded::Batches(batches) => batches.iter().try_for_each(|batch| self.parquet.push(batch)),
            Encoded::Text(text) if text.is_empty() => Ok(()),
            Encoded::Text(text) => {
                if self.format == SegmentsFormat::Json {
                    self.out.write_all(if std::mem::replace(&mut self.any, true) {
                        b",\n "
                    } else {
                        b"\n "
                    })?;
                }
                self.out.write_all(text)
            }
        }
    }

    /// Ends the table.
    pub fn finish(self) -> io::Result<()> {
        match self.format {
            SegmentsFormat::Csv => Ok(()),
            SegmentsFormat::Json => self.out.write_all(b"\n]\n"),
            SegmentsFormat::Parquet => self.parquet.finish(self.out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::fixture::{run_of, steps_of};

    #[test]
    fn csv_columns_are_the_json_keys() {
        let steps = steps_of(&[(3, 1.5)]);
        let run = run_of(steps);
        let written = |format: SegmentsFormat| {
            let mut out = Vec::new();
            let mut table = SegmentTable::begin(format, &mut out, false).expect("begin");
            table.add(&format.encode(None, &run, Edges::default()).expect("rows")).expect("add");
            table.finish().expect("finish");
            out
        };
        let (json, csv) = (written(SegmentsFormat::Json), written(SegmentsFormat::Csv));
        let rows: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_slice(&json).expect("an array of objects");
        assert_eq!(rows.len(), 3);
        let mut keys: Vec<&str> = rows[0].keys().map(String::as_str).collect();
        let mut columns = COLUMNS.to_vec();
        keys.sort_unstable();
        columns.sort_unstable();
        assert_eq!(keys, columns);
        let lines: Vec<String> = String::from_utf8(csv).expect("text").lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1].split(',').count(), COLUMNS.len());
        assert!(lines[1].contains(",in_band,false,,,"), "{}", lines[1]);
    }
}
