//! The people whose runs are kept: a pseudonym or initials, never more than the one who writes wants to know.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row};
use serde::Serialize;

use super::{Action, Changed, Library, LibraryError, PersonId, moment, now_us, runs::check_person, written};

impl PersonId {
    pub(super) fn unknown(self) -> LibraryError {
        unknown(&self.to_string())
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn unknown(which: &str) -> LibraryError {
    LibraryError::Unknown { what: "person", which: which.to_owned(), list: "spinepace library person list" }
}

/// A person as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The number in the library.
    pub id: PersonId,
    /// Whether this is the one whose library it is.
    pub is_me: bool,
    /// Pseudonym or initials.
    pub name: String,
    /// A reference number.
    pub reference: String,
    /// The colour in lists, as the one who chose it named it; empty for none.
    pub colour: String,
    /// What was noted about the person as a whole.
    pub note: String,
    /// When the person was entered.
    #[serde(serialize_with = "written::moment")]
    pub made: DateTime<Utc>,
    /// The last visit.
    #[serde(serialize_with = "written::moment_or_null")]
    pub visit: Option<DateTime<Utc>>,
    /// When the person went to the bin.
    #[serde(serialize_with = "written::moment_or_null")]
    pub binned: Option<DateTime<Utc>>,
    /// Runs, those in the bin left out.
    pub runs: usize,
    /// The day of the first run.
    #[serde(serialize_with = "written::day_or_null")]
    pub first_run: Option<NaiveDate>,
    /// The day of the last run.
    #[serde(serialize_with = "written::day_or_null")]
    pub last_run: Option<NaiveDate>,
}

/// What of a person is written down; `None` leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonChange {
    /// Pseudonym or initials.
    pub name: Option<String>,
    /// A reference number.
    pub reference: Option<String>,
    /// The colour in lists.
    pub colour: Option<String>,
    /// What there is to note.
    pub note: Option<String>,
}

const PERSON: &str = "SELECT person.*,
    (SELECT count(*) FROM run WHERE person_id = person.id AND run.binned_us IS NULL) AS runs,
    (SELECT min(day) FROM run WHERE person_id = person.id AND run.binned_us IS NULL) AS first_run,
    (SELECT max(day) FROM run WHERE person_id = person.id AND run.binned_us IS NULL) AS last_run
    FROM person";

impl Library {
    /// Everybody, me first, then by name.
    pub fn people(&self) -> Result<Vec<Person>, LibraryError> {
        self.people_where("binned_us IS NULL")
    }

    /// The people in the bin.
    pub fn people_in_bin(&self) -> Result<Vec<Person>, LibraryError> {
        self.people_where("binned_us IS NOT NULL")
    }

    fn people_where(&self, condition: &str) -> Result<Vec<Person>, LibraryError> {
        let mut people =
            self.db.prepare(&format!("{PERSON} WHERE {condition} ORDER BY kind <> 'me', lower(name), id"))?;
        let people = people.query_map([], person_from_row)?;
        Ok(people.collect::<Result<_, _>>()?)
    }

    /// One person, also from the bin.
    pub fn person(&self, person: PersonId) -> Result<Person, LibraryError> {
        let found = self.db.query_row(&format!("{PERSON} WHERE id = ?1"), [person.0], person_from_row);
        found.optional()?.ok_or_else(|| person.unknown())
    }

    /// The person with this pseudonym or reference number, or else this number; not from the bin.
    pub fn find_person(&self, which: &str) -> Result<PersonId, LibraryError> {
        let which = which.trim();
        let found = self
            .db
            .query_row(
                "SELECT id FROM person WHERE binned_us IS NULL
                     AND (lower(name) = lower(?1) OR (reference <> '' AND reference = ?1) OR CAST(id AS TEXT) = ?1)
                 ORDER BY lower(name) <> lower(?1), reference <> ?1 LIMIT 1",
                [which],
                |row| Ok(PersonId(row.get(0)?)),
            )
            .optional()?;
        found.ok_or_else(|| unknown(which))
    }

    /// Enters a person.
    pub fn add_person(&mut self, person: &PersonChange) -> Result<PersonId, LibraryError> {
        self.takes_real()?;
        let name = checked_name(person.name.as_deref().unwrap_or_default())?;
        self.change(Action::Add, |tx| {
            check_free(tx, &name, None)?;
            let optional = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
            tx.execute(
                "INSERT INTO person (kind, name, reference, colour, note, made_us) VALUES ('person', ?1, ?2, ?3, ?4, ?5)",
                (&name, optional(&person.reference), optional(&person.colour), optional(&person.note), now_us()),
            )?;
            let person = PersonId(tx.last_insert_rowid());
            Ok(Changed::one(person, format!("person {person}")))
        })
    }

    /// Changes what is written down of a person.
    pub fn change_person(&mut self, person: PersonId, change: &PersonChange) -> Result<(), LibraryError> {
        let name = change.name.as_deref().map(checked_name).transpose()?;
        self.change(Action::Edit, |tx| {
            check_person(tx, person)?;
            if let Some(name) = &name {
                check_free(tx, name, Some(person))?;
            }
            let optional = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
            tx.execute(
                "UPDATE person SET name = coalesce(?1, name), reference = coalesce(?2, reference),
                     colour = coalesce(?3, colour), note = coalesce(?4, note) WHERE id = ?5",
                (
                    &name,
                    optional(&change.reference),
                    optional(&change.colour),
                    optional(&change.note),
                    person.0,
                ),
            )?;
            Ok(Changed::one((), format!("person {person}")))
        })
    }

    /// Moves a person to the bin, with runs, notes and doses; they stay there for 30 days.
    pub fn bin_person(&mut self, person: PersonId) -> Result<(), LibraryError> {
        if person == PersonId::ME {
            return Err(LibraryError::Refused(
                "this is your own entry; move your runs to the bin instead".to_owned(),
            ));
        }
        self.change(Action::Bin, |tx| {
            check_person(tx, person)?;
            tx.execute("UPDATE person SET binned_us = ?1 WHERE id = ?2", (now_us(), person.0))?;
            Ok(Changed::one((), format!("person {person}")))
        })
    }

    /// Takes a person out of the bin.
    pub fn unbin_person(&mut self, person: PersonId) -> Result<(), LibraryError> {
        let name = self.person(person)?.name;
        self.change(Action::Unbin, |tx| {
            check_free(tx, &name, Some(person))?;
            tx.execute("UPDATE person SET binned_us = NULL WHERE id = ?1", [person.0])?;
            Ok(Changed::one((), format!("person {person}")))
        })
    }

    /// Notes that a person is here now: what is new is counted from this moment on.
    pub fn visit(&mut self, person: PersonId) -> Result<(), LibraryError> {
        self.change(Action::Edit, |tx| {
            check_person(tx, person)?;
            tx.execute("UPDATE person SET visit_us = ?1 WHERE id = ?2", (now_us(), person.0))?;
            Ok(Changed::one((), format!("person {person}")))
        })
    }
}

fn checked_name(name: &str) -> Result<String, LibraryError> {
    match name.trim() {
        "" => Err(LibraryError::Refused("a person needs a pseudonym or initials".to_owned())),
        name => Ok(name.to_owned()),
    }
}

fn check_free(tx: &rusqlite::Connection, name: &str, but: Option<PersonId>) -> Result<(), LibraryError> {
    let taken: bool = tx.query_row(
        "SELECT count(*) > 0 FROM person WHERE lower(name) = lower(?1) AND binned_us IS NULL AND id <> ?2",
        (name, but.map_or(0, |person| person.0)),
        |row| row.get(0),
    )?;
    if taken { Err(LibraryError::PersonExists(name.to_owned())) } else { Ok(()) }
}

fn person_from_row(row: &Row<'_>) -> rusqlite::Result<Person> {
    let day = |column: &str| -> rusqlite::Result<Option<NaiveDate>> {
        Ok(row.get::<_, Option<String>>(column)?.and_then(|text| text.parse().ok()))
    };
    Ok(Person {
        id: PersonId(row.get("id")?),
        is_me: row.get::<_, String>("kind")? == "me",
        name: row.get("name")?,
        reference: row.get("reference")?,
        colour: row.get("colour")?,
        note: row.get("note")?,
        made: moment(row.get("made_us")?),
        visit: row.get::<_, Option<i64>>("visit_us")?.map(moment),
        binned: row.get::<_, Option<i64>>("binned_us")?.map(moment),
        runs: row.get::<_, i64>("runs")? as usize,
        first_run: day("first_run")?,
        last_run: day("last_run")?,
    })
}
