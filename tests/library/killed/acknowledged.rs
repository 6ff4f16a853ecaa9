//! What the program has acknowledged, and whether a library has it.

use std::collections::{BTreeMap, BTreeSet};

use spinepace::library::{Filter, Library, PersonId};

/// A thing in the library: kind and name.
pub type Thing = (&'static str, String);

/// What the program has acknowledged so far.
#[derive(Debug, Clone, Default)]
pub struct State {
    pub there: BTreeSet<Thing>,
    pub gone: BTreeSet<Thing>,
    /// The number of each run that is there.
    pub runs: BTreeMap<String, u64>,
}

impl State {
    pub fn added(&mut self, thing: Thing) {
        self.gone.remove(&thing);
        self.there.insert(thing);
    }

    pub fn removed(&mut self, thing: &Thing) {
        self.unknown(thing);
        self.gone.insert(thing.clone());
    }

    /// Its removal was begun, and nobody knows whether it was done.
    pub fn unknown(&mut self, thing: &Thing) {
        self.there.remove(thing);
        if thing.0 == "run" {
            self.runs.remove(&thing.1);
            let of_run = format!("{} ", thing.1);
            self.there.retain(|(kind, name)| *kind != "tag" || !name.starts_with(&of_run));
        }
    }

    /// What is missing, or there all the same.
    pub fn lost(&self, library: &Library) -> Vec<String> {
        let verified = library.verify().expect("verified");
        let mut found: BTreeSet<Thing> = BTreeSet::new();
        for run in library.runs(&Filter::default()).expect("listed") {
            found.extend(run.tags.iter().map(|tag| ("tag", format!("{} {tag}", run.file_name))));
            found.insert(("run", run.file_name));
        }
        found.extend(library.people().expect("listed").into_iter().map(|one| ("person", one.name)));
        let me = PersonId::ME;
        found.extend(library.notes(me).expect("listed").into_iter().map(|note| ("note", note.text)));
        found.extend(library.doses(me).expect("listed").iter().map(|dose| ("dose", dose.from.to_string())));
        let missing = self.there.difference(&found).map(|thing| format!("missing: {thing:?}"));
        let again = self.gone.intersection(&found).map(|thing| format!("there again: {thing:?}"));
        verified.problems.into_iter().chain(missing).chain(again).collect()
    }
}
