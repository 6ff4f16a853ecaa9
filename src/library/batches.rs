//! Imports that were made: each is a batch with a receipt that says of each file what became of it, and a way back for
//! the whole of it.

use std::fmt;

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;
use serde::Serialize;

use super::{
    Action, Changed, Library, LibraryError, PersonId, RunId, moment, now_us, run_changes::bin_one, written,
};

/// An import's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct BatchId(pub(crate) i64);

impl BatchId {
    /// The import of this number.
    pub fn new(number: i64) -> Self {
        Self(number)
    }
}

impl fmt::Display for BatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is a run of the library now.
    Added,
    /// Its content is in the library already; nothing was added.
    Duplicate,
    /// It is no run that can be kept.
    Refused,
}

/// A file with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedFile {
    /// The file as it was named, or the archive's entry.
    pub file: String,
    /// What became of it.
    pub fate: Fate,
    /// The run that it is, or that has the same content.
    pub run: Option<RunId>,
    /// What there is to say: why it was refused, or what to look at.
    pub why: Option<String>,
}

/// What became of a whole import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Its number.
    pub batch: BatchId,
    /// Whose runs they are.
    pub person: PersonId,
    /// When it began.
    #[serde(serialize_with = "written::moment")]
    pub begun: DateTime<Utc>,
    /// When it ended; `None` where it was cut short by a crash.
    #[serde(serialize_with = "written::moment_or_null")]
    pub ended: Option<DateTime<Utc>>,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// When it was taken back, if it was.
    #[serde(serialize_with = "written::moment_or_null")]
    pub undone: Option<DateTime<Utc>>,
    /// File by file.
    pub files: Vec<ImportedFile>,
}

impl Receipt {
    /// How many files had this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.files.iter().filter(|file| file.fate == fate).count()
    }
}

impl Library {
    /// Every import, newest first, without its files.
    pub fn batches(&self) -> Result<Vec<Receipt>, LibraryError> {
        let mut batches = self.db.prepare(&format!("{BATCH} ORDER BY id DESC"))?;
        let batches = batches.query_map([], batch_from_row)?;
        Ok(batches.collect::<Result<_, _>>()?)
    }

    /// The receipt of an import.
    pub fn receipt(&self, batch: BatchId) -> Result<Receipt, LibraryError> {
        let found =
            self.db.query_row(&format!("{BATCH} WHERE id = ?1"), [batch.0], batch_from_row).optional()?;
        let mut receipt = found.ok_or_else(|| unknown(batch))?;
        let mut files = self
            .db
            .prepare("SELECT label, fate, run_id, why FROM batch_file WHERE batch_id = ?1 ORDER BY id")?;
        let files = files.query_map([batch.0], |row| {
            Ok(ImportedFile {
                file: row.get(0)?,
                fate: fate_from(&row.get::<_, String>(1)?),
                run: row.get::<_, Option<i64>>(2)?.map(RunId),
                why: row.get(3)?,
            })
        })?;
        receipt.files = files.collect::<Result<_, _>>()?;
        Ok(receipt)
    }

    /// Takes an import back as a whole: its runs go to the bin. Returns how many.
    pub fn undo_import(&mut self, batch: BatchId) -> Result<usize, LibraryError> {
        self.change(Action::UndoImport, |tx| {
            let runs: Vec<i64> = tx
                .prepare("SELECT id FROM run WHERE batch_id = ?1 AND binned_us IS NULL")?
                .query_map([batch.0], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let marked = tx.execute("UPDATE batch SET undone_us = ?1 WHERE id = ?2", (now_us(), batch.0))?;
            if marked == 0 {
                return Err(unknown(batch));
            }
            for run in &runs {
                bin_one(tx, RunId(*run))?;
            }
            Ok(Changed { value: runs.len(), object: format!("batch {batch}"), count: runs.len() })
        })
    }
}

const BATCH: &str = "SELECT id, person_id, begun_us, ended_us, cancelled, undone_us FROM batch";

fn batch_from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Receipt> {
    Ok(Receipt {
        batch: BatchId(row.get(0)?),
        person: PersonId(row.get(1)?),
        begun: moment(row.get(2)?),
        ended: row.get::<_, Option<i64>>(3)?.map(moment),
        cancelled: row.get(4)?,
        undone: row.get::<_, Option<i64>>(5)?.map(moment),
        files: Vec::new(),
    })
}

fn unknown(batch: BatchId) -> LibraryError {
    LibraryError::Unknown { what: "import", which: batch.to_string(), list: "spinepace library imports" }
}

pub(super) fn fate_name(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "added",
        Fate::Duplicate => "duplicate",
        Fate::Refused => "refused",
    }
}

fn fate_from(name: &str) -> Fate {
    match name {
        "added" => Fate::Added,
        "duplicate" => Fate::Duplicate,
        _ => Fate::Refused,
    }
}
