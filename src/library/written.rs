//! How days and moments are written in JSON: as RFC 3339 has them.

#![allow(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes the field by reference"
)]

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serializer;

/// "2026-11-25T18:04:05Z"
pub(super) fn moment<S: Serializer>(moment: &DateTime<Utc>, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&moment.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// The same, where there is one.
pub(super) fn moment_or_null<S: Serializer>(
    moment: &Option<DateTime<Utc>>,
    out: S,
) -> Result<S::Ok, S::Error> {
    match moment {
        Some(moment) => self::moment(moment, out),
        None => out.serialize_none(),
    }
}

/// "2026-11-25"
pub(super) fn day<S: Serializer>(day: &NaiveDate, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(day)
}

/// The same, where there is one.
pub(super) fn day_or_null<S: Serializer>(day: &Option<NaiveDate>, out: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => self::day(day, out),
        None => out.serialize_none(),
    }
}
