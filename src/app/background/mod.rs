//! What threads do, so that the window never waits.

pub mod desktop;
pub mod library;
pub mod loader;
pub mod outside;
pub mod picture;
mod refresh;
pub mod tables;
mod viewer;
pub mod watching;
pub mod worker;

use std::{
    any::Any,
    path::PathBuf,
    sync::{
        Arc, Weak,
        mpsc::{Receiver, TryRecvError},
    },
};

use crate::app::state::{path_field::PathFor, run::OpenRun, work::Work};

use desktop::DesktopMotion;
use library::LibraryDesk;
use loader::Loader;
use outside::Outside;
use watching::Watching;
use worker::Worker;

/// The threads, as the window sees them.
#[derive(Debug)]
pub struct Background {
    /// Reads runs.
    pub loader: Loader,
    /// Computes what is shown of long runs.
    pub worker: Worker,
    /// Saves, prints and copies.
    pub outside: Outside,
    /// Keeps runs, people, doses and notes.
    pub library: LibraryDesk,
    /// Looks for new runs where the library says.
    pub watching: Option<Watching>,
    /// The desktop's dialog for files or a folder, while it is open; it answers `None` where the desktop has none.
    pub chooser: Option<(PathFor, Receiver<Option<Vec<PathBuf>>>)>,
    /// The window, to be woken.
    pub ctx: egui::Context,
    /// Asks whether the desktop's user wants little motion.
    pub desktop_motion: DesktopMotion,
    /// Runs that a defect was met in: they are not computed again.
    set_aside: Vec<Weak<OpenRun>>,
}

impl Background {
    /// With this loader and library, waking this context.
    pub fn with(loader: Loader, library: LibraryDesk, ctx: &egui::Context) -> Self {
        loader.wake(ctx);
        Self {
            loader,
            library,
            watching: None,
            worker: Worker::new(ctx.clone()),
            outside: Outside::default(),
            chooser: None,
            ctx: ctx.clone(),
            desktop_motion: DesktopMotion::default(),
            set_aside: Vec::new(),
        }
    }

    /// What is under way now.
    pub fn work(&mut self) -> Work {
        Work {
            reading: self.loader.progress(),
            computing: self.worker.is_busy(),
            desktop_reduces_motion: self.desktop_motion.reduced(),
        }
    }

    /// What was chosen in the desktop's dialog, and for what; no paths where the window has to ask itself.
    pub fn chosen(&mut self) -> Option<(PathFor, Option<Vec<PathBuf>>)> {
        let (what_for, answer) = self.chooser.as_ref()?;
        let (what_for, answer) = (*what_for, answer.try_recv());
        if answer != Err(TryRecvError::Empty) {
            self.chooser = None;
        }
        answer.ok().map(|paths| (what_for, paths))
    }

    /// Lets go of something large where nobody waits for that.
    pub fn let_go<T: Any + Send + Sync>(&self, of: T) {
        self.worker.let_go(Arc::new(of));
    }

    fn set_aside(&mut self, run: &Arc<OpenRun>) {
        self.set_aside.retain(|it| it.strong_count() > 0);
        self.set_aside.push(Arc::downgrade(run));
    }

    fn is_set_aside(&self, run: &Arc<OpenRun>) -> bool {
        self.set_aside.iter().any(|it| Weak::as_ptr(it) == Arc::as_ptr(run))
    }
}
