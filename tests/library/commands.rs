//! `spinepace library`, as a script calls it.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::common::runs_in;

fn spinepace(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .arg("library")
        .arg("--library")
        .arg(home)
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn json(home: &Path, arguments: &[&str]) -> serde_json::Value {
    let done = spinepace(home, &[arguments, &["--format", "json"]].concat());
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

#[test]
fn a_physios_week_from_a_script() {
    let (base, files) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let home = base.path().join("library");
    runs_in(files.path(), 0..3);
    std::fs::write(files.path().join("broken.gpx"), b"<gpx><trk>").expect("a file");
    assert!(spinepace(&home, &["person", "add", "P-014", "--reference", "R7"]).status.success());
    // One broken file is told and fails the command; the others are kept.
    let folder = files.path().display().to_string();
    let import = spinepace(&home, &["import", "--person", "P-014", &folder]);
    let said = String::from_utf8_lossy(&import.stdout).into_owned();
    assert_eq!(import.status.code(), Some(1), "{said}");
    assert!(said.contains("3 added, 0 duplicate, 1 refused"), "{said}");
    assert_eq!(json(&home, &["list", "--person", "R7"]).as_array().map(Vec::len), Some(3));
    assert!(
        spinepace(&home, &["dose", "set", "--person", "P-014", "15", "--from", "2026-09-28"])
            .status
            .success()
    );
    let shown = json(&home, &["person", "show", "P-014"]);
    assert_eq!(shown["person"]["name"], "P-014");
    assert_eq!(shown["doses"][0]["minutes_per_week"], 15.0);
    let out = base.path().join("handed over");
    assert!(spinepace(&home, &["export", "P-014", "-o", &out.display().to_string()]).status.success());
    for name in ["README.txt", "person.json", "runs.csv", "weeks.csv", "originals"] {
        assert!(out.join(name).exists(), "{name}");
    }
    // A name alone lies where the program was started.
    let copy = Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .current_dir(base.path())
        .args(["library", "--library", "library", "backup", "-o", "copy.db"])
        .output()
        .expect("the program starts");
    assert!(copy.status.success(), "{}", String::from_utf8_lossy(&copy.stderr));
    assert!(base.path().join("copy.db").is_file());
    assert_eq!(json(&home, &["verify"])["problems"].as_array().map(Vec::len), Some(0));
    assert!(spinepace(&home, &["delete", "P-014", "--for-good"]).status.success());
    assert_eq!(json(&home, &["list"]).as_array().map(Vec::len), Some(0));
}

#[test]
fn what_cannot_be_done_is_one_clear_line() {
    let base = tempfile::tempdir().expect("a folder");
    let home = base.path().join("library");
    let says = |arguments: &[&str]| {
        let done = spinepace(&home, arguments);
        assert_eq!(done.status.code(), Some(1), "{arguments:?}");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    };
    assert!(says(&["list"]).contains("there is no library yet"));
    assert!(spinepace(&home, &["person", "add", "A"]).status.success());
    assert!(says(&["person", "add", "A"]).contains("choose another pseudonym"));
    assert!(says(&["show", "99"]).contains("there is no run 99"));
    let other = base.path().join("other.txt");
    std::fs::write(&other, "not a library, and longer than the head of one").expect("a file");
    assert!(says(&["restore", &other.display().to_string()]).contains("is not a Spinepace library"));
}
