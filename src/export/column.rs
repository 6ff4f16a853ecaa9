//! Columns of tables: each is described once, and CSV, JSON and Parquet follow.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};

use crate::notice::Notice;

/// A column of rows `R`: its name, the same in every format, and what it takes from a row.
pub(super) struct Column<R> {
    pub name: &'static str,
    pub cell: Cell<R>,
}

impl<R> Column<R> {
    pub(super) const fn new(name: &'static str, cell: Cell<R>) -> Self {
        Self { name, cell }
    }
}

/// What a column takes from a row, and so of which type it is. What is missing is an empty cell in CSV and null in JSON
/// and Parquet.
pub(super) enum Cell<R> {
    Text(fn(&R) -> &str),
    MaybeText(fn(&R) -> Option<&'static str>),
    /// A moment, to the nanosecond in text and to the microsecond in Parquet.
    Moment(fn(&R) -> DateTime<Utc>),
    Count(fn(&R) -> usize),
    Seconds(fn(&R) -> Option<i32>),
    Number(fn(&R) -> f64),
    MaybeNumber(fn(&R) -> Option<f64>),
    /// A number that a device wrote with fewer digits.
    ShortNumber(fn(&R) -> Option<f32>),
    Flag(fn(&R) -> bool),
    /// Beats or steps a minute.
    Rate(fn(&R) -> Option<u8>),
    /// Objects in JSON, elsewhere `code:count` with blanks between.
    Notices(fn(&R) -> &[Notice]),
}

impl<R> Cell<R> {
    /// The cell of CSV, written to the end of `text`.
    pub(super) fn write_text(&self, row: &R, text: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Text(of) => text.write_all(of(row).as_bytes()),
            Self::MaybeText(of) => text.write_all(of(row).unwrap_or_default().as_bytes()),
            Self::Moment(of) => text.write_all(moment_text(of(row)).as_bytes()),
            Self::Count(of) => write!(text, "{}", of(row)),
            Self::Seconds(of) => of(row).map_or(Ok(()), |value| write!(text, "{value}")),
            Self::Number(of) => write!(text, "{}", of(row)),
            Self::MaybeNumber(of) => of(row).map_or(Ok(()), |value| write!(text, "{value}")),
            Self::ShortNumber(of) => of(row).map_or(Ok(()), |value| write!(text, "{value}")),
            Self::Flag(of) => write!(text, "{}", of(row)),
            Self::Rate(of) => of(row).map_or(Ok(()), |value| write!(text, "{value}")),
            Self::Notices(of) => text.write_all(codes(of(row)).as_bytes()),
        }
    }
}

/// RFC 3339 in UTC, with fractions of a second only where there are some.
pub(super) fn moment_text(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// Warnings in one cell.
pub(super) fn codes(notices: &[Notice]) -> String {
    let codes: Vec<String> =
        notices.iter().map(|notice| format!("{}:{}", notice.code, notice.count)).collect();
    codes.join(" ")
}
