//! Who it is, what is agreed, and the four numbers that a visit begins with.

use egui::{Label, Role as Kind, Sense, TextFormat, Ui, WidgetInfo, text::LayoutJob, vec2};

use crate::app::{
    state::person::PersonPage,
    ui::{
        theme::{self, Colors, Weight},
        widgets::{as_heading, card, text},
    },
};

/// Space between the figures.
const GAP: f32 = 26.0;
/// In a narrower card the figures stand below the name.
const BESIDE_FROM: f32 = 700.0;
/// Radius of the person's colour, points.
const DOT: f32 = 6.0;
/// The name's size.
const NAME: f32 = 21.0;

/// The card.
pub fn show(ui: &mut Ui, page: &PersonPage) {
    card(ui, |ui, colors| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let galleys = galleys(ui, colors, page);
        let wide = galleys.iter().map(|galley| galley.width + GAP).sum::<f32>() - GAP;
        if ui.available_width() >= BESIDE_FROM.max(wide + 240.0) {
            ui.horizontal_top(|ui| {
                let left = ui.available_width() - wide - GAP;
                ui.allocate_ui(vec2(left, 0.0), |ui| {
                    ui.set_width(left);
                    ui.vertical(|ui| who(ui, colors, page));
                });
                ui.add_space((ui.available_width() - wide).max(0.0));
                figures(ui, colors, galleys, 8.0);
            });
        } else {
            who(ui, colors, page);
            let mut line = Vec::new();
            let mut left = ui.available_width();
            for galley in galleys {
                if galley.width > left && !line.is_empty() {
                    figures(ui, colors, std::mem::take(&mut line), 4.0);
                    left = ui.available_width();
                }
                left -= galley.width + GAP;
                line.push(galley);
            }
            figures(ui, colors, line, 4.0);
        }
        let note = &page.person.note;
        if !note.is_empty() {
            ui.add(Label::new(text(note, theme::BODY, Weight::Regular, colors.muted)).wrap());
        }
    });
}

fn who(ui: &mut Ui, colors: &Colors, page: &PersonPage) {
    let person = &page.person;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 23.0;
        if let Some(color) = colors.person(&person.colour) {
            let (rect, dot) = ui.allocate_exact_size(vec2(2.0 * DOT, 23.0), Sense::hover());
            ui.painter().circle_filled(rect.center() + vec2(0.0, 1.0), DOT, color);
            dot.on_hover_text(&person.colour);
        }
        let name = ui.label(text(&person.name, NAME, Weight::Bold, colors.ink));
        as_heading(&name, &person.name);
        if !person.reference.is_empty() {
            ui.label(text(&person.reference, theme::BODY, Weight::Regular, colors.muted));
        }
    });
    let [before, strong, after] = page.facts();
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for (words, weight, color) in [
        (before, Weight::Regular, colors.muted),
        (strong, Weight::SemiBold, colors.prose),
        (after, Weight::Regular, colors.muted),
    ] {
        let format = TextFormat {
            line_height: Some(19.0),
            ..TextFormat::simple(theme::font(theme::BODY, weight), color)
        };
        job.append(&words, 0.0, format);
    }
    ui.add(Label::new(job).wrap());
}

/// A figure on its way to the screen.
struct Galleys {
    spoken: String,
    lines: [std::sync::Arc<egui::Galley>; 3],
    width: f32,
}

fn galleys(ui: &Ui, colors: &Colors, page: &PersonPage) -> Vec<Galleys> {
    let lay = |words: String, size, weight, color| {
        ui.painter().layout_no_wrap(words, theme::font(size, weight), color)
    };
    page.figures()
        .into_iter()
        .map(|figure| {
            let lines = [
                lay(figure.label.to_owned(), theme::SMALL, Weight::Regular, colors.muted),
                lay(figure.value, theme::HEADING, Weight::SemiBold, colors.ink),
                lay(figure.small, theme::SMALL, Weight::Regular, colors.muted),
            ];
            let width = lines.iter().map(|line| line.size().x).fold(0.0, f32::max);
            Galleys { spoken: figure.spoken, lines, width }
        })
        .collect()
}

fn figures(ui: &mut Ui, colors: &Colors, galleys: Vec<Galleys>, above: f32) {
    let wide = galleys.iter().map(|galley| galley.width + GAP).sum::<f32>() - GAP;
    let (rect, _) = ui.allocate_exact_size(vec2(wide.max(0.0), above + 56.0), Sense::hover());
    let mut left = rect.left();
    for galley in galleys {
        let area =
            egui::Rect::from_x_y_ranges(left..=left + galley.width, rect.top() + above..=rect.bottom());
        let response = ui.interact(area, ui.scope_id().with(&galley.spoken), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Kind::Label, true, &galley.spoken));
        for (line, down) in galley.lines.into_iter().zip([0.0, 15.0, 37.0]) {
            ui.painter().galley(area.min + vec2(0.0, down), line, colors.ink);
        }
        left += galley.width + GAP;
    }
}
