//! Pictures of the window, compared pixel by pixel; made anew with `UPDATE_SNAPSHOTS=1`.

use crate::harness::{
    command, gpx, open_sample, settle, window, with_a_run_above_the_threshold, with_sample,
};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use spinepace::app::App;

const USUAL: [f32; 2] = [1440.0, 900.0];

#[test]
fn empty() {
    window(USUAL, 1.0, Vec::new()).snapshot("empty");
}

#[test]
fn one_run_with_the_cursor() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label_contains("Speed over 4").hover();
    harness.run();
    harness.snapshot("one_run");
}

#[test]
fn dark() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "dark theme");
    harness.snapshot("dark");
}

#[test]
fn a_range_chosen() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
    harness.run();
    harness.remove_cursor();
    harness.run();
    harness.snapshot("range");
}

#[test]
fn none_in_band() {
    let mut harness = with_a_run_above_the_threshold();
    harness.snapshot("none_in_band");
}

#[test]
fn what_if() {
    let mut harness = window([1440.0, 1240.0], 1.0, Vec::new());
    open_sample(&mut harness, "Run and walk");
    harness.get_by_label_contains("What if: ").hover();
    harness.run();
    harness.snapshot("what_if");
}

#[test]
fn presenting() {
    let mut harness = with_sample("Run and walk");
    harness.key_press(Key::F5);
    harness.run();
    harness.snapshot("presenting");
}

#[test]
fn small() {
    let mut harness = window([1024.0, 700.0], 1.0, Vec::new());
    open_sample(&mut harness, "Stop and go in town");
    harness.snapshot("small");
}

#[test]
fn scale_two() {
    let mut harness = window([1280.0, 720.0], 2.0, Vec::new());
    open_sample(&mut harness, "Run and walk");
    harness.snapshot("scale_two");
}

#[test]
fn a_moved_threshold() {
    let mut harness = with_sample("Run and walk");
    for _ in 0..5 {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowUp);
        harness.run();
    }
    harness.snapshot("moved_threshold");
}

/// Two samples in the smallest window, in the dark.
#[test]
fn smallest() {
    let mut harness = window([720.0, 480.0], 1.0, Vec::new());
    command(&mut harness, "sample easy");
    settle(&mut harness);
    command(&mut harness, "sample run and walk");
    settle(&mut harness);
    command(&mut harness, "dark theme");
    harness.snapshot("smallest");
}

/// 1280x720 at 250 %: one column of large type.
#[test]
fn largest_type() {
    let mut harness = window([512.0, 288.0], 2.5, Vec::new());
    command(&mut harness, "sample run and walk");
    settle(&mut harness);
    harness.snapshot("largest_type");
}

/// An easy jog compared with the run and walk, in a theme.
fn compared(theme: &str) -> Harness<'static, App> {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "sample easy");
    settle(&mut harness);
    command(&mut harness, theme);
    harness.get_by_label("Compare").click();
    harness.run();
    harness.get_by_label_contains("with Run and walk, ").click();
    harness.run();
    harness.remove_cursor();
    harness.run();
    harness
}

#[test]
fn compare() {
    compared("light theme").snapshot("compare");
}

#[test]
fn compare_in_the_dark() {
    compared("dark theme").snapshot("compare_dark");
}

/// Two runs of one name, told apart by their days.
#[test]
fn compare_of_one_name_in_the_dark() {
    let folder = tempfile::tempdir().expect("a folder");
    let runs: [&[(u32, f64)]; 2] =
        [&[(600, 1.6), (300, 2.6), (600, 1.8)], &[(300, 1.4), (600, 2.4), (60, 0.0), (500, 1.7)]];
    for (day, run) in [1, 8].into_iter().zip(runs) {
        let file = folder.path().join(format!("{day}.gpx"));
        std::fs::write(file, gpx("Morning run", "running", day, run)).expect("a file");
    }
    let mut harness = window(USUAL, 1.0, vec![folder.path().to_owned()]);
    command(&mut harness, "dark theme");
    harness.get_by_label("Compare").click();
    harness.run();
    harness.get_by_label_contains("with Morning run, Fri 1 May 2026").click();
    harness.run();
    harness.remove_cursor();
    harness.run();
    harness.snapshot("compare_one_name_dark");
}

#[test]
fn a_ride() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("to work.gpx");
    let ride = [(120, 1.6), (400, 6.0), (30, 0.0), (500, 7.0), (60, 1.4)];
    std::fs::write(&file, gpx("To work", "Biking", 4, &ride)).expect("a file");
    let mut harness = window(USUAL, 1.0, vec![file]);
    settle(&mut harness);
    harness.snapshot("ride");
}

/// A large screen, in the dark.
#[test]
fn large() {
    let mut harness = window([2560.0, 1440.0], 1.0, Vec::new());
    command(&mut harness, "sample hill trail");
    settle(&mut harness);
    command(&mut harness, "dark theme");
    harness.remove_cursor();
    harness.run();
    harness.snapshot("large_dark");
}

#[test]
fn everything_in_band() {
    let mut harness = with_sample("Brisk walk");
    harness.snapshot("all_in_band");
}

#[test]
fn report() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "report");
    for _ in 0..500 {
        harness.run_ok();
        if harness.query_by_label("The page as it will be printed").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    // The page has tests of its own; here it is seen: paper, ink, and the band's green, within the sheet.
    let page = harness.get_by_label("The page as it will be printed").rect();
    let picture = harness.render().unwrap();
    let (mut paper, mut ink, mut green, mut all) = (0, 0, 0, 0);
    for y in page.top().ceil() as u32..page.bottom() as u32 {
        for x in page.left().ceil() as u32..page.right() as u32 {
            let [r, g, b, _] = picture.get_pixel(x, y).0;
            all += 1;
            paper += u32::from(r > 245 && g > 245 && b > 245);
            ink += u32::from(r < 110 && g < 110 && b < 110);
            green += u32::from(r < 80 && g > 110 && b > 80 && b < 160);
        }
    }
    assert!(all > 100_000 && 2 * paper > all, "{paper} of {all} points are paper");
    assert!(ink > all / 500 && green > all / 500, "{ink} points of ink, {green} of green among {all}");
}
