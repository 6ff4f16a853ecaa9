//! The cleaned track as GPX.

use std::ops::Range;

use ::gpx::{Gpx, GpxVersion, Track, TrackSegment, Waypoint};
use chrono::{DateTime, Utc};
use thiserror::Error;
use time::OffsetDateTime;

use crate::{figure::shown_fixes, recording::Recording, run::Run};

/// Why a track was not written.
#[derive(Debug, Error)]
pub enum TrackError {
    /// Nothing is left once the ends are hidden.
    #[error("is too short to hide {0} m at both ends; hide less")]
    AllHidden(f64),
    /// There are no positions, so there is no track.
    #[error("has no positions, so there is no track to write; save the segments as CSV instead")]
    NoPositions,
    /// A value that GPX cannot hold.
    #[error("cannot be written as GPX ({0}); please report this bug")]
    NotGpx(String),
}

/// The cleaned track as GPX 1.1: the fixes that were read, in order of time, a `<trkseg>` wherever recording was
/// interrupted, without the first and last `hide_ends_m` metres. Heart rate and cadence are left out.
pub fn track_gpx(run: &Run, hide_ends_m: f64) -> Result<Vec<u8>, TrackError> {
    let recording = &run.recording;
    if !recording.fixes.has_positions() {
        return Err(TrackError::NoPositions);
    }
    let shown = shown_fixes(run, hide_ends_m);
    if shown.is_empty() {
        return Err(TrackError::AllHidden(hide_ends_m));
    }
    let mut track = Track::new();
    track.name = Some(recording.name.clone()).filter(|name| !name.is_empty());
    track.type_.clone_from(&recording.activity);
    let mut from = shown.start;
    let cuts = recording.breaks.iter().copied().filter(|cut| shown.contains(cut));
    for to in cuts.chain([shown.end]) {
        if to > from {
            track.segments.push(segment(recording, from..to));
        }
        from = to;
    }
    let document = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some(concat!("Spinepace ", env!("CARGO_PKG_VERSION")).to_owned()),
        tracks: vec![track],
        ..Gpx::default()
    };
    let mut bytes = Vec::new();
    ::gpx::write(&document, &mut bytes).map_err(|error| TrackError::NotGpx(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn segment(recording: &Recording, fixes: Range<usize>) -> TrackSegment {
    let columns = &recording.fixes;
    let mut segment = TrackSegment::new();
    for fix in fixes {
        let place = (columns.longitude_deg[fix], columns.latitude_deg[fix]);
        let mut point = Waypoint::new(place.into());
        point.elevation =
            columns.elevation_m.get(fix).filter(|metres| metres.is_finite()).map(|metres| f64::from(*metres));
        point.time = moment(recording.start, columns.time_s[fix]).map(Into::into);
        segment.points.push(point);
    }
    segment
}

/// In whole seconds and the rest, because nanoseconds alone reach back to 1677 only.
fn moment(start: DateTime<Utc>, offset_s: f64) -> Option<OffsetDateTime> {
    let start_ns = i128::from(start.timestamp()) * 1_000_000_000 + i128::from(start.timestamp_subsec_nanos());
    let offset_us = (offset_s * 1e6).round() as i64;
    OffsetDateTime::from_unix_timestamp_nanos(start_ns + i128::from(offset_us) * 1000).ok()
}
