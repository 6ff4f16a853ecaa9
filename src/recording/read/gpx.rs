//! GPX 1.0 and 1.1, with the extensions of Garmin, `OsmAnd`, Apple, `OpenTracks` and Cluetrust.

use std::io::Read;

use crate::recording::clean::{
    CADENCE_RPM, ELEVATION_M, HEART_RATE_BPM, Point, Position, RecordingBuilder, SPEED_MPS, Stamp,
};
use crate::recording::{Place, ReadError, WarningKind};

use super::encoding;
use super::format::Format;
use super::input::Input;
use super::number::{NoNumber, decimal, measured};
use super::stack::Stack;
use super::xml::{Attributes, End, Kind, Xml};

/// GPX.
pub(super) struct Gpx;

/// The elements that mean something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Gpx,
    Metadata,
    Track,
    Segment,
    Point,
    Waypoint,
    Route,
    RoutePoint,
    Time,
    Elevation,
    Name,
    Type,
    HeartRate,
    Cadence,
    Speed,
    Other,
}

impl Element {
    fn named(name: &[u8]) -> Self {
        match name {
            b"trkpt" => Self::Point,
            b"time" => Self::Time,
            b"ele" => Self::Elevation,
            b"hr" | b"heartrate" => Self::HeartRate,
            b"cad" | b"cadence" => Self::Cadence,
            b"speed" => Self::Speed,
            b"name" => Self::Name,
            b"type" => Self::Type,
            b"trkseg" => Self::Segment,
            b"trk" => Self::Track,
            b"gpx" | b"GPX" => Self::Gpx,
            b"metadata" => Self::Metadata,
            b"wpt" => Self::Waypoint,
            b"rte" => Self::Route,
            b"rtept" => Self::RoutePoint,
            _ => Self::Other,
        }
    }

    /// Whether it holds a value and no elements, so that a missing end of it harms nothing.
    fn is_value(self) -> bool {
        matches!(
            self,
            Self::Time
                | Self::Elevation
                | Self::HeartRate
                | Self::Cadence
                | Self::Speed
                | Self::Name
                | Self::Type
        )
    }
}

impl Format for Gpx {
    fn read(&self, input: Input<'_>, recording: &mut RecordingBuilder) -> Result<(), ReadError> {
        let encoding = input.encoding;
        let mut xml = Xml::new(input);
        let mut open = Stack::new(Element::Other);
        let mut point: Option<Point> = None;
        let mut file_name = None;
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
                    push(&mut point, recording, &xml);
                }
                if element == Element::Gpx && open.top().is_none() {
                    whole = true;
                    break;
                }
                continue;
            }
            let parent = open.top();
            match element {
                Element::Point => {
                    let position = position(tag.attributes);
                    // A point that was never closed ends where the next begins.
                    push(&mut point, recording, &xml);
                    if open.leave(Element::Point) {
                        recording.note(WarningKind::MismatchedTag, || line(&xml));
                    }
                    if !open.contains(Element::Segment) {
                        recording.note(WarningKind::OutsideSegment, || line(&xml));
                    }
                    point = Some(Point { position, ..Point::default() });
                    if kind == Kind::Empty {
                        push(&mut point, recording, &xml);
                    }
                }
                Element::Time
                | Element::Elevation
                | Element::HeartRate
                | Element::Cadence
                | Element::Speed => {
                    if let Some(point) = &mut point
                        && kind == Kind::Open
                        && value(element, parent, xml.text(), point).is_err()
                    {
                        recording.note(WarningKind::BadValue, || line(&xml));
                    }
                }
                Element::Track | Element::Segment => {
                    push(&mut point, recording, &xml);
                    if open.leave(element) {
                        recording.note(WarningKind::MismatchedTag, || line(&xml));
                    }
                    recording.interrupt();
                }
                Element::Gpx => {
                    let creator = tag.attributes.get(b"creator");
                    recording.creator = creator.and_then(|creator| encoding::attribute(creator, encoding));
                }
                Element::Waypoint => recording.waypoints += 1,
                Element::RoutePoint => recording.route_points += 1,
                Element::Name if kind == Kind::Open => match parent {
                    Some(Element::Track) if recording.name.is_none() => {
                        recording.name = encoding::words(xml.text(), encoding);
                    }
                    Some(Element::Metadata | Element::Gpx) => {
                        file_name = encoding::words(xml.text(), encoding);
                    }
                    _ => {}
                },
                Element::Type if kind == Kind::Open && parent == Some(Element::Track) => {
                    recording.activity =
                        recording.activity.take().or_else(|| encoding::words(xml.text(), encoding));
                }
                _ => {}
            }
            if kind == Kind::Open && !element.is_value() {
                open.open(element);
            }
        }
        // A point that the end cuts may lack anything, so it is not taken.
        if !whole && (open.contains(Element::Gpx) || xml.end() != End::Complete) {
            recording.damaged(line(&xml));
        } else if xml.more_follows() {
            recording.note(WarningKind::MoreAfterEnd, || line(&xml));
        }
        recording.name = recording.name.take().or(file_name);
        if let Some(activity) = strava_type(recording) {
            recording.activity = Some(activity.to_owned());
        }
        Ok(())
    }
}

fn line(xml: &Xml<impl Read>) -> Place {
    Place::Line(xml.line())
}

fn push(point: &mut Option<Point>, recording: &mut RecordingBuilder, xml: &Xml<impl Read>) {
    if let Some(point) = point.take() {
        recording.push(&point, || line(xml));
    }
}

fn position(attributes: Attributes<'_>) -> Position {
    let (mut latitude, mut longitude) = (None, None);
    for (name, value) in attributes {
        match name {
            b"lat" => latitude = decimal(value),
            b"lon" => longitude = decimal(value),
            _ => {}
        }
    }
    Position::new(latitude, longitude)
}

/// Takes a point's value from an element's text.
fn value(element: Element, parent: Option<Element>, text: &[u8], point: &mut Point) -> Result<(), NoNumber> {
    match element {
        Element::Time if parent == Some(Element::Point) => point.time = Stamp::read(text),
        Element::Elevation if parent == Some(Element::Point) => point.elevation(measured(text, ELEVATION_M)?),
        Element::HeartRate => point.heart_rate(measured(text, HEART_RATE_BPM)?),
        Element::Cadence => point.cadence(measured(text, CADENCE_RPM)?),
        Element::Speed => point.speed(measured(text, SPEED_MPS)?),
        _ => {}
    }
    Ok(())
}

/// What Strava's numbered types mean, those of travel on foot and by bicycle.
fn strava_type(recording: &RecordingBuilder) -> Option<&'static str> {
    recording.creator.as_deref().filter(|creator| creator.contains("Strava"))?;
    match recording.activity.as_deref()? {
        "1" => Some("cycling"),
        "4" => Some("hiking"),
        "9" => Some("running"),
        "10" => Some("walking"),
        _ => None,
    }
}
