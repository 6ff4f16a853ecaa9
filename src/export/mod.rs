//! The numbers in the forms that scripts use. Column and key names are fixed: others rely on them.

mod analysis;
mod file;
mod gpx;
mod parquet;
mod segments;

pub use analysis::{Analysis, Failure, csv_header};
pub use file::{Before, WriteError, write_whole};
pub use gpx::{TrackError, track_gpx};
pub use parquet::write_analyses_parquet;
pub use segments::{SegmentRows, SegmentTable, SegmentsFormat};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// A moment of a recording as RFC 3339, with fractions only where there are some.
fn rfc3339(start: DateTime<Utc>, offset_s: f64) -> String {
    let moment = start + TimeDelta::microseconds((offset_s * 1e6).round() as i64);
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
