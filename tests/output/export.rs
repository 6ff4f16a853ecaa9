//! What leaves the program: files whole or not at all, and times as they are.

use std::{fs::File, path::Path, process::Command};

use spinepace::{export::track_gpx, recording, run::Run};

use super::common::{sample, spinepace, text};

#[test]
fn the_track_reads_back_and_its_ends_can_be_hidden() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("track.gpx");
    let named = out.display().to_string();
    for id in ["run-and-walk", "lunch-run-with-pauses"] {
        let before = recording::read_file(Path::new(&sample(id))).expect("a run");
        assert!(spinepace(&["export", "-o", &named, &sample(id)]).status.success());
        let after = recording::read_file(&out).expect("a track");
        assert_eq!((&after.name, after.start, &after.breaks), (&before.name, before.start, &before.breaks));
        assert_eq!(after.fixes.len(), before.fixes.len());
        for fix in 0..after.fixes.len() {
            assert!((after.fixes.time_s[fix] - before.fixes.time_s[fix]).abs() < 1e-5, "{id} {fix}");
            let moved = (after.fixes.latitude_deg[fix] - before.fixes.latitude_deg[fix]).abs()
                + (after.fixes.longitude_deg[fix] - before.fixes.longitude_deg[fix]).abs();
            assert!(moved < 1e-9, "{id} {fix}");
        }
        let oracle = gpx::read(File::open(&out).expect("the file")).expect("the gpx crate reads it");
        assert_eq!(oracle.tracks[0].segments.len(), before.breaks.len() + 1);

        assert!(spinepace(&["export", "--hide-ends", "200", "-o", &named, &sample(id)]).status.success());
        let hidden = recording::read_file(&out).expect("a track");
        let ends = [0, before.fixes.len() - 1];
        for fix in 0..hidden.fixes.len() {
            for end in ends {
                let north = (hidden.fixes.latitude_deg[fix] - before.fixes.latitude_deg[end]) * 111_200.0;
                let narrow = before.fixes.latitude_deg[end].to_radians().cos();
                let east =
                    (hidden.fixes.longitude_deg[fix] - before.fixes.longitude_deg[end]) * 111_200.0 * narrow;
                let near_end = fix < 5 || fix + 5 > hidden.fixes.len();
                assert!(
                    !near_end || north.hypot(east) > 90.0,
                    "{id}: fix {fix} is {:.0} m away",
                    north.hypot(east)
                );
            }
        }
        assert!(hidden.fixes.len() < before.fixes.len());
    }
    let run = Run::open(Path::new(&sample("brisk-walk"))).expect("a run");
    assert!(track_gpx(&run, 100_000.0).is_err());
}

#[test]
fn every_chart_stands_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for chart in ["speed", "speed-by-distance", "bar", "histogram", "route", "share"] {
        for (ending, begins) in [("svg", b"<svg".as_slice()), ("png", b"\x89PNG")] {
            let out = folder.path().join(format!("{chart}.{ending}"));
            let path = out.display().to_string();
            let made =
                spinepace(&["export", "--chart", chart, "--unit", "km/h", "-o", &path, &sample("easy-jog")]);
            assert!(made.status.success(), "{}", text(&made.stderr));
            assert!(std::fs::read(&out).expect("written").starts_with(begins), "{chart}.{ending}");
        }
    }
}

#[test]
fn what_cannot_be_written_is_one_line_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name).display().to_string();
    std::fs::create_dir(inside("folder.pdf")).expect("a folder");
    std::fs::write(inside("file"), "content").expect("a file");
    let run = sample("tempo-run");
    let mut cases: Vec<Vec<String>> = vec![
        vec!["report".into(), inside("page.docx")],
        vec!["report".into(), inside("page")],
        vec!["report".into(), inside("folder.pdf")],
        vec!["report".into(), folder.path().display().to_string()],
        vec!["report".into(), inside("none/page.pdf")],
        vec!["report".into(), inside("file/page.pdf")],
        vec!["export".into(), inside("track.fit")],
        vec!["export".into(), inside("none/track.gpx")],
        vec!["analyze".into(), inside("none/runs.csv")],
        vec!["analyze".into(), inside("runs.xlsx")],
        vec!["segments".into(), inside("rows.txt")],
        vec!["segments".into(), inside("file/rows.parquet")],
    ];
    if cfg!(target_os = "linux") {
        // A file system on which nobody may make files, root neither.
        cases.push(vec!["report".into(), "/proc/spinepace.pdf".into()]);
        cases.push(vec!["segments".into(), "/sys/spinepace.csv".into()]);
    }
    for case in &cases {
        let output = spinepace(&[&case[0], "-o", &case[1], &run]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{case:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{case:?}: {said}");
        assert!(said.starts_with(&format!("spinepace: {}: ", case[1])) && output.stdout.is_empty(), "{said}");
    }
    let mut left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("listed")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    left.sort();
    assert_eq!(left, ["file", "folder.pdf"]);
    assert_eq!(std::fs::read_to_string(inside("file")).expect("read"), "content");
}

/// The shell lets no file grow beyond a few blocks: writing fails midway, as on a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_file_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        ("report", "page.pdf"),
        ("report", "page.png"),
        ("report", "page.svg"),
        ("segments", "rows.csv"),
        ("segments", "rows.json"),
        ("segments", "rows.parquet"),
        ("export", "track.gpx"),
    ];
    for (command, name) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, "old").expect("written");
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_spinepace")])
            .args([command, "-o", &path.display().to_string(), &sample("run-and-walk")])
            .output()
            .expect("the shell starts");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert_eq!(said.lines().count(), 1, "{name}: {said}");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "old", "{name}");
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("listed").count(),
        cases.len(),
        "no half file is left"
    );
    // A device is written to, never replaced.
    let full = folder.path().join("full.csv");
    std::os::unix::fs::symlink("/dev/full", &full).expect("a link");
    let output = spinepace(&["segments", "-o", &full.display().to_string(), &sample("tempo-run")]);
    assert_eq!((output.status.code(), text(&output.stderr).lines().count()), (Some(1), 1));
}

#[test]
fn a_file_that_is_there_is_replaced_but_not_without_a_word() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.svg").display().to_string();
    let first = spinepace(&["report", "-o", &path, &sample("tempo-run")]);
    assert!(first.status.success() && first.stderr.is_empty());
    let again = spinepace(&["report", "-o", &path, &sample("easy-jog")]);
    assert!(again.status.success());
    assert_eq!(text(&again.stderr), format!("spinepace: {path}: replaced the existing file\n"));
    assert!(std::fs::read_to_string(&path).expect("read").contains("Easy jog"));
}

#[test]
fn times_before_1970_stay_what_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    for start in ["1969-07-20T20:17:40.5Z", "1601-01-01T00:00:00Z", "0001-01-01T00:00:00Z"] {
        let begun = chrono::DateTime::parse_from_rfc3339(start).expect("a time");
        let points = (0..30)
            .map(|second| {
                let time = (begun + chrono::TimeDelta::seconds(second)).to_rfc3339();
                let latitude = 48.0 + second as f64 * 2e-5;
                format!("<trkpt lat=\"{latitude}\" lon=\"11\"><time>{time}</time></trkpt>")
            })
            .collect::<Vec<_>>()
            .concat();
        let (run, track) = (folder.path().join("old.gpx"), folder.path().join("track.gpx"));
        std::fs::write(&run, format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>")).expect("written");
        let made = spinepace(&["export", "-o", &track.display().to_string(), &run.display().to_string()]);
        assert!(made.status.success(), "{}", text(&made.stderr));
        let [before, after] = [&run, &track].map(|file| recording::read_file(file).expect("a run"));
        assert_eq!((after.start, after.fixes.len()), (before.start, 30), "{start}");
        assert_eq!(before.start, begun, "{start}");
    }
}

/// Text and page tell the same time: the file's own where it tells its offset from UTC, else this computer's, and then
/// they tell the zone.
#[test]
fn the_time_of_day_follows_one_rule() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |zone: &str| {
        let points = (0..30)
            .map(|second| {
                let latitude = 48.0 + f64::from(second) * 2e-5;
                format!(
                    "<trkpt lat=\"{latitude}\" lon=\"11\"><time>2026-11-14T08:12:{second:02}{zone}</time></trkpt>"
                )
            })
            .collect::<Vec<_>>()
            .concat();
        let path = folder.path().join("run.gpx");
        std::fs::write(&path, format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>")).expect("written");
        path.display().to_string()
    };
    let page = folder.path().join("page.svg");
    for (zone, words) in [("Z", "Sat 14 Nov 2026, 13:42 UTC+5:30"), ("+01:00", "Sat 14 Nov 2026, 08:12")] {
        let file = run(zone);
        for arguments in [vec!["analyze", &file], vec!["report", "-o", &page.display().to_string(), &file]] {
            let output = Command::new(env!("CARGO_BIN_EXE_spinepace"))
                .args(&arguments)
                .env("TZ", "IST-5:30")
                .output()
                .expect("the program starts");
            assert!(output.status.success(), "{}", text(&output.stderr));
            let said = match arguments[0] {
                "analyze" => text(&output.stdout),
                _ => std::fs::read_to_string(&page).expect("a page"),
            };
            assert!(said.contains(words), "{zone}: {words} not in {said}");
            assert_eq!(said.contains("UTC"), zone == "Z", "{said}");
        }
    }
}
