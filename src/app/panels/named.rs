//! The first line of the headline's card: which run this is, and at its right end the way back from a chosen stretch
//! or a moved threshold. It is there all the time, so that nothing below it moves.

use egui::{Align, Label, Layout, Ui, vec2};

use crate::{
    app::{
        command::{Command, LibraryAsk},
        panels::top_bar::hint,
        state::{AppState, shown::Shown},
        ui::{
            direction,
            theme::{self, Colors, Weight},
            widgets::{as_heading, at_right, small_button, text, width_at_right},
        },
    },
    band::Edges,
    text::start_words,
    units,
};

/// Height of the line: that of its buttons.
const HEIGHT: f32 = 23.0;
/// The least that is left for the name beside them; with less they stand below it.
const NAME: f32 = 120.0;

/// The line.
pub fn show(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = HEIGHT;
        line(state, ui, colors, shown);
    });
}

fn line(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown) {
    let mut beside = true;
    ui.horizontal(|ui| {
        let (_, right) = width_at_right(ui, "ways back");
        beside = ui.available_width() - right >= NAME;
        let wide = ui.available_width() - if beside { right + theme::UNIT } else { 0.0 };
        let line = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(wide, HEIGHT), line, |ui| name(ui, colors, shown));
        if beside {
            at_right(ui, "ways back", |ui| ways_back(state, ui, colors, shown));
        }
    });
    if !beside {
        ui.horizontal_wrapped(|ui| ways_back(state, ui, colors, shown));
    }
}

/// The run's name, and when it was; a sample's day does not matter.
fn name(ui: &mut Ui, colors: &Colors, shown: &Shown) {
    let run = &shown.run;
    let mut job = egui::text::LayoutJob::default();
    let format = |weight, color| egui::TextFormat::simple(theme::font(theme::BODY, weight), color);
    job.append(&direction::name(run.name()), 0.0, format(Weight::SemiBold, colors.ink));
    let mut spoken = run.name().to_owned();
    if !run.is_sample() {
        let when = start_words(&run.recording);
        job.append(&when, theme::UNIT, format(Weight::Regular, colors.muted));
        spoken = format!("{spoken}, {when}");
        if let Some(sport) = run.sport {
            job.append(&format!(" · {}", sport.code()), 0.0, format(Weight::Regular, colors.muted));
            spoken = format!("{spoken}, {}", sport.code());
        }
    }
    let label = ui.add(Label::new(job).truncate());
    as_heading(&label, &spoken);
}

/// To the person whose run it is, or into the library.
fn library(state: &AppState, ui: &mut Ui) {
    let Some(entry) = state.runs.entry() else { return };
    let holding = &state.library.holding;
    let person = state.library.kept_as(&entry.run).and_then(|run| holding.person(holding.run(run)?.person));
    if let Some(person) = person {
        let about = format!("Kept for {}. To the page", person.name);
        let back = small_button(ui, &format!("{} ›", person.name)).on_hover_text(&about);
        if back.accessible_name(about).clicked() {
            state.ask(LibraryAsk::Show(person.id));
        }
        if Command::AboutRun.enabled(state) {
            let note = small_button(ui, "Note, pain…").on_hover_text(hint(ui, Command::AboutRun));
            if note.accessible_name(Command::AboutRun.title()).clicked() {
                state.ask(Command::AboutRun);
            }
        }
    } else if Command::Keep.enabled(state) {
        let about =
            format!("Keeps the run for you or a person, on this computer only. {}", hint(ui, Command::Keep));
        let keep = small_button(ui, "Keep…").on_hover_text(about);
        if keep.accessible_name(Command::Keep.title()).clicked() {
            state.ask(Command::Keep);
        }
    }
}

/// From a chosen stretch to the whole run, from positions alone to all evidence, from a moved threshold to the
/// article's.
fn ways_back(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown) {
    if let Some(range) = shown.asked.range {
        let end_s = range.end_s.min(shown.run.motion.steps.elapsed_s());
        let words = format!("Only {} – {}", units::duration(range.start_s), units::duration(end_s));
        ui.label(text(words, theme::BODY, Weight::SemiBold, colors.accent_text));
        for (words, command) in [
            ("Whole run", Command::Back),
            ("Keep only this", Command::Trim),
            ("Leave this out", Command::Ignore),
        ] {
            if small_button(ui, words).on_hover_text(hint(ui, command)).clicked() {
                state.ask(command);
            }
        }
    }
    library(state, ui);
    if shown.summary.positions_only {
        ui.label(text("Positions alone", theme::BODY, Weight::SemiBold, colors.accent_text));
        let again = small_button(ui, "With the device’s speed");
        if again.on_hover_text("Use everything in the recording again").clicked() {
            state.ask(Command::LeaveOutDevice);
        }
    }
    let kept = state.settings.keep_edges;
    if state.settings.edges() == Edges::default() && !kept {
        return;
    }
    ui.label(text("Your threshold", theme::BODY, Weight::SemiBold, colors.accent_text));
    let reset = small_button(ui, "Reset");
    if reset.on_hover_text("Back to 2 m/s, brisk from 1.5 m/s").clicked() {
        state.ask(Command::ResetEdges);
    }
    let (words, about) = match kept {
        true => (
            "In use at every start",
            "Spinepace starts with these edges. Click to start with the article’s again.",
        ),
        false => (
            "Use at every start",
            "Spinepace starts with 2 m/s every time. Click to start with these edges instead.",
        ),
    };
    let keep = egui::Button::new(words).small().min_size(vec2(0.0, HEIGHT)).selected(kept);
    let keep = ui.add(keep).accessible_name(Command::KeepEdges.title());
    if keep.on_hover_text(about).clicked() {
        state.ask(Command::KeepEdges);
    }
}
