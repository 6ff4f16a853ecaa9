//! All work of the library, on one thread of its own: the window asks, and hears what became of it. The thread holds
//! the library open, and closes it with a backup when the window goes.

mod desk;
mod held;

use std::{path::PathBuf, sync::Arc};

use crate::{
    app::state::{
        library::{Holding, Importing},
        person::PersonPage,
        run::KeptSource,
    },
    library::{Contents, Erasure, PersonId, Receipt, RunId, Verified},
    render::report::Period,
};

pub use desk::LibraryDesk;

/// What became of something that was asked for.
#[derive(Debug)]
pub enum Done {
    /// It was done, and is seen.
    Plainly,
    /// It was done: what it is about, and what is said of it.
    Said(&'static str, String),
    /// The last import was taken back: so many runs are in the bin.
    ImportTakenBack(usize),
    /// A person was entered, or is to be looked at.
    Person(PersonId),
    /// A copy of the library, to be saved.
    Copy(Vec<u8>),
    /// A person was deleted for good.
    Erased(Box<Erasure>),
    /// The library was checked.
    Verified(Verified),
    /// A backup was looked into.
    Holds(PathBuf, Box<Contents>),
    /// A person's weeks, for the page.
    Period(Box<Period>),
}

/// What the window hears.
#[derive(Debug)]
pub enum Answer {
    /// What the library holds now; `None` where none is open.
    Holding(Option<Arc<Holding>>),
    /// There is one that waits for its passcode.
    Locked,
    /// The page of the person who is looked at.
    Page(Arc<PersonPage>),
    /// How far an import is.
    Importing(Importing),
    /// Files of what is watched that hold runs which are not kept yet.
    Found(Vec<PathBuf>),
    /// What became of an import, whose name it was for, and which open files are which runs now.
    Imported(Box<Receipt>, String),
    /// These open files are these runs.
    KeptAs(Vec<(String, RunId)>),
    /// A run as it is kept.
    Opened(Box<KeptSource>),
    /// Something was done.
    Done(Done),
    /// Something was not: what it is about, and why.
    Failed(&'static str, String),
    /// A piece of work has ended.
    Ended,
}
