//! Judges the estimate against runs whose speed is known, and against the speed that real devices recorded.
//!
//! ```text
//! cargo run --release --example judge -- --seeds 701,702 [--set a|b|c|held|slow|device|all] [--only near] [--jobs 2]
//! cargo run --release --example judge -- --seeds 701 --set device --positions-only
//! cargo run --release --example judge -- --seeds 701 --stretches
//! cargo run --release --example judge -- --seeds 701 --set held --write FOLDER
//! cargo run --release --example judge -- --device FOLDER [--standing-below 0.3]
//! ```
//!
//! Every run is simulated, written as a file, read back and estimated, all in this process. Rows, by group and over
//! all: the time in band's error in % of true moving time, seconds in the wrong band, the speed's root mean square
//! error, seconds of standing and pausing more or less than true, the distance's error, runs whose interval holds the
//! truth, its width in % of true moving time; below, the errors of simple means. Truth is per second: standing, then
//! in band up to 2.0 m/s, then faster. Below 0.5 m/s is standing in sets a, b and c, below 0.25 in the others, which
//! have slow walkers.

mod arguments;
mod device;
mod means;
mod score;
mod simulated;
#[path = "../make_sample_runs/simulator.rs"]
#[allow(dead_code, unused_imports, reason = "the sample runs' generator needs more of it")]
mod simulator;
mod stretches;
mod table;
mod write;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs).build();
    let judged = match pool {
        Ok(pool) => pool.install(|| run(&arguments)),
        Err(problem) => Err(std::io::Error::other(problem)),
    };
    if let Err(problem) = judged {
        eprintln!("judge: {problem}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn run(arguments: &Arguments) -> std::io::Result<()> {
    if let Some(folder) = &arguments.write {
        return write::write(&arguments.runs(), folder);
    }
    if !arguments.device.is_empty() {
        return device::judge(&arguments.device, arguments.standing_below, arguments.verbose);
    }
    if arguments.stretches {
        stretches::judge(arguments);
    } else {
        simulated::judge(arguments);
    }
    Ok(())
}
