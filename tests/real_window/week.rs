//! A physio's week: three people, ten files dropped, a dose agreed, a page over some weeks made. By keyboard, but for
//! the files, which are dragged, and by mouse, but for words and numbers; how many keys or clicks and how long it took is
//! told.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use egui::Pos2;

use crate::{
    alone,
    display::{Display, Program, repository, wait_for},
    drag_source,
    twin::{NOTICE_S, Twin},
};

/// Runs of a collection of real files, four of the first patient and three of each of the others.
const FILES: [&str; 10] = [
    "marcusvolz+strava/inst/gpx/running/activity_7335911454.gpx",
    "marcusvolz+strava/inst/gpx/running/activity_7371775190.gpx",
    "marcusvolz+strava/inst/gpx/running/activity_7621813676.gpx",
    "marcusvolz+strava/inst/gpx/running/trail_roche_doetre.gpx",
    "jmackie+activityio/activityio/tcx/test/files/c2eb1b_2.tcx",
    "jmackie+activityio/activityio/tcx/test/files/c2eb1b_3.tcx",
    "jmackie+activityio/activityio/tcx/test/files/c2eb1b_5.tcx",
    "dschafer+activatr/inst/extdata/running_example.gpx.gz",
    "dtcooper+python-fitparse/tests/files/activity-small-fenix2-run.fit",
    "placemark+togeojson/test/data/run.gpx",
];

/// Hands that are counted.
struct Hands<'a> {
    display: &'a Display,
    begun: Instant,
    keys: usize,
    drops: usize,
}

impl Hands<'_> {
    fn press(&mut self, program: &mut Program<'_>, key: &str) {
        self.keys += 1;
        self.display.hand(&["key", key]);
        program.settle();
    }

    fn write(&mut self, program: &mut Program<'_>, words: &str) {
        self.keys += words.len();
        self.display.hand(&["type", words]);
        program.settle();
    }

    fn enter_person(&mut self, program: &mut Program<'_>, name: &str) {
        self.press(program, "ctrl+n");
        self.write(program, name);
        self.press(program, "Return");
        let title = format!("{name} - Spinepace");
        program.wait_for_title(|now| now == title);
    }

    fn drop(&mut self, program: &mut Program<'_>, files: &[PathBuf]) {
        let before = program.settle();
        self.drops += 1;
        drag_source::drag_and_drop(self.display, files, (620, 500));
        wait_for("the runs", || (program.settle().differs(&before) > 8_000).then_some(()));
    }
}

#[test]
fn a_physios_week() {
    let _turn = alone();
    let corpus = repository("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no corpus beside the repository");
        return;
    }
    let files: Vec<PathBuf> = FILES.iter().map(|file| corpus.join(file)).collect();
    let display = Display::start(1600, 1000);
    let mut program = display.run(&[]);
    program.settle();
    let mut hands = Hands { display: &display, begun: Instant::now(), keys: 0, drops: 0 };
    for (name, files) in [("P-014", &files[..4]), ("P-015", &files[4..7]), ("P-016", &files[7..])] {
        hands.enter_person(&mut program, name);
        hands.drop(&mut program, files);
        program.settle().keep(&format!("week-{name}"));
        hands.press(&mut program, "ctrl+e");
        hands.write(&mut program, "60");
        hands.press(&mut program, "Return");
    }
    hands.press(&mut program, "ctrl+g");
    hands.write(&mut program, "P-014");
    hands.press(&mut program, "Return");
    program.wait_for_title(|title| title == "P-014 - Spinepace");
    hands.press(&mut program, "ctrl+m");
    hands.write(&mut program, "Keep the walk breaks.");
    hands.press(&mut program, "ctrl+Return");
    program.settle().keep("week-noted");
    hands.press(&mut program, "ctrl+p");
    hands.write(&mut program, "Well done. Same again.");
    program.settle().keep("week-page");
    // From the note over both papers to Save, and then to the path that is offered.
    for key in ["Tab", "Tab", "Tab", "Return", "Return"] {
        hands.press(&mut program, key);
    }
    let page = wait_for("the page", || page_in(display.home()));
    assert!(std::fs::read(&page).expect("the page").starts_with(b"%PDF"), "{}", page.display());
    let (seconds, keys, drops) = (hands.begun.elapsed().as_secs(), hands.keys, hands.drops);
    println!("a physio's week: {seconds} s, {keys} keys, {drops} drops");
    display.hand(&["key", "ctrl+q"]);
    assert!(program.wait_for_end().success());
    assert_kept(display.home());
}

/// Three people with their runs, in the library below this home.
fn assert_kept(home: &Path) {
    let kept = Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .args(["library", "--format", "json", "--library"])
        .arg(home.join("spinepace/library"))
        .args(["person", "list"])
        .output()
        .expect("Spinepace starts");
    let kept: serde_json::Value = serde_json::from_slice(&kept.stdout).expect("people as JSON");
    let of = |person: &serde_json::Value| {
        (person["name"].as_str().unwrap_or_default().to_owned(), person["runs"].as_u64().unwrap_or(0))
    };
    let people: Vec<_> = kept.as_array().expect("a list").iter().map(of).collect();
    let expected = [("Me", 0), ("P-014", 4), ("P-015", 3), ("P-016", 3)];
    assert_eq!(people, expected.map(|(name, runs)| (name.to_owned(), runs)));
}

/// A hand on the mouse; the twin does all of it, too.
struct Pointer<'a, 'b> {
    display: &'a Display,
    program: Program<'b>,
    twin: Twin,
    clicks: usize,
    typed: usize,
    waited: Duration,
}

impl Pointer<'_, '_> {
    fn click(&mut self, label: &str) {
        let at = self.click_alone(label);
        self.twin.click(at);
        self.program.settle();
    }

    /// Clicks in the real window; the twin only says where.
    fn click_alone(&mut self, label: &str) -> Pos2 {
        let at = self.twin.find(label);
        let origin = self.program.origin();
        let x = f32::from(origin.0) + at.x.round();
        let y = f32::from(origin.1) + at.y.round();
        self.display.hand(&["mousemove", &x.to_string(), &y.to_string(), "sleep", "0.1", "click", "1"]);
        self.clicks += 1;
        at
    }

    fn write(&mut self, words: &str) {
        self.typed += words.len();
        self.display.hand(&["type", words]);
        self.twin.write(words);
        self.program.settle();
    }

    /// A line that says what went well stands above the page for some seconds, and moves it.
    fn outlast_notices(&mut self) {
        let begun = Instant::now();
        std::thread::sleep(Duration::from_secs_f32(NOTICE_S));
        self.twin.outlast_notices();
        self.program.settle();
        self.waited += begun.elapsed();
    }

    fn drop(&mut self, files: &[PathBuf]) {
        let before = self.program.settle();
        drag_source::drag_and_drop(self.display, files, (620, 500));
        wait_for("the runs", || (self.program.settle().differs(&before) > 8_000).then_some(()));
        self.twin.drop(files);
    }
}

#[test]
fn a_physios_week_by_mouse() {
    let _turn = alone();
    let corpus = repository("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: no corpus beside the repository");
        return;
    }
    let files: Vec<PathBuf> = FILES.iter().map(|file| corpus.join(file)).collect();
    let display = Display::start(1600, 1000);
    let mut program = display.run(&[]);
    let shot = program.settle();
    let twins = tempfile::tempdir().expect("a temporary folder");
    let twin = Twin::new([shot.width as f32, shot.height as f32], twins.path().join("library"));
    let mut hand = Pointer { display: &display, program, twin, clicks: 0, typed: 0, waited: Duration::ZERO };
    let begun = Instant::now();
    for (name, files) in [("P-014", &files[..4]), ("P-015", &files[4..7]), ("P-016", &files[7..])] {
        hand.click("New person…");
        hand.write(name);
        hand.click("Enter");
        let title = format!("{name} - Spinepace");
        hand.program.wait_for_title(|now| now == title);
        hand.drop(files);
        hand.outlast_notices();
        hand.click("Change the dose…");
        hand.write("60");
        hand.click("Set the dose");
    }
    hand.click("P-014, 4 kept runs");
    hand.program.wait_for_title(|title| title == "P-014 - Spinepace");
    hand.click("Add a note…");
    hand.write("Keep the walk breaks.");
    hand.click("Save");
    hand.program.settle().keep("week-by-mouse");
    hand.click("Report");
    hand.write("Well done. Same again.");
    hand.twin.find("The page as it will be printed");
    hand.click("Save…");
    // The twin would save its page in the tester's own home.
    hand.click_alone("Save here");
    let page = wait_for("the page", || page_in(display.home()));
    assert!(std::fs::read(&page).expect("the page").starts_with(b"%PDF"), "{}", page.display());
    let all = begun.elapsed();
    println!(
        "a physio's week by mouse: {} s, of which {} s until notices had left; {} clicks, {} drags, {} letters typed",
        all.as_secs(),
        hand.waited.as_secs(),
        hand.clicks,
        3,
        hand.typed
    );
    assert!(hand.program.close().success());
    assert_kept(display.home());
}

/// The page that was saved in a folder.
fn page_in(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    entries.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "pdf"))
}
