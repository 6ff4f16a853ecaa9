//! What leaves the window.

use std::sync::Arc;

use egui::Context;

use crate::app::{
    App,
    background::{
        outside::{Outcome, Outside},
        picture,
    },
    dialogs::report::{self, ReportDialog},
    state::{overlay::Overlay, path_field::PathField, shown::Shown},
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

    /// The report's dialog stays until the page has left.
    fn hand_out(&mut self, how: impl FnOnce(&mut ReportDialog, &mut Outside, &Arc<Shown>)) {
        let Some(shown) = self.state.screen.shown.clone() else { return };
        how(&mut self.report, &mut self.background.outside, &shown);
        if self.state.overlay != Overlay::Report {
            self.state.overlay = Overlay::None;
        }
    }

    /// Takes what has left the window since the last frame, or could not.
    pub(in crate::app) fn take_outgoing(&mut self, ctx: &Context) {
        for outcome in self.background.outside.receive(ctx, &mut self.state.notices) {
            let overlay = &mut self.state.overlay;
            match outcome {
                // A dialog over the notices would hide what became of it.
                Outcome::Done if matches!(overlay, Overlay::Report | Overlay::Path(_)) => {
                    *overlay = Overlay::None;
                }
                Outcome::Done => {}
                Outcome::AskForPath(field) => {
                    let from_report = *overlay == Overlay::Report;
                    *overlay = Overlay::Path(PathField { from_report, ..field });
                }
                Outcome::Failed(why) => match overlay {
                    Overlay::Path(field) => field.problem = Some(why),
                    Overlay::Report => self.report.problem = Some(why),
                    _ => {}
                },
            }
        }
    }
}
