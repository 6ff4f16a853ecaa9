//! The numbers kept of a run, and what they were derived with.

use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::{
    band::{Edges, Summary},
    motion::{self, METHOD_VERSION},
    notice::Notice,
    recording::Recording,
};

/// A notice as it was when the numbers were computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedNotice {
    /// Stable, `kebab-case`.
    pub code: String,
    /// A sentence.
    pub message: String,
    /// How often it happened.
    pub count: usize,
}

impl From<&Notice> for SavedNotice {
    fn from(notice: &Notice) -> Self {
        Self { code: notice.code.to_owned(), message: notice.message.clone(), count: notice.count }
    }
}

/// A run's numbers, SI units. The names are those of `spinepace analyze`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Numbers {
    /// The method's version that computed them.
    pub method_version: u32,
    /// The band's upper edge, m/s.
    pub upper_mps: f64,
    /// Where brisk begins, m/s.
    pub brisk_from_mps: f64,
    /// Fixes with position and time.
    pub points: usize,
    /// First fix to last, s.
    pub elapsed_s: f64,
    /// Recorded, not moving, s.
    pub standing_s: f64,
    /// Moving at the upper edge or slower, s.
    pub in_band_s: f64,
    /// Lower end of its 95 % interval, s.
    pub in_band_low_s: Option<f64>,
    /// Upper end of its 95 % interval, s.
    pub in_band_high_s: Option<f64>,
    /// The brisk part of it, s.
    pub brisk_s: f64,
    /// Moving above the upper edge, s.
    pub faster_s: f64,
    /// Nothing recorded and no travel, s.
    pub paused_s: f64,
    /// Gaps that were travelled, s.
    pub interpolated_s: f64,
    /// Travelled, m.
    pub distance_m: f64,
    /// Typical error of the positions, m.
    pub position_error_m: Option<f64>,
    /// Seconds in band by the device's own speed.
    pub device_in_band_s: Option<f64>,
    /// Mean heart rate, beats a minute, where it was recorded.
    pub heart_rate_bpm: Option<f64>,
    /// What was noticed.
    pub warnings: Vec<SavedNotice>,
}

impl Numbers {
    /// Computes the numbers of a recording.
    pub fn of(recording: &Recording, edges: Edges) -> Self {
        let motion = motion::estimate(recording);
        let summary = Summary::new(recording, &motion, edges);
        let totals = &summary.totals;
        Self {
            method_version: METHOD_VERSION,
            upper_mps: edges.upper_mps(),
            brisk_from_mps: edges.brisk_from_mps(),
            points: recording.points,
            elapsed_s: totals.elapsed_s(),
            standing_s: totals.standing_s,
            in_band_s: totals.in_band_s,
            in_band_low_s: summary.interval.map(|interval| interval.low_s),
            in_band_high_s: summary.interval.map(|interval| interval.high_s),
            brisk_s: totals.brisk_s,
            faster_s: totals.faster_s,
            paused_s: totals.paused_s,
            interpolated_s: totals.interpolated_s,
            distance_m: totals.distance_m,
            position_error_m: summary.position_error_m,
            device_in_band_s: summary.device_in_band_s,
            heart_rate_bpm: mean_heart_rate(&recording.fixes.heart_rate_bpm),
            warnings: summary.notices.iter().map(SavedNotice::from).collect(),
        }
    }

    /// In band and faster, s.
    pub fn moving_s(&self) -> f64 {
        self.in_band_s + self.faster_s
    }

    /// In band as a share of moving, 0 to 1; 0 where nothing moved.
    pub fn share(&self) -> f64 {
        if self.moving_s() >= 0.5 { self.in_band_s / self.moving_s() } else { 0.0 }
    }

    /// Reads them from a row that has [`COLUMNS`].
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let warnings: String = row.get("warnings")?;
        Ok(Self {
            method_version: row.get("method_version")?,
            upper_mps: row.get("upper_mps")?,
            brisk_from_mps: row.get("brisk_from_mps")?,
            points: row.get::<_, i64>("points")? as usize,
            elapsed_s: row.get("elapsed_s")?,
            standing_s: row.get("standing_s")?,
            in_band_s: row.get("in_band_s")?,
            in_band_low_s: row.get("in_band_low_s")?,
            in_band_high_s: row.get("in_band_high_s")?,
            brisk_s: row.get("brisk_s")?,
            faster_s: row.get("faster_s")?,
            paused_s: row.get("paused_s")?,
            interpolated_s: row.get("interpolated_s")?,
            distance_m: row.get("distance_m")?,
            position_error_m: row.get("position_error_m")?,
            device_in_band_s: row.get("device_in_band_s")?,
            heart_rate_bpm: row.get("heart_rate_bpm")?,
            warnings: serde_json::from_str(&warnings).unwrap_or_default(),
        })
    }

    /// Hands each column's name and value to `take`.
    pub(super) fn columns(&self) -> Vec<(&'static str, rusqlite::types::Value)> {
        use rusqlite::types::Value;
        let optional = |value: Option<f64>| value.map_or(Value::Null, Value::Real);
        vec![
            ("method_version", Value::Integer(self.method_version.into())),
            ("upper_mps", Value::Real(self.upper_mps)),
            ("brisk_from_mps", Value::Real(self.brisk_from_mps)),
            ("points", Value::Integer(self.points as i64)),
            ("elapsed_s", Value::Real(self.elapsed_s)),
            ("standing_s", Value::Real(self.standing_s)),
            ("in_band_s", Value::Real(self.in_band_s)),
            ("in_band_low_s", optional(self.in_band_low_s)),
            ("in_band_high_s", optional(self.in_band_high_s)),
            ("brisk_s", Value::Real(self.brisk_s)),
            ("faster_s", Value::Real(self.faster_s)),
            ("paused_s", Value::Real(self.paused_s)),
            ("interpolated_s", Value::Real(self.interpolated_s)),
            ("distance_m", Value::Real(self.distance_m)),
            ("position_error_m", optional(self.position_error_m)),
            ("device_in_band_s", optional(self.device_in_band_s)),
            ("heart_rate_bpm", optional(self.heart_rate_bpm)),
            // A list of plain structs always has a JSON.
            ("warnings", Value::Text(serde_json::to_string(&self.warnings).unwrap_or_default())),
        ]
    }
}

fn mean_heart_rate(beats: &[u8]) -> Option<f64> {
    let (sum, count) = beats
        .iter()
        .filter(|bpm| **bpm > 0)
        .fold((0.0, 0), |(sum, count), bpm| (sum + f64::from(*bpm), count + 1));
    (count > 0).then(|| sum / f64::from(count))
}
