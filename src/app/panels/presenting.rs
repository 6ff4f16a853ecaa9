//! One run on a projector: large type, no names.

use std::time::Duration;

use egui::{Align, CentralPanel, Frame, Key, Layout, Margin, Modifiers, Ui, vec2};

use crate::{
    app::{
        charts::speed,
        command::Command,
        panels::{article, headline},
        state::{AppState, shown::Shown},
        ui::{
            theme::{Colors, Weight},
            widgets::text,
        },
    },
    text::article::Section,
    units,
};

/// So long the pointer is seen while it does not move, s.
const IDLE_S: f32 = 2.5;

/// The whole screen.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown) {
    let colors = Colors::of(ui);
    let screen = ui.ctx().content_rect().size();
    // The picture was drawn for 1440 x 900.
    let scale = (screen.x / 1440.0).min(screen.y / 900.0).max(0.3);
    let back = Frame::new()
        .fill(colors.card)
        .inner_margin(Margin::symmetric((72.0 * scale) as i8, (44.0 * scale).min(120.0) as i8));
    CentralPanel::default().frame(back).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0 * scale;
        ui.horizontal_top(|ui| {
            let half = ui.available_width() * 0.58;
            ui.allocate_ui(vec2(half, 0.0), |ui| {
                ui.vertical(|ui| presented_numbers(ui, &colors, shown, scale));
            });
            ui.vertical(|ui| {
                ui.add_space(44.0 * scale);
                article::quote(ui, &colors, Section::Projector, 26.0 * scale);
            });
        });
        ui.add_space(22.0 * scale);
        headline::stacked_bar(state, ui, &colors, shown, 48.0 * scale, 20.0 * scale);
        ui.add_space(12.0 * scale);
        ui.horizontal_wrapped(|ui| headline::legend(ui, &colors, shown, 20.0 * scale));
        ui.add_space(16.0 * scale);
        let height = (ui.available_height() - 54.0 * scale).max(120.0 * scale);
        speed::chart(state, ui, &colors, shown, height, 17.0 * scale);
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| footer(ui, &colors, shown, scale));
    });
    hide_idle_mouse(ui.ctx());
    let (next, previous) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::ArrowRight),
            input.consume_key(Modifiers::NONE, Key::ArrowLeft),
        )
    });
    if next {
        state.ask(Command::NextRun);
    }
    if previous {
        state.ask(Command::PreviousRun);
    }
}

/// A pointer that rests is in nobody's way on the wall.
fn hide_idle_mouse(ctx: &egui::Context) {
    let (still_s, down) =
        ctx.input(|input| (input.pointer.time_since_last_movement(), input.pointer.any_down()));
    if still_s >= IDLE_S && !down {
        ctx.set_cursor_icon(egui::CursorIcon::None);
    } else {
        ctx.request_repaint_after(Duration::from_secs_f32((IDLE_S - still_s).max(0.05)));
    }
}

fn presented_numbers(ui: &mut Ui, colors: &Colors, shown: &Shown, scale: f32) {
    let numbers = Frame::new();
    numbers.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0 * scale;
        headline::numbers(ui, colors, shown, 124.0 * scale, 26.0 * scale);
    });
}

fn footer(ui: &mut Ui, colors: &Colors, shown: &Shown, scale: f32) {
    let size = 17.0 * scale;
    ui.horizontal(|ui| {
        // A sample may be named; the name of a person's run stays off the wall.
        let name = if shown.run.is_sample() { shown.run.name() } else { "A run" };
        let words = format!("{name}, {}", units::duration_words(shown.run.recording.counted_s()));
        ui.label(text(words, size, Weight::Regular, colors.muted));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(text("Educational, not a diagnosis", size, Weight::Regular, colors.muted));
            ui.with_layout(Layout::centered_and_justified(egui::Direction::LeftToRight), |ui| {
                ui.label(text("← → run    Space play    Esc leave", size, Weight::Regular, colors.muted));
            });
        });
    });
}
