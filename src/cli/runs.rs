//! From paths to analysed runs, on all cores, in the order they were named.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use thiserror::Error;

use crate::{
    band::{Edges, Summary},
    motion::{self, Motion},
    recording::{self, ReadError, Recording},
};

/// One file with what became of it.
pub(super) struct Outcome {
    /// The file as it was named.
    pub file: String,
    /// The run, or why there is none.
    pub run: Result<Run, RunError>,
}

/// A run with its numbers.
pub(super) struct Run {
    pub recording: Recording,
    pub motion: Motion,
    pub summary: Summary,
}

/// Why a path gave no run.
#[derive(Debug, Error)]
pub(super) enum RunError {
    /// The file gave no recording.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The folder has nothing to read.
    #[error("holds no runs; name a folder with GPX, TCX or FIT files")]
    NoRuns,
}

/// Files read and estimated side by side; more would only cost memory.
const AT_ONCE: usize = 16;

/// Reads and analyses everything under `paths`, handing each outcome on in order.
pub(super) fn for_each(paths: &[PathBuf], edges: Edges, mut take: impl FnMut(Outcome)) {
    let files: Vec<Result<PathBuf, PathBuf>> = paths.iter().flat_map(|path| expand(path)).collect();
    for batch in files.chunks(AT_ONCE) {
        let outcomes: Vec<Outcome> = batch
            .par_iter()
            .map(|file| match file {
                Ok(file) => Outcome {
                    file: file.display().to_string(),
                    run: one(file, edges).map_err(RunError::from),
                },
                Err(folder) => Outcome { file: folder.display().to_string(), run: Err(RunError::NoRuns) },
            })
            .collect();
        outcomes.into_iter().for_each(&mut take);
    }
}

/// Reads and analyses one file.
pub(super) fn one(file: &Path, edges: Edges) -> Result<Run, ReadError> {
    let recording = recording::read_file(file)?;
    let motion = motion::estimate(&recording);
    let summary = Summary::new(&recording, &motion, edges);
    Ok(Run { recording, motion, summary })
}

/// The files under a path; the path itself as an error where it is a folder without any.
fn expand(path: &Path) -> Vec<Result<PathBuf, PathBuf>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let found: Vec<_> = entries.iter().flat_map(|entry| expand(entry)).filter(Result::is_ok).collect();
    if found.is_empty() { vec![Err(path.to_owned())] } else { found }
}
