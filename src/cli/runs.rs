//! From paths to analysed runs, on all cores, in the order they were named.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::AtomicBool,
};

use crate::{
    notice::Notice,
    recording::{self, Fingerprint, ReadError, Recording},
    run::Run,
};

use super::output;

/// Reads and estimates one file, or says in one line what is wrong and gives the exit for it.
pub(super) fn one_or_complain(file: &Path) -> Result<Run, ExitCode> {
    Run::open(file).map_err(|problem| output::failed(file.display(), problem))
}

/// One file with what became of it.
pub(super) struct Reading<T> {
    /// The file as it was named, or the archive's entry.
    pub file: String,
    /// What was made of the run, or why there is none.
    pub result: Result<T, ReadError>,
    /// The file that held the same recording before, where there was one.
    pub same_as: Option<String>,
}

impl<T> Reading<T> {
    /// Says that the recording was there before.
    pub fn duplicate_notice(&self) -> Option<Notice> {
        self.same_as.as_ref().map(|before| Notice {
            code: "duplicate",
            message: format!("the same recording as {before}"),
            count: 1,
            advice: "Count only one of the two.",
        })
    }
}

/// Reads and analyses everything under `paths`. `make` turns a run into what is needed of it, on any core, so that
/// no recording stays in memory; `take` gets that in order.
pub(super) fn for_each<T: Send>(
    paths: &[PathBuf],
    make: impl Fn(&str, &Run) -> T + Sync,
    mut take: impl FnMut(Reading<T>),
) {
    let sources = recording::sources(paths);
    let mut seen = Seen::default();
    let work = |source: &recording::Source, read: Result<Recording, ReadError>| {
        read.map(|recording| {
            let (start_s, print) = (recording.start.timestamp(), Fingerprint::of(&recording));
            (start_s, print, make(source.label(), &Run::estimate(recording)))
        })
    };
    recording::read_all(&sources, &AtomicBool::new(false), work, |index, read| {
        let file = sources[index].label().to_owned();
        let (result, same_as) = match read {
            Ok((start_s, print, made)) => (Ok(made), seen.before(&file, start_s, print)),
            Err(problem) => (Err(problem), None),
        };
        take(Reading { file, result, same_as });
    });
}

/// The recordings so far, by the second they began in.
#[derive(Default)]
struct Seen(HashMap<i64, Vec<(String, Fingerprint)>>);

impl Seen {
    /// The file that held this recording before; else remembers it.
    fn before(&mut self, file: &str, start_s: i64, print: Fingerprint) -> Option<String> {
        // Two formats may round the start apart by a few seconds.
        let known = (start_s - 3..=start_s + 3)
            .filter_map(|second| self.0.get(&second))
            .flatten()
            .find(|(_, other)| other.is_same(&print))
            .map(|(before, _)| before.clone());
        if known.is_none() {
            self.0.entry(start_s).or_default().push((file.to_owned(), print));
        }
        known
    }
}
