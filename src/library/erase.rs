//! Deleting a person for good: from the library, its log and its own backups, down to the bytes. What says that it
//! is under way outlasts a crash, and the next start carries it to its end.

use std::{
    collections::HashSet,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};
use serde::{Deserialize, Serialize};

use crate::units::counted;

use super::{
    Action, Library, LibraryError, PersonId,
    backup::key_of,
    connection::connect,
    copies,
    copy::{As, copy, copy_open},
    original::Hash,
    passcode::Vault,
    place, record, undo, written,
};

/// What was deleted for good, to be printed and filed. It names the person by number only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erasure {
    /// The person's number.
    pub person: PersonId,
    /// When.
    #[serde(serialize_with = "written::moment")]
    pub at: DateTime<Utc>,
    /// Runs with their original files.
    pub runs: usize,
    /// Of these, how many were in the bin.
    pub runs_in_bin: usize,
    /// Notes.
    pub notes: usize,
    /// Doses.
    pub doses: usize,
    /// Days with a pain.
    pub day_pains: usize,
    /// Own backups that held something of the person, and no longer do.
    pub backups_cleaned: Vec<PathBuf>,
    /// Files among the backups that could not be searched: delete them by hand.
    pub not_searched: Vec<PathBuf>,
    /// How often the pseudonym or reference number stands in what was written about others.
    pub mentions_elsewhere: usize,
}

impl Erasure {
    /// The receipt as a page of text.
    pub fn text(&self) -> String {
        let mut text = format!(
            "Receipt: deleted for good\n\nPerson number {}, {}\n\n\
             {} with their original files ({} of them in the bin)\n{}\n{}\n{} with pain\n\n",
            self.person,
            self.at.format("%Y-%m-%d %H:%M UTC"),
            counted(self.runs, "run"),
            self.runs_in_bin,
            counted(self.notes, "note"),
            counted(self.doses, "dose"),
            counted(self.day_pains, "day")
        );
        text.push_str("Deleted from the library and from these backups of its own:\n");
        let list = |text: &mut String, paths: &[PathBuf]| {
            for path in paths {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "  {}", path.display());
            }
            if paths.is_empty() {
                text.push_str("  (none)\n");
            }
        };
        list(&mut text, &self.backups_cleaned);
        if !self.not_searched.is_empty() {
            text.push_str("\nThese could not be searched; delete them by hand:\n");
            list(&mut text, &self.not_searched);
        }
        if self.mentions_elsewhere > 0 {
            let _ = writeln!(
                text,
                "\nThe pseudonym or reference number appears {} in what was written about others.",
                counted(self.mentions_elsewhere, "time")
            );
        }
        text.push_str(
            "\nNot reached: the files that were imported, exports and pages, and backups made to other places.\n",
        );
        text
    }
}

/// What must go, kept in the library until it is gone everywhere.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    uid: String,
    name: String,
    reference: String,
    files: Vec<String>,
}

impl Library {
    /// Deletes a person for good, with everything that was kept of the person. There is no way back.
    pub fn erase_person(&mut self, person: PersonId) -> Result<Erasure, LibraryError> {
        self.may_write()?;
        let (uid, name, reference) = self
            .db
            .query_row("SELECT uid, name, reference FROM person WHERE id = ?1", [person.0], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })
            .optional()?
            .ok_or_else(|| person.unknown())?;
        if person == PersonId::ME {
            return Err(LibraryError::Refused(
                "this is your own entry; delete the library's folder to delete all of it".to_owned(),
            ));
        }
        // Runs that were this person's in a backup, too, unless they are another's by now.
        let mut files = hashes(&self.db, &uid)?;
        for backup in copies::backups(&self.place) {
            let key = key_of(&backup.path, self.vault.as_ref());
            if let Ok(db) = connect(&backup.path, OpenFlags::SQLITE_OPEN_READ_ONLY, key)
                && let Ok(found) = hashes(&db, &uid)
            {
                files.extend(found);
            }
        }
        let others: HashSet<Hash> = self
            .db
            .prepare("SELECT sha256 FROM run WHERE person_id <> ?1")?
            .query_map([person.0], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let files = files.difference(&others).map(hex).collect();
        let order = Order { uid, name, reference, files };
        let count = |sql: &str| {
            self.db.query_row(sql, [person.0], |row| row.get::<_, i64>(0)).map(|count| count as usize)
        };
        let mut erasure = Erasure {
            person,
            at: Utc::now(),
            runs: count("SELECT count(*) FROM run WHERE person_id = ?1")?,
            runs_in_bin: count("SELECT count(*) FROM run WHERE person_id = ?1 AND binned_us IS NOT NULL")?,
            notes: count("SELECT count(*) FROM note WHERE person_id = ?1")?,
            doses: count("SELECT count(*) FROM dose WHERE person_id = ?1")?,
            day_pains: count("SELECT count(*) FROM pain WHERE person_id = ?1")?,
            backups_cleaned: Vec::new(),
            not_searched: Vec::new(),
            mentions_elsewhere: 0,
        };
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        undo::forget(&tx)?;
        let text = serde_json::to_string(&order).map_err(|error| LibraryError::Bug(error.to_string()))?;
        tx.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('erasing', ?1)", [text])?;
        erase_rows(&tx, &order)?;
        record::add(&tx, Action::Erase, &format!("person {person}"), 1)?;
        tx.commit()?;
        self.finish_erasing(&order, &mut erasure)?;
        Ok(erasure)
    }

    /// Carries an erasure to its end that a crash cut short.
    pub(super) fn carry_on_erasing(&mut self) -> Result<(), LibraryError> {
        let order: Option<String> = self
            .db
            .query_row("SELECT value FROM setting WHERE name = 'erasing'", [], |row| row.get(0))
            .optional()?;
        let Some(order) = order.and_then(|text| serde_json::from_str::<Order>(&text).ok()) else {
            return Ok(());
        };
        let mut erasure = Erasure {
            person: PersonId(0),
            at: Utc::now(),
            runs: 0,
            runs_in_bin: 0,
            notes: 0,
            doses: 0,
            day_pains: 0,
            backups_cleaned: Vec::new(),
            not_searched: Vec::new(),
            mentions_elsewhere: 0,
        };
        self.finish_erasing(&order, &mut erasure)
    }

    fn finish_erasing(&mut self, order: &Order, erasure: &mut Erasure) -> Result<(), LibraryError> {
        for backup in copies::backups(&self.place) {
            match erase_in_backup(&backup.path, self.vault.as_ref(), order) {
                Ok(true) => erasure.backups_cleaned.push(backup.path),
                Ok(false) => {}
                Err(LibraryError::Full) => return Err(LibraryError::Full),
                Err(_) => erasure.not_searched.push(backup.path),
            }
        }
        let put_aside = std::fs::read_dir(self.place.folder()).into_iter().flatten().filter_map(Result::ok);
        erasure.not_searched.extend(
            put_aside
                .filter(|entry| entry.file_name().to_string_lossy().starts_with("damaged "))
                .map(|entry| entry.path()),
        );
        erasure.mentions_elsewhere = mentions(&self.db, order)?;
        self.db.execute("DELETE FROM setting WHERE name = 'erasing'", [])?;
        // A new file holds nothing but what is in use.
        self.rewrite(self.vault.clone())
    }
}

/// The hashes of a person's files.
fn hashes(db: &Connection, uid: &str) -> rusqlite::Result<HashSet<Hash>> {
    db.prepare("SELECT sha256 FROM run JOIN person ON person.id = person_id WHERE uid = ?1")?
        .query_map([uid], |row| row.get(0))?
        .collect()
}

fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Deletes the rows of a person. Whether there were any.
fn erase_rows(db: &Connection, order: &Order) -> rusqlite::Result<bool> {
    let mut gone = 0;
    let whole = [&order.name, &order.reference].map(|text| text.trim().to_lowercase());
    for text in whole.iter().filter(|text| !text.is_empty()) {
        gone += db.execute("UPDATE batch_file SET label = '' WHERE instr(lower(label), ?1) > 0", [text])?;
        // A folder that is watched may be named after the person.
        gone +=
            db.execute("DELETE FROM setting WHERE name = 'watched' AND instr(lower(value), ?1) > 0", [text])?;
    }
    let mut delete = db.prepare("DELETE FROM run WHERE lower(hex(sha256)) = ?1")?;
    let mut unname = db.prepare(
        "UPDATE batch_file SET label = '', why = NULL WHERE run_id IN (SELECT id FROM run WHERE lower(hex(sha256)) = ?1)",
    )?;
    for file in &order.files {
        unname.execute([file])?;
        gone += delete.execute([file])?;
    }
    let of = "(SELECT id FROM person WHERE uid = ?1)";
    db.execute(
        &format!("UPDATE run SET batch_id = NULL WHERE batch_id IN (SELECT id FROM batch WHERE person_id IN {of}) AND person_id NOT IN {of}"),
        [&order.uid],
    )?;
    // What is left of the person's own runs in a backup has other bytes than any run of the library.
    gone += db.execute(&format!("DELETE FROM run WHERE person_id IN {of}"), [&order.uid])?;
    gone += db.execute(&format!("DELETE FROM batch WHERE person_id IN {of}"), [&order.uid])?;
    gone += db.execute("DELETE FROM person WHERE uid = ?1", [&order.uid])?;
    Ok(gone > 0)
}

/// Puts a copy of a backup in its place that holds nothing of the person. `false` where it held nothing.
fn erase_in_backup(path: &Path, vault: Option<&Vault>, order: &Order) -> Result<bool, LibraryError> {
    let failed = LibraryError::io("cleaning a backup");
    let with = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (part, clean) = (with(".part"), with(".clean"));
    let made = (|| {
        copy(path, key_of(path, vault), &part, vault, As::Library)?;
        let key = vault.map(|vault| &vault.key);
        let db = connect(&part, OpenFlags::SQLITE_OPEN_READ_WRITE, key)?;
        // Nothing of what is deleted may go to a journal on the disk.
        db.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
        if !erase_rows(&db, order)? {
            return Ok(false);
        }
        copy_open(&db, key, &clean, vault, As::Backup)?;
        drop(db);
        place::replace(&clean, path).map_err(&failed)?;
        Ok(true)
    })();
    for leftover in [&part, &clean] {
        place::remove_database(leftover).map_err(&failed)?;
    }
    made
}

/// How often the person is named in what is left.
fn mentions(db: &Connection, order: &Order) -> rusqlite::Result<usize> {
    let mut count = 0;
    for text in [&order.name, &order.reference].map(|text| text.trim().to_lowercase()) {
        if text.is_empty() {
            continue;
        }
        let found: i64 = db.query_row(
            "SELECT (SELECT count(*) FROM note WHERE instr(lower(text), ?1) > 0)
                  + (SELECT count(*) FROM person WHERE instr(lower(name || ' ' || reference || ' ' || note), ?1) > 0)
                  + (SELECT count(*) FROM tag WHERE instr(lower(tag), ?1) > 0)
                  + (SELECT count(*) FROM run WHERE instr(lower(name || ' ' || note || ' ' || file_name), ?1) > 0)",
            [text],
            |row| row.get(0),
        )?;
        count += found as usize;
    }
    Ok(count)
}
