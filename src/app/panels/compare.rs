//! Two runs side by side: both headlines, their difference with its interval, and both speeds in one chart.

use egui::{Painter, Shape, Stroke, Ui, vec2};

use crate::{
    app::{
        charts::plot::Plot,
        command::Command,
        panels::top_bar::hint,
        state::{AppState, compared::Other, run::OpenRun, shown::Shown},
        ui::{
            direction,
            theme::{self, Colors, Weight},
            widgets::{card, small_button, spelt_duration, text, title_row},
        },
    },
    band::{Interval, Summary, difference},
    figure::Role,
    text::headline,
    units,
};

/// In a narrower card the difference stands below both runs.
const BESIDE_FROM: f32 = 560.0;

/// The card; nothing without another run.
pub fn show(state: &AppState, ui: &mut Ui, shown: &Shown) {
    let Some(other) = &state.screen.other else { return };
    let (run, summary) = (&other.run, &other.summary);
    card(ui, |ui, colors| {
        title_row(ui, "Compared", |ui| {
            let end = small_button(ui, "End the comparison").on_hover_text(hint(ui, Command::Back));
            if end.clicked() {
                state.ask(Command::EndCompare);
            }
        });
        let name = match shown.asked.range {
            Some(range) => format!(
                "{}, only {} – {}",
                told_beside(run, &shown.run),
                units::duration(range.start_s),
                units::duration(range.end_s.min(shown.run.motion.steps.elapsed_s()))
            ),
            None => told_beside(run, &shown.run),
        };
        // Three columns of one width, so that long names of both runs are cut alike.
        let gap = 2.0 * theme::UNIT;
        let wide = ui.available_width() >= BESIDE_FROM;
        let parts = if wide { 4.0 } else { 2.0 };
        let width = ((ui.available_width() - (parts - 1.0) * gap) / parts).floor();
        let difference = |ui: &mut Ui| {
            for (words, weight) in words(&shown.summary, summary, &told_apart(&shown.run, run)) {
                ui.add(
                    egui::Label::new(text(direction::sentence(&words), theme::BODY, weight, colors.ink))
                        .wrap(),
                );
            }
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            column(ui, width, |ui| one(ui, colors, &name, &shown.summary, false));
            column(ui, width, |ui| one(ui, colors, &told_beside(&shown.run, run), summary, true));
            if wide {
                column(ui, 2.0 * width, difference);
            }
        });
        if !wide {
            ui.add_space(theme::UNIT);
            difference(ui);
        }
    });
}

/// The other run's name, and its date where both have one name.
fn told_apart(run: &OpenRun, other: &OpenRun) -> String {
    if run.name() == other.name() { other.name_and_date() } else { other.name().to_owned() }
}

/// The same below its own minutes, where there is little room: of two runs of one name the days alone.
fn told_beside(run: &OpenRun, other: &OpenRun) -> String {
    if run.name() == other.name() && !other.is_sample() { other.date() } else { other.name_and_date() }
}

fn column(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    let down = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 2.0;
        add(ui);
    });
}

/// One run's headline, with its line in the chart.
fn one(ui: &mut Ui, colors: &Colors, name: &str, summary: &Summary, dashed: bool) {
    ui.label(spelt_duration(summary.totals.in_band_s, theme::HEADLINE * 0.6, colors.accent_text));
    let share = format!("{} of moving time", units::percent(summary.totals.share()));
    ui.label(text(share, theme::BODY, Weight::Regular, colors.muted));
    if let Some(Interval { low_s, high_s }) = summary.interval {
        let sure = headline::interval_words(Interval { low_s, high_s });
        ui.label(text(sure, theme::BODY, Weight::Regular, colors.muted));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().interact_size.y = theme::BODY;
        let (rect, _) = ui.allocate_exact_size(vec2(18.0, 10.0), egui::Sense::hover());
        let (from, to) = (rect.left_center(), rect.right_center());
        if dashed {
            let stroke = Stroke::new(1.5, colors.ink);
            ui.painter().extend(Shape::dashed_line(&[from, to], stroke, 4.0, 3.0));
        } else {
            ui.painter().line_segment([from, to], Stroke::new(2.0, colors.role(Role::InBand)));
        }
        ui.add(
            egui::Label::new(text(direction::sentence(name), theme::BODY, Weight::Regular, colors.ink))
                .truncate(),
        );
    });
}

/// What one run has more than the other, and how sure that is.
fn words(first: &Summary, second: &Summary, name: &str) -> Vec<(String, Weight)> {
    let by = difference(first, second);
    let more = |seconds: f64| if seconds < 0.0 { "less" } else { "more" };
    let spent = |seconds: f64| units::duration(seconds.abs());
    let is_same = |seconds: f64| seconds.abs() < 0.5;
    let pace = headline::pace(first);
    let minutes = match units::duration_exact_words(by.in_band_s.abs()) {
        _ if is_same(by.in_band_s) => format!("As long {pace} as {name}"),
        words => format!("{words} {} {pace} than {name}", more(by.in_band_s)),
    };
    let mut lines = vec![(minutes, Weight::SemiBold)];
    if let Some(Interval { low_s, high_s }) = by.interval {
        // From the smaller to the larger difference, whichever way it goes.
        let [near_s, far_s] = if by.in_band_s < 0.0 { [high_s, low_s] } else { [low_s, high_s] };
        let sure = if by.is_certain() {
            format!("likely {} to {} {} (95%)", spent(near_s), spent(far_s), more(far_s))
        } else {
            format!(
                "likely {} {} to {} {} (95%): too close to tell which has more",
                spent(near_s),
                more(near_s),
                spent(far_s),
                more(far_s)
            )
        };
        lines.push((sure, Weight::Regular));
    }
    let points = (by.share * 100.0).round();
    let share = match points {
        0.0 => "the same".to_owned(),
        lower if lower < 0.0 => format!("{} points lower", lower.abs()),
        higher => format!("{higher} points higher"),
    };
    let moving = match by.moving_s {
        same if is_same(same) => "just as long".to_owned(),
        other => format!("{} {}", spent(other), more(other)),
    };
    lines.push((format!("Share of moving time {share}; moving {moving}"), Weight::Regular));
    lines
}

/// What the dashed line says, for those who can't see it.
pub fn spoken(state: &AppState) -> Option<String> {
    let other = state.screen.other.as_ref()?;
    Some(format!(
        "Dashed, for comparison: {}, {}.",
        other.run.name_and_date(),
        headline::short_headline(&other.summary)
    ))
}

/// The other run's line.
pub fn line(painter: &Painter, colors: &Colors, other: &Other, plot: &Plot) {
    let columns = (plot.area.width() * painter.pixels_per_point()).ceil() as usize;
    let thinned = other.thin.get((plot.x, columns), || {
        let line = &other.speed.estimate;
        line.reduce(0..line.len(), plot.x, columns)
    });
    let points: Vec<_> = thinned.iter().map(|point| plot.at(*point)).collect();
    let stroke = Stroke::new(1.5, colors.ink.gamma_multiply(0.6));
    painter.extend(Shape::dashed_line(&points, stroke, 5.0, 3.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::{Edges, Totals};

    fn summary(in_band_s: f64, half_s: f64) -> Summary {
        Summary::made(
            Edges::default(),
            Totals { in_band_s, faster_s: 2000.0 - in_band_s, ..Totals::default() },
            Some(Interval { low_s: in_band_s - half_s, high_s: in_band_s + half_s }),
        )
    }

    fn said(first: &Summary, second: &Summary) -> String {
        words(first, second, "B").into_iter().map(|(words, _)| words + "\n").collect()
    }

    #[test]
    fn the_interval_goes_the_way_of_the_difference() {
        let more = said(&summary(750.0, 60.0), &summary(500.0, 80.0));
        assert!(more.contains("4 min 10 s more at a spine-friendly pace than B"), "{more}");
        assert!(more.contains("likely 2:30 to 5:50 more (95%)\n"), "{more}");
        let less = said(&summary(500.0, 80.0), &summary(750.0, 60.0));
        assert!(
            less.contains("4 min 10 s less") && less.contains("likely 2:30 to 5:50 less (95%)\n"),
            "{less}"
        );
        assert!(more.contains("13 points higher") && less.contains("13 points lower"), "{more}{less}");
    }

    #[test]
    fn what_is_the_same_is_not_said_to_be_more() {
        let told = said(&summary(500.0, 60.0), &summary(500.2, 60.0));
        assert!(told.contains("As long at a spine-friendly pace as B\n"), "{told}");
        assert!(told.contains("Share of moving time the same; moving just as long\n"), "{told}");
    }

    #[test]
    fn what_is_not_certain_is_said_to_be_so() {
        let told = said(&summary(550.0, 60.0), &summary(500.0, 80.0));
        assert!(
            told.contains("likely 0:50 less to 2:30 more (95%): too close to tell which has more"),
            "{told}"
        );
    }
}
