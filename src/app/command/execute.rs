//! What each command does.

use std::sync::Arc;

use crate::{
    band::{Edges, TimeRange},
    recording::{Edits, History},
};

use crate::app::{
    App, Overlay,
    background::picture,
    command::Command,
    dialogs::report,
    state::{run::Shown, summary_text},
    storage::settings::Theme,
};

impl App {
    /// Does what was asked for.
    pub(in crate::app) fn execute(&mut self, command: Command, ctx: &egui::Context) {
        match command {
            Command::Open => self.choose_files(ctx),
            Command::OpenFolder => self.choose_folder(ctx),
            Command::Sample(k) => self.open_sample(k),
            Command::Close => self.close(),
            Command::NextRun => self.step(1),
            Command::PreviousRun => self.step(-1),
            Command::Search => self.search.focus = true,
            Command::Unit(unit) => self.settings.unit = unit,
            Command::Theme(theme) => {
                self.settings.theme = theme;
                self.apply_theme(ctx);
            }
            Command::Axis(axis) => {
                self.settings.axis = axis;
                self.view.zoom = None;
            }
            Command::Split(split) => self.settings.split = split,
            Command::Back => self.back(ctx),
            Command::ResetZoom => self.view.zoom = None,
            Command::ZoomIn => self.zoom_chart(0.5),
            Command::ZoomOut => self.zoom_chart(2.0),
            Command::ResetEdges => self.settings.edges = Edges::default(),
            Command::RaiseThreshold => self.set_threshold(self.settings.edges.upper_mps() + 0.1),
            Command::LowerThreshold => self.set_threshold(self.settings.edges.upper_mps() - 0.1),
            Command::Trim => self.cut(ctx, Edits::trimmed_to),
            Command::Ignore => self.cut(ctx, Edits::ignoring),
            Command::Undo => self.change_history(ctx, History::undo),
            Command::Redo => self.change_history(ctx, History::redo),
            Command::Uncut => self.change_history(ctx, |history| {
                history.change(Edits::default());
                true
            }),
            Command::Play => self.view.play(),
            Command::PlayFaster => self.view.play_faster(),
            Command::EndCompare => self.compared = None,
            Command::ReducedMotion => self.settings.reduced_motion = Some(!self.reduced_motion()),
            Command::Compare => self.overlay = Overlay::Compare(String::new(), 0),
            Command::Report => self.overlay = Overlay::Report,
            Command::SaveReport | Command::PrintReport | Command::SaveChart | Command::CopyChart => {
                if let Some(shown) = self.shown.clone() {
                    self.hand_out(command, &shown, ctx);
                }
            }
            Command::CopySummary => {
                if let Some(shown) = &self.shown {
                    ctx.copy_text(summary_text::of(shown));
                }
            }
            Command::Article => self.settings.article = !self.settings.article,
            Command::Sources => self.overlay = Overlay::Sources,
            Command::Present => self.present(!self.presenting, ctx),
            Command::Palette => {
                let open = matches!(self.overlay, Overlay::Palette(..));
                self.overlay = if open { Overlay::None } else { Overlay::Palette(String::new(), 0) };
            }
            Command::Help => {
                self.overlay = if self.overlay == Overlay::Help { Overlay::None } else { Overlay::Help };
            }
            Command::Larger => self.set_zoom(self.settings.zoom + 0.1, ctx),
            Command::Smaller => self.set_zoom(self.settings.zoom - 0.1, ctx),
            Command::NormalSize => self.set_zoom(1.0, ctx),
            Command::CancelLoading => self.loader.cancel(),
            Command::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Moves the band's upper edge, to hundredths; an impossible place is not taken.
    pub(in crate::app) fn set_threshold(&mut self, upper_mps: f64) {
        let rounded = (upper_mps * 100.0).round() / 100.0;
        if let Ok(edges) = self.settings.edges.with_upper(rounded) {
            self.settings.edges = edges;
        }
    }

    /// Moves the band's upper edge to where it was typed or dragged to: a pace is rarely round in m/s.
    pub(in crate::app) fn set_threshold_exactly(&mut self, upper_mps: f64) {
        if let Ok(edges) = self.settings.edges.with_upper(upper_mps) {
            self.settings.edges = edges;
        }
    }

    pub(in crate::app) fn apply_theme(&self, ctx: &egui::Context) {
        ctx.set_theme(match self.settings.theme {
            Theme::System => egui::ThemePreference::System,
            Theme::Light => egui::ThemePreference::Light,
            Theme::Dark => egui::ThemePreference::Dark,
        });
    }

    fn set_zoom(&mut self, zoom: f32, ctx: &egui::Context) {
        self.settings.zoom = ((zoom * 10.0).round() / 10.0).clamp(0.8, 2.5);
        ctx.set_zoom_factor(self.settings.zoom);
    }

    fn present(&mut self, presenting: bool, ctx: &egui::Context) {
        self.presenting = presenting;
        ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(presenting));
    }

    /// Escape: what is on top goes first.
    fn back(&mut self, ctx: &egui::Context) {
        if self.overlay != Overlay::None {
            self.overlay = Overlay::None;
        } else if self.view.dragged.take().is_some() {
        } else if self.view.range.is_some() {
            self.view.range = None;
        } else if self.view.zoom.is_some() {
            self.view.zoom = None;
        } else if self.presenting {
            self.present(false, ctx);
        } else if self.compared.take().is_some() {
        } else {
            self.view.keep(None);
        }
    }

    /// Cuts the chosen stretch from the run, which stays untouched beside the cuts.
    fn cut(&mut self, ctx: &egui::Context, how: fn(Edits, [f64; 2]) -> Edits) {
        let Some(range) = self.view.range else { return };
        let Some(entry) = self.selected.and_then(|index| self.entries.get_mut(index)) else { return };
        let stretch = [range.start_s + entry.run.moved_s, range.end_s + entry.run.moved_s];
        let edits = how(entry.history.edits().clone(), stretch);
        if edits.apply(&entry.whole.recording).is_none() {
            self.notices.failed(entry.run.name(), "would have nothing left; choose another stretch");
            return;
        }
        entry.history.change(edits);
        self.show_edits(ctx);
    }

    /// Saves, prints or copies; a dialog over the notices would hide what became of it.
    fn hand_out(&mut self, command: Command, shown: &Arc<Shown>, ctx: &egui::Context) {
        let (report, outside) = (&mut self.report, &mut self.outside);
        match command {
            Command::SaveReport => report::save(report, outside, ctx, shown),
            Command::PrintReport => report::print(report, outside, ctx, shown),
            Command::CopyChart => picture::copy(outside, ctx, shown),
            _ => picture::save(outside, ctx, shown),
        }
        self.overlay = Overlay::None;
    }

    fn change_history(&mut self, ctx: &egui::Context, change: fn(&mut History) -> bool) {
        let Some(entry) = self.selected.and_then(|index| self.entries.get_mut(index)) else { return };
        if change(&mut entry.history) {
            self.show_edits(ctx);
        }
    }

    /// Brings histories in line with the runs on show: the way to other cuts was cancelled, or failed.
    pub(in crate::app) fn keep_to_runs(&mut self, ctx: &egui::Context) {
        for entry in self.entries.iter_mut().filter(|entry| *entry.history.edits() != entry.run.edits) {
            entry.history.go_to(&entry.run.edits);
            if !entry.whole.is_sample() {
                self.cuts.keep(ctx, entry.whole.fingerprint, entry.history.edits().clone());
            }
        }
    }

    /// Brings the run on show in line with its cuts, and keeps them. A sample is whole at every start.
    fn show_edits(&mut self, ctx: &egui::Context) {
        let Some(entry) = self.selected.and_then(|index| self.entries.get_mut(index)) else { return };
        self.view = crate::app::state::view::View::default();
        entry.recalled = false;
        if !entry.run.is_sample() {
            self.cuts.keep(ctx, entry.whole.fingerprint, entry.history.edits().clone());
        }
        if entry.history.edits().is_empty() {
            let whole = Arc::clone(&entry.whole);
            entry.replace(whole);
        } else {
            self.loader.edit(Arc::clone(&entry.whole), entry.history.edits().clone());
        }
    }

    fn close(&mut self) {
        let Some(index) = self.selected else { return };
        let closed = self.entries.remove(index);
        self.worker.let_go(Arc::new(closed));
        self.selected = None;
        if self.entries.is_empty() {
            self.presenting = false;
        } else {
            self.select(index.min(self.entries.len() - 1));
        }
    }

    fn step(&mut self, by: isize) {
        let Some(index) = self.selected else { return };
        let last = self.entries.len().saturating_sub(1);
        self.select(index.saturating_add_signed(by).min(last));
    }

    /// Shows so many times as much of the run, about the cursor or the middle.
    pub(in crate::app) fn zoom_chart(&mut self, factor: f64) {
        let Some(shown) = &self.shown else { return };
        let whole = shown.speed.x_range;
        let now = self.view.zoom.unwrap_or(whole);
        let about = self
            .view
            .cursor_s()
            .map_or(f64::midpoint(now[0], now[1]), |time_s| {
                shown.speed.axis.x(&shown.run.motion.steps, time_s)
            })
            .clamp(now[0], now[1]);
        self.view.zoom = zoomed(now, whole, about, factor);
    }

    /// Speaks of a stretch of the run.
    pub(in crate::app) fn choose_range(&mut self, range: TimeRange) {
        // What is chosen again is left again.
        if self.view.range == Some(range) {
            self.view.range = None;
        } else {
            self.view.choose(range);
        }
    }
}

/// A range made `factor` times as wide about a place, within the whole; `None` where it is the whole.
pub(in crate::app) fn zoomed(now: [f64; 2], whole: [f64; 2], about: f64, factor: f64) -> Option<[f64; 2]> {
    let span = whole[1] - whole[0];
    // Less than 10 s or m at a time shows nothing more.
    let width = ((now[1] - now[0]) * factor).clamp(span.min(10.0), span);
    if width >= span * 0.999 {
        return None;
    }
    let part = (about - now[0]) / (now[1] - now[0]);
    let low = (about - part * width).clamp(whole[0], whole[1] - width);
    Some([low, low + width])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_that_were_cancelled_on_the_way_do_not_count() {
        let ctx = egui::Context::default();
        let mut app = App::new(&eframe::CreationContext::_new_kittest(ctx.clone()), Vec::new());
        app.open_sample(0);
        while app.entries.is_empty() || app.is_loading() {
            std::thread::sleep(std::time::Duration::from_millis(5));
            app.receive(&ctx);
        }
        let cut = Edits::default().ignoring([60.0, 120.0]);
        app.entries[0].history.change(cut.clone());
        app.show_edits(&ctx);
        app.receive(&ctx);
        app.loader.cancel();
        // What was read before the cancelling comes in all the same.
        while app.is_loading() {
            std::thread::sleep(std::time::Duration::from_millis(5));
            app.receive(&ctx);
        }
        assert_eq!(*app.entries[0].history.edits(), app.entries[0].run.edits);
        // And a way that nobody is on any more.
        let other = cut.ignoring([200.0, 300.0]);
        app.entries[0].history.change(other.clone());
        app.receive(&ctx);
        let entry = &mut app.entries[0];
        assert_eq!(*entry.history.edits(), entry.run.edits);
        assert!(entry.history.redo(), "it can be asked for again");
        assert_eq!(*entry.history.edits(), other);
    }
}
