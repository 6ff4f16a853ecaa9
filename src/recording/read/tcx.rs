//! TCX: Garmin's Training Center database, and what others made of it.

use std::io::Read;

use crate::recording::clean::{
    CADENCE_RPM, DISTANCE_M, ELEVATION_M, HEART_RATE_BPM, Point, Position, RecordingBuilder, SPEED_MPS, Stamp,
};
use crate::recording::timestamp::Timestamp;
use crate::recording::{Place, ReadError, WarningKind};

use super::encoding;
use super::format::Format;
use super::input::Input;
use super::number::{NoNumber, decimal, measured};
use super::stack::Stack;
use super::xml::{End, Kind, Xml};

/// TCX.
pub(super) struct Tcx;

/// The elements that mean something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Database,
    Activity,
    Course,
    Lap,
    Track,
    Point,
    Position,
    Time,
    Latitude,
    Longitude,
    Altitude,
    Distance,
    TotalTime,
    HeartRate,
    Value,
    Cadence,
    RunCadence,
    Speed,
    Creator,
    Name,
    Other,
}

impl Element {
    fn named(name: &[u8]) -> Self {
        match name {
            b"Trackpoint" => Self::Point,
            b"Time" => Self::Time,
            b"Position" => Self::Position,
            b"LatitudeDegrees" => Self::Latitude,
            b"LongitudeDegrees" => Self::Longitude,
            b"AltitudeMeters" => Self::Altitude,
            b"DistanceMeters" => Self::Distance,
            b"TotalTimeSeconds" => Self::TotalTime,
            b"HeartRateBpm" => Self::HeartRate,
            b"Value" => Self::Value,
            b"Cadence" => Self::Cadence,
            b"RunCadence" => Self::RunCadence,
            b"Speed" => Self::Speed,
            b"Track" => Self::Track,
            b"Lap" => Self::Lap,
            b"Activity" => Self::Activity,
            b"Course" => Self::Course,
            b"Creator" => Self::Creator,
            b"Name" => Self::Name,
            b"TrainingCenterDatabase" => Self::Database,
            _ => Self::Other,
        }
    }

    /// Whether it holds a value and no elements, so that a missing end of it harms nothing.
    fn is_value(self) -> bool {
        matches!(
            self,
            Self::Time
                | Self::Latitude
                | Self::Longitude
                | Self::Altitude
                | Self::Distance
                | Self::TotalTime
                | Self::Value
                | Self::Cadence
                | Self::RunCadence
                | Self::Speed
                | Self::Name
        )
    }
}

/// What is being put together.
#[derive(Default)]
struct State {
    point: Option<Point>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// Tracks begun in this lap: a second one follows a pause.
    tracks_in_lap: usize,
    sports: Vec<String>,
    /// When the lap began.
    lap_start: Option<Timestamp>,
    /// When its timer ran out, had it not been stopped.
    lap_end: Option<Timestamp>,
    /// The last point's time.
    last: Option<Timestamp>,
    /// The timer's last moment before this lap, where the lap began long after it, until the lap's first point.
    paused_from: Option<Timestamp>,
}

/// A lap that begins so long after the one before it ended followed a pause, s.
const PAUSE_S: f64 = 10.0;

impl Format for Tcx {
    fn read(&self, input: Input<'_>, recording: &mut RecordingBuilder) -> Result<(), ReadError> {
        let encoding = input.encoding;
        let mut xml = Xml::new(input);
        let mut open = Stack::new(Element::Other);
        let mut state = State::default();
        let mut whole = false;
        while let Some(tag) = xml.next() {
            let (kind, element) = (tag.kind, Element::named(tag.name));
            if kind == Kind::Close {
                if element.is_value() {
                    continue;
                }
                let matches = open.close(element).is_ok();
                if !matches {
                    recording.note(WarningKind::MismatchedTag, || line(&xml));
                }
                if element == Element::Point || (!matches && !open.contains(Element::Point)) {
                    state.push(recording, &xml);
                }
                if element == Element::Database && open.top().is_none() {
                    whole = true;
                    break;
                }
                continue;
            }
            let parent = open.top();
            match element {
                Element::Point | Element::Track | Element::Lap | Element::Activity | Element::Course => {
                    let mut start = None;
                    if element == Element::Lap {
                        start = tag.attributes.get(b"StartTime").and_then(Timestamp::read);
                    } else if element == Element::Activity
                        && let Some(sport) = tag.attributes.get(b"Sport")
                    {
                        state.sports.extend(encoding::attribute(sport, encoding));
                    }
                    // What was never closed ends where the next begins.
                    state.push(recording, &xml);
                    if open.leave(element) {
                        recording.note(WarningKind::MismatchedTag, || line(&xml));
                    }
                    if element == Element::Lap {
                        state.begin_lap(start);
                    }
                    state.begin(element, recording, || line(&xml));
                    if kind == Kind::Empty {
                        state.push(recording, &xml);
                    }
                }
                Element::Name if kind == Kind::Open => match parent {
                    Some(Element::Creator) if open.contains(Element::Activity) => {
                        recording.creator = encoding::words(xml.text(), encoding);
                    }
                    Some(Element::Course) => recording.name = encoding::words(xml.text(), encoding),
                    _ => {}
                },
                Element::TotalTime if kind == Kind::Open && parent == Some(Element::Lap) => {
                    let seconds = decimal(xml.text()).filter(|seconds| (0.0..1e7).contains(seconds));
                    state.lap_end = state.lap_start.zip(seconds).map(|(start, seconds)| start.after(seconds));
                }
                _ if kind == Kind::Open
                    && state.point.is_some()
                    && state.value(element, parent, xml.text()).is_err() =>
                {
                    recording.note(WarningKind::BadValue, || line(&xml));
                }
                _ => {}
            }
            if kind == Kind::Open && !element.is_value() {
                open.open(element);
            }
        }
        // A point that the end cuts may lack anything, so it is not taken.
        if !whole && (open.contains(Element::Database) || xml.end() != End::Complete) {
            recording.damaged(line(&xml));
        } else if xml.more_follows() {
            recording.note(WarningKind::MoreAfterEnd, || line(&xml));
        }
        state.sports.dedup();
        recording.activity = match state.sports.len() {
            0 | 1 => state.sports.pop(),
            _ => Some("Multisport".to_owned()),
        };
        Ok(())
    }
}

fn line(xml: &Xml<impl Read>) -> Place {
    Place::Line(xml.line())
}

impl State {
    fn begin(&mut self, element: Element, recording: &mut RecordingBuilder, place: impl FnOnce() -> Place) {
        match element {
            Element::Point => {
                self.point = Some(Point::default());
                (self.latitude, self.longitude) = (None, None);
            }
            Element::Track => {
                self.tracks_in_lap += 1;
                if self.tracks_in_lap > 1 {
                    recording.interrupt();
                }
            }
            Element::Lap => {
                self.tracks_in_lap = 0;
                recording.begin_lap();
            }
            Element::Course => {
                recording.note(WarningKind::PlannedCourse, place);
                recording.interrupt();
            }
            _ => recording.interrupt(),
        }
    }

    /// A lap that began long after its predecessor's timer ran out followed a pause.
    fn begin_lap(&mut self, start: Option<Timestamp>) {
        let end = std::mem::take(&mut self.lap_end);
        self.paused_from = end.filter(|end| start.is_some_and(|start| start.seconds_since(*end) > PAUSE_S));
        self.lap_start = start;
    }

    fn push(&mut self, recording: &mut RecordingBuilder, xml: &Xml<impl Read>) {
        if let Some(mut point) = self.point.take() {
            if let Stamp::At(time) = point.time {
                // Pauses within the last lap move its end forward, so the silence itself must be long, too.
                if self.paused_from.take().is_some()
                    && self.last.is_some_and(|last| time.seconds_since(last) > PAUSE_S)
                {
                    recording.interrupt();
                }
                self.last = Some(time);
            }
            if point.position == Position::Bad {
                point.position = Position::new(self.latitude, self.longitude);
            }
            recording.push(&point, || line(xml));
        }
    }

    /// Takes a value of the point at hand from an element's text.
    fn value(&mut self, element: Element, parent: Option<Element>, text: &[u8]) -> Result<(), NoNumber> {
        let Some(point) = &mut self.point else { return Ok(()) };
        match element {
            Element::Time if parent == Some(Element::Point) => point.time = Stamp::read(text),
            Element::Latitude => (point.position, self.latitude) = (Position::Bad, decimal(text)),
            Element::Longitude => (point.position, self.longitude) = (Position::Bad, decimal(text)),
            Element::Distance if parent == Some(Element::Point) => {
                // Nobody misses a distance that cannot be read.
                point.distance(measured(text, DISTANCE_M).unwrap_or(None).map(f64::from));
            }
            Element::Altitude => point.elevation(measured(text, ELEVATION_M)?),
            Element::Value if parent == Some(Element::HeartRate) => {
                point.heart_rate(measured(text, HEART_RATE_BPM)?);
            }
            Element::Cadence | Element::RunCadence => point.cadence(measured(text, CADENCE_RPM)?),
            Element::Speed => point.speed(measured(text, SPEED_MPS)?),
            _ => {}
        }
        Ok(())
    }
}
