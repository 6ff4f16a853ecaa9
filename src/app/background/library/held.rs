//! What the library's thread holds, and does.

use std::sync::{
    Arc,
    atomic::AtomicBool,
    mpsc::{Receiver, Sender, TryRecvError},
};

use chrono::{Local, NaiveDate};
use tempfile::TempDir;

use crate::{
    app::{
        background::library::Answer,
        state::{
            library::{Holding, Importing},
            person::PersonPage,
        },
    },
    library::{
        Access, BatchId, Fate, Filter, Library, LibraryError, OpenOptions, PersonId, Place, RunId, Secret,
    },
    recording::{Edits, Source},
};

/// A piece of work for the thread.
pub(super) type Work = Box<dyn FnOnce(&mut Held) + Send>;

/// What the thread holds.
pub(super) struct Held {
    pub(super) place: Option<Place>,
    pub(super) library: Option<Library>,
    /// The demo lies in a folder that goes with it.
    pub(super) demo: Option<TempDir>,
    pub(super) chosen: Option<PersonId>,
    /// The day that is taken for today's, for tests.
    today: Option<NaiveDate>,
    /// Runs whose numbers another version computed.
    stale: Vec<RunId>,
    /// The last import, where nothing was changed since.
    pub(super) import_is_last: Option<BatchId>,
    answers: Sender<Answer>,
    ctx: egui::Context,
}

impl Held {
    /// For the library at a place; nothing is opened yet.
    pub(super) fn new(
        place: Option<Place>,
        today: Option<NaiveDate>,
        answers: Sender<Answer>,
        ctx: &egui::Context,
    ) -> Self {
        let ctx = ctx.clone();
        Self {
            place,
            library: None,
            demo: None,
            chosen: None,
            today,
            stale: Vec::new(),
            import_is_last: None,
            answers,
            ctx,
        }
    }

    /// Does one piece of work after another, until no more can come.
    pub(super) fn serve(&mut self, jobs: &Receiver<Work>) {
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

    pub(super) fn tell(&self, answer: Answer) {
        // The window may be gone; then nobody wants to know.
        let _ = self.answers.send(answer);
        self.ctx.request_repaint();
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| Local::now().date_naive())
    }

    pub(super) fn open(&mut self) -> Result<(), LibraryError> {
        let Some(place) = self.place.clone() else { return Ok(()) };
        let library = Library::open(place, OpenOptions { access: Access::Write })?;
        self.hold(library)
    }

    pub(super) fn unlock(&mut self, secret: &Secret) -> Result<(), LibraryError> {
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
    pub(super) fn need(&mut self) -> Result<&mut Library, LibraryError> {
        if self.library.is_none() {
            self.open()?;
        }
        self.library.as_mut().ok_or_else(|| LibraryError::Bug("there is no place for a library".to_owned()))
    }

    /// Closes it, with a backup where something changed. A demo goes altogether.
    pub(super) fn close(&mut self) {
        (self.chosen, self.stale, self.import_is_last) = (None, Vec::new(), None);
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
    pub(super) fn reopen(&mut self) {
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
    pub(super) fn tell_all(&mut self) -> Result<(), LibraryError> {
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
        holding.watched = library.watched()?;
        self.tell(Answer::Holding(Some(Arc::new(holding))));
        self.tell_page()
    }

    pub(super) fn tell_page(&mut self) -> Result<(), LibraryError> {
        let Some((library, who)) = self.library.as_ref().zip(self.chosen) else { return Ok(()) };
        if library.person(who).is_ok_and(|person| person.binned.is_none()) {
            self.tell(Answer::Page(Arc::new(PersonPage::read(library, who, self.today())?)));
        }
        Ok(())
    }

    pub(super) fn import(
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
        let added = receipt.count(Fate::Added);
        // With cuts, it was more than an import.
        self.import_is_last =
            (added > 0 && cut.iter().all(|(_, edits)| edits.is_empty())).then_some(receipt.batch);
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
