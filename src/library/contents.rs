//! What a library or a backup holds, in a few numbers.

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Serialize;

use super::{LibraryError, schema, written};

/// What a library or a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Its format.
    pub format: i64,
    /// People, me left out, those in the bin too.
    pub people: usize,
    /// Runs, those in the bin left out.
    pub runs: usize,
    /// Runs in the bin.
    pub runs_in_bin: usize,
    /// Notes.
    pub notes: usize,
    /// Doses.
    pub doses: usize,
    /// The day of the first run.
    pub first_day: Option<String>,
    /// The day of the last run.
    pub last_day: Option<String>,
    /// When something was last done to it.
    #[serde(serialize_with = "written::moment_or_null")]
    pub last_change: Option<DateTime<Utc>>,
}

/// What an open library holds.
pub(super) fn contents(db: &Connection) -> Result<Contents, LibraryError> {
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|count| count as usize);
    let day = |sql: &str| db.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
    let last: Option<i64> = db.query_row("SELECT max(at_us) FROM record", [], |row| row.get(0))?;
    Ok(Contents {
        format: schema::version(db)?,
        people: count("SELECT count(*) FROM person WHERE kind = 'person'")?,
        runs: count("SELECT count(*) FROM run WHERE binned_us IS NULL")?,
        runs_in_bin: count("SELECT count(*) FROM run WHERE binned_us IS NOT NULL")?,
        notes: count("SELECT count(*) FROM note")?,
        doses: count("SELECT count(*) FROM dose")?,
        first_day: day("SELECT min(day) FROM run WHERE binned_us IS NULL")?,
        last_day: day("SELECT max(day) FROM run WHERE binned_us IS NULL")?,
        last_change: last.map(super::moment),
    })
}
