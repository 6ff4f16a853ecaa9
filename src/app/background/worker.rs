//! Computing away from the user interface what it shows: one thread that answers the latest question of each
//! kind; a question that was not begun yet is forgotten when a newer one comes.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use crate::{
    app::state::{
        compared::{Other, Side},
        run::OpenRun,
        shown::{Asked, Shown},
    },
    band::{Edges, Summary},
};

/// What the thread found.
#[derive(Debug)]
pub enum Answer {
    /// What the centre shows of a run.
    Shown(Arc<Shown>),
    /// The run that it is compared with.
    Other(Arc<Other>),
    /// The numbers of a run of the list.
    Summary(Arc<OpenRun>, Arc<Summary>),
    /// A defect was met: the run.
    Failed(Arc<OpenRun>),
}

/// A question about a run.
#[derive(Debug, Clone)]
enum Question {
    /// With what is on show now, whose pictures are the model of the new ones.
    Shown(Arc<OpenRun>, Asked, Option<Arc<Shown>>),
    Other(Arc<OpenRun>, Side),
    Summary(Arc<OpenRun>, Edges),
}

impl Question {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Shown(a, x, _), Self::Shown(b, y, _)) => Arc::ptr_eq(a, b) && x == y,
            (Self::Other(a, x), Self::Other(b, y)) => Arc::ptr_eq(a, b) && x == y,
            (Self::Summary(a, x), Self::Summary(b, y)) => Arc::ptr_eq(a, b) && x == y,
            _ => false,
        }
    }

    fn answer(self) -> Answer {
        let run = match &self {
            Self::Shown(run, ..) | Self::Other(run, _) | Self::Summary(run, _) => Arc::clone(run),
        };
        let answer = guarded(|| match self {
            Self::Shown(run, asked, before) => {
                let shown = Shown::new(&run, asked);
                if let Some(before) = before {
                    shown.thin_like(&before);
                }
                Answer::Shown(Arc::new(shown))
            }
            Self::Other(run, side) => Answer::Other(Arc::new(Other::new(&run, side))),
            Self::Summary(run, edges) => {
                let summary = run.summary(edges);
                Answer::Summary(run, Arc::new(summary))
            }
        });
        answer.unwrap_or(Answer::Failed(run))
    }
}

/// What `work` finds, or `None` where it meets a defect: that must not take the window along.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// What both sides know.
#[derive(Debug, Default)]
struct Desk {
    /// Waiting, the most urgent kind first.
    shown: Option<Question>,
    other: Option<Question>,
    list: Vec<Question>,
    /// Being answered.
    begun: Option<Question>,
    /// Answers that the window has not taken.
    untaken: usize,
    /// What is no longer needed: letting go of a long run takes a while, too.
    unneeded: Vec<Arc<dyn Any + Send + Sync>>,
    ended: bool,
}

impl Desk {
    fn next(&mut self) -> Option<Question> {
        self.shown.take().or_else(|| self.other.take()).or_else(|| self.list.pop())
    }

    fn is_begun(&self, question: &Question) -> bool {
        self.begun.as_ref().is_some_and(|begun| begun.is(question))
    }
}

#[derive(Debug, Default)]
struct Shared {
    desk: Mutex<Desk>,
    woken: Condvar,
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread, as the window sees it.
#[derive(Debug)]
pub struct Worker {
    shared: Arc<Shared>,
    answers: Receiver<Answer>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.shared.desk().ended = true;
        self.shared.woken.notify_one();
    }
}

impl Worker {
    /// A thread that wakes this context when something is ready.
    pub fn new(ctx: egui::Context) -> Self {
        let (sender, answers) = channel();
        let shared = Arc::<Shared>::default();
        let theirs = Arc::clone(&shared);
        thread::spawn(move || work(&theirs, &sender, &ctx));
        Self { shared, answers }
    }

    /// Asks what the centre shows of a run; `before` is what it shows now.
    pub fn show(&self, run: &Arc<OpenRun>, asked: Asked, before: Option<&Arc<Shown>>) {
        let question = Question::Shown(Arc::clone(run), asked, before.cloned());
        let mut desk = self.shared.desk();
        desk.shown = (!desk.is_begun(&question)).then_some(question);
        self.shared.woken.notify_one();
    }

    /// Asks for the run that the one on show is compared with.
    pub fn compare(&self, run: &Arc<OpenRun>, side: Side) {
        let question = Question::Other(Arc::clone(run), side);
        let mut desk = self.shared.desk();
        desk.other = (!desk.is_begun(&question)).then_some(question);
        self.shared.woken.notify_one();
    }

    /// Asks for the numbers of these runs, and no longer for those of others.
    pub fn summarize(&self, runs: &[Arc<OpenRun>], edges: Edges) {
        let mut desk = self.shared.desk();
        if runs.is_empty() && desk.list.is_empty() {
            return;
        }
        // Taken from the end: what stands first in the list is answered first.
        let questions = runs.iter().rev().map(|run| Question::Summary(Arc::clone(run), edges));
        desk.list = questions.filter(|question| !desk.is_begun(question)).collect();
        self.shared.woken.notify_one();
    }

    /// Lets go of something where nothing waits for that.
    pub fn let_go(&self, of: Arc<dyn Any + Send + Sync>) {
        self.shared.desk().unneeded.push(of);
        self.shared.woken.notify_one();
    }

    /// What was found since the last call.
    pub fn answers(&self) -> Vec<Answer> {
        let answers: Vec<_> = self.answers.try_iter().collect();
        if !answers.is_empty() {
            self.shared.desk().untaken -= answers.len();
        }
        answers
    }

    /// Whether an answer is to come.
    pub fn is_busy(&self) -> bool {
        let desk = self.shared.desk();
        let waiting = desk.shown.is_some() || desk.other.is_some() || !desk.list.is_empty();
        waiting || desk.begun.is_some() || desk.untaken > 0
    }
}

fn work(shared: &Shared, answers: &Sender<Answer>, ctx: &egui::Context) {
    loop {
        let question = {
            let mut desk = shared.desk();
            loop {
                if desk.ended {
                    return;
                }
                let unneeded = std::mem::take(&mut desk.unneeded);
                if !unneeded.is_empty() {
                    drop(desk);
                    drop(unneeded);
                    desk = shared.desk();
                    continue;
                }
                if let Some(question) = desk.next() {
                    desk.begun = Some(question.clone());
                    break question;
                }
                desk = shared.woken.wait(desk).unwrap_or_else(PoisonError::into_inner);
            }
        };
        let answer = question.answer();
        let mut desk = shared.desk();
        let begun = desk.begun.take();
        desk.untaken += 1;
        // The window may be gone; then nobody wants to know.
        let _ = answers.send(answer);
        drop(desk);
        drop(begun);
        ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::state::run::{Found, Origin},
        recording::{Edits, Fingerprint},
        run, samples,
    };

    fn open_run() -> OpenRun {
        let recording = samples::ALL[0].recording().expect("a sample");
        OpenRun {
            origin: Origin::Sample(samples::ALL[0].id),
            source: None,
            fingerprint: Fingerprint::of(&recording),
            core: run::Run::preview(recording),
            sport: None,
            provisional: false,
            edits: Edits::default(),
            moved_s: 0.0,
            found: Found::default(),
        }
    }

    fn answers(worker: &Worker) -> Vec<Answer> {
        let mut all = Vec::new();
        while worker.is_busy() {
            all.extend(worker.answers());
            thread::yield_now();
        }
        all
    }

    #[test]
    fn the_last_question_is_answered_last_and_most_others_not_at_all() {
        let worker = Worker::new(egui::Context::default());
        let run = Arc::new(open_run());
        for k in 0..=200 {
            let edges = Edges::default().with_upper(1.0 + f64::from(k) * 0.01).expect("edges");
            worker.show(&run, Asked { edges, ..Asked::default() }, None);
        }
        let answers = answers(&worker);
        assert!(answers.len() < 100, "{} answers", answers.len());
        let last = answers.last().expect("an answer");
        assert!(matches!(last, Answer::Shown(shown) if shown.asked.edges.upper_mps() == 3.0));
        drop(answers);
        assert_eq!(Arc::strong_count(&run), 1, "the thread keeps nothing");
    }

    #[test]
    fn a_defect_is_an_answer_and_the_next_question_is_answered() {
        let worker = Worker::new(egui::Context::default());
        let mut broken = open_run();
        broken.core.motion.leg_distance_m.clear();
        worker.show(&Arc::new(broken), Asked::default(), None);
        assert!(matches!(answers(&worker)[..], [Answer::Failed(_)]));
        worker.summarize(&[Arc::new(open_run())], Edges::default());
        assert!(matches!(answers(&worker)[..], [Answer::Summary(..)]));
    }
}
