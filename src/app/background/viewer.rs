//! The desktop's own programs, which show a page or a folder.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command as Program, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a viewer may take to refuse. Some stay in the foreground as long as they show the page.
const REFUSES_WITHIN: Duration = Duration::from_secs(3);

/// What opens a file with the program that this desktop has for it.
const VIEWER: (&str, &[&str]) = if cfg!(target_os = "windows") {
    ("cmd", &["/C", "start", ""])
} else if cfg!(target_os = "macos") {
    ("open", &[])
} else {
    ("xdg-open", &[])
};

/// That no viewer took a page, and where it is.
pub fn unopened(why: &str, path: &Path) -> String {
    format!(
        "No program here could open the page ({why}). Until you close Spinepace it is at {}: print it from there, or save \
         it to keep it.",
        path.display()
    )
}

/// Opens a file or folder with the program that this desktop has for it.
pub fn hand_over(path: &Path) -> Result<(), String> {
    let (program, before) = VIEWER;
    open_with(program, before, path)
}

fn open_with(program: &str, before: &[&str], path: &Path) -> Result<(), String> {
    let arguments = before.iter().map(OsStr::new).chain([path.as_os_str()]);
    let mut viewer = Program::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    let until = Instant::now() + REFUSES_WITHIN;
    while Instant::now() < until {
        match viewer.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => {
                return Err(format!("{program} found no program that opens PDF files"));
            }
            Ok(None) | Err(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_refusing_viewer_says_what_to_do() {
        let path = Path::new("report.pdf");
        let missing = open_with("spinepace-no-such-viewer", &[], path).expect_err("there is none");
        let said = unopened(&missing, path);
        assert!(said.contains("spinepace-no-such-viewer") && said.contains("it is at report.pdf"), "{said}");
        if cfg!(unix) {
            let refused = open_with("false", &[], path).expect_err("it refuses");
            assert!(refused.contains("no program that opens PDF files"), "{refused}");
            assert_eq!(open_with("true", &[], path), Ok(()));
        }
    }
}
