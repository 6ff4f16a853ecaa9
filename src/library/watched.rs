//! What the window watches for new runs, as the library remembers it from one start to the next, and which of the files
//! there were told already.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Library, LibraryError, PersonId};
use crate::recording;

/// Names of the settings.
const WATCHED: &str = "watched";
const TOLD: &str = "watched_told";

/// Where new runs are looked for, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Watched {
    /// This folder, with the folders in it.
    pub folder: Option<PathBuf>,
    /// Every watch that is plugged in.
    pub plugged_in: bool,
    /// Whose they are when they are added without a question; `None` where they are offered.
    pub adds_for: Option<PersonId>,
}

impl Watched {
    /// Whether anything is watched.
    pub fn any(&self) -> bool {
        self.folder.is_some() || self.plugged_in
    }
}

impl Library {
    /// What is watched.
    pub fn watched(&self) -> Result<Watched, LibraryError> {
        let text = self.setting(WATCHED)?;
        // What another version wrote and this one cannot read is not watched.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Watches this from now on; nothing, where nothing is named.
    pub fn watch(&mut self, watched: &Watched) -> Result<(), LibraryError> {
        self.takes_real()?;
        let text = serde_json::to_string(watched).map_err(|error| LibraryError::Bug(error.to_string()))?;
        self.remember(WATCHED, &text)
    }

    /// Those of these files that are to be told: they were not told before, and hold a run that is not kept.
    pub fn untold(&self, files: Vec<PathBuf>) -> Result<Vec<PathBuf>, LibraryError> {
        let told = self.told()?;
        let mut found = Vec::new();
        for file in files {
            if mark(&file).is_some_and(|mark| !told.contains(&mark))
                && !self.not_kept(recording::sources(std::slice::from_ref(&file)))?.is_empty()
            {
                found.push(file);
            }
        }
        Ok(found)
    }

    /// Nothing more is to be said of these files, unless they change.
    pub fn note_told(&mut self, files: &[PathBuf]) -> Result<(), LibraryError> {
        let mut told = self.told()?;
        told.extend(files.iter().filter_map(|file| mark(file)));
        let mut marks: Vec<String> = told.into_iter().collect();
        marks.sort_unstable();
        self.remember(TOLD, &marks.join("\n"))
    }

    fn told(&self) -> Result<HashSet<String>, LibraryError> {
        Ok(self.setting(TOLD)?.unwrap_or_default().lines().map(str::to_owned).collect())
    }

    fn setting(&self, name: &str) -> Result<Option<String>, LibraryError> {
        let found = self.db.query_row("SELECT value FROM setting WHERE name = ?1", [name], |row| row.get(0));
        Ok(found.optional()?)
    }

    fn remember(&mut self, name: &str, value: &str) -> Result<(), LibraryError> {
        self.may_write()?;
        self.db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)", (name, value))?;
        Ok(())
    }
}

/// Tells this state of a file from others, without a word that tells a person; `None` where it is gone.
fn mark(file: &Path) -> Option<String> {
    let about = fs::metadata(file).ok()?;
    let changed = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let changed_ns = changed.map_or(0, |at| at.as_nanos());
    let mut hash = Sha256::new();
    hash.update(file.as_os_str().as_encoded_bytes());
    hash.update(about.len().to_le_bytes());
    hash.update(changed_ns.to_le_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    Some(format!("{:016x}", u64::from_be_bytes(first)))
}
