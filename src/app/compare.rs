//! Two runs side by side: both headlines, their difference with its interval, and both speeds in one chart.

use std::sync::Arc;

use egui::{Painter, Popup, Shape, Stroke, Ui, vec2};

use crate::{
    band::{Interval, Summary, difference},
    figure::{Role, SpeedFigure, reduce},
    units,
};

use super::{
    App,
    chart::Plot,
    command::Command,
    run::{Run, Shown},
    theme::{self, Colors, Weight},
    top_bar::menu_button,
    widgets::{card, text, title},
};

/// The menu in the top bar: which run to compare with.
pub fn menu(app: &mut App, ui: &mut Ui) {
    if app.entries.len() < 2 {
        return;
    }
    let button = menu_button(ui, "Compare").accessible_name("Compare");
    Popup::menu(&button).show(|ui| {
        for index in 0..app.entries.len() {
            if app.selected == Some(index) {
                continue;
            }
            let run = &app.entries[index].run;
            let chosen = app.compared.as_ref() == Some(&run.origin);
            let words = format!("with {}, {}", run.name(), run.title());
            if ui.add(egui::Button::selectable(chosen, words)).clicked() {
                app.compared = Some(run.origin.clone());
                ui.close();
            }
        }
        if app.compared.is_some() && ui.button("with none").clicked() {
            app.ask(Command::EndCompare);
            ui.close();
        }
    });
}

/// The other run with its numbers, where one is chosen that is open and is not the one on show.
fn other(app: &mut App) -> Option<(Arc<Run>, Arc<Summary>)> {
    let (compared, edges) = (app.compared.clone()?, app.settings.edges);
    let index = app.entries.iter().position(|entry| entry.run.origin == compared)?;
    if app.selected == Some(index) {
        return None;
    }
    let entry = &mut app.entries[index];
    Some((Arc::clone(&entry.run), entry.summary(edges)))
}

/// The card; nothing without another run.
pub fn show(app: &mut App, ui: &mut Ui, shown: &Shown) {
    let Some((run, summary)) = other(app) else { return };
    card(ui, |ui, colors| {
        ui.horizontal(|ui| {
            title(ui, "Compared");
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.small_button("End the comparison").clicked() {
                    app.ask(Command::EndCompare);
                }
            });
        });
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 40.0;
            one(ui, colors, shown.run.name(), &shown.summary, false);
            one(ui, colors, run.name(), &summary, true);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (words, weight) in words(&shown.summary, &summary, run.name()) {
                    ui.label(text(words, theme::BODY, weight, colors.ink));
                }
            });
        });
    });
}

fn one(ui: &mut Ui, colors: &Colors, name: &str, summary: &Summary, dashed: bool) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let minutes = units::duration(summary.totals.in_band_s);
        ui.label(text(minutes, theme::HEADLINE * 0.6, Weight::Bold, colors.accent_text));
        let share = format!("{} of moving", units::percent(summary.totals.share()));
        ui.label(text(share, theme::BODY, Weight::Regular, colors.muted));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 10.0), egui::Sense::hover());
            let (from, to) = (rect.left_center(), rect.right_center());
            if dashed {
                let stroke = Stroke::new(1.5, colors.ink);
                ui.painter().extend(Shape::dashed_line(&[from, to], stroke, 4.0, 3.0));
            } else {
                ui.painter().line_segment([from, to], Stroke::new(2.0, colors.role(Role::InBand)));
            }
            ui.add(egui::Label::new(text(name, theme::BODY, Weight::Regular, colors.muted)).truncate());
        });
    });
}

/// What one run has more than the other, and how sure that is.
fn words(first: &Summary, second: &Summary, name: &str) -> Vec<(String, Weight)> {
    let by = difference(first, second);
    let more = if by.in_band_s < 0.0 { "less" } else { "more" };
    let mut lines = vec![(
        format!("{} {more} at a spine-friendly pace than {name}", units::duration(by.in_band_s.abs())),
        Weight::SemiBold,
    )];
    if let Some(Interval { low_s, high_s }) = by.interval {
        let signed = |s: f64| format!("{}{}", if s < 0.0 { "−" } else { "+" }, units::duration(s.abs()));
        lines.push((format!("95% sure: {} to {}", signed(low_s), signed(high_s)), Weight::Regular));
        if !by.is_certain() {
            lines.push(("The difference may be chance.".to_owned(), Weight::Regular));
        }
    }
    lines.push((
        format!("Share {:+.0} points, moving {:+.0} min", by.share * 100.0, by.moving_s / 60.0),
        Weight::Regular,
    ));
    lines
}

/// The speed of the other run, to be drawn behind that of the one on show.
pub fn figure(app: &mut App, shown: &Shown) -> Option<Arc<SpeedFigure>> {
    let (run, _) = other(app)?;
    let asked = shown.asked;
    Some(shown.other_speed.get(Arc::as_ptr(&run) as usize, || {
        SpeedFigure::new(&run.recording, &run.motion, asked.edges, asked.unit, asked.axis)
    }))
}

/// The other run's line.
pub fn line(painter: &Painter, colors: &Colors, figure: &SpeedFigure, plot: &Plot) {
    let columns = (plot.area.width() * painter.pixels_per_point()).ceil() as usize;
    let points: Vec<_> =
        reduce(&figure.estimate, plot.x, columns).into_iter().map(|point| plot.at(point)).collect();
    let stroke = Stroke::new(1.5, colors.ink.gamma_multiply(0.6));
    painter.extend(Shape::dashed_line(&points, stroke, 5.0, 3.0));
}
