//! The way back: every change of a row writes its opposite into tables that live in memory, as long as the library
//! is open. What is undone can be redone until something else is changed.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::{Action, BatchId, Library, LibraryError, record, schema};

/// Tables whose changes can be taken back. Imports have a way back of their own, deletion for good has none.
const TABLES: [&str; 9] = ["person", "batch", "run", "tag", "note", "pain", "dose", "plan", "session_move"];

/// Prepares a connection for it.
pub(super) fn install(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "CREATE TEMP TABLE undo_line (seq INTEGER PRIMARY KEY, pile TEXT NOT NULL, step INTEGER NOT NULL, sql TEXT NOT NULL);
         CREATE TEMP TABLE undo_step (step INTEGER PRIMARY KEY, action TEXT NOT NULL);
         CREATE TEMP TABLE undo_now (pile TEXT NOT NULL, step INTEGER NOT NULL);
         INSERT INTO undo_now VALUES ('off', 0);",
    )?;
    for table in TABLES {
        let mut columns = schema::columns(db, table)?;
        columns.push("seal".to_owned());
        let note = "INSERT INTO undo_line (pile, step, sql) SELECT pile, step,";
        let on = "(SELECT pile FROM undo_now) <> 'off'";
        let names = columns.join(", ");
        let old: Vec<String> = columns.iter().map(|column| format!("quote(OLD.{column})")).collect();
        let back: Vec<String> =
            columns.iter().map(|column| format!("'{column} = ' || quote(OLD.{column})")).collect();
        let (old, back) = (old.join(" || ', ' || "), back.join(" || ', ' || "));
        db.execute_batch(&format!(
            "CREATE TEMP TRIGGER undo_{table}_insert AFTER INSERT ON main.{table} WHEN {on} BEGIN
                 {note} 'DELETE FROM {table} WHERE id = ' || NEW.id FROM undo_now; END;
             CREATE TEMP TRIGGER undo_{table}_update BEFORE UPDATE ON main.{table} WHEN {on} BEGIN
                 {note} 'UPDATE {table} SET ' || {back} || ' WHERE id = ' || OLD.id FROM undo_now; END;
             CREATE TEMP TRIGGER undo_{table}_delete BEFORE DELETE ON main.{table} WHEN {on} BEGIN
                 {note} 'INSERT INTO {table} ({names}) VALUES (' || {old} || ')' FROM undo_now; END;"
        ))?;
    }
    Ok(())
}

/// A change begins. Changes that have no way back, or one of their own, write none down.
pub(super) fn begin(tx: &Transaction<'_>, action: Action) -> rusqlite::Result<()> {
    let undoable = matches!(
        action,
        Action::Edit | Action::Add | Action::Move | Action::Bin | Action::Unbin | Action::UndoImport
    );
    if !undoable {
        return off(tx);
    }
    tx.execute("DELETE FROM undo_line WHERE pile = 'redo'", [])?;
    tx.execute("DELETE FROM undo_step WHERE step NOT IN (SELECT step FROM undo_line)", [])?;
    tx.execute("INSERT INTO undo_step (action) VALUES (?1)", [action.name()])?;
    tx.execute("UPDATE undo_now SET pile = 'undo', step = ?1", [tx.last_insert_rowid()]).map(drop)
}

/// A change ends.
pub(super) fn end(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    off(tx)
}

fn off(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute("UPDATE undo_now SET pile = 'off'", []).map(drop)
}

/// Forgets every way back.
pub(super) fn forget(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch("DELETE FROM undo_line; DELETE FROM undo_step; UPDATE undo_now SET pile = 'off';")
}

impl Library {
    /// Takes the last change back. The name of what it was, see [`Action::name`]; `None` where there is none.
    pub fn undo(&mut self) -> Result<Option<String>, LibraryError> {
        self.step("undo", "redo", Action::Undo)
    }

    /// Takes an import back that was the last change of all. Unlike [`Self::undo_import`] that is no step of its own: the
    /// next one to be undone is what was changed before the import. How many runs are in the bin now.
    pub fn take_back_import(&mut self, batch: BatchId) -> Result<usize, LibraryError> {
        let runs = self.undo_import(batch)?;
        self.db.execute(
            "DELETE FROM undo_line WHERE pile = 'undo' AND step = (SELECT max(step) FROM undo_step)",
            [],
        )?;
        Ok(runs)
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> Result<Option<String>, LibraryError> {
        self.step("redo", "undo", Action::Redo)
    }

    fn step(&mut self, from: &str, to: &str, action: Action) -> Result<Option<String>, LibraryError> {
        self.may_write()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // The last that was done is the first to be undone, the last that was undone the first to be redone.
        let order = if from == "undo" { "DESC" } else { "ASC" };
        let step: Option<(i64, String)> = tx
            .query_row(
                &format!(
                    "SELECT step, action FROM undo_step WHERE step IN (SELECT step FROM undo_line WHERE pile = ?1)
                     ORDER BY step {order} LIMIT 1"
                ),
                [from],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((step, name)) = step else { return Ok(None) };
        tx.pragma_update(None, "defer_foreign_keys", true)?;
        let lines: Vec<(i64, String)> = tx
            .prepare("SELECT seq, sql FROM undo_line WHERE pile = ?1 AND step = ?2 ORDER BY seq DESC")?
            .query_map((from, step), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        tx.execute("DELETE FROM undo_line WHERE pile = ?1 AND step = ?2", (from, step))?;
        tx.execute("UPDATE undo_now SET pile = ?1, step = ?2", (to, step))?;
        for (_, sql) in &lines {
            tx.execute(sql, [])?;
        }
        off(&tx)?;
        record::add(&tx, action, &name, 1)?;
        tx.commit()?;
        Ok(Some(name))
    }
}
