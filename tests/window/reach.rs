//! Nothing is out of reach: by key, in a low window, with everything enlarged.

use crate::harness::{all_words, command, open_sample, settle, window, with_sample};
use egui::{Key, Modifiers, ViewportCommand};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

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
        harness.key_press(Key::F5);
        assert_eq!(fills_screen(&mut harness), Some(true));
        harness.run();
        assert!(all_words(&harness).contains("Educational, not a diagnosis"));
        match end {
            "escape" => harness.key_press(Key::Escape),
            _ => harness.key_press_modifiers(Modifiers::COMMAND, Key::W),
        }
        assert_eq!(fills_screen(&mut harness), Some(false), "{end}");
        harness.run();
        settle(&mut harness);
        command(&mut harness, "sample easy");
        settle(&mut harness);
        harness.get_by_label("Search runs");
    }
}
