//! While files are dragged over the window: where they would go.

use egui::{Align2, CornerRadius, Order, Stroke, StrokeKind};

use crate::app::{
    background::desktop::drops_do_not_arrive,
    state::AppState,
    ui::theme::{self, Colors, Weight},
};

/// Shows it.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let count = ctx.input(|input| input.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let dark = ctx.theme() == egui::Theme::Dark;
    let colors = if dark { Colors::dark() } else { Colors::light() };
    let painter = ctx.layer_painter(egui::LayerId::new(Order::Foreground, egui::Id::unique("drop hint")));
    let rect = ctx.content_rect().shrink(12.0);
    painter.rect(
        rect,
        CornerRadius::same(theme::CARD_RADIUS),
        colors.chosen.gamma_multiply(0.9),
        Stroke::new(2.0, colors.accent),
        StrokeKind::Inside,
    );
    let library = &state.library;
    let person = state.person_on_show().and_then(|who| library.holding.person(who));
    let words = match person {
        _ if drops_do_not_arrive() => "Use Open instead".to_owned(),
        Some(person) if library.can_keep() => format!("Drop to keep for {}", person.name),
        _ => "Drop to open".to_owned(),
    };
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        words,
        theme::font(theme::HEADING * 1.5, Weight::SemiBold),
        colors.accent_text,
    );
}
