//! The runs that are kept: what a list shows of them, filtered and sorted.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, types::Value};
use serde::Serialize;

use crate::{band::Edges, recording::Edits, recording::Recording};

use super::{Library, LibraryError, Numbers, PersonId, moment, written};

/// A run's number in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct RunId(pub(crate) i64);

impl RunId {
    pub(super) fn unknown(self) -> LibraryError {
        LibraryError::Unknown { what: "run", which: self.to_string(), list: "spinepace library list" }
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RunId {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A run as lists show it; its fixes are in its original file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeptRun {
    /// Its number.
    pub id: RunId,
    /// Whose it is.
    pub person: PersonId,
    /// Its name.
    pub name: String,
    /// What the file calls the activity.
    pub activity: Option<String>,
    /// The original file's name.
    pub file_name: String,
    /// Time of the first fix.
    #[serde(serialize_with = "written::moment")]
    pub start: DateTime<Utc>,
    /// Local time minus UTC, s.
    pub utc_offset_s: i32,
    /// The local day on which it began.
    #[serde(serialize_with = "written::day")]
    pub day: NaiveDate,
    /// What was noted.
    pub note: String,
    /// Pain before, 0 to 10.
    pub pain_before: Option<u8>,
    /// Pain after, 0 to 10.
    pub pain_after: Option<u8>,
    /// Its tags, in the order of the alphabet.
    pub tags: Vec<String>,
    /// How many cuts were made.
    pub cuts: usize,
    /// The run that seems to be the same activity: this one is not counted until one of the two is chosen.
    pub same_as: Option<RunId>,
    /// When it went to the bin, if it did.
    #[serde(serialize_with = "written::moment_or_null")]
    pub binned: Option<DateTime<Utc>>,
    /// Its numbers.
    #[serde(flatten)]
    pub numbers: Numbers,
}

impl KeptRun {
    /// Whether it counts toward a week's sum.
    pub fn counts(&self) -> bool {
        self.same_as.is_none() && self.binned.is_none()
    }
}

/// How a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The latest first.
    #[default]
    Newest,
    /// The earliest first.
    Oldest,
    /// The most time in band first.
    InBand,
    /// The largest share of moving time first.
    Share,
    /// The longest way first.
    Distance,
    /// By name.
    Name,
}

impl Sort {
    fn sql(self) -> &'static str {
        match self {
            Self::Newest => "start_us DESC, run.id DESC",
            Self::Oldest => "start_us, run.id",
            Self::InBand => "in_band_s DESC, run.id",
            Self::Share => "in_band_s / max(in_band_s + faster_s, 0.5) DESC, run.id",
            Self::Distance => "distance_m DESC, run.id",
            Self::Name => "lower(run.name), run.id",
        }
    }
}

/// Which runs a list shows; all that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of this person.
    pub person: Option<PersonId>,
    /// On this local day or later.
    pub from: Option<NaiveDate>,
    /// On this local day or earlier.
    pub to: Option<NaiveDate>,
    /// With this tag.
    pub tag: Option<String>,
    /// With these words in name, note, activity or file name.
    pub text: Option<String>,
    /// Only those that wait for a choice between two of the same activity.
    pub waiting: bool,
    /// The bin instead.
    pub bin: bool,
    /// The order.
    pub sort: Sort,
    /// At most so many.
    pub most: Option<usize>,
}

const RUN: &str = "SELECT run.*, (SELECT group_concat(tag, char(31)) FROM
    (SELECT tag FROM tag WHERE run_id = run.id ORDER BY tag)) AS tags
    FROM run JOIN person ON person.id = run.person_id";

impl Library {
    /// The runs that a filter lets through. Runs of a person in the bin are in the bin, too.
    pub fn runs(&self, filter: &Filter) -> Result<Vec<KeptRun>, LibraryError> {
        let (mut conditions, mut values): (Vec<&str>, Vec<Value>) = (Vec::new(), Vec::new());
        conditions.push(match filter.bin {
            false => "run.binned_us IS NULL AND person.binned_us IS NULL",
            true => "(run.binned_us IS NOT NULL OR person.binned_us IS NOT NULL)",
        });
        if let Some(person) = filter.person {
            conditions.push("run.person_id = ?");
            values.push(person.0.into());
        }
        if let Some(from) = filter.from {
            conditions.push("run.day >= ?");
            values.push(from.to_string().into());
        }
        if let Some(to) = filter.to {
            conditions.push("run.day <= ?");
            values.push(to.to_string().into());
        }
        if let Some(tag) = &filter.tag {
            conditions.push("run.id IN (SELECT run_id FROM tag WHERE tag = ?)");
            values.push(tag.clone().into());
        }
        if filter.waiting {
            conditions.push("run.same_as IS NOT NULL");
        }
        let text = filter.text.as_deref().unwrap_or_default();
        for word in text.split_whitespace() {
            conditions.push(
                "instr(lower(run.name || ' ' || run.note || ' ' || coalesce(run.activity, '') || ' ' || run.file_name), ?) > 0",
            );
            values.push(word.to_lowercase().into());
        }
        let most = filter.most.map_or(-1, |most| most as i64);
        let sql =
            format!("{RUN} WHERE {} ORDER BY {} LIMIT {most}", conditions.join(" AND "), filter.sort.sql());
        let mut runs = self.db.prepare_cached(&sql)?;
        let runs = runs.query_map(rusqlite::params_from_iter(values), run_from_row)?;
        Ok(runs.collect::<Result<_, _>>()?)
    }

    /// One run, also from the bin.
    pub fn run(&self, run: RunId) -> Result<KeptRun, LibraryError> {
        let found = self.db.query_row(&format!("{RUN} WHERE run.id = ?1"), [run.0], run_from_row);
        found.optional()?.ok_or_else(|| run.unknown())
    }

    /// What was cut from a run.
    pub fn cuts(&self, run: RunId) -> Result<Edits, LibraryError> {
        let text: Option<Option<String>> =
            self.db.query_row("SELECT edits FROM run WHERE id = ?1", [run.0], |row| row.get(0)).optional()?;
        let text = text.ok_or_else(|| run.unknown())?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// The recording of a run with its cuts: what its numbers are of.
    pub fn cut_recording(&self, run: RunId) -> Result<Recording, LibraryError> {
        let whole = self.recording(run)?;
        let cut = self.cuts(run)?.apply(&whole).map(|(cut, _)| cut);
        Ok(cut.unwrap_or(whole))
    }

    /// The band's edges for which numbers are kept.
    pub fn edges(&self) -> Result<Edges, LibraryError> {
        let text: Option<String> = self
            .db
            .query_row("SELECT value FROM setting WHERE name = 'edges'", [], |row| row.get(0))
            .optional()?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }
}

fn run_from_row(row: &Row<'_>) -> rusqlite::Result<KeptRun> {
    let edits: Option<String> = row.get("edits")?;
    let cuts =
        edits.and_then(|text| serde_json::from_str(&text).ok()).map_or(0, |edits: Edits| edits.count());
    let tags: Option<String> = row.get("tags")?;
    Ok(KeptRun {
        id: RunId(row.get("id")?),
        person: PersonId(row.get("person_id")?),
        name: row.get("name")?,
        activity: row.get("activity")?,
        file_name: row.get("file_name")?,
        start: moment(row.get("start_us")?),
        utc_offset_s: row.get("utc_offset_s")?,
        day: day_of(row, "day")?,
        note: row.get("note")?,
        pain_before: row.get("pain_before")?,
        pain_after: row.get("pain_after")?,
        tags: tags.map_or_else(Vec::new, |tags| tags.split('\u{1f}').map(str::to_owned).collect()),
        cuts,
        same_as: row.get::<_, Option<i64>>("same_as")?.map(RunId),
        binned: row.get::<_, Option<i64>>("binned_us")?.map(moment),
        numbers: Numbers::from_row(row)?,
    })
}

/// A day as it is written down.
pub(super) fn day_of(row: &Row<'_>, column: &str) -> rusqlite::Result<NaiveDate> {
    let text: String = row.get(column)?;
    text.parse()
        .map_err(|_| rusqlite::Error::InvalidColumnType(0, column.to_owned(), rusqlite::types::Type::Text))
}

/// Is there such a person, and not in the bin?
pub(super) fn check_person(db: &Connection, person: PersonId) -> Result<(), LibraryError> {
    let there: bool = db
        .prepare_cached("SELECT count(*) > 0 FROM person WHERE id = ?1 AND binned_us IS NULL")?
        .query_row([person.0], |row| row.get(0))?;
    if there { Ok(()) } else { Err(person.unknown()) }
}
