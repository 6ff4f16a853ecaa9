//! The cursor that runs through the run: the window draws by itself only while it does.

use std::{
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use crate::app::{App, background::desktop};

/// The least time between two steps with reduced motion, s.
const STEP_S: f64 = 1.0;
/// After a longer pause between frames the cursor goes on from where it was, s.
const STALL_S: f64 = 0.25;

/// Whether the desktop's user wants little motion: asked when the cursor first runs, because nothing else moves.
#[derive(Debug, Default)]
pub struct DesktopMotion {
    answer: Option<Receiver<Option<bool>>>,
    reduced: bool,
}

impl DesktopMotion {
    fn ask(&mut self) {
        if self.answer.is_none() {
            let (sender, receiver) = channel();
            self.answer = Some(receiver);
            thread::spawn(move || {
                // The window may be gone by then.
                let _ = sender.send(desktop::reduced_motion());
            });
        }
    }

    fn reduced(&mut self) -> bool {
        if let Some(Ok(Some(reduced))) = self.answer.as_ref().map(Receiver::try_recv) {
            self.reduced = reduced;
        }
        self.reduced
    }
}

impl App {
    /// Whether the cursor is to run in steps.
    pub(in crate::app) fn reduced_motion(&mut self) -> bool {
        let desktop = self.desktop_motion.reduced();
        self.settings.reduced_motion.unwrap_or(desktop)
    }
}

/// Moves the cursor on by the time that went by since it was last moved.
pub fn advance(app: &mut App, ctx: &egui::Context) {
    if app.view.playing().is_none() || app.shown.is_none() {
        app.view.moved_at_s = None;
        return;
    }
    app.desktop_motion.ask();
    let every_s = if app.reduced_motion() { STEP_S } else { 0.0 };
    let Some(shown) = &app.shown else { return };
    let now_s = ctx.input(|input| input.time);
    let passed_s = now_s - *app.view.moved_at_s.get_or_insert(now_s);
    if passed_s >= every_s {
        app.view.run_on(passed_s.min(every_s + STALL_S), shown.run.motion.steps.elapsed_s());
        app.view.moved_at_s = Some(now_s);
    }
    ctx.request_repaint_after(Duration::from_secs_f64(every_s));
}
