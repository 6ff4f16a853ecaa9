//! Copies of the library beside it. A copy counts once it has been opened and checked; old ones are removed by a rule.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Datelike, Utc};
use rusqlite::{Connection, OpenFlags};

use super::{
    Action, Backup, Library, LibraryError, Place,
    connection::{connect, is_plain, opens},
    contents::{Contents, contents},
    copies::{ENDING, NAME, backups},
    copy::{As, copy_open},
    passcode::{Key, Vault},
    place, record, undo,
};

/// The latest backups stay, whatever their day: two of one day may be the one before a mistake and the one after.
const LATEST: usize = 3;
/// How many of the latest days, weeks and months keep their last backup.
const DAILY: usize = 12;
const WEEKLY: usize = 10;
const MONTHLY: usize = 9;
/// A copy before the format changes.
pub(super) fn before_migration(
    db: &Connection,
    vault: Option<&Vault>,
    place: &Place,
    format: i64,
) -> Result<(), LibraryError> {
    let path = own(place, Utc::now(), &format!(" format {format}"))?;
    copy_open(db, vault.map(|vault| &vault.key), &path, vault, As::Backup)
}

/// What is left of copies that were cut short; nobody else makes one while the library is held.
pub(super) fn remove_parts(place: &Place) -> std::io::Result<()> {
    let Ok(entries) = fs::read_dir(place.backups()) else { return Ok(()) };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if let Some((_, rest)) = name.split_once(ENDING)
            && !rest.is_empty()
        {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The key of one of the library's own backups: that of the library, unless it is in plain.
pub(super) fn key_of<'a>(backup: &Path, vault: Option<&'a Vault>) -> Option<&'a Key> {
    vault.filter(|_| !is_plain(backup).unwrap_or(false)).map(|vault| &vault.key)
}

/// The path of a new backup among the library's own.
pub(super) fn own(place: &Place, at: DateTime<Utc>, what: &str) -> Result<PathBuf, LibraryError> {
    place::make_folder(&place.backups()).map_err(LibraryError::io("making the folder of backups"))?;
    Ok(place.backups().join(format!("{}{what}.{ENDING}", at.format(NAME))))
}

impl Library {
    /// Makes a backup among the library's own, checks it, and removes old ones.
    pub fn back_up(&mut self) -> Result<Backup, LibraryError> {
        let at = Utc::now();
        let path = own(&self.place, at, "")?;
        copy_open(&self.db, self.key(), &path, self.vault.as_ref(), As::Backup)?;
        rotate(&self.place).map_err(LibraryError::io("removing old backups"))?;
        if self.only_read.is_none() {
            record::add(&self.db, Action::Backup, "library", 1)?;
        }
        let size = fs::metadata(&path).map_or(0, |about| about.len());
        Ok(Backup { path, made: at, size })
    }

    /// Makes a backup if anything changed since the last one.
    pub fn back_up_if_changed(&mut self) -> Result<Option<Backup>, LibraryError> {
        let changed: bool = self.db.query_row(
            "SELECT coalesce(max(id) FILTER (WHERE action NOT IN ('backup', 'view', 'export')), 0)
                  > coalesce(max(id) FILTER (WHERE action = 'backup' AND object = 'library'), 0) FROM record",
            [],
            |row| row.get(0),
        )?;
        let is_empty = self.record(1)?.is_empty();
        if changed || (!is_empty && backups(&self.place).is_empty()) {
            self.back_up().map(Some)
        } else {
            Ok(None)
        }
    }

    /// Makes a backup unless there is one of today: scripts call often. A window makes one whenever it closes.
    pub fn back_up_daily(&mut self) -> Result<Option<Backup>, LibraryError> {
        let newest = backups(&self.place).first().map(|backup| backup.made.date_naive());
        if newest == Some(Utc::now().date_naive()) { Ok(None) } else { self.back_up_if_changed() }
    }

    /// Copies the library to one file elsewhere, checked. An existing file is replaced.
    pub fn back_up_to(&mut self, path: &Path) -> Result<(), LibraryError> {
        copy_open(&self.db, self.key(), path, self.vault.as_ref(), As::Backup)?;
        if self.only_read.is_none() {
            record::add(&self.db, Action::Backup, "copy", 1)?;
        }
        Ok(())
    }

    /// What this library holds.
    pub fn contents(&self) -> Result<Contents, LibraryError> {
        contents(&self.db)
    }
}

/// Writes the log into the file and removes it, and the journal of that: nothing of either may meet a new file.
pub(super) fn end_log(db: &Connection, place: &Place) -> Result<(), LibraryError> {
    let mode: String = db.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode != "delete" {
        return Err(LibraryError::InUse);
    }
    // SQLite does not say when the disk keeps a file all the same.
    for left in [place.wal(), place.journal()] {
        match fs::remove_file(left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(LibraryError::io("closing the library's log")(error));
            }
            _ => {}
        }
    }
    Ok(())
}

impl Library {
    /// Puts a new file of the same content in the library's place: one without what was deleted, encrypted by `vault`
    /// or, without one, in plain.
    pub(super) fn rewrite(&mut self, vault: Option<Vault>) -> Result<(), LibraryError> {
        let failed = LibraryError::io("writing the library anew");
        let (part, file) = (self.place.part(), self.place.file());
        copy_open(&self.db, self.key(), &part, vault.as_ref(), As::Library)?;
        end_log(&self.db, &self.place)?;
        drop(std::mem::replace(&mut self.db, Connection::open_in_memory()?));
        let replaced = place::replace(&part, &file).map_err(&failed);
        // Whichever file is there now is a whole library.
        let key = vault.as_ref().map(|vault| &vault.key);
        if replaced.is_ok() || opens(&file, key) {
            self.vault = vault;
        }
        self.db = connect(&file, OpenFlags::SQLITE_OPEN_READ_WRITE, self.key())?;
        self.db.pragma_update(None, "journal_mode", "WAL")?;
        undo::install(&self.db)?;
        replaced
    }

    /// Its key, where it has one.
    pub(super) fn key(&self) -> Option<&Key> {
        self.vault.as_ref().map(|vault| &vault.key)
    }
}

/// Removes the backups that the rule does not keep: of each of the last days, weeks and months with a backup the last.
fn rotate(place: &Place) -> std::io::Result<()> {
    let all = backups(place);
    let keep = kept(&all.iter().map(|backup| backup.made).collect::<Vec<_>>());
    for (backup, keep) in all.iter().zip(keep) {
        if !keep {
            fs::remove_file(&backup.path)?;
        }
    }
    Ok(())
}

/// Which of these moments, newest first, keep their backup.
fn kept(made: &[DateTime<Utc>]) -> Vec<bool> {
    let mut keep: Vec<bool> = (0..made.len()).map(|place| place < LATEST).collect();
    let mut rule = |most: usize, of: &dyn Fn(&DateTime<Utc>) -> (i32, u32)| {
        let mut seen = HashSet::new();
        for (moment, keep) in made.iter().zip(&mut keep) {
            if seen.len() < most && seen.insert(of(moment)) {
                *keep = true;
            }
        }
    };
    rule(DAILY, &|moment| (moment.year(), moment.ordinal()));
    rule(WEEKLY, &|moment| (moment.iso_week().year(), moment.iso_week().week()));
    rule(MONTHLY, &|moment| (moment.year(), moment.month()));
    keep
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn the_last_days_weeks_and_months_keep_their_last_backup() {
        let newest: DateTime<Utc> = "2026-11-25T18:00:00Z".parse().expect("a moment");
        // Three a day over two years.
        let made: Vec<DateTime<Utc>> = (0..2190).map(|k| newest - TimeDelta::hours(8 * k)).collect();
        let keep = kept(&made);
        let stay: Vec<DateTime<Utc>> =
            made.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(moment, _)| *moment).collect();
        assert!(
            stay.len() <= LATEST + DAILY + WEEKLY + MONTHLY && stay.len() >= DAILY + 8 + 7,
            "{}",
            stay.len()
        );
        assert_eq!(stay[0], newest);
        let days: HashSet<_> = stay.iter().map(DateTime::date_naive).collect();
        assert_eq!(days.len() + LATEST - 1, stay.len(), "one of a day, and the latest");
        for back in 0..12 {
            assert!(days.contains(&(newest - TimeDelta::days(back)).date_naive()), "{back} days back");
        }
        assert!(stay.iter().any(|moment| (newest - *moment).num_days() > 220), "months are there");
        // What stays is what stays the next time, too.
        assert!(kept(&stay).iter().all(|keep| *keep));
    }
}
