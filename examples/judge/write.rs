//! Runs and their truth as files, for other programs to be judged by.

use std::{fmt::Write as _, fs, io, path::Path};

use super::{arguments::Run, simulated::START, simulator::clock};

/// Writes each run as `SET/SEED/NAME.gpx` (or .tcx) and `NAME.truth.csv`, one row per second.
pub fn write(runs: &[Run], folder: &Path) -> io::Result<()> {
    for run in runs {
        let simulated = run.case.simulate(run.seed);
        let folder = folder.join(format!("{:?}", run.set).to_lowercase()).join(run.seed.to_string());
        fs::create_dir_all(&folder)?;
        // Names may hold a dot: the ending is added, not set.
        let named = |ending: &str| folder.join(format!("{}.{ending}", run.case.name));
        fs::write(named(run.case.format().ending()), run.file(&simulated))?;
        let mut rows = "t,true_speed_mps,moving,time\n".to_owned();
        for (second, speed) in simulated.true_speed_mps.iter().enumerate() {
            let moving = u8::from(*speed >= simulated.standing_below_mps);
            // Writing to a string cannot fail.
            let _ = writeln!(rows, "{second},{speed:.4},{moving},{}", clock(START, second as f64));
        }
        fs::write(named("truth.csv"), rows)?;
    }
    println!("{} runs -> {}", runs.len(), folder.display());
    Ok(())
}
