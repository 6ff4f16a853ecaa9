//! FIT, which watches write themselves: what its messages mean for a recording.

mod decoder;

use std::io::{BufRead, BufReader};

use decoder::{CheckSum, Decoder, End, Message};

use crate::recording::clean::{Point, Position, RecordingBuilder, Stamp};
use crate::recording::timestamp::Timestamp;
use crate::recording::{Place, ReadError, WarningKind};

use super::format::Format;
use super::input::Input;

/// FIT.
pub(super) struct Fit;

/// FIT's times begin at 1989-12-31T00:00:00Z, so many seconds after 1970.
const EPOCH_S: i64 = 631_065_600;
/// Positions are in 2^31 parts of a half turn.
const SEMICIRCLE_DEG: f64 = 180.0 / 2_147_483_648.0;
/// Kinds of file.
const ACTIVITY: i64 = 4;
const COURSE: i64 = 6;
/// Zones lie on quarters of an hour.
const QUARTER_HOUR_S: f64 = 900.0;

/// Messages of the profile.
mod message {
    pub const FILE_ID: u16 = 0;
    pub const SPORT: u16 = 12;
    pub const SESSION: u16 = 18;
    pub const LAP: u16 = 19;
    pub const RECORD: u16 = 20;
    pub const EVENT: u16 = 21;
    pub const DEVICE_INFO: u16 = 23;
    pub const ACTIVITY: u16 = 34;
}

/// Whether a file begins as FIT files do.
pub(super) fn begins(head: &[u8]) -> bool {
    head.get(8..12) == Some(b".FIT")
}

/// What is told by several messages together.
#[derive(Default)]
struct State {
    /// What kind of file it says it is.
    file_type: Option<i64>,
    records: usize,
    messages: usize,
    /// When the timer was stopped, until a record after that.
    stopped: Option<u32>,
    /// Whether the timer stands still: records may come all the same, and the next start ends a pause.
    paused: bool,
    /// When the last record with a place was written.
    placed: Option<u32>,
    /// Metres so far in sixteenths, of watches that write their lowest bits only.
    sixteenths: u64,
    sports: Vec<&'static str>,
    sport_name: Option<String>,
}

impl Format for Fit {
    fn read(&self, input: Input<'_>, recording: &mut RecordingBuilder) -> Result<(), ReadError> {
        let mut input = BufReader::with_capacity(1 << 16, input);
        let mut state = State::default();
        // Files may follow each other in one.
        while input.fill_buf().is_ok_and(|bytes| !bytes.is_empty()) {
            let Some(mut decoder) = Decoder::new(&mut input) else {
                recording.note_without_place(WarningKind::MoreAfterEnd, 1);
                break;
            };
            recording.interrupt();
            while let Some(message) = decoder.next() {
                state.messages += 1;
                state.take(&message, recording);
            }
            let place = Place::Message(state.messages);
            if decoder.end() != End::Complete {
                recording.damaged(place);
                break;
            }
            match decoder.check_sum() {
                Some(CheckSum::Matches) => {}
                Some(CheckSum::Differs) => recording.note(WarningKind::CheckSum, || place),
                None => recording.damaged(place),
            }
        }
        match state.file_type {
            Some(COURSE) => recording.note_without_place(WarningKind::PlannedCourse, 1),
            Some(ACTIVITY) => {}
            Some(kind) if state.records == 0 => return Err(ReadError::OtherFit(kind_of_file(kind))),
            _ => {}
        }
        state.sports.dedup();
        recording.activity = match state.sports.as_slice() {
            [] => state.sport_name,
            [sport] => Some((*sport).to_owned()),
            _ => Some("multisport".to_owned()),
        };
        Ok(())
    }
}

impl State {
    fn take(&mut self, message: &Message<'_>, recording: &mut RecordingBuilder) {
        match message.global {
            message::RECORD => self.record(message, recording),
            message::EVENT => {
                const TIMER: i64 = 0;
                const START: i64 = 0;
                const STOPS: [i64; 4] = [1, 4, 8, 9];
                if message.integer(0) != Some(TIMER) {
                    return;
                }
                match message.integer(1) {
                    Some(START) if std::mem::take(&mut self.paused) => recording.interrupt(),
                    Some(kind) if STOPS.contains(&kind) => {
                        self.stopped = message.time();
                        self.paused = true;
                    }
                    _ => {}
                }
            }
            message::LAP => {
                if let Some(start) = message.integer(2) {
                    recording.begin_lap_at(instant(start as u32));
                }
            }
            message::SESSION => {
                let part = message.integer(6).unwrap_or(-1);
                self.sports.extend(message.integer(5).and_then(|number| sport(number, part)));
            }
            message::SPORT => self.sport_name = message.text(3),
            message::DEVICE_INFO => {
                // Of what is built in (source 5), sensor 4 is a barometer.
                const BUILT_IN: i64 = 5;
                const BAROMETER: i64 = 4;
                let told = [25, 1].map(|field| message.integer(field));
                recording.barometer |= told == [Some(BUILT_IN), Some(BAROMETER)];
            }
            message::FILE_ID => {
                self.file_type = self.file_type.or(message.integer(0));
                recording.creator = recording.creator.take().or_else(|| creator(message));
            }
            message::ACTIVITY => {
                if let (Some(local), Some(utc)) = (message.integer(5), message.time()) {
                    let offset = ((local - i64::from(utc)) as f64 / QUARTER_HOUR_S).round() * QUARTER_HOUR_S;
                    if offset != 0.0 && (-43_200.0..=50_400.0).contains(&offset) {
                        recording.utc_offset_s = Some(offset as i32);
                    }
                }
            }
            _ => {}
        }
    }

    fn record(&mut self, message: &Message<'_>, recording: &mut RecordingBuilder) {
        self.records += 1;
        let time = message.time();
        if message.raw(0).is_none() && time.is_some() && time == self.placed {
            // The rest of a record in two messages.
            return;
        }
        if let (Some(stopped), Some(time)) = (self.stopped, time)
            && time > stopped
        {
            self.stopped = None;
            recording.interrupt();
        }
        let degrees = |field| message.integer(field).map(|parts| parts as f64 * SEMICIRCLE_DEG);
        let speed = message.scaled(73, 1000.0, 0.0).or_else(|| message.scaled(6, 1000.0, 0.0));
        let elevation = message.scaled(78, 5.0, 500.0).or_else(|| message.scaled(2, 5.0, 500.0));
        let cadence =
            message.integer(4).map(|turns| turns as f64 + message.scaled(53, 128.0, 0.0).unwrap_or(0.0));
        let mut point = Point {
            position: Position::new(degrees(0), degrees(1)),
            time: time.map_or(Stamp::Missing, |time| Stamp::At(instant(time))),
            ..Point::default()
        };
        if matches!(point.position, Position::At(..)) {
            self.placed = time;
        }
        point.speed(speed.or_else(|| compressed_speed_mps(message.raw(8)?)).map(|speed| speed as f32));
        let distance = message.scaled(5, 100.0, 0.0).or_else(|| self.compressed_distance_m(message.raw(8)?));
        point.distance(distance);
        point.elevation(elevation.map(|metres| metres as f32));
        point.heart_rate(message.integer(3).map(|beats| beats as f32));
        point.cadence(cadence.map(|turns| turns as f32));
        recording.push(&point, || Place::Message(self.messages));
    }
}

impl State {
    /// The distance that older watches pack with the speed: its high 12 bits in sixteenths of a metre, which start
    /// again from 0 after 256 m.
    fn compressed_distance_m(&mut self, bytes: &[u8]) -> Option<f64> {
        let &[low, middle, high] = bytes else { return None };
        if [low, middle, high] == [0xFF; 3] {
            return None;
        }
        let sixteenths = u64::from(middle >> 4) | u64::from(high) << 4;
        self.sixteenths += sixteenths.wrapping_sub(self.sixteenths) & 0xFFF;
        Some(self.sixteenths as f64 / 16.0)
    }
}

fn instant(fit_s: u32) -> Timestamp {
    Timestamp::from_unix(EPOCH_S + i64::from(fit_s))
}

/// The speed in the field that older watches pack with the distance: its low 12 bits in cm/s.
fn compressed_speed_mps(bytes: &[u8]) -> Option<f64> {
    let &[low, middle, high] = bytes else { return None };
    let speed = u16::from(low) | u16::from(middle & 0xF) << 8;
    ([low, middle, high] != [0xFF; 3]).then_some(f64::from(speed) / 100.0)
}

/// The device by maker and product, in words as far as the file or we know them.
fn creator(file_id: &Message<'_>) -> Option<String> {
    let maker = match file_id.integer(1)? {
        1 => "Garmin",
        23 => "Suunto",
        32 => "Wahoo",
        70 => "Sigma Sport",
        71 => "TomTom",
        95 => "Stryd",
        123 => "Polar",
        258 => "Lezyne",
        260 => "Zwift",
        265 => "Strava",
        267 => "Bryton",
        289 => "Hammerhead",
        294 => "COROS",
        310 => "Decathlon",
        _ => return file_id.text(8),
    };
    let product = file_id.text(8).or_else(|| file_id.integer(2).map(|number| format!("product {number}")));
    Some(match product {
        Some(product) if product.to_lowercase().starts_with(&maker.to_lowercase()) => product,
        Some(product) => format!("{maker} {product}"),
        None => maker.to_owned(),
    })
}

/// Sports by their number in the profile; equipment indoors by the part of the sport as well.
fn sport(number: i64, part: i64) -> Option<&'static str> {
    const TREADMILL: i64 = 1;
    const CYCLING: [i64; 2] = [5, 6];
    const ROWING: i64 = 14;
    Some(match number {
        1 if part == TREADMILL => "treadmill running",
        1 => "running",
        2 => "cycling",
        3 => "transition",
        4 if part == TREADMILL => "treadmill",
        4 if CYCLING.contains(&part) => "indoor cycling",
        4 if part == ROWING => "indoor rowing",
        4 => "fitness equipment",
        5 => "swimming",
        10 => "training",
        11 => "walking",
        12 => "cross-country skiing",
        13 => "alpine skiing",
        15 => "rowing",
        16 => "mountaineering",
        17 => "hiking",
        18 => "multisport",
        19 => "paddling",
        21 => "e-biking",
        30 => "inline skating",
        35 => "snowshoeing",
        37 => "stand-up paddling",
        _ => return None,
    })
}

/// What a file that is no activity holds.
fn kind_of_file(kind: i64) -> &'static str {
    match kind {
        1 => "a device's description",
        2 | 3 => "settings",
        5 => "a workout plan",
        7 => "a schedule",
        8 => "saved places",
        9 | 10 | 14 => "body measurements",
        11 => "goals",
        15 | 28 | 32 => "all-day monitoring",
        34 | 35 => "segments",
        _ => "no records",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_speeds() {
        assert_eq!(compressed_speed_mps(&[0x2C, 0x01, 0x00]), Some(3.0));
        assert_eq!(compressed_speed_mps(&[0xFF; 3]), None);
        assert_eq!(compressed_speed_mps(&[1]), None);
    }
}
