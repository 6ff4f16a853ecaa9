//! What stood in the way after a day's use, each by what it is called for those who do not see it.

use std::{fs, path::PathBuf};

use crate::harness::{all_words, command, gpx, settle, wheel, window, with_sample};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, accesskit::Role, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;
use tempfile::TempDir;

/// A window with a run a day of the same name, the last one on show.
fn three_days() -> (TempDir, Harness<'static, App>) {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<PathBuf> = Vec::new();
    for (day, slow_s) in [(3, 300), (4, 600), (5, 900)] {
        let file = folder.path().join(format!("day {day}.gpx"));
        fs::write(&file, gpx("Morning run", "running", day, &[(slow_s, 1.7), (600, 2.9)])).unwrap();
        files.push(file);
    }
    files.reverse();
    let mut harness = window([1440.0, 900.0], 1.0, files);
    let first = harness.get_all_by_role(Role::ListBoxOption).next().map(|row| row.rect().center()).unwrap();
    click(&mut harness, first);
    settle(&mut harness);
    (folder, harness)
}

fn click(harness: &mut Harness<'static, App>, at: Pos2) {
    harness.drag_at(at);
    harness.step();
    harness.drop_at(at);
    harness.run();
}

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

fn secondary_click(harness: &mut Harness<'_, App>, at: Pos2) {
    harness.hover_at(at);
    for pressed in [true, false] {
        harness.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        harness.step();
    }
    harness.run_ok();
}

fn top_of(harness: &Harness<'_, App>, label: &str) -> f32 {
    harness.get_by_label_contains(label).rect().top()
}

#[test]
fn the_wheel_scrolls_the_page_and_ctrl_with_it_zooms() {
    let mut harness = with_sample("Run and walk");
    let middle = harness.get_by_label_contains("Speed over 4").rect().center();
    let before = top_of(&harness, "Speed over 4");
    wheel(&mut harness, middle, -60.0, Modifiers::NONE);
    assert!(top_of(&harness, "Speed over 4") < before, "the page scrolls under the chart");
    assert!(harness.query_by_label("Whole run").is_none(), "and the chart does not zoom");
    let middle = harness.get_by_label_contains("Speed over 4").rect().center();
    wheel(&mut harness, middle, 120.0, Modifiers::COMMAND);
    harness.get_by_label("Whole run");
    // Chosen, the wheel alone does it.
    press(&mut harness, Modifiers::NONE, Key::Num0);
    command(&mut harness, "wheel zooms");
    let middle = harness.get_by_label_contains("Speed over 4").rect().center();
    wheel(&mut harness, middle, 120.0, Modifiers::NONE);
    harness.get_by_label("Whole run");
}

#[test]
fn runs_of_one_name_are_told_apart_by_their_dates() {
    let (_folder, mut harness) = three_days();
    // The headline's card, the list, and the search, by year and by day.
    assert!(harness.query_all_by_label_contains("Morning run, Tue 5 May 2026, ").count() > 0);
    assert!(harness.query_all_by_label_contains("Morning run, Sun 3 May 2026, ").count() > 0);
    harness.get_by_label("MAY 2026 · 3");
    for (typed, count) in [("2026", 3), ("4 may", 1), ("2012", 0)] {
        press(&mut harness, Modifiers::COMMAND, Key::F);
        press(&mut harness, Modifiers::COMMAND, Key::A);
        harness.get_by_label("Search runs").type_text(typed);
        harness.run();
        assert_eq!(harness.query_all_by_role(Role::ListBoxOption).count(), count, "{typed}");
    }
    press(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, Modifiers::NONE, Key::Backspace);
    command(&mut harness, "compare with");
    harness.get_by_label_contains("with Morning run, Mon 4 May 2026").click();
    harness.run();
    let words = all_words(&harness);
    assert!(words.contains("at a spine-friendly pace than Morning run, Mon 4 May 2026"), "{words}");
    harness.get_by_label_contains("Dashed, for comparison: Morning run, Mon 4 May 2026, ");
}

#[test]
fn a_chosen_stretch_or_threshold_moves_nothing_below() {
    let mut harness = with_sample("Run and walk");
    let before = top_of(&harness, "Speed (m/s)");
    let field = harness.get_all_by_role(Role::SpinButton).map(|node| node.rect().left()).collect::<Vec<_>>();
    harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
    harness.run();
    harness.get_by_label_contains("Only ");
    assert_eq!(top_of(&harness, "Speed (m/s)"), before);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::COMMAND, Key::ArrowUp);
    harness.get_by_label("Reset");
    let moved = harness.get_all_by_role(Role::SpinButton).map(|node| node.rect().left()).collect::<Vec<_>>();
    assert_eq!(moved, field, "the fields stay where they were");
}

#[test]
fn another_kind_of_split_leaves_its_buttons_under_the_pointer() {
    let mut harness = window([1440.0, 700.0], 1.0, Vec::new());
    command(&mut harness, "sample run and walk");
    settle(&mut harness);
    harness.get_by_label("Split by: point by point").click_accesskit();
    harness.run();
    let middle = harness.get_by_label_contains("Where").rect().center();
    wheel(&mut harness, middle, -5000.0, Modifiers::NONE);
    let before = top_of(&harness, "Split by: laps");
    harness.get_by_label("Split by: laps").click_accesskit();
    harness.run();
    assert_eq!(top_of(&harness, "Split by: laps"), before);
}

#[test]
fn a_click_on_a_bar_marks_its_moments_in_chart_and_route() {
    let mut harness = with_sample("Run and walk");
    harness.remove_cursor();
    harness.run();
    let before = harness.render().unwrap();
    let bars = harness.get_by_label_contains("Time at each speed. ").rect();
    // At the foot of the bars of the walks, near 1.6 of 3.0 m/s.
    let at = pos2(bars.left() + 48.0 + 0.515 * (bars.width() - 66.0), bars.bottom() - 26.0);
    click(&mut harness, at);
    harness.get_by_label_contains("marked in chart and route");
    harness.get_by_label_contains("Marked: 1.");
    harness.remove_cursor();
    harness.run();
    let after = harness.render().unwrap();
    for label in ["Speed over 4", "Route of "] {
        let rect = harness.get_by_label_contains(label).rect();
        let inside = |x: u32, y: u32| rect.contains(pos2(x as f32, y as f32));
        let differs = before
            .enumerate_pixels()
            .filter(|(x, y, pixel)| inside(*x, *y) && after.get_pixel(*x, *y) != *pixel);
        assert!(differs.count() > 200, "{label} is not marked");
    }
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(harness.query_by_label_contains("Marked: ").is_some(), "arrows go to the next bar");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label_contains("Marked: ").is_none());
}

#[test]
fn what_went_well_is_said_and_leaves_by_itself() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "copy the numbers");
    harness.get_by_label("The numbers were copied as text");
    for _ in 0..450 {
        harness.step();
    }
    assert!(harness.query_by_label("The numbers were copied as text").is_none());
}

#[test]
fn a_folder_of_duplicates_is_one_line_that_opens() {
    let folder = tempfile::tempdir().unwrap();
    let track = gpx("Morning run", "running", 3, &[(300, 1.7), (300, 2.9)]);
    let files: Vec<PathBuf> = (0..9)
        .map(|k| {
            let file = folder.path().join(format!("copy {k}.gpx"));
            fs::write(&file, &track).unwrap();
            file
        })
        .collect();
    let mut harness = window([1440.0, 900.0], 1.0, files);
    harness.get_by_label("8 recordings are already open");
    assert_eq!(harness.query_all_by_role(Role::Alert).count(), 1);
    harness.get_by_label("Show all 8").click();
    harness.run();
    harness.get_all_by_label_contains("is already open (as Morning run)").next().unwrap();
}

#[test]
fn a_run_is_closed_by_its_cross_and_brought_back() {
    let (_folder, mut harness) = three_days();
    let options = |harness: &Harness<'_, App>| harness.query_all_by_role(Role::ListBoxOption).count();
    harness.get_by_label("Close Morning run, Mon 4 May 2026").click();
    harness.run();
    assert_eq!(options(&harness), 2);
    assert!(harness.query_all_by_label_contains("Morning run, Tue 5 May 2026, ").count() > 0);
    harness.get_by_label("Morning run, Mon 4 May 2026 was closed");
    harness.get_by_label("Undo").click();
    harness.run();
    assert_eq!(options(&harness), 3);
    assert!(harness.query_all_by_label_contains("Morning run, Mon 4 May 2026, ").count() > 0);
    press(&mut harness, Modifiers::COMMAND, Key::W);
    assert_eq!(options(&harness), 2);
    press(&mut harness, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::T);
    assert_eq!(options(&harness), 3);
}

#[test]
fn a_secondary_click_offers_what_can_be_done() {
    let (_folder, mut harness) = three_days();
    let row = |harness: &Harness<'_, App>| {
        harness.get_all_by_role(Role::ListBoxOption).map(|node| node.rect().center()).nth(1).unwrap()
    };
    let at = row(&harness);
    secondary_click(&mut harness, at);
    for line in ["Show", "Close", "Copy the numbers", "Show the file's folder"] {
        harness.get_by_label(line);
    }
    harness.get_by_label("Compare with the run on show").click();
    harness.run();
    harness.get_by_label("Compared");
    for (of, line) in [
        ("Speed over 2", "Save the speed chart as a picture…"),
        ("Route of ", "Save this track as GPX…"),
        ("Split 1, ", "Save this run point by point…"),
    ] {
        harness.remove_cursor();
        let node = harness.get_by_label_contains(of);
        node.scroll_to_me();
        harness.run();
        let at = harness.get_by_label_contains(of).rect().center();
        secondary_click(&mut harness, at);
        harness.get_by_label(line);
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert!(harness.query_by_label(line).is_none(), "{of}");
    }
}

#[test]
fn miles_and_paces_go_all_the_way() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "speeds in min/mile");
    harness.get_by_label("Pace (min/mile)");
    harness.get_by_label("Time at each pace (min/mile)");
    harness.get_by_label_contains("Mean pace: ");
    harness.get_by_label_contains("Split 1, 1.00 mi");
    command(&mut harness, "point by point");
    assert!(
        harness
            .query_all_by_label_contains(", ±0:")
            .any(|row| row.accesskit_node().label().is_some_and(|words| words.contains(" /mile, raw")))
    );
    command(&mut harness, "split by mile");
    command(&mut harness, "speeds in m/s");
    harness.get_by_label_contains("Split 1, 1.00 km");
}

#[test]
fn the_clock_axis_tells_the_time_of_day_at_the_cursor() {
    let (_folder, mut harness) = three_days();
    command(&mut harness, "time of day");
    harness.get_by_label_contains("Speed over 2").focus();
    harness.run();
    press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    let words = all_words(&harness);
    assert!(words.contains(":00:10 · "), "{words}");
}

#[test]
fn presenting_names_space_and_escape_stops_playing_first() {
    let mut harness = with_sample("Run and walk");
    let part = "brisk, 1.5 to 2.0 m/s: 19:";
    harness.get_by_label_contains(part).hover();
    harness.run_steps(40);
    let tip = "Click for the longest stretch";
    assert!(harness.query_by_label_contains(tip).is_some(), "the bar has a tip");
    press(&mut harness, Modifiers::NONE, Key::F5);
    harness.get_by_label_contains("Space play");
    harness.get_by_label_contains(part).hover();
    harness.run_steps(40);
    assert!(harness.query_by_label_contains(tip).is_none(), "no tips on the wall");
    harness.hover_at(pos2(500.0, 500.0));
    for _ in 0..200 {
        harness.step();
    }
    assert_eq!(
        harness.output().platform_output.cursor_icon,
        egui::CursorIcon::None,
        "a resting mouse is hidden"
    );
    harness.key_press(Key::Space);
    harness.step();
    harness.step();
    harness.key_press(Key::Escape);
    harness.run();
    harness.get_by_label_contains("Space play");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.get_by_label("Search runs");
}

#[test]
fn a_large_window_has_higher_charts() {
    let high = |size: [f32; 2]| {
        let mut harness = window(size, 1.0, Vec::new());
        command(&mut harness, "sample run and walk");
        settle(&mut harness);
        (harness.get_by_label_contains("Speed over 4").rect().height(), harness)
    };
    let (usual, _) = high([1440.0, 900.0]);
    let (large, harness) = high([2560.0, 1440.0]);
    assert!(large > 1.6 * usual, "{large} of {usual}");
    harness.get_by_label_contains("Split 1, ");
}

#[test]
fn the_palette_knows_other_words_for_things() {
    let mut harness = with_sample("Run and walk");
    for (typed, found) in
        [("pdf", "Report…"), ("csv", "Save the numbers of all open runs…"), ("print", "Report…")]
    {
        press(&mut harness, Modifiers::COMMAND, Key::K);
        harness.get_by_label("Find a command").type_text(typed);
        harness.run();
        assert!(harness.query_all_by_label(found).count() > 0, "{typed}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn the_palette_shows_all_that_it_found_after_it_had_found_nothing() {
    let mut harness = with_sample("Run and walk");
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_label("Find a command").type_text("zzz");
    harness.run();
    assert!(harness.query_all_by_label_contains("No command found").count() > 0);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    for (typed, last) in [
        ("export", "Copy the numbers as text"),
        ("miles", "Split by mile"),
        ("pace", "Paces in min/mile"),
        ("clock", "Speed over time of day"),
    ] {
        press(&mut harness, Modifiers::COMMAND, Key::K);
        harness.get_by_label("Find a command").type_text(typed);
        harness.run();
        // What is scrolled out of the sheet cannot be clicked.
        harness.get_by_label(last).click();
        harness.run();
        assert!(harness.query_by_label("Find a command").is_none(), "{typed}: {last} is out of sight");
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn tables_and_tracks_are_saved_from_the_window() {
    let (folder, mut harness) = three_days();
    for (letters, name, begins) in [
        ("save the numbers", "runs.csv", b"file,name,start".as_slice()),
        ("save the numbers", "runs.parquet", b"PAR1"),
        ("point by point parquet", "points.csv", b"start,end,duration_s"),
        ("track as gpx trimmed", "track.gpx", b"<?xml"),
    ] {
        command(&mut harness, letters);
        for _ in 0..200 {
            harness.step();
            if harness.query_by_label("Path").is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let path = folder.path().join(name);
        press(&mut harness, Modifiers::COMMAND, Key::A);
        harness.get_by_label("Path").type_text(&path.display().to_string());
        harness.run_ok();
        press(&mut harness, Modifiers::NONE, Key::Enter);
        for _ in 0..300 {
            harness.step();
            if path.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        settle(&mut harness);
        let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(bytes.starts_with(begins), "{name}: {:?}", String::from_utf8_lossy(&bytes[..40]));
    }
}

#[test]
fn the_list_is_sorted_and_picked_runs_are_added_up() {
    let (_folder, mut harness) = three_days();
    let first = |harness: &Harness<'_, App>| {
        let mut rows = harness.get_all_by_role(Role::ListBoxOption);
        rows.next().and_then(|row| row.accesskit_node().label()).unwrap()
    };
    assert!(first(&harness).contains("5 May"), "the newest first");
    harness.get_by_label("Sort runs").click();
    harness.run();
    harness.get_by_label("Sort runs: farthest first").click();
    harness.run();
    assert!(first(&harness).contains("5 May"));
    command(&mut harness, "sort runs newest");
    let at = harness.get_all_by_role(Role::ListBoxOption).map(|node| node.rect().center()).nth(1).unwrap();
    harness.event_modifiers(Event::ModifiersChanged(Modifiers::COMMAND), Modifiers::COMMAND);
    harness.hover_at(at);
    for pressed in [true, false] {
        harness.event_modifiers(
            Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::COMMAND,
            },
            Modifiers::COMMAND,
        );
        harness.step();
    }
    harness.run();
    settle(&mut harness);
    let words = all_words(&harness);
    assert!(words.contains("2 runs: 25 min ") || words.contains("2 runs: 24 min "), "{words}");
    harness.get_by_label("End the selection").click();
    harness.run();
    assert!(harness.query_by_label_contains("2 runs: ").is_none());
}
