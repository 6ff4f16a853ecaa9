//! A folder that is watched: what is new there is offered, or added where that was chosen.

use std::{fs, path::Path, thread, time::Duration};

use super::{ask, click, files, has, open, usual, with_person, write};
use crate::harness::{all_words, settle};
use egui_kittest::Harness;
use spinepace::app::App;

/// Waits until these words are there; the thread looks every two seconds.
fn wait(harness: &mut Harness<'static, App>, words: &str) {
    for _ in 0..1_500 {
        settle(harness);
        if has(harness, words) {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("{words} is missing in\n{}", all_words(harness));
}

fn watch(harness: &mut Harness<'static, App>, folder: &Path) {
    ask(harness, "watch a folder for new");
    wait(harness, "Watch it");
    write(harness, "Path", &folder.display().to_string());
    click(harness, "Watch it");
}

#[test]
fn new_runs_of_a_watched_folder_are_offered_until_they_are_kept_or_left() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("Activity");
    fs::create_dir(&inbox).unwrap();
    with_person(folder.path(), "P-014", &[(12, 20)]);
    let home = folder.path().join("library");
    let mut harness = usual(&home);
    click(&mut harness, "P-014, 1 kept run");
    watch(&mut harness, &inbox);
    assert!(has(&harness, "is watched for new runs from now on") && has(&harness, "Watching Activity"));
    // One that is kept already is nothing new.
    files(&inbox, &[(12, 20), (20, 25)]);
    wait(&mut harness, "1 new run: run 20.gpx");
    click(&mut harness, "Keep for P-014");
    wait(&mut harness, "P-014, 2 kept runs");
    assert!(!has(&harness, "new run:"));
    files(&inbox, &[(21, 10)]);
    wait(&mut harness, "1 new run: run 21.gpx");
    click(&mut harness, "Leave the new runs that were found");
    drop(harness);
    // What came while nobody looked is offered at the next start; what was left is not.
    files(&inbox, &[(22, 10)]);
    let mut harness = usual(&home);
    wait(&mut harness, "1 new run: run 22.gpx");
    click(&mut harness, "Keep the new runs that were found…");
    assert!(has(&harness, "Keep for whom?"));
    click(&mut harness, "P-014");
    wait(&mut harness, "P-014, 3 kept runs");
    click(&mut harness, "Stop watching for new runs");
    assert!(!has(&harness, "Watching Activity"), "{}", all_words(&harness));
    drop(harness);
    assert!(!open(folder.path()).watched().unwrap().any());
}

#[test]
fn new_runs_are_added_without_a_question_where_that_was_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let inbox = folder.path().join("Activity");
    fs::create_dir(&inbox).unwrap();
    with_person(folder.path(), "P-014", &[(12, 20)]);
    let mut harness = usual(&folder.path().join("library"));
    click(&mut harness, "P-014, 1 kept run");
    watch(&mut harness, &inbox);
    ask(&mut harness, "without asking");
    assert!(has(&harness, "Watching Activity for P-014"), "{}", all_words(&harness));
    files(&inbox, &[(20, 25)]);
    wait(&mut harness, "P-014, 2 kept runs");
    assert!(has(&harness, "1 run added"), "{}", all_words(&harness));
    // A clinic that keeps nothing watches nothing.
    ask(&mut harness, "clinic mode");
    click(&mut harness, "Keep nothing");
    assert!(!has(&harness, "Watching Activity"), "{}", all_words(&harness));
}
