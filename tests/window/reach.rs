//! Nothing is out of reach: by key, in a low window, with everything enlarged.

use crate::harness::{all_words, command, open_sample, settle, window, with_sample};
use egui::{Event, Key, Modifiers, Rect, ViewportCommand, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _, by},
};
use spinepace::app::App;

/// One event alone, so that the frame that takes it is the one that is looked at.
fn press_down(harness: &Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.event(Event::Key { key, pressed: true, modifiers, repeat: false, physical_key: None });
}

/// Whether the desktop is asked to fill the screen, or to leave that, in the next few frames.
fn fills_screen(harness: &mut Harness<'_, App>) -> Option<bool> {
    (0..6).find_map(|_| {
        harness.step();
        let viewports = &harness.output().viewport_output;
        viewports.values().flat_map(|viewport| &viewport.commands).find_map(|command| match command {
            ViewportCommand::Fullscreen(fills) => Some(*fills),
            _ => None,
        })
    })
}

#[test]
fn escape_closes_a_menu_and_nothing_else() {
    let mut harness = with_sample("Run and walk");
    harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
    harness.run();
    for menu in ["Menu", "Samples"] {
        harness.get_by_label(menu).click();
        harness.run();
        let last = if menu == "Menu" { "Quit" } else { "Lunch run with pauses" };
        assert!(harness.query_by_label(last).is_some(), "{menu} is open");
        harness.key_press(Key::Escape);
        harness.run();
        assert!(harness.query_by_label(last).is_none(), "{menu} is closed");
        harness.get_by_label_contains("Only ");
    }
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label_contains("Only ").is_none());
}

#[test]
fn a_menu_longer_than_the_window_scrolls() {
    let mut harness = window([720.0, 480.0], 1.0, Vec::new());
    open_sample(&mut harness, "Run and walk");
    harness.get_by_label("Menu").click();
    harness.run();
    let screen = harness.ctx.content_rect();
    for _ in 0..60 {
        harness.key_press(Key::Tab);
        harness.run_ok();
        let quit = harness.get_by_label("Quit");
        if quit.accesskit_node().is_focused() {
            harness.run_ok();
            let rect = harness.get_by_label("Quit").rect();
            assert!(screen.contains_rect(rect), "Quit is at {rect:?}");
            return;
        }
    }
    panic!("Tab does not lead to Quit");
}

#[test]
fn control_and_the_key_of_plus_enlarges_without_shift() {
    let mut harness = with_sample("Run and walk");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Equals);
    harness.run();
    assert_eq!(harness.ctx.zoom_factor(), 1.1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    harness.run();
    assert_eq!(harness.ctx.zoom_factor(), 1.0);
}

#[test]
fn the_screen_is_filled_as_long_as_a_run_is_presented() {
    for end in ["escape", "close"] {
        let mut harness = with_sample("Run and walk");
        press_down(&harness, Modifiers::NONE, Key::F5);
        assert_eq!(fills_screen(&mut harness), Some(true));
        harness.run();
        assert!(all_words(&harness).contains("Educational, not a diagnosis"));
        match end {
            "escape" => press_down(&harness, Modifiers::NONE, Key::Escape),
            _ => press_down(&harness, Modifiers::COMMAND, Key::W),
        }
        assert_eq!(fills_screen(&mut harness), Some(false), "{end}");
        harness.run();
        settle(&mut harness);
        command(&mut harness, "sample easy");
        settle(&mut harness);
        harness.get_by_label("Search runs");
    }
}

/// The names of all that Tab leads to, each of which is then seen whole, or at least as wide as it is.
fn reached(harness: &mut Harness<'static, App>, most: usize) -> Vec<String> {
    let screen = harness.ctx.content_rect().expand(1.0);
    let mut names = Vec::new();
    for _ in 0..most {
        harness.key_press(Key::Tab);
        for _ in 0..4 {
            harness.step();
        }
        let focused = by().predicate(|node| node.is_focused() && node.role() != Role::Window);
        let Some((name, rect)) = harness
            .query_all(focused)
            .next()
            .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
        else {
            continue;
        };
        let seen = rect.intersect(screen);
        assert!(
            seen.width() >= rect.width() - 1.0 && seen.height() >= rect.height().min(20.0),
            "{name} at {rect:?} is outside of {screen:?}"
        );
        if names.first() == Some(&name) {
            break;
        }
        names.push(name);
    }
    names
}

fn assert_reached(names: &[String], wanted: &[&str], where_: &str) {
    for want in wanted {
        assert!(names.iter().any(|name| name.contains(want)), "{where_}: {want} is not reached: {names:?}");
    }
}

/// The smallest window, and the usual one with everything as large as it can be.
const SMALL: [([f32; 2], f32); 2] = [([720.0, 480.0], 1.0), ([512.0, 288.0], 2.5)];

#[test]
fn in_a_small_window_everything_is_reached() {
    for (size, scale) in SMALL {
        let mut harness = window(size, scale, Vec::new());
        let start = reached(&mut harness, 40);
        assert_reached(&start, &["Open…", "Menu", "Sample: Brisk walk", "Sample: Stop and go"], "start");
        for sample in ["run and walk", "easy jog", "tempo"] {
            command(&mut harness, &format!("sample {sample}"));
            settle(&mut harness);
        }
        let wanted = [
            "Open…",
            "Unit, ",
            "Report",
            "Menu",
            "brisk, 1.5",
            "Brisk from",
            "Threshold",
            "Search runs",
            "Easy jog · ",
            "Tempo run · ",
            "Run and walk · ",
            "Play",
            "Speed over: distance",
            "Speed over: clock",
            "Speed over 3",
            "Route of ",
            "Time at each speed. ",
            "Split by: 1 km",
            "Split by: point by point",
            "Split 1, ",
            "What if: ",
            "Read the sources",
        ];
        assert_reached(&reached(&mut harness, 120), &wanted, &format!("{size:?}"));
        for figure in ["Distance: ", "Moving: ", "Elapsed: ", "Mean speed: "] {
            assert!(harness.query_by_label_contains(figure).is_some(), "{size:?}: {figure}");
        }
        let raised = |harness: &mut Harness<'static, App>| {
            harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowUp);
            harness.run();
        };
        raised(&mut harness);
        assert_reached(&reached(&mut harness, 60), &["Threshold", "Reset", "Keep this threshold"], "edges");
    }
}

#[test]
fn in_a_small_window_every_sheet_is_reached() {
    for (size, scale) in SMALL {
        let mut harness = window(size, scale, Vec::new());
        for sample in ["run and walk", "easy jog"] {
            command(&mut harness, &format!("sample {sample}"));
            settle(&mut harness);
        }
        for (letters, wanted) in [
            (
                "report…",
                vec!["Name or pseudonym", "Note", "A4", "US Letter", "Save…", "Open to print", "Close"],
            ),
            ("compare with", vec!["Find a run"]),
            ("shortcuts", vec!["Close"]),
            ("sources", vec!["Close"]),
            ("open files", vec!["Path", "Open", "Cancel"]),
        ] {
            command(&mut harness, letters);
            for _ in 0..3 {
                harness.run_ok();
            }
            let names = reached(&mut harness, 60);
            assert_reached(&names, &wanted, letters);
            harness.key_press(Key::Escape);
            harness.run_ok();
            harness.run_ok();
        }
        let screen: Rect = harness.ctx.content_rect();
        command(&mut harness, "compare with");
        harness.get_by_label_contains("with Run and walk").click();
        harness.run();
        let end = harness.get_by_label("End the comparison").rect();
        assert!(end.left() >= 0.0 && end.right() <= screen.right(), "{end:?}");
        command(&mut harness, "present in");
        harness.run_ok();
        let last = harness.get_by_label("Educational, not a diagnosis").rect();
        assert!(screen.contains_rect(last), "{last:?} in {screen:?}");
    }
}
