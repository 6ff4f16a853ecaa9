//! Everything of a person in open formats: JSON and CSV that any program reads, and the original files bit for bit.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use chrono::{Days, Local};
use serde::Serialize;

use crate::export::write_whole;

use super::{Action, Filter, Library, LibraryError, PersonId, Sort, place, record};

/// What was written where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandedOver {
    /// The folder.
    pub folder: PathBuf,
    /// Runs, each with its original file.
    pub runs: usize,
    /// Notes.
    pub notes: usize,
}

const README: &str = "\
Everything that Spinepace kept of one person, in open formats. Numbers are in SI units: seconds, metres, m/s.

person.json       who: pseudonym, reference number, notes; doses and planned weekdays with their history; moved sessions; notes; pain by day
runs.csv          one row per run; the columns are those of `spinepace analyze`, with note, pain and tags
weeks.csv         time in band per week, its 95% interval, the dose, and whether it was done
originals/        the files as they were imported, bit for bit
cuts.json         what was cut from which run, in seconds since its start
";

impl Library {
    /// Writes everything of a person into a folder that is not there yet, or empty. Runs in the bin are left out.
    pub fn hand_over(&mut self, person: PersonId, folder: &Path) -> Result<HandedOver, LibraryError> {
        let failed = LibraryError::io("writing the export");
        let about = self.person(person)?;
        if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(LibraryError::Refused(format!(
                "{} is not empty; name a new folder",
                folder.display()
            )));
        }
        place::make_folder(folder).map_err(&failed)?;
        let write = |name: &str, bytes: &[u8]| {
            write_whole(&folder.join(name), |out| out.write_all(bytes))
                .map_err(|error| LibraryError::Io { what: "writing the export", why: error.to_string() })
        };
        let runs = self.runs(&Filter { person: Some(person), sort: Sort::Oldest, ..Filter::default() })?;
        let notes = self.notes(person)?;
        let page = serde_json::json!({
            "person": about,
            "doses": self.doses(person)?,
            "plans": self.plans(person)?,
            "session_moves": self.session_moves(person)?,
            "notes": notes,
            "day_pains": self.day_pains(person)?,
        });
        write("README.txt", README.as_bytes())?;
        write("person.json", &json(&page)?)?;
        let mut table = csv::Writer::from_writer(Vec::new());
        let mut cuts = Vec::new();
        place::make_folder(&folder.join("originals")).map_err(&failed)?;
        for (index, run) in runs.iter().enumerate() {
            let (name, bytes) = self.original(run.id)?;
            let kept_as = format!("{} run {} {}", run.day, run.id, safe(&name));
            write(&format!("originals/{kept_as}"), &bytes)?;
            let row = run_row(run, &kept_as);
            if index == 0 {
                table.write_record(row.iter().map(|(name, _)| *name)).map_err(bug)?;
            }
            table.write_record(row.iter().map(|(_, value)| value)).map_err(bug)?;
            if run.cuts > 0 {
                cuts.push(serde_json::json!({ "run": run.id, "cuts": self.cuts(run.id)? }));
            }
        }
        write("runs.csv", &table.into_inner().map_err(|error| LibraryError::Bug(error.to_string()))?)?;
        if !cuts.is_empty() {
            write("cuts.json", &json(&cuts)?)?;
        }
        write("weeks.csv", &self.weeks_csv(person)?)?;
        if self.only_read.is_none() {
            record::add(&self.db, Action::Export, &format!("person {person}"), runs.len())?;
        }
        Ok(HandedOver { folder: folder.to_owned(), runs: runs.len(), notes: notes.len() })
    }

    fn weeks_csv(&self, person: PersonId) -> Result<Vec<u8>, LibraryError> {
        let today = Local::now().date_naive();
        let about = self.person(person)?;
        let mut table = csv::Writer::from_writer(Vec::new());
        table
            .write_record([
                "week",
                "monday",
                "runs",
                "sessions",
                "in_band_s",
                "in_band_low_s",
                "in_band_high_s",
                "moving_s",
                "dose_s",
                "dose_sessions",
                "minutes",
                "sessions_done",
                "pain_before",
                "pain_after",
                "pain_day",
            ])
            .map_err(bug)?;
        if let (Some(first), Some(last)) = (about.first_run, about.last_run) {
            // A watch may be a day ahead of this computer.
            let last = last.max(today.min(last + Days::new(7)));
            for week in self.weeks(person, first, last, today)? {
                let verdict = |verdict: super::Verdict| {
                    serde_json::to_value(verdict)
                        .ok()
                        .and_then(|it| it.as_str().map(str::to_owned))
                        .unwrap_or_default()
                };
                table
                    .write_record([
                        week.week,
                        week.monday.to_string(),
                        week.runs.to_string(),
                        week.sessions.to_string(),
                        week.in_band_s.to_string(),
                        optional(week.in_band_low_s),
                        optional(week.in_band_high_s),
                        week.moving_s.to_string(),
                        optional(week.dose.map(|dose| dose.minutes_per_week * 60.0)),
                        optional(week.dose.and_then(|dose| dose.sessions_per_week)),
                        verdict(week.minutes),
                        verdict(week.sessions_done),
                        optional(week.pain_before),
                        optional(week.pain_after),
                        optional(week.pain_day),
                    ])
                    .map_err(bug)?;
            }
        }
        table.into_inner().map_err(|error| LibraryError::Bug(error.to_string()))
    }
}

fn bug(error: csv::Error) -> LibraryError {
    LibraryError::Bug(io::Error::from(error).to_string())
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, LibraryError> {
    serde_json::to_vec_pretty(value).map_err(|error| LibraryError::Bug(error.to_string()))
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// A file name without what other systems refuse in one.
fn safe(name: &str) -> String {
    name.chars()
        .map(|it| if it.is_control() || "/\\:*?\"<>|".contains(it) { '_' } else { it })
        .take(120)
        .collect()
}

fn run_row(run: &super::KeptRun, file: &str) -> Vec<(&'static str, String)> {
    let numbers = &run.numbers;
    vec![
        ("file", file.to_owned()),
        ("name", run.name.clone()),
        ("start", run.start.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)),
        ("utc_offset_s", run.utc_offset_s.to_string()),
        ("points", numbers.points.to_string()),
        ("elapsed_s", numbers.elapsed_s.to_string()),
        ("moving_s", numbers.moving_s().to_string()),
        ("standing_s", numbers.standing_s.to_string()),
        ("paused_s", numbers.paused_s.to_string()),
        ("in_band_s", numbers.in_band_s.to_string()),
        ("in_band_low_s", optional(numbers.in_band_low_s)),
        ("in_band_high_s", optional(numbers.in_band_high_s)),
        ("brisk_s", numbers.brisk_s.to_string()),
        ("faster_s", numbers.faster_s.to_string()),
        ("interpolated_s", numbers.interpolated_s.to_string()),
        ("distance_m", numbers.distance_m.to_string()),
        ("upper_mps", numbers.upper_mps.to_string()),
        ("brisk_from_mps", numbers.brisk_from_mps.to_string()),
        ("position_error_m", optional(numbers.position_error_m)),
        ("device_in_band_s", optional(numbers.device_in_band_s)),
        ("heart_rate_bpm", optional(numbers.heart_rate_bpm)),
        ("method_version", numbers.method_version.to_string()),
        ("run", run.id.to_string()),
        ("activity", run.activity.clone().unwrap_or_default()),
        ("note", run.note.clone()),
        ("pain_before", optional(run.pain_before)),
        ("pain_after", optional(run.pain_after)),
        ("tags", run.tags.join(" ")),
        ("cuts", run.cuts.to_string()),
        ("same_as", optional(run.same_as)),
    ]
}
