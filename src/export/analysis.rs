use serde::Serialize;

use crate::{band::Summary, notice::Notice, run::Run};

use super::rfc3339;

/// One recording's row in `analyze`: SI units, nothing rounded away.
#[derive(Debug, Clone, Serialize)]
pub struct Analysis {
    /// The file as it was named on the command line, or the archive's entry.
    pub file: String,
    /// The run's own name.
    pub name: String,
    /// Time of the first fix, RFC 3339.
    pub start: String,
    /// Local time minus UTC, s, where the file says so.
    pub utc_offset_s: Option<i32>,
    /// Fixes with position and time that were read.
    pub points: usize,
    /// Legs between consecutive fixes.
    pub segments: usize,
    /// First fix to last, s.
    pub elapsed_s: f64,
    /// In band and faster, s.
    pub moving_s: f64,
    /// Recorded, not moving, s.
    pub standing_s: f64,
    /// Nothing recorded and no travel, s.
    pub paused_s: f64,
    /// Moving at the upper edge or slower, s.
    pub in_band_s: f64,
    /// Lower end of its 95% interval, s.
    pub in_band_low_s: Option<f64>,
    /// Upper end of its 95% interval, s.
    pub in_band_high_s: Option<f64>,
    /// The brisk part of it, s.
    pub brisk_s: f64,
    /// Moving above the upper edge, s.
    pub faster_s: f64,
    /// Gaps that were travelled, s.
    pub interpolated_s: f64,
    /// Travelled, m.
    pub distance_m: f64,
    /// Distance over moving time, m/s.
    pub mean_moving_speed_mps: f64,
    /// The band's upper edge, m/s.
    pub upper_mps: f64,
    /// Where brisk begins, m/s.
    pub brisk_from_mps: f64,
    /// Typical error of the positions, m.
    pub position_error_m: Option<f64>,
    /// Seconds in band by the device's own speed.
    pub device_in_band_s: Option<f64>,
    /// What was noticed.
    pub warnings: Vec<Notice>,
}

/// A file that gave no recording.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// The file as it was named.
    pub file: String,
    /// What is wrong, and what to do.
    pub error: String,
}

impl Analysis {
    /// The row of one run; `summary` is its own.
    pub fn new(file: String, run: &Run, summary: &Summary) -> Self {
        let (recording, motion) = (&run.recording, &run.motion);
        let totals = &summary.totals;
        Self {
            file,
            name: recording.name.clone(),
            start: rfc3339(recording.start, 0.0),
            utc_offset_s: recording.utc_offset_s,
            points: recording.points,
            segments: motion.leg_distance_m.len(),
            elapsed_s: totals.elapsed_s(),
            moving_s: totals.moving_s(),
            standing_s: totals.standing_s,
            paused_s: totals.paused_s,
            in_band_s: totals.in_band_s,
            in_band_low_s: summary.interval.map(|interval| interval.low_s),
            in_band_high_s: summary.interval.map(|interval| interval.high_s),
            brisk_s: totals.brisk_s,
            faster_s: totals.faster_s,
            interpolated_s: totals.interpolated_s,
            distance_m: totals.distance_m,
            mean_moving_speed_mps: totals.mean_moving_speed_mps(),
            upper_mps: summary.edges.upper_mps(),
            brisk_from_mps: summary.edges.brisk_from_mps(),
            position_error_m: summary.position_error_m,
            device_in_band_s: summary.device_in_band_s,
            warnings: summary.notices.clone(),
        }
    }

    /// The cells of a CSV row, in the order of [`csv_header`]; warnings as `code:count` with blanks between.
    pub fn csv_row(&self) -> Vec<String> {
        let optional = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        vec![
            self.file.clone(),
            self.name.clone(),
            self.start.clone(),
            self.utc_offset_s.map_or_else(String::new, |offset| offset.to_string()),
            self.points.to_string(),
            self.segments.to_string(),
            self.elapsed_s.to_string(),
            self.moving_s.to_string(),
            self.standing_s.to_string(),
            self.paused_s.to_string(),
            self.in_band_s.to_string(),
            optional(self.in_band_low_s),
            optional(self.in_band_high_s),
            self.brisk_s.to_string(),
            self.faster_s.to_string(),
            self.interpolated_s.to_string(),
            self.distance_m.to_string(),
            self.mean_moving_speed_mps.to_string(),
            self.upper_mps.to_string(),
            self.brisk_from_mps.to_string(),
            optional(self.position_error_m),
            optional(self.device_in_band_s),
            self.warning_codes(),
        ]
    }

    /// The warnings in one cell: `code:count` with blanks between.
    pub(super) fn warning_codes(&self) -> String {
        let codes: Vec<String> = self.warnings.iter().map(|w| format!("{}:{}", w.code, w.count)).collect();
        codes.join(" ")
    }
}

/// The columns of `analyze --format csv`.
pub fn csv_header() -> [&'static str; 23] {
    [
        "file",
        "name",
        "start",
        "utc_offset_s",
        "points",
        "segments",
        "elapsed_s",
        "moving_s",
        "standing_s",
        "paused_s",
        "in_band_s",
        "in_band_low_s",
        "in_band_high_s",
        "brisk_s",
        "faster_s",
        "interpolated_s",
        "distance_m",
        "mean_moving_speed_mps",
        "upper_mps",
        "brisk_from_mps",
        "position_error_m",
        "device_in_band_s",
        "warnings",
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_columns_are_the_json_keys() {
        let row = Analysis {
            file: "a.gpx".into(),
            name: "a".into(),
            start: "2026-11-14T08:12:00Z".into(),
            utc_offset_s: None,
            points: 2,
            segments: 1,
            elapsed_s: 1.0,
            moving_s: 1.0,
            standing_s: 0.0,
            paused_s: 0.0,
            in_band_s: 1.0,
            in_band_low_s: None,
            in_band_high_s: None,
            brisk_s: 0.0,
            faster_s: 0.0,
            interpolated_s: 0.0,
            distance_m: 1.5,
            mean_moving_speed_mps: 1.5,
            upper_mps: 2.0,
            brisk_from_mps: 1.5,
            position_error_m: None,
            device_in_band_s: None,
            warnings: Vec::new(),
        };
        let json = serde_json::to_string(&row).expect("json");
        let keys: Vec<&str> =
            json.split('"').skip(1).step_by(2).filter(|key| csv_header().contains(key)).collect();
        assert_eq!(keys, csv_header());
        assert_eq!(row.csv_row().len(), csv_header().len());
    }
}
