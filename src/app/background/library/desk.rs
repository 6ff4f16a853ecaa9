//! The library's thread as the window sees it: each function is a piece of work that the thread does in its turn.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
};

use chrono::NaiveDate;

use crate::{
    app::{
        background::library::{
            Answer, Done,
            held::{Held, Work},
        },
        state::run::KeptSource,
    },
    library::{Library, LibraryError, PersonId, Place, RunId, Secret, look_into, restore, restore_with},
    recording::{self, Edits, Fingerprint, Source},
    units::counted,
};

/// The thread, as the window sees it.
#[derive(Debug)]
pub struct LibraryDesk {
    work: Sender<Work>,
    answers: Receiver<Answer>,
    waiting: usize,
    cancel: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    /// Where the library is, or would be.
    place: Option<Place>,
}

impl Drop for LibraryDesk {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        // The thread ends when nothing more can come.
        self.work = channel().0;
        if let Some(thread) = self.thread.take() {
            // A defect there lost no more than the last backup; the program ends all the same.
            let _ = thread.join();
        }
    }
}

impl LibraryDesk {
    /// For the library at a place, where there can be one. Nothing is made or opened yet.
    pub fn new(place: Option<Place>, today: Option<NaiveDate>, ctx: &egui::Context) -> Self {
        let (work, jobs) = channel::<Work>();
        let (sender, answers) = channel();
        let mut held = Held::new(place.clone(), today, sender, ctx);
        let thread = place.is_some().then(|| thread::spawn(move || held.serve(&jobs)));
        Self { work, answers, waiting: 0, cancel: Arc::default(), thread, place }
    }

    /// Whether there can be a library here.
    pub fn is_possible(&self) -> bool {
        self.place.is_some()
    }

    /// Where it is, or would be.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// Whether an answer is to come.
    pub fn is_busy(&self) -> bool {
        self.waiting > 0
    }

    /// What the window is to hear since the last call.
    pub fn answers(&mut self) -> Vec<Answer> {
        let answers: Vec<Answer> = self.answers.try_iter().collect();
        self.waiting -= answers.iter().filter(|answer| matches!(answer, Answer::Ended)).count();
        answers
    }

    fn send(
        &mut self,
        what: &'static str,
        work: impl FnOnce(&mut Held) -> Result<(), LibraryError> + Send + 'static,
    ) {
        let work: Work = Box::new(move |held| {
            let done = catch_unwind(AssertUnwindSafe(|| work(held)));
            let failed = match done {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some(error.to_string()),
                Err(_) => Some("hit a bug in Spinepace; please report it".to_owned()),
            };
            if let Some(why) = failed {
                held.tell(Answer::Failed(what, why));
            }
            held.tell(Answer::Ended);
        });
        // Fails only where there is no thread, for there can be no library.
        self.waiting += usize::from(self.work.send(work).is_ok());
    }

    /// Opens the library, if there is one.
    pub fn open(&mut self) {
        // Most have none: they need not wait for a thread.
        if self.place.as_ref().is_some_and(|place| place.file().is_file()) {
            self.send("The library", |held| {
                held.library = None;
                match held.open() {
                    Err(LibraryError::Locked) => held.tell(Answer::Locked),
                    opened => {
                        opened?;
                        held.tell_all()?;
                    }
                }
                Ok(())
            });
        }
    }

    /// Opens the library with its passcode or recovery key.
    pub fn unlock(&mut self, secret: Secret) {
        self.send("The library", move |held| {
            held.unlock(&secret)?;
            held.tell_all()?;
            held.tell(Answer::Done(Done::Plainly));
            Ok(())
        });
    }

    /// Closes the library, so that it waits for its passcode again.
    pub fn lock(&mut self) {
        self.send("The library", |held| {
            held.close();
            held.tell(Answer::Locked);
            Ok(())
        });
    }

    /// Reads a person's page, and those of the same person from now on; the record has it as a view.
    pub fn show(&mut self, who: Option<PersonId>) {
        self.send("The person’s page", move |held| {
            held.chosen = who;
            if let (Some(library), Some(who)) = (&mut held.library, who) {
                library.viewed(who)?;
            }
            held.tell_page()
        });
    }

    /// Changes something in the library, which is made where there is none, and shows what it holds then.
    pub fn change(
        &mut self,
        what: &'static str,
        work: impl FnOnce(&mut Library) -> Result<Done, LibraryError> + Send + 'static,
    ) {
        self.send(what, move |held| {
            held.import_is_last = None;
            let done = work(held.need()?)?;
            held.tell_all()?;
            held.tell(Answer::Done(done));
            Ok(())
        });
    }

    /// Takes the last change back, which may have been an import.
    pub fn take_back(&mut self) {
        self.send("The last change", move |held| {
            let import = held.import_is_last.take();
            let library = held.need()?;
            let done = match import {
                Some(batch) => Done::ImportTakenBack(library.take_back_import(batch)?),
                None => Done::Said(
                    "The last change",
                    match library.undo()? {
                        Some(_) => "was undone; Ctrl+Y redoes it",
                        None => "cannot be found: nothing has changed since the library was opened",
                    }
                    .to_owned(),
                ),
            };
            held.tell_all()?;
            held.tell(Answer::Done(done));
            Ok(())
        });
    }

    /// Asks the library something.
    pub fn ask(
        &mut self,
        what: &'static str,
        work: impl FnOnce(&mut Library, NaiveDate) -> Result<Done, LibraryError> + Send + 'static,
    ) {
        self.send(what, move |held| {
            let today = held.today();
            if let Some(library) = &mut held.library {
                let done = work(library, today)?;
                held.tell(Answer::Done(done));
            }
            Ok(())
        });
    }

    /// Imports files and folders for a person.
    pub fn import(&mut self, paths: Vec<PathBuf>, who: PersonId) {
        let cancel = self.begin_import();
        self.send("The import", move |held| held.import(&recording::sources(&paths), who, &[], &cancel));
    }

    /// Looks which of these files are to be told.
    pub fn sift(&mut self, files: Vec<PathBuf>) {
        self.send("What is watched", move |held| {
            let Some(library) = &held.library else { return Ok(()) };
            let found = library.untold(files)?;
            if !found.is_empty() {
                held.tell(Answer::Found(found));
            }
            Ok(())
        });
    }

    /// Says no more of these files.
    pub fn note_told(&mut self, files: Vec<PathBuf>) {
        self.send("What is watched", move |held| match &mut held.library {
            Some(library) => library.note_told(&files),
            None => Ok(()),
        });
    }

    /// Keeps open runs for a person, each with its cuts.
    pub fn keep(&mut self, runs: Vec<(Source, Edits)>, who: PersonId) {
        let cancel = self.begin_import();
        self.send("The run", move |held| {
            let sources: Vec<Source> = runs.iter().map(|(source, _)| source.clone()).collect();
            held.import(&sources, who, &runs, &cancel)
        });
    }

    fn begin_import(&mut self) -> Arc<AtomicBool> {
        self.cancel = Arc::default();
        Arc::clone(&self.cancel)
    }

    /// Ends an import; what was told as kept stays.
    pub fn cancel_import(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Asks which runs of the library these open files are.
    pub fn find(&mut self, files: Vec<(String, chrono::DateTime<chrono::Utc>, Fingerprint)>) {
        self.send("The library", move |held| {
            let Some(library) = &held.library else { return Ok(()) };
            let mut found = Vec::new();
            for (label, start, print) in files {
                found.extend(library.kept_as(start, &print)?.map(|run| (label, run)));
            }
            if !found.is_empty() {
                held.tell(Answer::KeptAs(found));
            }
            Ok(())
        });
    }

    /// Brings a kept run to be opened.
    pub fn bring(&mut self, run: RunId) {
        self.send("The run", move |held| {
            let Some(library) = &held.library else { return Ok(()) };
            let about = library.run(run)?;
            let (file, bytes) = library.original(run)?;
            let source = recording::sources_in_memory(&file, bytes.into()).into_iter().next();
            let source = source.ok_or_else(|| LibraryError::Bug(format!("run {run} has no source")))?;
            let cuts = library.cuts(run)?;
            let kept = KeptSource { run, source, name: about.name, activity: about.activity, cuts };
            held.tell(Answer::Opened(Box::new(kept)));
            Ok(())
        });
    }

    /// Looks what a backup holds.
    pub fn look_into(&mut self, backup: PathBuf) {
        self.send("The backup", move |held| {
            let own = held.library.as_ref().map(|library| library.look_into(&backup));
            // Another library's may need no key.
            let holds = match own {
                Some(Ok(holds)) => holds,
                _ => look_into(&backup)?,
            };
            held.tell(Answer::Done(Done::Holds(backup, Box::new(holds))));
            Ok(())
        });
    }

    /// Puts a backup in the library's place; with what opens both, where they have passcodes.
    pub fn restore(&mut self, backup: PathBuf, secret: Option<Secret>) {
        self.send("The backup", move |held| {
            let Some(place) = held.place.clone().filter(|_| held.demo.is_none()) else { return Ok(()) };
            held.library = None;
            let restored = match &secret {
                Some(secret) => restore_with(&place, &backup, &[secret]),
                None => restore(&place, &backup),
            };
            match (held.open(), &secret) {
                (Err(LibraryError::Locked), Some(secret)) => {
                    if held.unlock(secret).is_err() {
                        held.tell(Answer::Locked);
                    }
                }
                (Err(LibraryError::Locked), None) => held.tell(Answer::Locked),
                (opened, _) => opened?,
            }
            held.tell_all()?;
            let (holds, before) = restored?;
            let kept = before
                .map_or_else(String::new, |path| format!("; the old one is kept as {}", path.display()));
            let words = format!("was restored with {}{kept}", counted(holds.runs, "run"));
            held.tell(Answer::Done(Done::Said("The backup", words)));
            Ok(())
        });
    }

    /// Puts the demo in the library's place, in a folder that goes when it is left.
    pub fn show_demo(&mut self) {
        self.send("The demo library", |held| {
            held.close();
            let folder = tempfile::Builder::new().prefix("spinepace-demo-").tempdir();
            let folder = folder
                .map_err(|error| LibraryError::Io { what: "making the demo", why: error.to_string() })?;
            let place = Place::at(folder.path().join("library"));
            let made = Library::make_demo(place, held.today());
            let library = made.inspect_err(|_| held.reopen())?;
            let patient = library.people()?.into_iter().find(|person| !person.is_me).map(|person| person.id);
            (held.library, held.demo) = (Some(library), Some(folder));
            held.tell_all()?;
            if let Some(patient) = patient {
                held.tell(Answer::Done(Done::Person(patient)));
            }
            Ok(())
        });
    }

    /// Leaves the demo.
    pub fn leave_demo(&mut self) {
        self.send("The library", |held| {
            held.close();
            held.reopen();
            held.tell_all()
        });
    }
}
