//! `spinepace library`: runs, people, doses and notes that are kept on this computer, for scripts.

mod calendar;
mod import;
mod passcode;
mod people;
mod period;
mod runs;
mod trust;
mod watch;

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use chrono::{Local, NaiveDate};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use crate::library::{Access, Library, LibraryError, OpenOptions, PersonId, Place, Secret};

use super::{Done, output};

/// `spinepace library`
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The library's folder [default: `spinepace-library` beside the program if it is there, else your own data folder]
    #[arg(long, value_name = "PATH", global = true)]
    library: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    format: Format,
    #[command(flatten)]
    secrets: passcode::SecretArguments,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For scripts; numbers in SI units
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add runs, and say of each file what became of it
    Import(import::ImportArguments),
    /// Add new runs as they appear in a folder, or on a watch that is plugged in; Ctrl+C ends it
    Watch(watch::WatchArguments),
    /// List the imports, or print one's receipt
    Imports(import::ImportsArguments),
    /// Undo a whole import: its runs go to the bin
    UndoImport(import::UndoArguments),
    /// List runs
    List(runs::ListArguments),
    /// Print everything about a run
    Show(runs::ShowArguments),
    /// Change a run's name, note, pain or tags
    Change(runs::ChangeArguments),
    /// Give runs to another person
    Move(runs::MoveArguments),
    /// Choose between two runs of the same activity
    Choose(runs::ChooseArguments),
    /// Recompute numbers that an older method computed
    Recompute,
    /// Enter, list and change people
    Person(people::PersonArguments),
    /// Write one page over some weeks of a person, to hand over
    Report(period::PeriodArguments),
    /// Agree on a weekly dose, and see what was done
    Dose(people::DoseArguments),
    /// Agree on the weekdays of sessions
    Plan(calendar::PlanArguments),
    /// Print a person's weeks day by day: sessions done, moved, missed and to come
    Calendar(calendar::CalendarArguments),
    /// Write and list notes
    Note(people::NoteArguments),
    /// Record how much a day hurt, with or without a run
    Pain(people::PainArguments),
    /// Move runs to the bin, or list, restore and empty it
    Bin(trust::BinArguments),
    /// Make a backup now, or list the backups
    Backup(trust::BackupArguments),
    /// Show what a backup holds and, with --yes, put it in the library's place
    Restore(trust::RestoreArguments),
    /// Check every byte of the library
    Verify,
    /// Write everything about a person into a folder, in open formats
    Export(trust::ExportArguments),
    /// Delete a person for good: from the library, its log and its own backups
    Delete(trust::DeleteArguments),
    /// Make a demo library, eight weeks of a patient who does not exist, in the folder `--library PATH`
    Demo,
    /// Set, change or remove the library's passcode, or get back in with the recovery key
    Passcode(passcode::PasscodeArguments),
    /// Print what was done to the library, and when
    Record(trust::RecordArguments),
}

pub(super) fn run(arguments: &Arguments) -> Done {
    let place = arguments.library.clone().map(Place::at).or_else(Place::usual).ok_or_else(|| {
        output::failed("the library", "this system has no folder for it; name one with --library PATH")
    })?;
    let context = Context { place, format: arguments.format, secrets: arguments.secrets.clone() };
    let done = match &arguments.command {
        Command::Import(arguments) => import::import(&context, arguments),
        Command::Watch(arguments) => watch::watch(&context, arguments),
        Command::Imports(arguments) => import::imports(&context, arguments),
        Command::UndoImport(arguments) => import::undo(&context, arguments),
        Command::List(arguments) => runs::list(&context, arguments),
        Command::Show(arguments) => runs::show(&context, arguments),
        Command::Change(arguments) => runs::change(&context, arguments),
        Command::Move(arguments) => runs::move_runs(&context, arguments),
        Command::Choose(arguments) => runs::choose(&context, arguments),
        Command::Recompute => runs::recompute(&context),
        Command::Person(arguments) => people::person(&context, arguments),
        Command::Report(arguments) => period::report(&context, arguments),
        Command::Dose(arguments) => people::dose(&context, arguments),
        Command::Plan(arguments) => calendar::plan(&context, arguments),
        Command::Calendar(arguments) => calendar::calendar(&context, arguments),
        Command::Note(arguments) => people::note(&context, arguments),
        Command::Pain(arguments) => people::pain(&context, arguments),
        Command::Bin(arguments) => trust::bin(&context, arguments),
        Command::Backup(arguments) => trust::backup(&context, arguments),
        Command::Restore(arguments) => trust::restore(&context, arguments),
        Command::Verify => trust::verify(&context),
        Command::Export(arguments) => trust::export(&context, arguments),
        Command::Delete(arguments) => trust::delete(&context, arguments),
        Command::Demo => trust::demo(&context, arguments.library.is_some()),
        Command::Passcode(arguments) => passcode::run(&context, arguments),
        Command::Record(arguments) => trust::record(&context, arguments),
    };
    done.map_err(|problem| match problem {
        Problem::Library(error) => output::failed(context.place.folder().display(), error),
        Problem::Exit(exit) => exit,
    })
}

/// Why a command ends early.
enum Problem {
    /// The library would not; said once, here.
    Library(LibraryError),
    /// It was said already.
    Exit(ExitCode),
}

impl From<LibraryError> for Problem {
    fn from(error: LibraryError) -> Self {
        Self::Library(error)
    }
}

impl From<ExitCode> for Problem {
    fn from(exit: ExitCode) -> Self {
        Self::Exit(exit)
    }
}

type CommandDone = Result<(), Problem>;

/// What every command needs.
struct Context {
    place: Place,
    format: Format,
    secrets: passcode::SecretArguments,
}

impl Context {
    /// The library to read. One that nobody has open may have to be tidied up first, so it is opened to write where
    /// that can be.
    fn read(&self) -> Result<Library, Problem> {
        if !self.place.file().is_file() {
            return Err(LibraryError::Missing(self.place.folder().to_owned()).into());
        }
        let (library, _) = self.unlocked()?;
        self.mark(&library)?;
        Ok(library)
    }

    /// The library to change, made if there is none.
    fn write(&self) -> Result<Library, Problem> {
        let (library, _) = self.unlocked()?;
        library.writable()?;
        self.mark(&library)?;
        Ok(library)
    }

    /// The library, unlocked by what the options, the environment or a person says, and that.
    fn unlocked(&self) -> Result<(Library, Option<Secret>), Problem> {
        let options = OpenOptions { access: Access::Write };
        match Library::open(self.place.clone(), options) {
            Err(LibraryError::Locked) => {
                let secret = self.secrets.ask("Passcode of the library: ")?;
                Ok((Library::unlock(self.place.clone(), options, &secret)?, Some(secret)))
            }
            opened => Ok((opened?, None)),
        }
    }

    /// Says whenever a demo is shown that it is one.
    fn mark(&self, library: &Library) -> Result<(), LibraryError> {
        if library.is_demo()? {
            output::complain(self.place.folder().display(), "a demo: this patient does not exist");
        }
        Ok(())
    }

    /// The day's backup, after the first change of a day. A change stays where that fails, and it is said.
    fn close(&self, mut library: Library) {
        if let Err(problem) = library.back_up_daily() {
            output::complain(self.place.backups().display(), format_args!("no backup was made: {problem}"));
        }
    }

    /// Prints a value as JSON, or else `text`.
    fn print(&self, value: &impl Serialize, text: impl FnOnce() -> String) -> CommandDone {
        output::write_to(None, |out| match self.format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
                out.write_all(b"\n")
            }
            Format::Text => out.write_all(text().as_bytes()),
        })?;
        Ok(())
    }

    /// Says on standard error how far something is, where a person reads and no script.
    fn progress(&self, text: std::fmt::Arguments<'_>) {
        if self.format == Format::Text && io::stderr().is_terminal() {
            // Nothing can be said where standard error is closed.
            let _ = write!(io::stderr(), "\r{text}");
        }
    }
}

/// The person that `which` names, me without it.
fn person(library: &Library, which: Option<&str>) -> Result<PersonId, LibraryError> {
    which.map_or(Ok(PersonId::ME), |which| library.find_person(which))
}

/// The day named, today without it.
fn day(named: Option<NaiveDate>) -> NaiveDate {
    named.unwrap_or_else(|| Local::now().date_naive())
}

/// "34:03" of seconds.
fn minutes(seconds: f64) -> String {
    crate::units::duration(seconds)
}

/// Lines in columns: each cell as wide as the widest above and below it.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let pad = width - cell.chars().count();
            format!("{cell}{}", " ".repeat(pad))
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
