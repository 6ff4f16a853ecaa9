//! The real release window on a real (virtual) screen, used from outside: by mouse, keyboard and other programs.
//! Pictures of it are kept in `tests/shots/`.

#![cfg(all(target_os = "linux", feature = "window"))]

mod display;
mod drag_source;
#[cfg(feature = "passcode")]
mod passcode;
mod shot;
mod twin;
mod week;

use std::{
    process::Command,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use display::{Display, Program, repository, wait_for};
use resvg::tiny_skia::Pixmap;
use spinepace::library::{Access, Library, OpenOptions, Place, Watched};

/// The band's colour in the light theme.
const IN_BAND: [u8; 3] = [0x0f, 0x8f, 0x7a];

/// One window at a time: they are drawn by the processor.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_file_given_as_argument_is_shown_and_the_window_closes_cleanly() {
    let _turn = alone();
    let display = Display::start(1600, 1000);
    let mut program = display.run(&[&repository("sample_runs/run-and-walk.gpx")]);
    program.wait_for_title(|title| title == "Run and walk - Spinepace");
    let shot = program.settle();
    shot.keep("run-and-walk");
    let in_band = shot.count(IN_BAND);
    assert!(in_band > 2000, "only {in_band} pixels have the band's colour");
    let status = program.close();
    assert!(status.success(), "{status}");
}

#[test]
fn five_files_dropped_by_another_program_open_though_two_are_broken() {
    let _turn = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let broken = [("no recording.gpx", ""), ("login.gpx", "<!DOCTYPE html><html><body>Log in</body></html>")];
    let mut files: Vec<_> = broken
        .map(|(name, content)| {
            let file = folder.path().join(name);
            std::fs::write(&file, content).expect("a file in a temporary folder");
            file
        })
        .into();
    files.extend(
        ["brisk-walk", "easy-jog", "tempo-run"].map(|id| repository(&format!("sample_runs/{id}.gpx"))),
    );
    let display = Display::start(1600, 1000);
    let mut program = display.run(&[]);
    let empty = program.settle();
    empty.keep("empty");
    drag_source::drag_and_drop(&display, &files, (620, 500));
    let names = ["Brisk walk", "Easy jog", "Tempo run"].map(|name| format!("{name} - Spinepace"));
    program.wait_for_title(|title| names.iter().any(|name| name == title));
    let shot = program.settle();
    shot.keep("five-files-dropped");
    assert!(shot.differs(&empty) > 10_000, "the window still looks empty");
    assert!(program.close().success());
}

#[test]
fn the_keyboard_alone_leads_from_the_start_to_a_selected_split() {
    let _turn = alone();
    let display = Display::start(1600, 1000);
    let mut program = display.run(&[]);
    let empty = program.settle();
    let press = |program: &mut Program<'_>, words: &[&str]| {
        display.hand(words);
        program.settle()
    };
    let palette = press(&mut program, &["key", "ctrl+k"]);
    assert!(palette.differs(&empty) > 1000, "Ctrl+K opens the palette");
    press(&mut program, &["type", "sample run and walk"]);
    display.hand(&["key", "Return"]);
    program.wait_for_title(|title| title == "Run and walk - Spinepace");
    // Without the article, the splits are among the last that take the focus, which begins at the end with
    // Shift+Tab; Return selects the one that has it.
    let run = press(&mut program, &["key", "ctrl+b"]);
    let selected = (0..8).find_map(|_| {
        let focused = press(&mut program, &["key", "shift+Tab"]);
        let entered = press(&mut program, &["key", "Return"]);
        focused.keep("keyboard-focused");
        (entered.differs(&focused) > 10_000).then_some(entered)
    });
    let selected = selected.expect("a split is reached, and every panel speaks of it");
    selected.keep("keyboard-split-selected");
    assert!(selected.differs(&run) > 10_000, "the selection is seen");
    let whole = press(&mut program, &["key", "Escape"]);
    assert!(whole.differs(&selected) > 10_000, "Escape speaks of the whole run again");
    let presenting = press(&mut program, &["key", "F5"]);
    presenting.keep("keyboard-presenting");
    assert!((presenting.width, presenting.height) == (1600, 1000), "F5 fills the screen");
    press(&mut program, &["key", "Escape"]);
    display.hand(&["key", "ctrl+q"]);
    let status = program.wait_for_end();
    assert!(status.success(), "{status}");
}

#[test]
fn another_program_gets_the_copied_chart_and_numbers() {
    let _turn = alone();
    let run = repository("sample_runs/run-and-walk.gpx");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("speed.png");
    let exported = Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .args(["export", "--chart", "speed", "-o"])
        .args([&file, &run])
        .status()
        .expect("Spinepace starts");
    assert!(exported.success(), "{exported}");
    let display = Display::start(1600, 1000);
    let mut program = display.run(&[&run]);
    program.wait_for_title(|title| title == "Run and walk - Spinepace");
    display.hand(&["key", "ctrl+c"]);
    let copied = wait_for("a picture on the clipboard", || display.clipboard("image/png"));
    program.settle().keep("chart-copied");
    let picture = |bytes: &[u8]| Pixmap::decode_png(bytes).expect("a PNG picture");
    let saved = picture(&std::fs::read(&file).expect("the saved chart"));
    assert!(picture(&copied) == saved, "the copied picture is not the one that is saved");
    display.hand(&["key", "ctrl+shift+c"]);
    let numbers = wait_for("text on the clipboard", || display.clipboard("UTF8_STRING"));
    let numbers = String::from_utf8(numbers).expect("text");
    assert!(numbers.contains("at a spine-friendly pace") && numbers.contains("(95%)"), "{numbers}");
    assert!(program.close().success());
}

#[test]
fn the_window_is_whole_at_every_size() {
    let _turn = alone();
    let display = Display::start(1920, 1200);
    let mut program = display.run(&[&repository("sample_runs/stop-and-go-in-town.gpx")]);
    program.wait_for_title(|title| title == "Stop and go in town - Spinepace");
    for (width, height) in [(1024, 700), (1280, 720), (1440, 900), (1880, 1100), (1024, 700)] {
        let shot = program.resize(width, height);
        shot.keep(&format!("size-{width}x{height}"));
        assert!(shot.is_painted_to_its_edges(), "{width}x{height}");
        assert!(shot.count(IN_BAND) > 1000, "{width}x{height}: the band's colour is gone");
    }
    assert!(program.close().success());
}

#[test]
fn an_idle_window_draws_nothing() {
    let _turn = alone();
    let display = Display::start(1600, 1000);
    // It may also watch a folder: that looks there now and then, and draws nothing.
    let place = Place::at(display.home().join("spinepace/library"));
    let mut library = Library::open(place, OpenOptions { access: Access::Write }).expect("a library");
    let folder = Some(repository("docs"));
    library.watch(&Watched { folder, ..Watched::default() }).expect("watched");
    drop(library);
    let mut program = display.run(&[&repository("sample_runs/run-and-walk.gpx")]);
    program.wait_for_title(|title| title == "Run and walk - Spinepace");
    // What it still does after the last change of the picture comes to an end,
    let mut before_s = program.processor_s();
    wait_for("a second without work", || {
        std::thread::sleep(Duration::from_secs(1));
        let now_s = program.processor_s();
        (std::mem::replace(&mut before_s, now_s) == now_s).then_some(())
    });
    // and nothing begins again: drawing without a card would take most of a processor.
    std::thread::sleep(Duration::from_secs(5));
    let idle_s = program.processor_s() - before_s;
    assert!(idle_s <= 0.05, "{idle_s} s of processor in 5 idle seconds");
    assert!(program.close().success());
}

#[test]
fn a_tour_of_the_library_opens_no_internet_socket() {
    let _turn = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sockets = folder.path().join("sockets");
    let display = Display::start(1600, 1000);
    let mut program = display.run_watched(&[], &sockets);
    program.settle();
    let press = |program: &mut Program<'_>, words: &[&str]| {
        display.hand(words);
        program.settle()
    };
    press(&mut program, &["key", "ctrl+k"]);
    press(&mut program, &["type", "demo library"]);
    display.hand(&["key", "Return"]);
    program.wait_for_title(|title| title == "DEMO-1 - Spinepace");
    let demo = program.resize(1440, 860);
    demo.keep("library-demo");
    assert!(demo.count(IN_BAND) > 4000, "the weeks are not seen");
    press(&mut program, &["key", "ctrl+p"]).keep("library-report");
    press(&mut program, &["key", "Escape"]);
    press(&mut program, &["key", "ctrl+k"]);
    press(&mut program, &["type", "leave the demo"]);
    display.hand(&["key", "Return"]);
    program.wait_for_title(|title| title == "Spinepace");
    press(&mut program, &["key", "ctrl+n"]);
    press(&mut program, &["type", "P-014"]);
    display.hand(&["key", "Return"]);
    program.wait_for_title(|title| title == "P-014 - Spinepace");
    let before = program.settle();
    let files =
        ["brisk-walk", "easy-jog", "tempo-run"].map(|id| repository(&format!("sample_runs/{id}.gpx")));
    drag_source::drag_and_drop(&display, &files, (620, 500));
    wait_for("the runs", || (program.settle().differs(&before) > 10_000).then_some(()));
    press(&mut program, &["key", "ctrl+e"]);
    press(&mut program, &["type", "60"]);
    press(&mut program, &["key", "Return"]).keep("library-person");
    display.hand(&["key", "ctrl+q"]);
    assert!(program.wait_for_end().success());
    let seen = std::fs::read_to_string(&sockets).expect("what strace saw");
    assert!(seen.contains("AF_UNIX"), "strace saw nothing: {seen}");
    assert!(!seen.contains("AF_INET"), "{seen}");
}

#[test]
fn without_a_display_the_program_answers_in_text() {
    let output = Command::new(env!("CARGO_BIN_EXE_spinepace"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("Spinepace starts");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    for title in ["Brisk walk", "Run and walk", "Easy jog", "Stop and go in town"] {
        assert!(text.contains(title), "{title} is missing in:\n{text}");
    }
    let hint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(hint.trim().lines().count(), 1, "one line says why there is no window: {hint}");
}
