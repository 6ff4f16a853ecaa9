//! The estimate by positions alone, without the speed that the device recorded.

use crate::harness::{all_words, command, settle, with_sample};
use egui::{Key, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use spinepace::{app::App, band::Edges, motion::Evidence, run::Run, samples, text::headline};

const SAMPLE: &str = "Intervals with device speed";

fn said(harness: &Harness<'_, App>) -> String {
    let mut headings =
        harness.query_all_by_role(Role::Heading).filter_map(|node| node.accesskit_node().label());
    headings.find(|words| words.contains(" moving")).unwrap_or_default()
}

/// What the whole estimate of the sample says by this evidence.
fn expected(evidence: Evidence) -> String {
    let sample = samples::ALL.iter().find(|sample| sample.title == SAMPLE).unwrap();
    let run = Run::estimate_by(sample.recording().unwrap(), evidence);
    headline::headline(&run.summary(Edges::default()))
}

fn toggle(harness: &mut Harness<'static, App>) {
    command(harness, "leave out the device");
    settle(harness);
}

#[test]
fn the_devices_speed_is_left_out_and_heard_again_with_a_mark_meanwhile() {
    let (all, alone) = (expected(Evidence::All), expected(Evidence::PositionsOnly));
    assert_ne!(all, alone);
    assert!(alone.ends_with("from positions alone, without the device's own speed"), "{alone}");
    let mut harness = with_sample("Run and walk");
    command(&mut harness, "sample intervals with");
    settle(&mut harness);
    assert_eq!(said(&harness), all);
    assert!(harness.query_by_label("With the device’s speed").is_none());
    toggle(&mut harness);
    assert_eq!(said(&harness), alone);
    // A run that is opened meanwhile goes by the same, and cuts of this one, too.
    harness.key_press(Key::PageDown);
    harness.run();
    command(&mut harness, "sample intervals with");
    settle(&mut harness);
    harness.get_by_label_contains("Split 2, 1.00 km").click_accesskit();
    harness.run();
    harness.key_press(Key::Delete);
    harness.run();
    settle(&mut harness);
    assert!(said(&harness).ends_with("without the device's own speed"), "{}", said(&harness));
    harness.get_by_label("With the device’s speed").click();
    harness.run();
    settle(&mut harness);
    assert!(said(&harness).ends_with("from positions and the device's own speed"), "{}", said(&harness));
    harness.get_by_label_contains("Edited: 1 cut");
    command(&mut harness, "remove all cuts");
    settle(&mut harness);
    assert_eq!(said(&harness), all);
    assert!(harness.query_by_label("With the device’s speed").is_none());
}

#[test]
fn what_is_opened_while_it_is_left_out_goes_by_positions_alone() {
    let mut harness = with_sample(SAMPLE_OF_THE_EMPTY_WINDOW);
    command(&mut harness, "sample intervals with");
    settle(&mut harness);
    toggle(&mut harness);
    command(&mut harness, "close this run");
    command(&mut harness, "sample intervals with");
    settle(&mut harness);
    assert_eq!(said(&harness), expected(Evidence::PositionsOnly), "{}", all_words(&harness));
}

const SAMPLE_OF_THE_EMPTY_WINDOW: &str = "Easy jog";
