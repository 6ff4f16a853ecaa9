//! Messages about files, above the run and never over it; and how far reading has got.

use std::path::PathBuf;

use egui::{Frame, Margin, Panel, Role as Kind, ScrollArea, Stroke, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        command::{Action, Command, LibraryAsk},
        panels::top_bar::hint,
        state::{
            AppState,
            library::Importing,
            notices::{Kind as About, Message},
            work::Progress,
        },
        ui::{
            access, direction,
            theme::{self, Colors, Weight},
            widgets::{at_right, small_button, text, width_at_right},
        },
    },
    figure::Role,
    units,
};

/// More are folded into one line with their count.
const SHOWN: usize = 3;
/// The most of the window that they may take when all are shown.
const MOST_OF_WINDOW: f32 = 0.3;
/// Room for the buttons beside new runs.
const FOUND_BUTTONS: f32 = 380.0;

/// The strip below the top bar; nothing without notices.
pub fn show(state: &AppState, ui: &mut Ui) {
    let notices = &state.notices;
    if notices.len() == 0 {
        return;
    }
    let colors = Colors::of(ui);
    let fill = if notices.any_failed() { colors.notice } else { colors.chosen };
    let frame = Frame::new().fill(fill).inner_margin(Margin::symmetric(theme::PADDING, 8));
    Panel::top("notices").frame(frame).show(ui, |ui| {
        access::region(ui, Kind::Region, "Notices");
        ui.spacing_mut().interact_size.y = 23.0;
        let folded = notices.len() > SHOWN && !notices.open;
        if folded {
            // One line for a whole folder; it opens.
            let latest = notices.latest().next().filter(|(_, notice)| notice.leaves());
            if let Some((place, notice)) = latest
                && line(state, ui, &colors, notice, false)
            {
                state.ask(Action::Dismiss(place));
            }
            ui.horizontal_wrapped(|ui| {
                let words = notices.in_short();
                let mark = if notices.any_failed() { "▲" } else { "✓" };
                let role = if notices.any_failed() { Role::FasterText } else { Role::InBandText };
                ui.label(text(mark, theme::BODY, Weight::SemiBold, colors.role(role)));
                let label = ui.label(text(&words, theme::BODY, Weight::SemiBold, colors.ink));
                label.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, &words));
                access::spoken_when_new(&label);
                for_all(state, ui);
            });
            return;
        }
        let height = ui.ctx().content_rect().height() * MOST_OF_WINDOW;
        let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        area.show(ui, |ui| {
            for (place, notice) in notices.latest() {
                if line(state, ui, &colors, notice, notices.open) {
                    state.ask(Action::Dismiss(place));
                }
            }
            access::follow_focus(ui);
        });
        if notices.len() > SHOWN {
            ui.horizontal(|ui| for_all(state, ui));
        }
    });
}

fn for_all(state: &AppState, ui: &mut Ui) {
    let notices = &state.notices;
    let more = if notices.open { "Show fewer".to_owned() } else { format!("Show all {}", notices.len()) };
    if small_button(ui, &more).clicked() {
        state.ask(Action::ShowNotices(!notices.open));
    }
    if small_button(ui, "Copy all").clicked() {
        let all: Vec<_> = notices.latest().map(|(_, notice)| notice.sentence()).collect();
        ui.ctx().copy_text(all.join("\n"));
        state.ask(Action::Confirm("The messages", "were copied"));
    }
    if small_button(ui, "Dismiss all").clicked() {
        state.ask(Action::DismissAll);
    }
}

/// One of them; whether it is dismissed. Long ones take two lines, and all they need where `whole`.
fn line(state: &AppState, ui: &mut Ui, colors: &Colors, notice: &Message, whole: bool) -> bool {
    let failed = notice.kind == About::Failed;
    let role = if failed { Role::FasterText } else { Role::InBandText };
    let mark = if failed { "▲" } else { "✓" };
    let mut job = egui::text::LayoutJob::default();
    let format = |weight, color| egui::TextFormat::simple(theme::font(theme::BODY, weight), color);
    job.append(mark, 0.0, format(Weight::SemiBold, colors.role(role)));
    job.append(&direction::name(&notice.name), 8.0, format(Weight::SemiBold, colors.ink));
    job.append(&direction::sentence(&notice.words), 4.0, format(Weight::Regular, colors.ink));
    job.wrap.max_rows = if whole { usize::MAX } else { 2 };
    let mut dismissed = false;
    ui.horizontal_top(|ui| {
        let (_, right) = width_at_right(ui, "buttons");
        let width = (ui.available_width() - right - theme::UNIT).max(120.0);
        let words = ui.allocate_ui(vec2(width, 0.0), |ui| {
            ui.set_width(width);
            ui.add_space(4.0);
            ui.add(egui::Label::new(job).wrap())
        });
        let words = words.inner;
        words.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, notice.sentence()));
        access::spoken_when_new(&words);
        words.on_hover_text(notice.sentence());
        at_right(ui, "buttons", |ui| dismissed = buttons(state, ui, notice));
    });
    dismissed
}

/// What can be done about one of them; whether it is dismissed.
fn buttons(state: &AppState, ui: &mut Ui, notice: &Message) -> bool {
    let copy = small_button(ui, "Copy");
    if copy.accessible_name(format!("Copy notice on {}", notice.name)).clicked() {
        ui.ctx().copy_text(notice.sentence());
        state.ask(Action::Confirm("The message", "was copied"));
    }
    if notice.kind == About::Closed
        && small_button(ui, "Undo").on_hover_text(hint(ui, Command::Reopen)).clicked()
    {
        state.ask(Command::Reopen);
    }
    if notice.kind == About::Imported && state.library.last_import.is_some() {
        let undo = small_button(ui, "Undo").on_hover_text(Command::UndoImport.title());
        if undo.accessible_name("Undo the import").clicked() {
            state.ask(Command::UndoImport);
        }
    }
    let close = small_button(ui, "×").on_hover_text("Dismiss");
    close.accessible_name(format!("Dismiss notice on {}", notice.name)).clicked()
}

/// How far an import is.
pub fn importing(state: &AppState, ui: &mut Ui, importing: Importing) {
    let colors = Colors::of(ui);
    ui.spacing_mut().interact_size.y = 22.0;
    ui.horizontal(|ui| {
        how_far(ui, &colors, "Keeping runs", importing.done, importing.total);
        let words = match importing.total {
            0 => "Looking for runs".to_owned(),
            total => format!("Keeping runs: {} of {total}", importing.done),
        };
        ui.label(text(words, theme::BODY, Weight::Regular, colors.muted));
        if small_button(ui, "Cancel").accessible_name(Command::CancelImport.title()).clicked() {
            state.ask(Command::CancelImport);
        }
    });
}

/// New runs where they are looked for.
pub fn found(state: &AppState, ui: &mut Ui) {
    let colors = Colors::of(ui);
    let library = &state.library;
    let name = |file: &PathBuf| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names: Vec<String> = library.found.iter().map(name).collect();
    let words = match &names[..] {
        [name] => format!("1 new run: {name}"),
        names => format!("{} new runs: {}", names.len(), names.join(", ")),
    };
    access::region(ui, Kind::Region, "New runs");
    ui.spacing_mut().interact_size.y = 23.0;
    ui.horizontal(|ui| {
        let width = (ui.available_width() - FOUND_BUTTONS).max(120.0);
        ui.allocate_ui(vec2(width, 23.0), |ui| {
            ui.set_width(width);
            let label = text(direction::sentence(&words), theme::BODY, Weight::Medium, colors.ink);
            let label = ui.add(egui::Label::new(label).truncate());
            label.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, &words));
            access::spoken_when_new(&label);
        });
        if let Some(person) = library.chosen.and_then(|who| library.holding.person(who))
            && small_button(ui, &format!("Keep for {}", person.name)).clicked()
        {
            state.ask(LibraryAsk::KeepFound(person.id));
        }
        for (words, command) in
            [("Keep…", Command::KeepFound), ("Open", Command::OpenFound), ("Not now", Command::LeaveFound)]
        {
            if small_button(ui, words).accessible_name(command.title()).clicked() {
                state.ask(command);
            }
        }
    });
}

fn how_far(ui: &mut Ui, colors: &Colors, what: &'static str, done: usize, total: usize) {
    let part = done as f32 / total.max(1) as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(180.0, 8.0), egui::Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Kind::ProgressIndicator, true, what);
        info.value = Some(f64::from(part));
        info
    });
    ui.painter().rect(rect, 4.0, colors.ground, Stroke::new(1.0, colors.line), egui::StrokeKind::Inside);
    let mut done = rect;
    done.set_width(rect.width() * part);
    ui.painter().rect_filled(done, 4.0, colors.accent);
}

/// How far reading is.
pub fn progress(state: &AppState, ui: &mut Ui, progress: &Progress) {
    let colors = Colors::of(ui);
    ui.spacing_mut().interact_size.y = 22.0;
    ui.horizontal(|ui| {
        how_far(ui, &colors, "Reading files", progress.done, progress.total);
        let mut words =
            format!("Reading {} ({} of {})", progress.name, progress.done + 1, progress.total.max(1));
        if let Some(left_s) = progress.left_s.filter(|left_s| *left_s > 2.0) {
            words = format!("{words}, about {} left", units::duration_words(left_s));
        }
        ui.label(text(words, theme::BODY, Weight::Regular, colors.muted));
        if small_button(ui, "Cancel").clicked() {
            state.ask(Command::CancelLoading);
        }
    });
}
