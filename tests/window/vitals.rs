//! Heart rate, cadence and elevation below the speed, and the larger route.

use std::{fmt::Write as _, fs, path::PathBuf};

use crate::harness::{Settings, all_words, command, settle, wheel, window, with_sample};
use eframe::App as _;
use egui::{Key, Modifiers, accesskit::Role, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

const USUAL: [f32; 2] = [1440.0, 900.0];

/// A run of 40 min with everything that a watch measures: walking and running by turns, over two hills of 60 m. Between
/// 15 and 16 min the strap lost the heart.
fn measured() -> String {
    let mut points = String::new();
    let mut metres = 0.0;
    let mut beats = 100.0_f64;
    for second in 0..2400_u32 {
        let runs = second / 300 % 2 == 1;
        let speed = if runs { 2.7 } else { 1.6 };
        metres += speed;
        beats += (if runs { 154.0 } else { 116.0 } - beats) / 40.0;
        let (turn, cadence) =
            (f64::from(second) / 1200.0 * std::f64::consts::TAU, if runs { 82 } else { 56 });
        let (lat, lon) = (47.0 + 0.0025 * (metres / 900.0_f64).sin(), 8.5 + metres / 75_900.0);
        let elevation = 450.0 - 30.0 * turn.cos() + 0.4 * (f64::from(second) / 9.0).sin();
        let heart = match second {
            900..960 => String::new(),
            _ => format!("<x:hr>{beats:.0}</x:hr>"),
        };
        let (h, m, s) = (8 + second / 3600, second / 60 % 60, second % 60);
        writeln!(
            points,
            "<trkpt lat=\"{lat:.7}\" lon=\"{lon:.7}\"><ele>{elevation:.1}</ele><time>2026-05-03T{h:02}:{m:02}:{s:02}Z</time>\
             <extensions><x:TrackPointExtension>{heart}<x:cad>{cadence}</x:cad></x:TrackPointExtension></extensions></trkpt>"
        )
        .unwrap();
    }
    format!(
        "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"Watch with Barometer\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\" xmlns:x=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\">\
         <trk><name>Two hills</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    )
}

/// A window with that run.
fn with_measured(size: [f32; 2]) -> Harness<'static, App> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("two-hills.gpx");
    fs::write(&path, measured()).unwrap();
    window(size, 1.0, vec![path])
}

/// A strip, by the beginning of what it says.
fn strip(harness: &Harness<'_, App>, name: &str) -> Option<String> {
    let all = harness.query_all_by_role(Role::Image).filter_map(|node| node.accesskit_node().label());
    all.into_iter().find(|label| label.starts_with(name))
}

fn number_after(words: &str, before: &str) -> f64 {
    let rest = words.split(before).nth(1).unwrap_or_else(|| panic!("no {before:?} in {words}"));
    rest.trim_start().split(' ').next().unwrap().trim_end_matches(';').parse().unwrap()
}

#[test]
fn strips_say_their_numbers_where_they_were_recorded() {
    let harness = with_measured(USUAL);
    let heart = strip(&harness, "Heart rate:").unwrap();
    let (inside, above) = (number_after(&heart, "Heart rate:"), number_after(&heart, "in the band,"));
    assert!((118.0..126.0).contains(&inside) && (146.0..154.0).contains(&above), "{heart}");
    let elevation = strip(&harness, "Elevation:").unwrap();
    let (up, down) = (number_after(&elevation, "climb"), number_after(&elevation, "descent"));
    assert!((up - 120.0).abs() <= 3.0 && (down - 120.0).abs() <= 3.0, "{elevation}");
    let cadence = strip(&harness, "Cadence:").unwrap();
    assert!(cadence.contains("from 112/min to 164/min"), "{cadence}");

    let walk = with_sample("Brisk walk");
    assert!(strip(&walk, "Elevation: climb ").is_some());
    assert_eq!((strip(&walk, "Heart rate"), strip(&walk, "Cadence")), (None, None));
}

#[test]
fn a_strip_that_is_switched_off_stays_away_and_its_run_keeps_its_numbers() {
    let mut harness = with_measured(USUAL);
    command(&mut harness, "heart rate below");
    assert!(strip(&harness, "Heart rate:").is_none() && strip(&harness, "Elevation:").is_some());
    assert!(all_words(&harness).contains(", heart rate 1"), "the table has it still");
    let mut kept = Settings::default();
    harness.state_mut().save(&mut kept);
    let settings = kept.0.values().next().unwrap();
    assert!(
        settings.contains("\"heart_rate\":false") && settings.contains("\"elevation\":true"),
        "{settings}"
    );
    // And back by the button above the chart.
    harness.get_by_label("Lines below the speed").click();
    harness.run();
    harness.get_by_label("Heart rate below the speed").click();
    harness.run();
    assert!(strip(&harness, "Heart rate:").is_some());
}

#[test]
fn a_strip_shares_cursor_zoom_and_stretch_with_the_speed() {
    let mut harness = with_measured(USUAL);
    let area = harness.get_by_label_contains("Heart rate: ").rect();
    let whole = harness.render().unwrap();
    let over = pos2(area.left() + 0.4 * area.width(), area.center().y);
    harness.hover_at(over);
    harness.run();
    let hovered = harness.render().unwrap();
    for label in ["Speed over 39", "Elevation: ", "Cadence: ", "Route of "] {
        let rect = harness.get_by_label_contains(label).rect();
        let inside = |x: u32, y: u32| rect.contains(pos2(x as f32, y as f32));
        let differs = whole
            .enumerate_pixels()
            .filter(|(x, y, pixel)| inside(*x, *y) && hovered.get_pixel(*x, *y) != *pixel)
            .count();
        assert!(differs > 20, "{label} shows no cursor");
    }
    wheel(&mut harness, over, 120.0, Modifiers::COMMAND);
    harness.run_ok();
    harness.get_by_label("Whole run").click();
    harness.run();
    assert!(harness.query_by_label("Whole run").is_none());
    let (from, to) = (pos2(area.left() + 200.0, area.center().y), pos2(area.left() + 400.0, area.center().y));
    harness.drag_at(from);
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.run();
    harness.get_by_label_contains("Only ");
}

#[test]
fn the_arrow_keys_say_what_was_measured_then() {
    let mut harness = with_measured(USUAL);
    harness.get_by_label_contains("Speed over 39").click();
    harness.run();
    harness.key_press(Key::Home);
    harness.run();
    harness.key_press(Key::ArrowRight);
    harness.run();
    let words = all_words(&harness);
    assert!(words.contains(" bpm · 112/min · 420 m"), "{words}");
}

#[test]
fn splits_have_their_means_and_climbs_add_up() {
    let harness = with_measured(USUAL);
    let rows = harness.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label());
    let rows: Vec<String> = rows.collect();
    let climbs: f64 = rows.iter().map(|row| number_after(row, ", climb")).sum();
    assert!(rows.len() == 6 && (climbs - 120.0).abs() <= 5.0, "{climbs} m in {rows:?}");
    assert!(rows[0].contains("bpm, cadence 1"), "{}", rows[0]);
    let walk = with_sample("Brisk walk");
    assert!(!all_words(&walk).contains(", heart rate "));
}

#[test]
fn an_idle_window_with_strips_draws_nothing() {
    let mut harness = with_measured(USUAL);
    assert_eq!(harness.run(), 1, "one frame because it is asked for, and none after it");
    harness.key_press(Key::M);
    harness.run();
    assert_eq!(harness.run(), 1);
}

#[test]
fn the_route_opens_to_the_whole_centre_and_escape_closes_it() {
    let mut harness = with_measured(USUAL);
    let small = harness.get_by_label_contains("Route of ").rect();
    harness.get_by_label("Open the larger route").click();
    harness.run();
    let large = harness.get_by_label_contains("Larger route. Route of ").rect();
    assert!(large.width() > 2.0 * small.width() && large.height() > 2.5 * small.height(), "{large}");
    let speed = harness.get_by_label_contains("Speed over 39").rect();
    assert!(speed.top() > large.bottom() && speed.bottom() < 900.0, "the speed stands below: {speed}");
    assert!(harness.query_by_label_contains("Split 1, ").is_none(), "the table makes room");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label_contains("Larger route. ").is_none());
    harness.get_by_label_contains("Split 1, ");
    harness.key_press(Key::M);
    harness.run();
    harness.get_by_label("Close the larger route").click();
    harness.run();
    assert!(harness.query_by_label_contains("Larger route. ").is_none());
}

/// How many points of the large route differ between two pictures.
fn differs(harness: &mut Harness<'static, App>, change: impl FnOnce(&mut Harness<'static, App>)) -> usize {
    let rect = harness.get_by_label_contains("Larger route. ").rect();
    let before = harness.render().unwrap();
    change(harness);
    harness.run_ok();
    harness.run();
    let after = harness.render().unwrap();
    let inside = |x: u32, y: u32| rect.contains(pos2(x as f32, y as f32));
    before
        .enumerate_pixels()
        .filter(|(x, y, pixel)| inside(*x, *y) && after.get_pixel(*x, *y) != *pixel)
        .count()
}

#[test]
fn the_larger_route_zooms_and_moves() {
    let mut harness = with_measured(USUAL);
    harness.key_press(Key::M);
    harness.run();
    let key = |key: Key| move |harness: &mut Harness<'static, App>| harness.key_press(key);
    assert_eq!(differs(&mut harness, key(Key::ArrowRight)), 0, "the whole route stays in the middle");
    assert!(harness.query_by_label("Show the whole route").is_none());
    assert!(differs(&mut harness, key(Key::Plus)) > 1000);
    harness.get_by_label("Show the whole route");
    for arrow in [Key::ArrowRight, Key::ArrowUp] {
        assert!(differs(&mut harness, key(arrow)) > 1000, "{arrow:?}");
    }
    let middle = harness.get_by_label_contains("Larger route. ").rect().center();
    let drag = |harness: &mut Harness<'static, App>| {
        harness.drag_at(middle);
        harness.run();
        harness.hover_at(middle + vec2(60.0, 20.0));
        harness.run();
        harness.drop_at(middle + vec2(60.0, 20.0));
    };
    assert!(differs(&mut harness, drag) > 1000);
    harness.key_press(Key::Num0);
    harness.run();
    assert!(harness.query_by_label("Show the whole route").is_none());
    let zoom = |harness: &mut Harness<'static, App>| wheel(harness, middle, 120.0, Modifiers::COMMAND);
    assert!(differs(&mut harness, zoom) > 1000);
    harness.get_by_label("Zoom out of the route").click();
    harness.run();
    // The cursor of the speed below is seen on the route, too.
    let speed = harness.get_by_label_contains("Speed over 39").rect().center();
    let hover = move |harness: &mut Harness<'static, App>| harness.hover_at(speed);
    assert!(differs(&mut harness, hover) > 20);
}

#[test]
fn nothing_is_out_of_reach_where_there_is_little_room() {
    for (size, zoom) in [([1024.0, 700.0], 0), ([720.0, 480.0], 0), ([1280.0, 720.0], 15)] {
        let mut harness = with_measured(size);
        for _ in 0..zoom {
            command(&mut harness, "everything larger");
        }
        settle(&mut harness);
        harness.key_press(Key::M);
        harness.run();
        let screen = harness.ctx.content_rect();
        for label in ["Larger route. ", "Close the larger route", "Zoom into the route"] {
            let rect = harness.get_by_label_contains(label).rect();
            assert!(screen.contains_rect(rect), "{label} at {rect}, of {screen}");
        }
    }
}

/// The window as it is with all three strips and the cursor in them.
fn pictured(theme: &str) -> Harness<'static, App> {
    let mut harness = with_measured(USUAL);
    command(&mut harness, theme);
    let area = harness.get_by_label_contains("Heart rate: ").rect();
    harness.hover_at(pos2(area.left() + 0.62 * area.width(), area.center().y));
    harness.run();
    harness
}

#[test]
fn heart_rate_and_elevation() {
    pictured("light theme").snapshot("vitals");
}

#[test]
fn heart_rate_and_elevation_in_the_dark() {
    pictured("dark theme").snapshot("vitals_dark");
}

#[test]
fn the_larger_route() {
    let mut harness = with_sample("Run and walk");
    harness.key_press(Key::M);
    harness.run();
    let area = harness.get_by_label_contains("Speed over 4").rect();
    harness.hover_at(pos2(area.left() + 0.4 * area.width(), area.center().y));
    harness.run();
    harness.snapshot("large_route");
}
