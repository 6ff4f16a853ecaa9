//! Where the desktop has no dialog for files, the window asks for a path itself, and keeps what is to be saved.

use std::{fs, path::Path, thread, time::Duration};

use crate::harness::{all_words, command, settle, window, with_sample};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

fn wait_for(harness: &mut Harness<'static, App>, what: &str, there: impl Fn(&Harness<'static, App>) -> bool) {
    for _ in 0..1_000 {
        harness.step();
        if there(harness) {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("waited in vain for {what}");
}

fn wait_for_field(harness: &mut Harness<'static, App>) {
    wait_for(harness, "the field", |harness| harness.query_by_label("Path").is_some());
}

/// Writes a path in the place of the one in the field.
fn write(harness: &mut Harness<'static, App>, path: &Path) {
    harness.get_by_label("Path").focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.get_by_label("Path").type_text(&path.display().to_string());
    harness.run_ok();
}

fn press(harness: &mut Harness<'static, App>, key: Key) {
    harness.key_press(key);
    harness.run_ok();
}

fn alert(harness: &Harness<'_, App>) -> String {
    let alerts = harness.query_all_by_role(Role::Alert);
    alerts.filter_map(|node| node.accesskit_node().label()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_typed_path_is_completed_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("riverside.gpx"), spinepace::samples::ALL[1].gpx).unwrap();
    let mut harness = window([1440.0, 900.0], 1.0, Vec::new());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    wait_for_field(&mut harness);
    assert!(all_words(&harness).contains("This desktop has no dialog for files."));
    write(&mut harness, &folder.path().join("nothing"));
    press(&mut harness, Key::Enter);
    assert!(alert(&harness).contains("nothing does not exist"), "{}", alert(&harness));
    write(&mut harness, &folder.path().join("riv"));
    harness.get_by_label("riverside.gpx");
    press(&mut harness, Key::Tab);
    let typed = harness.get_by_label("Path").accesskit_node().value();
    assert!(typed.as_deref().is_some_and(|path| path.ends_with("/riverside.gpx")), "{typed:?}");
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    assert!(harness.query_by_label("Path").is_none());
    harness.get_by_label_contains("Speed over 45:00");
}

#[test]
fn a_whole_path_written_after_the_folder_in_the_field_is_the_one_that_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("riverside.gpx");
    fs::write(&file, spinepace::samples::ALL[1].gpx).unwrap();
    let mut harness = window([1440.0, 900.0], 1.0, Vec::new());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    wait_for_field(&mut harness);
    harness.run_ok();
    let value = |harness: &Harness<'_, App>| harness.get_by_label("Path").accesskit_node().value();
    assert!(value(&harness).is_some_and(|path| path.ends_with('/')), "it begins with a folder");
    harness.get_by_label("Path").type_text(&file.display().to_string());
    harness.run_ok();
    assert_eq!(value(&harness), Some(file.display().to_string()));
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    harness.get_by_label_contains("Speed over 45:00");
}

#[test]
fn a_folder_is_opened_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    for sample in [1, 2] {
        let file = folder.path().join(format!("{sample}.gpx"));
        fs::write(file, spinepace::samples::ALL[sample].gpx).unwrap();
    }
    let mut harness = window([1440.0, 900.0], 1.0, Vec::new());
    command(&mut harness, "open a folder");
    wait_for_field(&mut harness);
    write(&mut harness, folder.path());
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    assert_eq!(harness.get_all_by_role(Role::ListBoxOption).count(), 2);
}

#[test]
fn the_report_is_saved_where_the_path_says_and_nothing_closes_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_sample("Run and walk");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_ok();
    harness.get_by_label("Name or pseudonym").focus();
    harness.run_ok();
    harness.get_by_label("Name or pseudonym").type_text("P-014");
    harness.run_ok();
    harness.get_by_label("Save…").click();
    wait_for_field(&mut harness);
    let usual = harness.get_by_label("Path").accesskit_node().value();
    assert!(usual.as_deref().is_some_and(|path| path.ends_with("/Run and walk.pdf")), "{usual:?}");
    // Given up, the sheet that it came from is there again, as it was.
    press(&mut harness, Key::Escape);
    harness.run_ok();
    let name = harness.get_by_label("Name or pseudonym").accesskit_node().value();
    assert_eq!(name.as_deref(), Some("P-014"));
    harness.get_by_label("Save…").click();
    wait_for_field(&mut harness);
    write(&mut harness, &folder.path().join("none/page"));
    press(&mut harness, Key::Enter);
    wait_for(&mut harness, "what is wrong", |harness| alert(harness).contains("create the folder first"));
    harness.get_by_label("Path");
    // A file that is there is not replaced unasked, whether its ending was typed or not.
    let page = folder.path().join("page.pdf");
    fs::write(&page, "another's").unwrap();
    write(&mut harness, &folder.path().join("page"));
    press(&mut harness, Key::Enter);
    assert!(alert(&harness).contains("page.pdf is there already"), "{}", alert(&harness));
    assert_eq!(fs::read(&page).unwrap(), b"another's");
    harness.get_by_label("Replace it").click();
    wait_for(&mut harness, "the end", |harness| harness.query_by_label("Path").is_none());
    assert!(fs::read(&page).unwrap().starts_with(b"%PDF"));
    assert!(harness.query_by_label("Note").is_none(), "the report's sheet is done, too");
    harness.get_by_label_contains("The report was saved as ");
}

#[test]
fn where_nothing_can_print_that_is_said_and_the_page_can_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_sample("Run and walk");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_ok();
    command_print(&mut harness);
    wait_for_field(&mut harness);
    let said = alert(&harness);
    assert!(said.contains("No program here could open the page"), "{said}");
    // And where it is, for whoever knows how to print it.
    let at = said.split("it is at ").nth(1).and_then(|rest| rest.split(": print it").next()).unwrap();
    assert!(fs::read(at).unwrap().starts_with(b"%PDF"), "{at}");
    let page = folder.path().join("page.png");
    write(&mut harness, &page);
    press(&mut harness, Key::Enter);
    wait_for(&mut harness, "the end", |harness| harness.query_by_label("Path").is_none());
    assert!(fs::read(&page).unwrap().starts_with(b"\x89PNG"));
}

fn command_print(harness: &mut Harness<'static, App>) {
    harness.get_by_label("Open to print").click();
    harness.run_ok();
}

#[test]
fn the_chart_is_saved_by_a_path_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "save the speed chart");
    wait_for_field(&mut harness);
    let chart = folder.path().join("chart.svg");
    write(&mut harness, &chart);
    harness.get_by_label("Save here").click();
    wait_for(&mut harness, "the end", |harness| harness.query_by_label("Path").is_none());
    assert!(fs::read_to_string(&chart).unwrap().contains("<svg"));
}
