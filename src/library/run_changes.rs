//! What a person changes about runs. Every change is one transaction with a way back.

use rusqlite::{Connection, OptionalExtension};

use crate::{band::Edges, recording::Edits};

use super::{
    Action, Changed, Library, LibraryError, Numbers, PersonId, RunId, now_us, recompute::put_numbers,
    runs::check_person,
};

/// Which of two runs of the same activity stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The one that was there first; the other goes to the bin.
    First,
    /// The one that came later; it takes over what was written down about the first, which goes to the bin.
    Later,
    /// Both: they are two activities.
    Both,
}

/// Pain on the usual scale.
pub(super) fn check_pain(level: u8) -> Result<u8, LibraryError> {
    match level {
        0..=10 => Ok(level),
        _ => Err(LibraryError::Refused(format!("pain goes from 0 (none) to 10 (the worst), not to {level}"))),
    }
}

impl Library {
    /// Gives a run another name.
    pub fn rename_run(&mut self, run: RunId, name: &str) -> Result<(), LibraryError> {
        self.set(run, "name", &name.trim())
    }

    /// Writes a run's note; an empty one takes it away.
    pub fn note_run(&mut self, run: RunId, note: &str) -> Result<(), LibraryError> {
        self.set(run, "note", &note.trim())
    }

    /// Writes down the pain before and after a run, 0 to 10; `None` takes it away.
    pub fn pain_of_run(
        &mut self,
        run: RunId,
        before: Option<u8>,
        after: Option<u8>,
    ) -> Result<(), LibraryError> {
        let (before, after) = (before.map(check_pain).transpose()?, after.map(check_pain).transpose()?);
        self.change(Action::Edit, |tx| {
            let changed = tx.execute(
                "UPDATE run SET pain_before = ?1, pain_after = ?2 WHERE id = ?3",
                (before, after, run.0),
            )?;
            found(changed, run)
        })
    }

    fn set(
        &mut self,
        run: RunId,
        column: &'static str,
        value: &dyn rusqlite::ToSql,
    ) -> Result<(), LibraryError> {
        self.change(Action::Edit, |tx| {
            let sql = format!("UPDATE run SET {column} = ?1 WHERE id = ?2");
            found(tx.execute(&sql, rusqlite::params![value, run.0])?, run)
        })
    }

    /// Puts a tag on runs.
    pub fn tag(&mut self, runs: &[RunId], tag: &str) -> Result<(), LibraryError> {
        let tag = tag.trim();
        if tag.is_empty() {
            return Err(LibraryError::Refused("a tag needs a letter or a digit".to_owned()));
        }
        self.change(Action::Edit, |tx| {
            for run in runs {
                check_run(tx, *run)?;
                tx.execute("INSERT OR IGNORE INTO tag (run_id, tag) VALUES (?1, ?2)", (run.0, tag))?;
            }
            Ok(of_runs((), runs))
        })
    }

    /// Takes a tag off runs.
    pub fn untag(&mut self, runs: &[RunId], tag: &str) -> Result<(), LibraryError> {
        self.change(Action::Edit, |tx| {
            for run in runs {
                tx.execute("DELETE FROM tag WHERE run_id = ?1 AND tag = ?2", (run.0, tag.trim()))?;
            }
            Ok(of_runs((), runs))
        })
    }

    /// Every tag in use, with the number of runs.
    pub fn tags(&self) -> Result<Vec<(String, usize)>, LibraryError> {
        let mut tags = self.db.prepare(
            "SELECT tag, count(*) FROM tag JOIN run ON run.id = run_id WHERE binned_us IS NULL GROUP BY tag ORDER BY tag",
        )?;
        let tags = tags.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))?;
        Ok(tags.collect::<Result<_, _>>()?)
    }

    /// Gives runs to another person.
    pub fn move_runs(&mut self, runs: &[RunId], to: PersonId) -> Result<(), LibraryError> {
        self.change(Action::Move, |tx| {
            check_person(tx, to)?;
            for run in runs {
                let changed = tx.execute("UPDATE run SET person_id = ?1 WHERE id = ?2", (to.0, run.0))?;
                found(changed, *run)?;
            }
            Ok(of_runs((), runs))
        })
    }

    /// Moves runs to the bin, where they stay for 30 days.
    pub fn bin_runs(&mut self, runs: &[RunId]) -> Result<(), LibraryError> {
        self.change(Action::Bin, |tx| {
            for run in runs {
                check_run(tx, *run)?;
                bin_one(tx, *run)?;
            }
            Ok(of_runs((), runs))
        })
    }

    /// Takes runs out of the bin.
    pub fn unbin_runs(&mut self, runs: &[RunId]) -> Result<(), LibraryError> {
        self.change(Action::Unbin, |tx| {
            for run in runs {
                let owner = tx
                    .query_row(
                        "SELECT person.id, person.binned_us IS NOT NULL FROM run JOIN person ON person.id = person_id
                         WHERE run.id = ?1",
                        [run.0],
                        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)),
                    )
                    .optional()?;
                match owner {
                    None => return Err(run.unknown()),
                    Some((person, true)) => {
                        return Err(LibraryError::Refused(format!(
                            "run {run} belongs to person {person}, who is in the bin; take the person out first"
                        )));
                    }
                    Some((_, false)) => {}
                }
                tx.execute("UPDATE run SET binned_us = NULL WHERE id = ?1", [run.0])?;
            }
            Ok(of_runs((), runs))
        })
    }

    /// Puts other cuts in the place of a run's; its numbers follow at once. Refused where nothing would be left.
    pub fn cut(&mut self, run: RunId, edits: &Edits) -> Result<Numbers, LibraryError> {
        let whole = self.recording(run)?;
        let cut = edits.apply(&whole).map(|(cut, _)| cut).ok_or_else(|| {
            LibraryError::Refused(format!("these cuts would leave nothing of run {run}; cut less"))
        })?;
        let numbers = Numbers::of(&cut, self.edges()?);
        let text = (!edits.is_empty()).then(|| serde_json::to_string(edits)).transpose();
        let text = text.map_err(|error| LibraryError::Bug(error.to_string()))?;
        self.change(Action::Edit, |tx| {
            tx.execute("UPDATE run SET edits = ?1 WHERE id = ?2", (text, run.0))?;
            put_numbers(tx, run, &numbers)?;
            Ok(Changed::one((), format!("run {run}")))
        })?;
        Ok(numbers)
    }

    /// Chooses between two runs of the same activity; `later` is the one that waits for it.
    pub fn choose(&mut self, later: RunId, choice: Choice) -> Result<(), LibraryError> {
        let first = self.run(later)?.same_as.ok_or_else(|| {
            LibraryError::Refused(format!("run {later} waits for no choice; see `list --waiting`"))
        })?;
        self.change(Action::Edit, |tx| {
            match choice {
                Choice::Both => {}
                Choice::First => bin_one(tx, later)?,
                Choice::Later => {
                    tx.execute(
                        "UPDATE run SET (note, pain_before, pain_after, person_id) = (
                             SELECT CASE WHEN run.note = '' THEN one.note ELSE run.note END,
                                 coalesce(run.pain_before, one.pain_before),
                                 coalesce(run.pain_after, one.pain_after), one.person_id
                             FROM run AS one WHERE one.id = ?1) WHERE id = ?2",
                        (first.0, later.0),
                    )?;
                    tx.execute(
                        "INSERT OR IGNORE INTO tag (run_id, tag) SELECT ?2, tag FROM tag WHERE run_id = ?1",
                        (first.0, later.0),
                    )?;
                    bin_one(tx, first)?;
                }
            }
            tx.execute("UPDATE run SET same_as = NULL WHERE id = ?1", [later.0])?;
            Ok(Changed { value: (), object: format!("run {later}"), count: 2 })
        })
    }

    /// Keeps numbers for other edges of the band from now on; [`Library::stale_runs`] then lists all runs.
    pub fn set_edges(&mut self, edges: Edges) -> Result<(), LibraryError> {
        let text = serde_json::to_string(&edges).map_err(|error| LibraryError::Bug(error.to_string()))?;
        self.change(Action::Edit, |tx| {
            tx.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('edges', ?1)", [text])?;
            Ok(Changed::one((), "edges"))
        })
    }
}

/// Moves one run to the bin; runs that waited for a choice beside it wait no longer.
pub(super) fn bin_one(tx: &Connection, run: RunId) -> Result<(), LibraryError> {
    tx.prepare_cached("UPDATE run SET binned_us = ?1 WHERE id = ?2 AND binned_us IS NULL")?
        .execute((now_us(), run.0))?;
    tx.prepare_cached("UPDATE run SET same_as = NULL WHERE same_as = ?1")?.execute([run.0])?;
    Ok(())
}

fn check_run(tx: &Connection, run: RunId) -> Result<(), LibraryError> {
    let there: bool = tx
        .prepare_cached("SELECT count(*) > 0 FROM run WHERE id = ?1")?
        .query_row([run.0], |row| row.get(0))?;
    if there { Ok(()) } else { Err(run.unknown()) }
}

fn found(changed: usize, run: RunId) -> Result<Changed<()>, LibraryError> {
    if changed == 0 { Err(run.unknown()) } else { Ok(Changed::one((), format!("run {run}"))) }
}

fn of_runs<T>(value: T, runs: &[RunId]) -> Changed<T> {
    match runs {
        [run] => Changed::one(value, format!("run {run}")),
        _ => Changed { value, object: "runs".to_owned(), count: runs.len() },
    }
}
