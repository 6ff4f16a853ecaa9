//! What has to be said about files, until it is dismissed.

/// Something to be said.
#[derive(Debug, PartialEq)]
pub struct Notice {
    /// What it is about.
    pub name: String,
    /// What is to be said of it.
    pub words: String,
    /// Whether something went wrong.
    pub failed: bool,
}

impl Notice {
    /// All of it.
    pub fn sentence(&self) -> String {
        format!("{} {}", self.name, self.words)
    }
}

/// What has not been dismissed yet.
#[derive(Debug, Default)]
pub struct Notices {
    /// The latest last.
    all: Vec<Notice>,
    /// Whether all are shown.
    pub open: bool,
}

impl Notices {
    /// Something that went wrong, and why, with what to do.
    pub fn failed(&mut self, name: &str, words: &str) {
        self.push(Notice { name: name.to_owned(), words: words.to_owned(), failed: true });
    }

    /// Something went well; an older such line makes room.
    pub fn said(&mut self, name: &str, words: &str) {
        self.all.retain(|other| other.name != name || other.failed);
        self.push(Notice { name: name.to_owned(), words: words.to_owned(), failed: false });
    }

    fn push(&mut self, notice: Notice) {
        // The same once more is no news, but the latest.
        self.all.retain(|other| *other != notice);
        self.all.push(notice);
    }

    /// The latest first, each with its place.
    pub fn latest(&self) -> impl Iterator<Item = (usize, &Notice)> {
        self.all.iter().enumerate().rev()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether one tells of something that went wrong.
    pub fn any_failed(&self) -> bool {
        self.all.iter().any(|notice| notice.failed)
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
