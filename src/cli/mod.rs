//! The command line, one file per command.

mod analyze;
mod export;
mod library;
mod open;
mod output;
mod report;
mod runs;
mod segments;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    band::{BadEdges, Edges},
    motion::Evidence,
    units::SpeedUnit,
};

/// What became of a command: the exit code where not all was done; the reason has been printed by then.
type Done = Result<(), ExitCode>;

/// Tells you how long a run was at a spine-friendly pace: moving at 2 m/s or slower.
#[derive(Debug, Parser)]
#[command(name = "spinepace", version, args_conflicts_with_subcommands = true)]
#[command(after_help = "Without a command, the window opens with these runs. \
    Nothing ever leaves this computer. Educational, not a diagnosis.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Keep nothing of the runs that the window opens: no recent runs, no session, no cuts
    #[arg(long)]
    clinic: bool,
    /// Runs to open in the window: files, folders, archives
    #[arg(value_name = "FILE|FOLDER")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the time in band of every run
    Analyze(analyze::Arguments),
    /// Print every segment of a run: the leg between two fixes, with its speed and state
    Segments(segments::Arguments),
    /// Make the one-page report of one run
    Report(report::Arguments),
    /// Write the cleaned track as GPX, or one chart as a picture
    Export(export::Arguments),
    /// Keep runs, people, doses and notes on this computer
    Library(library::Arguments),
}

/// The band's edges as options.
#[derive(Debug, Clone, Copy, Args)]
struct EdgeArguments {
    /// Highest speed inside the band, m/s
    #[arg(long, default_value_t = Edges::default().upper_mps(), value_name = "M/S")]
    upper: f64,
    /// Speed from which the band is brisk, m/s [default: 1.5, or the upper edge if that is lower]
    #[arg(long, value_name = "M/S")]
    brisk_from: Option<f64>,
}

impl EdgeArguments {
    fn edges(self) -> Result<Edges, BadEdges> {
        match self.brisk_from {
            Some(brisk_from) => Edges::new(self.upper, brisk_from),
            None => Edges::default().with_upper(self.upper),
        }
    }

    /// The edges, or the exit code of wrong usage.
    fn edges_or_usage(self) -> Result<Edges, ExitCode> {
        self.edges().map_err(|bad| {
            eprintln!("spinepace: {bad}");
            ExitCode::from(2)
        })
    }
}

/// What an estimate may go by, as an option.
#[derive(Debug, Clone, Copy, Args)]
struct EvidenceArguments {
    /// Estimate from the positions alone, without the device's own speed or distance
    #[arg(long)]
    positions_only: bool,
}

impl EvidenceArguments {
    fn evidence(self) -> Evidence {
        if self.positions_only { Evidence::PositionsOnly } else { Evidence::All }
    }
}

/// A unit beside m/s, as an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnitArgument {
    /// m/s
    #[value(name = "m/s", alias = "mps")]
    Mps,
    /// km/h
    #[value(name = "km/h", alias = "kmh")]
    Kmh,
    /// min/km
    #[value(name = "min/km")]
    MinPerKm,
    /// mph
    #[value(name = "mph")]
    Mph,
    /// min/mile
    #[value(name = "min/mile")]
    MinPerMile,
}

impl From<UnitArgument> for SpeedUnit {
    fn from(unit: UnitArgument) -> Self {
        match unit {
            UnitArgument::Mps => Self::MetresPerSecond,
            UnitArgument::Kmh => Self::KilometresPerHour,
            UnitArgument::MinPerKm => Self::MinutesPerKilometre,
            UnitArgument::Mph => Self::MilesPerHour,
            UnitArgument::MinPerMile => Self::MinutesPerMile,
        }
    }
}

/// Runs the program with the process's own arguments.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Some(Command::Analyze(arguments)) => analyze::run(&arguments),
        Some(Command::Segments(arguments)) => segments::run(&arguments),
        Some(Command::Report(arguments)) => report::run(&arguments),
        Some(Command::Export(arguments)) => export::run(&arguments),
        Some(Command::Library(arguments)) => library::run(&arguments),
        None => open::run(cli.paths, cli.clinic),
    };
    done.err().unwrap_or(ExitCode::SUCCESS)
}
