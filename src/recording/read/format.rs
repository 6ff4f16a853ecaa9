//! The trait that every reader of a file format implements.

use crate::recording::{ReadError, clean::RecordingBuilder};

use super::input::Input;

/// A file format that recordings come in.
pub(super) trait Format: Sync {
    /// Reads into `recording` whatever can be read. What is odd is noted there; an error is for content that
    /// holds no recording at all.
    fn read(&self, input: Input<'_>, recording: &mut RecordingBuilder) -> Result<(), ReadError>;
}
