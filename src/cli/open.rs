//! The window, or its numbers as text where there is no display.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use crate::{band::Edges, run::Run, samples, text};

use super::{Done, analyze, output};

pub(super) fn run(paths: Vec<PathBuf>, keeps_nothing: bool) -> Done {
    let reason = match open_window(&paths, keeps_nothing) {
        Ok(()) => return Ok(()),
        Err(reason) => reason,
    };
    let done = if paths.is_empty() { output::write_to(None, write_samples) } else { analyze::as_text(paths) };
    let _ = writeln!(io::stderr(), "spinepace: {reason}; printing the analysis instead");
    done
}

/// Opens the window and waits until it is closed, or says why it cannot.
#[cfg(feature = "window")]
fn open_window(paths: &[PathBuf], keeps_nothing: bool) -> Result<(), String> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY") {
        return Err("No display found".to_owned());
    }
    crate::app::run(paths.to_vec(), keeps_nothing)
        .map_err(|error| format!("The window could not be opened ({error})"))
}

/// Opens the window and waits until it is closed, or says why it cannot.
#[cfg(not(feature = "window"))]
fn open_window(_: &[PathBuf], _: bool) -> Result<(), String> {
    Err("This build has no window".to_owned())
}

/// The built-in samples, so that the program answers on any machine.
fn write_samples(out: &mut dyn Write) -> io::Result<()> {
    for (index, sample) in samples::ALL.iter().enumerate() {
        let recording = sample.recording().map_err(io::Error::other)?;
        let run = Run::estimate(recording);
        let summary = run.summary(Edges::default());
        if index > 0 {
            writeln!(out)?;
        }
        let named = format!("sample {}", sample.id);
        out.write_all(text::summary_text(&named, &run.recording, &summary).as_bytes())?;
    }
    Ok(())
}
