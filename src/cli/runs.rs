//! From paths to analysed runs, on all cores, in the order they were named.

use std::{
    io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::{
    motion::Evidence,
    notice::Notice,
    recording::{self, Fingerprint, FingerprintIndex, ReadError, Recording},
    run::Run,
};

use super::output;

/// Reads and estimates one file, or says in one line what is wrong and gives the exit for it.
pub(super) fn one_or_complain(file: &Path, evidence: Evidence) -> Result<Run, ExitCode> {
    let read = recording::read_file(file).map(|recording| Run::estimate_by(recording, evidence));
    read.map_err(|problem| output::failed(file.display(), problem))
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

/// Reads and analyses everything under `paths`. `estimate` makes a recording a run and `make` a run what is needed of it,
/// on any core, so that no recording stays in memory; `take` gets that in order, and its first error ends the work.
pub(super) fn for_each<T: Send>(
    paths: &[PathBuf],
    estimate: impl Fn(Recording) -> Run + Sync,
    make: impl Fn(&str, &Run) -> T + Sync,
    mut take: impl FnMut(Reading<T>) -> io::Result<()>,
) -> io::Result<()> {
    let sources = recording::sources(paths);
    let mut seen = Seen::default();
    let work = |source: &recording::Source, read: Result<Recording, ReadError>| {
        read.map(|recording| {
            let print = Fingerprint::of(&recording);
            (print, make(source.label(), &estimate(recording)))
        })
    };
    let (stop, mut taken) = (AtomicBool::new(false), Ok(()));
    recording::read_all(&sources, &stop, work, |index, read| {
        if taken.is_err() {
            return;
        }
        let file = sources[index].label().to_owned();
        let (result, same_as) = match read {
            Ok((print, made)) => (Ok(made), seen.before(&file, print)),
            Err(problem) => (Err(problem), None),
        };
        taken = take(Reading { file, result, same_as });
        stop.store(taken.is_err(), Ordering::Relaxed);
    });
    taken
}

/// The recordings so far, each with the file that held it first.
#[derive(Default)]
struct Seen {
    prints: FingerprintIndex,
    files: Vec<String>,
}

impl Seen {
    /// The file that held this recording before; else remembers it.
    fn before(&mut self, file: &str, print: Fingerprint) -> Option<String> {
        let known = self.prints.find(&print).map(|index| self.files[index].clone());
        if known.is_none() {
            self.prints.add(print);
            self.files.push(file.to_owned());
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::samples;

    #[test]
    fn who_has_seen_enough_ends_the_work() {
        let folder = tempfile::tempdir().expect("a folder");
        for index in 0..100 {
            std::fs::write(folder.path().join(format!("{index:03}.gpx")), samples::ALL[0].gpx)
                .expect("written");
        }
        let (made, mut taken) = (AtomicUsize::new(0), 0);
        let make = |_: &str, _: &Run| made.fetch_add(1, Ordering::Relaxed);
        let done = for_each(&[folder.path().to_owned()], Run::estimate, make, |_| {
            taken += 1;
            if taken < 3 { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
        });
        assert_eq!(done.map_err(|error| error.kind()), Err(io::ErrorKind::BrokenPipe));
        assert_eq!(taken, 3);
        let made = made.into_inner();
        assert!(made < 60, "{made} of 100 runs were computed after the third was one too many");
    }
}
