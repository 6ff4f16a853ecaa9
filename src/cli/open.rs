//! The window, or where there is no display its numbers as text.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use crate::{
    band::{Edges, Summary},
    motion, samples,
};

use super::{analyze, output, text};

pub(super) fn run(paths: Vec<PathBuf>) -> ExitCode {
    let reason = match open_window(&paths) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(reason) => reason,
    };
    let exit = if paths.is_empty() {
        output::write_to(None, write_samples).err().unwrap_or(ExitCode::SUCCESS)
    } else {
        analyze::as_text(paths)
    };
    let _ = writeln!(io::stderr(), "spinepace: no window, {reason}; this is `spinepace analyze` instead.");
    exit
}

/// Opens the window and waits until it is closed, or says why it cannot.
fn open_window(_: &[PathBuf]) -> Result<(), String> {
    Err("for this program was built without one".to_owned())
}

/// The built-in samples, so that the program answers on any machine.
fn write_samples(out: &mut dyn Write) -> io::Result<()> {
    for (index, sample) in samples::ALL.iter().enumerate() {
        let recording = sample.recording().map_err(io::Error::other)?;
        let motion = motion::estimate(&recording);
        let summary = Summary::new(&recording, &motion, Edges::default());
        if index > 0 {
            writeln!(out)?;
        }
        out.write_all(text::of_run(&format!("sample {}", sample.id), &recording, &summary).as_bytes())?;
    }
    Ok(())
}
