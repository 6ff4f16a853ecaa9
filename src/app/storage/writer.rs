//! Writing on a thread of its own, one thing after the other.

use std::{
    fs::{self, File},
    io,
    path::Path,
    sync::mpsc::{Receiver, Sender, channel},
    thread::{self, JoinHandle},
};

/// A thread that writes what it is sent, and has written all when this is dropped.
#[derive(Debug)]
pub struct Writer<T> {
    work: Option<Sender<T>>,
    problems: Receiver<String>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Writer<T> {
    /// One that writes like this, and wakes the window where that failed.
    pub fn start(ctx: egui::Context, write: impl Fn(T) -> Result<(), String> + Send + 'static) -> Self {
        let (work, changes) = channel::<T>();
        let (sender, problems) = channel();
        let thread = thread::spawn(move || {
            for change in changes {
                if let Err(why) = write(change) {
                    // The window may be gone; then nobody can be told.
                    let _ = sender.send(why);
                    ctx.request_repaint();
                }
            }
        });
        Self { work: Some(work), problems, thread: Some(thread) }
    }

    /// Has this written.
    pub fn send(&self, change: T) {
        if let Some(work) = &self.work {
            // Fails only after a defect over there; the next start then shows what was kept before.
            let _ = work.send(change);
        }
    }

    /// What went wrong since the last call.
    pub fn problem(&self) -> Option<String> {
        self.problems.try_recv().ok()
    }
}

impl<T> Drop for Writer<T> {
    fn drop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take() {
            // A defect there lost the last change; the program ends all the same.
            let _ = thread.join();
        }
    }
}

/// Makes the folder, and keeps other windows from writing there until the file is closed. Where there are no locks,
/// windows take their chance.
pub fn alone_in(folder: &Path, lock: &str) -> Result<File, String> {
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(failed)?;
    let alone = File::create(folder.join(lock)).map_err(failed)?;
    let _ = alone.lock();
    Ok(alone)
}

/// Removes these files of a folder, those that are there; says which could not be.
pub fn remove(folder: &Path, files: &[&str]) -> Result<(), String> {
    for path in files.iter().map(|file| folder.join(file)) {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(format!("{} could not be removed: {error}", path.display()));
            }
            _ => {}
        }
    }
    Ok(())
}
