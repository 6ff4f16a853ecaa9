//! Writes `sample_runs/*.gpx`, always the same bytes:
//!
//! ```text
//! cargo run --release --no-default-features --example make_sample_runs
//! ```
//!
//! and prints each run's truth. Test runs are written by the example `judge`.

mod runs;
#[path = "simulator.rs"]
#[allow(dead_code, unused_imports, reason = "the sets of runs serve the example `judge`")]
mod simulator;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_runs");
    std::fs::create_dir_all(&folder)?;
    for run in runs::runs() {
        std::fs::write(folder.join(run.id).with_extension("gpx"), &run.gpx)?;
        print(run.id, &run.simulated);
    }
    Ok(())
}

fn print(name: &str, run: &simulator::Simulated) {
    let truth = run.truth(2.0, 1.5);
    println!(
        "{name:24} {:5} fixes, {} segments, {:4} s: standing {:4}, in band {:4} (brisk {:4}), faster {:4}; {:5.0} m, positions {:.1} m off",
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
