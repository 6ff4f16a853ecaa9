//! Thousands of recordings, read on all cores, handed over in order, never many at once in memory.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

use crate::recording::{ReadError, Recording};

use super::Source;

/// How far a core may run ahead of the one whose result is handed over next.
const AHEAD_PER_CORE: usize = 4;

/// What became of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was read.
    Opened,
    /// It was read, and something in it was odd.
    OpenedWithWarnings {
        /// How many kinds of warnings.
        count: usize,
    },
    /// It is the same recording as another source, which has more data or comes first.
    Duplicate {
        /// The label of the one that was kept.
        of: String,
    },
    /// It holds something else than a run.
    NotARun {
        /// What, and what to do.
        why: String,
    },
    /// It should hold a run but could not be read.
    Failed {
        /// Why, and what to do.
        why: String,
    },
}

impl Outcome {
    /// The outcome of one reading; duplicates are found later, by [`crate::recording::duplicates`].
    pub fn of(result: &Result<Recording, ReadError>) -> Self {
        match result {
            Ok(recording) if recording.warnings.is_empty() => Self::Opened,
            Ok(recording) => Self::OpenedWithWarnings { count: recording.warnings.len() },
            Err(error) if error.is_another_kind() => Self::NotARun { why: error.to_string() },
            Err(error) => Self::Failed { why: error.to_string() },
        }
    }
}

/// Reads every source and does `work` with the result, on all cores; hands what that gives to `deliver` on
/// this thread, with the source's index, in order. At most a few results per core are waiting at any time,
/// and each recording is gone when its work is done. Once `cancel` is set no further source is begun;
/// what was begun is still delivered. Returns how many were delivered.
pub fn read_all<T: Send>(
    sources: &[Source],
    cancel: &AtomicBool,
    work: impl Fn(&Source, Result<Recording, ReadError>) -> T + Sync,
    mut deliver: impl FnMut(usize, T),
) -> usize {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(sources.len().max(1));
    let ahead = cores * AHEAD_PER_CORE;
    let next = AtomicUsize::new(0);
    let delivered = Mutex::new(0);
    let progress = Condvar::new();
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..cores {
            let send = send.clone();
            scope.spawn(|| {
                let send = send;
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(source) = sources.get(index) else { break };
                    let waiting = |delivered: &mut usize| index >= *delivered + ahead;
                    let guard = delivered.lock().unwrap_or_else(PoisonError::into_inner);
                    drop(progress.wait_while(guard, waiting));
                    if cancel.load(Ordering::Relaxed) {
                        break;
                    }
                    if send.send((index, work(source, source.read()))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut count = 0;
        for (index, result) in receive {
            early.insert(index, result);
            while let Some(result) = early.remove(&count) {
                deliver(count, result);
                count += 1;
                *delivered.lock().unwrap_or_else(PoisonError::into_inner) = count;
                progress.notify_all();
            }
        }
        count
    })
}
