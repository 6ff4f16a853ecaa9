//! The sets of runs that an estimate is judged by.

mod device;
mod held;
mod plain;
mod slow;

pub use plain::plain_scenarios;

use super::{Format, Scenario, Simulated, research, simulate};

/// A set of scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Set {
    /// The first research simulator.
    A,
    /// The second: other errors, gaits, paces and paths.
    B,
    /// Ordinary runs seen by satellites, multipath and tracking filters.
    C,
    /// Receivers that repeat their position.
    Held,
    /// Patients and steep climbs.
    Slow,
    /// Devices that write a speed.
    Device,
}

/// One scenario of any set.
#[derive(Debug, Clone)]
pub struct Case {
    /// Distinct within the set.
    pub name: String,
    /// What the run tries.
    pub group: &'static str,
    law: Law,
}

#[derive(Debug, Clone)]
enum Law {
    Satellites(Box<Scenario>),
    Research(research::Scenario),
}

impl Set {
    /// All sets.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::Held, Self::Slow, Self::Device];

    /// The set's scenarios.
    pub fn cases(self) -> Vec<Case> {
        let of_satellites = |all: Vec<Scenario>| {
            let case = |it: Scenario| Case {
                name: it.name.clone(),
                group: it.group,
                law: Law::Satellites(Box::new(it)),
            };
            all.into_iter().map(case).collect()
        };
        let of_research = |all: Vec<research::Scenario>| {
            let case = |it: research::Scenario| Case {
                name: it.name.clone(),
                group: it.group,
                law: Law::Research(it),
            };
            all.into_iter().map(case).collect()
        };
        match self {
            Self::A => of_research(research::a::scenarios()),
            Self::B => of_research(research::b::scenarios()),
            Self::C => of_satellites(plain_scenarios()),
            Self::Held => of_satellites(held::scenarios()),
            Self::Slow => of_satellites(slow::scenarios()),
            Self::Device => of_satellites(device::scenarios()),
        }
    }
}

impl Case {
    /// Simulates the run of a seed.
    pub fn simulate(&self, seed: u64) -> Simulated {
        match &self.law {
            Law::Satellites(scenario) => simulate(scenario, seed),
            Law::Research(scenario) => scenario.simulate(seed),
        }
    }

    /// What it is written as.
    pub fn format(&self) -> Format {
        match &self.law {
            Law::Satellites(scenario) => scenario.format,
            Law::Research(_) => Format::Gpx,
        }
    }
}
