//! What keeps a library safe, and lets go of it: bin, backups, checks, the record, export, deletion; and the demo.

use std::path::PathBuf;

use chrono::Local;
use clap::Subcommand;

use crate::{
    library::{self, Contents, RunId},
    units,
};

use super::{CommandDone, Context, Problem, output, runs, table};

/// `spinepace library bin`
#[derive(Debug, clap::Args)]
pub(super) struct BinArguments {
    #[command(subcommand)]
    command: BinCommand,
}

#[derive(Debug, Subcommand)]
enum BinCommand {
    /// Move runs to the bin
    Add {
        /// The runs' numbers
        #[arg(value_name = "RUN")]
        runs: Vec<RunId>,
        /// A person, with all runs and notes
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// List what is in the bin
    List,
    /// Take runs or a person out of the bin
    Restore {
        /// The runs' numbers
        #[arg(value_name = "RUN")]
        runs: Vec<RunId>,
        /// A person: pseudonym or number
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// Empty the bin now, instead of after 30 days
    Empty,
}

/// `spinepace library backup`
#[derive(Debug, clap::Args)]
pub(super) struct BackupArguments {
    /// Copy the library to this file instead of among its own backups; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// List the library's own backups
    #[arg(long, conflicts_with = "output")]
    list: bool,
}

/// `spinepace library restore`
#[derive(Debug, clap::Args)]
pub(super) struct RestoreArguments {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Put it in the library's place; the library that is there is backed up first
    #[arg(long)]
    yes: bool,
    /// Read the backup's passcode from the first line of this file, where it is another than the library's
    /// [else: `SPINEPACE_BACKUP_PASSCODE`, then as the library's]
    #[arg(long, value_name = "PATH")]
    backup_passcode_file: Option<PathBuf>,
}

/// `spinepace library export`
#[derive(Debug, clap::Args)]
pub(super) struct ExportArguments {
    /// Pseudonym, reference number or number [default: me]
    #[arg(value_name = "WHO")]
    who: Option<String>,
    /// A new or empty folder
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

/// `spinepace library delete`
#[derive(Debug, clap::Args)]
pub(super) struct DeleteArguments {
    /// The person: pseudonym, reference number or number
    #[arg(value_name = "WHO")]
    who: String,
    /// Really: there is no way back
    #[arg(long)]
    for_good: bool,
    /// Write the receipt to this file too
    #[arg(long, value_name = "OUT")]
    receipt: Option<PathBuf>,
}

/// `spinepace library record`
#[derive(Debug, clap::Args)]
pub(super) struct RecordArguments {
    /// At most this many lines, the latest first
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    most: usize,
}

pub(super) fn bin(context: &Context, arguments: &BinArguments) -> CommandDone {
    match &arguments.command {
        BinCommand::List => {
            let library = context.read()?;
            let filter = library::Filter { bin: true, ..library::Filter::default() };
            let (runs, people) = (library.runs(&filter)?, library.people_in_bin()?);
            context.print(&serde_json::json!({ "runs": runs, "people": people }), || {
                let people: Vec<Vec<String>> = people
                    .iter()
                    .map(|person| vec![format!("person {}", person.id), person.name.clone()])
                    .collect();
                table(&people) + &runs::lines(&runs)
            })
        }
        BinCommand::Add { runs, person } => {
            let mut library = context.write()?;
            library.bin_runs(runs)?;
            if let Some(who) = person {
                let id = library.find_person(who)?;
                library.bin_person(id)?;
            }
            context.close(library);
            context.print(&serde_json::json!({ "runs": runs, "person": person }), || {
                "moved to the bin, for 30 days\n".to_owned()
            })
        }
        BinCommand::Restore { runs, person } => {
            let mut library = context.write()?;
            if let Some(who) = person {
                let found = library.people_in_bin()?.into_iter().find(|one| {
                    one.name.eq_ignore_ascii_case(who.trim()) || one.id.to_string() == who.trim()
                });
                let found = found.ok_or_else(|| library::LibraryError::Unknown {
                    what: "person in the bin called",
                    which: who.clone(),
                    list: "spinepace library bin list",
                })?;
                library.unbin_person(found.id)?;
            }
            library.unbin_runs(runs)?;
            context.close(library);
            context.print(&serde_json::json!({ "runs": runs, "person": person }), || {
                "restored from the bin\n".to_owned()
            })
        }
        BinCommand::Empty => {
            let mut library = context.write()?;
            let gone = library.empty_bin()?;
            context.close(library);
            context
                .print(&serde_json::json!({ "gone": gone }), || format!("the bin is empty; it held {gone}\n"))
        }
    }
}

pub(super) fn backup(context: &Context, arguments: &BackupArguments) -> CommandDone {
    if arguments.list {
        let backups = library::backups(&context.place);
        return context.print(&backups, || {
            let rows = backups.iter().map(|backup| {
                vec![
                    backup.made.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string(),
                    format!("{:.1} MB", backup.size as f64 / 1e6),
                    backup.path.display().to_string(),
                ]
            });
            table(&rows.collect::<Vec<_>>())
        });
    }
    let mut library = context.read()?;
    let path = match &arguments.output {
        Some(path) => {
            library
                .back_up_to(path)
                .map_err(|problem| Problem::Exit(output::failed(path.display(), problem)))?;
            path.clone()
        }
        None => library.back_up()?.path,
    };
    context.print(&serde_json::json!({ "backup": path }), || format!("{}, checked\n", path.display()))
}

pub(super) fn restore(context: &Context, arguments: &RestoreArguments) -> CommandDone {
    let told = |problem| Problem::Exit(output::failed(arguments.file.display(), problem));
    let mut secrets = Vec::new();
    // Whether the library's own passcode is among them, as far as is known.
    let mut known = false;
    let looked = match library::look_into(&arguments.file) {
        Err(library::LibraryError::Locked) => {
            let path = arguments.backup_passcode_file.as_deref();
            let (secret, is_its_own) = context.secrets.ask_for_backup(path, "Passcode of the backup: ")?;
            secrets.push(secret);
            known = !is_its_own;
            library::look_into_with(&arguments.file, &secrets.iter().collect::<Vec<_>>())
        }
        looked => looked,
    };
    let holds = looked.map_err(told)?;
    if !arguments.yes {
        return context.print(&holds, || {
            format!("{}Nothing was changed; add --yes to put it in the library's place.\n", contents(&holds))
        });
    }
    // Where the library is damaged, that is told by restoring.
    if !known && library::Library::is_locked(&context.place).unwrap_or(false) {
        secrets.push(context.secrets.ask("Passcode of the library: ")?);
        known = true;
    }
    let restored =
        library::restore_with(&context.place, &arguments.file, &secrets.iter().collect::<Vec<_>>());
    let (holds, before) = match restored {
        // The library has another passcode than the backup after all.
        Err(library::LibraryError::WrongPasscode { .. }) if secrets.len() == 1 && known => {
            secrets.push(context.secrets.ask("Passcode of the library: ")?);
            library::restore_with(&context.place, &arguments.file, &secrets.iter().collect::<Vec<_>>())?
        }
        restored => restored?,
    };
    context.print(&serde_json::json!({ "holds": holds, "before": before }), || {
        let kept = before
            .as_ref()
            .map_or_else(String::new, |path| format!("The old library is kept as {}.\n", path.display()));
        format!("{}{kept}", contents(&holds))
    })
}

fn contents(holds: &Contents) -> String {
    let days = holds.first_day.as_ref().zip(holds.last_day.as_ref());
    let rows = vec![
        vec!["people".to_owned(), holds.people.to_string()],
        vec![
            "runs".to_owned(),
            format!(
                "{}{}",
                holds.runs,
                days.map_or_else(String::new, |(first, last)| format!(", {first} to {last}"))
            ),
        ],
        vec!["in the bin".to_owned(), units::counted(holds.runs_in_bin, "run")],
        vec!["notes".to_owned(), holds.notes.to_string()],
        vec!["doses".to_owned(), holds.doses.to_string()],
        vec![
            "last change".to_owned(),
            holds
                .last_change
                .map_or_else(String::new, |at| at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()),
        ],
    ];
    table(&rows)
}

pub(super) fn verify(context: &Context) -> CommandDone {
    let verified = context.read()?.verify()?;
    context.print(&verified, || {
        let mut text = format!(
            "{} and {} are as they were written\n",
            units::counted(verified.rows, "row"),
            units::counted(verified.originals, "original file")
        );
        for problem in &verified.problems {
            text.push_str(problem);
            text.push('\n');
        }
        text
    })?;
    match verified.problems.first() {
        None => Ok(()),
        Some(why) => Err(library::LibraryError::Damaged {
            why: why.clone(),
            backup: library::backups(&context.place).into_iter().next().map(|backup| backup.path),
        }
        .into()),
    }
}

pub(super) fn export(context: &Context, arguments: &ExportArguments) -> CommandDone {
    let mut library = context.read()?;
    let who = super::person(&library, arguments.who.as_deref())?;
    let written = library.hand_over(who, &arguments.output)?;
    context.print(&written, || {
        let [runs, notes] =
            [(written.runs, "run"), (written.notes, "note")].map(|(n, of)| units::counted(n, of));
        format!("{}: {runs}, {notes}\n", written.folder.display())
    })
}

pub(super) fn delete(context: &Context, arguments: &DeleteArguments) -> CommandDone {
    let mut library = context.write()?;
    let who = library.find_person(&arguments.who).or_else(|unknown| {
        let binned = library.people_in_bin()?;
        let which = arguments.who.trim();
        let found = binned.iter().find(|one| one.name == which || one.id.to_string() == which);
        found.map(|one| one.id).ok_or(unknown)
    })?;
    if !arguments.for_good {
        let about = library.person(who)?;
        return context.print(&about, || {
            format!(
                "{} has {}. Nothing was changed; add --for-good to delete all of it, or move the person to the bin with `bin add --person`.\n",
                about.name,
                units::counted(about.runs, "run")
            )
        });
    }
    let erasure = library.erase_person(who)?;
    if let Some(path) = &arguments.receipt {
        output::write_to(Some(path), |out| out.write_all(erasure.text().as_bytes()))?;
    }
    context.print(&erasure, || erasure.text())
}

pub(super) fn record(context: &Context, arguments: &RecordArguments) -> CommandDone {
    let lines = context.read()?.record(arguments.most)?;
    context.print(&lines, || {
        let rows = lines.iter().map(|line| {
            vec![
                line.at.with_timezone(&Local).format("%Y-%m-%d %H:%M:%S").to_string(),
                line.action.clone(),
                line.object.clone(),
                line.count.to_string(),
            ]
        });
        table(&rows.collect::<Vec<_>>())
    })
}

pub(super) fn demo(context: &Context, named: bool) -> CommandDone {
    if !named {
        return Err(Problem::Exit(output::failed(
            "the demo library",
            "name a folder with --library PATH: the demo is never made where your own library is",
        )));
    }
    let library = library::Library::make_demo(context.place.clone(), Local::now().date_naive())?;
    let holds = library.contents()?;
    context.print(&holds, || {
        format!(
            "{}: a demo; this patient does not exist\n{}",
            context.place.folder().display(),
            contents(&holds)
        )
    })
}
