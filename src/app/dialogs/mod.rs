//! What lies over the window: each takes it from the state whether it is open.

mod compare;
mod help;
mod keep_nothing;
mod palette;
mod path;
pub mod report;

use crate::app::state::AppState;

/// Shows the one that is open.
pub fn show(state: &AppState, report: &mut report::ReportDialog, ctx: &egui::Context) {
    palette::show(state, ctx);
    compare::show(state, ctx);
    help::show(state, ctx);
    keep_nothing::show(state, ctx);
    path::show(state, ctx);
    report::show(report, state, ctx);
}
