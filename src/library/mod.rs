//! The library: the runs, people, doses and notes of one clinic or one runner, in one folder on this computer.
//!
//! ```text
//! files -> import -> runs -> weeks -> trend, period  people, doses, notes, pain, tags
//!          batches   numbers  dose done or not
//!          receipts
//! place, open, schema, undo, record, backup, verify, erase, passcode: that nothing is lost and nothing leaves
//! ```
//!
//! One `SQLite` file holds everything. What a call acknowledged (it returned `Ok`) outlasts a crash and a power cut.
//! Knows no window; every call waits for the disk, so a window calls from a thread of its own.

#![allow(clippy::cast_possible_wrap, reason = "the database counts in i64, and nothing here is that long")]

mod backup;
mod batches;
mod bin;
mod calendar;
mod connection;
mod contents;
mod copies;
mod copy;
mod demo;
mod dose;
mod erase;
mod error;
mod hand_over;
mod import;
mod moves;
mod new_run;
mod notes;
mod numbers;
mod open;
mod original;
mod passcode;
mod passcode_changes;
mod people;
mod period;
mod place;
mod plan;
mod recompute;
mod record;
mod restore;
mod run_changes;
mod runs;
mod schema;
mod undo;
mod unlock;
mod verify;
mod watch;
mod watched;
mod weeks;
mod written;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use passcode::Vault;

pub use batches::{BatchId, Fate, ImportedFile, Receipt};
pub use calendar::{CalendarDay, CalendarWeek, Session};
pub use contents::Contents;
pub use copies::{Backup, backups};
pub use dose::Dose;
pub use erase::Erasure;
pub use error::LibraryError;
pub use hand_over::HandedOver;
pub use import::Progress;
pub use moves::SessionMove;
pub use notes::{DayPain, Note, NoteId};
pub use numbers::{Numbers, SavedNotice};
pub use open::{Access, OpenOptions};
pub use passcode::{Passcode, RecoveryKey, Secret, Wiped};
pub use passcode_changes::PasscodeChange;
pub use people::{Person, PersonChange};
pub use place::Place;
pub use plan::{Plan, Weekdays};
pub use record::{Action, Recorded};
pub use restore::{look_into, look_into_with, restore, restore_with};
pub use run_changes::Choice;
pub use runs::{Filter, KeptRun, RunId, Sort};
pub use verify::Verified;
pub use watch::Watch;
pub use watched::Watched;
pub use weeks::{Overview, SESSION_S, Trend, Verdict, Week, trend};

/// A person's number in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct PersonId(pub(crate) i64);

impl PersonId {
    /// The one whose library it is.
    pub const ME: Self = Self(1);
}

/// An open library.
#[derive(Debug)]
pub struct Library {
    db: Connection,
    place: Place,
    /// Its key and how that is wrapped, where it has a passcode.
    vault: Option<Vault>,
    /// Held while it may be written to.
    _hold: Option<place::Hold>,
    /// Why it can only be read, if it can.
    only_read: Option<String>,
}

impl Library {
    /// Where it lies.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether it has a passcode.
    pub fn has_passcode(&self) -> bool {
        self.vault.is_some()
    }

    /// Why it can only be read; `None` where it can be written to.
    pub fn only_read(&self) -> Option<&str> {
        self.only_read.as_deref()
    }

    /// Does something that changes the library, whole or not at all: one transaction, its line in the record, and
    /// its way back.
    fn change<T>(
        &mut self,
        action: Action,
        work: impl FnOnce(&Transaction<'_>) -> Result<Changed<T>, LibraryError>,
    ) -> Result<T, LibraryError> {
        self.may_write()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        undo::begin(&tx, action)?;
        let Changed { value, object, count } = work(&tx)?;
        undo::end(&tx)?;
        record::add(&tx, action, &object, count)?;
        tx.commit()?;
        Ok(value)
    }

    /// Whether it can be written to, or why not.
    pub fn writable(&self) -> Result<(), LibraryError> {
        self.may_write()
    }

    fn may_write(&self) -> Result<(), LibraryError> {
        match self.only_read.as_deref() {
            None => Ok(()),
            Some(open::IN_USE) => Err(LibraryError::InUse),
            Some(why) => Err(LibraryError::ReadOnly(why.to_owned())),
        }
    }
}

/// What a change gives, and what the record says of it.
struct Changed<T> {
    value: T,
    /// Kind and number of what was changed: "run 17".
    object: String,
    count: usize,
}

impl<T> Changed<T> {
    fn one(value: T, object: impl Into<String>) -> Self {
        Self { value, object: object.into(), count: 1 }
    }
}

/// Now, as it is written down.
fn now_us() -> i64 {
    Utc::now().timestamp_micros()
}

/// A written moment as RFC 3339 writes it.
fn moment(us: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(us).unwrap_or_default()
}
