//! Thousands of recordings, read on all cores, handed over in order, never many at once in memory.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

use crate::recording::{ReadError, Recording};

use super::Source;

/// How far a core may run ahead of the one whose result is handed over next.
const AHEAD_PER_CORE: usize = 4;

/// Reads every source and does `work` with the result, as [`work_all`] does. Where reading or `work` panics, `work`
/// is done with [`ReadError::Bug`] instead, and the others go on.
pub fn read_all<T: Send>(
    sources: &[Source],
    cancel: &AtomicBool,
    work: impl Fn(&Source, Result<Recording, ReadError>) -> T + Sync,
    deliver: impl FnMut(usize, T),
) -> usize {
    let guarded = |source: &Source| {
        catch_unwind(AssertUnwindSafe(|| work(source, source.read())))
            .unwrap_or_else(|_| work(source, Err(ReadError::Bug)))
    };
    work_all(sources, cancel, guarded, deliver)
}

/// Does `work`, which must not panic, with every source, on all cores; hands what that gives to `deliver` on this
/// thread, with the source's index, in order. At most a few results per core are waiting at any time, and what the
/// work read is gone when it is done. Once `cancel` is set no further source is begun; what was begun is still
/// delivered. Returns how many were delivered.
pub fn work_all<T: Send>(
    sources: &[Source],
    cancel: &AtomicBool,
    work: impl Fn(&Source) -> T + Sync,
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
                    // Those before it may never come once the work is cancelled.
                    let waiting = |delivered: &mut usize| {
                        index >= *delivered + ahead && !cancel.load(Ordering::Relaxed)
                    };
                    let guard = delivered.lock().unwrap_or_else(PoisonError::into_inner);
                    drop(progress.wait_while(guard, waiting));
                    if cancel.load(Ordering::Relaxed) {
                        break;
                    }
                    if send.send((index, work(source))).is_err() {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::super::sources_in_memory;
    use super::*;

    /// What `read_all` gives, or nothing where it is still at it after a minute.
    fn within_a_minute<T: Send + 'static>(done: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (send, receive) = mpsc::channel();
        thread::spawn(move || send.send(done()));
        receive.recv_timeout(Duration::from_mins(1)).ok()
    }

    fn many() -> Vec<Source> {
        (0..200).flat_map(|index| sources_in_memory(&format!("{index}.gpx"), Arc::from(*b"<gpx>"))).collect()
    }

    #[test]
    fn a_worker_that_panics_does_not_hold_up_the_others() {
        let found = within_a_minute(|| {
            let mut found = Vec::new();
            let work = |source: &Source, read: Result<Recording, ReadError>| match read {
                Err(ReadError::Bug) => "bug",
                _ => {
                    assert!(!source.label().starts_with('7'), "a defect, as this test wants it");
                    "read"
                }
            };
            read_all(&many(), &AtomicBool::new(false), work, |index, word| found.push((index, word)));
            found
        });
        let found = found.expect("it ends");
        assert_eq!(found.len(), 200);
        for (at, (index, word)) in found.iter().enumerate() {
            assert_eq!(at, *index);
            assert_eq!(*word, if index.to_string().starts_with('7') { "bug" } else { "read" });
        }
    }

    #[test]
    fn cancelled_from_the_first_on_it_ends_and_begins_no_more_than_it_must() {
        for _ in 0..20 {
            let counts = within_a_minute(|| {
                let cancel = AtomicBool::new(false);
                let begun = AtomicUsize::new(0);
                let work = |_: &Source, _| begun.fetch_add(1, Ordering::Relaxed);
                let delivered =
                    read_all(&many(), &cancel, work, |_, _| cancel.store(true, Ordering::Relaxed));
                (begun.load(Ordering::Relaxed), delivered)
            });
            let (begun, delivered) = counts.expect("it ends");
            assert!(
                delivered >= 1 && delivered <= begun && begun < 200,
                "{begun} begun, {delivered} delivered"
            );
        }
    }
}
