//! Looks every few seconds what is new in a folder and on plugged-in watches, on a thread of its own. The window is woken
//! only where there is something.

use std::{
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use crate::library::{Watch, Watched};

/// From one look to the next; a file counts once it stayed the same in between.
const EVERY: Duration = Duration::from_secs(2);

/// The thread, as the window sees it. It ends when this goes.
#[derive(Debug)]
pub struct Watching {
    /// What is watched.
    pub of: Watched,
    found: Receiver<Vec<PathBuf>>,
    _end: Sender<()>,
}

impl Watching {
    /// Begins to look.
    pub fn begin(of: Watched, ctx: &egui::Context) -> Self {
        let (tell, found) = channel();
        let (end, ended) = channel();
        let mut watch = Watch::folders(of.folder.iter().cloned().collect());
        if of.plugged_in {
            watch = watch.and_plugged_in();
        }
        let ctx = ctx.clone();
        thread::spawn(move || {
            loop {
                let files = watch.look();
                if !files.is_empty() {
                    if tell.send(files).is_err() {
                        return;
                    }
                    ctx.request_repaint();
                }
                if ended.recv_timeout(EVERY) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        });
        Self { of, found, _end: end }
    }

    /// Files that settled since the last call.
    pub fn found(&self) -> Vec<PathBuf> {
        self.found.try_iter().flatten().collect()
    }
}
