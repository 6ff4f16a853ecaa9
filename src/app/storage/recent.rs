//! What was opened before, in a file beside the cuts. It is a convenience: where it cannot be read, it begins anew.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
    thread,
};

use serde::{Deserialize, Serialize};

use crate::{
    app::{
        state::recent::{Recent, RecentItem, Session},
        storage::writer::{Writer, alone_in, remove},
    },
    export,
};

const FILE: &str = "recent.json";
/// Held by the window that writes.
const LOCK: &str = "recent.lock";
/// A larger file was not written by this program.
const MOST_BYTES: u64 = 16 << 20;

/// The file's content.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct KeptRecent {
    items: Vec<RecentItem>,
    session: Session,
}

impl KeptRecent {
    fn read(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let about = fs::metadata(&path).ok().filter(|about| about.len() <= MOST_BYTES);
        let text = about.and_then(|_| fs::read_to_string(&path).ok());
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    fn write(&self, folder: &Path) -> Result<(), String> {
        let path = folder.join(FILE);
        let text = serde_json::to_string(self).map_err(|error| error.to_string())?;
        export::write_whole(&path, |out| out.write_all(text.as_bytes()))
            .map_err(|error| format!("{} {error}", path.display()))?;
        Ok(())
    }
}

/// Something to be remembered.
#[derive(Debug)]
enum Change {
    /// What was opened, the latest first.
    Opened(Vec<RecentItem>),
    /// The runs that are open.
    Session(Session),
    /// Nothing any more.
    Forget,
}

/// Puts a change into what the folder has now: another window may have opened something meanwhile.
fn put(folder: &Path, change: Change) -> Result<(), String> {
    let _alone = alone_in(folder, LOCK)?;
    let mut kept = KeptRecent::read(folder);
    match change {
        Change::Opened(items) => {
            let mut recent = Recent::of(kept.items, Session::default());
            items.into_iter().rev().for_each(|item| recent.put(item));
            kept.items = recent.items;
        }
        Change::Session(session) => kept.session = session,
        Change::Forget => kept = KeptRecent::default(),
    }
    kept.write(folder)
}

/// The file, as the window sees it.
#[derive(Debug, Default)]
pub struct RecentFile {
    folder: Option<PathBuf>,
    writer: Option<Writer<Change>>,
    /// The session that this window wrote last; `None` until a file was open in it.
    session: Option<Session>,
    looking: Option<Receiver<Vec<PathBuf>>>,
}

impl RecentFile {
    /// In a folder; without one nothing outlasts the window.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, ..Self::default() }
    }

    /// What was remembered.
    pub fn read(&self) -> Recent {
        let kept = self.folder.as_deref().map(KeptRecent::read).unwrap_or_default();
        Recent::of(kept.items, kept.session)
    }

    /// Remembers what was opened.
    pub fn keep(&mut self, ctx: &egui::Context, items: &[RecentItem]) {
        self.send(ctx, Change::Opened(items.to_vec()));
    }

    /// Remembers which runs are open, where others were before. The last session stays until a file is open in this
    /// window.
    pub fn keep_session(&mut self, ctx: &egui::Context, session: Session) {
        let is_news = match &self.session {
            None => !session.files.is_empty(),
            Some(before) => *before != session,
        };
        if is_news {
            self.session = Some(session.clone());
            self.send(ctx, Change::Session(session));
        }
    }

    /// Forgets what was opened.
    pub fn forget(&mut self, ctx: &egui::Context) {
        self.send(ctx, Change::Forget);
    }

    /// Removes the file, and keeps nothing from now on.
    pub fn end(&mut self) -> Result<(), String> {
        // What is still to be written is written first.
        let folder = std::mem::take(self).folder;
        folder.map_or(Ok(()), |folder| remove(&folder, &[FILE, LOCK]))
    }

    fn send(&mut self, ctx: &egui::Context, change: Change) {
        let Some(folder) = self.folder.clone() else { return };
        let start = || Writer::start(ctx.clone(), move |change| put(&folder, change));
        self.writer.get_or_insert_with(start).send(change);
    }

    /// Looks on a thread which of them are gone: a disk that is asleep must not hold the window.
    pub fn look(&mut self, ctx: &egui::Context, items: &[RecentItem]) {
        let (sender, receiver) = channel();
        let paths: Vec<PathBuf> = items.iter().map(|item| item.path.clone()).collect();
        self.looking = Some(receiver);
        let ctx = ctx.clone();
        thread::spawn(move || {
            let missing: Vec<PathBuf> = paths.into_iter().filter(|path| !path.exists()).collect();
            // The window may be gone by then.
            let _ = sender.send(missing);
            ctx.request_repaint();
        });
    }

    /// Whether it is looking.
    pub fn is_looking(&self) -> bool {
        self.looking.is_some()
    }

    /// Those that were found to be gone since the last call.
    pub fn missing(&mut self) -> Option<Vec<PathBuf>> {
        let missing = self.looking.as_ref()?.try_recv().ok()?;
        self.looking = None;
        Some(missing)
    }

    /// What went wrong since the last call.
    pub fn problem(&mut self) -> Option<String> {
        self.writer.as_ref().and_then(Writer::problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str) -> RecentItem {
        RecentItem {
            path: PathBuf::from(format!("/{name}")),
            name: name.to_owned(),
            date: String::new(),
            runs: 1,
            is_missing: false,
        }
    }

    #[test]
    fn two_windows_remember_what_either_opened_and_a_broken_file_begins_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ctx, at) = (egui::Context::default(), Some(folder.path().join("new")));
        let (mut one, mut other) = (RecentFile::new(at.clone()), RecentFile::new(at.clone()));
        one.keep(&ctx, &[item("b"), item("a")]);
        drop(one);
        other.keep(&ctx, &[item("c")]);
        drop(other);
        let names = |recent: &Recent| -> String { recent.items.iter().map(|it| it.name.as_str()).collect() };
        assert_eq!(names(&RecentFile::new(at.clone()).read()), "cba");
        let file = folder.path().join("new").join(FILE);
        fs::write(&file, "{\"items\": [{").expect("written");
        assert_eq!(names(&RecentFile::new(at.clone()).read()), "");
        let mut next = RecentFile::new(at.clone());
        next.keep(&ctx, &[item("d")]);
        assert_eq!((next.end(), file.exists()), (Ok(()), false), "written before it is removed");
        next.keep(&ctx, &[item("e")]);
        drop(next);
        assert!(!file.exists(), "nothing is kept after the end");
    }

    #[test]
    fn the_last_session_stays_until_a_file_is_open_in_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ctx, at) = (egui::Context::default(), Some(folder.path().to_owned()));
        let session = |files: &[&str]| Session {
            files: files.iter().map(PathBuf::from).collect(),
            on_show: files.first().map(PathBuf::from),
        };
        let write = |sessions: &[&[&str]]| {
            let mut file = RecentFile::new(at.clone());
            for files in sessions {
                file.keep_session(&ctx, session(files));
            }
            drop(file);
            RecentFile::new(at.clone()).read().last_session
        };
        assert_eq!(write(&[&[], &["/a"], &["/a", "/b"]]), session(&["/a", "/b"]));
        assert_eq!(write(&[&[]]), session(&["/a", "/b"]));
        assert_eq!(write(&[&["/c"], &[]]), session(&[]), "all were closed");
    }
}
