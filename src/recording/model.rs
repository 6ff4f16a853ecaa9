//! A recording and its columns.

use chrono::{DateTime, Utc};

use super::Warning;

/// One recording, as its device wrote it: nothing is smoothed or invented here.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// The track's name, or else the file's without its ending.
    pub name: String,
    /// What the file calls the activity ("running"), if it does.
    pub activity: Option<String>,
    /// The program or device that wrote the file.
    pub creator: Option<String>,
    /// Time of the first fix.
    pub start: DateTime<Utc>,
    /// Local time minus UTC in seconds, where the file says so.
    pub utc_offset_s: Option<i32>,
    /// Fixes with position and time that were read, those later left out for their time included.
    pub points: usize,
    /// The fixes, strictly increasing in time.
    pub fixes: Fixes,
    /// Indices of fixes before which recording was interrupted (`<trkseg>`, a stopped timer); never 0.
    pub breaks: Vec<usize>,
    /// Indices of fixes that begin a lap, the first lap's 0 left out; empty where there are none.
    pub laps: Vec<usize>,
    /// What was odd about the file.
    pub warnings: Vec<Warning>,
}

/// Fixes in columns of equal length. An optional column is empty where no fix has that value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fixes {
    /// Seconds since the recording's start, strictly increasing from 0.
    pub time_s: Vec<f64>,
    /// Degrees, WGS 84, -90 to 90.
    pub latitude_deg: Vec<f64>,
    /// Degrees, WGS 84, -180 to 180.
    pub longitude_deg: Vec<f64>,
    /// Metres, NaN where missing.
    pub elevation_m: Vec<f32>,
    /// Speed that the device itself recorded, m/s, NaN where missing.
    pub device_speed_mps: Vec<f32>,
    /// Beats per minute, 0 where missing.
    pub heart_rate_bpm: Vec<u8>,
    /// Steps per minute (both feet), 0 where missing.
    pub cadence_spm: Vec<u8>,
}

impl Fixes {
    /// The number of fixes.
    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }
}

impl Recording {
    /// A recording of nothing but these fixes, as generators and tests make them.
    pub fn from_fixes(name: &str, start: DateTime<Utc>, fixes: Fixes) -> Self {
        Self {
            name: name.to_owned(),
            activity: None,
            creator: None,
            start,
            utc_offset_s: None,
            points: fixes.len(),
            fixes,
            breaks: Vec::new(),
            laps: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Seconds from the first fix to the last.
    pub fn elapsed_s(&self) -> f64 {
        self.fixes.time_s.last().copied().unwrap_or(0.0)
    }
}
