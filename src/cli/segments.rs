//! `spinepace segments`: one row per leg.

use std::{path::PathBuf, process::ExitCode};

use clap::ValueEnum;

use crate::{
    export::{self, TableFormat},
    run::Run,
};

use super::{Done, EdgeArguments, EvidenceArguments, output, runs};

/// `spinepace segments`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Output format [default: from the ending of OUT, else csv]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    edges: EdgeArguments,
    #[command(flatten)]
    evidence: EvidenceArguments,
    /// One run, or a folder, whose runs become one table that begins with a column `file`
    #[arg(value_name = "FILE|FOLDER")]
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One row per segment
    Csv,
    /// An array, one object per segment
    Json,
    /// A Parquet table
    Parquet,
}

pub(super) fn run(arguments: &Arguments) -> Done {
    let edges = arguments.edges.edges_or_usage()?;
    let evidence = arguments.evidence.evidence();
    let format = match output::format(arguments.format, arguments.output.as_deref(), Format::Csv)? {
        Format::Csv => TableFormat::Csv,
        Format::Json => TableFormat::Json,
        Format::Parquet => TableFormat::Parquet,
    };
    // A file that gives nothing leaves nothing: neither a table of no rows nor a file.
    let single =
        if arguments.path.is_dir() { None } else { Some(runs::one_or_complain(&arguments.path, evidence)?) };
    let mut failed = false;
    let encode = |file: Option<&str>, run: &Run| export::encode_segments(format, file, run, edges);
    output::write_to(arguments.output.as_deref(), |out| {
        let mut table = export::segment_table(format, out, single.is_none())?;
        if let Some(run) = &single {
            encode(None, run)?.into_iter().try_for_each(|rows| table.add(rows))?;
            return table.finish();
        }
        let paths = std::slice::from_ref(&arguments.path);
        let of_file = |file: &str, run: &Run| encode(Some(file), run);
        let estimate = |recording| Run::estimate_by(recording, evidence);
        runs::for_each(paths, estimate, of_file, |reading| match reading.result {
            Ok(rows) => rows?.into_iter().try_for_each(|rows| table.add(rows)),
            Err(problem) => {
                failed = true;
                output::complain(&reading.file, problem);
                Ok(())
            }
        })?;
        table.finish()
    })?;
    if failed { Err(ExitCode::FAILURE) } else { Ok(()) }
}
