//! What leaves the window: pages, pictures, tables and tracks.

use std::sync::Arc;

use egui::Context;

use crate::app::{
    App,
    background::{
        outside::{FollowUp, Outside},
        picture, tables,
    },
    dialogs::{
        period,
        report::{self, ReportDialog},
    },
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

    /// Saves the page over some weeks as a file.
    pub(super) fn save_period(&mut self, ctx: &Context) {
        period::save(&mut self.period, &mut self.background.outside, ctx);
    }

    /// Hands it to the desktop's viewer.
    pub(super) fn print_period(&mut self, ctx: &Context) {
        period::print(&mut self.period, &mut self.background.outside, ctx);
    }

    /// Saves the speed chart as a file.
    pub(super) fn save_chart(&mut self, ctx: &Context) {
        self.hand_out(|_, outside, shown| picture::save(outside, ctx, shown));
    }

    /// Copies the speed chart.
    pub(super) fn copy_chart(&mut self, ctx: &Context) {
        self.hand_out(|_, outside, shown| picture::copy(outside, ctx, shown));
    }

    /// Saves the numbers of all open runs: a row each.
    pub(super) fn save_numbers(&mut self, ctx: &Context) {
        let runs = self.state.runs.entries.iter().map(|entry| Arc::clone(&entry.run)).collect();
        tables::save_numbers(&mut self.background.outside, ctx, runs, self.state.settings.edges());
    }

    /// Saves every segment of the run on show, or of its chosen stretch.
    pub(super) fn save_segments(&mut self, ctx: &Context) {
        self.hand_out(|_, outside, shown| tables::save_segments(outside, ctx, shown));
    }

    /// Saves the track of the run on show, or of its chosen stretch, without so much of both ends.
    pub(super) fn save_track(&mut self, ctx: &Context, hidden_m: f64) {
        self.hand_out(|_, outside, shown| tables::save_track(outside, ctx, shown, hidden_m));
    }

    /// Shows the folder of a run's file in the desktop's file manager.
    pub(super) fn show_file(&mut self, index: usize, ctx: &Context) {
        if let Some(path) = self.state.runs.entries.get(index).and_then(|entry| entry.run.file()) {
            self.background.outside.show_folder(ctx, path);
        }
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
        for follow_up in self.background.outside.receive(ctx, &mut self.state.notices) {
            let overlay = &mut self.state.overlay;
            match follow_up {
                // A dialog over the notices would hide what became of it.
                FollowUp::Done if matches!(overlay, Overlay::Report | Overlay::Period | Overlay::Path(_)) => {
                    *overlay = Overlay::None;
                }
                FollowUp::Done => {}
                FollowUp::AskForPath(field) => {
                    let (from_report, from_period) =
                        (*overlay == Overlay::Report, *overlay == Overlay::Period);
                    *overlay = Overlay::Path(PathField { from_report, from_period, ..field });
                }
                FollowUp::Failed(why) => match overlay {
                    Overlay::Path(field) => field.problem = Some(why),
                    Overlay::Report => self.report.problem = Some(why),
                    Overlay::Period => self.period.problem = Some(why),
                    _ => {}
                },
            }
        }
    }
}
