//! The demo library: eight weeks of a patient who does not exist, made of the sample runs. It lies in a folder of its
//! own, says that it is a demo, and takes neither runs nor people: it is never mixed with real ones.

use std::sync::{Arc, atomic::AtomicBool};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use rusqlite::OptionalExtension;

use crate::{recording, samples};

use super::{
    Dose, Library, LibraryError, PersonChange, PersonId, Place, Plan,
    open::{Access, OpenOptions},
};

/// The patient's pseudonym.
const NAME: &str = "DEMO-1";
/// What stands in every list beside a run of the demo.
const TAG: &str = "demo";
/// Weeks before that of today.
const WEEKS: u64 = 8;
/// The dose, min a week, and from which week on.
const DOSES: [(u64, f64); 2] = [(0, 45.0), (4, 60.0)];

/// On which days.
const PLAN: &str = "mon,wed,sat";

/// A session: week, weekday from Monday = 0, sample, how many minutes of it, pain before and after.
type Session = (u64, u64, &'static str, i64, u8, u8);
const SESSIONS: &[Session] = &[
    (0, 0, "brisk-walk", 15, 5, 6),
    (0, 2, "brisk-walk", 15, 5, 5),
    (0, 5, "easy-jog", 14, 6, 6),
    (1, 1, "brisk-walk", 20, 5, 6),
    (1, 5, "run-and-walk", 25, 6, 7),
    (2, 0, "brisk-walk", 20, 5, 5),
    (2, 2, "brisk-walk", 15, 5, 4),
    (2, 5, "easy-jog", 20, 4, 5),
    (3, 1, "brisk-walk", 20, 4, 4),
    (3, 3, "easy-jog", 20, 4, 5),
    (3, 6, "run-and-walk", 20, 4, 4),
    (4, 0, "easy-jog", 24, 4, 4),
    (4, 3, "brisk-walk", 25, 3, 4),
    (4, 5, "run-and-walk", 28, 4, 4),
    (5, 1, "brisk-walk", 30, 3, 3),
    (5, 4, "easy-jog", 20, 3, 4),
    (6, 0, "easy-jog", 30, 3, 3),
    (6, 2, "brisk-walk", 20, 3, 2),
    (6, 5, "run-and-walk", 30, 2, 3),
    (7, 0, "easy-jog", 30, 2, 2),
    (7, 3, "brisk-walk", 25, 2, 2),
    (7, 5, "run-and-walk", 40, 2, 3),
];
/// Days without a run on which the patient told the pain: week, weekday, pain.
const DAYS: &[(u64, u64, u8)] = &[(1, 3, 6), (3, 4, 4), (5, 6, 3)];
/// Notes: week, weekday, text.
const NOTES: &[(u64, u64, &str)] = &[
    (0, 0, "First visit. Sitting hurts more than walking. Agreed on 45 minutes a week."),
    (1, 6, "One session missed: a cold."),
    (4, 0, "Second visit. Sleeps better. Agreed on 60 minutes a week."),
];

impl Library {
    /// Makes the demo library at a place where there is none. `today` ends its eight weeks.
    pub fn make_demo(place: Place, today: NaiveDate) -> Result<Self, LibraryError> {
        if place.file().exists() {
            return Err(LibraryError::Refused(
                "there is a library in this folder already; the demo needs one of its own".to_owned(),
            ));
        }
        let mut library = Self::open(place, OpenOptions { access: Access::Write })?;
        // Marked from the first, should this be cut short.
        library.db.execute("INSERT INTO setting (name, value) VALUES ('demo', 'filling')", [])?;
        let patient = library.add_person(&PersonChange {
            name: Some(NAME.to_owned()),
            reference: Some("synthetic".to_owned()),
            colour: Some("blue".to_owned()),
            note: Some("This patient does not exist: Spinepace made all of it.".to_owned()),
        })?;
        library.fill(patient, today)?;
        library.db.execute("UPDATE setting SET value = 'filled' WHERE name = 'demo'", [])?;
        Ok(library)
    }

    /// Whether it is the demo library.
    pub fn is_demo(&self) -> Result<bool, LibraryError> {
        Ok(self.demo()?.is_some())
    }

    /// Nobody real comes into the demo library.
    pub(super) fn takes_real(&self) -> Result<(), LibraryError> {
        if self.demo()?.as_deref() == Some("filled") {
            return Err(LibraryError::Refused(
                "this is the demo library, which takes no runs or people; use a library of your own"
                    .to_owned(),
            ));
        }
        Ok(())
    }

    fn demo(&self) -> Result<Option<String>, LibraryError> {
        let found = self.db.query_row("SELECT value FROM setting WHERE name = 'demo'", [], |row| row.get(0));
        Ok(found.optional()?)
    }

    fn fill(&mut self, patient: PersonId, today: NaiveDate) -> Result<(), LibraryError> {
        let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()) + 7 * WEEKS);
        let date = |week: u64, weekday: u64| monday + Days::new(7 * week + weekday);
        let mut sources = Vec::new();
        for &(week, weekday, sample, minutes, ..) in SESSIONS {
            let day = date(week, weekday);
            let gpx = session(sample, day, minutes).ok_or_else(|| {
                LibraryError::Bug(format!("the demo's sample {sample} is not as it should be"))
            })?;
            sources.extend(recording::sources_in_memory(
                &format!("{TAG} {day} {sample}.gpx"),
                Arc::from(gpx.into_bytes()),
            ));
        }
        let receipt = self.import(&sources, patient, &AtomicBool::new(false), &mut |_| ())?;
        for (file, &(.., before, after)) in receipt.files.iter().zip(SESSIONS) {
            let run = file.run.ok_or_else(|| LibraryError::Bug(format!("{}: {:?}", file.file, file.why)))?;
            self.pain_of_run(run, Some(before), Some(after))?;
            self.tag(&[run], TAG)?;
        }
        for (week, minutes_per_week) in DOSES {
            let dose = Dose { from: date(week, 0), minutes_per_week, sessions_per_week: Some(3) };
            self.set_dose(patient, dose)?;
        }
        let weekdays = PLAN.parse().map_err(LibraryError::Bug)?;
        self.set_plan(patient, Plan { from: date(0, 0), weekdays })?;
        for &(week, weekday, level) in DAYS {
            self.pain_of_day(patient, date(week, weekday), Some(level))?;
        }
        for &(week, weekday, text) in NOTES {
            self.add_note(patient, date(week, weekday), text)?;
        }
        Ok(())
    }
}

/// The first minutes of a sample, as if run on this day.
fn session(sample: &str, day: NaiveDate, minutes: i64) -> Option<String> {
    let gpx = samples::ALL.iter().find(|one| one.id == sample)?.gpx;
    let gpx = std::str::from_utf8(gpx).ok()?;
    let (_, rest) = gpx.split_once("<time>")?;
    let (start, _) = rest.split_once('Z')?;
    let begun = start.parse::<NaiveDateTime>().ok()?;
    let end = (begun + TimeDelta::minutes(minutes)).format("<time>%Y-%m-%dT%H:%M:%SZ</time>").to_string();
    let whole = match gpx.find(&end) {
        Some(at) => {
            let close = "</trkpt>";
            let cut = at + gpx[at..].find(close)? + close.len();
            format!("{}\n</trkseg></trk></gpx>\n", &gpx[..cut])
        }
        None => gpx.to_owned(),
    };
    let old = format!("<time>{}T", begun.date());
    Some(whole.replace(&old, &format!("<time>{day}T")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_lies_on_its_day_and_lasts_its_minutes() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day");
        let gpx = session("easy-jog", day, 14).expect("a session");
        let run = recording::read_bytes("x.gpx", gpx.as_bytes()).expect("a run");
        assert_eq!(run.start.date_naive(), day);
        assert_eq!(run.fixes.time_s.last().copied(), Some(14.0 * 60.0));
    }
}
