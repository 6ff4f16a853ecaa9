//! The original file's bytes, compressed, with their hash: what was recorded can always be restored, bit for bit.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use crate::recording::{self, Recording};

use super::{Library, LibraryError, RunId, copies};

/// GPX shrinks to a tenth at this level; the higher ones take twice the time for a few per cent.
const LEVEL: u32 = 4;

/// What tells one file's content from another's.
pub(super) type Hash = [u8; 32];

/// A file's content as it is kept.
#[derive(Debug, Clone)]
pub(super) struct Packed {
    pub size: usize,
    pub deflated: bool,
    pub bytes: Vec<u8>,
}

/// The hash of a file's content.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Compresses, where that helps.
pub(super) fn pack(bytes: Vec<u8>) -> Packed {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
    // Writing to a vector cannot fail.
    let deflated = encoder.write_all(&bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    let size = bytes.len();
    if !deflated.is_empty() && deflated.len() < size {
        Packed { size, deflated: true, bytes: deflated }
    } else {
        Packed { size, deflated: false, bytes }
    }
}

/// The content again; `None` where it is not what was kept.
pub(super) fn unpack(packed: Packed, expected: &[u8]) -> Option<Vec<u8>> {
    let bytes = if packed.deflated {
        let mut bytes = Vec::with_capacity(packed.size.min(1 << 26));
        let most = packed.size as u64 + 1;
        DeflateDecoder::new(packed.bytes.as_slice()).take(most).read_to_end(&mut bytes).ok()?;
        bytes
    } else {
        packed.bytes
    };
    (bytes.len() == packed.size && hash(&bytes) == expected).then_some(bytes)
}

impl Library {
    /// The original file of a run, as it was imported, and its name.
    pub fn original(&self, run: RunId) -> Result<(String, Vec<u8>), LibraryError> {
        let found = self
            .db
            .prepare_cached(
                "SELECT file_name, sha256, size, deflated, bytes FROM run JOIN original ON run_id = run.id
                 WHERE run.id = ?1",
            )?
            .query_row([run.0], |row| {
                let packed = Packed {
                    size: row.get::<_, i64>(2)? as usize,
                    deflated: row.get(3)?,
                    bytes: row.get(4)?,
                };
                Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, packed))
            })
            .optional()?;
        let (name, expected, packed) = found.ok_or_else(|| run.unknown())?;
        let damaged = || LibraryError::Damaged {
            why: format!("the file of run {run} is not what was kept"),
            backup: copies::newest(&self.place),
        };
        Ok((name, unpack(packed, &expected).ok_or_else(damaged)?))
    }

    /// The recording of a run, whole, under the name that the library has for it.
    pub fn recording(&self, run: RunId) -> Result<Recording, LibraryError> {
        let (file, bytes) = self.original(run)?;
        let mut recording = recording::read_bytes(&file, &bytes)
            .map_err(|why| LibraryError::Bug(format!("the file of run {run} {why}")))?;
        let (name, activity): (String, _) =
            self.db.query_row("SELECT name, activity FROM run WHERE id = ?1", [run.0], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        recording.is_named_after_file &= recording.name == name;
        recording.name = name;
        recording.activity = activity;
        Ok(recording)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_content_comes_back_bit_for_bit_or_not_at_all() {
        for bytes in [Vec::new(), b"x".to_vec(), b"<trkpt/>".repeat(10_000), (0..=255).collect()] {
            let (sum, packed) = (hash(&bytes), pack(bytes.clone()));
            assert_eq!(unpack(packed.clone(), &sum).as_ref(), Some(&bytes));
            for place in 0..packed.bytes.len().min(64) {
                let mut flipped = packed.clone();
                flipped.bytes[place] ^= 4;
                // A bit that the compression does not need may be any.
                assert!(unpack(flipped, &sum).is_none_or(|back| back == bytes));
            }
        }
        assert!(pack(b"<trkpt/>".repeat(10_000)).bytes.len() < 1000);
    }
}
