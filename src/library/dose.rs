//! What was agreed: minutes in band a week, and how often, from a day on. Earlier doses stay, so that every week is
//! held against the one that was agreed for it.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Action, Changed, Library, LibraryError, PersonId, now_us, runs::check_person, runs::day_of, written,
};

/// A week has so many minutes.
const MINUTES_PER_WEEK: f64 = 7.0 * 24.0 * 60.0;
/// Three sessions a day are more than anybody agrees on.
const MOST_SESSIONS: u8 = 21;

/// A weekly dose.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Dose {
    /// The first day on which it holds.
    #[serde(serialize_with = "written::day")]
    pub from: NaiveDate,
    /// Minutes in band a week.
    pub minutes_per_week: f64,
    /// Sessions a week, where a number was agreed.
    pub sessions_per_week: Option<u8>,
}

impl Library {
    /// Agrees on a dose from a day on. One that was agreed from the same day on is replaced; earlier ones stay.
    pub fn set_dose(&mut self, person: PersonId, dose: Dose) -> Result<(), LibraryError> {
        if !(0.0..=MINUTES_PER_WEEK).contains(&dose.minutes_per_week) {
            return Err(LibraryError::Refused(format!(
                "a dose lies between 0 and {MINUTES_PER_WEEK} minutes a week, not at {}",
                dose.minutes_per_week
            )));
        }
        if dose.sessions_per_week.is_some_and(|sessions| !(1..=MOST_SESSIONS).contains(&sessions)) {
            return Err(LibraryError::Refused(format!("a week has between 1 and {MOST_SESSIONS} sessions")));
        }
        self.change(Action::Edit, |tx| {
            check_person(tx, person)?;
            tx.execute(
                "INSERT INTO dose (person_id, from_day, minutes_per_week, sessions_per_week, made_us)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (person_id, from_day) DO UPDATE SET
                     minutes_per_week = excluded.minutes_per_week,
                     sessions_per_week = excluded.sessions_per_week, made_us = excluded.made_us",
                (person.0, dose.from.to_string(), dose.minutes_per_week, dose.sessions_per_week, now_us()),
            )?;
            Ok(Changed::one((), format!("dose of person {person}")))
        })
    }

    /// Takes the dose back that was agreed from this day on; the one before it holds on.
    pub fn remove_dose(&mut self, person: PersonId, from: NaiveDate) -> Result<(), LibraryError> {
        self.change(Action::Edit, |tx| {
            match tx.execute(
                "DELETE FROM dose WHERE person_id = ?1 AND from_day = ?2",
                (person.0, from.to_string()),
            )? {
                0 => Err(LibraryError::Unknown {
                    what: "dose from",
                    which: from.to_string(),
                    list: "spinepace library dose list",
                }),
                _ => Ok(Changed::one((), format!("dose of person {person}"))),
            }
        })
    }

    /// Every dose that was agreed with a person, the earliest first.
    pub fn doses(&self, person: PersonId) -> Result<Vec<Dose>, LibraryError> {
        let mut doses = self.db.prepare_cached(
            "SELECT from_day, minutes_per_week, sessions_per_week FROM dose WHERE person_id = ?1 ORDER BY from_day",
        )?;
        let doses = doses.query_map([person.0], |row| {
            Ok(Dose {
                from: day_of(row, "from_day")?,
                minutes_per_week: row.get(1)?,
                sessions_per_week: row.get(2)?,
            })
        })?;
        Ok(doses.collect::<Result<_, _>>()?)
    }
}
