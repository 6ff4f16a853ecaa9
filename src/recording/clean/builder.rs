//! Points become columns here, whatever the format: what is unusable is counted, the rest put in order.

use std::collections::BTreeMap;

use crate::recording::model::gather_marks;
use crate::recording::timestamp::{Timestamp, Zone};
use crate::recording::{DeviceWord, Fixes, Place, ReadError, Recording, Sport, Warning, WarningKind};

use super::{
    columns::{both_feet, complete, put},
    point::{Point, Position, Stamp},
    time_order,
};

/// Positions this far apart in time still cover the time between, s.
const WITHOUT_GAP_S: f64 = 10.0;
/// Positions that cover less of the run's time give way to the device's own speed.
const LEAST_COVERED: f64 = 0.75;

/// Whether a program by this name writes elevations of a barometer or a map: Strava adds "with Barometer" to devices
/// that have one, and Garmin Connect puts those of its map in the place of a receiver's own.
fn writes_steady_elevations(creator: &str) -> bool {
    let creator = creator.to_lowercase();
    ["with barometer", "garmin connect"].iter().any(|words| creator.contains(words))
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
    /// Whether a barometer measured the elevations.
    pub barometer: bool,
    /// Waypoints met.
    pub waypoints: usize,
    /// Points of planned routes met.
    pub route_points: usize,
    fixes: Fixes,
    /// Fixes without a position, though with the device's own speed or distance.
    unplaced: usize,
    /// Those of them whose time says no zone.
    unzoned: usize,
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
    pub(crate) fn push(&mut self, point: &Point, place: impl Fn() -> Place) {
        self.met += 1;
        let (latitude, longitude) = match point.position {
            Position::At(latitude, longitude) => (latitude, longitude),
            Position::Interruption => {
                self.met -= 1;
                return self.interrupt();
            }
            Position::Bad | Position::Missing => return self.push_unplaced(point, place),
        };
        let time = match point.time {
            Stamp::At(time) => time,
            Stamp::Bad => return self.note(WarningKind::BadTime, place),
            Stamp::Missing => return self.note(WarningKind::MissingTime, place),
        };
        self.points += 1;
        self.zone(time.zone);
        if time.zone == Zone::Unsaid {
            self.note_without_place(WarningKind::NoZone, 1);
        }
        self.at_zero |= latitude == 0.0 && longitude == 0.0;
        self.append(point, [latitude, longitude], time, place);
    }

    /// Keeps a point without a position where the device itself says how fast or how far, until it is known whether
    /// positions tell enough of the run.
    fn push_unplaced(&mut self, point: &Point, place: impl Fn() -> Place) {
        let tells = !point.speed_mps.is_nan() || !point.distance_m.is_nan();
        if let (Stamp::At(time), true) = (point.time, tells) {
            self.unplaced += 1;
            self.unzoned += usize::from(time.zone == Zone::Unsaid);
            self.append(point, [f64::NAN; 2], time, &place);
        }
        self.note(WarningKind::BadPosition, place);
    }

    fn zone(&mut self, zone: Zone) {
        if let Zone::Offset(seconds) = zone {
            self.utc_offset_s = self.utc_offset_s.or(Some(seconds));
        }
    }

    fn append(
        &mut self,
        point: &Point,
        [latitude, longitude]: [f64; 2],
        time: Timestamp,
        place: impl FnOnce() -> Place,
    ) {
        let origin = *self.origin.get_or_insert(time);
        let seconds = time.seconds_since(origin);
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
        let distance = point.distance_m;
        put(&mut fixes.device_distance_m, index, distance, f32::NAN, !distance.is_nan());
        put(&mut fixes.heart_rate_bpm, index, point.heart_rate_bpm, 0, point.heart_rate_bpm > 0);
        let cadence = point.cadence_rpm.clamp(0.0, 255.0).round() as u8;
        put(&mut fixes.cadence_spm, index, cadence, 0, cadence > 0);
    }

    fn ends_with(&self, seconds: f64, latitude: f64, longitude: f64) -> bool {
        let Fixes { time_s, latitude_deg, longitude_deg, .. } = &self.fixes;
        let same = |column: &[f64], value: f64| {
            column.last().is_some_and(|last| *last == value || last.is_nan() && value.is_nan())
        };
        same(time_s, seconds) && same(latitude_deg, latitude) && same(longitude_deg, longitude)
    }

    /// The recording, named after `file_name` if the file names nothing.
    pub(crate) fn finish(mut self, file_name: &str) -> Result<Recording, ReadError> {
        complete(&mut self.fixes);
        self.choose_positions_or_device();
        let origin = self.origin.filter(|_| self.points >= 2).ok_or_else(|| self.why_none())?;
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
        let sport = self.activity.as_deref().and_then(Sport::named);
        both_feet(&mut fixes.cadence_spm, sport != Some(Sport::Cycling));
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
        let steady_elevation =
            self.barometer || self.creator.as_deref().is_some_and(writes_steady_elevations);
        Ok(Recording {
            is_named_after_file: self.name.is_none(),
            name: self.name.unwrap_or_else(|| file_name.to_owned()),
            activity: self.activity,
            creator: self.creator,
            start: start.to_utc().ok_or(ReadError::NoTimes)?,
            utc_offset_s: self.utc_offset_s,
            points: self.points,
            fixes: self.fixes,
            steady_elevation,
            breaks: self.breaks,
            laps: self.laps,
            left_out: Vec::new(),
            warnings: self.odd.into_values().collect(),
        })
    }

    /// Settles which of the fixes are used where some have no position: those with one, unless more than a quarter of
    /// the run's time would be lost and the device itself says how it moved; then all of them, without their positions.
    fn choose_positions_or_device(&mut self) {
        if self.unplaced == 0 && !self.at_zero {
            return;
        }
        let fixes = &self.fixes;
        let is_placed = |index: usize| {
            let (latitude, longitude) = (fixes.latitude_deg[index], fixes.longitude_deg[index]);
            !(latitude.is_nan() || latitude == 0.0 && longitude == 0.0)
        };
        let placed = (0..fixes.len()).filter(|index| is_placed(*index)).count();
        // By time, not by number: many watches write several records without a position between two that have one.
        let (mut covered_s, mut before_s) = (0.0, None);
        for time_s in (0..fixes.len()).filter(|index| is_placed(*index)).map(|index| fixes.time_s[index]) {
            let step_s = before_s.map_or(0.0, |before: f64| time_s - before);
            covered_s += if step_s <= WITHOUT_GAP_S { step_s } else { 0.0 };
            before_s = Some(time_s);
        }
        let whole_s = fixes.time_s.last().unwrap_or(&0.0) - fixes.time_s.first().unwrap_or(&0.0);
        // A word now and then is no reason to leave out the positions that there are.
        let tells_most = placed == 0 || 2 * fixes.told_by_device() >= fixes.len();
        if covered_s < LEAST_COVERED * whole_s && fixes.device_word() != DeviceWord::Nothing && tells_most {
            self.use_device_alone(placed);
        } else if self.unplaced > 0 {
            let chosen: Vec<u32> = (0..fixes.len() as u32)
                .filter(|index| !fixes.latitude_deg[*index as usize].is_nan())
                .collect();
            let count = fixes.len();
            self.fixes = fixes.gather(&chosen);
            for marks in [&mut self.breaks, &mut self.laps] {
                *marks = gather_marks(marks, &chosen, count);
            }
        }
    }

    fn use_device_alone(&mut self, placed: usize) {
        self.fixes.latitude_deg = Vec::new();
        self.fixes.longitude_deg = Vec::new();
        self.at_zero = false;
        self.points = self.fixes.len();
        if self.unzoned > 0 {
            self.note_without_place(WarningKind::NoZone, self.unzoned);
        }
        if placed > 0 {
            self.note_without_place(WarningKind::PositionsNotUsed, placed);
        }
        if let Some(warning) = self.odd.remove(&WarningKind::BadPosition)
            && warning.count > self.unplaced
        {
            self.note_without_place(WarningKind::NothingTold, warning.count - self.unplaced);
        }
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
