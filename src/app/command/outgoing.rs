//! What leaves the window.

use std::sync::Arc;

use egui::Context;

use crate::app::{
    App,
    background::{outside::Outside, picture},
    dialogs::report::{self, ReportDialog},
    state::{overlay::Overlay, shown::Shown},
};

impl App {
    /// Saves the report as a file.
    pub(super) fn save_report(&mut self, ctx: &Context) {
        self.hand_out(|report, outside, shown| report::save(report, outside, ctx, shown));
    }

    /// Hands the report to the desktop's viewer.
    pub(super) fn print_report(&mut self, ctx: &Context) {
        self.hand_out(|report, outside, shown| report::print(report, outside, ctx, shown));
    }

    /// Saves the speed chart as a file.
    pub(super) fn save_chart(&mut self, ctx: &Context) {
        self.hand_out(|_, outside, shown| picture::save(outside, ctx, shown));
    }

    /// Copies the speed chart.
    pub(super) fn copy_chart(&mut self, ctx: &Context) {
        self.hand_out(|_, outside, shown| picture::copy(outside, ctx, shown));
    }

    /// A dialog over the notices would hide what became of it.
    fn hand_out(&mut self, how: impl FnOnce(&mut ReportDialog, &mut Outside, &Arc<Shown>)) {
        let Some(shown) = self.state.screen.shown.clone() else { return };
        how(&mut self.report, &mut self.background.outside, &shown);
        self.state.overlay = Overlay::None;
    }
}
