//! The tables, their seals, and how an older format becomes today's.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, Transaction, functions::FunctionFlags, types::ValueRef};
use sha2::{Digest, Sha256};

use super::LibraryError;

/// Tells a library from every other `SQLite` file: "SPNP".
pub(super) const APPLICATION_ID: i32 = 0x5350_4E50;

/// One step from a format to the next. A step is never changed once it was released: a change is another step.
pub(super) type Step = fn(&Transaction<'_>) -> rusqlite::Result<()>;

/// The steps from an empty file to today's format; their number is the format's.
pub(super) const STEPS: &[Step] = &[first, plans, session_moves];

/// Tables whose rows bear a seal, those of the first format first.
const SEALED: [&str; 11] =
    ["person", "batch", "run", "batch_file", "tag", "note", "pain", "dose", "record", "plan", "session_move"];
const OF_FIRST: usize = 9;

fn first(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(include_str!("schema.sql"))?;
    SEALED[..OF_FIRST].iter().try_for_each(|table| seal(tx, table))?;
    tx.execute("INSERT INTO person (kind, name, made_us) VALUES ('me', 'Me', ?1)", [super::now_us()])?;
    tx.execute("INSERT INTO setting (name, value) VALUES ('made_us', ?1)", [super::now_us().to_string()])?;
    Ok(())
}

/// The second format: sessions that were agreed for weekdays, a bit each from Monday on.
fn plans(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE plan (
             id        INTEGER PRIMARY KEY AUTOINCREMENT,
             person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
             from_day  TEXT NOT NULL,
             weekdays  INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
             made_us   INTEGER NOT NULL,
             seal      INTEGER,
             UNIQUE (person_id, from_day)
         ) STRICT;",
    )?;
    seal(tx, "plan")
}

/// The third format: sessions that are to be done on another day of their week.
fn session_moves(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE session_move (
             id        INTEGER PRIMARY KEY AUTOINCREMENT,
             person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
             from_day  TEXT NOT NULL,
             to_day    TEXT NOT NULL,
             made_us   INTEGER NOT NULL,
             seal      INTEGER,
             UNIQUE (person_id, from_day)
         ) STRICT;",
    )?;
    seal(tx, "session_move")
}

/// Brings a library to today's format in one transaction. The caller has made a backup.
pub(super) fn migrate(db: &mut Connection, from: i64, steps: &[Step]) -> Result<(), LibraryError> {
    let tx = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    let from = from.max(version(&tx)?);
    for step in steps.iter().skip(from as usize) {
        step(&tx)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", steps.len() as i64)?;
    Ok(tx.commit()?)
}

/// The file's format; 0 before there is one.
pub(super) fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The columns of a table, the seal left out.
pub(super) fn columns(db: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut columns =
        db.prepare("SELECT name FROM pragma_table_info(?1) WHERE name <> 'seal' ORDER BY cid")?;
    columns.query_map([table], |row| row.get(0))?.collect()
}

/// Lets every change of a row seal it anew.
fn seal(tx: &Transaction<'_>, table: &str) -> rusqlite::Result<()> {
    let columns = columns(tx, table)?;
    let changed = columns.join(", ");
    let values: Vec<String> = columns.iter().map(|column| format!("NEW.{column}")).collect();
    let values = values.join(", ");
    tx.execute_batch(&format!(
        "CREATE TRIGGER {table}_seal AFTER INSERT ON {table} BEGIN
             UPDATE {table} SET seal = spinepace_seal({values}) WHERE id = NEW.id; END;
         CREATE TRIGGER {table}_reseal AFTER UPDATE OF {changed} ON {table} BEGIN
             UPDATE {table} SET seal = spinepace_seal({values}) WHERE id = NEW.id; END;"
    ))
}

/// Tables, triggers and indexes that are not as the steps to this library's format make them. `SQLite` keeps the text
/// of each as it was given, whatever the steps on the way.
pub(super) fn strange(db: &Connection) -> Result<Vec<String>, LibraryError> {
    let Some(steps) = usize::try_from(version(db)?).ok().and_then(|format| STEPS.get(..format)) else {
        return Ok(vec!["its format is not one of this program".to_owned()]);
    };
    let mut made = Connection::open_in_memory()?;
    teach(&made)?;
    migrate(&mut made, 0, steps)?;
    let (made, found) = (parts(&made)?, parts(db)?);
    let told = |part: &Part| format!("the {} {} of its schema is not as it was made", part.kind, part.name);
    Ok(made.symmetric_difference(&found).map(told).collect::<BTreeSet<_>>().into_iter().collect())
}

/// A table, a trigger or an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    kind: String,
    name: String,
    of: String,
    /// As it was made; nothing for what `SQLite` makes by itself.
    sql: Option<String>,
}

/// All that a schema holds, but for the statistics of whoever else looked into the file.
fn parts(db: &Connection) -> rusqlite::Result<BTreeSet<Part>> {
    let mut parts =
        db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat_'")?;
    let part = |row: &Row<'_>| {
        // A broken text need not be one.
        let text = |column| match row.get_ref(column)? {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                Ok(Some(String::from_utf8_lossy(bytes).into_owned()))
            }
            ValueRef::Null => Ok(None),
            other => Ok::<_, rusqlite::Error>(Some(format!("{other:?}"))),
        };
        let [kind, name, of] = [text(0)?, text(1)?, text(2)?].map(Option::unwrap_or_default);
        Ok(Part { kind, name, of, sql: text(3)? })
    };
    parts.query_map([], part)?.collect()
}

/// The tables of this library whose rows bear a seal; a backup may have an older format.
pub(super) fn sealed(db: &Connection) -> rusqlite::Result<Vec<&'static str>> {
    let mut is_there =
        db.prepare("SELECT count(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?;
    let mut tables = Vec::new();
    for table in SEALED {
        if is_there.query_row([table], |row| row.get(0))? {
            tables.push(table);
        }
    }
    Ok(tables)
}

/// How many rows of a table do not match their seal.
pub(super) fn broken_seals(db: &Connection, table: &str) -> rusqlite::Result<i64> {
    let columns = columns(db, table)?.join(", ");
    let sql = format!("SELECT count(*) FROM {table} WHERE seal IS NOT spinepace_seal({columns})");
    db.query_row(&sql, [], |row| row.get(0))
}

/// Makes the seal known to a connection: the first eight bytes of the SHA-256 of the values, each with its kind and
/// length.
pub(super) fn teach(db: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function("spinepace_seal", -1, flags, |values| {
        let mut hash = Sha256::new();
        for index in 0..values.len() {
            match values.get_raw(index) {
                ValueRef::Null => hash.update([0]),
                ValueRef::Integer(value) => {
                    hash.update([1]);
                    hash.update(value.to_le_bytes());
                }
                ValueRef::Real(value) => {
                    hash.update([2]);
                    hash.update(value.to_bits().to_le_bytes());
                }
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                    hash.update([3]);
                    hash.update((bytes.len() as u64).to_le_bytes());
                    hash.update(bytes);
                }
            }
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hash.finalize()[..8]);
        Ok(i64::from_le_bytes(first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(formats: &[usize]) -> Connection {
        let mut db = Connection::open_in_memory().expect("a database");
        teach(&db).expect("taught");
        for format in formats {
            let from = version(&db).expect("a format");
            migrate(&mut db, from, &STEPS[..*format]).expect("migrated");
        }
        db
    }

    #[test]
    fn a_library_of_any_format_is_as_its_steps_make_it_also_copied() {
        let folder = tempfile::tempdir().expect("a folder");
        for formats in [&[1][..], &[2], &[3], &[1, 2], &[1, 3], &[2, 3], &[1, 2, 3]] {
            let db = made(formats);
            assert_eq!(strange(&db).expect("compared"), Vec::<String>::new(), "{formats:?}");
            let copy = folder.path().join(format!("{formats:?}"));
            db.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).expect("copied");
            let copy = Connection::open(copy).expect("a copy");
            assert_eq!(strange(&copy).expect("compared"), Vec::<String>::new(), "copy of {formats:?}");
        }
    }

    #[test]
    fn another_letter_in_the_schema_is_told() {
        for (from, to, part) in [
            ("BETWEEN 0 AND 10", "BETWEEN 0 AND 18", "table pain"),
            ("NEW.text", "NEW.name", "trigger note_seal"),
            ("is only added to", "is only edded to", "trigger record_stays"),
            ("(person_id, day)", "(person_id,  day)", "index run_person"),
        ] {
            let db = made(&[3]);
            let changed = format!(
                "PRAGMA writable_schema = ON;
                 UPDATE sqlite_schema SET sql = replace(sql, '{from}', '{to}');
                 PRAGMA writable_schema = OFF;"
            );
            db.execute_batch(&changed).expect("changed");
            let told = strange(&db).expect("compared");
            assert!(told.iter().any(|line| line.contains(part)), "{part}: {told:?}");
        }
    }
}
