//! Messages about files, until they are dismissed.

/// What kind of thing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something went wrong.
    Failed,
    /// A file is left out, for its recording is open already.
    OpenAlready,
    /// Something went well.
    Said,
    /// A run was closed, and can be brought back.
    Closed,
    /// Runs were kept, and can be taken back.
    Imported,
}

/// Something to be said.
#[derive(Debug, PartialEq)]
pub struct Message {
    /// What it is about.
    pub name: String,
    /// What is to be said of it.
    pub words: String,
    /// What kind of thing that is.
    pub kind: Kind,
}

impl Message {
    /// All of it.
    pub fn sentence(&self) -> String {
        format!("{} {}", self.name, self.words)
    }

    /// Whether nothing has to be done about it, so that it leaves by itself.
    pub fn leaves(&self) -> bool {
        matches!(self.kind, Kind::Said | Kind::Closed | Kind::Imported)
    }
}

/// So long what went well stays, s: time to read it, and to hear it to the end.
const STAYS_S: f64 = 8.0;

/// What has not been dismissed yet.
#[derive(Debug, Default)]
pub struct Notices {
    /// The latest last, each with when it leaves by itself, once it was seen.
    all: Vec<(Message, Option<f64>)>,
    /// Whether all are shown.
    pub open: bool,
}

impl Notices {
    /// Something that went wrong, and why, with what to do.
    pub fn failed(&mut self, name: &str, words: &str) {
        self.push(name, words, Kind::Failed);
    }

    /// A file was left out, for its recording is open as another run.
    pub fn open_already(&mut self, name: &str, other: &str) {
        self.push(name, &format!("is already open (as {other})"), Kind::OpenAlready);
    }

    /// Something went well; an older such line makes way.
    pub fn said(&mut self, name: &str, words: &str) {
        self.all.retain(|(other, _)| other.name != name || !other.leaves());
        self.push(name, words, Kind::Said);
    }

    /// A run was closed.
    pub fn closed(&mut self, name: &str) {
        self.forget_closed();
        self.push(name, "was closed", Kind::Closed);
    }

    /// The run that was closed last is open again.
    pub fn forget_closed(&mut self) {
        self.all.retain(|(notice, _)| notice.kind != Kind::Closed);
    }

    /// Runs were kept.
    pub fn imported(&mut self, name: &str, words: &str) {
        self.forget_imported();
        self.push(name, words, Kind::Imported);
    }

    /// The last import was taken back, or another was made.
    pub fn forget_imported(&mut self) {
        self.all.retain(|(notice, _)| notice.kind != Kind::Imported);
    }

    fn push(&mut self, name: &str, words: &str, kind: Kind) {
        let notice = Message { name: name.to_owned(), words: words.to_owned(), kind };
        // The same once more is no news, but the latest.
        self.all.retain(|(other, _)| *other != notice);
        self.all.push((notice, None));
    }

    /// Takes away what has been there for long enough. Returns the seconds until more is to go.
    pub fn leave(&mut self, now_s: f64) -> Option<f64> {
        for (notice, until_s) in &mut self.all {
            if notice.leaves() {
                until_s.get_or_insert(now_s + STAYS_S);
            }
        }
        self.all.retain(|(_, until_s)| until_s.is_none_or(|until_s| now_s < until_s));
        self.open &= !self.all.is_empty();
        let next = self.all.iter().filter_map(|(_, until_s)| *until_s).min_by(f64::total_cmp);
        next.map(|until_s| until_s - now_s)
    }

    /// The latest first, each with its place.
    pub fn latest(&self) -> impl Iterator<Item = (usize, &Message)> {
        self.all.iter().map(|(notice, _)| notice).enumerate().rev()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether one tells of something that went wrong.
    pub fn any_failed(&self) -> bool {
        self.count(Kind::Failed) > 0
    }

    /// How many are of a kind.
    fn count(&self, kind: Kind) -> usize {
        self.all.iter().filter(|(notice, _)| notice.kind == kind).count()
    }

    /// All of them in one line: "8 files could not be opened, 381 are already open".
    pub fn in_short(&self) -> String {
        let are = |count: usize| if count == 1 { "is" } else { "are" };
        let parts = [
            (Kind::Failed, "needs your attention", "need your attention"),
            (Kind::OpenAlready, "recording is already open", "recordings are already open"),
        ];
        let mut said: Vec<String> = parts
            .into_iter()
            .map(|(kind, one, many)| (self.count(kind), one, many))
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
            .collect();
        let rest =
            [Kind::Said, Kind::Closed, Kind::Imported].map(|kind| self.count(kind)).iter().sum::<usize>();
        if rest > 0 {
            said.push(format!("{rest} {} done", are(rest)));
        }
        said.join(", ")
    }

    /// Takes one away.
    pub fn dismiss(&mut self, place: usize) {
        if place < self.all.len() {
            self.all.remove(place);
        }
        self.open &= !self.all.is_empty();
    }

    /// Takes all away.
    pub fn dismiss_all(&mut self) {
        (self.all, self.open) = (Vec::new(), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_well_leaves_and_what_went_wrong_stays() {
        let mut notices = Notices::default();
        notices.failed("a.gpx", "is empty");
        notices.said("The report", "was saved");
        assert_eq!(notices.leave(100.0), Some(STAYS_S));
        assert_eq!(notices.len(), 2);
        assert_eq!(notices.leave(100.0 + STAYS_S), None);
        assert_eq!(notices.len(), 1);
        assert!(notices.any_failed());
    }

    #[test]
    fn a_folder_of_duplicates_is_one_line() {
        let mut notices = Notices::default();
        for k in 0..389 {
            notices.open_already(&format!("copy {k}"), "the run");
        }
        notices.failed("a.gpx", "is empty");
        assert_eq!(notices.in_short(), "1 needs your attention, 389 recordings are already open");
    }
}
