//! No command opens a socket to the internet: `strace` sees every one that is made.

#![cfg(all(target_os = "linux", feature = "passcode"))]

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
        format!("library --library {home} plan set mon,thu --person P-014"),
        format!("library --library {home} calendar P-014"),
        format!("library --library {home} plan move 2030-01-07 2030-01-08 --person P-014"),
        format!("library --library {home} note add better --person P-014"),
        format!("library --library {home} pain 3 --person P-014"),
        format!("library --library {home} undo-import 1"),
        format!("library --library {home} bin restore 1"),
        format!("library --library {home} passcode set --format json"),
        format!("library --library {home} list"),
        format!("library --library {home} backup -o {}", out("copy.db")),
        format!("library --library {home} restore --yes {}", out("copy.db")),
        format!("library --library {home} passcode change"),
        format!("library --library {home} passcode recover"),
        format!("library --library {home} passcode remove"),
        format!("library --library {} demo", out("demo")),
        format!("library --library {home} delete P-014 --for-good"),
    ]
    .iter()
    .map(|line| line.split(' ').map(str::to_owned).collect())
    .collect();
    let mut recovery_key = String::new();
    for arguments in tour {
        // `change` and `recover` choose the passcode that there is already.
        let done = Command::new("strace")
            .args(["-f", "-qq", "-e", "trace=socket,connect", "-o"])
            .arg(&trace)
            .arg(env!("CARGO_BIN_EXE_spinepace"))
            .args(&arguments)
            .env("SPINEPACE_PASSCODE", "correct horse")
            .env("SPINEPACE_NEW_PASSCODE", "correct horse")
            .env("SPINEPACE_RECOVERY_KEY", &recovery_key)
            .output()
            .expect("this test needs strace: scripts/test installs it");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        if arguments.contains(&"set".to_owned()) && arguments.contains(&"passcode".to_owned()) {
            let printed: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
            printed["recovery_key"].as_str().expect("a recovery key").clone_into(&mut recovery_key);
        }
        let seen = fs::read_to_string(&trace).expect("what strace saw");
        assert!(!seen.contains("AF_INET"), "{arguments:?}: {seen}");
    }
}
