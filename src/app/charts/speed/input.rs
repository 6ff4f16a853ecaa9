//! What pointer and keys do in the speed chart.

use egui::{Key, Modifiers, Response, Ui};

use crate::app::{
    charts::plot::{Plot, by_hand},
    command::{Action, Command},
    state::{
        AppState,
        shown::Shown,
        zoom::{Reach, panned, zoomed},
    },
};

use super::moment::words_at;

/// How near the pointer must be to the threshold to take hold of it.
const GRIP: f32 = 5.0;

/// Takes what pointer and keys do, and asks for it. `whole` is all of the axis; `has_edge` says whether the threshold
/// lies in this plot.
pub fn take(
    state: &AppState,
    ui: &Ui,
    shown: &Shown,
    plot: &Plot,
    whole: Reach,
    response: &Response,
    has_edge: bool,
) {
    let steps = &shown.run.motion.steps;
    let axis = shown.speed.axis;
    let time_at = |left: f32| axis.time_s(steps, plot.value(left)).clamp(0.0, steps.elapsed_s());
    let grip = egui::Id::unique("threshold grip");
    let upper_mps = state.settings.edges().upper_mps();
    let near = |y: f32| has_edge && (y - plot.top(upper_mps)).abs() <= GRIP;
    let mut held: bool = has_edge && ui.data(|data| data.get_temp(grip).unwrap_or(false));
    if let Some(pointer) = response.hover_pos() {
        state.ask(Action::Hover(time_at(pointer.x)));
        if near(pointer.y) || held {
            ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeVertical);
        }
        wheel(state, ui, plot, whole, pointer.x);
    } else if has_edge && state.wheel_explained_now {
        state.ask(Action::ExplainWheel(false));
    }
    let origin = ui.input(|input| input.pointer.press_origin());
    let mut from_s = state.view.dragged.map(|[from_s, _]| from_s);
    if response.drag_started()
        && let Some(origin) = origin
    {
        held = near(origin.y);
        if !held && !pans(ui, response) {
            from_s = Some(time_at(origin.x));
        }
    }
    if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        if held {
            let part = (plot.area.bottom() - pointer.y) / plot.area.height();
            let upper = f64::from(part) * plot.y_max;
            state.ask(Action::MoveUpper(by_hand(upper)));
        } else if let Some(from_s) = from_s {
            state.ask(Action::DrawRange([from_s, time_at(pointer.x)]));
        } else if state.view.zoom.is_some() {
            let by = -plot.along(response.drag_delta().x);
            state.ask(Action::ZoomTo(panned(plot.x, whole, by)));
        }
    }
    if response.drag_stopped() {
        held = false;
        state.ask(Action::EndRange);
    }
    if has_edge {
        ui.data_mut(|data| data.insert_temp(grip, held));
    }
    if response.double_clicked() {
        state.ask(Command::ResetZoom);
    } else if response.clicked() {
        response.request_focus();
    }
    if response.has_focus() {
        keys(state, ui, shown, response);
    }
}

/// Whether this drag moves the chart: with Shift or another button.
fn pans(ui: &Ui, response: &Response) -> bool {
    ui.input(|input| input.modifiers.shift)
        || response.dragged_by(egui::PointerButton::Middle)
        || response.dragged_by(egui::PointerButton::Secondary)
}

/// Zoom by Ctrl and the wheel, or two fingers; sideways it pans. The wheel alone scrolls the page, as it does
/// everywhere, unless it was chosen to zoom.
fn wheel(state: &AppState, ui: &Ui, plot: &Plot, whole: Reach, left: f32) {
    let zooms = state.settings.wheel_zooms;
    let (scrolled, pinched) = ui.input_mut(|input| {
        let scrolled = input.smooth_scroll_delta();
        if zooms && scrolled.y != 0.0 {
            // The page below must not move, too.
            input.smooth_scroll_delta.y = 0.0;
        }
        (scrolled, input.zoom_delta())
    });
    if !zooms && scrolled.y != 0.0 && !state.settings.wheel_explained {
        state.ask(Action::ExplainWheel(true));
    }
    let turned = if zooms { turned(scrolled) } else { 0.0 };
    let factor = f64::from((-turned / 200.0).exp() / pinched);
    let mut reach = state.view.zoom.map(|_| plot.x);
    if (factor - 1.0).abs() > 1e-6 {
        reach = zoomed(plot.x, whole, plot.value(left), factor);
    }
    if scrolled.x != 0.0
        && turned == 0.0
        && let Some(now) = reach
    {
        reach = panned(now, whole, -plot.along(scrolled.x));
    }
    if reach != state.view.zoom {
        state.ask(Action::ZoomTo(reach));
    }
}

/// How far the wheel was turned to zoom. Two fingers that move sideways always stray up and down a little: they pan, and
/// the width stays.
fn turned(scrolled: egui::Vec2) -> f32 {
    if scrolled.y.abs() > scrolled.x.abs() { scrolled.y } else { 0.0 }
}

/// The moment moves by arrows: 1 s, with Shift 10 s, with Ctrl to the ends.
fn keys(state: &AppState, ui: &Ui, shown: &Shown, response: &Response) {
    let filter =
        egui::EventFilter { horizontal_arrows: true, vertical_arrows: false, tab: false, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let end_s = shown.run.motion.steps.elapsed_s();
    let now = state.view.cursor_s().unwrap_or(0.0);
    let mut play = false;
    let moved = ui.input_mut(|input| {
        let mut to = None;
        for (modifiers, by) in [(Modifiers::SHIFT, 10.0), (Modifiers::NONE, 1.0)] {
            if input.consume_key(modifiers, Key::ArrowLeft) {
                to = Some(now - by);
            }
            if input.consume_key(modifiers, Key::ArrowRight) {
                to = Some(now + by);
            }
        }
        if input.consume_key(Modifiers::NONE, Key::Space) {
            play = true;
        }
        if input.consume_key(Modifiers::NONE, Key::Home) {
            to = Some(0.0);
        }
        if input.consume_key(Modifiers::NONE, Key::End) {
            to = Some(end_s);
        }
        to
    });
    if play {
        state.ask(Command::Play);
    }
    if let Some(to) = moved {
        let to = to.clamp(0.0, end_s);
        state.ask(Action::Keep(to));
        if let Some(index) = shown.run.motion.steps.at(to) {
            let [(speed, _), (place, _)] = words_at(shown, index, to);
            let measured = shown.measured_at(to, |_| true);
            state.say(format!(
                "{place}: {speed}{}",
                measured.map_or_else(String::new, |it| format!(" · {it}"))
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slanting_scroll_pans_or_zooms_and_never_both() {
        assert_eq!(turned(egui::vec2(30.0, -12.0)), 0.0);
        assert_eq!(turned(egui::vec2(0.0, -12.0)), -12.0);
        assert_eq!(turned(egui::vec2(5.0, -12.0)), -12.0);
    }
}
