//! The one-page report: what goes on it, how it will look; saved or printed from here.

use std::sync::Arc;

use egui::{Grid, Ui};

use crate::{
    app::{
        background::outside::Outside,
        command::Command,
        dialogs::page::{self, ENDINGS, MakesPage, PageDialog, Preview, WHAT},
        state::{AppState, overlay::Overlay, run::Origin, shown::Shown},
        ui::{
            theme::{self, Colors, Weight},
            widgets::text,
        },
    },
    render::report::{Options, Page, Paper},
};

/// What the page is of, and what stands on it beside the numbers.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    shown: Arc<Shown>,
    options: Options,
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shown, &other.shown) && self.options == other.options
    }
}

impl MakesPage for Wanted {
    /// The page of what is on show: the run, or its chosen stretch.
    fn page(&self) -> Page {
        let (shown, run) = (&self.shown, &self.shown.run);
        let part = shown.asked.range.map(|range| run.slice(range));
        Page::new(part.as_ref().map_or(&run.core, |part| &part.run), &shown.summary, &self.options)
    }
}

/// The dialog's state. Paper and route outlive it; name and note stay with the run that they were written for.
#[derive(Default)]
pub struct ReportDialog {
    options: Options,
    /// Whose name and note these are.
    of: Option<Origin>,
    preview: Preview<Wanted>,
    /// Why it was not saved or handed on.
    pub problem: Option<String>,
}

impl std::fmt::Debug for ReportDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReportDialog").field("options", &self.options).finish_non_exhaustive()
    }
}

impl ReportDialog {
    /// A note about one person must not reach another's page.
    fn begin(&mut self, shown: &Shown) {
        if self.of.as_ref() != Some(&shown.run.origin) {
            self.of = Some(shown.run.origin.clone());
            self.options.name.clear();
            self.options.note.clear();
        }
        self.options.unit = shown.asked.unit;
    }

    /// Lets go of the picture and the run that it shows.
    fn end(&mut self) {
        self.preview = Preview::default();
        self.problem = None;
    }
}

/// Asks where the page is to be saved: PDF, PNG or SVG by the name's ending.
pub fn save(dialog: &mut ReportDialog, outside: &mut Outside, ctx: &egui::Context, shown: &Arc<Shown>) {
    let make = maker(dialog, shown);
    outside.save(ctx, WHAT, shown.run.name(), ENDINGS, make);
}

/// Makes the file for an ending of its name, as the page is now.
fn maker(
    dialog: &mut ReportDialog,
    shown: &Arc<Shown>,
) -> impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static {
    dialog.begin(shown);
    dialog.problem = None;
    let wanted = Wanted { shown: Arc::clone(shown), options: dialog.options.clone() };
    move |ending| wanted.file(ending)
}

/// Opens the page in the desktop's viewer, from where it is printed.
pub fn print(dialog: &mut ReportDialog, outside: &mut Outside, ctx: &egui::Context, shown: &Arc<Shown>) {
    let make = maker(dialog, shown);
    outside.print(ctx, WHAT, shown.run.name(), ENDINGS, make);
}

/// Shows the dialog where it is open.
pub fn show(dialog: &mut ReportDialog, state: &AppState, ctx: &egui::Context) {
    let shown = match (&state.overlay, &state.screen.shown) {
        (Overlay::Report, Some(shown)) => shown,
        (Overlay::Report, None) => return state.lay(Overlay::None),
        _ => return dialog.end(),
    };
    dialog.preview.receive(ctx, state);
    dialog.begin(shown);
    let (dpi, should_close) = page::show(dialog, state, ctx);
    let wanted = Wanted { shown: Arc::clone(shown), options: dialog.options.clone() };
    dialog.preview.draw(ctx, &wanted, dpi);
    if should_close {
        state.lay(Overlay::None);
    }
}

impl PageDialog for ReportDialog {
    type Of = Wanted;
    const TITLE: &'static str = "Report";

    fn paper(&self) -> Paper {
        self.options.paper
    }

    fn preview(&self) -> &Preview<Wanted> {
        &self.preview
    }

    fn choices(&mut self, state: &AppState, ui: &mut Ui, colors: &Colors) {
        let Some(shown) = &state.screen.shown else { return };
        // The focus begins where most begin to write.
        let first = self.preview.is_new();
        let options = &mut self.options;
        let wide = ui.available_width() - 28.0;
        Grid::new("report options").num_columns(1).spacing([8.0, 6.0]).show(ui, |ui| {
            let own = match shown.run.recording.is_named_after_file {
                true => "Leave empty for a page without a name",
                false => shown.run.name(),
            };
            let name = page::name_field(ui, colors, &mut options.name, own, wide);
            if first {
                name.request_focus();
            }
            page::note_field(ui, colors, &mut options.note, wide);
            page::paper_choice(ui, &mut options.paper);
            ui.checkbox(&mut options.route, "Draw the route without its first and last 200 m");
            ui.end_row();
        });
        if shown.asked.range.is_some() {
            let words = "The page is of the chosen stretch alone.";
            ui.label(text(words, theme::BODY, Weight::Regular, colors.ink));
        }
        self.preview.warnings(ui, colors, self.problem.as_ref());
        page::buttons(state, ui, Command::SaveReport, Command::PrintReport);
    }
}
