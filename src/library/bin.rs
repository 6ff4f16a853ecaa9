//! The bin: what was deleted stays for 30 days.

use rusqlite::TransactionBehavior;

use super::{Action, Library, LibraryError, backup, now_us, place, record, undo};

/// How long.
const DAYS: i64 = 30;
const DAY_US: i64 = 86_400_000_000;

impl Library {
    /// Empties the bin now. Returns how many runs, notes and people are gone.
    pub fn empty_bin(&mut self) -> Result<usize, LibraryError> {
        self.may_write()?;
        self.empty_before(i64::MAX)
    }

    /// What is done at every start: leftovers of a crash go, and so does what was in the bin for 30 days.
    pub(super) fn tidy(&mut self) -> Result<(), LibraryError> {
        let failed = LibraryError::io("removing a leftover");
        place::remove_database(&self.place.part()).map_err(&failed)?;
        backup::remove_parts(&self.place).map_err(&failed)?;
        self.carry_on_erasing()?;
        self.empty_before(now_us() - DAYS * DAY_US)?;
        Ok(())
    }

    fn empty_before(&mut self, before_us: i64) -> Result<usize, LibraryError> {
        let due: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM run WHERE binned_us < ?1)
                 OR EXISTS (SELECT 1 FROM note WHERE binned_us < ?1)
                 OR EXISTS (SELECT 1 FROM person WHERE binned_us < ?1)",
            [before_us],
            |row| row.get(0),
        )?;
        if !due {
            return Ok(0);
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        undo::forget(&tx)?;
        // No name of a file outlasts the run that was made of it.
        tx.execute(
            "UPDATE batch_file SET label = '' WHERE run_id IN (SELECT run.id FROM run JOIN person ON person.id = person_id
                 WHERE run.binned_us < ?1 OR person.binned_us < ?1)",
            [before_us],
        )?;
        let mut gone = tx.execute("DELETE FROM run WHERE binned_us < ?1", [before_us])?;
        gone += tx.execute("DELETE FROM note WHERE binned_us < ?1", [before_us])?;
        gone += tx.execute(
            "DELETE FROM run WHERE person_id IN (SELECT id FROM person WHERE binned_us < ?1)",
            [before_us],
        )?;
        tx.execute(
            "UPDATE batch SET person_id = 1 WHERE person_id IN (SELECT id FROM person WHERE binned_us < ?1)",
            [before_us],
        )?;
        gone += tx.execute("DELETE FROM person WHERE binned_us < ?1", [before_us])?;
        record::add(&tx, Action::Empty, "bin", gone)?;
        tx.commit()?;
        Ok(gone)
    }
}
