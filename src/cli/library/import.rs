//! Files into the library, and imports listed and undone.

use std::{path::PathBuf, process::ExitCode, sync::atomic::AtomicBool};

use crate::{
    library::{BatchId, Fate, Receipt},
    recording, units,
};

use super::{CommandDone, Context, person, table};

/// `spinepace library import`
#[derive(Debug, clap::Args)]
pub(super) struct ImportArguments {
    /// Whose runs they are: pseudonym, reference number or number [default: me]
    #[arg(long, value_name = "WHO")]
    person: Option<String>,
    /// Runs: files, folders, archives, whole exports
    #[arg(value_name = "FILE|FOLDER", required = true)]
    paths: Vec<PathBuf>,
}

/// `spinepace library imports`
#[derive(Debug, clap::Args)]
pub(super) struct ImportsArguments {
    /// The import's number
    #[arg(value_name = "IMPORT")]
    import: Option<i64>,
}

/// `spinepace library undo-import`
#[derive(Debug, clap::Args)]
pub(super) struct UndoArguments {
    /// The import's number
    #[arg(value_name = "IMPORT")]
    import: i64,
}

pub(super) fn import(context: &Context, arguments: &ImportArguments) -> CommandDone {
    let mut library = context.write()?;
    let person = person(&library, arguments.person.as_deref())?;
    let sources = recording::sources(&arguments.paths);
    let receipt = library.import(&sources, person, &AtomicBool::new(false), &mut |progress| {
        context.progress(format_args!("{} of {} files", progress.done, progress.total));
    })?;
    context.progress(format_args!("{:40}\r", ""));
    context.close(library);
    print_receipt(context, &receipt)?;
    if receipt.count(Fate::Refused) > 0 { Err(ExitCode::FAILURE.into()) } else { Ok(()) }
}

pub(super) fn imports(context: &Context, arguments: &ImportsArguments) -> CommandDone {
    let library = context.read()?;
    if let Some(import) = arguments.import {
        return print_receipt(context, &library.receipt(BatchId::new(import))?);
    }
    let batches = library.batches()?;
    context.print(&batches, || {
        let row = |batch: &Receipt| {
            let state = match (batch.undone, batch.ended, batch.cancelled) {
                (Some(_), ..) => "taken back",
                (_, None, _) => "cut short",
                (_, _, true) => "cancelled",
                _ => "complete",
            };
            vec![
                batch.batch.to_string(),
                batch.begun.format("%Y-%m-%d %H:%M UTC").to_string(),
                format!("person {}", batch.person),
                state.to_owned(),
            ]
        };
        table(&batches.iter().map(row).collect::<Vec<_>>())
    })
}

pub(super) fn undo(context: &Context, arguments: &UndoArguments) -> CommandDone {
    let mut library = context.write()?;
    let runs = library.undo_import(BatchId::new(arguments.import))?;
    context.close(library);
    context.print(&serde_json::json!({ "import": arguments.import, "runs_to_bin": runs }), || {
        let runs = units::counted(runs, "run");
        format!("import {} was undone; {runs} moved to the bin for 30 days\n", arguments.import)
    })
}

pub(super) fn print_receipt(context: &Context, receipt: &Receipt) -> CommandDone {
    context.print(receipt, || {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for file in &receipt.files {
            let fate = match file.fate {
                Fate::Added => "added",
                Fate::Duplicate => "duplicate",
                Fate::Refused => "refused",
            };
            let run = file.run.map_or_else(String::new, |run| format!("run {run}"));
            rows.push(vec![fate.to_owned(), run, file.file.clone(), file.why.clone().unwrap_or_default()]);
        }
        format!(
            "{}import {}: {} added, {} duplicate, {} refused\n",
            table(&rows),
            receipt.batch,
            receipt.count(Fate::Added),
            receipt.count(Fate::Duplicate),
            receipt.count(Fate::Refused)
        )
    })
}
