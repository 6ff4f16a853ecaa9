//! Connections to a library's file, and a look at it before.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::{LibraryError, Place, copies, schema};

/// How every `SQLite` file begins.
pub(super) const PLAIN: &[u8] = b"SQLite format 3\0";
/// How long to wait for another connection's short work.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to a file that is there.
pub(super) fn connect(path: &Path, mode: OpenFlags) -> rusqlite::Result<Connection> {
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
    let db = Connection::open_with_flags(path, flags)?;
    prepare(&db)?;
    Ok(db)
}

/// Looks at the file before the database does: what is cut off or overwritten is told here.
pub(super) fn look(place: &Place) -> Result<(), LibraryError> {
    let path = place.file();
    let failed = LibraryError::io("opening the library");
    let mut head = Vec::new();
    let mut file = File::open(&path).map_err(&failed)?;
    file.by_ref().take(100).read_to_end(&mut head).map_err(&failed)?;
    if head.is_empty() {
        return Ok(());
    }
    if !head.starts_with(PLAIN) {
        let zeros = head.iter().all(|byte| *byte == 0);
        return if zeros || copies::newest(place).is_some() {
            Err(LibraryError::Damaged { why: "its beginning is overwritten".to_owned(), backup: None })
        } else {
            Err(LibraryError::NotALibrary(path))
        };
    }
    let log_waits = fs::metadata(place.wal()).is_ok_and(|wal| wal.len() > 0);
    if head.len() < 100 {
        return Err(LibraryError::Damaged { why: "it is cut off".to_owned(), backup: None });
    }
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    let length = file.metadata().map_err(&failed)?.len();
    if !log_waits && length < pages * page {
        let why = format!("it is cut off: {length} of {} bytes", pages * page);
        return Err(LibraryError::Damaged { why, backup: None });
    }
    Ok(())
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
