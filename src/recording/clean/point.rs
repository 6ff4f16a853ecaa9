//! A point as a file wrote it, and which values can be.

use std::ops::RangeInclusive;

use crate::recording::timestamp::Timestamp;

/// A point as one file wrote it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point {
    /// Latitude and longitude in degrees.
    pub position: Position,
    /// When.
    pub time: Stamp,
    /// Metres, NaN where missing.
    pub elevation_m: f32,
    /// Metres per second, NaN where missing.
    pub speed_mps: f32,
    /// Metres since the start by the device itself, NaN where missing.
    pub distance_m: f32,
    /// Beats per minute, 0 where missing.
    pub heart_rate_bpm: u8,
    /// As written, steps of one foot or both, 0 where missing.
    pub cadence_rpm: f32,
}

/// Where a point is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Position {
    /// Latitude and longitude in degrees, within their ranges.
    At(f64, f64),
    /// A mark of the recorder for an interruption, no place.
    Interruption,
    /// Written, but no place on earth.
    Bad,
    /// Not written.
    Missing,
}

/// When a point was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Stamp {
    /// Then.
    At(Timestamp),
    /// Written, but not to be understood.
    Bad,
    /// Not written.
    Missing,
}

/// Elevations that can be: from below the Dead Sea to above any aircraft.
pub(crate) const ELEVATION_M: RangeInclusive<f64> = -1_000.0..=100_000.0;
/// Speeds that can be; beyond sound no one runs.
pub(crate) const SPEED_MPS: RangeInclusive<f64> = 0.0..=343.0;
/// Distances that can be: no recording is longer than the way round the earth.
pub(crate) const DISTANCE_M: RangeInclusive<f64> = 0.0..=4.1e7;
/// Heart rates that a column can hold.
pub(crate) const HEART_RATE_BPM: RangeInclusive<f64> = 0.0..=255.0;
/// Cadences that can be, of legs and cranks.
pub(crate) const CADENCE_RPM: RangeInclusive<f64> = 0.0..=300.0;

impl Stamp {
    /// Reads a time stamp's text.
    pub(crate) fn read(text: &[u8]) -> Self {
        match Timestamp::read(text) {
            Some(time) => Self::At(time),
            None if text.trim_ascii().is_empty() => Self::Missing,
            None => Self::Bad,
        }
    }
}

impl Point {
    /// Sets the elevation where there is one.
    pub(crate) fn elevation(&mut self, metres: Option<f32>) {
        self.elevation_m = metres.unwrap_or(f32::NAN);
    }

    /// Sets the device's speed where there is one.
    pub(crate) fn speed(&mut self, metres_per_second: Option<f32>) {
        self.speed_mps = metres_per_second.unwrap_or(f32::NAN);
    }

    /// Sets the device's distance where there is one.
    pub(crate) fn distance(&mut self, metres: Option<f64>) {
        self.distance_m = metres.filter(|metres| DISTANCE_M.contains(metres)).map_or(f32::NAN, |m| m as f32);
    }

    /// Sets the heart rate where there is one.
    pub(crate) fn heart_rate(&mut self, beats_per_minute: Option<f32>) {
        self.heart_rate_bpm = beats_per_minute.unwrap_or(0.0).round() as u8;
    }

    /// Sets the cadence where there is one.
    pub(crate) fn cadence(&mut self, per_minute: Option<f32>) {
        self.cadence_rpm = per_minute.unwrap_or(0.0);
    }
}

impl Default for Point {
    fn default() -> Self {
        Self {
            position: Position::Missing,
            time: Stamp::Missing,
            elevation_m: f32::NAN,
            speed_mps: f32::NAN,
            distance_m: f32::NAN,
            heart_rate_bpm: 0,
            cadence_rpm: 0.0,
        }
    }
}

impl Position {
    /// The position of two numbers, `None` where a number was written but cannot be understood.
    pub(crate) fn new(latitude_deg: Option<f64>, longitude_deg: Option<f64>) -> Self {
        match (latitude_deg, longitude_deg) {
            (Some(latitude), Some(longitude)) => {
                if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
                    Self::At(latitude, longitude)
                } else if longitude == 0.0 && (latitude == 100.0 || latitude == 200.0) {
                    // My Tracks and OpenTracks: 100 is a pause, 200 its end.
                    Self::Interruption
                } else {
                    Self::Bad
                }
            }
            _ => Self::Bad,
        }
    }
}
