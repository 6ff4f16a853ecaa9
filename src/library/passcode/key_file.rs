//! Where the wraps lie: in `library.key`, and as the last block of every backup, so that each opens by itself.
//!
//! The key file tells more while something is changed, in an order that leaves the library open to the old or to the
//! new secret whenever the program is stopped:
//!
//! ```text
//! set      next: new          library replaced   backups encrypted   now: new
//! change   now: old next: new library replaced   backups             now: new      (another key)
//! change   now: new, unsettled                   backups             now: new      (the same key)
//! remove   now: old, unsettled                   backups in plain    library replaced   no file
//! ```
//!
//! Which of `now` and `next` it is, the library's own file tells: it opens by one of them, or is in plain.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{
    super::{LibraryError, Place, place},
    wraps::{WrappedKey, Wraps},
};

const FORMAT: u32 = 1;
/// A backup's last block: this, then the wraps. A page of the database is as long.
const BLOCK: usize = 4096;
const MARK: &[u8] = b"Spinepace wraps\n";

/// What `library.key` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    format: u32,
    /// What opens the library.
    pub now: Option<Wraps>,
    /// What opens it as soon as a change that is under way has replaced it.
    pub next: Option<Next>,
    /// Whether the backups are as the library is.
    pub settled: bool,
}

/// What comes after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    pub wraps: Wraps,
    /// The key before, for the backups.
    pub previous: Option<WrappedKey>,
}

impl KeyFile {
    pub(in crate::library) fn now(wraps: Wraps, settled: bool) -> Self {
        Self { format: FORMAT, now: Some(wraps), next: None, settled }
    }

    pub(in crate::library) fn changing(now: Option<Wraps>, next: Next) -> Self {
        Self { format: FORMAT, now, next: Some(next), settled: false }
    }

    /// The file, if there is one that is whole.
    pub(in crate::library) fn read(place: &Place) -> Result<Option<Self>, LibraryError> {
        match fs::read(place.key()) {
            Ok(bytes) => Ok(checked::<Self>(&bytes).filter(|file| file.format == FORMAT)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LibraryError::io("reading the library's key file")(error)),
        }
    }

    /// Puts it in the place of the one that is there, whole.
    pub(in crate::library) fn write(&self, place: &Place) -> Result<(), LibraryError> {
        let failed = LibraryError::io("writing the library's key file");
        let part = place.key_part();
        let text = with_check(self)?;
        let written = (|| {
            place::make_private(&part)?;
            let mut file = place::private().truncate(true).open(&part)?;
            file.write_all(&text)?;
            place::replace(&part, &place.key())
        })();
        written.map_err(failed)
    }

    /// Removes it.
    pub(in crate::library) fn remove(place: &Place) -> Result<(), LibraryError> {
        match fs::remove_file(place.key()).and_then(|()| place::sync_folder(&place.key())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(LibraryError::io("removing the library's key file")(error))
            }
            _ => Ok(()),
        }
    }
}

/// JSON with its hash on a line of its own: a damaged wrap must not look like a wrong passcode.
fn with_check(value: &impl Serialize) -> Result<Vec<u8>, LibraryError> {
    let mut text = serde_json::to_vec(value).map_err(|error| LibraryError::Bug(error.to_string()))?;
    let sum = hex(&text);
    text.push(b'\n');
    text.extend_from_slice(sum.as_bytes());
    text.push(b'\n');
    Ok(text)
}

fn checked<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let (text, sum) = (lines.next()?, lines.next()?);
    if hex(text).as_bytes() != sum {
        return None;
    }
    serde_json::from_slice(text).ok()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The wraps at a backup's end, if it has any.
pub fn wraps_of(backup: &Path) -> io::Result<Option<Wraps>> {
    let mut file = File::open(backup)?;
    let length = file.metadata()?.len();
    if length < 2 * BLOCK as u64 {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(length - BLOCK as u64))?;
    let mut block = Vec::new();
    file.read_to_end(&mut block)?;
    Ok(block.strip_prefix(MARK).and_then(checked))
}

/// Adds the wraps to a backup's end.
pub fn append_wraps(backup: &Path, wraps: &Wraps) -> Result<(), LibraryError> {
    let failed = LibraryError::io("making a backup");
    let mut block = MARK.to_vec();
    block.extend(with_check(wraps)?);
    if block.len() > BLOCK {
        return Err(LibraryError::Bug("the wraps are too long".to_owned()));
    }
    block.resize(BLOCK, 0);
    let mut file = fs::OpenOptions::new().append(true).open(backup).map_err(&failed)?;
    file.write_all(&block).map_err(&failed)
}

/// Takes them off again. The database reads past them, but would grow over them.
pub fn cut_wraps(backup: &Path) -> io::Result<()> {
    if wraps_of(backup)?.is_none() {
        return Ok(());
    }
    let file = fs::OpenOptions::new().write(true).open(backup)?;
    file.set_len(file.metadata()?.len() - BLOCK as u64)
}
