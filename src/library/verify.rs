//! Is everything there, and as it was written? Structure, seals, and the original files against their hashes.

use rusqlite::Connection;
use serde::Serialize;

use super::{
    Library, LibraryError,
    original::{self, Packed},
    schema,
};

/// What was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Original files that unpack to the very bytes that were imported.
    pub originals: usize,
    /// Rows that match their seal.
    pub rows: usize,
    /// What is not as it was written; empty where all is well.
    pub problems: Vec<String>,
}

impl Library {
    /// Checks the whole library. Reads every byte of it.
    pub fn verify(&self) -> Result<Verified, LibraryError> {
        let mut problems = structure(&self.db)?;
        let mut rows = 0;
        for table in schema::sealed(&self.db)? {
            let broken = schema::broken_seals(&self.db, table)?;
            if broken > 0 {
                problems.push(format!("{broken} rows of the table {table} are not as they were written"));
            }
            let count: i64 =
                self.db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
            rows += (count - broken) as usize;
        }
        let mut originals = 0;
        let mut files = self.db.prepare(
            "SELECT run.id, sha256, size, deflated, bytes FROM run LEFT JOIN original ON run_id = run.id",
        )?;
        let mut files = files.query([])?;
        while let Some(row) = files.next()? {
            let run: i64 = row.get(0)?;
            let size: Option<i64> = row.get(2)?;
            let Some(size) = size else {
                problems.push(format!("the file of run {run} is missing"));
                continue;
            };
            let packed = Packed { size: size as usize, deflated: row.get(3)?, bytes: row.get(4)? };
            match original::unpack(packed, &row.get::<_, Vec<u8>>(1)?) {
                Some(_) => originals += 1,
                None => problems.push(format!("the file of run {run} is not what was kept")),
            }
        }
        Ok(Verified { originals, rows, problems })
    }
}

/// What the database finds wrong with itself.
fn structure(db: &Connection) -> Result<Vec<String>, LibraryError> {
    let mut found = Vec::new();
    let mut lines = db.prepare("PRAGMA integrity_check(20)")?;
    for line in lines.query_map([], |row| row.get::<_, String>(0))? {
        found.extend(Some(line?).filter(|line| line != "ok"));
    }
    let mut lines = db.prepare("PRAGMA foreign_key_check")?;
    let broken = lines.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    found.extend(broken.into_iter().map(|table| format!("a row of {table} refers to one that is not there")));
    found.extend(schema::strange(db)?);
    Ok(found)
}

/// Structure and seals, as a copy is checked; the hashes of files were checked when they were kept.
pub(super) fn check(db: &Connection) -> Result<(), LibraryError> {
    let mut problems = structure(db)?;
    for table in schema::sealed(db)? {
        if schema::broken_seals(db, table)? > 0 {
            problems.push(format!("rows of the table {table} are not as they were written"));
        }
    }
    match problems.into_iter().next() {
        None => Ok(()),
        Some(why) => Err(LibraryError::Damaged { why, backup: None }),
    }
}
