//! The page over a person's weeks: which weeks, whose note, how it will look; saved or printed from here.

use std::sync::{
    Arc,
    mpsc::{Receiver, TryRecvError},
};

use egui::{ColorImage, Grid, Modal, Role as Kind, ScrollArea, TextureHandle, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        background::outside::{Outside, on_thread},
        command::{Action, Command, LibraryAsk},
        panels::top_bar::hint,
        state::{AppState, overlay::Overlay},
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{as_heading, primary_button, sheet, text},
        },
    },
    library::PersonId,
    render::report::{self, Page, Paper, Period},
};

/// The preview is drawn when nothing was typed for so long, s.
const STILL_S: f64 = 0.15;
/// What a person calls it.
const WHAT: &str = "The report";
/// As which files it can be saved.
const ENDINGS: &[&str] = &["pdf", "png", "svg"];
/// Width of the choices, points.
const CHOICES: f32 = 320.0;
/// In less height the choices and the page stand below each other, and scroll.
const LOWEST: f32 = 400.0;
/// How many weeks the page can be of.
const WEEKS: [u64; 5] = [4, 9, 13, 26, 53];

/// What the page is of, and what stands on it beside the numbers.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    period: Arc<Period>,
    name: String,
    note: String,
    paper: Paper,
    dpi: f32,
}

impl Wanted {
    fn page(&self) -> Page {
        let period = Period { note: self.note.clone(), ..(*self.period).clone() };
        let name = if self.name.trim().is_empty() { period.name.clone() } else { self.name.clone() };
        Period { name, ..period }.page(self.paper)
    }
}

/// A page as it will look, and what did not fit on it.
#[derive(Debug)]
struct Drawn {
    warnings: Vec<String>,
    image: ColorImage,
}

/// The dialog's state. The paper outlives it; name and note stay with the person that they were written for.
#[derive(Default)]
pub struct PeriodDialog {
    paper: Paper,
    name: String,
    note: String,
    weeks: Option<u64>,
    /// Whose they are.
    of: Option<PersonId>,
    /// What was asked of the library: whose weeks, how many, and of which state of the page.
    asked: Option<(PersonId, u64, usize)>,
    period: Option<Arc<Period>>,
    wanted: Option<(Wanted, f64)>,
    /// What is being drawn or was drawn last.
    begun: Option<Wanted>,
    drawing: Option<Receiver<Result<Drawn, String>>>,
    texture: Option<TextureHandle>,
    warnings: Vec<String>,
    /// Why it was not saved or handed on.
    pub problem: Option<String>,
}

impl std::fmt::Debug for PeriodDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PeriodDialog").field("of", &self.of).finish_non_exhaustive()
    }
}

impl PeriodDialog {
    /// The library has read the weeks.
    pub fn read(&mut self, period: Arc<Period>) {
        self.period = Some(period);
    }

    /// Asks for the weeks, where others are wanted or something changed; a note about one person must not reach
    /// another's page.
    fn begin(&mut self, state: &AppState) {
        let Some(page) = &state.library.page else { return };
        if self.of != Some(page.person.id) {
            self.of = Some(page.person.id);
            self.name.clear();
            self.note.clear();
            self.period = None;
        }
        let weeks = self.weeks.unwrap_or(WEEKS[1]);
        let asked = Some((page.person.id, weeks, Arc::as_ptr(page) as usize));
        if self.asked != asked {
            self.asked = asked;
            let from = page.until - chrono::Days::new(7 * (weeks - 1));
            state.ask(LibraryAsk::ReadPeriod(from, page.until));
        }
    }

    /// Lets go of the picture and the weeks that it shows.
    fn end(&mut self) {
        (self.wanted, self.begun, self.drawing, self.texture) = (None, None, None, None);
        (self.period, self.asked, self.problem) = (None, None, None);
        self.warnings.clear();
    }

    /// Takes the page that was drawn.
    fn receive(&mut self, ctx: &egui::Context, state: &AppState) {
        let Some(drawing) = &self.drawing else { return };
        match drawing.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(Ok(Drawn { warnings, image })) => {
                self.warnings = warnings;
                self.texture = Some(ctx.load_texture("period", image, egui::TextureOptions::LINEAR));
            }
            Ok(Err(why)) => state.ask(Action::Complain("The report's preview", why)),
            Err(TryRecvError::Disconnected) => {}
        }
        self.drawing = None;
    }

    fn wanted(&self, dpi: f32) -> Option<Wanted> {
        let period = Arc::clone(self.period.as_ref()?);
        Some(Wanted { period, name: self.name.clone(), note: self.note.clone(), paper: self.paper, dpi })
    }

    /// Redraws the page where something changed and typing has stopped, one at a time.
    fn draw(&mut self, ctx: &egui::Context, dpi: f32) {
        let now = ctx.input(|input| input.time);
        let Some(wanted) = self.wanted(dpi) else { return };
        let since = match &self.wanted {
            Some((before, since)) if *before == wanted => *since,
            _ => now,
        };
        self.wanted = Some((wanted.clone(), since));
        if self.drawing.is_some() || self.begun.as_ref() == Some(&wanted) {
            return;
        }
        let wait_s = if self.begun.is_none() { 0.0 } else { since + STILL_S - now };
        if wait_s > 0.0 {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(wait_s));
            return;
        }
        self.begun = Some(wanted.clone());
        self.drawing = Some(on_thread(ctx, move || {
            let page = wanted.page();
            let (width, height, bytes) = page.to_pixels(dpi).map_err(|error| error.to_string())?;
            let size = [width as usize, height as usize];
            let said = page.warnings().iter().map(report::Warning::notice);
            Ok(Drawn {
                warnings: said.map(|notice| format!("{}. {}", notice.message, notice.advice)).collect(),
                image: ColorImage::from_rgba_premultiplied(size, &bytes),
            })
        }));
    }

    /// The file's usual name.
    fn file_name(&self) -> String {
        self.period
            .as_ref()
            .map_or_else(String::new, |period| format!("{} {} weeks", period.name, period.weeks.len()))
    }

    /// Makes the file for an ending of its name, as the page is now.
    fn maker(&mut self) -> Option<impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static> {
        self.problem = None;
        let wanted = self.wanted(report::PNG_DPI)?;
        Some(move |ending: &str| {
            let page = wanted.page();
            match ending {
                "svg" => Ok(page.to_svg().as_bytes().to_vec()),
                "png" => page.to_png(report::PNG_DPI).map_err(|error| error.to_string()),
                _ => page.to_pdf().map_err(|error| error.to_string()),
            }
        })
    }
}

/// Asks where the page is to be saved: PDF, PNG or SVG by the name's ending.
pub fn save(dialog: &mut PeriodDialog, outside: &mut Outside, ctx: &egui::Context) {
    if let Some(make) = dialog.maker() {
        outside.save(ctx, WHAT, &dialog.file_name(), ENDINGS, make);
    }
}

/// Opens the page in the desktop's viewer, from where it is printed.
pub fn print(dialog: &mut PeriodDialog, outside: &mut Outside, ctx: &egui::Context) {
    if let Some(make) = dialog.maker() {
        outside.print(ctx, WHAT, &dialog.file_name(), ENDINGS, make);
    }
}

/// Shows the dialog where it is open.
pub fn show(dialog: &mut PeriodDialog, state: &AppState, ctx: &egui::Context) {
    match (&state.overlay, &state.library.page) {
        // A path is asked for, where there is no dialog of the desktop: the page waits behind it.
        (Overlay::Path(field), Some(_)) if field.from_period => return,
        (Overlay::Period, Some(_)) => {}
        (Overlay::Period, None) => return state.lay(Overlay::None),
        _ => return dialog.end(),
    }
    dialog.receive(ctx, state);
    dialog.begin(state);
    let [paper_width, paper_height] = dialog.paper.size_pt().map(|pt| pt as f32);
    let room = ctx.content_rect().size() - vec2(96.0, 170.0);
    let stacked = room.x < CHOICES + 200.0 || room.y < LOWEST;
    let choices_width = room.x.min(CHOICES);
    // The whole page, as large as there is room for it; below the choices it is as wide as they are.
    let beside = if stacked { choices_width } else { room.x - CHOICES - 40.0 };
    let height = (beside * paper_height / paper_width).min(if stacked { f32::INFINITY } else { room.y });
    let page = vec2(height * paper_width / paper_height, height);
    let modal = Modal::new(egui::Id::unique("period")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        let heading = ui.label(text("Report over some weeks", theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, "Report over some weeks");
        ui.add_space(theme::UNIT);
        if stacked {
            ScrollArea::vertical().max_height(ctx.content_rect().height() - 110.0).show(ui, |ui| {
                ui.set_width(choices_width);
                choices(dialog, state, ui, &colors);
                ui.add_space(theme::UNIT);
                preview(dialog, ui, &colors, page);
                access::follow_focus(ui);
            });
            return;
        }
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(CHOICES, height), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(CHOICES);
                    choices(dialog, state, ui, &colors);
                });
            });
            ui.add_space(theme::UNIT);
            preview(dialog, ui, &colors, page);
        });
    });
    // Sharp on this screen, in steps, so that a window that is being resized does not draw for every point.
    let pixels = height * ctx.pixels_per_point();
    let dpi = ((pixels * 72.0 / paper_height / 12.0).ceil() * 12.0).clamp(48.0, report::PNG_DPI);
    dialog.draw(ctx, dpi);
    if modal.should_close() {
        state.lay(Overlay::None);
    }
}

/// What a person chooses.
fn choices(dialog: &mut PeriodDialog, state: &AppState, ui: &mut Ui, colors: &Colors) {
    // The focus begins where most begin to write.
    let first = dialog.wanted.is_none() && dialog.drawing.is_none();
    let wide = ui.available_width() - 28.0;
    let label = |ui: &mut Ui, words: &str| {
        ui.label(text(words, theme::BODY, Weight::Medium, colors.muted));
        ui.end_row();
    };
    let font = theme::font(theme::BODY, Weight::Regular);
    let own = state.library.page.as_ref().map_or("", |page| page.person.name.as_str());
    Grid::new("period options").num_columns(1).spacing([8.0, 6.0]).show(ui, |ui| {
        label(ui, "Name or pseudonym:");
        let own = text(own, theme::BODY, Weight::Regular, colors.muted);
        let field = egui::TextEdit::singleline(&mut dialog.name).hint_text(own).desired_width(wide);
        let name = ui.add(field.margin(vec2(10.0, 6.0)).font(font.clone()));
        name.widget_info(|| WidgetInfo::labeled(Kind::TextInput, true, "Name or pseudonym"));
        ui.end_row();
        label(ui, "Weeks:");
        ui.horizontal(|ui| {
            let now = dialog.weeks.unwrap_or(WEEKS[1]);
            for weeks in WEEKS {
                let radio = ui.radio(now == weeks, weeks.to_string());
                if radio.accessible_name(format!("{weeks} weeks")).clicked() {
                    dialog.weeks = Some(weeks);
                }
            }
        });
        ui.end_row();
        label(ui, "Note:");
        let empty =
            text("Leave empty for a box to write in by hand", theme::BODY, Weight::Regular, colors.muted);
        let field = egui::TextEdit::multiline(&mut dialog.note).hint_text(empty).desired_rows(6);
        let note = ui.add(field.desired_width(wide).margin(vec2(10.0, 6.0)).font(font));
        note.widget_info(|| WidgetInfo::labeled(Kind::MultilineTextInput, true, "Note"));
        if first {
            note.request_focus();
        }
        ui.end_row();
        label(ui, "Paper:");
        ui.horizontal(|ui| {
            for paper in Paper::ALL {
                ui.radio_value(&mut dialog.paper, paper, paper.to_string());
            }
        });
        ui.end_row();
    });
    for warning in dialog.warnings.iter().chain(&dialog.problem) {
        let color = colors.role(crate::figure::Role::FasterText);
        let words = format!("▲ {warning}");
        let label = ui.add(egui::Label::new(text(&words, theme::BODY, Weight::Regular, color)).wrap());
        label.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, warning));
    }
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        let save = primary_button(ui, "Save…").on_hover_text("As PDF, PNG or SVG, as the name ends");
        if save.clicked() {
            state.ask(Command::SavePeriod);
        }
        if ui.button("Print").on_hover_text("Opens the page in this computer's PDF viewer").clicked() {
            state.ask(Command::PrintPeriod);
        }
        if ui.button("Close").on_hover_text(hint(ui, Command::Back)).clicked() {
            state.lay(Overlay::None);
        }
    });
}

fn preview(dialog: &PeriodDialog, ui: &mut Ui, colors: &Colors, size: egui::Vec2) {
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let words =
        if dialog.texture.is_some() { "The page as it will be printed" } else { "Drawing the page…" };
    response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, words));
    match &dialog.texture {
        Some(texture) => egui::Image::new(texture).paint_at(ui, rect),
        None => {
            let font = theme::font(theme::BODY, Weight::Regular);
            ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, font, colors.muted);
        }
    }
    let border = egui::Stroke::new(1.0, colors.line);
    ui.painter().rect_stroke(rect, 0.0, border, egui::StrokeKind::Outside);
}
