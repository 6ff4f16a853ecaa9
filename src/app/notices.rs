//! What has to be said about files, above the run and never over it; and how far reading is.

use egui::{Align, Frame, Layout, Margin, Panel, Role as Kind, Stroke, Ui, WidgetInfo, vec2};

use crate::units;

use super::{
    loader::Progress,
    theme::{self, Colors, Weight},
    widgets::text,
};

/// So many lines are shown; the others are counted.
const SHOWN: usize = 3;

/// What has not been dismissed yet.
#[derive(Debug, Default)]
pub struct Notices {
    lines: Vec<(String, String)>,
}

impl Notices {
    /// A file that could not be opened, and why, with what to do.
    pub fn failed(&mut self, name: &str, reason: &str) {
        self.lines.push((name.to_owned(), reason.to_owned()));
    }

    /// Something went well; an older such line makes room.
    pub fn said(&mut self, name: &str, words: &str) {
        self.lines.retain(|(of, _)| of != name);
        self.lines.push((name.to_owned(), words.to_owned()));
    }

    /// The strip below the top bar; nothing without notices.
    pub fn show(&mut self, ui: &mut Ui) {
        if self.lines.is_empty() {
            return;
        }
        let colors = Colors::of(ui);
        let frame = Frame::new().fill(colors.notice).inner_margin(Margin::symmetric(theme::PADDING, 8));
        Panel::top("notices").frame(frame).show(ui, |ui| {
            ui.spacing_mut().interact_size.y = 22.0;
            let mut dismissed = None;
            for (k, (name, reason)) in self.lines.iter().enumerate().take(SHOWN) {
                ui.horizontal(|ui| {
                    let words = format!("{name} {reason}");
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let close = ui.small_button("×").on_hover_text("Dismiss");
                        if close.accessible_name(format!("Dismiss notice on {name}")).clicked() {
                            dismissed = Some(k);
                        }
                        let copy = ui.small_button("Copy");
                        if copy.accessible_name(format!("Copy notice on {name}")).clicked() {
                            ui.ctx().copy_text(words.clone());
                        }
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            ui.label(text(
                                "▲",
                                theme::BODY,
                                Weight::SemiBold,
                                colors.role(crate::figure::Role::FasterText),
                            ));
                            let mut job = egui::text::LayoutJob::default();
                            for (part, weight) in [(name, Weight::SemiBold), (reason, Weight::Regular)] {
                                job.append(
                                    part,
                                    if job.text.is_empty() { 0.0 } else { 4.0 },
                                    egui::TextFormat::simple(theme::font(theme::BODY, weight), colors.ink),
                                );
                            }
                            let label = ui.add(egui::Label::new(job).truncate());
                            label.widget_info(|| WidgetInfo::labeled(Kind::Alert, true, words.clone()));
                            label.on_hover_text(words);
                        });
                    });
                });
            }
            if let Some(k) = dismissed {
                self.lines.remove(k);
            }
            if self.lines.len() > SHOWN {
                ui.horizontal(|ui| {
                    let words = format!("and {} more", self.lines.len() - SHOWN);
                    ui.label(text(words, theme::BODY, Weight::Regular, colors.ink));
                    if ui.small_button("Copy all").clicked() {
                        let all: Vec<_> = self.lines.iter().map(|(n, r)| format!("{n} {r}")).collect();
                        ui.ctx().copy_text(all.join("\n"));
                    }
                    if ui.small_button("Dismiss all").clicked() {
                        self.lines.clear();
                    }
                });
            }
        });
    }
}

/// How far reading is; returns whether it is to stop.
pub fn progress(ui: &mut Ui, progress: &Progress) -> bool {
    let colors = Colors::of(ui);
    ui.spacing_mut().interact_size.y = 22.0;
    ui.horizontal(|ui| {
        let part = progress.done as f32 / progress.total.max(1) as f32;
        let (rect, response) = ui.allocate_exact_size(vec2(180.0, 8.0), egui::Sense::hover());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::ProgressIndicator, true, "Reading files");
            info.value = Some(f64::from(part));
            info
        });
        ui.painter().rect(rect, 4.0, colors.ground, Stroke::new(1.0, colors.line), egui::StrokeKind::Inside);
        let mut done = rect;
        done.set_width(rect.width() * part);
        ui.painter().rect_filled(done, 4.0, colors.accent);
        let mut words =
            format!("Reading {} ({} of {})", progress.name, progress.done + 1, progress.total.max(1));
        if let Some(left_s) = progress.left_s.filter(|left_s| *left_s > 2.0) {
            words = format!("{words}, about {} left", units::duration_words(left_s));
        }
        ui.label(text(words, theme::BODY, Weight::Regular, colors.muted));
        ui.small_button("Cancel").clicked()
    })
    .inner
}
