//! Yesterday's runs: the recent files, the last session, and a clinic's mode that keeps none of it.

use std::{fs, path::Path};

use crate::harness::{Settings, all_words, command, gpx, settle};
use eframe::App as _;
use egui::{Key, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;
use tempfile::TempDir;

/// A start with what an earlier one left in a folder and its settings, with these files named.
fn start(data: &Path, settings: &Settings, files: &[&Path]) -> Harness<'static, App> {
    let (data, settings) = (data.to_owned(), Box::leak(Box::new(settings.clone())));
    let files = files.iter().map(|file| file.to_path_buf()).collect();
    let mut harness =
        Harness::builder().with_size([1440.0, 900.0]).with_max_steps(60).build_eframe(move |cc| {
            cc.storage = Some(settings);
            App::new(cc, files).keeping_in(&cc.egui_ctx, data)
        });
    settle(&mut harness);
    harness
}

/// Closes the window, and gives its settings.
fn close(mut harness: Harness<'static, App>) -> Settings {
    let mut settings = Settings::default();
    harness.state_mut().save(&mut settings);
    settings
}

/// A folder for what is kept, and one with three runs: "Day 1" to "Day 3".
fn three() -> (TempDir, TempDir, [std::path::PathBuf; 3]) {
    let (data, runs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = [1, 2, 3].map(|day| {
        let file = runs.path().join(format!("{day}.gpx"));
        fs::write(&file, gpx(&format!("Day {day}"), "", day, &[(1300, 1.8)])).unwrap();
        file
    });
    (data, runs, files)
}

/// The open runs, as the list has them.
fn listed(harness: &Harness<'_, App>) -> Vec<String> {
    let entries = harness.query_all_by_role(Role::ListBoxOption);
    entries.filter_map(|node| node.accesskit_node().label()).collect()
}

/// All files of a folder as one text.
fn kept(folder: &Path) -> String {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    files.collect::<Vec<_>>().join("\n")
}

#[test]
fn recent_runs_are_one_click_away_with_their_dates_and_missing_ones_say_so() {
    let (data, _runs, [one, two, three]) = three();
    let settings = close(start(data.path(), &Settings::default(), &[&one]));
    let settings = close(start(data.path(), &settings, &[&two]));
    let settings = close(start(data.path(), &settings, &[&three]));
    fs::remove_file(&two).unwrap();
    let mut harness = start(data.path(), &settings, &[]);
    let top = |label: &str| harness.get_by_label(label).rect().top();
    assert!(top("Recent: Day 3, Sun 3 May 2026") < top("Recent: Day 1, Fri 1 May 2026"), "the latest first");
    let gone = harness.get_by_label("Recent: Day 2, Sat 2 May 2026, moved or deleted");
    assert!(gone.accesskit_node().is_disabled());
    harness.get_by_label("Recent: Day 1, Fri 1 May 2026").click();
    harness.run();
    settle(&mut harness);
    assert!(listed(&harness)[0].contains("Day 1"), "{:?}", listed(&harness));
    // The menu beside "Open…" has them, too, and the command opens it.
    command(&mut harness, "recent run");
    let lines = harness.query_all_by_label_contains("Recent: Day ").count();
    assert_eq!(lines, 3);
    harness.get_by_label("Recent: Day 3, Sun 3 May 2026").click();
    harness.run();
    settle(&mut harness);
    assert_eq!(listed(&harness).len(), 2);
    // Cleared, it is gone for this window and the next.
    command(&mut harness, "clear the list");
    assert!(harness.query_by_label("Recent runs").is_none());
    let settings = close(harness);
    assert!(!kept(data.path()).contains("Day 3"), "{}", kept(data.path()));
    let harness = start(data.path(), &settings, &[]);
    assert!(harness.query_by_label("Recent runs").is_none());
}

#[test]
fn a_folder_is_one_of_them_with_the_number_of_its_runs() {
    let (data, runs, _) = three();
    let settings = close(start(data.path(), &Settings::default(), &[runs.path()]));
    let mut harness = start(data.path(), &settings, &[]);
    let name = runs.path().file_name().unwrap().to_string_lossy().into_owned();
    harness.get_by_label(&format!("Recent: {name}, 3 runs")).click();
    harness.run();
    settle(&mut harness);
    assert_eq!(listed(&harness).len(), 3);
    assert_eq!(harness.query_all_by_label_contains("Recent: ").count(), 0, "a run is on show");
}

#[test]
fn the_last_session_opens_when_asked_or_at_every_start_with_the_run_that_was_on_show() {
    let (data, _runs, [one, two, three]) = three();
    let mut harness = start(data.path(), &Settings::default(), &[&three, &one, &two]);
    harness.get_by_label_contains("22 min, Day 2, ").click();
    harness.run();
    let settings = close(harness);
    let mut harness = start(data.path(), &settings, &[]);
    assert_eq!(listed(&harness).len(), 0, "not unless asked for");
    harness.get_by_label("Open the last session (3 files)").click();
    harness.run();
    settle(&mut harness);
    let on_show = |harness: &Harness<'_, App>| -> String {
        let entries = harness.query_all_by_role(Role::ListBoxOption);
        let mut chosen = entries.filter(|node| node.accesskit_node().is_selected() == Some(true));
        chosen.next().and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    };
    assert_eq!(listed(&harness).len(), 3);
    assert!(on_show(&harness).contains("Day 2"), "{}", on_show(&harness));
    command(&mut harness, "start with the runs");
    let settings = close(harness);
    let harness = start(data.path(), &settings, &[]);
    assert_eq!(listed(&harness).len(), 3);
    assert!(on_show(&harness).contains("Day 2"), "{}", on_show(&harness));
    let settings = close(harness);
    // What is named at the start comes alone.
    assert_eq!(listed(&start(data.path(), &settings, &[&one])).len(), 1);
}

#[test]
fn a_clinics_mode_asks_removes_what_was_kept_and_keeps_nothing() {
    let (data, _runs, [one, two, _]) = three();
    let mut harness = start(data.path(), &Settings::default(), &[&one]);
    command(&mut harness, "start with the runs");
    harness.get_by_label_contains("Split 1, ").click_accesskit();
    harness.run();
    harness.key_press(Key::Delete);
    harness.run();
    settle(&mut harness);
    command(&mut harness, "clinic mode");
    harness.get_by_label("Clinic mode: keep nothing?");
    harness.get_by_label("Cancel").click();
    harness.run();
    let settings = close(harness);
    assert!(
        kept(data.path()).contains("Day 1") && data.path().join("cuts.json").exists(),
        "cancelled, all is as it was"
    );

    let mut harness = start(data.path(), &settings, &[]);
    assert_eq!(listed(&harness).len(), 1);
    command(&mut harness, "clinic mode");
    harness.get_by_label("Keep nothing").click();
    harness.run();
    harness.get_by_label("Clinic mode: keeps nothing");
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0, "all that was kept is removed");
    assert!(harness.query_by_label("Recent runs").is_none());
    let title = |harness: &Harness<'_, App>| harness.root().accesskit_node().label().unwrap_or_default();
    assert_eq!(title(&harness), "Spinepace", "no name in the window's title");
    let settings = close(harness);
    assert!(!settings.0.values().any(|text| text.contains("Day")), "{:?}", settings.0);

    // The next start keeps to it: no session, and neither runs nor cuts are written down.
    let mut harness = start(data.path(), &settings, &[]);
    assert_eq!(listed(&harness).len(), 0);
    harness.get_by_label("Clinic mode: keeps nothing");
    drop(harness);
    harness = start(data.path(), &settings, &[&two]);
    command(&mut harness, "split by kilometre");
    harness.get_by_label_contains("Split 1, ").click_accesskit();
    harness.run();
    harness.key_press(Key::Delete);
    harness.run();
    settle(&mut harness);
    assert_eq!(title(&harness), "Spinepace");
    let settings = close(harness);
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0);

    // Off again, without a question, it begins anew.
    let mut harness = start(data.path(), &settings, &[&two]);
    command(&mut harness, "clinic mode");
    assert!(harness.query_by_label("Clinic mode: keeps nothing").is_none());
    assert!(all_words(&harness).contains("Clinic mode is off"), "{}", all_words(&harness));
    assert_eq!(title(&harness), "Day 2 - Spinepace");
}
