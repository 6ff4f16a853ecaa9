//! Opening a library: is it one, whole, of a known format, and may this program write to it?

use std::{fs, io, path::Path};

use rusqlite::{Connection, OpenFlags};

use super::{
    Library, LibraryError, Place, backup,
    connection::{Form, connect, look, uri_path},
    copies,
    passcode::Secret,
    place, schema, undo,
    unlock::unlock,
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
    /// Opens the library at `place`. One that has a passcode is [`LibraryError::Locked`]; see [`Library::unlock`].
    pub fn open(place: Place, options: OpenOptions) -> Result<Self, LibraryError> {
        Self::open_with(place, options, &[], schema::STEPS)
    }

    /// Opens the library at `place` with its passcode or recovery key; one without a passcode too. It takes a fifth of
    /// a second, and longer after wrong ones: [`LibraryError::WrongPasscode`].
    pub fn unlock(place: Place, options: OpenOptions, secret: &Secret) -> Result<Self, LibraryError> {
        Self::open_with(place, options, &[secret], schema::STEPS)
    }

    /// Whether the library at `place` needs a passcode to be opened.
    pub fn is_locked(place: &Place) -> Result<bool, LibraryError> {
        Ok(place.file().is_file() && look(place)? == Form::Encrypted)
    }

    /// Closes the library and wipes its key from memory; [`Library::unlock`] opens it again.
    pub fn lock(self) -> Place {
        self.place
    }

    #[allow(clippy::needless_pass_by_value, reason = "it becomes the library's")]
    pub(super) fn open_with(
        place: Place,
        options: OpenOptions,
        secrets: &[&Secret],
        steps: &[schema::Step],
    ) -> Result<Self, LibraryError> {
        let opened = open(place.clone(), options, secrets, steps);
        opened.map_err(|error| match error {
            LibraryError::Damaged { why, .. } => {
                LibraryError::Damaged { why, backup: copies::newest(&place) }
            }
            other => other,
        })
    }
}

fn open(
    place: Place,
    options: OpenOptions,
    secrets: &[&Secret],
    steps: &[schema::Step],
) -> Result<Library, LibraryError> {
    let there = place.file().is_file();
    if options.access == Access::Read && !there {
        return Err(LibraryError::Missing(place.folder().to_owned()));
    }
    if options.access == Access::Read {
        return read_only(place, "it was opened to be read", secrets, steps);
    }
    let hold = match place.make().and_then(|()| place.hold().map_err(LibraryError::io("opening the library")))
    {
        Ok(Some(hold)) => hold,
        Ok(None) if there => return read_only(place, IN_USE, secrets, steps),
        Ok(None) => return Err(LibraryError::InUse),
        Err(LibraryError::ReadOnly(_)) if there => {
            return read_only(place, "its folder is write-protected", secrets, steps);
        }
        Err(error) => return Err(error),
    };
    match place::make_private(&place.file()) {
        Err(error) if there && error.kind() == io::ErrorKind::PermissionDenied => {
            return read_only(place, "its file is write-protected", secrets, steps);
        }
        made => made.map_err(LibraryError::io("opening the library"))?,
    }
    let vault = unlock(&place, look(&place)?, secrets)?;
    let key = vault.as_ref().map(|vault| &vault.key);
    let mut db = connect(&place.file(), OpenFlags::SQLITE_OPEN_READ_WRITE, key)?;
    let found = known_version(&db, &place, steps)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    if found < steps.len() as i64 {
        if found > 0 {
            backup::before_migration(&db, vault.as_ref(), &place, found)?;
        }
        schema::migrate(&mut db, found, steps)?;
    }
    undo::install(&db)?;
    let mut library = Library { db, place, vault, _hold: Some(hold), only_read: None };
    library.tidy()?;
    // What cannot be done now, on a full disk, is done the next time.
    let _ = library.settle();
    Ok(library)
}

/// Opens to read only, as a second window does.
fn read_only(
    place: Place,
    why: &str,
    secrets: &[&Secret],
    steps: &[schema::Step],
) -> Result<Library, LibraryError> {
    let vault = unlock(&place, look(&place)?, secrets)?;
    let key = vault.as_ref().map(|vault| &vault.key);
    let db = match connect(&place.file(), OpenFlags::SQLITE_OPEN_READ_ONLY, key)
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
            connect(Path::new(&uri), OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI, key)?
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
    Ok(Library { db, place, vault, _hold: None, only_read: Some(why.to_owned()) })
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
