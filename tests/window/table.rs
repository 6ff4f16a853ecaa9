//! The table of splits: whole whatever is chosen in it, and honest about rest.

use crate::harness::{command, window, with_sample};
use egui::accesskit::Role;
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::app::App;

fn rows(harness: &Harness<'_, App>) -> Vec<(String, bool)> {
    let rows = harness.query_all_by_role(Role::Row);
    let row = rows.map(|row| row.accesskit_node());
    row.map(|row| (row.label().unwrap_or_default(), row.is_selected() == Some(true))).collect()
}

#[test]
fn a_chosen_split_is_marked_among_all_others() {
    let mut harness = with_sample("Run and walk");
    let before = rows(&harness);
    assert!(before.len() > 4 && before.iter().all(|(_, chosen)| !chosen));
    for number in [2, 4] {
        harness.get_by_label_contains(&format!("Split {number}, 1.00 km")).click_accesskit();
        harness.run();
        let now = rows(&harness);
        assert_eq!(
            now.iter().map(|row| &row.0).collect::<Vec<_>>(),
            before.iter().map(|row| &row.0).collect::<Vec<_>>()
        );
        let chosen: Vec<_> =
            now.iter().filter(|(_, chosen)| *chosen).map(|(words, _)| words.clone()).collect();
        assert!(chosen.len() == 1 && chosen[0].starts_with(&format!("Split {number}, ")), "{chosen:?}");
    }
    assert!(!before.iter().any(|(words, _)| words.contains(", 0 m, ")), "a row of nothing: {before:?}");
}

#[test]
fn rest_has_no_speed_and_no_share() {
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "sample stop");
    crate::harness::settle(&mut harness);
    command(&mut harness, "split by stretch");
    let rests: Vec<_> =
        rows(&harness).into_iter().filter(|(words, _)| words.contains(", standing, ")).collect();
    assert!(!rests.is_empty());
    for (words, _) in rests {
        assert!(words.contains(", – m/s, – min/km, standing, –"), "{words}");
    }
}

#[test]
fn a_long_table_is_as_high_as_there_is_room_for() {
    for (height, least) in [(900.0, 20), (480.0, 10)] {
        let mut harness = window([1024.0, height], 1.0, Vec::new());
        crate::harness::open_sample(&mut harness, "Run and walk");
        command(&mut harness, "show it point by point");
        let seen = rows(&harness).len();
        assert!(seen >= least, "{seen} rows of thousands at a height of {height}");
    }
}
