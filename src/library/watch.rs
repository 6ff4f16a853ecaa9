//! A folder that is watched, and the watches that are plugged in: files that are new there are told once their size
//! has settled. It asks the disk every few seconds; no notice of the system reaches every kind of drive.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::recording::Source;

use super::{Library, LibraryError, original};

/// Folders deeper than this hold no runs.
const DEEPEST: usize = 8;
/// Endings of files that are told.
const ENDINGS: [&str; 5] = ["gpx", "tcx", "fit", "gz", "zip"];
/// Where a watch that shows itself as a drive keeps its runs.
const ON_WATCHES: [[&str; 2]; 2] = [["garmin", "activity"], ["garmin", "activities"]];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    size: u64,
    modified: Option<SystemTime>,
    told: bool,
}

/// What is watched.
#[derive(Debug, Default)]
pub struct Watch {
    folders: Vec<PathBuf>,
    /// Folders in which drives appear; none where plugged-in watches are not asked for.
    drives: Vec<PathBuf>,
    seen: HashMap<PathBuf, State>,
}

impl Watch {
    /// Watches these folders, with the folders in them.
    pub fn folders(folders: Vec<PathBuf>) -> Self {
        Self { folders, ..Self::default() }
    }

    /// Watches every watch that is plugged in, too: its folder of activities, on any drive that appears.
    #[must_use]
    pub fn and_plugged_in(self) -> Self {
        self.and_drives_in(drive_folders())
    }

    /// The same, where drives appear in these folders.
    #[must_use]
    pub fn and_drives_in(mut self, drives: Vec<PathBuf>) -> Self {
        self.drives = drives;
        self
    }

    /// Takes what is there now as told.
    pub fn skip_present(&mut self) {
        for (path, state) in self.present() {
            self.seen.insert(path, State { told: true, ..state });
        }
    }

    /// Looks once. The files that are new, or changed, since they were told last, and as large and as old as at the
    /// last look; in the order of their names. Call it every few seconds.
    pub fn look(&mut self) -> Vec<PathBuf> {
        let present = self.present();
        let mut settled = Vec::new();
        let mut seen = HashMap::with_capacity(present.len());
        for (path, mut state) in present {
            let before = self.seen.get(&path);
            let same = before.filter(|it| (it.size, it.modified) == (state.size, state.modified));
            state.told = same.is_some_and(|it| it.told);
            if same.is_some() && !state.told && state.size > 0 {
                state.told = true;
                settled.push(path.clone());
            }
            seen.insert(path, state);
        }
        // What is gone is new when it comes back: the same watch, plugged in again.
        self.seen = seen;
        settled.sort();
        settled
    }

    /// Tells these files again at the next look: they could not be kept yet.
    pub fn tell_again(&mut self, files: &[PathBuf]) {
        for file in files {
            if let Some(state) = self.seen.get_mut(file) {
                state.told = false;
            }
        }
    }

    fn present(&self) -> HashMap<PathBuf, State> {
        let mut found = HashMap::new();
        for folder in self.folders.iter().cloned().chain(activity_folders(&self.drives)) {
            collect(&folder, 0, &mut found);
        }
        found
    }
}

impl Library {
    /// Those of the sources whose content it does not have, not even in its bin. What cannot be read is among them.
    pub fn not_kept(&self, sources: Vec<Source>) -> Result<Vec<Source>, LibraryError> {
        let mut known = self.db.prepare("SELECT count(*) > 0 FROM run WHERE sha256 = ?1")?;
        let mut new = Vec::new();
        for source in sources {
            let is_known = match source.bytes() {
                Ok(bytes) => known.query_row([original::hash(&bytes).as_slice()], |row| row.get(0))?,
                Err(_) => false,
            };
            if !is_known {
                new.push(source);
            }
        }
        Ok(new)
    }
}

fn collect(folder: &Path, depth: usize, found: &mut HashMap<PathBuf, State>) {
    // A folder that is not there, or not any more, holds nothing.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        let Ok(about) = fs::metadata(&path) else { continue };
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if about.is_dir() && depth < DEEPEST && !hidden {
            collect(&path, depth + 1, found);
        } else if about.is_file() && !hidden && is_run(&path) {
            let state = State { size: about.len(), modified: about.modified().ok(), told: false };
            found.insert(path, state);
        }
    }
}

fn is_run(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|it| ending.eq_ignore_ascii_case(it)))
}

/// The folders of activities on these drives, or on the drives in them, or one folder below: systems differ.
fn activity_folders(drives: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut places = drives.to_vec();
    for _ in 0..3 {
        found.extend(
            places.iter().flat_map(|place| ON_WATCHES.iter().filter_map(|names| named(place, names))),
        );
        places = places.iter().flat_map(|place| folders_in(place)).collect();
    }
    found.sort();
    found.dedup();
    found
}

/// The folder of these names, one in the other; drives of watches know no small letters, and some systems do.
fn named(within: &Path, names: &[&str]) -> Option<PathBuf> {
    let Some((first, rest)) = names.split_first() else { return Some(within.to_owned()) };
    let is_it = |path: &PathBuf| path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(first));
    named(&folders_in(within).into_iter().find(is_it)?, rest)
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// Where this system shows the drives that are plugged in.
fn drive_folders() -> Vec<PathBuf> {
    if cfg!(target_os = "macos") {
        return vec![PathBuf::from("/Volumes")];
    }
    if cfg!(windows) {
        // C is the computer's own.
        return ('D'..='Z').map(|letter| PathBuf::from(format!("{letter}:\\"))).collect();
    }
    ["/media", "/run/media", "/mnt"].map(PathBuf::from).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_once_when_it_has_settled_and_again_when_it_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a/run.GPX");
        fs::create_dir(folder.path().join("a")).expect("a folder");
        let mut watch = Watch::folders(vec![folder.path().to_owned()]);
        fs::write(folder.path().join("old.fit"), "x").expect("a file");
        watch.skip_present();
        assert_eq!(watch.look(), Vec::<PathBuf>::new(), "what was there before");
        for size in 1..4 {
            fs::write(&file, "x".repeat(size)).expect("written");
            fs::write(folder.path().join("notes.txt"), "x").expect("written");
            assert_eq!(watch.look(), Vec::<PathBuf>::new(), "it still grows");
        }
        assert_eq!(watch.look(), std::slice::from_ref(&file));
        assert_eq!(watch.look(), Vec::<PathBuf>::new(), "once");
        watch.tell_again(std::slice::from_ref(&file));
        assert_eq!(watch.look(), std::slice::from_ref(&file));
        fs::write(&file, "another").expect("written");
        assert_eq!((watch.look(), watch.look()), (Vec::new(), vec![file]));
    }

    #[test]
    fn a_watch_that_is_plugged_in_is_found_and_again_when_it_comes_back() {
        let media = tempfile::tempdir().expect("a folder");
        let drive = media.path().join("anna/GARMIN");
        let activities = drive.join("Garmin/ACTIVITY");
        let mut watch = Watch::default().and_drives_in(vec![media.path().to_owned()]);
        assert_eq!(watch.look(), Vec::<PathBuf>::new());
        let plug_in = || {
            fs::create_dir_all(&activities).expect("folders");
            fs::write(activities.join("C1.FIT"), "x").expect("a file");
            fs::write(drive.join("Garmin/Device.fit"), "x").expect("a file");
        };
        for _ in 0..2 {
            plug_in();
            assert_eq!((watch.look(), watch.look()), (Vec::new(), vec![activities.join("C1.FIT")]));
            fs::remove_dir_all(&drive).expect("pulled out");
            assert_eq!(watch.look(), Vec::<PathBuf>::new());
        }
    }
}
