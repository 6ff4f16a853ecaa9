//! What is agreed, since when, and how sure each column is: beside a person's page.

use egui::{Align2, Role as Kind, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        command::Command,
        panels::{article::section, person::calendar, top_bar::hint},
        state::{
            AppState,
            person::PersonPage,
            person_words::{date, short},
        },
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{as_heading, text},
        },
    },
    library::Weekdays,
    text::article::Section,
};

/// So many earlier doses are listed.
const EARLIER: usize = 4;

/// The panel at the right.
pub fn show(state: &AppState, ui: &mut Ui, page: &PersonPage) {
    access::region(ui, Kind::Complementary, "Weekly dose");
    ScrollArea::vertical().id_salt("dose").auto_shrink(false).show(ui, |ui| {
        ui.add_space(16.0);
        words(state, ui, page);
        ui.add_space(16.0);
        access::follow_focus(ui);
    });
}

/// The words alone.
pub fn words(state: &AppState, ui: &mut Ui, page: &PersonPage) {
    let colors = Colors::of(ui);
    ui.spacing_mut().item_spacing.y = 10.0;
    heading(ui, &colors, "Weekly dose", theme::HEADING);
    section(ui, &colors, Section::Dose);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let (mut from, mut to_come) = (page.doses.len(), false);
        if let Some(dose) = page.dose_now() {
            from = page.doses.iter().position(|it| *it == dose).unwrap_or(from);
            to_come = from + 1 < page.doses.len();
            row(ui, &colors, "agreed", &format!("{} min / week", short(dose.minutes_per_week)));
            if let Some(times) = dose.sessions_per_week {
                row(ui, &colors, "sessions", &format!("{times} / week"));
            }
            row(ui, &colors, "from", &date(dose.from));
        } else {
            row(ui, &colors, "agreed", "nothing yet");
        }
        if let Some(plan) = page.plan_now().filter(|plan| plan.weekdays != Weekdays::default()) {
            row(ui, &colors, "on", &plan.weekdays.to_string().replace(',', ", "));
        }
        if to_come {
            for dose in &page.doses[from + 1..] {
                let words = format!("{} min / week", short(dose.minutes_per_week));
                row(ui, &colors, &format!("from {}", date(dose.from)), &words);
            }
        }
        for (k, dose) in page.doses[..from].iter().rev().take(EARLIER).enumerate() {
            let words = format!("{} min / week", short(dose.minutes_per_week));
            let label = if k == 0 { "before".to_owned() } else { format!("from {}", date(dose.from)) };
            row(ui, &colors, &label, &words);
        }
    });
    ui.horizontal(|ui| {
        for (words, command) in [("Change the dose…", Command::SetDose), ("Weekdays…", Command::SetPlan)]
        {
            let button = ui.add_enabled(command.enabled(state), egui::Button::new(words));
            if button.on_hover_text(hint(ui, command)).clicked() {
                state.ask(command);
            }
        }
    });
    heading(ui, &colors, "Sessions", theme::BODY);
    calendar::show(state, ui, page);
    heading(ui, &colors, "How sure is each bar?", theme::BODY);
    section(ui, &colors, Section::Sure);
    ui.add_space(theme::UNIT);
    section(ui, &colors, Section::Disclaimer);
}

fn heading(ui: &mut Ui, colors: &Colors, words: &str, size: f32) {
    let weight = if size > theme::BODY { Weight::Bold } else { Weight::SemiBold };
    let response = ui.label(text(words, size, weight, colors.ink));
    as_heading(&response, words);
}

/// What it is at the left, its value at the right.
fn row(ui: &mut Ui, colors: &Colors, label: &str, value: &str) {
    let size = vec2(ui.available_width(), theme::BODY * 1.25);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Kind::Label, true, format!("{label} {value}")));
    let font = theme::font(theme::BODY, Weight::Regular);
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, label, font.clone(), colors.muted);
    ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, value, font, colors.ink);
}
