use std::{io, path::PathBuf, process::ExitCode};

use clap::ValueEnum;

use crate::export;

use super::{EdgeArguments, output, runs};

/// `spinepace segments`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    edges: EdgeArguments,
    /// One run
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One row per segment
    Csv,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let edges = match arguments.edges.edges_or_usage() {
        Ok(edges) => edges,
        Err(exit) => return exit,
    };
    let run = match runs::one(&arguments.file, edges) {
        Ok(run) => run,
        Err(problem) => {
            output::complain(arguments.file.display(), problem);
            return ExitCode::FAILURE;
        }
    };
    let written = output::write_to(arguments.output.as_deref(), |out| match arguments.format {
        Format::Csv => {
            export::write_segments_csv(out, &run.recording, &run.motion, edges).map_err(io::Error::from)
        }
    });
    written.err().unwrap_or(ExitCode::SUCCESS)
}
