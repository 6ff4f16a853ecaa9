//! A copy of a library to a new file, in plain or encrypted. It counts once it was opened and checked.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};

use super::{
    LibraryError,
    connection::{connect, uri_path},
    contents::contents,
    passcode::{self, Key, Vault, Wraps},
    place, verify,
};

/// What a copy is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    /// A library, whose wraps lie beside it.
    Library,
    /// A backup, whose wraps lie within, so that it opens by itself.
    Backup,
}

/// Copies the library or backup at `from` as [`copy_open`] does.
pub(super) fn copy(
    from: &Path,
    key: Option<&Key>,
    to: &Path,
    vault: Option<&Vault>,
    kind: As,
) -> Result<(), LibraryError> {
    copy_open(&connect(from, OpenFlags::SQLITE_OPEN_READ_ONLY, key)?, key, to, vault, kind)
}

/// Copies an open library, whose key is `key`, to a new file that is encrypted by `vault` or, without one, in plain;
/// opens that and checks it. What was at `to` is replaced only then.
pub(super) fn copy_open(
    db: &Connection,
    key: Option<&Key>,
    to: &Path,
    vault: Option<&Vault>,
    kind: As,
) -> Result<(), LibraryError> {
    let part = part_of(to);
    let failed = LibraryError::io("making a backup");
    place::remove_database(&part).map_err(&failed)?;
    let made = (|| {
        // SQLite writes into an empty file that is there: so it is its owner's alone from the first byte.
        place::make_private(&part).map_err(&failed)?;
        let to_key = vault.map(|vault| &vault.key);
        if key.is_none() && to_key.is_none() {
            db.execute("VACUUM INTO ?1", [part.to_string_lossy().as_ref()])?;
        } else {
            export(db, key, &part, to_key)?;
        }
        let copy = connect(&part, OpenFlags::SQLITE_OPEN_READ_ONLY, to_key)?;
        verify::check(&copy)?;
        if contents(&copy)? != contents(db)? {
            return Err(LibraryError::Bug("a backup differs from the library".to_owned()));
        }
        drop(copy);
        if let Some(vault) = vault {
            scan(&part)?;
            if kind == As::Backup {
                passcode::append_wraps(&part, &vault.wraps)?;
            }
        }
        place::replace(&part, to).map_err(&failed)
    })();
    if made.is_err() {
        // The error that matters is the first.
        let _ = place::remove_database(&part);
    }
    made
}

/// Puts other wraps at the end of a backup whose key stays.
pub(super) fn rewrap(backup: &Path, wraps: &Wraps) -> Result<(), LibraryError> {
    let part = part_of(backup);
    let failed = LibraryError::io("making a backup");
    place::remove_database(&part).map_err(&failed)?;
    let made = (|| {
        place::make_private(&part).map_err(&failed)?;
        fs::copy(backup, &part).map_err(&failed)?;
        passcode::cut_wraps(&part).map_err(&failed)?;
        passcode::append_wraps(&part, wraps)?;
        place::replace(&part, backup).map_err(&failed)
    })();
    if made.is_err() {
        let _ = place::remove_database(&part);
    }
    made
}

fn part_of(path: &Path) -> PathBuf {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    PathBuf::from(part)
}

/// Writes an open library into an empty file, from one key, or none, to another. The new file is the one that is
/// opened, and the library attached to it: so a library that can only be read is copied, too.
fn export(db: &Connection, key: Option<&Key>, to: &Path, to_key: Option<&Key>) -> Result<(), LibraryError> {
    let from = db.path().map(PathBuf::from).ok_or_else(|| LibraryError::Bug("no file to copy".to_owned()))?;
    let mode = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_URI;
    let copy = connect(to, mode, to_key)?;
    // Nobody reads the copy before it is synced as a whole, and no page of it goes to a journal.
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")?;
    let text = key.map(Key::text);
    let key = text.as_ref().map_or("", |text| text.as_str());
    let attach = |name: &str| copy.execute("ATTACH DATABASE ?1 AS library KEY ?2", (name, key));
    if attach(&from.to_string_lossy())
        .and_then(|_| copy.query_row("SELECT count(*) FROM library.sqlite_schema", [], |_| Ok(())))
        .is_err()
    {
        // In a write-protected folder there is no room for the file that readers share.
        let _ = copy.execute_batch("DETACH DATABASE library");
        attach(&format!("file:{}?immutable=1", uri_path(&from)))?;
    }
    let pragma = |name: &str| copy.pragma_query_value(Some("library"), name, |row| row.get::<_, i64>(0));
    let (version, application) = (pragma("user_version")?, pragma("application_id")?);
    copy.execute_batch("BEGIN")?;
    copy.query_row("SELECT sqlcipher_export('main', 'library')", [], |_| Ok(()))?;
    copy.execute_batch("COMMIT")?;
    copy.pragma_update(Some("main"), "application_id", application)?;
    copy.pragma_update(Some("main"), "user_version", version)?;
    copy.execute_batch("DETACH DATABASE library")?;
    copy.close().map_err(|(_, error)| error.into())
}

/// Words that stand in every library in plain: the beginning of its file, and of its tables.
const WORDS: [&[u8]; 4] = [b"SQLite format 3", b"CREATE TABLE", b"CREATE TRIGGER", b"sqlite_sequence"];
/// So many equal bytes in a row are no chance: 256^-11 a place.
const EQUAL: usize = 12;

/// Looks for anything in plain in a file that is to be encrypted: others' programs have left it there.
fn scan(path: &Path) -> Result<(), LibraryError> {
    let plain = || LibraryError::Bug("an encrypted copy holds something in plain".to_owned());
    let failed = LibraryError::io("checking a backup");
    let mut file = fs::File::open(path).map_err(&failed)?;
    let mut block = Vec::new();
    loop {
        // The end of the last block may be the beginning of a word.
        let keep = block.len().min(32);
        block.drain(..block.len() - keep);
        let read = file.by_ref().take(1 << 20).read_to_end(&mut block).map_err(&failed)?;
        if read == 0 {
            return Ok(());
        }
        let mut equal = 1;
        let same = block.windows(2).any(|pair| {
            equal = if pair[0] == pair[1] { equal + 1 } else { 1 };
            equal >= EQUAL
        });
        if same || WORDS.iter().any(|word| memchr::memmem::find(&block, word).is_some()) {
            return Err(plain());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_plain_is_found_wherever_it_lies() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let mut state = 1_u64;
        let noise: Vec<u8> = (0..3 << 20)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 56) as u8
            })
            .collect();
        let found = |at: usize, word: &[u8]| {
            let mut bytes = noise.clone();
            bytes[at..at + word.len()].copy_from_slice(word);
            fs::write(file.path(), bytes).expect("written");
            scan(file.path()).is_err()
        };
        assert!(!found(0, b""));
        for at in [0, (1 << 20) - 6, (1 << 20) + 1, (3 << 20) - 16] {
            assert!(found(at, b"SQLite format 3\0") && found(at, &[0; 14]), "{at}");
        }
    }
}
