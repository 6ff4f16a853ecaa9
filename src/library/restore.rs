//! A backup in the library's place; first, what it holds.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use chrono::Utc;
use rusqlite::OpenFlags;

use super::{
    Action, Contents, Library, LibraryError, Place,
    backup::{contents, copy, end_log, own},
    connection::{PLAIN, connect, look},
    copies::NAME,
    open::{Access, OpenOptions},
    place, record, schema, verify,
};

/// What a backup holds; it is checked on the way, and not touched.
pub fn look_into(path: &Path) -> Result<Contents, LibraryError> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(PLAIN.len() as u64).read_to_end(&mut head));
    read.map_err(LibraryError::io("reading the backup"))?;
    if head != PLAIN {
        return Err(LibraryError::NotALibrary(path.to_owned()));
    }
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != i64::from(schema::APPLICATION_ID) {
        return Err(LibraryError::NotALibrary(path.to_owned()));
    }
    let (found, known) = (schema::version(&db)?, schema::STEPS.len() as i64);
    if found > known {
        return Err(LibraryError::Newer { found, known });
    }
    verify::check(&db)?;
    contents(&db)
}

/// Puts a backup in the library's place. The library that was there is backed up before, or, where it is damaged,
/// its files are put aside under another name. Returns what the library holds then, and where the old one is.
pub fn restore(place: &Place, backup: &Path) -> Result<(Contents, Option<PathBuf>), LibraryError> {
    let holds = look_into(backup)?;
    place.make()?;
    let failed = LibraryError::io("restoring a backup");
    let hold = place.hold().map_err(&failed)?.ok_or(LibraryError::InUse)?;
    let part = place.part();
    place::remove_database(&part).map_err(&failed)?;
    place::make_private(&part).map_err(&failed)?;
    fs::copy(backup, &part).map_err(&failed)?;
    if look_into(&part)? != holds {
        return Err(LibraryError::Bug("the copy of a backup differs from it".to_owned()));
    }
    let before = put_away(place)?;
    place::replace(&part, &place.file()).map_err(&failed)?;
    drop(hold);
    let library = Library::open(place.clone(), OpenOptions { access: Access::Write })?;
    record::add(&library.db, Action::Restore, "library", 1)?;
    Ok((library.contents()?, before))
}

/// Saves the library that is about to be replaced, and closes its log. Where it is now, if there was one.
fn put_away(place: &Place) -> Result<Option<PathBuf>, LibraryError> {
    let failed = LibraryError::io("putting the old library aside");
    let file = place.file();
    if !fs::metadata(&file).is_ok_and(|about| about.len() > 0) {
        return Ok(None);
    }
    let whole = (|| {
        look(place)?;
        let db = connect(&file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let path = own(place, Utc::now(), " before restore")?;
        copy(&db, &path)?;
        end_log(&db, place)?;
        Ok(path)
    })();
    match whole {
        Ok(path) => Ok(Some(path)),
        Err(LibraryError::Damaged { .. } | LibraryError::NotALibrary(_) | LibraryError::Bug(_)) => {
            let aside = place.folder().join(format!("damaged {}", Utc::now().format(NAME)));
            place::make_folder(&aside).map_err(&failed)?;
            for name in ["library.db", "library.db-wal", "library.db-shm"] {
                let from = place.folder().join(name);
                if from.exists() && name != "library.db" {
                    fs::rename(&from, aside.join(name)).map_err(&failed)?;
                } else if from.exists() {
                    // A copy: the library's own name never stands empty.
                    fs::copy(&from, aside.join(name)).map_err(&failed)?;
                }
            }
            Ok(Some(aside))
        }
        Err(other) => Err(other),
    }
}
