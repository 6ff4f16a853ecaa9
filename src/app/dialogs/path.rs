//! A field for a path, where the desktop has no dialog to ask for one. What was typed is completed by Tab.

use std::{path::PathBuf, sync::Arc};

use egui::{Button, Key, Modal, Modifiers, Role as Kind, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::{
    command::Action,
    state::{
        AppState,
        overlay::Overlay,
        path_field::{PathField, PathFor, completed},
    },
    ui::{
        access::spoken_when_new,
        theme::{self, Colors, Weight},
        widgets::{as_heading, primary_button, sheet, text},
    },
};

/// Width of the sheet, points, where there is room for it.
const WIDTH: f32 = 560.0;
/// So many completions are seen at once, where there is room.
const LINES: f32 = 6.0;
/// What else needs room in the window's height, points.
const AROUND: f32 = 220.0;

/// What a person decided in this frame.
#[derive(Default)]
struct Decided {
    take: bool,
    leave: bool,
}

/// Shows it where it is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let Overlay::Path(mut field) = state.overlay.clone() else { return };
    let mut decided = Decided::default();
    let modal = Modal::new(egui::Id::unique("path")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        ui.set_width(WIDTH.min(ctx.content_rect().width() - 64.0));
        let title = title(field.what_for);
        let heading = ui.label(text(&title, theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, &title);
        ui.add_space(theme::UNIT / 2.0);
        let why = "This desktop has no dialog for files. Type a path; Tab completes it.";
        ui.label(text(why, theme::BODY, Weight::Regular, colors.muted));
        ui.add_space(theme::UNIT);
        let found = completions(ui, &field);
        typing(ui, &mut field, &found, &mut decided);
        lines(ui, &colors, &mut field, &found);
        if let Some(problem) = &field.problem {
            let words = text(
                format!("▲ {problem}"),
                theme::BODY,
                Weight::Regular,
                colors.role(crate::figure::Role::FasterText),
            );
            let alert = ui.add(egui::Label::new(words).wrap());
            alert.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, problem));
            spoken_when_new(&alert);
        }
        ui.add_space(theme::UNIT);
        ui.horizontal(|ui| {
            let words = match field.what_for {
                PathFor::Saving(..) if field.may_replace.as_ref() == Some(&field.path()) => "Replace it",
                PathFor::Saving(..) => "Save here",
                PathFor::Files | PathFor::Folder => "Open",
                PathFor::Import | PathFor::ImportFolder => "Import",
                PathFor::Watch => "Watch it",
                PathFor::Export => "Export here",
                PathFor::Backup => "Look into it",
            };
            decided.take |= primary_button(ui, words).clicked();
            decided.leave |= ui.button("Cancel").clicked();
        });
    });
    let opened = decided.take && take(state, &mut field);
    state.lay(match decided.leave || modal.should_close() {
        _ if opened => Overlay::None,
        true if field.from_report => Overlay::Report,
        true if field.from_period => Overlay::Period,
        true => Overlay::None,
        false => Overlay::Path(field),
    });
}

fn title(what_for: PathFor) -> String {
    match what_for {
        PathFor::Files => "Open runs".to_owned(),
        PathFor::Folder => "Open a folder of runs".to_owned(),
        PathFor::Import => "Import runs".to_owned(),
        PathFor::ImportFolder => "Import a folder of runs".to_owned(),
        PathFor::Watch => "Watch a folder for new runs".to_owned(),
        PathFor::Export => "Export everything into a new folder".to_owned(),
        PathFor::Backup => "Restore a backup".to_owned(),
        PathFor::Saving(what, _) => format!("Save {}", what.to_lowercase()),
    }
}

/// What would complete it; the folder is looked at when something was typed, not in every frame.
fn completions(ui: &Ui, field: &PathField) -> Arc<Vec<String>> {
    let key = egui::Id::unique("completions");
    let known: Option<(String, Arc<Vec<String>>)> = ui.data(|data| data.get_temp(key));
    if let Some((_, found)) = known.filter(|(typed, _)| *typed == field.typed) {
        return found;
    }
    let found = Arc::new(field.completions());
    ui.data_mut(|data| data.insert_temp(key, (field.typed.clone(), Arc::clone(&found))));
    found
}

/// The field and its keys: Tab completes, the arrows choose a line, Enter takes it, or the path.
fn typing(ui: &mut Ui, field: &mut PathField, found: &[String], decided: &mut Decided) {
    let id = egui::Id::unique("path field");
    let more = completed(&field.typed, found);
    let focused = ui.memory(|memory| memory.has_focus(id));
    let (tab, down, up, enter) = ui.input_mut(|input| {
        let mut pressed = |key| focused && input.consume_key(Modifiers::NONE, key);
        (
            more.is_some() && pressed(Key::Tab),
            pressed(Key::ArrowDown),
            pressed(Key::ArrowUp),
            pressed(Key::Enter),
        )
    });
    let ctx = ui.ctx().clone();
    let write = |field: &mut PathField, words: String| {
        field.typed = words;
        (field.line, field.problem) = (None, None);
        // What was written goes on at its end.
        if let Some(mut typed) = egui::text_edit::TextEditState::load(&ctx, id) {
            let end = egui::text::CCursor::new(field.typed.chars().count());
            typed.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
            typed.store(&ctx, id);
        }
    };
    let last = found.len().checked_sub(1);
    if down {
        field.line = last.map(|last| field.line.map_or(0, |line| (line + 1).min(last)));
    } else if up {
        field.line = field.line.and_then(|line| line.checked_sub(1));
    }
    match field.line.and_then(|line| found.get(line)) {
        Some(line) if enter || tab => write(field, line.clone()),
        _ if enter => decided.take = true,
        _ => {
            if let Some(more) = more.clone().filter(|_| tab) {
                write(field, more);
            }
        }
    }
    let width = ui.available_width();
    let edit = TextEdit::singleline(&mut field.typed).id(id).desired_width(width).margin(vec2(10.0, 6.0));
    let response = ui.add(edit.lock_focus(more.is_some()).font(theme::font(theme::BODY, Weight::Regular)));
    response.widget_info(|| WidgetInfo::labeled(Kind::TextInput, true, "Path"));
    if response.changed() {
        let written = field.typed.clone();
        field.begin_anew();
        match field.typed == written {
            true => (field.line, field.problem) = (None, None),
            false => write(field, field.typed.clone()),
        }
    }
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}

fn lines(ui: &mut Ui, colors: &Colors, field: &mut PathField, found: &[String]) {
    let room = ui.ctx().content_rect().height() - AROUND;
    let height = (room / theme::ROW).floor().clamp(1.0, LINES) * theme::ROW;
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_size(vec2(ui.available_width(), height));
        if found.is_empty() {
            // A new file is to be like nothing that is there.
            if matches!(field.what_for, PathFor::Saving(..)) {
                return;
            }
            ui.add_space(theme::UNIT / 2.0);
            ui.label(text("Nothing here begins like this.", theme::BODY, Weight::Regular, colors.muted));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(
            ui,
            theme::ROW,
            found.len(),
            |ui, rows| {
                for k in rows {
                    let name = found[k].trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next();
                    let slash = if found[k].ends_with(['/', '\\']) { "/" } else { "" };
                    let words = format!("{}{slash}", name.unwrap_or(&found[k]));
                    let size = vec2(ui.available_width(), theme::ROW);
                    let response =
                        ui.add(Button::selectable(field.line == Some(k), words).truncate().min_size(size));
                    if field.line == Some(k) {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        field.typed.clone_from(&found[k]);
                        (field.line, field.problem) = (None, None);
                    }
                }
            },
        );
    });
}

/// Opens what was typed, or saves there; says what is wrong with it. Returns whether there is nothing more to ask: what
/// is saved closes the field when it has been saved.
fn take(state: &AppState, field: &mut PathField) -> bool {
    let path: PathBuf = field.path();
    field.problem = match field.what_for {
        PathFor::Saving(..) if path.is_dir() => {
            Some(format!("{} is a folder; name a file in it", path.display()))
        }
        PathFor::Saving(..) if path.exists() && field.may_replace.as_ref() != Some(&path) => {
            let problem = format!("{} is there already; save again to replace it", path.display());
            field.may_replace = Some(path);
            Some(problem)
        }
        PathFor::Saving(..) => {
            state.ask(Action::SaveAs(path));
            None
        }
        PathFor::Export => {
            state.ask(Action::Chosen(PathFor::Export, vec![path]));
            return true;
        }
        what_for if path.exists() => {
            state.ask(Action::Chosen(what_for, vec![path]));
            return true;
        }
        _ => Some(format!("{} does not exist; check its name", path.display())),
    };
    false
}
