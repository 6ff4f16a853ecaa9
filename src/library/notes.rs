//! Notes and pain: what is told, day by day, beside the runs.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Action, Changed, Library, LibraryError, PersonId, now_us, run_changes::check_pain, runs::check_person,
    runs::day_of, written,
};

/// A note's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct NoteId(pub(crate) i64);

/// A note about a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Its number.
    pub id: NoteId,
    /// About whom.
    pub person: PersonId,
    /// About which day.
    #[serde(serialize_with = "written::day")]
    pub day: NaiveDate,
    /// What it says.
    pub text: String,
}

/// The pain of a day without a run, or of a day as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayPain {
    /// The day.
    #[serde(serialize_with = "written::day")]
    pub day: NaiveDate,
    /// 0 (none) to 10 (the worst).
    pub level: u8,
}

impl fmt::Display for NoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl NoteId {
    /// The note of this number.
    pub fn new(number: i64) -> Self {
        Self(number)
    }

    fn unknown(self) -> LibraryError {
        LibraryError::Unknown { what: "note", which: self.0.to_string(), list: "spinepace library note list" }
    }
}

impl Library {
    /// Writes a note about a person's day.
    pub fn add_note(&mut self, person: PersonId, day: NaiveDate, text: &str) -> Result<NoteId, LibraryError> {
        let text = checked_text(text)?;
        self.change(Action::Add, |tx| {
            check_person(tx, person)?;
            tx.execute(
                "INSERT INTO note (person_id, day, text, made_us) VALUES (?1, ?2, ?3, ?4)",
                (person.0, day.to_string(), text, now_us()),
            )?;
            let note = NoteId(tx.last_insert_rowid());
            Ok(Changed::one(note, format!("note {}", note.0)))
        })
    }

    /// Writes a note anew.
    pub fn change_note(&mut self, note: NoteId, text: &str) -> Result<(), LibraryError> {
        let text = checked_text(text)?;
        self.change(Action::Edit, |tx| {
            match tx
                .execute("UPDATE note SET text = ?1 WHERE id = ?2 AND binned_us IS NULL", (text, note.0))?
            {
                0 => Err(note.unknown()),
                _ => Ok(Changed::one((), format!("note {}", note.0))),
            }
        })
    }

    /// Moves a note to the bin.
    pub fn bin_note(&mut self, note: NoteId) -> Result<(), LibraryError> {
        self.change(Action::Bin, |tx| {
            match tx.execute(
                "UPDATE note SET binned_us = ?1 WHERE id = ?2 AND binned_us IS NULL",
                (now_us(), note.0),
            )? {
                0 => Err(note.unknown()),
                _ => Ok(Changed::one((), format!("note {}", note.0))),
            }
        })
    }

    /// Takes a note out of the bin.
    pub fn unbin_note(&mut self, note: NoteId) -> Result<(), LibraryError> {
        self.change(Action::Unbin, |tx| {
            match tx.execute("UPDATE note SET binned_us = NULL WHERE id = ?1", [note.0])? {
                0 => Err(note.unknown()),
                _ => Ok(Changed::one((), format!("note {}", note.0))),
            }
        })
    }

    /// A person's notes, the latest day first.
    pub fn notes(&self, person: PersonId) -> Result<Vec<Note>, LibraryError> {
        self.notes_where("person_id = ?1 AND binned_us IS NULL", person)
    }

    /// A person's notes in the bin.
    pub fn notes_in_bin(&self, person: PersonId) -> Result<Vec<Note>, LibraryError> {
        self.notes_where("person_id = ?1 AND binned_us IS NOT NULL", person)
    }

    fn notes_where(&self, condition: &str, person: PersonId) -> Result<Vec<Note>, LibraryError> {
        let sql =
            format!("SELECT id, person_id, day, text FROM note WHERE {condition} ORDER BY day DESC, id DESC");
        let mut notes = self.db.prepare(&sql)?;
        let notes = notes.query_map([person.0], |row| {
            Ok(Note {
                id: NoteId(row.get(0)?),
                person: PersonId(row.get(1)?),
                day: day_of(row, "day")?,
                text: row.get(3)?,
            })
        })?;
        Ok(notes.collect::<Result<_, _>>()?)
    }

    /// Writes down how much a day hurt, 0 to 10; `None` takes it away.
    pub fn pain_of_day(
        &mut self,
        person: PersonId,
        day: NaiveDate,
        level: Option<u8>,
    ) -> Result<(), LibraryError> {
        let level = level.map(check_pain).transpose()?;
        self.change(Action::Edit, |tx| {
            check_person(tx, person)?;
            match level {
                Some(level) => tx.execute(
                    "INSERT INTO pain (person_id, day, level) VALUES (?1, ?2, ?3)
                     ON CONFLICT (person_id, day) DO UPDATE SET level = excluded.level",
                    (person.0, day.to_string(), level),
                )?,
                None => tx.execute(
                    "DELETE FROM pain WHERE person_id = ?1 AND day = ?2",
                    (person.0, day.to_string()),
                )?,
            };
            Ok(Changed::one((), format!("pain of person {person}")))
        })
    }

    /// The days of a person with a pain of their own, the earliest first.
    pub fn day_pains(&self, person: PersonId) -> Result<Vec<DayPain>, LibraryError> {
        let mut pains =
            self.db.prepare_cached("SELECT day, level FROM pain WHERE person_id = ?1 ORDER BY day")?;
        let pains = pains
            .query_map([person.0], |row| Ok(DayPain { day: day_of(row, "day")?, level: row.get(1)? }))?;
        Ok(pains.collect::<Result<_, _>>()?)
    }
}

fn checked_text(text: &str) -> Result<String, LibraryError> {
    match text.trim() {
        "" => Err(LibraryError::Refused("a note needs some words".to_owned())),
        text => Ok(text.to_owned()),
    }
}
