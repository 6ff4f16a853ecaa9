//! A backup in the library's place; first, what it holds.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::Utc;
use rusqlite::{Connection, OpenFlags};

use super::{
    Action, Contents, Library, LibraryError, Place,
    backup::{end_log, own},
    connection::{connect, is_plain, look, opens},
    contents::contents,
    copies::NAME,
    copy::{As, copy_open},
    open::{Access, OpenOptions},
    passcode::{self, Key, KeyFile, Next, Secret, Vault, Wraps},
    place, record, schema,
    unlock::unlock,
    verify,
};

/// What a backup without a passcode holds; it is checked on the way, and not touched.
pub fn look_into(path: &Path) -> Result<Contents, LibraryError> {
    look_into_with(path, &[])
}

/// What a backup holds that one of these secrets opens, or that needs none.
pub fn look_into_with(path: &Path, secrets: &[&Secret]) -> Result<Contents, LibraryError> {
    contents(&Source::open(path, None, secrets)?.db)
}

impl Library {
    /// What a backup of this library holds.
    pub fn look_into(&self, path: &Path) -> Result<Contents, LibraryError> {
        contents(&Source::open(path, self.key(), &[])?.db)
    }
}

/// A backup, open and checked.
struct Source {
    db: Connection,
    /// Its key with what opens that; `None` where it is in plain.
    encrypted: Option<(Key, Wraps)>,
}

impl Source {
    fn open(path: &Path, known: Option<&Key>, secrets: &[&Secret]) -> Result<Self, LibraryError> {
        let failed = LibraryError::io("reading the backup");
        let plain = is_plain(path).map_err(&failed)?;
        let wraps = if plain { None } else { passcode::wraps_of(path).map_err(&failed)? };
        let encrypted = match (plain, &wraps) {
            (true, _) => None,
            (false, None) => return Err(LibraryError::NotALibrary(path.to_owned())),
            (false, Some(wraps)) => Some((key(path, wraps, known, secrets)?, wraps.clone())),
        };
        let key = encrypted.as_ref().map(|(key, _)| key);
        let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, key)?;
        let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application != i64::from(schema::APPLICATION_ID) {
            return Err(LibraryError::NotALibrary(path.to_owned()));
        }
        let (found, known) = (schema::version(&db)?, schema::STEPS.len() as i64);
        if found > known {
            return Err(LibraryError::Newer { found, known });
        }
        verify::check(&db)?;
        Ok(Self { db, encrypted })
    }

    fn key(&self) -> Option<&Key> {
        self.encrypted.as_ref().map(|(key, _)| key)
    }
}

/// The key of an encrypted backup: the library's, or the one that its own wraps give.
fn key(path: &Path, wraps: &Wraps, known: Option<&Key>, secrets: &[&Secret]) -> Result<Key, LibraryError> {
    if let Some(known) = known
        && opens(path, Some(known))
    {
        return Ok(known.clone());
    }
    if cfg!(not(feature = "passcode")) {
        return Err(LibraryError::NoPasscode);
    }
    if secrets.is_empty() {
        return Err(LibraryError::Locked);
    }
    for secret in secrets {
        if let Some(key) = wraps.open(secret)? {
            return Ok(key);
        }
    }
    Err(LibraryError::WrongPasscode { during_change: false })
}

/// Puts a backup in the library's place. The library that was there is backed up before, or, where it is damaged,
/// its files are put aside under another name. Returns what the library holds then, and where the old one is.
pub fn restore(place: &Place, backup: &Path) -> Result<(Contents, Option<PathBuf>), LibraryError> {
    restore_with(place, backup, &[])
}

/// As [`restore`], with the passcodes or recovery keys of library and backup. A library that has a passcode keeps it,
/// whatever the backup has; one without takes over the backup's.
pub fn restore_with(
    place: &Place,
    backup: &Path,
    secrets: &[&Secret],
) -> Result<(Contents, Option<PathBuf>), LibraryError> {
    let failed = LibraryError::io("restoring a backup");
    // A file that is no backup is told before anything is made.
    is_plain(backup).map_err(LibraryError::io("reading the backup"))?;
    place.make()?;
    let hold = place.hold().map_err(&failed)?.ok_or(LibraryError::InUse)?;
    let vault = vault(place, secrets)?;
    let source = Source::open(backup, vault.as_ref().map(|vault| &vault.key), secrets)?;
    let holds = contents(&source.db)?;
    let part = place.part();
    place::remove_database(&part).map_err(&failed)?;
    match (&vault, source.key()) {
        (Some(vault), key) => copy_open(&source.db, key, &part, Some(vault), As::Library)?,
        (None, key) => {
            place::make_private(&part).map_err(&failed)?;
            fs::copy(backup, &part).map_err(&failed)?;
            passcode::cut_wraps(&part).map_err(&failed)?;
            let db = connect(&part, OpenFlags::SQLITE_OPEN_READ_ONLY, key)?;
            verify::check(&db)?;
            if contents(&db)? != holds {
                return Err(LibraryError::Bug("the copy of a backup differs from it".to_owned()));
            }
        }
    }
    let before = put_away(place, vault.as_ref())?;
    if let (None, Some((_, wraps))) = (&vault, &source.encrypted) {
        let next = Next { wraps: wraps.clone(), previous: None };
        KeyFile::changing(None, next).write(place)?;
    }
    place::replace(&part, &place.file()).map_err(&failed)?;
    if vault.is_none() && source.encrypted.is_none() {
        KeyFile::remove(place)?;
    }
    drop(hold);
    let options = OpenOptions { access: Access::Write };
    let library = Library::open_with(place.clone(), options, secrets, schema::STEPS)?;
    record::add(&library.db, Action::Restore, "library", 1)?;
    Ok((library.contents()?, before))
}

/// The key of the library that is about to be replaced; `None` where it has none, or where nothing opens it any more.
fn vault(place: &Place, secrets: &[&Secret]) -> Result<Option<Vault>, LibraryError> {
    if !place.file().is_file() {
        return Ok(None);
    }
    match look(place).and_then(|form| unlock(place, form, secrets)) {
        Err(LibraryError::Damaged { .. } | LibraryError::NotALibrary(_)) => Ok(None),
        other => other,
    }
}

/// Saves the library that is about to be replaced, and closes its log. Where it is now, if there was one.
fn put_away(place: &Place, vault: Option<&Vault>) -> Result<Option<PathBuf>, LibraryError> {
    let file = place.file();
    if !fs::metadata(&file).is_ok_and(|about| about.len() > 0) {
        // A log without its file would be taken for that of the new one.
        let left = [place.wal(), place.journal()].iter().any(|path| path.exists());
        let aside = left.then(|| put_aside(place)).transpose();
        return aside.map_err(LibraryError::io("putting the old library aside"));
    }
    let whole = (|| {
        look(place)?;
        let key = vault.map(|vault| &vault.key);
        let db = connect(&file, OpenFlags::SQLITE_OPEN_READ_WRITE, key)?;
        let path = own(place, Utc::now(), " before restore")?;
        copy_open(&db, key, &path, vault, As::Backup)?;
        end_log(&db, place)?;
        Ok(path)
    })();
    match whole {
        Ok(path) => Ok(Some(path)),
        Err(LibraryError::Damaged { .. } | LibraryError::NotALibrary(_) | LibraryError::Bug(_)) => {
            put_aside(place).map(Some).map_err(LibraryError::io("putting the old library aside"))
        }
        Err(other) => Err(other),
    }
}

/// Puts the files of a damaged library into a folder of their own.
fn put_aside(place: &Place) -> io::Result<PathBuf> {
    let aside = place.folder().join(format!("damaged {}", Utc::now().format(NAME)));
    place::make_folder(&aside)?;
    for (name, stays) in [
        ("library.db", true),
        ("library.key", true),
        ("library.db-wal", false),
        ("library.db-shm", false),
        ("library.db-journal", false),
    ] {
        let from = place.folder().join(name);
        match from.exists() {
            // A copy: the library's own name never stands empty.
            true if stays => fs::copy(&from, aside.join(name)).map(drop)?,
            true => fs::rename(&from, aside.join(name))?,
            false => {}
        }
    }
    Ok(aside)
}
