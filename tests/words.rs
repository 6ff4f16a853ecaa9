//! What people read: habits that a native speaker stumbles over stay away, and the documents keep up with the program.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use spinepace::{export, samples};

/// Words that came back again and again, with what to write instead.
const HABITS: [(&str, &str); 19] = [
    ("numbers were stopped", "the full analysis was cancelled"),
    ("not as it is now", "saved cuts no longer fit"),
    ("speak of the whole", "show the whole run"),
    ("as a rule", "typically"),
    ("somebody", "you, or say who"),
    ("bear one time", "share one time stamp"),
    ("hostile", "malicious"),
    ("count nowhere", "are not counted"),
    ("counts nowhere", "is not counted"),
    ("defect of this program", "a bug in Spinepace"),
    ("file that was there", "the existing file"),
    ("that is there is replaced", "an existing file is replaced"),
    ("% sure", "likely … to … (95%)"),
    ("wholly in the band", "all at 2 m/s or slower"),
    ("no usable number", "not a usable number"),
    ("in its stead", "instead"),
    ("make room", "free some space"),
    ("nobody moved", "no movement found"),
    ("no harm to your back", "the study saw no harm in it; it found no link at higher speeds"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` that end so.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|is| is == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every document of the repository.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(|it| root().join(it)).into();
    for folder in ["docs", "assets", "sample_runs"] {
        found.extend(files(&root().join(folder), "md"));
    }
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Line ends, indents and comment marks do not part the words of a sentence.
fn as_one_line(text: &str) -> String {
    let lines =
        text.lines().map(|line| line.trim().trim_start_matches(['/', '!', '#', '*']).trim_end_matches('\\'));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[test]
fn habits_stay_away() {
    let mut texts = documents();
    for folder in ["src", "examples"] {
        texts.extend(files(&root().join(folder), "rs"));
    }
    assert!(texts.len() > 60, "only {} files found", texts.len());
    let mut met = Vec::new();
    for path in texts {
        let text = as_one_line(&read(&path));
        for (habit, better) in HABITS {
            if text.contains(habit) {
                met.push(format!("{}: “{habit}”; better: {better}", path.display()));
            }
        }
    }
    assert!(met.is_empty(), "\n{}", met.join("\n"));
}

#[test]
fn a_habit_is_found_across_lines() {
    assert!(as_one_line("/// off by 7 m as a\n    /// rule\n").contains("as a rule"));
    assert!(as_one_line("\"this is as \\\n    a rule\"").contains("as a rule"));
}

/// The first cells of the table's rows below a heading, without their back ticks.
fn listed(document: &str, heading: &str) -> Vec<String> {
    let (_, section) = document.split_once(&format!("\n{heading}\n")).expect(heading);
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    rows.map(|(cell, _)| cell.to_owned()).collect()
}

#[test]
fn every_column_is_explained() {
    let document = read(&root().join("docs/columns.md"));
    assert_eq!(listed(&document, "## `analyze`"), export::analysis_columns().collect::<Vec<_>>());

    let sample = root().join(format!("sample_runs/{}.gpx", samples::ALL[0].id));
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(&sample, folder.path().join("run.gpx")).expect("copied");
    let output = Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .args(["segments", "--format", "csv"])
        .arg(folder.path())
        .output()
        .expect("spinepace runs");
    let table = String::from_utf8(output.stdout).expect("text");
    let header: Vec<&str> = table.lines().next().expect("a header").split(',').collect();
    assert_eq!(listed(&document, "## `segments`"), header);
}

#[test]
fn every_warning_is_explained() {
    let mut codes = BTreeSet::new();
    for path in files(&root().join("src"), "rs") {
        // The page's own warnings are no run's.
        if path.to_string_lossy().contains("report") {
            continue;
        }
        let text = read(&path);
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let in_arms = path.ends_with("warning.rs");
        for line in text.lines().map(str::trim) {
            let code = line.strip_prefix("code: \"").or_else(|| {
                line.split_once(" => \"")
                    .filter(|_| in_arms && line.starts_with("Self::"))
                    .map(|(_, rest)| rest)
            });
            let code = code.and_then(|rest| rest.strip_suffix("\",")).unwrap_or_default();
            if !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                codes.insert(code.to_owned());
            }
        }
    }
    assert!(codes.len() > 20, "{codes:?}");
    let document = read(&root().join("docs/formats.md"));
    let explained: BTreeSet<String> = listed(&document, "## Warnings").into_iter().collect();
    assert_eq!(explained, codes);
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    for path in documents() {
        let text = read(&path);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            let outside = target.contains("://") || file.is_empty();
            if !outside && !path.parent().expect("a folder").join(file).exists() {
                broken.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}
