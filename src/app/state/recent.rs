//! What was opened before: the latest files and folders, and the runs that were open last.

use std::path::{self, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::state::{
    run::{OpenRun, Origin},
    runs::Runs,
};

/// So many files and folders are remembered.
const MOST: usize = 10;

/// A file, folder or archive that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentItem {
    /// Where it is.
    pub path: PathBuf,
    /// The run's name, or that of the folder or archive.
    pub name: String,
    /// The day of the run, "Sat 14 Nov 2026"; empty for several.
    pub date: String,
    /// How many runs it held.
    pub runs: usize,
    /// Whether it was gone when it was last looked for.
    #[serde(skip)]
    pub is_missing: bool,
}

impl RecentItem {
    /// "Sat 14 Nov 2026", "12 runs".
    pub fn about(&self) -> String {
        match (self.date.is_empty(), self.runs) {
            (false, _) => self.date.clone(),
            (true, 1) => "1 run".to_owned(),
            (true, runs) => format!("{runs} runs"),
        }
    }

    /// The folder that it lies in.
    pub fn place(&self) -> String {
        self.path.parent().map_or_else(String::new, |folder| folder.display().to_string())
    }
}

/// The runs that were open at one time, samples excepted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Session {
    /// The files that they are in.
    pub files: Vec<PathBuf>,
    /// The file of the one on show.
    pub on_show: Option<PathBuf>,
}

impl Session {
    /// Those that are open now.
    pub fn of(runs: &Runs) -> Self {
        let mut files: Vec<PathBuf> =
            runs.entries.iter().filter_map(|entry| file_of(&entry.run.origin)).collect();
        // The runs of one archive need not be neighbours.
        let mut known = std::collections::HashSet::new();
        files.retain(|file| known.insert(file.clone()));
        Self { files, on_show: runs.entry().and_then(|entry| file_of(&entry.run.origin)) }
    }

    /// The files in the order in which they are to be opened: the one on show first.
    pub fn to_open(&self) -> Vec<PathBuf> {
        let others = self.files.iter().filter(|file| Some(*file) != self.on_show.as_ref());
        self.on_show.iter().chain(others).cloned().collect()
    }
}

/// What was opened before, as far as it is remembered.
#[derive(Debug, Default)]
pub struct Recent {
    /// The latest first.
    pub items: Vec<RecentItem>,
    /// The runs that were open when the window was last closed.
    pub last_session: Session,
    /// Whether something was opened that is not kept yet.
    pub is_news: bool,
    /// What was asked for and is being read, with the runs that came of it.
    asked: Vec<(PathBuf, usize)>,
}

impl Recent {
    /// What was remembered.
    pub fn of(items: Vec<RecentItem>, last_session: Session) -> Self {
        Self { items, last_session, ..Self::default() }
    }

    /// These files and folders were asked for: they are remembered as soon as a run comes of them.
    pub fn ask(&mut self, paths: Vec<PathBuf>) {
        self.asked.extend(paths.into_iter().map(|path| (path, 0)));
    }

    /// All that was asked for has been read.
    pub fn asked_no_more(&mut self) {
        self.asked.clear();
    }

    /// Remembers what a run was opened from, where that was asked for.
    pub fn note(&mut self, run: &OpenRun) {
        let Origin::File(label) = &run.origin else { return };
        let Some((path, count)) = self.asked.iter_mut().find(|(path, _)| holds(path, label)) else { return };
        *count += 1;
        let alone = path.display().to_string() == *label;
        let item = RecentItem {
            name: match (alone, path.file_name()) {
                (false, Some(name)) => name.to_string_lossy().into_owned(),
                _ => run.name().to_owned(),
            },
            date: if alone { run.date() } else { String::new() },
            runs: *count,
            path: absolute(path),
            is_missing: false,
        };
        self.put(item);
        self.is_news = true;
    }

    /// Puts one before all others.
    pub fn put(&mut self, item: RecentItem) {
        self.items.retain(|other| other.path != item.path);
        self.items.insert(0, item);
        self.items.truncate(MOST);
    }

    /// Learns which of them are gone.
    pub fn learn_missing(&mut self, missing: &[PathBuf]) {
        for item in &mut self.items {
            item.is_missing = missing.contains(&item.path);
        }
    }

    /// Forgets all of it.
    pub fn forget(&mut self) {
        *self = Self { asked: std::mem::take(&mut self.asked), ..Self::default() };
    }
}

/// Whether a path is what a run of this label was read from, or holds it.
fn holds(path: &Path, label: &str) -> bool {
    let path = path.display().to_string();
    label
        .strip_prefix(path.trim_end_matches(['/', '\\']))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '\\']) || rest.starts_with(": "))
}

/// The file that a run is in, or the archive.
fn file_of(origin: &Origin) -> Option<PathBuf> {
    let Origin::File(label) = origin else { return None };
    let archive = label.to_lowercase().find(".zip: ").and_then(|at| label.get(..at + ".zip".len()));
    Some(absolute(Path::new(archive.unwrap_or(label))))
}

/// The same from wherever the program is started next.
fn absolute(path: &Path) -> PathBuf {
    path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_found_by_the_file_folder_or_archive_that_holds_it() {
        for (path, label) in [
            ("/runs/a.gpx", "/runs/a.gpx"),
            ("/runs", "/runs/2026/a.gpx"),
            ("/runs/", "/runs/a.gpx"),
            ("/runs/all.zip", "/runs/all.zip: a.gpx"),
        ] {
            assert!(holds(Path::new(path), label), "{path} {label}");
        }
        assert!(!holds(Path::new("/runs"), "/runs2/a.gpx"));
        let file = |label: &str| file_of(&Origin::File(label.to_owned()));
        assert_eq!(file("/runs/All.ZIP: a: b.gpx"), Some(PathBuf::from("/runs/All.ZIP")));
        assert_eq!(file("/runs/a.gpx"), Some(PathBuf::from("/runs/a.gpx")));
        assert_eq!(file_of(&Origin::Sample("a")), None);
    }

    #[test]
    fn a_session_opens_the_run_on_show_first() {
        let [a, b, c] = ["/a", "/b", "/c"].map(PathBuf::from);
        let session = Session { files: vec![a.clone(), b.clone(), c.clone()], on_show: Some(b.clone()) };
        assert_eq!(session.to_open(), [b, a, c]);
    }
}
