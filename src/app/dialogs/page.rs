//! What the two dialogs of a page have in common: choices beside the page as it will look, which is drawn out of the
//! window's sight.

use std::{
    sync::mpsc::{Receiver, TryRecvError},
    time::Duration,
};

use egui::{ColorImage, Modal, Role as Kind, ScrollArea, TextureHandle, Ui, Vec2, WidgetInfo, vec2};

use crate::{
    app::{
        background::outside::on_thread,
        command::{Action, Command},
        panels::top_bar::hint,
        state::{AppState, overlay::Overlay},
        ui::{
            access,
            theme::{self, Colors, Weight},
            widgets::{as_heading, primary_button, sheet, text},
        },
    },
    figure::Role,
    render::report::{self, Page, Paper},
};

/// What a person calls it.
pub(super) const WHAT: &str = "The report";
/// As which files it can be saved.
pub(super) const ENDINGS: &[&str] = &["pdf", "png", "svg"];
/// The preview is drawn when nothing was typed for so long, s.
const STILL_S: f64 = 0.15;
/// Width of the choices, points.
const CHOICES: f32 = 320.0;
/// In less height the choices and the page stand below each other, and scroll.
const LOWEST: f32 = 400.0;

/// Of what a page is made.
pub(super) trait MakesPage: Clone + PartialEq + Send + 'static {
    /// The page.
    fn page(&self) -> Page;

    /// The file for an ending of its name.
    fn file(&self, ending: &str) -> Result<Vec<u8>, String> {
        let page = self.page();
        match ending {
            "svg" => Ok(page.to_svg().as_bytes().to_vec()),
            "png" => page.to_png(report::PNG_DPI).map_err(|error| error.to_string()),
            _ => page.to_pdf().map_err(|error| error.to_string()),
        }
    }
}

/// A page as it will look, and what did not fit on it.
#[derive(Debug)]
struct Drawn {
    warnings: Vec<String>,
    image: ColorImage,
}

/// The preview: what it is made of, and the picture of it.
pub(super) struct Preview<W> {
    /// What is wanted, at how many dots per inch, and since when.
    wanted: Option<(W, f32, f64)>,
    /// What is being drawn or was drawn last.
    begun: Option<(W, f32)>,
    drawing: Option<Receiver<Result<Drawn, String>>>,
    texture: Option<TextureHandle>,
    warnings: Vec<String>,
}

impl<W> Default for Preview<W> {
    fn default() -> Self {
        Self { wanted: None, begun: None, drawing: None, texture: None, warnings: Vec::new() }
    }
}

impl<W: MakesPage> Preview<W> {
    /// Whether nothing was asked of it since it was opened.
    pub(super) fn is_new(&self) -> bool {
        self.wanted.is_none() && self.drawing.is_none()
    }

    /// Takes the page that was drawn.
    pub(super) fn receive(&mut self, ctx: &egui::Context, state: &AppState) {
        let Some(drawing) = &self.drawing else { return };
        match drawing.try_recv() {
            Err(TryRecvError::Empty) => return,
            Ok(Ok(Drawn { warnings, image })) => {
                self.warnings = warnings;
                self.texture = Some(ctx.load_texture("page", image, egui::TextureOptions::LINEAR));
            }
            Ok(Err(why)) => state.ask(Action::Complain("The report's preview", why)),
            Err(TryRecvError::Disconnected) => {}
        }
        self.drawing = None;
    }

    /// Redraws the page where something changed and typing has stopped, one at a time.
    pub(super) fn draw(&mut self, ctx: &egui::Context, wanted: &W, dpi: f32) {
        let now = ctx.input(|input| input.time);
        let since = match &self.wanted {
            Some((before, at, since)) if before == wanted && *at == dpi => *since,
            _ => now,
        };
        self.wanted = Some((wanted.clone(), dpi, since));
        let is_begun = self.begun.as_ref().is_some_and(|(begun, at)| begun == wanted && *at == dpi);
        if self.drawing.is_some() || is_begun {
            return;
        }
        let wait_s = if self.begun.is_none() { 0.0 } else { since + STILL_S - now };
        if wait_s > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(wait_s));
            return;
        }
        self.begun = Some((wanted.clone(), dpi));
        let wanted = wanted.clone();
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

    /// What did not fit on the page, and why it was not saved.
    pub(super) fn warnings(&self, ui: &mut Ui, colors: &Colors, problem: Option<&String>) {
        for warning in self.warnings.iter().chain(problem) {
            let color = colors.role(Role::FasterText);
            let words = format!("▲ {warning}");
            let label = ui.add(egui::Label::new(text(&words, theme::BODY, Weight::Regular, color)).wrap());
            label.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, warning));
        }
    }

    /// The picture.
    pub(super) fn show(&self, ui: &mut Ui, colors: &Colors, size: Vec2) {
        let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
        let words =
            if self.texture.is_some() { "The page as it will be printed" } else { "Drawing the page…" };
        response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, words));
        match &self.texture {
            Some(texture) => egui::Image::new(texture).paint_at(ui, rect),
            None => {
                let font = theme::font(theme::BODY, Weight::Regular);
                ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, font, colors.muted);
            }
        }
        let border = egui::Stroke::new(1.0, colors.line);
        ui.painter().rect_stroke(rect, 0.0, border, egui::StrokeKind::Outside);
    }
}

/// A dialog that has choices and a preview.
pub(super) trait PageDialog {
    /// What the page is made of.
    type Of: MakesPage;
    /// Its heading.
    const TITLE: &'static str;

    /// The paper that is chosen.
    fn paper(&self) -> Paper;
    /// The page as it will look.
    fn preview(&self) -> &Preview<Self::Of>;
    /// What a person chooses.
    fn choices(&mut self, state: &AppState, ui: &mut Ui, colors: &Colors);
}

/// Lays the dialog over the window. Returns at how many dots per inch the page is sharp there, and whether the dialog
/// should close.
pub(super) fn show<D: PageDialog>(dialog: &mut D, state: &AppState, ctx: &egui::Context) -> (f32, bool) {
    let [paper_width, paper_height] = dialog.paper().size_pt().map(|pt| pt as f32);
    let room = ctx.content_rect().size() - vec2(96.0, 170.0);
    let stacked = room.x < CHOICES + 200.0 || room.y < LOWEST;
    let choices_width = room.x.min(CHOICES);
    // The whole page, as large as there is room for it; below the choices it is as wide as they are.
    let beside = if stacked { choices_width } else { room.x - CHOICES - 40.0 };
    let height = (beside * paper_height / paper_width).min(if stacked { f32::INFINITY } else { room.y });
    let page = vec2(height * paper_width / paper_height, height);
    let modal = Modal::new(egui::Id::unique(D::TITLE)).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        let heading = ui.label(text(D::TITLE, theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, D::TITLE);
        ui.add_space(theme::UNIT);
        if stacked {
            ScrollArea::vertical().max_height(ctx.content_rect().height() - 110.0).show(ui, |ui| {
                ui.set_width(choices_width);
                dialog.choices(state, ui, &colors);
                ui.add_space(theme::UNIT);
                dialog.preview().show(ui, &colors, page);
                access::follow_focus(ui);
            });
            return;
        }
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(CHOICES, height), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(CHOICES);
                    dialog.choices(state, ui, &colors);
                });
            });
            ui.add_space(theme::UNIT);
            dialog.preview().show(ui, &colors, page);
        });
    });
    // Sharp on this screen, in steps, so that a window that is being resized does not draw for every point.
    let pixels = height * ctx.pixels_per_point();
    let dpi = ((pixels * 72.0 / paper_height / 12.0).ceil() * 12.0).clamp(48.0, report::PNG_DPI);
    (dpi, modal.should_close())
}

/// The words above a choice.
pub(super) fn label(ui: &mut Ui, words: &str) {
    ui.label(text(words, theme::BODY, Weight::Medium, Colors::of(ui).muted));
    ui.end_row();
}

/// A line to type a name into; `own` stands on the page where it is left empty.
pub(super) fn name_field(
    ui: &mut Ui,
    colors: &Colors,
    name: &mut String,
    own: &str,
    wide: f32,
) -> egui::Response {
    label(ui, "Name or pseudonym:");
    let own = text(own, theme::BODY, Weight::Regular, colors.muted);
    let field = egui::TextEdit::singleline(name).hint_text(own).desired_width(wide);
    let font = theme::font(theme::BODY, Weight::Regular);
    let field = ui.add(field.margin(vec2(10.0, 6.0)).font(font));
    field.widget_info(|| WidgetInfo::labeled(Kind::TextInput, true, "Name or pseudonym"));
    ui.end_row();
    field
}

/// Lines to type a note into.
pub(super) fn note_field(ui: &mut Ui, colors: &Colors, note: &mut String, wide: f32) -> egui::Response {
    label(ui, "Note:");
    let empty = text("Leave empty for a box to write in by hand", theme::BODY, Weight::Regular, colors.muted);
    let field = egui::TextEdit::multiline(note).hint_text(empty).desired_rows(6);
    let font = theme::font(theme::BODY, Weight::Regular);
    let field = ui.add(field.desired_width(wide).margin(vec2(10.0, 6.0)).font(font));
    field.widget_info(|| WidgetInfo::labeled(Kind::MultilineTextInput, true, "Note"));
    ui.end_row();
    field
}

/// Chooses the paper.
pub(super) fn paper_choice(ui: &mut Ui, paper: &mut Paper) {
    label(ui, "Paper:");
    ui.horizontal(|ui| {
        for one in Paper::ALL {
            ui.radio_value(paper, one, one.to_string());
        }
    });
    ui.end_row();
}

/// Saves the page, opens it to be printed, or leaves it.
pub(super) fn buttons(state: &AppState, ui: &mut Ui, save: Command, print: Command) {
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if primary_button(ui, "Save…").on_hover_text("As PDF, PNG or SVG, by the name's ending").clicked() {
            state.ask(save);
        }
        let open = ui.button("Open to print");
        if open.on_hover_text("Opens the page in this computer’s PDF viewer; print it from there").clicked()
        {
            state.ask(print);
        }
        if ui.button("Close").on_hover_text(hint(ui, Command::Back)).clicked() {
            state.lay(Overlay::None);
        }
    });
}
