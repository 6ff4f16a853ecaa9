//! Numbers that another method or other edges would change, computed anew.

use rusqlite::{Connection, types::Value};

use super::{Action, Changed, Library, LibraryError, Numbers, RunId};

impl Library {
    /// The runs whose numbers today's method, or other edges, may change.
    pub fn stale_runs(&self) -> Result<Vec<RunId>, LibraryError> {
        let edges = self.edges()?;
        let mut runs = self.db.prepare(
            "SELECT id FROM run WHERE binned_us IS NULL
             AND (method_version <> ?1 OR upper_mps <> ?2 OR brisk_from_mps <> ?3) ORDER BY start_us DESC",
        )?;
        let parameters = (crate::motion::METHOD_VERSION, edges.upper_mps(), edges.brisk_from_mps());
        let runs = runs.query_map(parameters, |row| row.get(0).map(RunId))?;
        Ok(runs.collect::<Result<_, _>>()?)
    }

    /// Computes the numbers of a run anew, from its original file and with its cuts. The old ones stand until then.
    pub fn recompute(&mut self, run: RunId) -> Result<Numbers, LibraryError> {
        let numbers = Numbers::of(&self.cut_recording(run)?, self.edges()?);
        self.change(Action::Recompute, |tx| {
            put_numbers(tx, run, &numbers)?;
            Ok(Changed::one((), format!("run {run}")))
        })?;
        Ok(numbers)
    }
}

/// Puts other numbers in the place of a run's.
pub(super) fn put_numbers(tx: &Connection, run: RunId, numbers: &Numbers) -> Result<(), LibraryError> {
    let columns = numbers.columns();
    let sets: Vec<String> = columns.iter().map(|(name, _)| format!("{name} = ?")).collect();
    let values = columns.into_iter().map(|(_, value)| value).chain([Value::Integer(run.0)]);
    let changed = tx
        .prepare_cached(&format!("UPDATE run SET {} WHERE id = ?", sets.join(", ")))?
        .execute(rusqlite::params_from_iter(values))?;
    if changed == 0 { Err(run.unknown()) } else { Ok(()) }
}
