//! What a thread has worked: other threads and programs must not show.

use std::{
    fs,
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

/// Processor time of this thread, or the time on the wall where the system does not tell it.
pub fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    // What the system counts of a thread is brought up to date when it steps back.
    thread::yield_now();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|line| line.split(' ').next()?.parse().ok());
    ns.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
