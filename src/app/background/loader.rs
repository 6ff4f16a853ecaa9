//! Reading and estimating away from the user interface: a few threads, a channel, progress and cancel.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Instant,
};

use crate::{
    app::state::{
        run::{Found, KeptSource, OpenRun, Origin},
        work::Progress,
    },
    motion::Evidence,
    recording::{Edits, Fingerprint, Recording, Source, sources},
    run,
    samples::Sample,
};

/// A recording with more fixes is shown by a quick estimate first, and by the full one when that is ready.
const PREVIEW_FROM: usize = 50_000;

/// Something to open.
#[derive(Debug, Clone)]
pub enum Job {
    /// A file, or one of an archive.
    Source(Source),
    /// A sample.
    Sample(&'static Sample),
    /// A run of the library.
    Kept(Box<KeptSource>),
    /// An open run with other cuts.
    Edited(Arc<OpenRun>, Edits),
    /// An open, untouched run by other evidence.
    Again(Arc<OpenRun>),
}

impl Job {
    /// What a person calls it.
    pub fn name(&self) -> String {
        match self {
            Self::Source(source) => short(source.label()).to_owned(),
            Self::Sample(sample) => sample.title.to_owned(),
            Self::Kept(kept) => kept.name.clone(),
            Self::Edited(whole, _) | Self::Again(whole) => whole.name().to_owned(),
        }
    }
}

/// A label without the folders before its last part: the name that a person looks for.
fn short(label: &str) -> &str {
    label.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(label)
}

/// Work that is cancelled as one. What is asked for later is another round, even while threads of an earlier one are
/// still at their last file.
#[derive(Debug, Default)]
struct Round {
    /// Whether estimates leave out the device's own speed.
    positions_only: Arc<AtomicBool>,
    queue: Mutex<VecDeque<Job>>,
    cancelled: AtomicBool,
}

impl Round {
    fn queue(&self) -> MutexGuard<'_, VecDeque<Job>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn evidence(&self) -> Evidence {
        if self.positions_only.load(Ordering::Relaxed) { Evidence::PositionsOnly } else { Evidence::All }
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// What a thread reports, and of which round.
type Told = (Arc<Round>, Report);

/// What there is to report.
#[derive(Debug)]
enum Report {
    Found(usize),
    Began(String),
    Opened(Arc<OpenRun>),
    Failed { name: String, reason: String },
    Done,
}

/// What happened since the user interface last looked.
#[derive(Debug)]
pub enum Event {
    /// A run is ready, or a better estimate of one that already was.
    Opened(Arc<OpenRun>),
    /// A file could not be opened: its name and what is wrong with it.
    Failed(String, String),
}

/// Reads runs on threads of its own.
#[derive(Debug)]
pub struct Loader {
    window: Arc<OnceLock<egui::Context>>,
    round: Arc<Round>,
    sender: Sender<Told>,
    receiver: Receiver<Told>,
    workers: usize,
    began: Option<Instant>,
    name: String,
    done: usize,
    total: usize,
}

impl Loader {
    /// A loader that has nothing to do.
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        Self {
            window: Arc::default(),
            round: Arc::default(),
            sender,
            receiver,
            workers: 0,
            began: None,
            name: String::new(),
            done: 0,
            total: 0,
        }
    }

    /// From now on wakes this window when something is ready.
    pub fn wake(&self, ctx: &egui::Context) {
        // Only the first window counts: there is only one.
        let _ = self.window.set(ctx.clone());
    }

    /// Opens files, and the run files of folders; returns at once.
    pub fn open(&mut self, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            return;
        }
        self.start();
        self.workers += 1;
        let (round, report) = (Arc::clone(&self.round), self.reporter());
        thread::spawn(move || {
            // Looking through folders may take long, too; files are read as soon as the first is found.
            for path in paths {
                if round.is_cancelled() {
                    break;
                }
                let found = sources(&[path]);
                report(Report::Found(found.len()));
                round.queue().extend(found.into_iter().map(Job::Source));
            }
            work(&round, &report);
            report(Report::Done);
        });
        self.help();
    }

    /// Opens a sample; returns at once.
    pub fn open_sample(&mut self, sample: &'static Sample) {
        self.add(Job::Sample(sample));
    }

    /// Opens a run of the library; returns at once.
    pub fn open_kept(&mut self, kept: KeptSource) {
        self.add(Job::Kept(Box::new(kept)));
    }

    /// Estimates an open run anew with other cuts; returns at once.
    pub fn edit(&mut self, whole: Arc<OpenRun>, edits: Edits) {
        self.add(Job::Edited(whole, edits));
    }

    /// Estimates an untouched run anew by the evidence that is heard now; returns at once.
    pub fn estimate_again(&mut self, whole: Arc<OpenRun>) {
        self.add(Job::Again(whole));
    }

    /// What estimates go by from now on.
    pub fn go_by(&mut self, evidence: Evidence) {
        self.round.positions_only.store(evidence == Evidence::PositionsOnly, Ordering::Relaxed);
    }

    /// Leaves the files that are not read yet.
    pub fn cancel(&mut self) {
        let next = Round { positions_only: Arc::clone(&self.round.positions_only), ..Round::default() };
        let round = std::mem::replace(&mut self.round, Arc::new(next));
        round.cancelled.store(true, Ordering::Relaxed);
        round.queue().clear();
        (self.done, self.total) = (0, 0);
    }

    /// How far the work is; `None` when there is none.
    pub fn progress(&self) -> Option<Progress> {
        let began = self.began?;
        let spent_s = began.elapsed().as_secs_f64();
        let left_s = (self.done > 0 && spent_s > 1.0)
            .then(|| spent_s / self.done as f64 * (self.total.saturating_sub(self.done)) as f64);
        Some(Progress { name: self.name.clone(), done: self.done, total: self.total, left_s })
    }

    /// What happened since the last call.
    pub fn events(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Ok((round, report)) = self.receiver.try_recv() {
            let counts = usize::from(Arc::ptr_eq(&round, &self.round));
            match report {
                Report::Found(count) => self.total += counts * count,
                Report::Began(name) => self.name = name,
                Report::Opened(run) => {
                    self.done += if run.provisional { 0 } else { counts };
                    events.push(Event::Opened(run));
                }
                Report::Failed { name, reason } => {
                    self.done += counts;
                    events.push(Event::Failed(name, reason));
                }
                Report::Done => self.workers -= 1,
            }
        }
        if self.workers == 0 && self.began.is_some() {
            self.began = None;
            (self.done, self.total) = (0, 0);
        }
        events
    }

    fn start(&mut self) {
        // After cancelling, the time that was spent on the cancelled tells nothing of the new.
        if self.began.is_none() || self.total == 0 {
            self.began = Some(Instant::now());
        }
    }

    fn add(&mut self, job: Job) {
        self.start();
        self.total += 1;
        self.round.queue().push_back(job);
        self.help();
    }

    /// Another thread that helps with the queue.
    fn help(&mut self) {
        self.workers += 1;
        let (round, report) = (Arc::clone(&self.round), self.reporter());
        thread::spawn(move || {
            work(&round, &report);
            report(Report::Done);
        });
    }

    fn reporter(&self) -> impl Fn(Report) + Send + use<> {
        let (sender, window, round) =
            (self.sender.clone(), Arc::clone(&self.window), Arc::clone(&self.round));
        move |report| {
            // The window may be gone; then nobody wants to know.
            let _ = sender.send((Arc::clone(&round), report));
            // Before its first frame there is none to wake; that frame looks by itself.
            if let Some(ctx) = window.get() {
                ctx.request_repaint();
            }
        }
    }
}

/// Takes jobs until there are none.
fn work(round: &Round, report: &impl Fn(Report)) {
    loop {
        let job = round.queue().pop_front();
        let Some(job) = job.filter(|_| !round.is_cancelled()) else { return };
        let name = job.name();
        report(Report::Began(name.clone()));
        // A defect in reading one file must not take the others along, nor the window.
        let outcome = catch_unwind(AssertUnwindSafe(|| open(job, round, report)));
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(reason)) => report(Report::Failed { name, reason }),
            Err(_) => report(Report::Failed {
                name,
                reason:
                    "hit a bug in Spinepace; please report it with the file. The other runs are not affected"
                        .to_owned(),
            }),
        }
    }
}

fn open(job: Job, round: &Round, report: &impl Fn(Report)) -> Result<(), String> {
    let (mut edits, mut moved_s) = (Edits::default(), 0.0);
    let mut from = None;
    // What is open already needs no first look.
    let mut looked_at = false;
    let (origin, recording) = match job {
        Job::Source(source) => {
            let recording = source.read().map_err(|error| error.to_string())?;
            let origin = Origin::File(source.label().to_owned());
            from = Some(source);
            (origin, recording)
        }
        Job::Sample(sample) => {
            let recording = sample.recording().map_err(|error| error.to_string())?;
            (Origin::Sample(sample.id), Recording { name: sample.title.to_owned(), ..recording })
        }
        Job::Kept(kept) => {
            let KeptSource { run, source, name, activity, .. } = *kept;
            let recording = source.read().map_err(|error| error.to_string())?;
            (Origin::Kept(run), Recording { name, activity, ..recording })
        }
        Job::Edited(whole, cuts) => {
            let Some((recording, start_s)) = cuts.apply(&whole.recording) else {
                return Err("would have nothing left; choose another stretch".to_owned());
            };
            (edits, moved_s) = (cuts, start_s);
            from.clone_from(&whole.source);
            (whole.origin.clone(), recording)
        }
        Job::Again(whole) => {
            looked_at = true;
            from.clone_from(&whole.source);
            (whole.origin.clone(), whole.recording.clone())
        }
    };
    let (fingerprint, sport) = (Fingerprint::of(&recording), recording.sport());
    let of = |core: run::Run, provisional: bool| {
        let (origin, source, edits) = (origin.clone(), from.clone(), edits.clone());
        Arc::new(OpenRun {
            origin,
            source,
            core,
            fingerprint,
            sport,
            provisional,
            edits,
            moved_s,
            found: Found::default(),
        })
    };
    if !looked_at && recording.fixes.len() > PREVIEW_FROM {
        report(Report::Opened(of(run::Run::preview(recording.clone()), true)));
    }
    let mut go_on = |_| match round.is_cancelled() {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    if let Some(core) = run::Run::estimate_with(recording, round.evidence(), &mut go_on) {
        report(Report::Opened(of(core, false)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use super::*;
    use crate::samples;

    fn opened(loader: &mut Loader) -> Vec<Origin> {
        let mut opened = Vec::new();
        while loader.progress().is_some() {
            for event in loader.events() {
                if let Event::Opened(run) = event {
                    opened.push(run.origin.clone());
                }
            }
            thread::sleep(Duration::from_millis(1));
        }
        opened
    }

    #[test]
    fn what_is_opened_after_cancelling_comes_in_whatever_the_threads_are_still_at() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("run.gpx");
        fs::write(&file, samples::ALL[2].gpx).expect("written");
        let mut loader = Loader::new();
        for _ in 0..20 {
            // One at work, which is cancelled before it has ended.
            loader.open_sample(&samples::ALL[0]);
            loader.cancel();
            loader.open(vec![file.clone()]);
            let progress = loader.progress().expect("work");
            assert_eq!(progress.done, 0);
            let expected = Origin::File(file.display().to_string());
            let found = opened(&mut loader);
            assert!(found.contains(&expected), "{found:?}");
        }
    }
}
