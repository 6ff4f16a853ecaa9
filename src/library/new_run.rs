//! A run that is new to the library: its row, its file, and whether it was there before.

use chrono::{DateTime, Local, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params, types::Value};

use crate::recording::{Fingerprint, Recording};

use super::{
    Library, LibraryError, Numbers, PersonId, RunId,
    batches::{BatchId, Fate},
    now_us,
    original::{Hash, Packed},
};

/// Two formats of one recording may round its start apart by this.
const SAME_START_US: i64 = 3_000_000;

/// What is known of a file that was read.
pub(super) struct NewRun {
    pub hash: Hash,
    pub packed: Packed,
    pub file_name: String,
    /// Without its fixes: they are in the file.
    pub recording: Recording,
    pub fingerprint: Fingerprint,
    pub numbers: Numbers,
}

/// The run with this content, and whether it is in the bin.
pub(super) fn with_hash(tx: &Connection, hash: &Hash) -> rusqlite::Result<Option<(RunId, bool)>> {
    tx.prepare_cached("SELECT id, binned_us IS NOT NULL FROM run WHERE sha256 = ?1")?
        .query_row([hash.as_slice()], |row| Ok((RunId(row.get(0)?), row.get(1)?)))
        .optional()
}

/// What became of the file, the run, and what there is to say.
type Inserted = (Fate, Option<RunId>, Option<String>);

#[allow(clippy::needless_pass_by_value, reason = "a run goes in once")]
pub(super) fn insert(
    tx: &Transaction<'_>,
    batch: BatchId,
    person: PersonId,
    new: NewRun,
) -> Result<Inserted, LibraryError> {
    match with_hash(tx, &new.hash)? {
        Some((run, false)) => {
            return Ok((Fate::Duplicate, Some(run), Some(format!("has the same content as run {run}"))));
        }
        Some((run, true)) => {
            tx.prepare_cached(
                "UPDATE run SET binned_us = NULL, person_id = ?1, batch_id = ?2 WHERE id = ?3",
            )?
            .execute((person.0, batch.0, run.0))?;
            return Ok((Fate::Added, Some(run), Some(format!("was in the bin as run {run}"))));
        }
        None => {}
    }
    let recording = &new.recording;
    let start_us = recording.start.timestamp_micros();
    let same_as = same_activity(tx, start_us, &new.fingerprint)?;
    let (offset_s, day) = local(recording.start, recording.utc_offset_s);
    // A fingerprint always has a JSON.
    let fingerprint = serde_json::to_string(&new.fingerprint).unwrap_or_default();
    let text = |text: &str| Value::Text(text.to_owned());
    let mut columns = vec![
        ("person_id", Value::Integer(person.0)),
        ("batch_id", Value::Integer(batch.0)),
        ("sha256", Value::Blob(new.hash.to_vec())),
        ("file_name", text(&new.file_name)),
        ("name", text(&recording.name)),
        ("activity", recording.activity.clone().map_or(Value::Null, Value::Text)),
        ("start_us", Value::Integer(start_us)),
        ("utc_offset_s", Value::Integer(offset_s.into())),
        ("day", Value::Text(day.to_string())),
        ("fingerprint", Value::Text(fingerprint)),
        ("same_as", same_as.map_or(Value::Null, |run| Value::Integer(run.0))),
        ("kept_us", Value::Integer(now_us())),
    ];
    columns.extend(new.numbers.columns());
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let places = vec!["?"; columns.len()].join(", ");
    tx.prepare_cached(&format!("INSERT INTO run ({}) VALUES ({places})", names.join(", ")))?
        .execute(rusqlite::params_from_iter(columns.into_iter().map(|(_, value)| value)))?;
    let run = RunId(tx.last_insert_rowid());
    tx.prepare_cached("INSERT INTO original (run_id, size, deflated, bytes) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![run.0, new.packed.size as i64, new.packed.deflated, new.packed.bytes])?;
    let why = same_as.map(|other| {
        format!(
            "seems to be the same activity as run {other}; it is not counted until you choose between them"
        )
    });
    Ok((Fate::Added, Some(run), why))
}

impl Library {
    /// The run that holds this recording, or the same activity from another file. `start` is that of its first fix.
    pub fn kept_as(&self, start: DateTime<Utc>, print: &Fingerprint) -> Result<Option<RunId>, LibraryError> {
        same_activity(&self.db, start.timestamp_micros(), print)
    }
}

/// The run that holds the same activity, as in another format.
fn same_activity(tx: &Connection, start_us: i64, print: &Fingerprint) -> Result<Option<RunId>, LibraryError> {
    let mut near = tx.prepare_cached(
        "SELECT id, fingerprint FROM run WHERE start_us BETWEEN ?1 AND ?2
         AND binned_us IS NULL AND same_as IS NULL ORDER BY id",
    )?;
    let mut rows = near.query((start_us - SAME_START_US, start_us + SAME_START_US))?;
    while let Some(row) = rows.next()? {
        let known: String = row.get(1)?;
        if serde_json::from_str(&known).is_ok_and(|known: Fingerprint| known.is_same(print)) {
            return Ok(Some(RunId(row.get(0)?)));
        }
    }
    Ok(None)
}

/// Seconds by which the runner's clock is ahead of UTC, and the day there. The file says it, or else this computer's
/// time zone is taken for the runner's.
fn local(start: DateTime<Utc>, offset_s: Option<i32>) -> (i32, NaiveDate) {
    let offset_s = offset_s
        .unwrap_or_else(|| Local.offset_from_utc_datetime(&start.naive_utc()).fix().local_minus_utc());
    let there = start.naive_utc().checked_add_signed(TimeDelta::seconds(offset_s.into()));
    (offset_s, there.unwrap_or(start.naive_utc()).date())
}
