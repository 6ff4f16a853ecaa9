//! The cursor that runs through the run: the window draws by itself only while it does.

use std::time::Duration;

use crate::app::App;

/// The least time between two steps with reduced motion, s.
const STEP_S: f64 = 1.0;
/// After a longer pause between frames the cursor goes on from where it was, s.
const STALL_S: f64 = 0.25;

/// Moves the cursor on by the time that went by since it was last moved.
pub fn advance(app: &mut App, ctx: &egui::Context) {
    let every_s = if app.state.reduced_motion() { STEP_S } else { 0.0 };
    let state = &mut app.state;
    let Some(shown) = state.screen.shown.as_ref().filter(|_| state.view.playing().is_some()) else {
        state.view.moved_at_s = None;
        return;
    };
    app.background.desktop_motion.ask();
    let now_s = ctx.input(|input| input.time);
    let passed_s = now_s - *state.view.moved_at_s.get_or_insert(now_s);
    if passed_s >= every_s {
        state.view.run_on(passed_s.min(every_s + STALL_S), shown.run.motion.steps.elapsed_s());
        state.view.moved_at_s = Some(now_s);
    }
    ctx.request_repaint_after(Duration::from_secs_f64(every_s));
}
