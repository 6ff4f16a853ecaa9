//! What threads do, so that the window never waits.

pub mod desktop;
pub mod loader;
pub mod outside;
pub mod picture;
mod refresh;
pub mod tables;
pub mod worker;

use std::{
    any::Any,
    path::PathBuf,
    sync::{
        Arc, Weak,
        mpsc::{Receiver, TryRecvError},
    },
};

use crate::app::state::{path_field::PathFor, run::Run, work::Work};

use desktop::DesktopMotion;
use loader::Loader;
use outside::Outside;
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
    /// The desktop's dialog for files or a folder, while it is open; it answers `None` where the desktop has none.
    pub chooser: Option<(PathFor, Receiver<Option<Vec<PathBuf>>>)>,
    /// Asks whether the desktop's user wants little motion.
    pub desktop_motion: DesktopMotion,
    /// Runs that a defect was met in: they are not computed again.
    set_aside: Vec<Weak<Run>>,
}

impl Background {
    /// With this loader, waking this context.
    pub fn with(loader: Loader, ctx: &egui::Context) -> Self {
        loader.wake(ctx);
        Self {
            loader,
            worker: Worker::new(ctx.clone()),
            outside: Outside::default(),
            chooser: None,
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

    /// The files that were chosen in the desktop's dialog, or for what the window has to ask itself.
    pub fn chosen(&mut self) -> Result<Vec<PathBuf>, PathFor> {
        let Some((what_for, answer)) = &self.chooser else { return Ok(Vec::new()) };
        let (what_for, answer) = (*what_for, answer.try_recv());
        if answer != Err(TryRecvError::Empty) {
            self.chooser = None;
        }
        answer.map_or(Ok(Vec::new()), |paths| paths.ok_or(what_for))
    }

    /// Lets go of something large where nobody waits for that.
    pub fn let_go<T: Any + Send + Sync>(&self, of: T) {
        self.worker.let_go(Arc::new(of));
    }

    fn set_aside(&mut self, run: &Arc<Run>) {
        self.set_aside.retain(|it| it.strong_count() > 0);
        self.set_aside.push(Arc::downgrade(run));
    }

    fn is_set_aside(&self, run: &Arc<Run>) -> bool {
        self.set_aside.iter().any(|it| Weak::as_ptr(it) == Arc::as_ptr(run))
    }
}
