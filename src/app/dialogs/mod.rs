//! Dialogs and sheets over the window; the state says which one is open.

mod compare;
mod form;
mod help;
mod keep_nothing;
mod page;
mod palette;
mod path;
pub mod period;
mod pick;
pub mod report;
mod told;

use crate::app::state::AppState;

/// Shows the one that is open.
pub fn show(
    state: &AppState,
    report: &mut report::ReportDialog,
    period: &mut period::PeriodDialog,
    ctx: &egui::Context,
) {
    palette::show(state, ctx);
    compare::show(state, ctx);
    help::show(state, ctx);
    keep_nothing::show(state, ctx);
    path::show(state, ctx);
    form::show(state, ctx);
    pick::show(state, ctx);
    told::show(state, ctx);
    report::show(report, state, ctx);
    period::show(period, state, ctx);
}
