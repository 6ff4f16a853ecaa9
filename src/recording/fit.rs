//! FIT.

use super::ReadError;
use super::format::Format;
use super::input::Input;
use super::track::Track;

/// FIT.
pub(super) struct Fit;

/// Whether a file begins as FIT files do.
pub(super) fn begins(head: &[u8]) -> bool {
    head.get(8..12) == Some(b".FIT")
}

impl Format for Fit {
    fn read(&self, _: Input<'_>, _: &mut Track) -> Result<(), ReadError> {
        Err(ReadError::NotARun("a FIT file"))
    }
}
