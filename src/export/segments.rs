use std::io::Write;

use crate::{
    band::{Edges, segments},
    motion::Motion,
    recording::Recording,
};

use super::rfc3339;

/// The columns of `segments`.
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

/// Writes every segment of a recording as CSV; heart rate, cadence and device speed are those of the fix it
/// ends at, empty where missing.
pub fn write_segments_csv(
    out: impl Write,
    recording: &Recording,
    motion: &Motion,
    edges: Edges,
) -> csv::Result<()> {
    let fixes = &recording.fixes;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS)?;
    for segment in segments(recording, motion, edges) {
        let end = segment.fix + 1;
        let beat = |column: &[u8]| {
            column.get(end).filter(|value| **value > 0).map_or_else(String::new, ToString::to_string)
        };
        csv.write_record([
            rfc3339(recording.start, segment.start_s),
            rfc3339(recording.start, segment.end_s),
            segment.duration_s().to_string(),
            segment.distance_m.to_string(),
            segment.raw_speed_mps.to_string(),
            segment.speed_mps.to_string(),
            segment.speed_sd_mps.to_string(),
            segment.chances.standing.to_string(),
            segment.chances.in_band.to_string(),
            segment.state.key().to_owned(),
            segment.interpolated.to_string(),
            fixes
                .device_speed_mps
                .get(end)
                .filter(|speed| speed.is_finite())
                .map_or_else(String::new, ToString::to_string),
            beat(&fixes.heart_rate_bpm),
            beat(&fixes.cadence_spm),
        ])?;
    }
    csv.flush()?;
    Ok(())
}
