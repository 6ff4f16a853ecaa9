//! The parts of the window, one file each, and where they stand.

pub mod article;
pub mod compare;
pub mod empty;
pub mod headline;
pub mod notices;
pub mod presenting;
pub mod remarks;
pub mod runs;
pub mod splits;
pub mod top_bar;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Panel, Role, ScrollArea, Ui, vec2};

use crate::app::{
    App,
    charts::{histogram, route, speed, what_if},
    command::Command,
    panels::{article, compare, empty, headline, notices, runs, splits, top_bar},
    state::run::Shown,
    ui::{
        access,
        theme::{self, Colors, Weight},
        widgets,
    },
};

impl App {
    /// Everything but what lies over the window.
    pub(in crate::app) fn panels(&mut self, ui: &mut Ui) {
        let colors = Colors::of(ui);
        let bar = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(theme::PADDING, 0));
        Panel::top("top bar").exact_size(theme::TOP_BAR).frame(bar).show(ui, |ui| {
            access::region(ui, Role::Banner, "Commands");
            top_bar::show(self, ui);
        });
        self.notices.show(ui);
        if let Some(progress) = self.loader.progress() {
            let bar = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(theme::PADDING, 8));
            if Panel::bottom("progress").frame(bar).show(ui, |ui| notices::progress(ui, &progress)).inner {
                self.ask(Command::CancelLoading);
            }
        }
        if !self.entries.is_empty() {
            let list = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(10, 12));
            Panel::left("runs")
                .exact_size(theme::LIST_WIDTH)
                .resizable(false)
                .frame(list)
                .show(ui, |ui| runs::show(self, ui));
        }
        let wide = ui.ctx().content_rect().width() >= theme::ARTICLE_FROM;
        if self.settings.article && wide {
            let frame = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(18, 0));
            Panel::right("article")
                .exact_size(theme::ARTICLE_WIDTH)
                .resizable(false)
                .frame(frame)
                .show(ui, |ui| article::show(self, ui));
        }
        let centre = CentralPanel::default().frame(Frame::new().fill(colors.ground));
        match self.shown.clone() {
            Some(shown) => {
                centre.show(ui, |ui| {
                    access::region(ui, Role::Main, "The run");
                    self.scrolled(ScrollArea::vertical().auto_shrink(false)).show(ui, |ui| {
                        Frame::new().inner_margin(Margin::symmetric(20, 16)).show(ui, |ui| {
                            ui.set_width(ui.available_width());
                            self.centre(ui, &shown, wide);
                        });
                        access::follow_focus(ui);
                    });
                });
            }
            None if self.entries.is_empty() => {
                centre.show(ui, |ui| {
                    access::region(ui, Role::Main, "Start");
                    empty::show(self, ui);
                });
            }
            None => {
                let words = if self.is_computing() { "Computing the numbers…" } else { "" };
                centre.show(ui, |ui| {
                    ui.centered_and_justified(|ui| {
                        ui.label(widgets::text(words, theme::BODY, Weight::Regular, colors.muted));
                    });
                });
            }
        }
    }

    /// Another run is looked at from the top, without remembering for every run where it was left.
    pub(in crate::app) fn scrolled(&self, area: ScrollArea) -> ScrollArea {
        let now = self.shown.as_ref().map(|shown| &shown.run.origin);
        if self.seen.as_ref() == now { area } else { area.vertical_scroll_offset(0.0) }
    }

    fn centre(&mut self, ui: &mut Ui, shown: &Arc<Shown>, wide: bool) {
        ui.spacing_mut().item_spacing.y = theme::GAP;
        headline::show(self, ui, shown);
        compare::show(self, ui, shown);
        speed::show(self, ui, shown);
        let width = ui.available_width();
        let (height, half) = (206.0, ((width - theme::GAP) / 2.0).floor());
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP;
            let down = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(vec2(half, height), down, |ui| route::show(self, ui, shown, height));
            let rest = vec2(width - theme::GAP - half, height);
            ui.allocate_ui_with_layout(rest, down, |ui| histogram::show(self, ui, shown, height));
        });
        splits::show(self, ui, shown);
        what_if::show(self, ui, shown);
        if self.settings.article && !wide {
            widgets::card(ui, |ui, _| article::words(self, ui));
        }
    }
}
