//! Whole runs whose speed is known.

use rayon::prelude::*;
use spinepace::{
    band::{Edges, Summary},
    motion,
    recording::{self, Recording},
};

use super::{
    arguments::{Arguments, Run},
    means::{self, Mean},
    score::{Score, Seconds, Truth, score},
    simulator::{Header, Simulated},
    table,
};

/// When the test runs began.
pub const START: &str = "2026-05-03T07:00:00Z";

/// What came of one run.
pub struct Judged {
    /// The set's name and the scenario's, with the seed.
    pub name: String,
    /// The scenario's group.
    pub group: &'static str,
    /// The estimate's score, then those of the simple means.
    pub scores: Vec<Score>,
}

impl Run {
    /// The file that a device writes.
    pub fn file(&self, simulated: &Simulated) -> String {
        let header = Header {
            title: &self.case.name,
            activity: "running",
            creator: "Simulated",
            start: START,
            heart_rate: false,
        };
        self.case.format().write(&header, simulated)
    }

    /// Simulates the run, writes it as a file and reads that.
    pub fn record(&self, arguments: &Arguments) -> (Simulated, Recording) {
        let mut simulated = self.case.simulate(self.seed);
        if let Some(edge_mps) = arguments.standing_below {
            simulated.standing_below_mps = edge_mps;
        }
        let name = format!("{}.{}", self.case.name, self.case.format().ending());
        let mut recording = recording::read_bytes(&name, self.file(&simulated).as_bytes())
            .unwrap_or_else(|problem| panic!("{name}, seed {}, {problem}", self.seed));
        if arguments.positions_only {
            recording.fixes.device_speed_mps.clear();
            recording.fixes.device_distance_m.clear();
        }
        (simulated, recording)
    }
}

/// Judges and prints.
pub fn judge(arguments: &Arguments) {
    for set in arguments.sets() {
        let runs: Vec<Run> = arguments.runs().into_iter().filter(|run| run.set == set).collect();
        if runs.is_empty() {
            continue;
        }
        let judged: Vec<Judged> = runs.par_iter().map(|run| one(run, arguments)).collect();
        table::print(&format!("{set:?}: {} runs", judged.len()), &judged);
        if arguments.verbose {
            table::print_worst(&judged);
        }
    }
}

fn one(run: &Run, arguments: &Arguments) -> Judged {
    let (simulated, recording) = run.record(arguments);
    let truth =
        Truth { speed_mps: &simulated.true_speed_mps, standing_below_mps: simulated.standing_below_mps };
    let count = truth.speed_mps.len();
    let motion = motion::estimate(&recording);
    let summary = Summary::new(&recording, &motion, Edges::default());
    let mut scores = vec![score(&Seconds::of(&recording, &motion, count), Some(&summary), &truth)];
    scores.extend(Mean::ALL.map(|mean| {
        let speed_mps = means::speed_mps(&recording, mean, count);
        score(&Seconds::of_speed(speed_mps, truth.standing_below_mps), None, &truth)
    }));
    Judged { name: format!("{} seed {}", run.case.name, run.seed), group: run.case.group, scores }
}
