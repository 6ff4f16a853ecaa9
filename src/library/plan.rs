//! Sessions that were agreed for weekdays, from a day on. Earlier plans stay, so that every week is held against the
//! one that was agreed for it.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Serialize, Serializer};

use super::{
    Action, Changed, Library, LibraryError, PersonId, now_us, runs::check_person, runs::day_of, written,
};

const DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Whether this one is among them.
    pub fn has(self, day: Weekday) -> bool {
        self.0 >> day.num_days_from_monday() & 1 == 1
    }

    /// Without this one where it is among them, else with it.
    #[must_use]
    pub fn toggled(self, day: Weekday) -> Self {
        Self(self.0 ^ 1 << day.num_days_from_monday())
    }

    /// With this one.
    #[must_use]
    fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << day.num_days_from_monday())
    }
}

impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = DAYS.iter().filter(|day| self.has(**day)).map(Weekday::to_string).collect();
        if names.is_empty() { f.write_str("none") } else { f.write_str(&names.join(",")) }
    }
}

impl Serialize for Weekdays {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(DAYS.iter().filter(|day| self.has(**day)).map(|day| day.to_string().to_lowercase()))
    }
}

impl FromStr for Weekdays {
    type Err = String;

    /// "mon,wed,fri", in full too; "none" for none.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().eq_ignore_ascii_case("none") {
            return Ok(Self::default());
        }
        text.split(',').try_fold(Self::default(), |days, name| {
            let day = name.trim().parse::<Weekday>();
            day.map(|day| days.with(day)).map_err(|_| format!("{name} is not a weekday; write mon,wed,fri"))
        })
    }
}

/// On which days of the week a session was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The first day on which it holds.
    #[serde(serialize_with = "written::day")]
    pub from: NaiveDate,
    /// The days; none of them ends the plan before.
    pub weekdays: Weekdays,
}

impl Plan {
    /// Whether a session was agreed for this day, by the last of these plans that holds then.
    pub(super) fn asks_for(plans: &[Self], day: NaiveDate) -> bool {
        plans.iter().rfind(|plan| plan.from <= day).is_some_and(|plan| plan.weekdays.has(day.weekday()))
    }
}

impl Library {
    /// Agrees on weekdays from a day on. What was agreed from the same day on is replaced; earlier plans stay.
    pub fn set_plan(&mut self, person: PersonId, plan: Plan) -> Result<(), LibraryError> {
        self.change(Action::Edit, |tx| {
            check_person(tx, person)?;
            tx.execute(
                "INSERT INTO plan (person_id, from_day, weekdays, made_us) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (person_id, from_day) DO UPDATE SET
                     weekdays = excluded.weekdays, made_us = excluded.made_us",
                (person.0, plan.from.to_string(), plan.weekdays.0, now_us()),
            )?;
            Ok(Changed::one((), format!("plan of person {person}")))
        })
    }

    /// Takes the plan back that was agreed from this day on; the one before it holds on.
    pub fn remove_plan(&mut self, person: PersonId, from: NaiveDate) -> Result<(), LibraryError> {
        self.change(Action::Edit, |tx| {
            match tx.execute(
                "DELETE FROM plan WHERE person_id = ?1 AND from_day = ?2",
                (person.0, from.to_string()),
            )? {
                0 => Err(LibraryError::Unknown {
                    what: "plan from",
                    which: from.to_string(),
                    list: "spinepace library plan list",
                }),
                _ => Ok(Changed::one((), format!("plan of person {person}"))),
            }
        })
    }

    /// Every plan that was agreed with a person, the earliest first.
    pub fn plans(&self, person: PersonId) -> Result<Vec<Plan>, LibraryError> {
        let mut plans = self
            .db
            .prepare_cached("SELECT from_day, weekdays FROM plan WHERE person_id = ?1 ORDER BY from_day")?;
        let plans = plans.query_map([person.0], |row| {
            Ok(Plan { from: day_of(row, "from_day")?, weekdays: Weekdays(row.get(1)?) })
        })?;
        Ok(plans.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_read_as_they_are_written() {
        let days: Weekdays = "mon, Wednesday,SUN".parse().expect("weekdays");
        assert_eq!(days.to_string(), "Mon,Wed,Sun");
        assert_eq!(days.to_string().parse(), Ok(days));
        assert_eq!(serde_json::to_string(&days).expect("JSON"), r#"["mon","wed","sun"]"#);
        assert_eq!("none".parse(), Ok(Weekdays::default()));
        assert!("mon,holiday".parse::<Weekdays>().is_err());
    }
}
