//! Small things that several panels are made of.

use egui::{
    Align2, Color32, CornerRadius, FontId, Frame, Margin, Painter, Pos2, Rect, Response, RichText, Role,
    Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use crate::{
    app::ui::theme::{self, Colors, Weight},
    figure::{self, Fill, Rgb},
    text::article::Paragraph,
    units,
};

/// Height of small buttons and of rows of choices.
const SMALL_HEIGHT: f32 = 23.0;

/// Text of a size, weight and colour.
pub fn text(words: impl Into<String>, size: f32, weight: Weight, color: Color32) -> RichText {
    RichText::new(words).font(theme::font(size, weight)).color(color)
}

/// A duration in large type, spelt out, for 12:39 would read as a pace: the units are small.
pub fn spelt_duration(seconds: f64, large: f32, color: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    // Both on one line: Inter reaches 0.97 of its size above it and 0.24 below, and letters stand in the middle of a line
    // of a height of its own.
    let format = |size: f32, weight| TextFormat {
        line_height: Some((0.969 - 0.241) * size + 2.0 * 0.241 * large),
        ..TextFormat::simple(theme::font(size, weight), color)
    };
    for (place, (count, unit)) in units::duration_parts(seconds).into_iter().enumerate() {
        let before = if place == 0 { 0.0 } else { 0.22 * large };
        job.append(&count.to_string(), before, format(large, Weight::Bold));
        job.append(unit, 0.1 * large, format(0.45 * large, Weight::SemiBold));
    }
    job
}

/// A card as wide as there is room.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui, &Colors) -> R) -> R {
    let colors = Colors::of(ui);
    Frame::new()
        .fill(colors.card)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(CornerRadius::same(theme::CARD_RADIUS))
        .inner_margin(Margin::same(theme::PADDING))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui, &colors)
        })
        .inner
}

/// The frame of what lies over the window.
pub fn sheet(ctx: &egui::Context) -> Frame {
    let style = ctx.style_of(ctx.theme());
    Frame::popup(&style).inner_margin(Margin::same(20)).corner_radius(CornerRadius::same(theme::CARD_RADIUS))
}

/// A card's title.
pub fn title(ui: &mut Ui, words: &str) -> Response {
    let ink = Colors::of(ui).ink;
    let response = ui.label(text(words, theme::TITLE, Weight::SemiBold, ink));
    as_heading(&response, words);
    response
}

/// The row of a card's title, with what belongs to it at the right end, or below where there is no room.
pub fn title_row(ui: &mut Ui, words: &str, controls: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = SMALL_HEIGHT;
        let mut controls = Some(controls);
        ui.horizontal(|ui| {
            title(ui, words);
            if let Some(controls) = controls.take_if(|_| fits_at_right(ui, words)) {
                at_right(ui, words, controls);
            }
        });
        if let Some(controls) = controls {
            ui.horizontal(|ui| at_right(ui, words, controls));
        }
    });
}

/// Adds controls at the right end of a row, in the order in which they are read; they are as wide as in the
/// pass before.
pub fn at_right(ui: &mut Ui, key: &str, add: impl FnOnce(&mut Ui)) {
    let (key, known) = width_at_right(ui, key);
    ui.add_space((ui.available_width() - known).max(0.0));
    let width = ui.scope(add).response.rect.width();
    if (width - known).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(key, width));
        ui.ctx().request_discard("the controls at the right have another width");
    }
}

/// Whether there is room for them in this row.
pub fn fits_at_right(ui: &Ui, key: &str) -> bool {
    width_at_right(ui, key).1 <= ui.available_width()
}

/// Where it is remembered how wide they were, and how wide.
pub fn width_at_right(ui: &Ui, key: &str) -> (egui::Id, f32) {
    let key = ui.scope_id().with(("at right", key));
    (key, ui.data(|data| data.get_temp(key)).unwrap_or(0.0))
}

/// A button as high as a row of choices.
pub fn small_button(ui: &mut Ui, words: &str) -> Response {
    ui.add(egui::Button::new(words).small().min_size(vec2(0.0, SMALL_HEIGHT)))
}

/// Tells screen readers that a label is a heading.
pub fn as_heading(response: &Response, words: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, words));
}

/// The ring around what has the keyboard's focus.
pub fn focus_ring(ui: &Ui, response: &Response, radius: u8) {
    if response.has_focus() {
        let color = Colors::of(ui).focus;
        ui.painter().rect_stroke(
            response.rect,
            CornerRadius::same(radius),
            Stroke::new(2.0, color),
            StrokeKind::Inside,
        );
    }
}

/// The one button of a place that is meant first.
pub fn primary_button(ui: &mut Ui, words: &str) -> Response {
    let colors = Colors::of(ui);
    filled_button(ui, words, colors.on_accent, colors.accent)
}

/// The button of a place that does what cannot be taken back.
pub fn final_button(ui: &mut Ui, words: &str) -> Response {
    let fill = Colors::of(ui).final_fill;
    filled_button(ui, words, Color32::WHITE, fill)
}

/// Its ring of the focus stands around it: within it would hardly be seen.
fn filled_button(ui: &mut Ui, words: &str, ink: Color32, fill: Color32) -> Response {
    let words = text(words, theme::BODY, Weight::Medium, ink);
    let response = ui.add(egui::Button::new(words).fill(fill).stroke(Stroke::new(1.0, fill)));
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand(3.0),
            CornerRadius::same(theme::RADIUS + 3),
            Stroke::new(2.0, Colors::of(ui).focus),
            StrokeKind::Inside,
        );
    }
    response
}

/// A row of choices, one of which is in force. Returns the one that was clicked.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    group: &str,
    options: &[(T, &str)],
    current: T,
) -> Option<T> {
    let colors = Colors::of(ui);
    let font = theme::font(theme::BODY - 0.5, Weight::Regular);
    let strong = theme::font(theme::BODY - 0.5, Weight::SemiBold);
    let widths: Vec<f32> = options
        .iter()
        .map(|(_, words)| {
            ui.painter().layout_no_wrap((*words).to_owned(), strong.clone(), colors.ink).size().x + 20.0
        })
        .collect();
    let (rect, _) = ui.allocate_exact_size(vec2(widths.iter().sum(), SMALL_HEIGHT), Sense::hover());
    let radius = CornerRadius::same(theme::RADIUS);
    ui.painter().rect(rect, radius, colors.card, Stroke::new(1.0, colors.control), StrokeKind::Inside);
    let mut left = rect.left();
    let mut clicked = None;
    for (k, ((value, words), width)) in options.iter().zip(&widths).enumerate() {
        let part = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
        left += width;
        let response = ui.interact(part, ui.scope_id().with((group, k)), Sense::click());
        let chosen = *value == current;
        response.widget_info(|| {
            WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, format!("{group}: {words}"))
        });
        let mut corners = CornerRadius::ZERO;
        if k == 0 {
            (corners.nw, corners.sw) = (theme::RADIUS, theme::RADIUS);
        }
        if k + 1 == options.len() {
            (corners.ne, corners.se) = (theme::RADIUS, theme::RADIUS);
        }
        let inner = part.shrink(1.0);
        if chosen || response.hovered() {
            let fill = if chosen { colors.chosen } else { colors.hovered };
            ui.painter().rect_filled(inner, corners, fill);
        }
        let (font, color) =
            if chosen { (strong.clone(), colors.accent_text) } else { (font.clone(), colors.ink) };
        ui.painter().text(part.center(), Align2::CENTER_CENTER, *words, font, color);
        focus_ring(ui, &response, theme::RADIUS);
        if response.clicked() {
            clicked = Some(*value);
        }
    }
    clicked
}

/// Paints the parts of a bar, each from and to along 0 to 1 in the colour of its role.
pub fn bar(painter: &Painter, colors: &Colors, rect: Rect, parts: &[(f64, f64, figure::Role)], radius: u8) {
    let last = parts.len().saturating_sub(1);
    for (k, (from, to, role)) in parts.iter().enumerate() {
        let x = |at: f64| rect.left() + rect.width() * at as f32;
        let part = Rect::from_x_y_ranges(x(*from)..=x(*to), rect.y_range());
        let mut corners = CornerRadius::ZERO;
        if k == 0 {
            (corners.nw, corners.sw) = (radius, radius);
        }
        if k == last {
            (corners.ne, corners.se) = (radius, radius);
        }
        if colors.palette.fill(*role) == Fill::HatchOnly {
            hatch(painter, part, colors.role(*role));
            painter.rect_stroke(part, corners, Stroke::new(1.0, colors.role(*role)), StrokeKind::Inside);
        } else {
            painter.rect_filled(part, corners, colors.role(*role));
        }
    }
}

/// A line that ends in "…" where there is no room for all of it.
pub fn one_line(painter: &Painter, at: Pos2, words: &str, font: FontId, color: Color32) {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width((painter.clip_rect().right() - at.x).max(0.0));
    painter.galley(at, painter.layout_job(job), color);
}

/// Thin lines from lower left to upper right.
pub fn hatch(painter: &Painter, rect: Rect, color: Color32) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let (height, apart) = (rect.height(), 6.0);
    let count = ((rect.width() + height) / apart).ceil() as usize;
    for k in 0..count.min(2000) {
        let x = rect.left() - height + k as f32 * apart;
        let line = [pos2(x, rect.bottom()), pos2(x + height, rect.top())];
        painter.line_segment(line, Stroke::new(1.0, color.gamma_multiply(0.7)));
    }
}

/// A dashed line.
pub fn dashed(painter: &Painter, from: Pos2, to: Pos2, stroke: Stroke) {
    painter.extend(Shape::dashed_line(&[from, to], stroke, 5.0, 4.0));
}

/// A dashed outline with a card's corners.
pub fn dashed_box(ui: &Ui, rect: Rect, color: Color32) {
    let stroke = Stroke::new(1.5, color);
    dashed_outline(ui.painter(), rect, f32::from(theme::CARD_RADIUS), stroke, [6.0, 5.0]);
}

/// A dashed outline with round corners; `dash` is the length of a dash and of the room between two.
pub fn dashed_outline(painter: &Painter, rect: Rect, radius: f32, stroke: Stroke, dash: [f32; 2]) {
    // As many pieces for a corner as its size is worth.
    let pieces = (0.6 * radius).ceil().max(4.0) as usize;
    let mut outline = Vec::new();
    for (corner, from) in [
        (pos2(rect.right() - radius, rect.top() + radius), -0.25),
        (pos2(rect.right() - radius, rect.bottom() - radius), 0.0),
        (pos2(rect.left() + radius, rect.bottom() - radius), 0.25),
        (pos2(rect.left() + radius, rect.top() + radius), 0.5),
    ] {
        for k in 0..=pieces {
            let turn = std::f32::consts::TAU * (from + 0.25 * k as f32 / pieces as f32);
            outline.push(corner + radius * vec2(turn.cos(), turn.sin()));
        }
    }
    outline.push(outline[0]);
    painter.extend(Shape::dashed_line(&outline, stroke, dash[0], dash[1]));
}

/// Black or white, whichever is easier to read on an area of that colour.
pub fn on_fill(fill: Color32) -> Color32 {
    let ground = Rgb(fill.r(), fill.g(), fill.b());
    let dark = Rgb::hex(0x0d_1114);
    let light = Rgb::hex(0xff_ffff);
    let best = if ground.contrast(dark) >= ground.contrast(light) { dark } else { light };
    Color32::from_rgb(best.0, best.1, best.2)
}

/// A small square in the colour of a role, as in legends.
pub fn chip(ui: &mut Ui, colors: &Colors, role: figure::Role, side: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    bar(ui.painter(), colors, rect, &[(0.0, 1.0, role)], 3);
}

/// A paragraph with its strong words.
pub fn paragraph(ui: &mut Ui, spans: &Paragraph, size: f32, color: Color32) -> Response {
    let ink = Colors::of(ui).ink;
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for span in spans {
        let (weight, color) = if span.strong { (Weight::SemiBold, ink) } else { (Weight::Regular, color) };
        job.append(
            &span.text,
            0.0,
            TextFormat {
                font_id: theme::font(size, weight),
                line_height: Some((size * 1.5).round()),
                color,
                ..Default::default()
            },
        );
    }
    ui.add(egui::Label::new(job).wrap())
}

/// A dark box with lines of text beside a point, kept within `bounds`.
pub fn tip(
    painter: &Painter,
    colors: &Colors,
    beside: Pos2,
    bounds: Rect,
    lines: &[(String, bool)],
    size: f32,
) {
    let galleys: Vec<_> = lines
        .iter()
        .map(|(words, strong)| {
            let (weight, color) = if *strong {
                (Weight::SemiBold, colors.on_tip)
            } else {
                (Weight::Regular, colors.on_tip_muted)
            };
            painter.layout_no_wrap(words.clone(), theme::font(size, weight), color)
        })
        .collect();
    let width = galleys.iter().map(|galley| galley.size().x).fold(0.0, f32::max) + 1.75 * size;
    let height = galleys.iter().map(|galley| galley.size().y + 0.35 * size).sum::<f32>() + 1.2 * size;
    let mut rect = Rect::from_min_size(beside + vec2(10.0, -24.0), vec2(width, height));
    if rect.right() > bounds.right() {
        rect = rect.translate(vec2(-width - 20.0, 0.0));
    }
    let up = (bounds.top() - rect.top()).max(0.0) - (rect.bottom() - bounds.bottom()).max(0.0);
    let rect = rect.translate(vec2((bounds.left() - rect.left()).max(0.0), up));
    painter.rect_filled(rect, CornerRadius::same(theme::RADIUS), colors.tip);
    let mut y = rect.top() + 0.8 * size;
    for galley in galleys {
        let high = galley.size().y;
        painter.galley(pos2(rect.left() + 0.87 * size, y), galley, colors.on_tip);
        y += high + 0.35 * size;
    }
}
