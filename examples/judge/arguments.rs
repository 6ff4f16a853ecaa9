//! What is asked for.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use super::simulator::{Case, Set};

/// Judges the estimate against runs whose speed is known, or with --device against real devices.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// Seeds of the runs; below 100 they served development
    #[arg(long, value_delimiter = ',', default_value = "701,702")]
    seeds: Vec<u64>,
    /// The sets of runs
    #[arg(long, value_enum, value_delimiter = ',', default_value = "all")]
    set: Vec<SetArgument>,
    /// Only scenarios or groups with this in their name
    #[arg(long, default_value = "", hide_default_value = true)]
    only: String,
    /// Threads
    #[arg(long, default_value_t = 1)]
    pub jobs: usize,
    /// Leave out what the device says of its speed
    #[arg(long)]
    pub positions_only: bool,
    /// Judge the intervals of ten-minute stretches instead of whole runs
    #[arg(long)]
    pub stretches: bool,
    /// Slower than this is truly standing, m/s [default: as the set says, 0.5 with --device]
    #[arg(long, value_name = "MPS")]
    pub standing_below: Option<f64>,
    /// Also name the twenty runs with the largest errors, or with --device every file
    #[arg(long)]
    pub verbose: bool,
    /// Write the runs and their truth into this folder instead of judging
    #[arg(long, value_name = "FOLDER")]
    pub write: Option<PathBuf>,
    /// Judge real FIT and TCX files by the speed that their devices recorded, from positions only
    #[arg(long, value_name = "FOLDER", num_args = 1..)]
    pub device: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SetArgument {
    /// The first research simulator
    A,
    /// The second
    B,
    /// This repository's, ordinary runs
    C,
    /// Receivers that repeat their position
    Held,
    /// Slow walkers
    Slow,
    /// Devices that write a speed
    Device,
    /// All of them
    All,
}

/// One run to be simulated.
pub struct Run {
    pub set: Set,
    pub case: Case,
    pub seed: u64,
}

impl Arguments {
    /// The sets asked for, each once.
    pub fn sets(&self) -> Vec<Set> {
        let mut sets = Vec::new();
        for set in &self.set {
            match set {
                SetArgument::A => sets.push(Set::A),
                SetArgument::B => sets.push(Set::B),
                SetArgument::C => sets.push(Set::C),
                SetArgument::Held => sets.push(Set::Held),
                SetArgument::Slow => sets.push(Set::Slow),
                SetArgument::Device => sets.push(Set::Device),
                SetArgument::All => sets.extend(Set::ALL),
            }
        }
        sets
    }

    /// Every run asked for.
    pub fn runs(&self) -> Vec<Run> {
        let wanted = |case: &Case| case.name.contains(&self.only) || case.group.contains(&self.only);
        let mut runs = Vec::new();
        for set in self.sets() {
            for case in set.cases().into_iter().filter(wanted) {
                runs.extend(self.seeds.iter().map(|seed| Run { set, case: case.clone(), seed: *seed }));
            }
        }
        runs
    }
}
