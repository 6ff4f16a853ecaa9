//! What the window knows of the library: what it holds, which person is looked at, what is under way.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
};

use chrono::NaiveDate;

use crate::{
    app::state::{
        person::PersonPage,
        person_words::date,
        run::{OpenRun, Origin},
        weeks_chart::ByTime,
    },
    library::{BatchId, KeptRun, Person, PersonId, RunId, Watched},
    recording::Edits,
};

/// What the library holds, read away from the frame.
#[derive(Debug, Default)]
pub struct Holding {
    /// Where it lies.
    pub folder: PathBuf,
    /// Everybody, me first, then by name.
    pub people: Vec<Person>,
    /// Every run, the newest first.
    pub runs: Vec<KeptRun>,
    /// The tags in use, with how many runs have them.
    pub tags: Vec<(String, usize)>,
    /// Why it can only be read, if it can.
    pub only_read: Option<String>,
    /// Whether it has a passcode.
    pub has_passcode: bool,
    /// Whether it is the demo, of a person who does not exist.
    pub is_demo: bool,
    /// Where new runs are looked for.
    pub watched: Watched,
    /// The day that it was read on.
    pub today: NaiveDate,
    /// Where each person's runs are, the newest first.
    by_person: HashMap<PersonId, Vec<usize>>,
    by_id: HashMap<RunId, usize>,
    /// What each run is found by, in lower case.
    found_by: Vec<String>,
}

impl Holding {
    /// Of people and runs as the library lists them.
    pub fn new(people: Vec<Person>, runs: Vec<KeptRun>) -> Self {
        let mut by_person: HashMap<PersonId, Vec<usize>> = HashMap::new();
        let mut by_id = HashMap::new();
        let names: HashMap<PersonId, String> = people
            .iter()
            .map(|person| (person.id, format!("{} {}", person.name, person.reference)))
            .collect();
        let mut found_by = Vec::with_capacity(runs.len());
        for (place, run) in runs.iter().enumerate() {
            by_person.entry(run.person).or_default().push(place);
            by_id.insert(run.id, place);
            let name = names.get(&run.person).map_or("", String::as_str);
            let dates = run.day.format("%A %-d %B %Y %Y-%m-%d");
            let tags = run.tags.join(" ");
            let words = format!("{name}\n{}\n{}\n{tags}\n{dates}\n{}", run.name, run.note, date(run.day));
            found_by.push(words.to_lowercase());
        }
        Self { people, runs, by_person, by_id, found_by, ..Self::default() }
    }

    /// A person, if there is such a one.
    pub fn person(&self, who: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == who)
    }

    /// A run, if it is kept.
    pub fn run(&self, run: RunId) -> Option<&KeptRun> {
        self.by_id.get(&run).map(|place| &self.runs[*place])
    }

    /// A person's runs, the newest first, where all these words are found in the person's name, a run's name, date,
    /// note or tags.
    pub fn found(&self, who: PersonId, words: &str) -> Vec<&KeptRun> {
        let words = words.to_lowercase();
        let places = self.by_person.get(&who).map_or(&[][..], Vec::as_slice);
        let fits =
            |place: &&usize| words.split_whitespace().all(|word| self.found_by[**place].contains(word));
        places.iter().filter(fits).map(|place| &self.runs[*place]).collect()
    }

    /// How many runs a person has.
    pub fn count(&self, who: PersonId) -> usize {
        self.by_person.get(&who).map_or(0, Vec::len)
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Importing {
    /// Files done.
    pub done: usize,
    /// Files in all.
    pub total: usize,
}

/// The library as the window sees it.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct LibraryState {
    /// Whether one is open.
    pub on: bool,
    /// Whether nothing new is kept, as a clinic wishes.
    pub keeps_nothing: bool,
    /// Whether there is one that waits for its passcode.
    pub locked: bool,
    /// Whether there can be one here: where the system names no place for it there is none.
    pub possible: bool,
    /// What it holds.
    pub holding: Arc<Holding>,
    /// The person that is looked at, or whose run was looked at last.
    pub chosen: Option<PersonId>,
    /// The chosen person's page.
    pub page: Option<Arc<PersonPage>>,
    /// What the page's columns are.
    pub by: ByTime,
    /// The column that the keyboard is at.
    pub column: Option<usize>,
    /// The page's runs that are chosen, to do something with all of them.
    pub picked: Vec<RunId>,
    /// Whether all notes are shown, not only the latest.
    pub all_notes: bool,
    /// An import under way.
    pub importing: Option<Importing>,
    /// Files with new runs where they are looked for, which are offered.
    pub found: Vec<PathBuf>,
    /// Whether they wait for the person who is being entered.
    pub found_waits: bool,
    /// The last import, to be taken back.
    pub last_import: Option<BatchId>,
    /// The kept run that is on its way to be shown.
    pub opening: Option<RunId>,
    /// Runs of open files that are kept, by where the files are.
    same: HashMap<String, RunId>,
    /// Open files that are kept for the person who is being entered.
    pub waiting_to_keep: Vec<String>,
    /// Open files that the library was asked about, or told of.
    pub asked: HashSet<String>,
    /// What is cut from the kept runs that were opened.
    pub cuts: HashMap<RunId, Edits>,
}

impl LibraryState {
    /// Whether it takes changes.
    pub fn takes_changes(&self) -> bool {
        self.on && self.holding.only_read.is_none()
    }

    /// Whether runs and people can be kept: in the library there is, or in the one that is made for the first of them.
    pub fn can_keep(&self) -> bool {
        let there = self.possible && !self.locked && !self.keeps_nothing && !self.holding.is_demo;
        there && (!self.on || self.takes_changes())
    }

    /// The person on whose page something can be changed.
    pub fn changed_person(&self) -> Option<PersonId> {
        self.chosen.filter(|_| self.takes_changes())
    }

    /// Where new runs are looked for now.
    pub fn watched(&self) -> Option<&Watched> {
        Some(&self.holding.watched).filter(|watched| watched.any() && self.on && self.can_keep())
    }

    /// The same in words: "Activity and plugged-in watches".
    pub fn watched_words(&self) -> Option<String> {
        let watched = self.watched()?;
        let folder = watched
            .folder
            .as_ref()
            .map(|folder| folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned());
        let plugged_in = watched.plugged_in.then(|| "plugged-in watches".to_owned());
        let places = [folder, plugged_in].into_iter().flatten().collect::<Vec<_>>().join(" and ");
        let whose = watched.adds_for.and_then(|who| self.holding.person(who));
        Some(whose.map_or_else(|| places.clone(), |person| format!("{places} for {}", person.name)))
    }

    /// The run of the library that an open run is.
    pub fn kept_as(&self, run: &OpenRun) -> Option<RunId> {
        let kept = match &run.origin {
            Origin::Kept(kept) => Some(*kept),
            Origin::File(label) => self.same.get(label).copied(),
            Origin::Sample(_) => None,
        };
        kept.filter(|kept| self.holding.run(*kept).is_some())
    }

    /// The open file of this name is this run of the library.
    pub fn is_kept_as(&mut self, label: &str, run: RunId) {
        self.same.insert(label.to_owned(), run);
    }

    /// Chooses a run of the page, or leaves it again.
    pub fn pick(&mut self, run: RunId) {
        match self.picked.iter().position(|it| *it == run) {
            Some(place) => drop(self.picked.remove(place)),
            None => self.picked.push(run),
        }
    }

    /// Another library: nothing of the last one is shown.
    pub fn forget(&mut self) {
        let Self { keeps_nothing, possible, by, .. } = *self;
        *self = Self { keeps_nothing, possible, by, ..Self::default() };
    }
}
