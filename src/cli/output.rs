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

/// Writes to `path`, whole or not at all, or else to standard output. Fails with the exit to give.
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
            Err(error) => {
                complain("standard output", format_args!("cannot be written ({error})"));
                Err(ExitCode::FAILURE)
            }
        };
    };
    export::write_whole(path, write).map_err(|problem| {
        complain(path.display(), problem);
        ExitCode::FAILURE
    })
}
