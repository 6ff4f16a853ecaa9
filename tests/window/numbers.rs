//! The window shows the very numbers that a script gets and that the page prints, and copies its chart.

use std::{path::Path, process::Command};

use crate::harness::{window, with_sample};
use egui_kittest::kittest::Queryable as _;
use spinepace::{samples, units};

#[test]
fn the_window_says_what_analyze_says() {
    for sample in
        samples::ALL.iter().filter(|sample| ["run-and-walk", "lunch-run-with-pauses"].contains(&sample.id))
    {
        let file =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_runs").join(sample.id).with_extension("gpx");
        let printed = Command::new(env!("CARGO_BIN_EXE_spinepace"))
            .args(["analyze", "--format", "json"])
            .arg(&file)
            .output()
            .expect("the program starts");
        let runs: Vec<serde_json::Value> = serde_json::from_slice(&printed.stdout).expect("an array");
        let number = |key: &str| runs[0][key].as_f64().expect("a number");
        let clock = |key: &str| units::duration(number(key));

        let harness = window([1440.0, 900.0], 1.0, vec![file]);
        let shown = |words: &str| {
            assert!(harness.query_all_by_label_contains(words).count() > 0, "{}: no “{words}”", sample.id);
        };
        let share = units::percent(number("in_band_s") / number("moving_s"));
        shown(&format!(
            "{} at a spine-friendly pace, {share} of {} moving",
            units::duration_exact_words(number("in_band_s")),
            units::duration_exact_words(number("moving_s"))
        ));
        shown(&format!("likely {} to {} (95%)", clock("in_band_low_s"), clock("in_band_high_s")));
        shown(&format!("m/s: {}, ", clock("brisk_s")));
        shown(&format!("faster: {}, ", clock("faster_s")));
        shown(&format!("standing: {}, ", clock("standing_s")));
        shown(&format!("Moving: {}", clock("moving_s")));
        shown(&format!("Elapsed: {}", clock("elapsed_s")));
        shown(&format!("Distance: {}", units::distance(number("distance_m"), false)));
    }
}

#[test]
fn the_chart_is_copied_unless_text_is_being_typed() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label("Search runs").focus();
    harness.run();
    harness.event(egui::Event::Copy);
    harness.run();
    assert!(harness.query_by_label_contains("was copied as a picture").is_none());
    harness.get_by_label_contains("Speed over 4").focus();
    harness.run();
    harness.event(egui::Event::Copy);
    for _ in 0..1_000 {
        harness.step();
        let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyImage(image) => Some(image.size),
            _ => None,
        });
        if let Some([width, height]) = copied {
            assert!(width > 1000 && height > 400, "{width} x {height} is too small to be read");
            harness.run();
            harness.get_by_label_contains("The chart was copied as a picture");
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("no picture is copied");
}
