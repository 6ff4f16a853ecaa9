//! What was done to the library, and when: only added to, and without a word that tells a person.

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Serialize;

use super::{Library, LibraryError, PersonId, moment, now_us, written};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Files were imported.
    Import,
    /// An import was taken back.
    UndoImport,
    /// Numbers were computed anew.
    Recompute,
    /// Something was changed.
    Edit,
    /// Something new was written down.
    Add,
    /// Runs went to another person.
    Move,
    /// Something went to the bin.
    Bin,
    /// Something came back out of the bin.
    Unbin,
    /// The bin was emptied, by hand or after its 30 days.
    Empty,
    /// A person was deleted for good.
    Erase,
    /// A person's page was looked at.
    View,
    /// Data was written to files for use elsewhere.
    Export,
    /// A backup was made.
    Backup,
    /// A backup took the library's place.
    Restore,
    /// The passcode was set, changed or removed.
    Passcode,
    /// A change was taken back.
    Undo,
    /// A change that was taken back was made again.
    Redo,
}

impl Action {
    /// As it is written down.
    pub fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::UndoImport => "undo-import",
            Self::Recompute => "recompute",
            Self::Edit => "edit",
            Self::Add => "add",
            Self::Move => "move",
            Self::Bin => "bin",
            Self::Unbin => "unbin",
            Self::Empty => "empty",
            Self::Erase => "erase",
            Self::View => "view",
            Self::Export => "export",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Passcode => "passcode",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }
}

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// When.
    #[serde(serialize_with = "written::moment")]
    pub at: DateTime<Utc>,
    /// What was done: [`Action::name`].
    pub action: String,
    /// To what: a kind and a number.
    pub object: String,
    /// To how many.
    pub count: i64,
}

/// Adds a line.
pub(super) fn add(db: &Connection, action: Action, object: &str, count: usize) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO record (at_us, action, object, count) VALUES (?1, ?2, ?3, ?4)")?
        .execute((now_us(), action.name(), object, count as i64))
        .map(drop)
}

impl Library {
    /// Notes that a person's page was looked at.
    pub fn viewed(&mut self, person: PersonId) -> Result<(), LibraryError> {
        if self.only_read().is_none() {
            add(&self.db, Action::View, &format!("person {person}"), 1)?;
        }
        Ok(())
    }

    /// The record's last lines, newest first.
    pub fn record(&self, most: usize) -> Result<Vec<Recorded>, LibraryError> {
        let mut lines =
            self.db.prepare("SELECT at_us, action, object, count FROM record ORDER BY id DESC LIMIT ?1")?;
        let lines = lines.query_map([most as i64], |row| {
            Ok(Recorded {
                at: moment(row.get(0)?),
                action: row.get(1)?,
                object: row.get(2)?,
                count: row.get(3)?,
            })
        })?;
        Ok(lines.collect::<Result<_, _>>()?)
    }
}
