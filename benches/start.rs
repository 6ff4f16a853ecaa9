//! How long it takes from starting a program to a window that no longer changes, on a virtual screen:
//! Spinepace with a run of one hour, beside an empty eframe window and, where it is installed, GPXSee.
//!
//! ```text
//! cargo bench --bench start            # ten rounds; `-- 30` for thirty
//! ```
//!
//! The programs take turns, so that a busy machine slows all of them. Medians and the fastest round are printed.
//! Settings are new in each round; what the graphics driver compiled is kept, as it is between starts on a desk.
//! The round in which it still had to compile is printed as the first and not counted.

#[path = "../tests/real_window/display.rs"]
#[allow(dead_code, reason = "the tests do more with it")]
mod display;
#[path = "../tests/real_window/shot.rs"]
#[allow(dead_code, reason = "the tests do more with it")]
mod shot;
#[path = "../examples/make_sample_runs/simulator.rs"]
#[allow(dead_code, unused_imports, reason = "only one run is needed")]
mod simulator;

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use display::Display;
use simulator::{Course, Format, Header, Pace, Receiver, Scenario, simulate};

/// Makes the command that starts a program.
type Start<'a> = Box<dyn Fn() -> Command + 'a>;

const EMPTY_WINDOW: &str = "--empty-window";
/// No change for this long is the end of the changes.
const QUIET: Duration = Duration::from_millis(700);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == EMPTY_WINDOW) {
        return empty_window();
    }
    let rounds = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(10).max(1);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = folder.path().join("one hour.gpx");
    let pace = Pace::Alternate(2.7, 1.7, (120.0, 400.0));
    let hour = Scenario::plain("one hour", "start", Course::Park, pace, Receiver::Watch);
    let hour = Scenario { duration_s: 3600, ..hour };
    let header = Header {
        title: "one hour",
        activity: "running",
        creator: "Simulated",
        start: "2026-05-03T07:00:00Z",
        heart_rate: true,
    };
    std::fs::write(&run, Format::Gpx.write(&header, &simulate(&hour, 1)))
        .expect("a file in a temporary folder");

    let this = std::env::current_exe().expect("this program has a path");
    let spinepace = Path::new(env!("CARGO_BIN_EXE_spinepace"));
    let mut programs: Vec<(&str, Start<'_>)> = vec![
        ("empty eframe window", Box::new(|| with(&this, Path::new(EMPTY_WINDOW)))),
        ("Spinepace, no run", Box::new(|| Command::new(spinepace))),
        ("Spinepace, one hour", Box::new(|| with(spinepace, &run))),
    ];
    let installed = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join("gpxsee").is_file()));
    if installed {
        programs.push(("GPXSee, one hour", Box::new(|| with(Path::new("gpxsee"), &run))));
    } else {
        println!("GPXSee is not installed; measuring without it");
    }
    let shaders = tempfile::tempdir().expect("a temporary folder");
    let round = || -> Vec<f64> {
        let settle = |(_, command): &(&str, Start<'_>)| {
            let mut command = command();
            command.env("MESA_SHADER_CACHE_DIR", shaders.path());
            settle_s(command)
        };
        programs.iter().map(settle).collect()
    };
    let first = round();
    let rounds: Vec<Vec<f64>> = (0..rounds).map(|_| round()).collect();
    println!("{:22} {:>8} {:>8} {:>8}", "", "median", "fastest", "first");
    for (index, (name, _)) in programs.iter().enumerate() {
        let mut seconds: Vec<f64> = rounds.iter().map(|round| round[index]).collect();
        seconds.sort_by(f64::total_cmp);
        println!("{name:22} {:8.3} {:8.3} {:8.3}", seconds[seconds.len() / 2], seconds[0], first[index]);
    }
    println!("seconds until the window no longer changes, {} rounds", rounds.len());
}

fn with(program: &Path, argument: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(argument);
    command
}

/// Seconds from starting the program on a fresh screen to the last change of the picture.
fn settle_s(command: Command) -> f64 {
    let display = Display::start(1600, 1000);
    let begin = Instant::now();
    let mut program = display.start_program(command);
    let mut last = display.shot();
    let mut last_change = begin.elapsed();
    let mut shown = false;
    loop {
        program.assert_alive();
        shown = shown || display.shows_a_window();
        let now = display.shot();
        let elapsed = begin.elapsed();
        if now != last {
            (last, last_change) = (now, elapsed);
        } else if shown && elapsed > last_change + QUIET {
            return last_change.as_secs_f64();
        }
        // Often enough to tell, seldom enough to leave the screen's server to the program.
        std::thread::sleep(Duration::from_millis(12));
    }
}

fn empty_window() {
    struct Empty;
    impl eframe::App for Empty {
        fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
            ui.label("empty");
        }
    }
    let viewport = egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]);
    // With the renderer of the program: built with the tests, eframe would take another.
    let renderer = eframe::Renderer::Glow;
    let options = eframe::NativeOptions { viewport, renderer, ..Default::default() };
    eframe::run_native("Empty", options, Box::new(|_| Ok(Box::new(Empty)))).expect("the screen is there");
}
