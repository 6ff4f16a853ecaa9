//! A few fields to be filled in.

use chrono::Weekday;
use egui::{
    Align2, CornerRadius, Grid, Key, Modal, Modifiers, Response, Role as Kind, ScrollArea, Sense, Stroke,
    StrokeKind, TextEdit, Ui, WidgetInfo, vec2,
};

use crate::{
    app::{
        command::{Action, LibraryAsk},
        state::{
            AppState,
            form::{Field, FieldKind, Form, FormFor},
            overlay::Overlay,
        },
        ui::{
            access::{self, spoken_when_new},
            theme::{self, Colors, Weight},
            widgets::{as_heading, final_button, focus_ring, primary_button, sheet, text},
        },
    },
    figure::{self, Role},
    library::Weekdays,
};

/// Width of the sheet, points, where there is room for it.
const WIDTH: f32 = 420.0;
/// Side of a level of pain, points.
const LEVEL: f32 = 28.0;
/// Width of a day of the week, points.
const WEEKDAY: f32 = 46.0;

/// Shows it where it is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let Overlay::Form(mut form) = state.overlay.clone() else { return };
    let (mut submit, mut leave) = (false, false);
    // Enter writes down, in a field of several lines with Ctrl.
    let modal = Modal::new(egui::Id::unique("form")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 64.0));
        let heading = ui.label(text(&form.title, theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, &form.title);
        ui.add_space(theme::UNIT / 2.0);
        let height = (ctx.content_rect().height() - 190.0).max(120.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            if let FormFor::SetPasscode(key) = &form.what_for {
                let words = format!("Recovery key: {}", key.letters());
                ui.label(text(words, theme::BODY, Weight::SemiBold, colors.ink));
                ui.add_space(theme::UNIT / 2.0);
            }
            if !form.about.is_empty() {
                ui.add(
                    egui::Label::new(text(&form.about, theme::BODY, Weight::Regular, colors.prose)).wrap(),
                );
                ui.add_space(theme::UNIT / 2.0);
            }
            submit |= fields(ui, &colors, &mut form);
            access::follow_focus(ui);
        });
        if let Some(problem) = &form.problem {
            let words = format!("▲ {problem}");
            let words = text(words, theme::BODY, Weight::Regular, colors.role(Role::FasterText));
            let alert = ui.add(egui::Label::new(words).wrap());
            alert.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, problem));
            spoken_when_new(&alert);
        }
        ui.add_space(theme::UNIT);
        ui.horizontal(|ui| {
            let button = if form.is_final { final_button } else { primary_button };
            submit |= button(ui, form.does).clicked();
            leave |= ui.button("Cancel").clicked();
        });
    });
    submit |= ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    if leave || modal.should_close() && !submit {
        return state.lay(Overlay::None);
    }
    state.lay(Overlay::Form(form));
    if submit {
        state.ask(Action::Library(LibraryAsk::Submit));
    }
}

/// The fields. Whether Enter was pressed in one.
fn fields(ui: &mut Ui, colors: &Colors, form: &mut Form) -> bool {
    let mut entered = false;
    let key = egui::Id::unique("form begun");
    let of = (form.title.clone(), form.fields.len());
    let begun = ui.data(|data| data.get_temp::<(String, usize)>(key)) == Some(of.clone());
    ui.data_mut(|data| data.insert_temp(key, of));
    let last_pass = ui.data(|data| data.get_temp::<u64>(key.with("pass")));
    let pass = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(key.with("pass"), pass));
    // A sheet that was not drawn in the last passes is a new one.
    let first = !begun || last_pass.is_none_or(|last| last + 3 < pass);
    ui.spacing_mut().interact_size.y = theme::BODY;
    Grid::new("form").num_columns(1).spacing([8.0, 5.0]).show(ui, |ui| {
        for (k, field) in form.fields.iter_mut().enumerate() {
            ui.label(text(format!("{}:", field.label), theme::BODY, Weight::Medium, colors.muted));
            ui.end_row();
            entered |= self::field(ui, colors, field, k == 0 && first);
            ui.end_row();
        }
    });
    entered
}

fn field(ui: &mut Ui, colors: &Colors, field: &mut Field, focus: bool) -> bool {
    let wide = WIDTH.min(ui.ctx().content_rect().width() - 64.0);
    let hint = text(field.hint, theme::BODY, Weight::Regular, colors.muted);
    let font = theme::font(theme::BODY, Weight::Regular);
    match field.kind {
        FieldKind::Pain => {
            levels(ui, colors, field, focus);
            false
        }
        FieldKind::Weekdays => {
            weekdays(ui, colors, field, focus);
            false
        }
        FieldKind::Colour => {
            person_colours(ui, colors, field);
            false
        }
        FieldKind::Line | FieldKind::Secret => {
            let secret = field.kind == FieldKind::Secret;
            let edit = match secret {
                true => TextEdit::singleline(&mut field.secret),
                false => TextEdit::singleline(&mut field.value),
            };
            let edit = edit.password(secret);
            let edit = edit.hint_text(hint).desired_width(wide);
            let response = ui.add(edit.margin(vec2(10.0, 6.0)).font(font));
            response.widget_info(|| WidgetInfo::labeled(Kind::TextInput, true, field.label));
            if focus {
                response.request_focus();
            }
            response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
        }
        FieldKind::Lines => {
            let edit =
                TextEdit::multiline(&mut field.value).hint_text(hint).desired_rows(4).desired_width(wide);
            let response = ui.add(edit.margin(vec2(10.0, 6.0)).font(font));
            response.widget_info(|| WidgetInfo::labeled(Kind::MultilineTextInput, true, field.label));
            if focus {
                response.request_focus();
            }
            false
        }
    }
}

/// Pain from 0 to 10, or none told: a row of numbers.
fn levels(ui: &mut Ui, colors: &Colors, field: &mut Field, focus: bool) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for level in 0..=10_u8 {
            let words = level.to_string();
            let chosen = field.value == words;
            let spoken = format!("{}: {level}", field.label);
            let response = square(ui, colors, (&words, &spoken), Kind::RadioButton, chosen, LEVEL);
            if focus && level == 0 {
                response.request_focus();
            }
            if response.clicked() {
                // A level that is chosen again is taken away.
                field.value = if chosen { String::new() } else { words };
            }
        }
    });
}

/// The days of the week, each chosen or not.
fn weekdays(ui: &mut Ui, colors: &Colors, field: &mut Field, focus: bool) {
    let mut days = field.value.parse::<Weekdays>().unwrap_or_default();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut day = Weekday::Mon;
        for place in 0..7 {
            let (words, chosen) = (day.to_string(), days.has(day));
            let spoken = format!("{}: {words}", field.label);
            let response = square(ui, colors, (&words, &spoken), Kind::CheckBox, chosen, WEEKDAY);
            if focus && place == 0 {
                response.request_focus();
            }
            if response.clicked() {
                days = days.toggled(day);
            }
            day = day.succ();
        }
    });
    field.value = days.to_string();
}

/// Dots to choose from, none first.
fn person_colours(ui: &mut Ui, colors: &Colors, field: &mut Field) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let names = std::iter::once("").chain(figure::person_colours());
        for name in names {
            // What a script wrote that is no colour here counts as none.
            let dot = colors.person(name);
            let chosen =
                if name.is_empty() { colors.person(&field.value).is_none() } else { field.value == name };
            let words = if name.is_empty() { "none" } else { name };
            let spoken = format!("{}: {words}", field.label);
            let mark = if name.is_empty() { "–" } else { "" };
            let response = square(ui, colors, (mark, &spoken), Kind::RadioButton, chosen, LEVEL);
            if let Some(dot) = dot {
                ui.painter().circle_filled(response.rect.center(), 6.5, dot);
            }
            if response.on_hover_text(words).clicked() {
                name.clone_into(&mut field.value);
            }
        }
    });
}

/// One of a row of choices: its words, and those that are spoken.
fn square(
    ui: &mut Ui,
    colors: &Colors,
    (words, spoken): (&str, &str),
    kind: Kind,
    chosen: bool,
    wide: f32,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(wide, LEVEL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(kind, true, chosen, spoken));
    let fill = match (chosen, response.hovered()) {
        (true, _) => colors.chosen,
        (false, true) => colors.hovered,
        (false, false) => colors.card,
    };
    let line = if chosen { colors.accent } else { colors.control };
    let stroke = Stroke::new(1.0, line);
    ui.painter().rect(rect, CornerRadius::same(theme::RADIUS), fill, stroke, StrokeKind::Inside);
    let weight = if chosen { Weight::SemiBold } else { Weight::Regular };
    let color = if chosen { colors.accent_text } else { colors.ink };
    let font = theme::font(theme::BODY, weight);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, font, color);
    focus_ring(ui, &response, theme::RADIUS);
    response
}
