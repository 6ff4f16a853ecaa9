//! The window for those who use it without a mouse or without seeing it: where the focus goes, what is said.

use crate::harness::{command, open_sample, settle, window, with_sample};
use egui::{
    Key, Modifiers, Rect,
    accesskit::{Live, Role},
    pos2,
};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _, by},
};
use spinepace::app::App;

/// What has the focus: its name and place.
fn focused(harness: &Harness<'_, App>) -> Option<(String, Rect)> {
    let node =
        harness.query_all(by().predicate(|node| node.is_focused() && node.role() != Role::Window)).next()?;
    Some((node.accesskit_node().label().unwrap_or_default(), node.rect()))
}

/// What a screen reader says by itself.
fn said(harness: &Harness<'_, App>) -> String {
    let node = harness.get_by_role(Role::Status);
    assert_eq!(node.accesskit_node().live(), Live::Polite);
    node.accesskit_node().label().unwrap_or_default()
}

fn press(harness: &mut Harness<'static, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

#[test]
fn tab_and_shift_tab_bring_what_has_the_focus_into_view() {
    let mut harness = window([1024.0, 700.0], 1.0, Vec::new());
    open_sample(&mut harness, "Run and walk");
    command(&mut harness, "show it point by point");
    let screen = Rect::from_min_max(pos2(0.0, 0.0), pos2(1024.0, 700.0));
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT] {
        let mut rows = Vec::new();
        for _ in 0..120 {
            press(&mut harness, modifiers, Key::Tab);
            let Some((name, rect)) = focused(&harness) else { continue };
            // A card may be higher than what is left of the window; its middle is seen.
            assert!(screen.contains(rect.center()), "{name} has the focus at {rect:?}");
            if name.starts_with("Split ") {
                assert!(screen.expand(1.0).contains_rect(rect), "{name} at {rect:?}");
                rows.push(name);
            }
        }
        rows.dedup();
        assert!(rows.len() > 40, "only {} rows were reached: {rows:?}", rows.len());
    }
}

#[test]
fn sheets_keep_the_focus_and_give_it_back() {
    let mut harness = with_sample("Run and walk");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    let before = focused(&harness).unwrap();
    for (keys, heading) in [
        ((Modifiers::COMMAND, Key::P), "Report"),
        ((Modifiers::NONE, Key::F1), "Keyboard shortcuts"),
        ((Modifiers::COMMAND, Key::K), ""),
    ] {
        harness.key_press_modifiers(keys.0, keys.1);
        for _ in 0..30 {
            harness.step();
        }
        let start = focused(&harness).expect("a sheet takes the focus").0;
        for shift in [Modifiers::NONE, Modifiers::SHIFT] {
            for _ in 0..20 {
                harness.key_press_modifiers(shift, Key::Tab);
                harness.run_ok();
                if let Some((name, _)) = focused(&harness) {
                    let behind = ["Open…", "Samples", "Present", "Play", "Search runs", "Menu"];
                    assert!(!behind.contains(&name.as_str()), "{heading}: {name} has the focus");
                }
            }
        }
        harness.key_press(Key::Escape);
        harness.run_ok();
        harness.run_ok();
        assert_eq!(focused(&harness), Some(before.clone()), "{heading} began with {start}");
    }
}

#[test]
fn what_changes_is_said() {
    let mut harness = with_sample("Run and walk");
    assert!(said(&harness).starts_with("Run and walk: 2"), "{}", said(&harness));
    harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
    harness.run();
    assert!(said(&harness).starts_with("From 8:"), "{}", said(&harness));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(said(&harness).starts_with("The whole run: "), "{}", said(&harness));
    press(&mut harness, Modifiers::COMMAND, Key::ArrowUp);
    assert!(said(&harness).starts_with("Up to 2.1 m/s: "), "{}", said(&harness));
    harness.get_by_label_contains("Speed over 4").focus();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    assert!(
        said(&harness).starts_with("0:10 · ") && said(&harness).contains(" m/s · "),
        "{}",
        said(&harness)
    );
    press(&mut harness, Modifiers::COMMAND, Key::K);
    harness.get_by_label("Find a command").type_text("dark");
    harness.run();
    assert!(said(&harness).starts_with("Dark theme, 1 of "), "{}", said(&harness));
}

#[test]
fn lists_and_tables_tell_what_is_selected() {
    let mut harness = with_sample("Run and walk");
    let run = harness.get_by_role(Role::ListBoxOption);
    assert_eq!((run.accesskit_node().is_selected(), run.accesskit_node().toggled()), (Some(true), None));
    let rows = |harness: &Harness<'_, App>| {
        let rows = harness.get_all_by_role(Role::Row);
        rows.filter(|row| row.accesskit_node().is_selected() == Some(true)).count()
    };
    assert_eq!(rows(&harness), 0);
    harness.get_by_label_contains("Split 2, 1.00 km, moving ").click_accesskit();
    harness.run();
    assert_eq!(rows(&harness), 1);
    for (role, name) in [
        (Role::Banner, "Commands"),
        (Role::Navigation, "Runs"),
        (Role::Main, "The run"),
        (Role::Complementary, "Explanation"),
    ] {
        harness.get_by_role_and_label(role, name);
    }
}

/// `egui_kittest` looks after every step whether all controls have names; this goes where other tests do not.
#[test]
fn every_control_of_every_sheet_has_a_name() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "sample easy");
    settle(&mut harness);
    for letters in ["report…", "compare with", "shortcuts", "sources", "present"] {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.run_ok();
        harness.get_by_label("Find a command").type_text(letters);
        harness.run_ok();
        harness.key_press(Key::Enter);
        harness.run_ok();
        harness.run_ok();
        assert_eq!(harness.unnamed_widgets(), Vec::<String>::new(), "{letters}");
        harness.key_press(Key::Escape);
        harness.run_ok();
    }
    harness.get_by_label("Menu").click();
    harness.run();
    assert_eq!(harness.unnamed_widgets(), Vec::<String>::new());
}

#[test]
fn twelve_broken_files_at_once_leave_the_run_in_view() {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = (1..=12).map(|k| folder.path().join(format!("broken {k:02}.gpx"))).collect();
    for (k, file) in files.iter().enumerate() {
        std::fs::write(file, if k % 2 == 0 { "" } else { "<html><body>Sign in</body></html>" }).unwrap();
    }
    let mut harness = window([1024.0, 700.0], 1.0, files);
    command(&mut harness, "sample run and walk");
    settle(&mut harness);
    let alerts = |harness: &Harness<'_, App>| harness.query_all_by_role(Role::Alert).count();
    let headline = |harness: &Harness<'_, App>| {
        harness.get_by_role_and_label(Role::Heading, &said(harness).replacen("Run and walk: ", "", 1)).rect()
    };
    assert_eq!(alerts(&harness), 1);
    harness.get_by_label("12 need your attention");
    assert!(headline(&harness).top() < 250.0);
    harness.get_by_label("Show all 12").click();
    harness.run();
    assert_eq!(alerts(&harness), 12);
    assert!(headline(&harness).bottom() < 450.0, "{:?}", headline(&harness));
    harness.get_by_label("Dismiss notice on broken 07.gpx").click_accesskit();
    harness.run();
    assert_eq!(alerts(&harness), 11);
    harness.get_by_label("Copy all").click();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.lines().count()),
        _ => None,
    });
    assert_eq!(copied, Some(11));
    harness.get_by_label("Dismiss all").click();
    harness.run();
    assert_eq!(alerts(&harness), 0);
}

#[test]
fn no_control_sticks_out_of_its_card() {
    for width in [1024.0, 1180.0, 1280.0, 1440.0] {
        let mut harness = window([width, 800.0], 1.0, Vec::new());
        command(&mut harness, "sample lunch");
        settle(&mut harness);
        let card_end = harness.get_by_label_contains("Time at each speed. ").rect().right();
        for edge in harness.get_all_by_role(Role::SpinButton) {
            let rect = edge.rect();
            assert!(rect.right() <= card_end + 1.0, "{width}: {rect:?} beyond {card_end}");
        }
        let article = if width < 1180.0 { 0.0 } else { 299.0 };
        assert!(card_end <= width - article, "{width}: cards end at {card_end}");
    }
}
