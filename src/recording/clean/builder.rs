//! Points become columns here, whatever the format: what is unusable is counted, the rest put in order.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::recording::timestamp::{Timestamp, Zone};
use crate::recording::{Fixes, Place, ReadError, Recording, Warning, WarningKind};

use super::time_order;

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

/// A recording in the making: what a format's reader fills.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "two marks for the next point, two findings for the order")]
pub(crate) struct RecordingBuilder {
    /// The track's name, where the file has one.
    pub name: Option<String>,
    /// What the file calls the activity.
    pub activity: Option<String>,
    /// Who wrote the file.
    pub creator: Option<String>,
    /// Local time minus UTC, where the file says so elsewhere than in its times.
    pub utc_offset_s: Option<i32>,
    /// Waypoints met.
    pub waypoints: usize,
    /// Points of planned routes met.
    pub route_points: usize,
    fixes: Fixes,
    breaks: Vec<usize>,
    laps: Vec<usize>,
    lap_starts: Vec<Timestamp>,
    origin: Option<Timestamp>,
    points: usize,
    met: usize,
    break_pending: bool,
    lap_pending: bool,
    /// Whether some time is not after the one before it.
    disordered: bool,
    /// Where times first repeated and stepped back.
    disorder: BTreeMap<WarningKind, Place>,
    /// Whether some fix lies at 0, 0.
    at_zero: bool,
    odd: BTreeMap<WarningKind, Warning>,
}

impl RecordingBuilder {
    /// Counts a warning; its first place is asked for only once.
    pub(crate) fn note(&mut self, kind: WarningKind, place: impl FnOnce() -> Place) {
        self.odd.entry(kind).or_insert_with(|| Warning { kind, count: 0, first: Some(place()) }).count += 1;
    }

    /// Counts so many warnings that have no place.
    pub(crate) fn note_without_place(&mut self, kind: WarningKind, count: usize) {
        self.odd.entry(kind).or_insert(Warning { kind, count: 0, first: None }).count += count;
    }

    /// Notes that reading ended before the file did.
    pub(crate) fn damaged(&mut self, place: Place) {
        self.odd.insert(
            WarningKind::Damaged,
            Warning { kind: WarningKind::Damaged, count: self.points, first: Some(place) },
        );
    }

    /// Recording was interrupted before the next point.
    pub(crate) fn interrupt(&mut self) {
        self.break_pending = true;
    }

    /// The next point begins a lap.
    pub(crate) fn begin_lap(&mut self) {
        self.lap_pending = true;
    }

    /// A lap began then.
    pub(crate) fn begin_lap_at(&mut self, time: Timestamp) {
        self.lap_starts.push(time);
    }

    /// Adds a point, or counts why not.
    pub(crate) fn push(&mut self, point: &Point, place: impl FnOnce() -> Place) {
        self.met += 1;
        let (latitude, longitude) = match point.position {
            Position::At(latitude, longitude) => (latitude, longitude),
            Position::Interruption => {
                self.met -= 1;
                return self.interrupt();
            }
            Position::Bad | Position::Missing => return self.note(WarningKind::BadPosition, place),
        };
        let time = match point.time {
            Stamp::At(time) => time,
            Stamp::Bad => return self.note(WarningKind::BadTime, place),
            Stamp::Missing => return self.note(WarningKind::MissingTime, place),
        };
        let origin = *self.origin.get_or_insert(time);
        let seconds = time.seconds_since(origin);
        self.points += 1;
        match time.zone {
            Zone::Utc => {}
            Zone::Offset(seconds) => self.utc_offset_s = self.utc_offset_s.or(Some(seconds)),
            Zone::Unsaid => self.note_without_place(WarningKind::NoZone, 1),
        }
        if self.fixes.time_s.last().is_some_and(|last| seconds <= *last) {
            if self.lap_pending && self.ends_with(seconds, latitude, longitude) {
                // TCX begins a lap with the point that ended the one before: one fix, nothing odd.
                self.lap_pending = false;
                let index = self.fixes.len() - 1;
                if index > self.laps.last().copied().unwrap_or(0) {
                    self.laps.push(index);
                }
                return;
            }
            self.disordered = true;
            let kind = if self.fixes.time_s.last() == Some(&seconds) {
                WarningKind::RepeatedTime
            } else {
                WarningKind::BackwardTime
            };
            if !self.break_pending {
                self.disorder.entry(kind).or_insert_with(place);
            }
        }
        self.at_zero |= latitude == 0.0 && longitude == 0.0;
        let index = self.fixes.len();
        if std::mem::take(&mut self.break_pending) && index > 0 {
            self.breaks.push(index);
        }
        if std::mem::take(&mut self.lap_pending) && index > 0 {
            self.laps.push(index);
        }
        let fixes = &mut self.fixes;
        fixes.time_s.push(seconds);
        fixes.latitude_deg.push(latitude);
        fixes.longitude_deg.push(longitude);
        put(&mut fixes.elevation_m, index, point.elevation_m, f32::NAN, !point.elevation_m.is_nan());
        put(&mut fixes.device_speed_mps, index, point.speed_mps, f32::NAN, !point.speed_mps.is_nan());
        put(&mut fixes.heart_rate_bpm, index, point.heart_rate_bpm, 0, point.heart_rate_bpm > 0);
        let cadence = point.cadence_rpm.clamp(0.0, 255.0).round() as u8;
        put(&mut fixes.cadence_spm, index, cadence, 0, cadence > 0);
    }

    fn ends_with(&self, seconds: f64, latitude: f64, longitude: f64) -> bool {
        let Fixes { time_s, latitude_deg, longitude_deg, .. } = &self.fixes;
        let last = (time_s.last(), latitude_deg.last(), longitude_deg.last());
        last == (Some(&seconds), Some(&latitude), Some(&longitude))
    }

    /// The recording, named after `file_name` if the file names nothing.
    pub(crate) fn finish(mut self, file_name: &str) -> Result<Recording, ReadError> {
        let origin = self.origin.filter(|_| self.points >= 2).ok_or_else(|| self.why_none())?;
        complete(&mut self.fixes);
        self.lap_starts.sort_by_key(|start| (start.second, start.nanosecond));
        let left_out = time_order::put_in_order(
            &mut self.fixes,
            &mut self.breaks,
            &mut self.laps,
            &time_order::Faults {
                disordered: self.disordered,
                at_zero: self.at_zero,
                origin_s: origin.second as f64,
            },
        );
        for (kind, count) in left_out {
            let first = self.disorder.get(&kind).copied();
            self.odd.insert(kind, Warning { kind, count, first });
        }
        let fixes = &mut self.fixes;
        if fixes.len() < 2 {
            if fixes.is_empty() || self.odd.contains_key(&WarningKind::NoPositionYet) {
                return Err(ReadError::NoPositions);
            }
            self.odd.remove(&WarningKind::RepeatedTime);
            self.odd.insert(
                WarningKind::OneTime,
                Warning { kind: WarningKind::OneTime, count: self.points, first: None },
            );
        }
        let shift = fixes.time_s[0];
        let start = origin.after(shift);
        if shift != 0.0 {
            fixes.time_s.iter_mut().for_each(|time| *time -= shift);
        }
        for lap in std::mem::take(&mut self.lap_starts) {
            let seconds = lap.seconds_since(start);
            let index = fixes.time_s.partition_point(|time| *time < seconds);
            if index > 0 && index < fixes.len() && self.laps.last() != Some(&index) {
                self.laps.push(index);
            }
        }
        let one_footed = self.activity.as_deref().is_none_or(|activity| !is_cycling(activity));
        both_feet(&mut fixes.cadence_spm, one_footed);
        fixes.shrink();
        let days = (fixes.time_s.last().copied().unwrap_or(0.0) / 86_400.0).ceil() as usize;
        if days > 2 {
            self.odd.insert(
                WarningKind::SeveralDays,
                Warning { kind: WarningKind::SeveralDays, count: days, first: None },
            );
        }
        if start.second < time_order::FIRST_DEVICES_S {
            self.note_without_place(WarningKind::ClockNotSet, self.fixes.len());
        }
        Ok(Recording {
            name: self.name.unwrap_or_else(|| file_name.to_owned()),
            activity: self.activity,
            creator: self.creator,
            start: start.to_utc().ok_or(ReadError::NoTimes)?,
            utc_offset_s: self.utc_offset_s,
            points: self.points,
            fixes: self.fixes,
            breaks: self.breaks,
            laps: self.laps,
            warnings: self.odd.into_values().collect(),
        })
    }

    fn why_none(&self) -> ReadError {
        let count = |kind| self.odd.get(&kind).map_or(0, |warning: &Warning| warning.count);
        if self.odd.contains_key(&WarningKind::Damaged) {
            ReadError::Damaged
        } else if self.met == 1 {
            ReadError::OnePoint
        } else if self.met > 0 && count(WarningKind::BadPosition) >= self.met - 1 {
            ReadError::NoPositions
        } else if self.met > 0 {
            ReadError::NoTimes
        } else if self.route_points > 0 {
            ReadError::OnlyRoutes
        } else if self.waypoints > 0 {
            ReadError::OnlyWaypoints
        } else {
            ReadError::NoTrack
        }
    }
}

/// Puts a value into an optional column, which stays empty until there is one.
fn put<T: Clone>(column: &mut Vec<T>, index: usize, value: T, missing: T, present: bool) {
    if present || !column.is_empty() {
        if column.len() < index {
            column.resize(index, missing);
        }
        column.push(value);
    }
}

/// Brings the optional columns that have begun to full length.
fn complete(fixes: &mut Fixes) {
    fn fill<T: Clone>(column: &mut Vec<T>, length: usize, missing: T) {
        if !column.is_empty() {
            column.resize(length, missing);
        }
    }
    let length = fixes.len();
    fill(&mut fixes.elevation_m, length, f32::NAN);
    fill(&mut fixes.device_speed_mps, length, f32::NAN);
    fill(&mut fixes.heart_rate_bpm, length, 0);
    fill(&mut fixes.cadence_spm, length, 0);
}

/// Whether an activity's name is one of cycling, where cadence counts turns of the cranks.
fn is_cycling(activity: &str) -> bool {
    let activity = activity.to_lowercase();
    ["cycl", "bik", "ride"].iter().any(|word| activity.contains(word))
}

/// Watches count the steps of one foot; a median of 120 a minute or more can only be of both.
fn both_feet(cadence_spm: &mut [u8], one_footed: bool) {
    let mut moving: Vec<u8> = cadence_spm.iter().copied().filter(|steps| *steps > 0).collect();
    if moving.is_empty() || !one_footed {
        return;
    }
    let middle = moving.len() / 2;
    if *moving.select_nth_unstable(middle).1 < 120 {
        for steps in cadence_spm {
            *steps = steps.saturating_mul(2);
        }
    }
}
