//! Writes `sample_runs/*.gpx`, always the same bytes:
//!
//! ```text
//! cargo run --release --no-default-features --example make_sample_runs
//! ```
//!
//! and prints each run's truth. With `--scenarios SEED FOLDER` it writes the test scenarios of that seed instead,
//! each as `NAME.gpx` and `NAME.truth.csv` with one row per second.

mod runs;
#[path = "simulator.rs"]
mod simulator;

use std::{fmt::Write as _, path::Path};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, seed, folder] = arguments.as_slice()
        && option == "--scenarios"
    {
        return write_scenarios(seed.parse().unwrap_or(1), Path::new(folder));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_runs");
    std::fs::create_dir_all(&folder)?;
    for run in runs::runs() {
        std::fs::write(folder.join(run.id).with_extension("gpx"), &run.gpx)?;
        print("sample", run.id, &run.simulated);
    }
    Ok(())
}

fn write_scenarios(seed: u64, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for scenario in simulator::scenarios() {
        let run = simulator::simulate(&scenario, seed);
        let file = folder.join(&scenario.name);
        std::fs::write(file.with_extension("gpx"), runs::test_gpx(&scenario, &run))?;
        let mut rows = "t,true_speed_mps,moving,time\n".to_owned();
        for (second, speed) in run.true_speed_mps.iter().enumerate() {
            let moving = u8::from(*speed >= simulator::STANDING_BELOW_MPS);
            // Writing to a string cannot fail.
            let _ = writeln!(rows, "{second},{speed:.4},{moving},{}", runs::test_time(second));
        }
        std::fs::write(file.with_extension("truth.csv"), rows)?;
        print(scenario.group, &scenario.name, &run);
    }
    Ok(())
}

fn print(group: &str, name: &str, run: &simulator::Simulated) {
    let truth = run.truth(2.0, 1.5);
    println!(
        "{group:10} {name:24} {:5} fixes, {} segments, {:4} s: standing {:4}, in band {:4} (brisk {:4}), faster {:4}; {:5.0} m, positions {:.1} m off",
        run.fixes.len(),
        run.breaks.len() + 1,
        run.true_speed_mps.len(),
        truth.standing_s,
        truth.in_band_s,
        truth.brisk_s,
        truth.faster_s,
        run.true_distance_m(),
        run.position_error_m
    );
}
