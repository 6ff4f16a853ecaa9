use thiserror::Error;

/// Why a file gave no recording. The message names what is wrong and what to do; the file's name is
/// added once, where the file was asked for.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The operating system would not give the bytes.
    #[error("cannot be read ({0}); check that it exists and may be read")]
    Unreadable(#[source] std::io::Error),
    /// No bytes at all.
    #[error("is empty; export or copy it again")]
    Empty,
    /// Some other kind of content.
    #[error("is not a run recording; export the activity as GPX, TCX or FIT")]
    NotARun,
    /// Fewer than two fixes have a time.
    #[error("has no times, so no speed can be computed; export the activity again with time stamps")]
    NoTimes,
}
