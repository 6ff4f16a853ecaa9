//! No command opens a socket to the internet: `strace` sees every one that is made.

#![cfg(target_os = "linux")]

use std::{fs, process::Command};

use crate::common::gpx;

#[test]
fn no_command_opens_an_internet_socket() {
    let base = tempfile::tempdir().expect("a folder");
    let (home, trace) = (base.path().join("library"), base.path().join("trace"));
    let run = base.path().join("run.gpx");
    fs::write(&run, gpx(1, 6, 1.7)).expect("a file");
    let (run, home) = (run.display().to_string(), home.display().to_string());
    let out = |name: &str| base.path().join(name).display().to_string();
    let tour: Vec<Vec<String>> = [
        format!("analyze {run}"),
        format!("segments {run}"),
        format!("report -o {} {run}", out("page.pdf")),
        format!("export -o {} {run}", out("clean.gpx")),
        format!("library --library {home} person add P-014"),
        format!("library --library {home} import --person P-014 {run}"),
        format!("library --library {home} dose set 40 --person P-014"),
        format!("library --library {home} person show P-014"),
        format!("library --library {home} report P-014 -o {}", out("weeks.pdf")),
        format!("library --library {home} export P-014 -o {}", out("everything")),
        format!("library --library {home} backup"),
        format!("library --library {home} verify"),
        format!("library --library {home} delete P-014 --for-good"),
    ]
    .iter()
    .map(|line| line.split(' ').map(str::to_owned).collect())
    .collect();
    for arguments in tour {
        let done = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=socket,connect", "-o"])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_spinepace"))
            .args(&arguments)
            .output()
            .expect("this test needs strace: scripts/test installs it");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        let seen = fs::read_to_string(&trace).expect("what strace saw");
        assert!(!seen.contains("AF_INET"), "{arguments:?}: {seen}");
    }
}
