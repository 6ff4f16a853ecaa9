//! Files into the library: a batch with a receipt that says of each file what became of it, and a way back for the
//! whole of it. A batch that is cut short, by a person or a power cut, keeps what was told as kept.

use std::{
    collections::HashSet,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use chrono::{DateTime, Local, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params, types::Value};
use serde::Serialize;

use crate::{
    band::Edges,
    recording::{self, Fingerprint, Recording, Source},
};

use super::{
    Action, Changed, Library, LibraryError, Numbers, PersonId, RunId, moment, now_us,
    original::{self, Hash, Packed},
    written,
};

/// So many files, or so much time, go into one transaction: a sync of the disk each.
const CHUNK: usize = 32;
const CHUNK_TIME: Duration = Duration::from_millis(400);
/// Two formats of one recording may round its start apart by this.
const SAME_START_US: i64 = 3_000_000;

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

/// How far an import is. Everything told here is on the disk.
#[derive(Debug)]
pub struct Progress<'a> {
    /// The import.
    pub batch: BatchId,
    /// Files done.
    pub done: usize,
    /// Files in all.
    pub total: usize,
    /// The files done since the last call.
    pub files: &'a [ImportedFile],
}

/// A file that was read, on its way into the library.
enum Prepared {
    Known(Hash),
    Run(Box<NewRun>),
    Refused(String),
}

struct NewRun {
    hash: Hash,
    packed: Packed,
    file_name: String,
    recording: Recording,
    fingerprint: Fingerprint,
    numbers: Numbers,
}

impl Library {
    /// Imports every source as a run of `person`. `progress` hears what is done after it is on the disk; once
    /// `cancel` is set nothing further is begun. On an error (a full disk) what was told stays, and the receipt
    /// is kept; see [`Library::batches`].
    pub fn import(
        &mut self,
        sources: &[Source],
        person: PersonId,
        cancel: &AtomicBool,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Receipt, LibraryError> {
        self.takes_real()?;
        let edges = self.edges()?;
        let batch = self.begin_batch(person, sources.len())?;
        let known = self.known_hashes()?;
        let stop = AtomicBool::new(false);
        let (mut waiting, mut flushed, mut done) = (Vec::new(), Instant::now(), 0);
        let mut failed = None;
        let work = |source: &Source| {
            if cancel.load(Ordering::Relaxed) {
                stop.store(true, Ordering::Relaxed);
            }
            prepare(source, &known, edges)
        };
        recording::work_all(sources, &stop, work, |index, prepared| {
            if failed.is_some() {
                return;
            }
            waiting.push((sources[index].label(), prepared));
            if waiting.len() >= CHUNK || flushed.elapsed() >= CHUNK_TIME || index + 1 == sources.len() {
                let chunk = std::mem::take(&mut waiting);
                done += chunk.len();
                match self.add(batch, person, chunk) {
                    Ok(files) => progress(Progress { batch, done, total: sources.len(), files: &files }),
                    Err(error) => {
                        stop.store(true, Ordering::Relaxed);
                        failed = Some(error);
                    }
                }
                flushed = Instant::now();
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        if !waiting.is_empty() {
            done += waiting.len();
            let files = self.add(batch, person, waiting)?;
            progress(Progress { batch, done, total: sources.len(), files: &files });
        }
        self.db.execute(
            "UPDATE batch SET ended_us = ?1, cancelled = ?2 WHERE id = ?3",
            (now_us(), done < sources.len(), batch.0),
        )?;
        self.receipt(batch)
    }

    fn begin_batch(&mut self, person: PersonId, files: usize) -> Result<BatchId, LibraryError> {
        self.change(Action::Import, |tx| {
            super::runs::check_person(tx, person)?;
            tx.execute("INSERT INTO batch (person_id, begun_us) VALUES (?1, ?2)", (person.0, now_us()))?;
            let batch = BatchId(tx.last_insert_rowid());
            Ok(Changed { value: batch, object: format!("batch {batch}"), count: files })
        })
    }

    fn known_hashes(&self) -> Result<HashSet<Hash>, LibraryError> {
        let mut hashes = self.db.prepare("SELECT sha256 FROM run WHERE binned_us IS NULL")?;
        let hashes = hashes.query_map([], |row| row.get::<_, Hash>(0))?;
        Ok(hashes.collect::<Result<_, _>>()?)
    }

    fn add(
        &mut self,
        batch: BatchId,
        person: PersonId,
        chunk: Vec<(&str, Prepared)>,
    ) -> Result<Vec<ImportedFile>, LibraryError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut files = Vec::with_capacity(chunk.len());
        for (label, prepared) in chunk {
            let (fate, run, why) = match prepared {
                Prepared::Refused(why) => (Fate::Refused, None, Some(why)),
                Prepared::Known(hash) => {
                    let of = with_hash(&tx, &hash)?.map(|(run, _)| run);
                    (Fate::Duplicate, of, of.map(|run| format!("has the same content as run {run}")))
                }
                Prepared::Run(new) => insert(&tx, batch, person, *new)?,
            };
            tx.prepare_cached(
                "INSERT INTO batch_file (batch_id, label, fate, run_id, why) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((batch.0, label, fate_name(fate), run.map(|run| run.0), &why))?;
            files.push(ImportedFile { file: label.to_owned(), fate, run, why });
        }
        tx.commit()?;
        Ok(files)
    }

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
                super::run_changes::bin_one(tx, RunId(*run))?;
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

fn fate_name(fate: Fate) -> &'static str {
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

/// Reads one source and derives its numbers; on any core. A defect of a reader costs its file, not the import.
fn prepare(source: &Source, known: &HashSet<Hash>, edges: Edges) -> Prepared {
    let work = || -> Result<Prepared, recording::ReadError> {
        let bytes = source.bytes()?;
        let hash = original::hash(&bytes);
        if known.contains(&hash) {
            return Ok(Prepared::Known(hash));
        }
        let recording = source.read_from(&bytes)?;
        let numbers = Numbers::of(&recording, edges);
        let fingerprint = Fingerprint::of(&recording);
        let (packed, file_name) = (original::pack(bytes), source.file_name());
        // The fixes are in the file; only what the row says is needed from here on.
        let recording = Recording { fixes: recording::Fixes::default(), ..recording };
        Ok(Prepared::Run(Box::new(NewRun { hash, packed, file_name, recording, fingerprint, numbers })))
    };
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(prepared)) => prepared,
        Ok(Err(why)) => Prepared::Refused(why.to_string()),
        Err(_) => Prepared::Refused("Spinepace hit a bug in this file; please report it".to_owned()),
    }
}

/// The run with this content, and whether it is in the bin.
fn with_hash(tx: &Connection, hash: &Hash) -> rusqlite::Result<Option<(RunId, bool)>> {
    tx.prepare_cached("SELECT id, binned_us IS NOT NULL FROM run WHERE sha256 = ?1")?
        .query_row([hash.as_slice()], |row| Ok((RunId(row.get(0)?), row.get(1)?)))
        .optional()
}

type Inserted = (Fate, Option<RunId>, Option<String>);

#[allow(clippy::needless_pass_by_value, reason = "a run goes in once")]
fn insert(
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

/// The run that holds the same activity, as in another format.
fn same_activity(
    tx: &Transaction<'_>,
    start_us: i64,
    print: &Fingerprint,
) -> Result<Option<RunId>, LibraryError> {
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
pub(super) fn local(start: DateTime<Utc>, offset_s: Option<i32>) -> (i32, NaiveDate) {
    let offset_s = offset_s
        .unwrap_or_else(|| Local.offset_from_utc_datetime(&start.naive_utc()).fix().local_minus_utc());
    let there = start.naive_utc().checked_add_signed(TimeDelta::seconds(offset_s.into()));
    (offset_s, there.unwrap_or(start.naive_utc()).date())
}
