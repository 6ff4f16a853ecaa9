//! The answer: minutes at a spine-friendly pace, and the bar that adds up to the elapsed time.

use std::ops::RangeInclusive;

use egui::{Color32, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::{
    app::{
        command::{Action, Command},
        panels::{named, remarks, top_bar::hint},
        state::{AppState, shown::Shown, summary_text},
        ui::{
            theme::{self, Colors, Weight},
            widgets::{at_right, bar, card, chip, fits_at_right, focus_ring, on_fill, spelt_duration, text},
        },
    },
    band::{State, TimeRange, probabilities},
    figure::Role,
    text::headline,
    units::{self, SpeedUnit},
};

/// Space between the figures at the right.
const FIGURES_GAP: f32 = 26.0;
/// In a narrower card they stand below the minutes.
const BESIDE_FROM: f32 = 650.0;

/// The card at the top of the centre.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown) {
    card(ui, |ui, colors| {
        ui.spacing_mut().item_spacing.y = 2.0;
        named::show(state, ui, colors, shown);
        if ui.available_width() >= BESIDE_FROM {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| numbers(ui, colors, shown, theme::HEADLINE, theme::BODY));
                figures(ui, colors, shown, true);
            });
        } else {
            ui.vertical(|ui| numbers(ui, colors, shown, theme::HEADLINE, theme::BODY));
            figures(ui, colors, shown, false);
        }
        edits_line(state, ui, colors);
        first_look(state, ui, colors, shown);
        kind_words(ui, colors, shown);
        remarks::show(state, ui, colors, shown);
        ui.add_space(10.0);
        stacked_bar(state, ui, colors, shown, 26.0, theme::BODY);
        ui.add_space(6.0);
        let mut beside = legend_width(ui, shown, theme::BODY) <= ui.available_width();
        if beside {
            ui.horizontal(|ui| {
                legend(ui, colors, shown, theme::BODY);
                beside = fits_at_right(ui, "edges");
                if beside {
                    at_right(ui, "edges", |ui| edges(state, ui, colors));
                }
            });
        } else {
            ui.horizontal_wrapped(|ui| legend(ui, colors, shown, theme::BODY));
        }
        if !beside {
            ui.horizontal(|ui| at_right(ui, "edges", |ui| edges(state, ui, colors)));
        }
    });
}

/// That better numbers are on their way, or were cancelled.
fn first_look(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown) {
    if shown.run.provisional {
        let words = match state.work.reading {
            Some(_) => "A first look; the exact numbers are being computed.",
            None => "Preview only: the full analysis was cancelled. Open the file again for it.",
        };
        ui.label(text(words, theme::BODY, Weight::Regular, colors.ink));
    }
}

/// The minutes `large`, their share and how sure they are below in `size`.
pub fn numbers(ui: &mut Ui, colors: &Colors, shown: &Shown, large: f32, size: f32) {
    let totals = &shown.summary.totals;
    let minutes = spelt_duration(totals.in_band_s, large, colors.role(Role::InBandText));
    let response = ui.add(egui::Label::new(minutes));
    response.widget_info(|| WidgetInfo::labeled(Kind::Heading, true, summary_text::headline(shown)));
    let edges = shown.asked.edges;
    let mut line = headline::pace(&shown.summary);
    if headline::is_spine_friendly(&shown.summary) {
        line = format!("{line}, ≤ {}", SpeedUnit::MetresPerSecond.format_short(edges.upper_mps()));
    }
    if shown.asked.unit != SpeedUnit::MetresPerSecond {
        line = format!("{line} ({})", shown.asked.unit.format_short(shown.asked.edges.upper_mps()));
    }
    ui.label(text(line, size, Weight::Regular, colors.muted));
    ui.spacing_mut().interact_size.y = size;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let share = units::percent(totals.share());
        ui.label(text(share, size, Weight::SemiBold, colors.ink));
        let mut rest = " of moving time".to_owned();
        if let Some(interval) = shown.summary.interval.filter(|_| !shown.run.provisional) {
            rest = format!("{rest} · {}", headline::interval_words(interval));
        }
        ui.label(text(rest, size, Weight::Regular, colors.muted));
        if shown.run.provisional {
            ui.label(text(" · first look", size, Weight::Regular, colors.muted));
        }
    });
    if let Some(evidence) = headline::evidence_words(&shown.summary) {
        ui.label(text(evidence, size, Weight::Regular, colors.muted));
    }
}

/// Distance, moving, elapsed, mean speed: beside the minutes at the right, or below them.
fn figures(ui: &mut Ui, colors: &Colors, shown: &Shown, beside: bool) {
    let totals = &shown.summary.totals;
    let unit = shown.asked.unit;
    let columns = [
        ("Distance", units::distance(totals.distance_m, unit.is_imperial())),
        ("Moving", units::duration(totals.moving_s())),
        ("Elapsed", units::duration(totals.elapsed_s())),
        (
            if unit.is_pace() { "Mean pace" } else { "Mean speed" },
            unit.format(totals.mean_moving_speed_mps()),
        ),
    ];
    let above = if beside { 20.0 } else { theme::UNIT };
    let size = vec2(ui.available_width(), above + 40.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let galleys = columns.map(|(label, value)| {
        let words = format!("{label}: {value}");
        let (small, large) =
            (theme::font(theme::SMALL, Weight::Regular), theme::font(theme::HEADING, Weight::SemiBold));
        let label = ui.painter().layout_no_wrap(label.to_owned(), small, colors.muted);
        let value = ui.painter().layout_no_wrap(value, large, colors.ink);
        let width = label.size().x.max(value.size().x);
        (words, label, value, width)
    });
    // The first ones give way where there is no room for all.
    let wide = |from: usize| galleys[from..].iter().map(|galley| galley.3 + FIGURES_GAP).sum::<f32>();
    let from = (0..galleys.len()).find(|from| wide(*from) <= rect.width()).unwrap_or(galleys.len());
    let mut left = if beside { rect.right() - wide(from) + FIGURES_GAP } else { rect.left() };
    for (k, (words, label, value, width)) in galleys.into_iter().enumerate().skip(from) {
        let area = egui::Rect::from_x_y_ranges(left..=left + width, rect.top() + above..=rect.bottom());
        let response = ui.interact(area, ui.scope_id().with(("figure", k)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Kind::Label, true, words.clone()));
        ui.painter().galley(area.min, label, colors.muted);
        ui.painter().galley(area.min + vec2(0.0, 15.0), value, colors.ink);
        left += width + FIGURES_GAP;
    }
}

/// That something was cut, and the way back.
fn edits_line(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let Some(entry) = state.runs.entry() else { return };
    let (cuts, history) = (entry.history.edits().count(), &entry.history);
    if cuts == 0 && !history.can_undo() && !history.can_redo() {
        return;
    }
    let when = if entry.recalled { "Edited earlier" } else { "Edited" };
    ui.horizontal_wrapped(|ui| {
        let words = match cuts {
            0 => "The whole run, without cuts".to_owned(),
            1 => format!("{when}: 1 cut, the file is untouched"),
            _ => format!("{when}: {cuts} cuts, the file is untouched"),
        };
        ui.label(text(words, theme::BODY, Weight::SemiBold, colors.accent_text));
        for (words, command) in
            [("Undo", Command::Undo), ("Redo", Command::Redo), ("Remove all cuts", Command::Uncut)]
        {
            let response = ui.add_enabled(command.enabled(state), egui::Button::new(words));
            if response.on_hover_text(hint(ui, command)).clicked() {
                state.ask(command);
            }
        }
    });
}

/// Kind words for a run without time in band.
fn kind_words(ui: &mut Ui, colors: &Colors, shown: &Shown) {
    if let Some(words) = headline::none_in_band(&shown.summary) {
        ui.add_space(4.0);
        ui.label(text(words, theme::BODY, Weight::Regular, colors.ink));
    }
}

/// The bar that adds up to the elapsed time. A click on a part chooses its longest stretch.
pub fn stacked_bar(state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown, height: f32, size: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let parts: Vec<_> =
        shown.bar.parts.iter().map(|part| (part.from, part.from + part.fraction, part.role)).collect();
    bar(ui.painter(), colors, rect, &parts, theme::RADIUS);
    for (k, part) in shown.bar.parts.iter().enumerate() {
        let x = |at: f64| rect.left() + rect.width() * at as f32;
        let area = egui::Rect::from_x_y_ranges(x(part.from)..=x(part.from + part.fraction), rect.y_range());
        let fill = colors.role(part.role);
        let words = &part.short_label;
        let galley =
            ui.painter().layout_no_wrap(words.clone(), theme::font(size, Weight::SemiBold), on_fill(fill));
        if galley.size().x + 16.0 < area.width() && part.role != Role::Paused {
            let top = area.center().y - galley.size().y / 2.0;
            ui.painter().galley(pos2(area.left() + 8.0, top), galley, fill);
        }
        let response = ui.interact(area, ui.scope_id().with(("bar", k)), Sense::click());
        let spoken = format!("{}: {}, {}", part.label, part.duration, units::percent(part.fraction));
        response.widget_info(|| WidgetInfo::labeled(Kind::Button, true, spoken.clone()));
        focus_ring(ui, &response, theme::RADIUS);
        if response.clicked()
            && let Some(range) = longest(shown, part.role)
        {
            state.ask(Action::ChooseRange(range));
        }
        if !state.presenting {
            response.on_hover_text(spoken + ". Click for the longest stretch of just that.");
        }
    }
}

/// The longest stretch of just what a part of the bar is, in seconds since the run's start.
fn longest(shown: &Shown, role: Role) -> Option<TimeRange> {
    if matches!(role, Role::InBand | Role::Gentle) {
        let (steps, edges) = (&shown.run.motion.steps, shown.asked.edges);
        return shown.longest(0.0, |index| {
            let of = probabilities(steps, index, edges);
            of.likeliest() == State::InBand && (of.brisk >= 0.5 * of.in_band) == (role == Role::InBand)
        });
    }
    let blocks = shown.blocks.iter().filter(|block| Role::from(block.state) == role);
    let block = blocks.max_by(|a, b| a.duration_s().total_cmp(&b.duration_s()))?;
    Some(TimeRange { start_s: block.start_s + shown.offset_s, end_s: block.end_s + shown.offset_s })
}

/// What the bar's colours mean, with their minutes; what there is no room for goes on in another line.
pub fn legend(ui: &mut Ui, colors: &Colors, shown: &Shown, size: f32) {
    ui.spacing_mut().item_spacing.x = 0.4 * size;
    for (role, label, minutes) in legend_entries(shown) {
        if entry_width(ui, role, &label, minutes.as_deref(), size) > ui.available_size_before_wrap().x {
            ui.end_row();
        }
        if let Some(role) = role {
            chip(ui, colors, role, 0.7 * size);
        }
        ui.label(text(label, size, Weight::Regular, colors.muted));
        if let Some(minutes) = minutes {
            ui.label(text(minutes, size, Weight::SemiBold, colors.ink));
            ui.add_space(0.4 * size);
        }
    }
}

/// Colour, name and minutes; the band's name stands before its parts.
fn legend_entries(shown: &Shown) -> Vec<(Option<Role>, String, Option<String>)> {
    let totals = &shown.summary.totals;
    // Shorter than the usual name, so that moving the threshold moves nothing else.
    let edges = shown.summary.edges;
    let name = match headline::is_spine_friendly(&shown.summary) {
        true => headline::band_name(&shown.summary),
        false => format!("≤ {}", SpeedUnit::MetresPerSecond.format_short(edges.upper_mps())),
    };
    let entry =
        |role, label: &str, seconds: f64| (Some(role), label.to_owned(), Some(units::duration(seconds)));
    let gentle_s = totals.in_band_s - totals.brisk_s;
    let mut entries = match totals.brisk_s < 0.5 && gentle_s < 0.5 {
        true => vec![entry(Role::InBand, &name, 0.0)],
        false => vec![(None, format!("{name}:"), None)],
    };
    let parts = [
        (Role::InBand, "brisk", totals.brisk_s),
        (Role::Gentle, "gentle", gentle_s),
        (Role::Faster, "faster", totals.faster_s),
        (Role::Standing, "standing", totals.standing_s),
        (Role::Paused, "paused", totals.paused_s),
    ];
    let with_time = parts.into_iter().filter(|(_, _, seconds)| *seconds >= 0.5);
    entries.extend(with_time.map(|(role, label, seconds)| entry(role, label, seconds)));
    entries
}

fn entry_width(ui: &Ui, role: Option<Role>, label: &str, minutes: Option<&str>, size: f32) -> f32 {
    let wide = |words: &str, weight| {
        let font = theme::font(size, weight);
        ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size().x + 0.4 * size
    };
    role.map_or(0.0, |_| 1.1 * size)
        + wide(label, Weight::Regular)
        + minutes.map_or(0.0, |minutes| wide(minutes, Weight::SemiBold))
}

/// The width of the legend in one line.
fn legend_width(ui: &Ui, shown: &Shown, size: f32) -> f32 {
    let entries = legend_entries(shown);
    let widths = entries.iter().map(|(role, label, minutes)| {
        let after = if minutes.is_some() { 0.4 * size } else { 0.0 };
        entry_width(ui, *role, label, minutes.as_deref(), size) + after
    });
    widths.sum()
}

/// Both edges of the band, to be edited.
fn edges(state: &AppState, ui: &mut Ui, colors: &Colors) {
    let edges = state.settings.edges();
    let (brisk, upper) = (edges.brisk_from_mps(), edges.upper_mps());
    let about = "Where the brisk part of the band begins. Drag to change, or click and type.";
    if let Some(brisk) = edge(state, ui, colors, "Brisk from", brisk, 0.5..=upper, about) {
        state.ask(Action::MoveBrisk(brisk));
    }
    ui.add_space(theme::UNIT / 2.0);
    let about = "Drag to change, or click and type. Ctrl+Up and Ctrl+Down move it by 0.1 m/s.";
    if let Some(upper) = edge(state, ui, colors, "Threshold", upper, 0.6..=10.0, about) {
        state.ask(Action::MoveUpper(upper));
    }
}

/// A speed to be edited, with its name. Returns another one that was dragged or typed, m/s.
fn edge(
    state: &AppState,
    ui: &mut Ui,
    colors: &Colors,
    name: &str,
    speed_mps: f64,
    range_mps: RangeInclusive<f64>,
    about: &str,
) -> Option<f64> {
    let unit = state.settings.unit;
    let name = ui.label(text(name, theme::BODY, Weight::Regular, colors.muted));
    // As wide for 2 m/s as for 2.35 m/s: what stands beside it must not move while it is dragged.
    let font = theme::font(theme::BODY, Weight::Medium);
    let widest = ui.painter().layout_no_wrap(unit.format_short(2.35), font, colors.ink).size().x;
    ui.spacing_mut().interact_size.x = widest + 2.0 * ui.spacing().button_padding.x;
    let mut value = speed_mps;
    let field = egui::DragValue::new(&mut value)
        .speed(0.01)
        .range(range_mps)
        .custom_formatter(move |mps, _| unit.format_short(mps))
        .custom_parser(move |typed| unit.parse(typed));
    let response = ui.add(field).on_hover_text(about).labelled_by(name.id);
    (response.changed() && (value - speed_mps).abs() > 1e-9).then_some(value)
}
