//! Simulated runs as the files that devices write.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Fix, Simulated};

/// What a run is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GPX 1.1, speed in Garmin's extension.
    Gpx,
    /// TCX, with the distance so far.
    Tcx,
}

/// What a file says beside its fixes.
pub struct Header<'a> {
    /// The track's name.
    pub title: &'a str,
    /// What kind of activity.
    pub activity: &'a str,
    /// Who wrote it.
    pub creator: &'a str,
    /// RFC 3339, UTC.
    pub start: &'a str,
    /// Whether to write heart rates.
    pub heart_rate: bool,
}

/// RFC 3339, UTC, whole seconds.
pub fn clock(start: &str, seconds: f64) -> String {
    let start: DateTime<Utc> = start.parse().expect("the starts in this crate are RFC 3339");
    (start + TimeDelta::seconds(seconds as i64)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl Format {
    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gpx => "gpx",
            Self::Tcx => "tcx",
        }
    }

    /// The whole file.
    pub fn write(self, header: &Header<'_>, run: &Simulated) -> String {
        match self {
            Self::Gpx => gpx(header, run),
            Self::Tcx => tcx(header, run),
        }
    }
}

fn gpx(header: &Header<'_>, run: &Simulated) -> String {
    let extended = header.heart_rate || run.fixes.iter().any(|fix| fix.speed_mps.is_some());
    let extension =
        if extended { " xmlns:x=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"" } else { "" };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx version=\"1.1\" creator=\"{}\" xmlns=\"http://www.topografix.com/GPX/1/1\"{extension}>\n\
         <metadata><time>{}</time></metadata>\n\
         <trk><name>{}</name><type>{}</type><trkseg>\n",
        header.creator, header.start, header.title, header.activity
    );
    let digits = run.decimals as usize;
    for (i, fix) in run.fixes.iter().enumerate() {
        if run.breaks.contains(&i) {
            out.push_str("</trkseg><trkseg>\n");
        }
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<trkpt lat=\"{:.digits$}\" lon=\"{:.digits$}\"><ele>{:.1}</ele><time>{}</time>",
            fix.latitude_deg,
            fix.longitude_deg,
            fix.elevation_m,
            clock(header.start, fix.time_s)
        );
        if header.heart_rate || fix.speed_mps.is_some() {
            out.push_str("<extensions><x:TrackPointExtension>");
            if header.heart_rate {
                let _ = write!(out, "<x:hr>{}</x:hr>", fix.heart_rate_bpm);
            }
            if let Some(speed) = fix.speed_mps {
                let _ = write!(out, "<x:speed>{speed:.3}</x:speed>");
            }
            out.push_str("</x:TrackPointExtension></extensions>");
        }
        out.push_str("</trkpt>\n");
    }
    out.push_str("</trkseg></trk>\n</gpx>\n");
    out
}

fn tcx(header: &Header<'_>, run: &Simulated) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\">\n\
         <Activities><Activity Sport=\"Running\"><Id>{0}</Id><Lap StartTime=\"{0}\"><Track>\n",
        header.start
    );
    for (i, fix) in run.fixes.iter().enumerate() {
        if run.breaks.contains(&i) {
            out.push_str("</Track><Track>\n");
        }
        tcx_point(&mut out, header, fix, run.decimals as usize);
    }
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "</Track></Lap><Creator><Name>{}</Name></Creator></Activity></Activities>\n</TrainingCenterDatabase>\n",
        header.creator
    );
    out
}

fn tcx_point(out: &mut String, header: &Header<'_>, fix: &Fix, digits: usize) {
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<Trackpoint><Time>{}</Time><Position><LatitudeDegrees>{:.digits$}</LatitudeDegrees>\
         <LongitudeDegrees>{:.digits$}</LongitudeDegrees></Position><AltitudeMeters>{:.1}</AltitudeMeters>",
        clock(header.start, fix.time_s),
        fix.latitude_deg,
        fix.longitude_deg,
        fix.elevation_m
    );
    if let Some(distance) = fix.distance_m {
        let _ = write!(out, "<DistanceMeters>{distance:.2}</DistanceMeters>");
    }
    if header.heart_rate {
        let _ = write!(out, "<HeartRateBpm><Value>{}</Value></HeartRateBpm>", fix.heart_rate_bpm);
    }
    if let Some(speed) = fix.speed_mps {
        let _ = write!(
            out,
            "<Extensions><TPX xmlns=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\"><Speed>{speed:.3}</Speed></TPX></Extensions>"
        );
    }
    out.push_str("</Trackpoint>\n");
}
