//! Cuts in use: made, counted, taken back and made again, kept for the next start; the recording stays whole.

use std::{fs, path::Path};

use crate::harness::{command, settle, with_sample};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

fn headline(harness: &Harness<'_, App>) -> String {
    let heading = harness
        .get_all_by_role(Role::Heading)
        .find_map(|node| node.accesskit_node().label().filter(|label| label.contains(" moving, likely ")));
    heading.expect("a headline")
}

fn figure(harness: &Harness<'_, App>, name: &str) -> String {
    let label = format!("{name}: ");
    let node = harness.get_by_label_contains(&label);
    let words = node.accesskit_node().value().unwrap_or_default();
    words.rsplit(": ").next().unwrap_or_default().to_owned()
}

fn choose(harness: &mut Harness<'static, App>, split: &str) {
    harness.get_by_label_contains(split).click_accesskit();
    harness.run();
    harness.get_by_label_contains("Only ");
}

#[test]
fn cuts_are_counted_and_taken_back_one_by_one() {
    let mut harness = with_sample("Run and walk");
    let whole = headline(&harness);
    choose(&mut harness, "Split 2, 1.00 km");
    harness.key_press(Key::Delete);
    harness.run();
    settle(&mut harness);
    harness.get_by_label("Edited: 1 cut, the file is untouched");
    let once = headline(&harness);
    choose(&mut harness, "Split 1, 1.00 km");
    harness.get_by_label("Leave this out").click();
    harness.run();
    settle(&mut harness);
    harness.get_by_label("Edited: 2 cuts, the file is untouched");
    let twice = headline(&harness);
    assert!(whole != once && once != twice);
    for expected in [&once, &whole] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
        settle(&mut harness);
        assert_eq!(&headline(&harness), expected);
    }
    for expected in [&once, &twice] {
        harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        harness.run();
        settle(&mut harness);
        assert_eq!(&headline(&harness), expected);
    }
}

#[test]
fn what_is_left_out_or_trimmed_off_does_not_count() {
    let mut harness = with_sample("Run and walk");
    let elapsed = figure(&harness, "Elapsed");
    choose(&mut harness, "Split 3, 1.00 km");
    command(&mut harness, "leave the chosen stretch out");
    settle(&mut harness);
    assert_eq!(elapsed, "45:00");
    let left = figure(&harness, "Elapsed");
    let minutes: f64 = left.split(':').next().and_then(|minutes| minutes.parse().ok()).unwrap();
    assert!((30.0..41.0).contains(&minutes), "{left} is left of 45:00 without a kilometre");
    assert_eq!(harness.query_all_by_label_contains("paused").count(), 0, "nothing was paused");
    assert!(
        harness.query_by_label_contains("Run and walk · 45 min").is_none(),
        "the list, too, is without it"
    );
    command(&mut harness, "split by stretch");
    harness.get_by_label_contains(", left out, –");
    command(&mut harness, "split by kilometre");
    command(&mut harness, "undo the last cut");
    settle(&mut harness);
    choose(&mut harness, "Split 3, 1.00 km");
    command(&mut harness, "keep only the chosen stretch");
    settle(&mut harness);
    assert_ne!(figure(&harness, "Elapsed"), elapsed);
}

#[test]
fn cuts_stay_with_their_run() {
    let mut harness = with_sample("Run and walk");
    choose(&mut harness, "Split 2, 1.00 km");
    harness.get_by_label("Leave this out").click();
    harness.run();
    settle(&mut harness);
    let cut = headline(&harness);
    command(&mut harness, "sample easy");
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Edited: ").is_none());
    command(&mut harness, "sample run and walk");
    settle(&mut harness);
    assert_eq!(headline(&harness), cut);
    harness.get_by_label("Undo");
}

/// A window on a file that keeps its cuts in a folder.
fn keeping(file: &Path, folder: &Path) -> Harness<'static, App> {
    let (paths, folder) = (vec![file.to_owned()], folder.to_owned());
    let mut harness = Harness::builder()
        .with_size([1440.0, 900.0])
        .with_max_steps(60)
        .build_eframe(|cc| App::new(cc, paths).keeping_in(&cc.egui_ctx, folder));
    settle(&mut harness);
    harness
}

#[test]
fn cuts_are_there_when_the_file_is_opened_again_wherever_it_lies_then() {
    let data = tempfile::tempdir().unwrap();
    let runs = tempfile::tempdir().unwrap();
    let file = runs.path().join("run.gpx");
    fs::write(&file, spinepace::samples::ALL[1].gpx).unwrap();
    let mut harness = keeping(&file, data.path());
    let whole = headline(&harness);
    choose(&mut harness, "Split 2, 1.00 km");
    harness.key_press(Key::Delete);
    harness.run();
    settle(&mut harness);
    choose(&mut harness, "Split 1, 1.00 km");
    command(&mut harness, "keep only the chosen");
    settle(&mut harness);
    let cut = headline(&harness);
    assert_ne!(cut, whole);
    assert_eq!(fs::read(&file).unwrap(), spinepace::samples::ALL[1].gpx, "the file is untouched");
    assert_eq!(fs::read_dir(runs.path()).unwrap().count(), 1, "nothing is written beside it");
    command(&mut harness, "close this");
    drop(harness);

    let elsewhere = runs.path().join("moved.gpx");
    fs::rename(&file, &elsewhere).unwrap();
    let mut harness = keeping(&elsewhere, data.path());
    assert_eq!(headline(&harness), cut);
    harness.get_by_label("Edited earlier: 2 cuts, the file is untouched");
    harness.get_by_label_contains(", 2 cuts");
    harness.get_by_label("Undo").click();
    harness.run();
    settle(&mut harness);
    harness.get_by_label("Edited: 1 cut, the file is untouched");
    drop(harness);

    let mut harness = keeping(&elsewhere, data.path());
    harness.get_by_label("Edited earlier: 1 cut, the file is untouched");
    harness.get_by_label("Remove all cuts").click();
    harness.run();
    settle(&mut harness);
    assert_eq!(headline(&harness), whole);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    settle(&mut harness);
    assert_ne!(headline(&harness), whole, "that, too, is taken back");
    command(&mut harness, "remove all cuts");
    settle(&mut harness);
    drop(harness);

    let harness = keeping(&elsewhere, data.path());
    assert_eq!(headline(&harness), whole);
    assert!(harness.query_by_label_contains("Edited").is_none());
}

#[test]
fn kept_cuts_that_cannot_be_read_are_told_once_and_the_run_is_whole() {
    let data = tempfile::tempdir().unwrap();
    fs::write(data.path().join("cuts.json"), "{\"runs\": [{\"recor").unwrap();
    let file = data.path().join("run.gpx");
    fs::write(&file, spinepace::samples::ALL[1].gpx).unwrap();
    let mut harness = keeping(&file, data.path());
    assert_eq!(harness.get_all_by_role(Role::Alert).count(), 1);
    harness.get_by_label_contains("The file of saved cuts cannot be read");
    let whole = headline(&harness);
    choose(&mut harness, "Split 2, 1.00 km");
    harness.get_by_label("Leave this out").click();
    harness.run();
    settle(&mut harness);
    let cut = headline(&harness);
    assert_ne!(cut, whole);
    drop(harness);
    assert_eq!(headline(&keeping(&file, data.path())), cut);
}
