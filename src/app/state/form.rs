//! A few fields to be filled in, for whatever is written into the library.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::{
    app::state::secret_text::SecretText,
    library::{NoteId, PersonId, RunId},
};

/// What is written down when it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFor {
    /// A new person; runs that wait for one are kept for, or moved to, the new one.
    NewPerson(Waiting),
    /// What is written down about a person.
    Person(PersonId),
    /// What is agreed from a day on.
    Dose(PersonId),
    /// The weekdays of sessions from a day on.
    Plan(PersonId),
    /// A note, new or changed.
    Note(PersonId, Option<NoteId>),
    /// The pain of a day.
    DayPain(PersonId),
    /// Note and pain of a run.
    Run(RunId),
    /// A tag for runs.
    Tag(Vec<RunId>),
    /// The passcode or recovery key that opens the library.
    Unlock,
    /// A passcode for the library, with the recovery key that is shown beside it.
    SetPasscode(SecretText),
    /// Another passcode.
    ChangePasscode,
    /// No passcode any more.
    RemovePasscode,
    /// A backup that needs a passcode is put in the library's place.
    Restore(PathBuf),
    /// Whether a person is really to be deleted for good: the name has to be typed.
    Erase(PersonId, String),
}

/// What waits for a person to be chosen or entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing: the person is looked at.
    Nothing,
    /// The open runs that came from there, to be kept.
    Keep(Vec<String>),
    /// Files that were found where new runs are looked for, to be kept.
    Found,
    /// Runs of the library, to be moved.
    Move(Vec<RunId>),
}

/// What kind of thing is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line.
    Line,
    /// Several lines.
    Lines,
    /// A line that nobody is to read.
    Secret,
    /// Pain from 0 to 10, or none told.
    Pain,
    /// Days of the week.
    Weekdays,
    /// One of the colours that tell people apart, or none.
    Colour,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it is called.
    pub label: &'static str,
    /// What may stand in it, while it is empty.
    pub hint: &'static str,
    /// What kind of thing.
    pub kind: FieldKind,
    /// What was filled in.
    pub value: String,
    /// The same where nobody is to read it.
    pub secret: SecretText,
}

/// The fields, and what was wrong with the last try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What is written down.
    pub what_for: FormFor,
    /// Its heading.
    pub title: String,
    /// What there is to know before.
    pub about: String,
    /// The words of the button that does it.
    pub does: &'static str,
    /// Whether it cannot be taken back.
    pub is_final: bool,
    /// The fields.
    pub fields: Vec<Field>,
    /// What was wrong with the last try.
    pub problem: Option<String>,
}

impl Form {
    /// An empty one.
    pub fn new(what_for: FormFor, title: impl Into<String>, does: &'static str) -> Self {
        Self {
            what_for,
            title: title.into(),
            about: String::new(),
            does,
            is_final: false,
            fields: Vec::new(),
            problem: None,
        }
    }

    /// With some words before the fields.
    #[must_use]
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }

    /// With another field.
    #[must_use]
    pub fn with(
        mut self,
        kind: FieldKind,
        label: &'static str,
        hint: &'static str,
        value: impl Into<String>,
    ) -> Self {
        self.fields.push(Field { label, hint, kind, value: value.into(), secret: SecretText::default() });
        self
    }

    /// What was filled in, without blanks around it.
    pub fn value(&self, place: usize) -> &str {
        self.fields.get(place).map_or("", |field| field.value.trim())
    }

    /// What was filled in and nobody is to read.
    pub fn secret(&self, place: usize) -> &str {
        self.fields.get(place).map_or("", |field| field.secret.letters())
    }

    /// A day that was filled in; "today" is one, too.
    pub fn day(&self, place: usize, today: NaiveDate) -> Result<NaiveDate, String> {
        let typed = self.value(place);
        if typed.is_empty() || typed.eq_ignore_ascii_case("today") {
            return Ok(today);
        }
        let forms = ["%Y-%m-%d", "%d.%m.%Y", "%-d %b %Y", "%-d %B %Y"];
        forms
            .iter()
            .find_map(|form| NaiveDate::parse_from_str(typed, form).ok())
            .ok_or_else(|| format!("“{typed}” is not a day; write it as {}", today.format("%Y-%m-%d")))
    }

    /// A number that was filled in.
    pub fn number(&self, place: usize) -> Result<Option<f64>, String> {
        let typed = self.value(place);
        if typed.is_empty() {
            return Ok(None);
        }
        let number = typed.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
        number.map(Some).ok_or_else(|| format!("“{typed}” is not a number; write it as 60"))
    }

    /// A pain that was filled in.
    pub fn pain(&self, place: usize) -> Option<u8> {
        self.value(place).parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_read_as_people_write_them() {
        let today: NaiveDate = "2026-11-26".parse().expect("a day");
        let form = |value: &str| {
            Form::new(FormFor::DayPain(PersonId::ME), "", "").with(FieldKind::Line, "", "", value)
        };
        for typed in ["2026-11-05", "05.11.2026", "5 Nov 2026", " 5 November 2026 "] {
            assert_eq!(form(typed).day(0, today), Ok("2026-11-05".parse().expect("a day")), "{typed}");
        }
        assert_eq!(form("").day(0, today), Ok(today));
        assert!(form("soon").day(0, today).is_err());
        assert_eq!(form("52,5").number(0), Ok(Some(52.5)));
        assert_eq!(form("").number(0), Ok(None));
        assert!(form("many").number(0).is_err());
        assert_eq!((form("7").pain(0), form("").pain(0)), (Some(7), None));
    }
}
