//! The one-page report: what goes on it, how it will look, where it is saved.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, channel},
    },
    thread,
};

use egui::{ColorImage, Grid, Modal, Role as Kind, TextureHandle, Ui, WidgetInfo, vec2};

use crate::{
    report::{self, Options, Page, Paper},
    units::SpeedUnit,
};

use super::{
    App, Overlay,
    notices::Notices,
    run::Shown,
    slice,
    theme::{self, Colors, Weight},
    widgets::{as_heading, primary_button, sheet, text},
};

/// The preview's pixels to the inch; sharp at scale 1, quick to draw.
const PREVIEW_DPI: f32 = 72.0;

/// What is drawn or saved on a thread.
#[derive(Debug)]
enum Drawn {
    Preview(Box<Page>, ColorImage),
    Saved(PathBuf),
    Failed(String),
}

/// The dialog's state; it outlives the dialog, so that a note is not typed twice.
#[derive(Default)]
pub struct ReportDialog {
    options: Options,
    /// What the preview shows.
    drawn_for: Option<(usize, Options)>,
    texture: Option<TextureHandle>,
    warnings: Vec<String>,
    work: Option<Receiver<Drawn>>,
}

impl std::fmt::Debug for ReportDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportDialog").field("options", &self.options).finish_non_exhaustive()
    }
}

impl ReportDialog {
    /// Takes what the threads have done.
    pub fn receive(&mut self, ctx: &egui::Context, notices: &mut Notices) {
        let Some(work) = &self.work else { return };
        let drawn = match work.try_recv() {
            Ok(drawn) => drawn,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => {
                self.work = None;
                return;
            }
        };
        self.work = None;
        match drawn {
            Drawn::Preview(page, image) => {
                self.warnings = page
                    .warnings()
                    .iter()
                    .map(|warning| {
                        let notice = warning.notice();
                        format!("{}. {}", notice.message, notice.advice)
                    })
                    .collect();
                self.texture = Some(ctx.load_texture("report", image, egui::TextureOptions::LINEAR));
            }
            Drawn::Saved(path) => notices.said("Report", &format!("was saved as {}", path.display())),
            Drawn::Failed(why) => notices.failed("Report", &why),
        }
    }

    /// Draws the page anew where something changed, one at a time.
    fn draw(&mut self, ctx: &egui::Context, shown: &Arc<Shown>) {
        let of = (Arc::as_ptr(shown) as usize, self.options.clone());
        if self.work.is_some() || self.drawn_for.as_ref() == Some(&of) {
            return;
        }
        self.drawn_for = Some(of);
        self.on_thread(ctx, shown, move |page| match page.to_pixels(PREVIEW_DPI) {
            Ok((width, height, bytes)) => {
                let size = [width as usize, height as usize];
                let image = ColorImage::from_rgba_premultiplied(size, &bytes);
                Drawn::Preview(Box::new(page), image)
            }
            Err(error) => Drawn::Failed(error.to_string()),
        });
    }

    /// Asks where to, and saves there in the format of the name's ending.
    fn save(&mut self, ctx: &egui::Context, shown: &Arc<Shown>) {
        let name = format!("{}.pdf", shown.run.name().replace(['/', '\\', ':'], "-"));
        self.on_thread(ctx, shown, move |page| {
            let chosen = rfd::FileDialog::new()
                .set_title("Save the report")
                .set_file_name(name)
                .add_filter("PDF", &["pdf"])
                .add_filter("Picture", &["png", "svg"])
                .save_file();
            let Some(path) = chosen else { return None };
            let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase());
            let bytes = match ending.as_deref() {
                Some("svg") => Ok(page.to_svg().as_bytes().to_vec()),
                Some("png") => page.to_png(report::PNG_DPI),
                _ => page.to_pdf(),
            };
            Some(match bytes.map(|bytes| std::fs::write(&path, bytes)) {
                Ok(Ok(())) => Drawn::Saved(path),
                Ok(Err(error)) => Drawn::Failed(format!(
                    "could not be saved as {} ({error}); choose another folder",
                    path.display()
                )),
                Err(error) => Drawn::Failed(error.to_string()),
            })
        });
    }

    fn on_thread<R: Into<Option<Drawn>>>(
        &mut self,
        ctx: &egui::Context,
        shown: &Arc<Shown>,
        work: impl FnOnce(Page) -> R + Send + 'static,
    ) {
        let (sender, receiver) = channel();
        self.work = Some(receiver);
        let (ctx, shown, options) = (ctx.clone(), Arc::clone(shown), self.options.clone());
        thread::spawn(move || {
            let cut =
                shown.asked.range.map(|range| slice::cut(&shown.run.recording, &shown.run.motion, range));
            let (recording, motion) = cut
                .as_ref()
                .map_or((&shown.run.recording, &shown.run.motion), |cut| (&cut.recording, &cut.motion));
            let page = Page::new(recording, motion, &shown.summary, &options);
            if let Some(drawn) = work(page).into() {
                // The window may be gone by then.
                let _ = sender.send(drawn);
            }
            ctx.request_repaint();
        });
    }
}

/// Shows the dialog where it is open.
pub fn show(app: &mut App, ctx: &egui::Context) {
    if app.overlay != Overlay::Report {
        return;
    }
    let Some(shown) = app.shown.clone() else {
        app.overlay = Overlay::None;
        return;
    };
    app.report.options.unit = match app.settings.unit {
        SpeedUnit::MetresPerSecond => SpeedUnit::MinutesPerKilometre,
        unit => unit,
    };
    let mut close = false;
    let modal = Modal::new(egui::Id::unique("report")).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        let room = ctx.content_rect().size() - vec2(96.0, 120.0);
        ui.set_width(room.x.min(900.0));
        let heading = ui.label(text("Report", theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, "Report");
        ui.add_space(8.0);
        ui.horizontal_top(|ui| {
            ui.allocate_ui(vec2(320.0, room.y - 60.0), |ui| {
                ui.vertical(|ui| close = choices(app, ui, &colors, &shown));
            });
            ui.add_space(16.0);
            preview(&app.report, ui, &colors, room.y - 60.0);
        });
    });
    app.report.draw(ctx, &shown);
    if close || modal.should_close() {
        app.overlay = Overlay::None;
    }
}

/// What a person chooses; returns whether the dialog is to close.
fn choices(app: &mut App, ui: &mut Ui, colors: &Colors, shown: &Arc<Shown>) -> bool {
    let dialog = &mut app.report;
    let label = |ui: &mut Ui, words: &str| {
        ui.label(text(words, theme::BODY, Weight::Medium, colors.muted));
    };
    Grid::new("report options").num_columns(1).spacing([8.0, 6.0]).show(ui, |ui| {
        label(ui, "Name or pseudonym (empty: the run's own name)");
        ui.end_row();
        let name = ui.add(egui::TextEdit::singleline(&mut dialog.options.name).desired_width(300.0));
        name.widget_info(|| WidgetInfo::labeled(Kind::TextInput, true, "Name or pseudonym"));
        ui.end_row();
        label(ui, "Note (empty: a box to write in)");
        ui.end_row();
        let note = egui::TextEdit::multiline(&mut dialog.options.note).desired_rows(5).desired_width(300.0);
        ui.add(note).widget_info(|| WidgetInfo::labeled(Kind::MultilineTextInput, true, "Note"));
        ui.end_row();
        ui.horizontal(|ui| {
            for paper in Paper::ALL {
                ui.radio_value(&mut dialog.options.paper, paper, paper.to_string());
            }
        });
        ui.end_row();
        ui.checkbox(&mut dialog.options.route, "Draw the route without its first and last 200 m");
        ui.end_row();
    });
    for warning in &dialog.warnings {
        ui.label(text(warning, theme::BODY, Weight::Regular, colors.ink));
    }
    ui.add_space(12.0);
    let mut close = false;
    ui.horizontal(|ui| {
        if primary_button(ui, "Save…").on_hover_text("As PDF, PNG or SVG").clicked() {
            let ctx = ui.ctx().clone();
            dialog.save(&ctx, shown);
            close = true;
        }
        close |= ui.button("Close").clicked();
    });
    close
}

fn preview(dialog: &ReportDialog, ui: &mut Ui, colors: &Colors, height: f32) {
    let Some(texture) = &dialog.texture else {
        ui.label(text("Drawing the page…", theme::BODY, Weight::Regular, colors.muted));
        return;
    };
    let size = texture.size_vec2();
    let scale = (height / size.y).min(ui.available_width() / size.x);
    let response = ui.add(egui::Image::new(texture).fit_to_exact_size(size * scale));
    response.widget_info(|| WidgetInfo::labeled(Kind::Image, true, "The page as it will be printed"));
    ui.painter().rect_stroke(
        response.rect,
        0.0,
        egui::Stroke::new(1.0, colors.line),
        egui::StrokeKind::Outside,
    );
}
