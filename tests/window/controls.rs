//! The window in use, every control found by what it is called for those who do not see it.

use crate::harness::{command, open_sample, settle, wheel, window, with_sample};
use egui::{Key, Modifiers, Pos2, accesskit::Role, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

const HEADLINE: &str = " moving, likely ";

/// The headline's sentence.
fn headline(harness: &Harness<'_, App>) -> String {
    let heading = harness
        .get_all_by_role(Role::Heading)
        .find_map(|node| node.accesskit_node().label().filter(|label| label.contains(HEADLINE)));
    heading.expect("a headline")
}

/// Where the speed chart is, within its axes.
fn chart(harness: &Harness<'_, App>) -> egui::Rect {
    let rect = harness.get_by_label_contains("Speed over 4").rect();
    egui::Rect::from_min_max(rect.min + vec2(44.0, 10.0), rect.max - vec2(10.0, 26.0))
}

fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + (to - from) * 0.5);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.run();
}

#[test]
fn the_empty_window_offers_files_and_samples() {
    let harness = window([1440.0, 900.0], 1.0, Vec::new());
    harness.get_by_label("Open files…");
    assert_eq!(harness.get_all_by_label_contains("Sample: ").count(), 4);
    harness.get_by_label("Is running bad for your back?");
}

#[test]
fn a_sample_is_one_click_away() {
    let harness = with_sample("Run and walk");
    let words = headline(&harness);
    assert!(words.contains("(95%)"), "{words}");
    harness.get_by_label_contains("Run and walk · 45 min");
    assert!(harness.query_all_by_label_contains("Split 1, 1.00 km").count() == 1);
}

#[test]
fn the_unit_changes_everywhere() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label_contains("Unit, ").click();
    harness.run();
    harness.get_by_label("min/mile, minutes per mile").click();
    harness.run();
    harness.get_by_label("Pace (min/mile)");
    harness.get_by_label("Time at each pace (min/mile)");
    harness.get_by_label_contains("Mean pace: 12:");
    let distance = harness.get_by_label_contains("Distance: ").accesskit_node().value();
    assert!(distance.as_deref().is_some_and(|words| words.ends_with(" mi")), "{distance:?}");
}

#[test]
fn the_threshold_moves_the_share_at_once() {
    let mut harness = with_sample("Run and walk");
    let before = headline(&harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowUp);
    harness.run();
    harness.get_by_label("2.1 m/s is");
    let after = headline(&harness);
    assert_ne!(before, after);
    harness.get_by_label("Reset").click();
    harness.run();
    assert_eq!(headline(&harness), before);
}

#[test]
fn the_threshold_can_be_dragged_in_the_chart() {
    let mut harness = with_sample("Run and walk");
    let area = harness.get_by_label_contains("Speed over 4").rect();
    // The dashed line is where the cursor takes hold: looked for from above, as a person would.
    let x = area.center().x;
    let mut found = None;
    for step in 0..100 {
        let at = pos2(x, area.top() + 8.0 + 2.0 * step as f32);
        harness.hover_at(at);
        harness.step();
        if harness.output().platform_output.cursor_icon == egui::CursorIcon::ResizeVertical {
            found = Some(at);
            break;
        }
    }
    let line = found.expect("a threshold to take hold of");
    drag(&mut harness, line + vec2(0.0, 2.0), line - vec2(0.0, 30.0));
    assert!(harness.query_by_label("2 m/s is").is_none());
    harness.get_by_label("Reset");
}

#[test]
fn a_dragged_range_is_what_everything_speaks_of_until_escape() {
    let mut harness = with_sample("Run and walk");
    let whole = headline(&harness);
    let area = chart(&harness);
    let y = area.bottom() - 20.0;
    drag(&mut harness, pos2(area.left() + 100.0, y), pos2(area.left() + 300.0, y));
    harness.get_by_label_contains("Only ");
    let part = headline(&harness);
    assert_ne!(whole, part);
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(headline(&harness), whole);
}

#[test]
fn one_cursor_marks_all_pictures() {
    let mut harness = with_sample("Run and walk");
    let before = harness.render().expect("a picture");
    let area = chart(&harness);
    harness.hover_at(pos2(area.left() + 0.2 * area.width(), area.center().y));
    harness.run();
    let after = harness.render().expect("a picture");
    let differs = |rect: egui::Rect| {
        let inside = |x: u32, y: u32| rect.contains(pos2(x as f32, y as f32));
        before
            .enumerate_pixels()
            .filter(|(x, y, pixel)| inside(*x, *y) && after.get_pixel(*x, *y) != *pixel)
            .count()
    };
    for label in ["Speed over 4", "Route of ", "Time at each speed. "] {
        let rect = harness.get_by_label_contains(label).rect();
        assert!(differs(rect) > 20, "{label} shows no cursor");
    }
}

#[test]
fn a_click_on_a_split_chooses_its_stretch() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
    harness.run();
    harness.get_by_label_contains("Only ");
    harness.get_by_label("Whole run").click();
    harness.run();
    assert!(harness.query_by_label_contains("Only ").is_none());
}

#[test]
fn the_table_is_split_as_asked() {
    let mut harness = with_sample("Run and walk");
    for (choice, row) in [
        ("1 mile", "Split 1, 1.00 mi"),
        ("stretches", "spine-friendly, "),
        ("point by point", "Split 1, 0:00 – 0:01"),
    ] {
        harness.get_by_label(&format!("Split by: {choice}")).click_accesskit();
        harness.run();
        assert!(harness.query_all_by_label_contains(row).count() > 0, "{choice}");
    }
}

#[test]
fn ctrl_and_the_wheel_zoom_and_a_double_click_shows_the_whole_run() {
    let mut harness = with_sample("Run and walk");
    let middle = chart(&harness).center();
    wheel(&mut harness, middle, 120.0, Modifiers::COMMAND);
    harness.get_by_label("Whole run");
    for _ in 0..2 {
        harness.drag_at(middle);
        harness.drop_at(middle);
        harness.step();
    }
    harness.run();
    assert!(harness.query_by_label("Whole run").is_none());
}

#[test]
fn commands_are_found_by_a_few_letters() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "over distance");
    harness.get_by_label("Speed over: distance");
    command(&mut harness, "km/h");
    harness.get_by_label("Speed (km/h)");
}

#[test]
fn keys_alone_lead_from_the_start_to_a_chosen_split() {
    let mut harness = window([1440.0, 900.0], 1.0, Vec::new());
    let press = |harness: &mut Harness<'static, App>, label: &str| {
        for _ in 0..60 {
            harness.key_press(Key::Tab);
            harness.run();
            let focused = harness.query_all_by_label_contains(label).any(|node| node.is_focused());
            if focused {
                harness.key_press(Key::Enter);
                harness.run();
                return;
            }
        }
        panic!("Tab does not lead to {label}");
    };
    press(&mut harness, "Sample: Easy jog");
    settle(&mut harness);
    press(&mut harness, "Split 2, 1.00 km");
    harness.get_by_label_contains("Only ");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label_contains("Only ").is_none());
}

#[test]
fn the_help_sheet_names_the_shortcuts() {
    let mut harness = with_sample("Easy jog");
    harness.key_press(Key::F1);
    harness.run();
    assert!(harness.query_all_by_label("Keyboard shortcuts").count() > 0);
    harness.get_by_label("Ctrl+K");
    harness.get_by_label("?, F1");
    harness.get_by_label("Ctrl +, Ctrl =");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Ctrl+K").is_none());
}

#[test]
fn presenting_names_nobody_and_ends_with_escape() {
    let mut harness = with_sample("Easy jog");
    harness.key_press(Key::F5);
    harness.run();
    harness.get_by_label("Educational, not a diagnosis");
    assert!(harness.query_by_label("Search runs").is_none());
    harness.key_press(Key::Escape);
    harness.run();
    harness.get_by_label("Search runs");
}

#[test]
fn broken_files_become_notices_and_the_others_open() {
    let folder = std::env::temp_dir().join(format!("spinepace window test {}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("empty.gpx"), b"").unwrap();
    std::fs::write(folder.join("page.gpx"), b"<!doctype html><html><body>Sign in</body></html>").unwrap();
    std::fs::write(folder.join("good.gpx"), spinepace::samples::ALL[2].gpx).unwrap();
    let mut harness = window([1440.0, 900.0], 1.0, vec![folder.clone()]);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(headline(&harness).contains("(95%)"));
    harness.get_by_label_contains("empty.gpx is empty");
    let right = harness.get_by_label("Dismiss notice on empty.gpx").rect().right();
    assert!((1440.0 - 20.0..1440.0).contains(&right), "the cross is at the right end, not at {right}");
    harness.get_by_label_contains("page.gpx is a web page");
    harness.get_by_label("Dismiss notice on empty.gpx").click();
    harness.run();
    assert!(harness.query_by_label_contains("empty.gpx is empty").is_none());
    harness.get_by_label_contains("page.gpx is a web page");
}

#[test]
fn several_runs_are_listed_searched_and_closed() {
    let mut harness = with_sample("Easy jog");
    command(&mut harness, "tempo run");
    settle(&mut harness);
    assert_eq!(harness.get_all_by_role(Role::ListBoxOption).count(), 2);
    harness.get_by_label("Search runs").focus();
    harness.run();
    harness.get_by_label("Search runs").type_text("tempo");
    harness.run();
    assert_eq!(harness.get_all_by_role(Role::ListBoxOption).count(), 1);
    harness.get_by_label_contains("Tempo run · ").click();
    harness.run();
    command(&mut harness, "close this");
    assert!(harness.query_by_label_contains("Speed over 40:00").is_some());
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut harness = with_sample("Easy jog");
    harness.run();
    // One frame because it is asked for, and none after it.
    assert_eq!(harness.run(), 1);
}

#[test]
fn a_sample_opened_again_is_not_listed_twice() {
    let mut harness = window([1440.0, 900.0], 1.0, Vec::new());
    open_sample(&mut harness, "Easy jog");
    command(&mut harness, "sample easy jog");
    settle(&mut harness);
    assert_eq!(harness.get_all_by_role(Role::ListBoxOption).count(), 1);
}

#[test]
fn a_stretch_is_cut_and_the_cut_taken_back() {
    let mut harness = with_sample("Run and walk");
    let whole = headline(&harness);
    for (button, elapsed) in [("Keep only this", true), ("Leave this out", true)] {
        harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
        harness.run();
        harness.get_by_label(button).click();
        harness.run();
        settle(&mut harness);
        let cut = headline(&harness);
        assert_ne!(cut, whole);
        assert_eq!(harness.query_by_label_contains("Elapsed: 45:00").is_none(), elapsed, "{button}");
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        harness.run();
        assert_eq!(headline(&harness), whole);
        harness.get_by_label("Redo").click();
        harness.run();
        settle(&mut harness);
        assert_eq!(headline(&harness), cut);
        harness.get_by_label("Undo").click();
        harness.run();
    }
}

#[test]
fn two_runs_are_compared_with_their_difference() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "sample brisk");
    settle(&mut harness);
    harness.get_by_label("Compare").click();
    harness.run();
    harness.get_by_label_contains("with Run and walk, ").click();
    harness.run();
    harness.get_by_label_contains("more at a spine-friendly pace than Run and walk");
    let sure = harness
        .query_all_by_label_contains("likely ")
        .filter_map(|node| node.accesskit_node().value())
        .find(|words| words.ends_with(" more (95%)"));
    assert!(sure.is_some(), "no interval of the difference");
    harness.get_by_label("End the comparison").click();
    harness.run();
    assert!(harness.query_by_label("Compared").is_none());
}

#[test]
fn the_cursor_runs_at_ten_times_the_runners_pace_and_faster() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label("Play").click();
    harness.run_steps(5);
    harness.get_by_label("10x, next play speed").click();
    harness.run_steps(5);
    harness.get_by_label("30x, next play speed");
    harness.get_by_label("Stop").click();
    harness.run();
    harness.get_by_label("Play");
}

#[test]
fn the_report_shows_the_page_that_will_be_printed() {
    let mut harness = with_sample("Run and walk");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
    harness.run();
    harness.get_by_label("Name or pseudonym").focus();
    harness.run();
    harness.get_by_label("Name or pseudonym").type_text("P-014");
    for _ in 0..500 {
        harness.run_ok();
        if harness.query_by_label("The page as it will be printed").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    harness.get_by_label("The page as it will be printed");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Name or pseudonym").is_none());
}
