//! Sessions that were put off, or brought forward, to another day of their week, one at a time; the weekdays that were
//! agreed stay.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Action, Changed, Library, LibraryError, PersonId, now_us, plan::Plan, runs::check_person, runs::day_of,
    weeks::monday_of, written,
};

/// A session that is to be done on another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SessionMove {
    /// The day that the weekdays ask for.
    #[serde(serialize_with = "written::day")]
    pub from: NaiveDate,
    /// The day on which it is to be done.
    #[serde(serialize_with = "written::day")]
    pub to: NaiveDate,
}

impl Library {
    /// Moves a session to another day of its week. `from` is the day that it is agreed for, or was moved to before; back
    /// to its own day takes that back.
    pub fn move_session(
        &mut self,
        person: PersonId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<(), LibraryError> {
        let (plans, moves) = (self.plans(person)?, self.session_moves(person)?);
        let own = moves.iter().find(|it| it.to == from).map_or(from, |it| it.from);
        if !Plan::asks_for(&plans, own) {
            return Err(LibraryError::Refused(format!(
                "no session is agreed for {from}; agree on weekdays first"
            )));
        }
        if monday_of(own) != monday_of(to) {
            return Err(LibraryError::Refused(format!(
                "{to} lies in another week; a session is moved within its week"
            )));
        }
        let stays = Plan::asks_for(&plans, to) && !moves.iter().any(|it| it.from == to);
        if to != own && to != from && (stays || moves.iter().any(|it| it.to == to)) {
            return Err(LibraryError::Refused(format!(
                "a session is agreed for {to} already; choose another day"
            )));
        }
        self.change(Action::Edit, |tx| {
            check_person(tx, person)?;
            tx.execute(
                "DELETE FROM session_move WHERE person_id = ?1 AND from_day = ?2",
                (person.0, own.to_string()),
            )?;
            if to != own {
                tx.execute(
                    "INSERT INTO session_move (person_id, from_day, to_day, made_us) VALUES (?1, ?2, ?3, ?4)",
                    (person.0, own.to_string(), to.to_string(), now_us()),
                )?;
            }
            Ok(Changed::one((), format!("plan of person {person}")))
        })
    }

    /// Every session of a person that was moved, the earliest first.
    pub fn session_moves(&self, person: PersonId) -> Result<Vec<SessionMove>, LibraryError> {
        let mut moves = self.db.prepare_cached(
            "SELECT from_day, to_day FROM session_move WHERE person_id = ?1 ORDER BY from_day",
        )?;
        let moves = moves.query_map([person.0], |row| {
            Ok(SessionMove { from: day_of(row, "from_day")?, to: day_of(row, "to_day")? })
        })?;
        Ok(moves.collect::<Result<_, _>>()?)
    }
}
