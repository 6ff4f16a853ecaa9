//! The explanation beside the numbers.

use egui::{Align2, Rect, Role as Kind, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        command::Command,
        state::{AppState, shown::Shown},
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{as_heading, focus_ring, paragraph, text},
        },
    },
    band::Block,
    text::article::{self, Paragraph, Section},
    units::SpeedUnit,
};

/// Where the column of values begins.
const VALUES: f32 = 56.0;

/// The panel at the right.
pub fn show(state: &AppState, ui: &mut Ui) {
    access::region(ui, Kind::Complementary, "Explanation");
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.add_space(16.0);
        words(state, ui);
        ui.add_space(16.0);
        access::follow_focus(ui);
    });
}

/// What the article means for what is on show, the whole run or a stretch of it.
fn of_shown(shown: &Shown) -> Paragraph {
    if shown.asked.range.is_none() {
        return article::in_this_run(&shown.summary, &shown.blocks);
    }
    let at_run_time = |block: &Block| Block {
        start_s: block.start_s + shown.offset_s,
        end_s: block.end_s + shown.offset_s,
        ..*block
    };
    article::in_this_stretch(&shown.summary, &shown.blocks.iter().map(at_run_time).collect::<Vec<_>>())
}

/// The words alone.
pub fn words(state: &AppState, ui: &mut Ui) {
    let colors = Colors::of(ui);
    ui.spacing_mut().item_spacing.y = 10.0;
    ui.spacing_mut().interact_size.y = theme::BODY;
    heading(ui, &colors, &article::plain(Section::Title), theme::HEADING);
    section(ui, &colors, Section::Answer);
    quote(ui, &colors, Section::Speed, theme::BODY);
    if let Some(shown) = &state.screen.shown {
        paragraph(ui, &of_shown(shown), theme::BODY, colors.prose);
    }
    let upper = state.settings.edges().upper_mps();
    let exact = SpeedUnit::MetresPerSecond.format_short(upper);
    heading(ui, &colors, &format!("{exact} is"), theme::BODY);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (label, values) in article::conversions(upper) {
            let size = vec2(ui.available_width(), theme::BODY * 1.25);
            let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Kind::Label, true, format!("{label} {values}")));
            let font = theme::font(theme::BODY, Weight::Regular);
            let at = rect.left_center();
            ui.painter().text(at, Align2::LEFT_CENTER, label, font.clone(), colors.muted);
            ui.painter().text(at + vec2(VALUES, 0.0), Align2::LEFT_CENTER, values, font, colors.ink);
        }
    });
    if state.screen.shown.is_some() {
        heading(ui, &colors, "What the study can and can't say", theme::BODY);
        section(ui, &colors, Section::Study);
        for spans in article::brisk(state.settings.edges()) {
            paragraph(ui, &spans, theme::BODY, colors.prose);
        }
        section(ui, &colors, Section::Edges);
    }
    section(ui, &colors, Section::Disclaimer);
    if link(ui, &colors, "Read the sources →").clicked() {
        state.ask(Command::Sources);
    }
}

fn heading(ui: &mut Ui, colors: &Colors, words: &str, size: f32) {
    let weight = if size > theme::BODY { Weight::Bold } else { Weight::SemiBold };
    let response = ui.label(text(words, size, weight, colors.ink));
    as_heading(&response, words);
}

/// A section's paragraphs.
pub fn section(ui: &mut Ui, colors: &Colors, which: Section) {
    for spans in article::section(which) {
        paragraph(ui, &spans, theme::BODY, colors.prose);
    }
}

/// A section beside a line in the band's colour.
pub fn quote(ui: &mut Ui, colors: &Colors, which: Section, size: f32) {
    let left = ui.cursor().left();
    let response = ui
        .horizontal(|ui| {
            ui.add_space(size);
            ui.vertical(|ui| {
                for spans in article::section(which) {
                    paragraph(ui, &spans, size, colors.ink);
                }
            });
        })
        .response;
    let line = Rect::from_x_y_ranges(left..=left + size / 4.3, response.rect.y_range().expand(4.0));
    ui.painter().rect_filled(line, 0.0, colors.accent);
}

fn link(ui: &mut Ui, colors: &Colors, words: &str) -> egui::Response {
    let galley = ui.painter().layout_no_wrap(
        words.to_owned(),
        theme::font(theme::BODY, Weight::Regular),
        colors.accent_text,
    );
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Kind::Link, true, words));
    ui.painter().galley(rect.min, galley, colors.accent_text);
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colors.accent_text));
    }
    focus_ring(ui, &response, 3);
    response
}
