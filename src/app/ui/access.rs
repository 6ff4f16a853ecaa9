//! What people hear who do not see the window, and where the keyboard's focus goes.

use egui::{
    Context, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Ui, WidgetInfo,
    accesskit::{Live, Node},
    vec2,
};

/// Passes for which a newly focused widget is followed: scrolling one area moves those inside it.
const FOLLOWED_PASSES: u8 = 3;

/// What was said last. Screen readers speak it when it changes, wherever the focus is.
#[derive(Debug, Default)]
pub struct Announcer {
    words: String,
}

impl Announcer {
    /// Says something once.
    pub fn say(&mut self, words: impl Into<String>) {
        self.words = words.into();
    }

    /// What was said last.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The place from which it is read; it shows nothing.
    pub fn show(&self, ui: &Ui) {
        if self.words.is_empty() {
            return;
        }
        let area = Rect::from_min_size(ui.max_rect().min, vec2(1.0, 1.0));
        let place = ui.interact(area, Id::unique("announcement"), Sense::hover());
        place.widget_info(|| WidgetInfo::labeled(Role::Status, true, &self.words));
        spoken_when_new(&place);
    }
}

/// Has screen readers speak a widget's words when it comes and when they change.
pub fn spoken_when_new(response: &Response) {
    node(response, |node| node.set_live(Live::Polite));
}

/// Adds to what a widget tells screen readers.
fn node(response: &Response, change: impl FnOnce(&mut Node)) {
    response.ctx.accesskit_node_builder(response.id, change);
}

/// Names the window itself.
pub fn name_window(ctx: &Context, title: &str) {
    ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title));
}

/// Names a part of the window, so that one can go from part to part.
pub fn region(ui: &Ui, role: Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        node.set_label(name);
    });
}

/// One of several that can be chosen, as a list has them: selected, not checked.
pub fn option(response: &Response, role: Role, chosen: bool, words: impl Fn() -> String) {
    response.widget_info(|| WidgetInfo::selected(role, true, chosen, words()));
    node(response, |node| {
        node.clear_toggled();
        node.set_selected(chosen);
    });
}

/// Whether the left or the right arrow was pressed in a widget, which keeps both keys while it has the focus.
pub fn sideways(ui: &Ui, response: &Response) -> (bool, bool) {
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    ui.input_mut(|input| {
        [Key::ArrowLeft, Key::ArrowRight].map(|key| input.consume_key(Modifiers::NONE, key)).into()
    })
}

/// At the end of what scrolls: brings into view what the keyboard or a screen reader has moved the focus to.
pub fn follow_focus(ui: &Ui) {
    let ctx = ui.ctx();
    let key = ui.scope_id().with("followed focus");
    let Some(focused) = ctx.memory(egui::Memory::focused) else { return };
    let (before, left) = ctx.data(|data| data.get_temp::<(Id, u8)>(key)).unwrap_or((Id::NULL, 0));
    let by_pointer = ctx.input(|input| input.pointer.any_down() || input.pointer.any_released());
    let left = match (focused == before, by_pointer) {
        (_, true) => 0,
        (false, false) => FOLLOWED_PASSES,
        (true, false) => left,
    };
    if left > 0 {
        if let Some(widget) = ctx.read_response(focused)
            && widget.layer_id == ui.layer_id()
            && ui.min_rect().expand(1.0).contains_rect(widget.rect)
        {
            ui.scroll_to_rect(widget.rect.expand2(vec2(0.0, crate::app::ui::theme::UNIT)), None);
        }
        ctx.request_repaint();
    }
    ctx.data_mut(|data| data.insert_temp(key, (focused, left.saturating_sub(1))));
}

/// Gives the focus back to where it was before a sheet was opened.
#[derive(Debug, Default)]
pub struct FocusKeeper {
    open: bool,
    before: Option<Id>,
}

impl FocusKeeper {
    /// At the end of a frame: whether a sheet is open.
    pub fn end_frame(&mut self, ctx: &Context, open: bool) {
        match (self.open, open) {
            (false, true) => self.before = ctx.memory(egui::Memory::focused),
            // The sheet that was drawn in this frame still keeps the focus from all behind it.
            (true, false) => ctx.request_repaint(),
            (false, false) => {
                if let Some(before) = self.before.take() {
                    ctx.memory_mut(|memory| memory.request_focus(before));
                    ctx.request_repaint();
                }
            }
            (true, true) => {}
        }
        self.open = open;
    }
}
