//! A recording and its columns.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Sport, Warning};

/// One recording, as its device wrote it: nothing is smoothed or invented here.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// The track's name, or else the file's without its ending.
    pub name: String,
    /// Whether that is the file's name, for the file names nothing.
    pub is_named_after_file: bool,
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
    /// Whether the file says that its elevations are steadier than a receiver's own: measured by a barometer, or read
    /// from a map.
    pub steady_elevation: bool,
    /// Indices of fixes before which recording was interrupted (`<trkseg>`, a stopped timer); never 0.
    pub breaks: Vec<usize>,
    /// Indices of fixes that begin a lap, the first lap's 0 left out; empty where there are none.
    pub laps: Vec<usize>,
    /// Fixes before which a person left something out; they are breaks, too.
    pub left_out: Vec<usize>,
    /// What was odd about the file.
    pub warnings: Vec<Warning>,
}

/// What a device says of its own speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceWord {
    /// Nothing.
    #[default]
    Nothing,
    /// Its speed.
    Speed,
    /// The distance that it counts, and no speed or hardly any.
    Distance,
}

/// Fixes in columns of equal length. An optional column is empty where no fix has that value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fixes {
    /// Seconds since the recording's start, strictly increasing from 0.
    pub time_s: Vec<f64>,
    /// Degrees, WGS 84, -90 to 90. Empty, like longitudes, where the run was recorded without positions.
    pub latitude_deg: Vec<f64>,
    /// Degrees, WGS 84, -180 to 180.
    pub longitude_deg: Vec<f64>,
    /// Metres, NaN where missing.
    pub elevation_m: Vec<f32>,
    /// Speed that the device itself recorded, m/s, NaN where missing.
    pub device_speed_mps: Vec<f32>,
    /// Metres since the start that the device itself recorded, NaN where missing.
    pub device_distance_m: Vec<f32>,
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

    /// Whether they have positions; else only what the device itself says of speed or distance.
    pub fn has_positions(&self) -> bool {
        self.latitude_deg.len() == self.len()
    }

    /// Metres travelled by the device's own distance, or else by its speed.
    pub(super) fn device_travelled_m(&self) -> f64 {
        let mut known = self.device_distance_m.iter().filter(|metres| metres.is_finite());
        if let (Some(first), Some(last)) = (known.next(), known.next_back()) {
            return f64::from(last - first);
        }
        let legs = self.time_s.windows(2).zip(&self.device_speed_mps);
        legs.map(|(time, speed)| (time[1] - time[0]) * f64::from(*speed)).filter(|m| m.is_finite()).sum()
    }

    /// How many fixes carry the device's own speed or distance.
    pub(super) fn told_by_device(&self) -> usize {
        let is_told = |index: &usize| {
            self.device_speed_mps.get(*index).is_some_and(|speed| speed.is_finite())
                || self.device_distance_m.get(*index).is_some_and(|metres| metres.is_finite())
        };
        (0..self.len()).filter(is_told).count()
    }

    /// What the device says of its speed: its speed comes first; where that is missing or 0 throughout, the distance tells.
    pub fn device_word(&self) -> DeviceWord {
        let told = self.device_speed_mps.iter().filter(|speed| speed.is_finite()).count();
        let mut known = self.device_distance_m.iter().filter(|metres| metres.is_finite());
        let risen = known.clone().count();
        let moves = self.device_speed_mps.iter().any(|speed| *speed > 0.0);
        let first = known.next();
        let rises = first.is_some_and(|first| known.any(|metres| metres > first));
        match (moves, rises) {
            (true, _) if 2 * told >= self.len() || told >= risen => DeviceWord::Speed,
            (_, true) => DeviceWord::Distance,
            (true, false) => DeviceWord::Speed,
            (false, false) => DeviceWord::Nothing,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }

    /// These fixes, in this order.
    #[must_use]
    pub(super) fn gather(&self, chosen: &[u32]) -> Self {
        fn column<T: Copy>(column: &[T], chosen: &[u32]) -> Vec<T> {
            if column.is_empty() {
                return Vec::new();
            }
            chosen.iter().map(|index| column[*index as usize]).collect()
        }
        Self {
            time_s: column(&self.time_s, chosen),
            latitude_deg: column(&self.latitude_deg, chosen),
            longitude_deg: column(&self.longitude_deg, chosen),
            elevation_m: column(&self.elevation_m, chosen),
            device_speed_mps: column(&self.device_speed_mps, chosen),
            device_distance_m: column(&self.device_distance_m, chosen),
            heart_rate_bpm: column(&self.heart_rate_bpm, chosen),
            cadence_spm: column(&self.cadence_spm, chosen),
        }
    }

    /// Gives back the room that growing left over.
    pub(super) fn shrink(&mut self) {
        self.time_s.shrink_to_fit();
        self.latitude_deg.shrink_to_fit();
        self.longitude_deg.shrink_to_fit();
        self.elevation_m.shrink_to_fit();
        self.device_speed_mps.shrink_to_fit();
        self.device_distance_m.shrink_to_fit();
        self.heart_rate_bpm.shrink_to_fit();
        self.cadence_spm.shrink_to_fit();
    }
}

/// Breaks or laps after the fixes were gathered to `chosen`: each moves to the first chosen fix of its part; one is
/// added wherever parts that did not follow each other now do. `count` is the number of fixes before.
pub(super) fn gather_marks(marks: &[usize], chosen: &[u32], count: usize) -> Vec<usize> {
    // Which part each fix belongs to changes at every mark.
    let mut part = vec![0_u32; count];
    let mut number = 0;
    let mut next = marks.iter().copied().peekable();
    for (index, part) in part.iter_mut().enumerate() {
        number += u32::from(next.next_if_eq(&index).is_some());
        *part = number;
    }
    let changes = chosen.windows(2).map(|pair| part[pair[0] as usize] != part[pair[1] as usize]);
    changes.enumerate().filter(|(_, changes)| *changes).map(|(index, _)| index + 1).collect()
}

impl Recording {
    /// A recording of nothing but these fixes, as generators and tests make them.
    pub fn from_fixes(name: &str, start: DateTime<Utc>, fixes: Fixes) -> Self {
        Self {
            name: name.to_owned(),
            is_named_after_file: false,
            activity: None,
            creator: None,
            start,
            utc_offset_s: None,
            points: fixes.len(),
            fixes,
            steady_elevation: false,
            breaks: Vec::new(),
            laps: Vec::new(),
            left_out: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// These fixes alone, in order; times count from `from_s`. What is left out between two of them is no break.
    #[must_use]
    pub fn gather(&self, chosen: &[u32], from_s: f64) -> Self {
        let mut fixes = self.fixes.gather(chosen);
        fixes.time_s.iter_mut().for_each(|time_s| *time_s -= from_s);
        let marks = |marks: &[usize]| gather_marks(marks, chosen, self.fixes.len());
        Self {
            name: self.name.clone(),
            is_named_after_file: self.is_named_after_file,
            activity: self.activity.clone(),
            creator: self.creator.clone(),
            start: self.start + TimeDelta::microseconds((from_s * 1e6).round() as i64),
            utc_offset_s: self.utc_offset_s,
            points: chosen.len(),
            fixes,
            steady_elevation: self.steady_elevation,
            breaks: marks(&self.breaks),
            laps: marks(&self.laps),
            left_out: marks(&self.left_out),
            warnings: self.warnings.clone(),
        }
    }

    /// The sport that the file names, where we know it.
    pub fn sport(&self) -> Option<Sport> {
        self.activity.as_deref().and_then(Sport::named)
    }

    /// When a person left something out: from the fix before to the one after, seconds.
    pub fn left_out_s(&self) -> impl Iterator<Item = [f64; 2]> {
        let time_s = &self.fixes.time_s;
        self.left_out.iter().filter(|fix| **fix > 0).map(|fix| [time_s[fix - 1], time_s[*fix]])
    }

    /// Seconds from the first fix to the last, without what was left out.
    pub fn counted_s(&self) -> f64 {
        self.elapsed_s() - self.left_out_s().map(|[from_s, to_s]| to_s - from_s).sum::<f64>()
    }

    /// Seconds from the first fix to the last.
    pub fn elapsed_s(&self) -> f64 {
        self.fixes.time_s.last().copied().unwrap_or(0.0)
    }
}
