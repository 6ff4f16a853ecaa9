//! All work of the library, on one thread of its own: the window asks, and hears what became of it. The thread holds the
//! library open, and closes it with a backup when the window goes.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, TryRecvError, channel},
    },
    thread::{self, JoinHandle},
};

use chrono::{Local, NaiveDate};
use tempfile::TempDir;

use crate::{
    app::state::{
        library::{Holding, Importing},
        person::PersonPage,
        run::KeptSource,
    },
    library::{
        Access, Contents, Erasure, Fate, Filter, Library, LibraryError, OpenOptions, PersonId, Place,
        Receipt, RunId, Secret, Verified, look_into, restore, restore_with,
    },
    recording::{self, Edits, Fingerprint, Source},
    render::report::Period,
};

/// What became of something that was asked for.
#[derive(Debug)]
pub enum Done {
    /// It was done, and is seen.
    Plainly,
    /// It was done: what it is about, and what is said of it.
    Said(&'static str, String),
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

type Work = Box<dyn FnOnce(&mut Held) + Send>;

/// What the thread holds.
struct Held {
    place: Option<Place>,
    library: Option<Library>,
    /// The demo lies in a folder that goes with it.
    demo: Option<TempDir>,
    chosen: Option<PersonId>,
    /// The day that is taken for today's, for tests.
    today: Option<NaiveDate>,
    /// Runs whose numbers another version computed.
    stale: Vec<RunId>,
    answers: Sender<Answer>,
    ctx: egui::Context,
}

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
        let mut held = Held {
            place: place.clone(),
            library: None,
            demo: None,
            chosen: None,
            today,
            stale: Vec::new(),
            answers: sender,
            ctx: ctx.clone(),
        };
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
            let done = work(held.need()?)?;
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
            let words =
                format!("is in the library’s place: {} people, {} runs{kept}", holds.people, holds.runs);
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

impl Held {
    fn serve(&mut self, jobs: &Receiver<Work>) {
        loop {
            let job = match jobs.try_recv() {
                Err(TryRecvError::Empty) if self.stale.is_empty() => jobs.recv().ok(),
                Err(TryRecvError::Empty) => {
                    self.recompute_one();
                    continue;
                }
                job => job.ok(),
            };
            match job {
                Some(job) => job(self),
                None => break,
            }
        }
        self.close();
    }

    fn tell(&self, answer: Answer) {
        // The window may be gone; then nobody wants to know.
        let _ = self.answers.send(answer);
        self.ctx.request_repaint();
    }

    fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| Local::now().date_naive())
    }

    fn open(&mut self) -> Result<(), LibraryError> {
        let Some(place) = self.place.clone() else { return Ok(()) };
        let library = Library::open(place, OpenOptions { access: Access::Write })?;
        self.hold(library)
    }

    fn unlock(&mut self, secret: &Secret) -> Result<(), LibraryError> {
        let Some(place) = self.place.clone() else { return Ok(()) };
        let library = Library::unlock(place, OpenOptions { access: Access::Write }, secret)?;
        self.hold(library)
    }

    fn hold(&mut self, library: Library) -> Result<(), LibraryError> {
        if library.writable().is_ok() {
            self.stale = library.stale_runs()?;
        }
        self.library = Some(library);
        Ok(())
    }

    /// The library, made where there is none.
    fn need(&mut self) -> Result<&mut Library, LibraryError> {
        if self.library.is_none() {
            self.open()?;
        }
        self.library.as_mut().ok_or_else(|| LibraryError::Bug("there is no place for a library".to_owned()))
    }

    /// Closes it, with a backup where something changed. A demo goes altogether.
    fn close(&mut self) {
        (self.chosen, self.stale) = (None, Vec::new());
        if let Some(mut library) = self.library.take()
            && self.demo.is_none()
            && library.writable().is_ok()
            && let Err(why) = library.back_up_if_changed()
        {
            self.tell(Answer::Failed("The backup", why.to_string()));
        }
        self.demo = None;
    }

    /// Opens the library again that was there before the demo.
    fn reopen(&mut self) {
        if self.place.as_ref().is_some_and(|place| place.file().is_file())
            && let Err(why) = self.open()
        {
            self.tell(match why {
                LibraryError::Locked => Answer::Locked,
                why => Answer::Failed("The library", why.to_string()),
            });
        }
    }

    /// Tells what the library holds, and the page that is looked at.
    fn tell_all(&mut self) -> Result<(), LibraryError> {
        let Some(library) = &self.library else {
            self.tell(Answer::Holding(None));
            return Ok(());
        };
        let mut holding = Holding::new(library.people()?, library.runs(&Filter::default())?);
        library.place().folder().clone_into(&mut holding.folder);
        holding.today = self.today();
        holding.tags = library.tags()?;
        holding.only_read = library.only_read().map(str::to_owned);
        holding.is_demo = library.is_demo()?;
        holding.has_passcode = library.has_passcode();
        self.tell(Answer::Holding(Some(Arc::new(holding))));
        self.tell_page()
    }

    fn tell_page(&mut self) -> Result<(), LibraryError> {
        let Some((library, who)) = self.library.as_ref().zip(self.chosen) else { return Ok(()) };
        if library.person(who).is_ok_and(|person| person.binned.is_none()) {
            self.tell(Answer::Page(Arc::new(PersonPage::read(library, who, self.today())?)));
        }
        Ok(())
    }

    fn import(
        &mut self,
        sources: &[Source],
        who: PersonId,
        cut: &[(Source, Edits)],
        cancel: &AtomicBool,
    ) -> Result<(), LibraryError> {
        let (answers, ctx) = (self.answers.clone(), self.ctx.clone());
        let tell = |done, total| {
            let _ = answers.send(Answer::Importing(Importing { done, total }));
            ctx.request_repaint();
        };
        tell(0, sources.len());
        let library = self.need()?;
        let imported =
            library.import(sources, who, cancel, &mut |progress| tell(progress.done, progress.total));
        let receipt = match imported {
            Ok(receipt) => receipt,
            Err(error) => {
                // What was told as kept is there.
                self.tell_all()?;
                return Err(error);
            }
        };
        for file in receipt.files.iter().filter(|file| file.fate == Fate::Added) {
            let edits = cut.iter().find(|(source, _)| source.label() == file.file).map(|(_, edits)| edits);
            if let Some((run, edits)) = file.run.zip(edits.filter(|edits| !edits.is_empty())) {
                library.cut(run, edits)?;
            }
        }
        let name = library.person(who)?.name;
        let same = receipt.files.iter().filter_map(|file| Some((file.file.clone(), file.run?))).collect();
        self.tell_all()?;
        self.tell(Answer::KeptAs(same));
        self.tell(Answer::Imported(Box::new(receipt), name));
        Ok(())
    }

    /// Brings the numbers of one run up to date, when nothing else is to be done.
    fn recompute_one(&mut self) {
        let Some(run) = self.stale.pop() else { return };
        if let Some(library) = &mut self.library
            && let Err(why) = library.recompute(run)
        {
            self.tell(Answer::Failed("A run’s numbers", why.to_string()));
        }
        if self.stale.is_empty() {
            // What cannot be told now is told with the next change.
            let _ = self.tell_all();
        }
    }
}
