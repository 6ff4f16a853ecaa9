//! Connections to a library's file, and a look at it before.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{
    LibraryError, Place, copies,
    passcode::{self, Key},
    schema,
};

/// How every `SQLite` file begins.
pub(super) const PLAIN: &[u8] = b"SQLite format 3\0";
/// Bytes of an encrypted page.
const ENCRYPTED_PAGE: u64 = 4096;
/// How long to wait for another connection's short work.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a library's file lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As `SQLite` writes it, or empty.
    Plain,
    /// Encrypted.
    Encrypted,
}

/// A connection to a file that is there, encrypted by `key` or, without one, in plain.
pub(super) fn connect(path: &Path, mode: OpenFlags, key: Option<&Key>) -> rusqlite::Result<Connection> {
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
    let db = Connection::open_with_flags(path, flags)?;
    if let Some(key) = key {
        // What it would write to standard error is told by its answers, too.
        db.execute_batch("PRAGMA cipher_log_level = NONE")?;
        // Before all else: the first page is read with it.
        db.execute_batch(&key.pragma())?;
    }
    prepare(&db)?;
    Ok(db)
}

/// Whether a file is a database in plain.
pub(super) fn is_plain(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(PLAIN.len() as u64).read_to_end(&mut head)?;
    Ok(head == PLAIN)
}

/// Whether a file is a database that opens with this key.
pub(super) fn opens(path: &Path, key: Option<&Key>) -> bool {
    // Nothing is to be made beside it, and its log does not matter: all of it has the same key.
    let uri = format!("file:{}?immutable=1", uri_path(path));
    let mode = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    connect(Path::new(&uri), mode, key).is_ok_and(|db| schema::version(&db).is_ok())
}

pub(super) fn uri_path(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Looks at the file before the database does: what is cut off or overwritten is told here.
pub(super) fn look(place: &Place) -> Result<Form, LibraryError> {
    let path = place.file();
    let failed = LibraryError::io("opening the library");
    let mut head = Vec::new();
    let mut file = File::open(&path).map_err(&failed)?;
    file.by_ref().take(100).read_to_end(&mut head).map_err(&failed)?;
    if head.is_empty() {
        return Ok(Form::Plain);
    }
    let log_waits = fs::metadata(place.wal()).is_ok_and(|wal| wal.len() > 0);
    let length = file.metadata().map_err(&failed)?.len();
    if !head.starts_with(PLAIN) {
        let zeros = head.iter().all(|byte| *byte == 0);
        if !zeros && may_be_encrypted(place)? {
            if length % ENCRYPTED_PAGE != 0 && !log_waits {
                return Err(LibraryError::Damaged { why: "it is cut off".to_owned(), backup: None });
            }
            return Ok(Form::Encrypted);
        }
        return if zeros || copies::newest(place).is_some() {
            Err(LibraryError::Damaged { why: "its beginning is overwritten".to_owned(), backup: None })
        } else {
            Err(LibraryError::NotALibrary(path))
        };
    }
    if head.len() < 100 {
        return Err(LibraryError::Damaged { why: "it is cut off".to_owned(), backup: None });
    }
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    if !log_waits && length < pages * page {
        let why = format!("it is cut off: {length} of {} bytes", pages * page);
        return Err(LibraryError::Damaged { why, backup: None });
    }
    Ok(Form::Plain)
}

/// Whether anything beside the library says that it is encrypted.
fn may_be_encrypted(place: &Place) -> Result<bool, LibraryError> {
    if place.key().exists() {
        return Ok(true);
    }
    let Some(backup) = copies::newest(place) else { return Ok(false) };
    let wraps = passcode::wraps_of(&backup).map_err(LibraryError::io("reading the newest backup"))?;
    Ok(wraps.is_some())
}

/// What every connection is told first.
fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    schema::teach(db)?;
    db.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
         PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -16000;",
    )
}
