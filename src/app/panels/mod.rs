//! The parts of the window, one file each, and where they stand. They read the state, and ask.

pub mod article;
pub mod compare;
pub mod drop_hint;
mod empty;
pub mod headline;
mod named;
mod notices;
mod people;
mod person;
pub mod presenting;
pub mod recent;
mod remarks;
pub mod runs;
mod splits;
pub mod top_bar;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Margin, Panel, Role, ScrollArea, Ui, vec2};

use crate::app::{
    charts::{histogram, large_route, route, speed, what_if},
    state::{AppState, person::PersonPage, shown::Shown},
    ui::{
        access,
        theme::{self, Colors, Weight},
        widgets,
    },
};

/// The charts were drawn for a window so high, points.
const USUAL_HEIGHT: f32 = 900.0;

/// Everything but what lies over the window.
pub fn show(state: &AppState, ui: &mut Ui) {
    let colors = Colors::of(ui);
    let bar = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(theme::PADDING, 0));
    Panel::top("top bar").exact_size(theme::TOP_BAR).frame(bar).show(ui, |ui| {
        access::region(ui, Role::Banner, "Commands");
        top_bar::show(state, ui);
    });
    notices::show(state, ui);
    if let Some(importing) = state.library.importing {
        let bar = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(theme::PADDING, 8));
        Panel::bottom("import").frame(bar).show(ui, |ui| notices::importing(state, ui, importing));
    }
    if !state.library.found.is_empty() {
        let bar = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(theme::PADDING, 8));
        Panel::bottom("found").frame(bar).show(ui, |ui| notices::found(state, ui));
    }
    if let Some(progress) = &state.work.reading {
        let bar = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(theme::PADDING, 8));
        Panel::bottom("progress").frame(bar).show(ui, |ui| notices::progress(state, ui, progress));
    }
    let content = ui.ctx().content_rect();
    let one_column = content.width() < theme::LIST_FROM;
    if (!state.runs.entries.is_empty() || state.library.on || state.library.locked) && !one_column {
        let list = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(10, 12));
        Panel::left("runs")
            .exact_size(theme::LIST_WIDTH)
            .resizable(false)
            .frame(list)
            .show(ui, |ui| runs::show(state, ui));
    }
    let wide = content.width() >= theme::ARTICLE_FROM;
    if state.settings.article && wide {
        let frame = Frame::new().fill(colors.card).inner_margin(Margin::symmetric(18, 0));
        Panel::right("article").exact_size(theme::ARTICLE_WIDTH).resizable(false).frame(frame).show(
            ui,
            |ui| match page_of(state) {
                Some(page) => person::dose::show(state, ui, page),
                None => article::show(state, ui),
            },
        );
    }
    CentralPanel::default().frame(Frame::new().fill(colors.ground)).show(ui, |ui| {
        let margin = if one_column { Margin::same(10) } else { Margin::symmetric(20, 16) };
        match &state.screen.shown {
            _ if state.person_on_show().is_some() => {
                access::region(ui, Role::Main, "The person");
                let Some(page) = page_of(state) else { return };
                let area = ScrollArea::vertical().id_salt(("person", page.person.id)).auto_shrink(false);
                area.show(ui, |ui| {
                    Frame::new().inner_margin(margin).show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        let beside = state.settings.article && wide;
                        person::show(state, ui, page, beside, spare_height(ui), |ui| {
                            if one_column {
                                runs::show_in_page(state, ui);
                            }
                        });
                    });
                    access::follow_focus(ui);
                });
            }
            Some(shown) if state.large_route && state.has_route() => {
                access::region(ui, Role::Main, "The run");
                Frame::new().inner_margin(margin).show(ui, |ui| large_route::show(state, ui, shown));
            }
            Some(shown) => {
                access::region(ui, Role::Main, "The run");
                state.screen.scrolled(ScrollArea::vertical().auto_shrink(false)).show(ui, |ui| {
                    Frame::new().inner_margin(margin).show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        centre(state, ui, shown, wide, one_column);
                    });
                    access::follow_focus(ui);
                });
            }
            None if state.runs.selected.is_none() && !state.work.computing => {
                access::region(ui, Role::Main, "Start");
                empty::show(state, ui);
            }
            None => {
                let words = if state.work.computing { "Computing the numbers…" } else { "" };
                ui.centered_and_justified(|ui| {
                    ui.label(widgets::text(words, theme::BODY, Weight::Regular, colors.muted));
                });
            }
        }
    });
}

/// The page of the person who is on show, once it was read.
fn page_of(state: &AppState) -> Option<&PersonPage> {
    let who = state.person_on_show()?;
    state.library.page.as_deref().filter(|page| page.person.id == who)
}

/// A higher window has higher charts.
fn spare_height(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().height() - USUAL_HEIGHT).clamp(0.0, USUAL_HEIGHT)
}

fn centre(state: &AppState, ui: &mut Ui, shown: &Shown, wide: bool, one_column: bool) {
    ui.spacing_mut().item_spacing.y = theme::GAP;
    headline::show(state, ui, shown);
    if one_column {
        runs::show_in_page(state, ui);
    }
    compare::show(state, ui, shown);
    let spare = spare_height(ui);
    speed::show(state, ui, shown, 218.0 + 0.4 * spare);
    let width = ui.available_width();
    let (height, half) = (206.0 + 0.35 * spare, ((width - theme::GAP) / 2.0).floor());
    if !shown.run.recording.fixes.has_positions() {
        // Without a route, the histogram has the whole width.
        histogram::show(state, ui, shown, height);
    } else if one_column {
        route::show(state, ui, shown, height);
        histogram::show(state, ui, shown, height);
    } else {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme::GAP;
            let down = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(vec2(half, height), down, |ui| route::show(state, ui, shown, height));
            let rest = vec2(width - theme::GAP - half, height);
            ui.allocate_ui_with_layout(rest, down, |ui| histogram::show(state, ui, shown, height));
        });
    }
    let above = ui.min_rect().bottom();
    splits::show(state, ui, shown);
    let high = ui.min_rect().bottom() - above;
    what_if::show(state, ui, shown);
    if state.settings.article && !wide {
        widgets::card(ui, |ui, _| article::words(state, ui));
    }
    // A table of fewer rows must not make the page shorter: what is under the pointer would move away.
    let (key, of) = (egui::Id::unique("highest table"), Arc::as_ptr(&shown.run) as usize);
    let (run, most) = ui.data(|data| data.get_temp::<(usize, f32)>(key)).unwrap_or((of, high));
    let most = if run == of { most.max(high) } else { high };
    ui.data_mut(|data| data.insert_temp(key, (of, most)));
    if most > high {
        ui.add_space(most - high);
    }
}
