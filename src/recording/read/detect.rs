//! Which format a file is in, by its content: names lie.

use memchr::memmem;

use crate::recording::ReadError;

use super::format::Format;
use super::xml::{Kind, Xml};
use super::{fit, gpx, tcx};

/// The reader for content that begins with `head`.
pub(super) fn format(head: &[u8]) -> Result<&'static dyn Format, ReadError> {
    if fit::begins(head) {
        return Ok(&fit::Fit);
    }
    if head.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(ReadError::Empty);
    }
    let mut xml = Xml::new(head);
    let mut other_xml = false;
    while let Some(tag) = xml.next() {
        if tag.kind == Kind::Close {
            continue;
        }
        match tag.name.to_ascii_lowercase().as_slice() {
            b"gpx" | b"trk" | b"trkseg" | b"trkpt" => return Ok(&gpx::Gpx),
            b"trainingcenterdatabase" | b"activities" | b"trackpoint" => return Ok(&tcx::Tcx),
            b"html" | b"head" | b"body" => return Err(ReadError::WebPage),
            b"kml" => return Err(ReadError::NotARun("a KML file")),
            b"osm" => return Err(ReadError::NotARun("an OpenStreetMap file")),
            b"svg" => return Err(ReadError::NotARun("a picture")),
            _ => other_xml = true,
        }
    }
    // A first tag longer than what is at hand.
    if memmem::find(head, b"<gpx").is_some() {
        return Ok(&gpx::Gpx);
    }
    if memmem::find(head, b"<TrainingCenterDatabase").is_some() {
        return Ok(&tcx::Tcx);
    }
    Err(ReadError::NotARun(kind_of(head, other_xml)))
}

/// What content that is no recording seems to be.
fn kind_of(head: &[u8], xml: bool) -> &'static str {
    match head.trim_ascii_start() {
        [b'{' | b'[', ..] => "a JSON file",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => "a picture",
        [b'$', b'G', ..] => "an NMEA log",
        start if start.starts_with(b"SQLite format 3") => "a database",
        start if start.starts_with(b"PK\x03\x04") => "an archive inside of archives",
        start if start.starts_with(b"Rar!") || start.starts_with(b"7z\xBC\xAF") => {
            "an archive that is not a zip file"
        }
        start if xml && start.starts_with(b"<") => "an XML file of another kind",
        start if start.iter().all(|byte| *byte >= b' ' || byte.is_ascii_whitespace()) => "a text",
        _ => "a file of another kind",
    }
}
