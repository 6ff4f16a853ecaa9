//! Cuts kept from one start to the next: in a file among the program's own data, never beside or in the
//! recording. They are found again by what tells recordings apart, wherever the file is by then.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    app::storage::writer::{Writer, alone_in, remove},
    export,
    recording::{Edits, Fingerprint},
};

const FILE: &str = "cuts.json";
/// Where a file that cannot be understood is moved to: it may still help a person.
const UNREADABLE: &str = "cuts unreadable.json";
/// Held by the window that writes.
const LOCK: &str = "cuts.lock";
/// Runs whose cuts are kept; those cut longest ago are forgotten.
const MOST_RUNS: usize = 2_000;
/// A larger file was not written by this program.
const MOST_BYTES: u64 = 4 << 20;

/// What was cut from one recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct KeptCuts {
    recording: Fingerprint,
    edits: Edits,
}

/// What was cut from which recording, in the order of the last changes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Store {
    runs: Vec<KeptCuts>,
}

impl Store {
    fn of(&self, recording: &Fingerprint) -> Option<&KeptCuts> {
        self.runs.iter().rev().find(|kept| kept.recording.is_same(recording))
    }

    /// Puts these cuts in the place of what was kept of the recording.
    fn put(&mut self, kept: KeptCuts) {
        self.runs.retain(|other| !other.recording.is_same(&kept.recording));
        if !kept.edits.is_empty() {
            self.runs.push(kept);
        }
        self.runs.drain(..self.runs.len().saturating_sub(MOST_RUNS));
    }

    /// Reads what is kept in a folder. What cannot be understood is put aside, so that it is not written over.
    fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join(FILE);
        let Ok(about) = fs::metadata(&path) else { return Ok(Self::default()) };
        let read = if about.len() > MOST_BYTES {
            Err("too large".to_owned())
        } else {
            fs::read_to_string(&path).map_err(|error| error.to_string())
        };
        let understood = read.and_then(|text| serde_json::from_str(&text).map_err(|error| error.to_string()));
        understood.map_err(|why| {
            let aside = folder.join(UNREADABLE);
            let moved = match fs::rename(&path, &aside) {
                Ok(()) => format!("the file is now {}", aside.display()),
                Err(error) => format!("{} could not be put aside: {error}", path.display()),
            };
            format!("cannot be read ({why}); {moved}. Runs open whole and can be cut again")
        })
    }

    fn write(&self, folder: &Path) -> Result<(), String> {
        let text = serde_json::to_string(self).map_err(|error| error.to_string())?;
        export::write_whole(&folder.join(FILE), |out| out.write_all(text.as_bytes()))
            .map_err(|error| format!("{} {error}", folder.join(FILE).display()))?;
        Ok(())
    }
}

/// Puts cuts into what a folder has now: another window may have kept cuts of other runs meanwhile.
fn put(folder: &Path, kept: KeptCuts) -> Result<(), String> {
    let _alone = alone_in(folder, LOCK)?;
    let mut store = Store::read(folder).unwrap_or_default();
    store.put(kept);
    store.write(folder)
}

/// The cuts of all recordings.
#[derive(Debug, Default)]
pub struct Cuts {
    folder: Option<PathBuf>,
    store: Option<Store>,
    writer: Option<Writer<KeptCuts>>,
    problem: Option<String>,
}

impl Cuts {
    /// Kept in a folder; without one, until the window is closed.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    /// What was cut from a recording; nothing where nothing was.
    pub fn of(&mut self, recording: &Fingerprint) -> Edits {
        self.store().of(recording).map(|kept| kept.edits.clone()).unwrap_or_default()
    }

    /// Keeps the cuts of a recording.
    pub fn keep(&mut self, ctx: &egui::Context, recording: Fingerprint, edits: Edits) {
        let kept = KeptCuts { recording, edits };
        self.store().put(kept.clone());
        let Some(folder) = &self.folder else { return };
        let folder = folder.clone();
        let start = || Writer::start(ctx.clone(), move |kept| put(&folder, kept));
        self.writer.get_or_insert_with(start).send(kept);
    }

    /// Removes what is kept, and keeps nothing from now on.
    pub fn end(&mut self) -> Result<(), String> {
        // What is still to be written is written first.
        let folder = std::mem::take(self).folder;
        folder.map_or(Ok(()), |folder| remove(&folder, &[FILE, UNREADABLE, LOCK]))
    }

    /// What went wrong since the last call.
    pub fn problem(&mut self) -> Option<String> {
        let written = self.writer.as_ref().and_then(Writer::problem);
        self.problem.take().or_else(|| written.map(|why| format!("could not be kept: {why}")))
    }

    /// Read when it is first needed: a start without runs does without.
    fn store(&mut self) -> &mut Store {
        let (folder, problem) = (&self.folder, &mut self.problem);
        self.store.get_or_insert_with(|| {
            let read = folder.as_deref().map_or_else(|| Ok(Store::default()), Store::read);
            read.unwrap_or_else(|why| {
                *problem = Some(why);
                Store::default()
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn recordings() -> [Fingerprint; 2] {
        [0, 1].map(|k| Fingerprint::of(&samples::ALL[k].recording().expect("a sample")))
    }

    fn cuts(folder: &Path) -> Cuts {
        Cuts::new(Some(folder.to_owned()))
    }

    #[test]
    fn cuts_are_there_at_the_next_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("new");
        let ctx = egui::Context::default();
        let [first, second] = recordings();
        let edits = Edits::default().trimmed_to([1.0, 1_000.123_456_789]).ignoring([7.0, 8.0]);
        let mut now = cuts(&folder);
        assert!(now.of(&first).is_empty());
        now.keep(&ctx, first, edits.clone());
        // Another window, at the same time.
        let mut other = cuts(&folder);
        other.keep(&ctx, second, Edits::default().ignoring([1.0, 2.0]));
        drop((now, other));
        let mut next = cuts(&folder);
        assert_eq!((next.of(&first), next.of(&second).count(), next.problem()), (edits, 1, None));
        next.keep(&ctx, first, Edits::default());
        drop(next);
        assert!(cuts(&folder).of(&first).is_empty(), "what was taken back is not kept");
        assert_eq!(cuts(&folder).of(&second).count(), 1);
    }

    #[test]
    fn a_broken_file_is_told_once_and_put_aside() {
        for broken in [&b"{\"runs\": [{"[..], b"\xff\xfe\0", b"", &vec![b' '; MOST_BYTES as usize + 1]] {
            let folder = tempfile::tempdir().expect("a folder");
            fs::write(folder.path().join(FILE), broken).expect("written");
            let ctx = egui::Context::default();
            let [first, _] = recordings();
            let mut now = cuts(folder.path());
            assert!(now.of(&first).is_empty());
            let said = now.problem().expect("a notice");
            assert!(said.contains("cannot be read") && said.contains(UNREADABLE), "{said}");
            now.keep(&ctx, first, Edits::default().ignoring([1.0, 2.0]));
            assert_eq!((now.of(&first).count(), now.problem()), (1, None));
            drop(now);
            assert_eq!(cuts(folder.path()).of(&first).count(), 1);
            assert_eq!(fs::read(folder.path().join(UNREADABLE)).expect("put aside"), broken);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, b"").expect("written");
        let mut now = cuts(&file.join("below"));
        now.keep(&egui::Context::default(), recordings()[0], Edits::default().ignoring([1.0, 2.0]));
        let until = std::time::Instant::now() + std::time::Duration::from_mins(1);
        let said = loop {
            match now.problem() {
                Some(said) => break said,
                None => assert!(std::time::Instant::now() < until, "nothing is said"),
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        };
        assert!(said.starts_with("could not be kept"), "{said}");
    }

    #[test]
    fn the_file_does_not_grow_for_ever() {
        let [first, _] = recordings();
        let text = serde_json::to_value(first).expect("json");
        let mut store = Store::default();
        for k in 0..MOST_RUNS + 10 {
            let mut other = text.clone();
            other["start_s"] = (k as f64 * 1e5).into();
            let recording = serde_json::from_value(other).expect("a fingerprint");
            store.put(KeptCuts { recording, edits: Edits::default().ignoring([1.0, 2.0]) });
        }
        assert_eq!(store.runs.len(), MOST_RUNS);
        let bytes = serde_json::to_string(&store).expect("json").len() as u64;
        assert!(bytes < MOST_BYTES / 4, "{bytes}");
    }
}
