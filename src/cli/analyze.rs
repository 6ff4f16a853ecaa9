//! `spinepace analyze`: one row per run.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::ValueEnum;

use crate::{
    band::Edges,
    export::{Analysis, Failure, Table, TableFormat, analysis_table},
    notice::Notice,
    run::Run,
    text::{notice_text, summary_text},
};

use super::{Done, EdgeArguments, EvidenceArguments, output, runs};

/// `spinepace analyze`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Output format [default: from the ending of OUT, else text]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    #[command(flatten)]
    edges: EdgeArguments,
    #[command(flatten)]
    evidence: EvidenceArguments,
    /// Runs: files, folders, archives
    #[arg(value_name = "FILE|FOLDER", required = true)]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[value(alias = "txt")]
    Text,
    /// An array, one object per recording
    Json,
    /// One row per recording
    Csv,
    /// A Parquet table, one row per recording
    Parquet,
}

pub(super) fn run(arguments: &Arguments) -> Done {
    let edges = arguments.edges.edges_or_usage()?;
    let format = output::format(arguments.format, arguments.output.as_deref(), Format::Text)?;
    let mut failed = false;
    output::write_to(arguments.output.as_deref(), |out| print(format, arguments, edges, out, &mut failed))?;
    if failed { Err(ExitCode::FAILURE) } else { Ok(()) }
}

/// What the window would show, where there is none.
pub(super) fn as_text(paths: Vec<PathBuf>) -> Done {
    let edges = EdgeArguments { upper: Edges::default().upper_mps(), brisk_from: None };
    let evidence = EvidenceArguments { positions_only: false };
    run(&Arguments { format: Some(Format::Text), output: None, edges, evidence, paths })
}

/// Prints run after run, as they are ready; `failed` tells whether some file gave none.
fn print(
    format: Format,
    arguments: &Arguments,
    edges: Edges,
    out: &mut dyn Write,
    failed: &mut bool,
) -> io::Result<()> {
    let mut printer = Printer::begin(format, out)?;
    let make = |file: &str, run: &Run| {
        let summary = run.summary(edges);
        match format {
            Format::Text => Printable::Text(summary_text(file, &run.recording, &summary)),
            _ => Printable::Row(Box::new(Analysis::new(file.to_owned(), run, summary))),
        }
    };
    let evidence = arguments.evidence.evidence();
    let estimate = |recording| Run::estimate_numbers(recording, evidence);
    runs::for_each(&arguments.paths, estimate, make, |reading| {
        let duplicate = reading.duplicate_notice();
        match reading.result {
            Ok(mut run) => {
                run.add(duplicate);
                printer.run(run)
            }
            Err(problem) => {
                *failed = true;
                output::complain(&reading.file, &problem);
                printer.failure(&Failure { file: reading.file, error: problem.to_string() })
            }
        }
    })?;
    printer.end()
}

/// What is printed of a run; the run itself is gone by then.
enum Printable {
    Text(String),
    Row(Box<Analysis>),
}

impl Printable {
    fn add(&mut self, notice: Option<Notice>) {
        let Some(notice) = notice else { return };
        match self {
            Self::Text(text) => text.push_str(&notice_text(&notice)),
            Self::Row(analysis) => analysis.warn(notice),
        }
    }
}

/// What is being printed.
enum Printer<'a> {
    Text { out: &'a mut dyn Write, any: bool },
    Table(TableFormat, Box<Table<'a>>),
}

impl<'a> Printer<'a> {
    fn begin(format: Format, out: &'a mut dyn Write) -> io::Result<Self> {
        let format = match format {
            Format::Text => return Ok(Self::Text { out, any: false }),
            Format::Json => TableFormat::Json,
            Format::Csv => TableFormat::Csv,
            Format::Parquet => TableFormat::Parquet,
        };
        Ok(Self::Table(format, Box::new(analysis_table(format, out)?)))
    }

    /// Prints a run at once, so that who reads along sees it, and who has seen enough ends the work.
    fn run(&mut self, run: Printable) -> io::Result<()> {
        match (self, run) {
            (Self::Text { out, any }, Printable::Text(text)) => {
                if std::mem::replace(any, true) {
                    writeln!(out)?;
                }
                out.write_all(text.as_bytes())?;
                out.flush()
            }
            (Self::Table(format, table), Printable::Row(row)) => table.add(row.encode(*format)?),
            (Self::Text { .. } | Self::Table(..), _) => Ok(()),
        }
    }

    /// A failed file is an object in JSON; elsewhere standard error has said it.
    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        match self {
            Self::Text { .. } => Ok(()),
            Self::Table(_, table) => table.add_object(failure),
        }
    }

    fn end(self) -> io::Result<()> {
        match self {
            Self::Text { .. } => Ok(()),
            Self::Table(_, table) => table.finish(),
        }
    }
}
