//! Sheets over the window: the shortcuts, and what the explanation rests on.

use egui::{Grid, Key, Modal, Modifiers, ScrollArea, Ui, vec2};

use crate::{
    app::{
        command::{Command, written},
        state::{AppState, overlay::Overlay},
        ui::{
            theme::{self, Colors, Weight},
            widgets::{as_heading, paragraph, sheet, text},
        },
    },
    text::article,
};

/// What keys do inside a chart or table that has the focus.
const IN_CHARTS: [(&str, &str); 11] = [
    ("Tab, Shift+Tab", "Go to the next or previous control, chart or table row"),
    ("← →", "In the speed chart: move the cursor by 1 s, with Shift by 10 s"),
    ("Home, End", "In the speed chart: first and last moment"),
    ("← →", "In a person’s weeks: go from column to column"),
    ("Space", "In a person’s runs: choose a run, to move, tag or bin several"),
    ("Enter, Space", "Press a button; choose a run or a split"),
    ("Ctrl and wheel, pinch", "In the speed chart: zoom; sideways it pans, as does Shift and drag"),
    ("Drag", "In the speed chart: choose a stretch; on the dashed line: move the threshold"),
    ("← → ↑ ↓", "In the larger route: move it"),
    ("Wheel, drag", "In the larger route: zoom and move it"),
    ("Double click", "In the speed chart: show the whole run"),
];

/// Shows the sheet that is open.
pub fn show(state: &AppState, ctx: &egui::Context) {
    let (name, content): (&str, fn(&mut Ui, &Colors)) = match state.overlay {
        Overlay::Help => ("Keyboard shortcuts", shortcuts),
        Overlay::Sources => ("What this rests on", sources),
        _ => return,
    };
    let modal = Modal::new(egui::Id::unique(name)).frame(sheet(ctx)).show(ctx, |ui| {
        let colors = Colors::of(ui);
        ui.set_width((ctx.content_rect().width() - 80.0).min(620.0));
        let heading = ui.label(text(name, theme::HEADING, Weight::Bold, colors.ink));
        as_heading(&heading, name);
        ui.add_space(8.0);
        let height = (ctx.content_rect().height() - 170.0).max(100.0);
        let scrolled = scrolled_by_keys(ui, height);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.scroll_with_delta(vec2(0.0, -scrolled));
            content(ui, &colors);
        });
        ui.add_space(8.0);
        let close = ui.button("Close");
        // The only control: the arrow keys are free to scroll.
        let tabbed = ui.input(|input| input.key_pressed(Key::Tab));
        if !tabbed && ui.memory(|memory| memory.focused().is_none()) {
            close.request_focus();
        }
        close.clicked()
    });
    if modal.inner || modal.should_close() {
        state.lay(Overlay::None);
    }
}

/// How far down the keys ask to scroll, points.
fn scrolled_by_keys(ui: &Ui, height: f32) -> f32 {
    let line = 3.0 * theme::ROW;
    let keys = [
        (Key::ArrowDown, line),
        (Key::ArrowUp, -line),
        (Key::PageDown, height),
        (Key::PageUp, -height),
        (Key::End, f32::MAX / 4.0),
        (Key::Home, -f32::MAX / 4.0),
    ];
    ui.input_mut(|input| {
        keys.into_iter().filter(|(key, _)| input.consume_key(Modifiers::NONE, *key)).map(|(_, by)| by).sum()
    })
}

fn shortcuts(ui: &mut Ui, colors: &Colors) {
    ui.spacing_mut().interact_size.y = theme::BODY;
    // Long titles wrap where there is little room.
    let widest = (ui.available_width() - 140.0).max(120.0);
    Grid::new("shortcuts").num_columns(2).max_col_width(widest).spacing([24.0, 6.0]).show(ui, |ui| {
        for command in Command::all() {
            let keys: Vec<String> = command.keys().iter().map(|keys| written(ui.ctx(), *keys)).collect();
            if !keys.is_empty() {
                ui.label(text(keys.join(", "), theme::BODY, Weight::SemiBold, colors.ink));
                ui.label(text(command.title(), theme::BODY, Weight::Regular, colors.muted));
                ui.end_row();
            }
        }
        for (keys, does) in IN_CHARTS {
            ui.label(text(keys, theme::BODY, Weight::SemiBold, colors.ink));
            ui.label(text(does, theme::BODY, Weight::Regular, colors.muted));
            ui.end_row();
        }
    });
}

fn sources(ui: &mut Ui, colors: &Colors) {
    for (title, paragraphs) in article::sources() {
        let heading = ui.label(text(title, theme::TITLE, Weight::SemiBold, colors.ink));
        as_heading(&heading, title);
        for spans in paragraphs {
            paragraph(ui, &spans, theme::BODY, colors.muted);
        }
        ui.add_space(8.0);
    }
}
