//! The report's dialog in use: what goes on the page, whose name and note it bears, what does not fit.

use std::{thread, time::Duration};

use crate::harness::{command, gpx, settle, window, with_sample};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

const PAGE: &str = "The page as it will be printed";

fn open_report(harness: &mut Harness<'static, App>) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run_ok();
    wait_for(harness, |harness| harness.query_by_label(PAGE).is_some());
}

fn wait_for(harness: &mut Harness<'static, App>, there: impl Fn(&Harness<'static, App>) -> bool) {
    for _ in 0..1_000 {
        harness.step();
        if there(harness) {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("waited in vain");
}

fn write(harness: &mut Harness<'static, App>, field: &str, words: &str) {
    harness.get_by_label(field).focus();
    harness.run_ok();
    harness.get_by_label(field).type_text(words);
    harness.run_ok();
}

fn value(harness: &Harness<'_, App>, field: &str) -> String {
    harness.get_by_label(field).accesskit_node().value().unwrap_or_default()
}

/// The pixels of the page in the dialog.
fn page(harness: &mut Harness<'static, App>) -> Vec<u8> {
    let rect = harness.get_by_label(PAGE).rect().shrink(2.0);
    let picture = harness.render().expect("a picture");
    let [x, y, width, height] = [rect.left(), rect.top(), rect.width(), rect.height()].map(|v| v as u32);
    (y..y + height).flat_map(|y| (x..x + width).map(move |x| [x, y])).fold(Vec::new(), |mut bytes, [x, y]| {
        bytes.extend(picture.get_pixel(x, y).0);
        bytes
    })
}

#[test]
fn the_button_opens_it_and_escape_closes_it() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label("Report").click();
    harness.run_ok();
    wait_for(&mut harness, |harness| harness.query_by_label(PAGE).is_some());
    for control in ["Name or pseudonym", "Note", "Save…", "Open to print", "Close"] {
        harness.get_by_label(control);
    }
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Note").is_none());
}

#[test]
fn the_page_follows_what_is_typed() {
    let mut harness = with_sample("Run and walk");
    open_report(&mut harness);
    let before = page(&mut harness);
    assert!(before.chunks(4).any(|pixel| pixel[..3] != [255; 3]), "an empty page");
    write(&mut harness, "Note", "Ten minutes easy first.");
    for _ in 0..200 {
        harness.step();
        if page(&mut harness) != before {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("the note did not reach the page");
}

#[test]
fn what_cannot_be_printed_is_said() {
    let mut harness = with_sample("Run and walk");
    open_report(&mut harness);
    // For private use: no font has it, and the window shows a box, too.
    harness.ctx.set_missing_glyph_policy(egui::MissingGlyphPolicy::Tofu);
    write(&mut harness, "Name or pseudonym", "\u{10fffd}");
    wait_for(&mut harness, |harness| {
        harness.query_by_label_contains("the report's font lacks “\u{10fffd}”").is_some()
    });
    write(&mut harness, "Note", &"word ".repeat(900));
    wait_for(&mut harness, |harness| harness.query_by_label_contains("the note is too long").is_some());
}

#[test]
fn a_name_and_note_never_reach_the_page_of_another_run() {
    let mut harness = with_sample("Run and walk");
    open_report(&mut harness);
    write(&mut harness, "Name or pseudonym", "P-014");
    write(&mut harness, "Note", "Sore since May.");
    harness.get_by_label("US Letter").click();
    harness.run_ok();
    harness.get_by_label("Close").click();
    harness.run_ok();
    open_report(&mut harness);
    assert_eq!(value(&harness, "Name or pseudonym"), "P-014", "the same run keeps it");
    harness.get_by_label("Close").click();
    harness.run_ok();
    command(&mut harness, "sample easy");
    settle(&mut harness);
    open_report(&mut harness);
    assert_eq!(value(&harness, "Name or pseudonym"), "");
    assert_eq!(value(&harness, "Note"), "");
    let letter = harness.get_by_label("US Letter").accesskit_node().toggled();
    assert_eq!(letter, Some(egui::accesskit::Toggled::True), "the paper is not about anybody");
}

#[test]
fn a_stretch_on_show_is_what_the_page_is_of() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
    harness.run();
    open_report(&mut harness);
    let said = harness
        .query_all_by_role(Role::Label)
        .filter_map(|node| node.accesskit_node().value())
        .any(|words| words == "The page is of the chosen stretch alone.");
    assert!(said);
    // And so it is: other than the whole run's, which comes back with it.
    let stretch = page(&mut harness);
    harness.get_by_label("Close").click();
    harness.run_ok();
    let saved = |harness: &mut Harness<'static, App>| {
        let folder = tempfile::tempdir().unwrap();
        command(harness, "save the report");
        wait_for(harness, |harness| harness.query_by_label("Path").is_some());
        harness.get_by_label("Path").focus();
        harness.run_ok();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.run_ok();
        let file = folder.path().join("page.svg");
        harness.get_by_label("Path").type_text(&file.display().to_string());
        harness.run_ok();
        harness.key_press(Key::Enter);
        harness.run_ok();
        wait_for(harness, |harness| harness.query_by_label("Path").is_none());
        std::fs::read_to_string(file).unwrap()
    };
    let of_stretch = saved(&mut harness);
    harness.key_press(Key::Escape);
    harness.run_ok();
    let of_whole = saved(&mut harness);
    // The second kilometre, and the whole 5.58 km.
    assert!(of_stretch.contains(" · 1.00 km\n") && !of_stretch.contains("5.58 km"), "{of_stretch}");
    assert!(of_whole.contains(" · 5.58 km\n"), "{of_whole}");
    open_report(&mut harness);
    assert_ne!(page(&mut harness), stretch, "the picture follows");
}

#[test]
fn without_a_name_the_page_names_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Jane Doe 1961.gpx");
    std::fs::write(&file, gpx("", "", 5, &[(120, 1.8)]).replace("<name></name>", "")).unwrap();
    let mut harness = window([1440.0, 900.0], 1.0, vec![file]);
    open_report(&mut harness);
    let before = page(&mut harness);
    write(&mut harness, "Name or pseudonym", "Jane Doe 1961");
    for _ in 0..200 {
        harness.step();
        if page(&mut harness) != before {
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
    panic!("the name that was typed was there before");
}
