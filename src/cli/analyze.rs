use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::ValueEnum;

use crate::{
    band::Edges,
    export::{Analysis, Failure, csv_header, write_analyses_parquet},
    notice::Notice,
    run::Run,
    text::{notice_text, summary_text},
};

use super::{Done, EdgeArguments, output, runs};

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
    output::write_to(arguments.output.as_deref(), |out| {
        print(format, &arguments.paths, edges, out, &mut failed)
    })?;
    if failed { Err(ExitCode::FAILURE) } else { Ok(()) }
}

/// What the window would show, where there is none.
pub(super) fn as_text(paths: Vec<PathBuf>) -> Done {
    let edges = EdgeArguments { upper: Edges::default().upper_mps(), brisk_from: None };
    run(&Arguments { format: Some(Format::Text), output: None, edges, paths })
}

/// Prints run after run, as they are ready; `failed` tells whether some file gave none.
fn print(
    format: Format,
    paths: &[PathBuf],
    edges: Edges,
    out: &mut dyn Write,
    failed: &mut bool,
) -> io::Result<()> {
    let mut printer = Printer::begin(format, out)?;
    let mut result = Ok(());
    let make = |file: &str, run: &Run| {
        let summary = run.summary(edges);
        Printable {
            text: (format == Format::Text).then(|| summary_text(file, &run.recording, &summary)),
            analysis: Analysis::new(file.to_owned(), run, &summary),
        }
    };
    runs::for_each(paths, make, |reading| {
        if result.is_err() {
            return;
        }
        let duplicate = reading.duplicate_notice();
        result = match reading.result {
            Ok(mut run) => {
                run.add(duplicate);
                printer.run(&run)
            }
            Err(problem) => {
                *failed = true;
                output::complain(&reading.file, &problem);
                printer.failure(&Failure { file: reading.file, error: problem.to_string() })
            }
        };
    });
    result.and_then(|()| printer.end())
}

/// What is printed of a run; the run itself is gone by then.
struct Printable {
    text: Option<String>,
    analysis: Analysis,
}

impl Printable {
    fn add(&mut self, notice: Option<Notice>) {
        let Some(notice) = notice else { return };
        if let Some(text) = &mut self.text {
            text.push_str(&notice_text(&notice));
        }
        self.analysis.warnings.push(notice);
    }
}

/// What is being printed, in its format.
struct Printer<'a> {
    format: Format,
    out: &'a mut dyn Write,
    any: bool,
    /// Parquet is written at once, at the end.
    rows: Vec<Analysis>,
}

impl<'a> Printer<'a> {
    fn begin(format: Format, out: &'a mut dyn Write) -> io::Result<Self> {
        match format {
            Format::Text | Format::Parquet => {}
            Format::Json => out.write_all(b"[")?,
            Format::Csv => csv_line(out, &csv_header())?,
        }
        Ok(Self { format, out, any: false, rows: Vec::new() })
    }

    fn run(&mut self, run: &Printable) -> io::Result<()> {
        match self.format {
            Format::Text => {
                if self.any {
                    writeln!(self.out)?;
                }
                self.out.write_all(run.text.as_deref().unwrap_or_default().as_bytes())?;
            }
            Format::Json => self.json(&run.analysis)?,
            Format::Csv => csv_line(self.out, &run.analysis.csv_row())?,
            Format::Parquet => self.rows.push(run.analysis.clone()),
        }
        self.any = true;
        Ok(())
    }

    /// A failed file is an object in JSON; elsewhere standard error has said it.
    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        if self.format == Format::Json {
            self.json(failure)?;
            self.any = true;
        }
        Ok(())
    }

    fn json(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        self.out.write_all(if self.any { b",\n " } else { b"\n " })?;
        serde_json::to_writer(&mut *self.out, value).map_err(io::Error::from)
    }

    fn end(self) -> io::Result<()> {
        match self.format {
            Format::Text | Format::Csv => Ok(()),
            Format::Json => self.out.write_all(b"\n]\n"),
            Format::Parquet => write_analyses_parquet(self.out, &self.rows),
        }
    }
}

fn csv_line(out: &mut dyn Write, cells: &[impl AsRef<[u8]>]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(cells).map_err(io::Error::from)?;
    csv.flush()
}
