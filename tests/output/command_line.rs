//! The program as scripts run it: what it prints, and its exit codes.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn spinepace(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program starts")
}

fn sample(id: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sample_runs")
        .join(id)
        .with_extension("gpx")
        .display()
        .to_string()
}

fn json(output: &Output) -> Vec<serde_json::Value> {
    serde_json::from_slice(&output.stdout).expect("an array of objects")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder with one file of this content.
fn file(name: &str, content: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    (folder, path)
}

#[test]
fn json_has_every_key_and_the_states_add_up() {
    let output = spinepace(&["analyze", "--format", "json", &sample("run-and-walk"), &sample("tempo-run")]);
    assert!(output.status.success());
    let runs = json(&output);
    assert_eq!(runs.len(), 2);
    for run in &runs {
        for key in [
            "file",
            "name",
            "start",
            "utc_offset_s",
            "points",
            "segments",
            "elapsed_s",
            "moving_s",
            "standing_s",
            "paused_s",
            "in_band_s",
            "in_band_low_s",
            "in_band_high_s",
            "brisk_s",
            "faster_s",
            "interpolated_s",
            "distance_m",
            "mean_moving_speed_mps",
            "upper_mps",
            "brisk_from_mps",
            "position_error_m",
            "device_in_band_s",
            "warnings",
            "sport",
            "speed_source",
        ] {
            assert!(run.get(key).is_some(), "{key} in {run}");
        }
        let s = |key: &str| run[key].as_f64().expect("a number");
        let states = s("standing_s") + s("in_band_s") + s("faster_s") + s("paused_s");
        assert!((states - s("elapsed_s")).abs() < 1.0, "{run}");
        assert!((s("in_band_s") + s("faster_s") - s("moving_s")).abs() < 1e-6, "{run}");
    }
}

#[test]
fn csv_and_json_say_the_same() {
    let path = sample("stop-and-go-in-town");
    let run = json(&spinepace(&["analyze", "--format", "json", &path])).remove(0);
    let csv_text = text(&spinepace(&["analyze", "--format", "csv", &path]).stdout);
    let mut csv = csv::Reader::from_reader(csv_text.as_bytes());
    let headers = csv.headers().expect("a header").clone();
    let row = csv.records().next().expect("a row").expect("a good row");
    for (key, cell) in headers.iter().zip(&row) {
        match &run[key] {
            serde_json::Value::Number(number) => {
                assert_eq!(cell.parse::<f64>().ok(), number.as_f64(), "{key}");
            }
            serde_json::Value::String(string) => assert_eq!(cell, string, "{key}"),
            serde_json::Value::Null => assert_eq!(cell, "", "{key}"),
            _ => {}
        }
    }
}

#[test]
fn segments_cover_the_run_and_agree_with_analyze() {
    let path = sample("lunch-run-with-pauses");
    let run = json(&spinepace(&["analyze", "--format", "json", &path])).remove(0);
    let output = spinepace(&["segments", "--format", "csv", &path]);
    assert!(output.status.success());
    let mut csv = csv::Reader::from_reader(output.stdout.as_slice());
    let rows: Vec<std::collections::HashMap<String, String>> =
        csv.deserialize().collect::<Result<_, _>>().expect("rows");
    assert_eq!(Some(rows.len() as u64), run["segments"].as_u64());
    for pair in rows.windows(2) {
        assert_eq!(pair[0]["end"], pair[1]["start"]);
    }
    let sum = |state: &str| -> f64 {
        let of =
            |row: &std::collections::HashMap<String, String>| row["duration_s"].parse::<f64>().expect("s");
        rows.iter().filter(|row| row["state"] == state).map(of).sum()
    };
    let whole = ["standing", "in_band", "faster", "paused"].map(sum).iter().sum::<f64>();
    assert!((whole - run["elapsed_s"].as_f64().expect("s")).abs() < 1e-3);
    assert!((sum("paused") - run["paused_s"].as_f64().expect("s")).abs() < 2.0);
}

#[test]
fn a_bad_file_is_one_line_and_the_rest_is_printed() {
    let (_empty, empty) = file("empty.gpx", "");
    let (_page, page) = file("page.gpx", "<!DOCTYPE html><html><body>Please log in</body></html>");
    let (_still, still) = file(
        "still.gpx",
        r#"<gpx version="1.1"><trk><trkseg><trkpt lat="1" lon="2"/><trkpt lat="1" lon="2.001"/></trkseg></trk></gpx>"#,
    );
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.gpx");
    let bad = [empty.as_path(), page.as_path(), still.as_path(), folder.path(), missing.as_path()];
    let mut arguments: Vec<String> = vec!["analyze".into(), "--format".into(), "json".into()];
    arguments.extend(bad.iter().map(|path| path.display().to_string()));
    arguments.push(sample("brisk-walk"));
    let output = spinepace(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<String> = text(&output.stderr).lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), bad.len(), "{lines:#?}");
    for (line, path) in lines.iter().zip(bad) {
        assert!(line.contains(&path.display().to_string()), "{line}");
        assert!(line.contains(';'), "what is wrong; what to do: {line}");
    }
    let runs = json(&output);
    assert_eq!(runs.iter().filter(|run| run.get("error").is_some()).count(), bad.len());
    assert_eq!(runs.iter().filter(|run| run.get("in_band_s").is_some()).count(), 1);
}

#[test]
fn wrong_usage_exits_with_two() {
    for arguments in [
        &["analyze"][..],
        &["analyze", "--upper", "0.2", "x.gpx"],
        &["analyze", "--upper", "2", "--brisk-from", "3", "x.gpx"],
        &["analyze", "--format", "xml", "x.gpx"],
        &["segments"],
    ] {
        let output = spinepace(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn without_a_display_the_samples_are_analysed() {
    let output = spinepace(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr).lines().count(), 1, "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("printing the analysis instead"));
    assert_eq!(text(&output.stdout).matches("\n  in band ").count(), spinepace::samples::ALL.len());
}

#[test]
fn without_a_display_named_runs_are_analysed() {
    let output = spinepace(&[&sample("easy-jog")]);
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("in band"));
}

#[test]
fn the_edges_are_settings() {
    let at = |upper: &str| {
        let output = spinepace(&["analyze", "--format", "json", "--upper", upper, &sample("easy-jog")]);
        json(&output)[0]["in_band_s"].as_f64().expect("s")
    };
    assert!(at("1.5") < at("2.0") && at("2.0") < at("2.5"));
}

#[test]
fn the_devices_own_speed_is_heard_unless_positions_alone_are_asked_for() {
    use std::fmt::Write as _;

    let mut points = String::new();
    let mut east_m = 0.0;
    for second in 0..900_u32 {
        let t = f64::from(second);
        let speed = 2.0 + 0.3 * (t / 60.0).sin();
        let longitude = (east_m + (t / 13.0).sin()) / 111_320.0;
        let latitude = (t / 17.0).cos() / 111_320.0;
        let time = format!("2026-05-03T07:{:02}:{:02}Z", second / 60, second % 60);
        let said = speed + 0.04 * (t * 1.7).sin();
        let _ = write!(
            points,
            "<trkpt lat=\"{latitude:.8}\" lon=\"{longitude:.8}\"><time>{time}</time><extensions><speed>{said:.3}</speed>\
             </extensions></trkpt>"
        );
        east_m += speed;
    }
    let gpx = format!("<gpx version=\"1.1\"><trk><trkseg>{points}</trkseg></trk></gpx>");
    let (_folder, path) = file("spoken.gpx", &gpx);
    let path = path.display().to_string();
    let both = text(&spinepace(&["analyze", &path]).stdout);
    assert!(both.contains("estimated from positions and the device's own speed"), "{both}");
    let alone = text(&spinepace(&["analyze", "--positions-only", &path]).stdout);
    assert!(alone.contains("estimated from positions alone, without the device's own speed"), "{alone}");
    let device = |text: &str| {
        text.lines().find(|line| line.contains("own speed") && line.contains("device ")).map(str::to_owned)
    };
    assert!(device(&both).is_some() && device(&both) == device(&alone), "{both}{alone}");
}

#[test]
fn output_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("runs.json");
    let out_text = out.display().to_string();
    let output = spinepace(&["analyze", "--format", "json", "-o", &out_text, &sample("brisk-walk")]);
    assert!(output.status.success() && output.stdout.is_empty());
    assert!(std::fs::read_to_string(&out).expect("written").contains("in_band_s"));
    let refused = spinepace(&["analyze", "-o", &folder.path().display().to_string(), &sample("brisk-walk")]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(text(&refused.stderr).lines().count(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1, "no half file is left");
}
