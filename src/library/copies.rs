//! The list of the library's own backups.

use std::{fs, path::PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Serialize;

use super::{Place, written};

/// How a backup's name says when it was made, UTC.
pub(super) const NAME: &str = "%Y-%m-%d %H%M%S";
/// How it ends.
pub(super) const ENDING: &str = "spinepace.db";

/// A backup among the library's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made.
    #[serde(serialize_with = "written::moment")]
    pub made: DateTime<Utc>,
    /// Bytes.
    pub size: u64,
}

/// The library's own backups, newest first.
pub fn backups(place: &Place) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(place.backups()) else { return Vec::new() };
    let mut found: Vec<Backup> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let made = name.strip_suffix(ENDING)?.trim_end_matches('.');
            let made = NaiveDateTime::parse_from_str(made.get(..17)?, NAME).ok()?.and_utc();
            Some(Backup { path: entry.path(), made, size: entry.metadata().ok()?.len() })
        })
        .collect();
    found.sort_by(|a, b| b.made.cmp(&a.made).then(b.path.cmp(&a.path)));
    found
}

/// The newest of them.
pub(super) fn newest(place: &Place) -> Option<PathBuf> {
    backups(place).into_iter().next().map(|backup| backup.path)
}
