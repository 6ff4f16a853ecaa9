//! Opening a library: is it one, whole, of a known format, and may this program write to it?

use std::{fs, io, path::Path};

use rusqlite::{Connection, OpenFlags};

use super::{
    Library, LibraryError, Place, backup,
    connection::{connect, look},
    copies, place, schema, undo,
};

/// What is said where another program writes.
pub(super) const IN_USE: &str = "it is open in another Spinepace";

/// What the library is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To read and write; makes it where there is none. Where another program has it open to write, or the folder
    /// is write-protected, it opens all the same, to read only; [`Library::only_read`] says why.
    Write,
    /// To read only.
    Read,
}

/// How to open a library.
#[derive(Debug, Clone, Copy)]
pub struct OpenOptions {
    /// What for.
    pub access: Access,
}

impl Library {
    /// Opens the library at `place`.
    pub fn open(place: Place, options: OpenOptions) -> Result<Self, LibraryError> {
        Self::open_with(place, options, schema::STEPS)
    }

    #[allow(clippy::needless_pass_by_value, reason = "it becomes the library's")]
    pub(super) fn open_with(
        place: Place,
        options: OpenOptions,
        steps: &[schema::Step],
    ) -> Result<Self, LibraryError> {
        let opened = open(place.clone(), options, steps);
        opened.map_err(|error| match error {
            LibraryError::Damaged { why, .. } => {
                LibraryError::Damaged { why, backup: copies::newest(&place) }
            }
            other => other,
        })
    }
}

fn open(place: Place, options: OpenOptions, steps: &[schema::Step]) -> Result<Library, LibraryError> {
    let there = place.file().is_file();
    if options.access == Access::Read && !there {
        return Err(LibraryError::Missing(place.folder().to_owned()));
    }
    if options.access == Access::Read {
        return read_only(place, "it was opened to be read", steps);
    }
    let hold = match place.make().and_then(|()| place.hold().map_err(LibraryError::io("opening the library")))
    {
        Ok(Some(hold)) => hold,
        Ok(None) if there => return read_only(place, IN_USE, steps),
        Ok(None) => return Err(LibraryError::InUse),
        Err(LibraryError::ReadOnly(_)) if there => {
            return read_only(place, "its folder is write-protected", steps);
        }
        Err(error) => return Err(error),
    };
    match place::make_private(&place.file()) {
        Err(error) if there && error.kind() == io::ErrorKind::PermissionDenied => {
            return read_only(place, "its file is write-protected", steps);
        }
        made => made.map_err(LibraryError::io("opening the library"))?,
    }
    look(&place)?;
    let mut db = connect(&place.file(), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let found = known_version(&db, &place, steps)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    if found < steps.len() as i64 {
        if found > 0 {
            backup::before_migration(&db, &place, found)?;
        }
        schema::migrate(&mut db, found, steps)?;
    }
    undo::install(&db)?;
    let mut library = Library { db, place, _hold: Some(hold), only_read: None };
    library.tidy()?;
    Ok(library)
}

/// Opens to read only, as a second window does.
fn read_only(place: Place, why: &str, steps: &[schema::Step]) -> Result<Library, LibraryError> {
    look(&place)?;
    let db = match connect(&place.file(), OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|db| schema::version(&db).map(|_| db))
    {
        Ok(db) => db,
        // A write-protected folder has no room for the file that readers share; without a log it needs none.
        Err(_) if fs::metadata(place.wal()).is_ok_and(|wal| wal.len() > 0) => {
            return Err(LibraryError::ReadOnly(
                "its last changes wait in library.db-wal, and the folder is write-protected".to_owned(),
            ));
        }
        Err(_) => {
            let uri = format!("file:{}?immutable=1", uri_path(&place.file()));
            connect(Path::new(&uri), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)?
        }
    };
    let found = known_version(&db, &place, steps)?;
    if found == 0 {
        return Err(LibraryError::Missing(place.folder().to_owned()));
    }
    if found < steps.len() as i64 {
        return Err(LibraryError::ReadOnly(format!(
            "{why}, and its format {found} must be brought up to date first"
        )));
    }
    Ok(Library { db, place, _hold: None, only_read: Some(why.to_owned()) })
}

fn uri_path(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// The format, if it is one that this program knows; 0 for a file without anything in it.
fn known_version(db: &Connection, place: &Place, steps: &[schema::Step]) -> Result<i64, LibraryError> {
    let version = schema::version(db)?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let anything: bool = db.query_row("SELECT count(*) > 0 FROM sqlite_schema", [], |row| row.get(0))?;
    if version == 0 && application == 0 && !anything {
        return Ok(0);
    }
    if application != i64::from(schema::APPLICATION_ID) {
        return Err(LibraryError::NotALibrary(place.file()));
    }
    if version > steps.len() as i64 {
        return Err(LibraryError::Newer { found: version, known: steps.len() as i64 });
    }
    Ok(version)
}
