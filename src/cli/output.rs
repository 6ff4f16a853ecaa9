//! Where a command's output goes, and what is said when it cannot.

use std::{
    fmt::Display,
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use crate::export;

/// Says on standard error what is wrong with a file: one line.
pub(super) fn complain(file: impl Display, problem: impl Display) {
    // Nothing can be said where even standard error is closed.
    let _ = writeln!(io::stderr(), "spinepace: {file}: {problem}");
}

/// Says what is wrong with a file, and gives the exit code.
pub(super) fn failed(file: impl Display, problem: impl Display) -> ExitCode {
    complain(file, problem);
    ExitCode::FAILURE
}

/// Writes to `path`, whole or not at all, or else to standard output. An existing file is replaced, so that scripts can
/// run twice, and that is said. Fails with the exit code.
pub(super) fn write_to(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), ExitCode> {
    let Some(path) = path else {
        let mut out = BufWriter::new(io::stdout().lock());
        return match write(&mut out).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            // The reader has seen enough, as `head` does.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(ExitCode::SUCCESS),
            // The files have said why; what was begun is left as it is.
            Err(error) if export::NoRows::is_behind(&error) => Err(ExitCode::FAILURE),
            Err(error) => Err(failed("standard output", format_args!("cannot be written ({error})"))),
        };
    };
    match export::write_whole(path, write) {
        Ok(export::Before::Nothing) => Ok(()),
        Ok(export::Before::File) => {
            complain(path.display(), "replaced the existing file");
            Ok(())
        }
        Err(problem) => Err(failed(path.display(), problem)),
    }
}

/// The ending of a path, in lower case, if it is one of those; else one line and the exit code.
pub(super) fn ending<'a>(path: &Path, known: &[&'a str]) -> Result<&'a str, ExitCode> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let found = known.iter().find(|one| ending.as_deref() == Some(**one));
    found.copied().ok_or_else(|| {
        let problem = if path.is_dir() {
            "is a folder; name a file in it".to_owned()
        } else {
            format!("has an unknown ending; end its name in .{}", known.join(" or ."))
        };
        failed(path.display(), problem)
    })
}

/// The format asked for, else the one that the path's ending names, else `usual`; an ending that names none of them
/// is one line and the exit code.
pub(super) fn format<F: clap::ValueEnum>(
    asked: Option<F>,
    path: Option<&Path>,
    usual: F,
) -> Result<F, ExitCode> {
    let ending = path.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    let (None, Some(path), Some(ending)) = (&asked, path, ending) else {
        return Ok(asked.unwrap_or(usual));
    };
    F::from_str(&ending, true).map_err(|_| {
        let names: Vec<String> = F::value_variants()
            .iter()
            .filter_map(clap::ValueEnum::to_possible_value)
            .map(|value| value.get_name().to_owned())
            .collect();
        let problem = format!("has an unknown ending; add --format {}", names.join(" or "));
        failed(path.display(), problem)
    })
}
