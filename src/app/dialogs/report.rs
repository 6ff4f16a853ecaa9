//! The one-page report: what goes on it, how it will look; saved or printed from here.

use std::sync::{
    Arc,
    mpsc::{Receiver, TryRecvError},
};

use egui::{ColorImage, Grid, Modal, Role as Kind, ScrollArea, TextureHandle, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        background::outside::{Outside, on_thread},
        command::{Action, Command},
        panels::top_bar::hint,
        state::{AppState, overlay::Overlay, run::Origin, shown::Shown},
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{as_heading, primary_button, sheet, text},
        },
    },
    render::report::{self, Options, Page, Paper},
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

/// What a preview is of.
#[derive(Debug, Clone)]
struct Wanted {
    shown: Arc<Shown>,
    options: Options,
    dpi: f32,
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shown, &other.shown) && self.options == other.options && self.dpi == other.dpi
    }
}

/// A page as it will look, and what did not fit on it.
#[derive(Debug)]
struct Drawn {
    warnings: Vec<String>,
    image: ColorImage,
}

/// The dialog's state. Paper and route outlive it; name and note stay with the run that they were written for.
#[derive(Default)]
pub struct ReportDialog {
    options: Options,
    /// Whose name and note these are.
    of: Option<Origin>,
    wanted: Option<(Wanted, f64)>,
    /// What is being drawn or was drawn last.
    begun: Option<Wanted>,
    drawing: Option<Receiver<Result<Drawn, String>>>,
    texture: Option<TextureHandle>,
    warnings: Vec<String>,
    /// Why it was not saved or handed on.
    pub problem: Option<String>,
}

impl std::fmt::Debug for ReportDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportDialog").field("options", &self.options).finish_non_exhaustive()
    }
}

impl ReportDialog {
    /// A note about one person must not reach another's page.
    fn begin(&mut self, shown: &Shown) {
        if self.of.as_ref() != Some(&shown.run.origin) {
            self.of = Some(shown.run.origin.clone());
            self.options.name.clear();
            self.options.note.clear();
        }
        self.options.unit = shown.asked.unit;
    }

    /// Lets go of the picture and the run that it shows.
    fn end(&mut self) {
        (self.wanted, self.begun, self.drawing, self.texture) = (None, None, None, None);
        self.warnings.clear();
        self.problem = None;
    }

    /// Takes the page that was drawn.
    fn receive(&mut self, ctx: &egui::Context, state: &AppState) {
        let Some(drawing) = &self.drawing else { return };
        match drawing.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(Ok(Drawn { warnings, image })) => {
                self.warnings = warnings;
                self.texture = Some(ctx.load_texture("report", image, egui::TextureOptions::LINEAR));
            }
            Ok(Err(why)) => state.ask(Action::Complain("The report's preview", why)),
            Err(TryRecvError::Disconnected) => {}
        }
        self.drawing = None;
    }

    /// Redraws the page where something changed and typing has stopped, one at a time.
    fn draw(&mut self, ctx: &egui::Context, shown: &Arc<Shown>, dpi: f32) {
        let now = ctx.input(|input| input.time);
        let wanted = Wanted { shown: Arc::clone(shown), options: self.options.clone(), dpi };
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
            let page = page(&wanted.shown, &wanted.options);
            let (width, height, bytes) = page.to_pixels(dpi).map_err(|error| error.to_string())?;
            let size = [width as usize, height as usize];
            let said = page.warnings().iter().map(report::Warning::notice);
            Ok(Drawn {
                warnings: said.map(|notice| format!("{}. {}", notice.message, notice.advice)).collect(),
                image: ColorImage::from_rgba_premultiplied(size, &bytes),
            })
        }));
    }
}

/// The page of what is on show: the run, or its chosen stretch.
fn page(shown: &Shown, options: &Options) -> Page {
    let run = &shown.run;
    let part = shown.asked.range.map(|range| run.slice(range));
    Page::new(part.as_ref().map_or(&run.core, |part| &part.run), &shown.summary, options)
}

/// Asks where the page is to be saved: PDF, PNG or SVG by the name's ending.
pub fn save(dialog: &mut ReportDialog, outside: &mut Outside, ctx: &egui::Context, shown: &Arc<Shown>) {
    let make = maker(dialog, shown);
    outside.save(ctx, WHAT, shown.run.name(), ENDINGS, make);
}

/// Makes the file for an ending of its name, as the page is now.
fn maker(
    dialog: &mut ReportDialog,
    shown: &Arc<Shown>,
) -> impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static {
    dialog.begin(shown);
    dialog.problem = None;
    let (of, options) = (Arc::clone(shown), dialog.options.clone());
    move |ending| {
        let page = page(&of, &options);
        match ending {
            "svg" => Ok(page.to_svg().as_bytes().to_vec()),
            "png" => page.to_png(report::PNG_DPI).map_err(|error| error.to_string()),
            _ => page.to_pdf().map_err(|error| error.to_string()),
        }
    }
}

/// Opens the page in the desktop's viewer, from where it is printed.
pub fn print(dialog: &mut ReportDialog, outside: &mut Outside, ctx: &egui::Context, shown: &Arc<Shown>) {
    let make = maker(dialog, shown);
    outside.print(ctx, WHAT, shown.run.name(), ENDINGS, make);
}

/// Shows the dialog where it is open.
pub fn show(dialog: &mut ReportDialog, state: &AppState, ctx: &egui::Context) {
    let shown = match (&state.overlay, &state.screen.shown) {
        (Overlay::Report, Some(shown)) => shown,
        (Overlay::Report, None) => return state.lay(Overlay::None),
        _ => return dialog.end(),
    };
    dialog.receive(ctx, state);
    dialog.begin(shown);
    let [paper_width, paper_height] = dialog.options.paper.size_pt().map(|pt| pt as f32);
    let room = ctx.content_rect().size() - vec2(96.0, 170.0);
    let stacked = room.x < CHOICES + 200.0 || room.y < LOWEST;
    let choices_width = room.x.min(CHOICES);
    // The whole page, as large as there is room for it; below the choices it is as wide as they are.
    let beside = if stacked { choices_width } else { room.x - CHOICES - 40.0 };
    let height = (beside * paper_height / paper_width).min(if stacked { f32::INFINITY } else { room.y });
    let page = vec2(height * paper_width / paper_height, height);
    let modal = Modal::new(egui::Id::unique("report")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        let heading = ui.label(text("Report", theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, "Report");
        ui.add_space(theme::UNIT);
        if stacked {
            ScrollArea::vertical().max_height(ctx.content_rect().height() - 110.0).show(ui, |ui| {
                ui.set_width(choices_width);
                choices(dialog, state, ui, &colors, shown);
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
                    choices(dialog, state, ui, &colors, shown);
                });
            });
            ui.add_space(theme::UNIT);
            preview(dialog, ui, &colors, page);
        });
    });
    // Sharp on this screen, in steps, so that a window that is being resized does not draw for every point.
    let pixels = height * ctx.pixels_per_point();
    let dpi = ((pixels * 72.0 / paper_height / 12.0).ceil() * 12.0).clamp(48.0, report::PNG_DPI);
    dialog.draw(ctx, shown, dpi);
    if modal.should_close() {
        state.lay(Overlay::None);
    }
}

/// What a person chooses.
fn choices(dialog: &mut ReportDialog, state: &AppState, ui: &mut Ui, colors: &Colors, shown: &Shown) {
    // The focus begins where most begin to write.
    let first = dialog.wanted.is_none();
    let options = &mut dialog.options;
    let wide = ui.available_width() - 28.0;
    let label = |ui: &mut Ui, words: &str| {
        ui.label(text(words, theme::BODY, Weight::Medium, colors.muted));
        ui.end_row();
    };
    let font = theme::font(theme::BODY, Weight::Regular);
    Grid::new("report options").num_columns(1).spacing([8.0, 6.0]).show(ui, |ui| {
        label(ui, "Name or pseudonym:");
        let own = match shown.run.recording.is_named_after_file {
            true => "Leave empty for a page without a name",
            false => shown.run.name(),
        };
        let own = text(own, theme::BODY, Weight::Regular, colors.muted);
        let field = egui::TextEdit::singleline(&mut options.name).hint_text(own).desired_width(wide);
        let name = ui.add(field.margin(vec2(10.0, 6.0)).font(font.clone()));
        name.widget_info(|| WidgetInfo::labeled(Kind::TextInput, true, "Name or pseudonym"));
        if first {
            name.request_focus();
        }
        ui.end_row();
        label(ui, "Note:");
        let empty =
            text("Leave empty for a box to write in by hand", theme::BODY, Weight::Regular, colors.muted);
        let field = egui::TextEdit::multiline(&mut options.note).hint_text(empty).desired_rows(6);
        let note = ui.add(field.desired_width(wide).margin(vec2(10.0, 6.0)).font(font));
        note.widget_info(|| WidgetInfo::labeled(Kind::MultilineTextInput, true, "Note"));
        ui.end_row();
        label(ui, "Paper:");
        ui.horizontal(|ui| {
            for paper in Paper::ALL {
                ui.radio_value(&mut options.paper, paper, paper.to_string());
            }
        });
        ui.end_row();
        ui.checkbox(&mut options.route, "Draw the route without its first and last 200 m");
        ui.end_row();
    });
    if shown.asked.range.is_some() {
        let words = "The page is of the chosen stretch alone.";
        ui.label(text(words, theme::BODY, Weight::Regular, colors.ink));
    }
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
            state.ask(Command::SaveReport);
        }
        let open = ui.button("Open to print");
        if open
            .on_hover_text("Opens the page in this computer’s PDF viewer, from where you print it")
            .clicked()
        {
            state.ask(Command::PrintReport);
        }
        if ui.button("Close").on_hover_text(hint(ui, Command::Back)).clicked() {
            state.lay(Overlay::None);
        }
    });
}

fn preview(dialog: &ReportDialog, ui: &mut Ui, colors: &Colors, size: egui::Vec2) {
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
