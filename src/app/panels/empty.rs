//! Before the first run: what the program does, where to drop, and the samples one click away.

use egui::{
    Align2, CornerRadius, Layout, Rect, Role as Kind, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::{
    app::{
        background::desktop::drops_do_not_arrive,
        command::Command,
        panels::recent,
        state::AppState,
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{as_heading, bar, dashed_box, focus_ring, primary_button, text},
        },
    },
    figure::Role,
    samples,
};

const CARD: egui::Vec2 = vec2(212.0, 102.0);

/// The centre without a run.
pub fn show(state: &AppState, ui: &mut Ui) {
    let colors = Colors::of(ui);
    let rect = ui.max_rect().shrink(28.0);
    let columns = if rect.width() > 4.0 * (CARD.x + 14.0) { 4 } else { 2 };
    let rows = 4 / columns;
    let needed = 260.0 + rows as f32 * (CARD.y + 14.0) + recent::height(state);
    // It encloses what is offered; what scrolls would run through it.
    if needed < rect.height() {
        dashed_box(ui, rect, colors.control);
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.add_space(((ui.available_height() - needed) / 2.0).max(36.0));
        offer(state, ui, &colors, columns);
        access::follow_focus(ui);
    });
}

/// What it is about, and where to begin.
fn offer(state: &AppState, ui: &mut Ui, colors: &Colors, columns: usize) {
    let rows = 4 / columns;
    ui.vertical_centered(|ui| {
        let question = "How much of your run was at a spine-friendly pace?";
        let heading = ui.label(text(question, 24.0, Weight::SemiBold, colors.ink));
        as_heading(&heading, question);
        ui.add_space(10.0);
        let what = if drops_do_not_arrive() {
            "Open GPX, TCX or FIT files, or a whole export folder."
        } else {
            "Drop GPX, TCX or FIT files here, or a whole export folder."
        };
        ui.label(text(what, 15.0, Weight::Regular, colors.muted));
        if drops_do_not_arrive() {
            let why = "Dropping files does not work under this desktop's Wayland; Open does.";
            ui.label(text(why, theme::BODY, Weight::Regular, colors.muted));
        }
        ui.add_space(12.0);
        if primary_button(ui, "Open files…").clicked() {
            state.ask(Command::Open);
        }
        let width = columns as f32 * (CARD.x + 14.0) - 14.0;
        recent::show(state, ui, colors, width);
        ui.add_space(34.0);
        ui.label(text("Or look at a sample first", theme::BODY, Weight::Regular, colors.muted));
        ui.add_space(10.0);
        for row in 0..rows {
            let (area, _) = ui.allocate_exact_size(vec2(width, CARD.y), Sense::hover());
            for column in 0..columns {
                let left = area.left() + column as f32 * (CARD.x + 14.0);
                sample(
                    state,
                    ui,
                    colors,
                    row * columns + column,
                    Rect::from_min_size(pos2(left, area.top()), CARD),
                );
            }
            ui.add_space(10.0);
        }
        if Command::Demo.enabled(state) {
            ui.add_space(10.0);
            people(state, ui, colors);
        }
        ui.add_space(28.0);
        let promise = "Everything stays on this computer. Spinepace never uses the network.";
        ui.label(text(promise, 12.0, Weight::Regular, colors.muted));
    });
}

/// The ways to the library, side by side: to look at it, and to begin.
fn people(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let mut ways = vec![("Or a patient over eight weeks: the demo library", Command::Demo)];
    if Command::NewPerson.enabled(state) {
        ways.push(("New person…", Command::NewPerson));
    }
    let font = theme::font(theme::BODY, Weight::Medium);
    let wide = |words: &str| {
        let galley = ui.painter().layout_no_wrap(words.to_owned(), font.clone(), colors.ink);
        galley.size().x + 2.0 * ui.spacing().button_padding.x
    };
    let between = ui.spacing().item_spacing.x;
    let width = ways.iter().map(|(words, _)| wide(words) + between).sum::<f32>() - between;
    let row = Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(width, theme::BUTTON_HEIGHT), row, |ui| {
        for (words, command) in ways {
            if ui.button(words).clicked() {
                state.ask(command);
            }
        }
    });
}

fn sample(state: &AppState, ui: &mut Ui, colors: &Colors, k: usize, rect: Rect) {
    let sample = &samples::ALL[k];
    let response = ui.interact(rect, ui.scope_id().with(("sample", k)), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(Kind::Button, true, format!("Sample: {}, {}", sample.title, sample.blurb))
    });
    let fill = if response.hovered() { colors.hovered } else { colors.card };
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    ui.painter().rect(rect, radius, fill, Stroke::new(1.0, colors.line), StrokeKind::Inside);
    let inner = rect.shrink(16.0);
    ui.painter().text(
        inner.left_top(),
        Align2::LEFT_TOP,
        sample.title,
        theme::font(14.0, Weight::SemiBold),
        colors.ink,
    );
    let blurb = ui.painter().layout(
        sample.blurb.to_owned(),
        theme::font(theme::BODY, Weight::Regular),
        colors.muted,
        inner.width(),
    );
    let below = inner.top() + 21.0 + blurb.size().y + 9.0;
    ui.painter().galley(inner.left_top() + vec2(0.0, 21.0), blurb, colors.muted);
    let [in_band, faster, standing] = sample.truth.shares().map(f64::from);
    let parts: Vec<_> = [
        (0.0, in_band, Role::InBand),
        (in_band, in_band + faster, Role::Faster),
        (in_band + faster, 1.0, Role::Standing),
    ]
    .into_iter()
    .filter(|(from, to, _)| to - from > 0.001 && standing <= 1.0)
    .collect();
    let thin = Rect::from_min_size(pos2(inner.left(), below), vec2(inner.width(), 7.0));
    bar(ui.painter(), colors, thin, &parts, 3);
    focus_ring(ui, &response, theme::CARD_RADIUS);
    if response.clicked() {
        state.ask(Command::Sample(k));
    }
}
