//! Files into the library: read on every core, kept a few at a time, each told once it is on the disk. An import that
//! is cut short, by a person or a power cut, keeps what was told as kept.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use rusqlite::TransactionBehavior;

use crate::{
    band::Edges,
    recording::{self, Fingerprint, Recording, Source},
};

use super::{
    Action, Changed, Library, LibraryError, Numbers, PersonId,
    batches::{BatchId, Fate, ImportedFile, Receipt, fate_name},
    new_run::{NewRun, insert, with_hash},
    now_us,
    original::{self, Hash},
};

/// So many files, or so much time, go into one transaction: a sync of the disk each.
const CHUNK: usize = 32;
const CHUNK_TIME: Duration = Duration::from_millis(400);

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
