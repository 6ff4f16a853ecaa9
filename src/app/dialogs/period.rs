//! The page over a person's weeks: which weeks, whose note, how it will look; saved or printed from here.

use std::sync::Arc;

use egui::{Grid, Ui};

use crate::{
    app::{
        background::outside::Outside,
        command::{Command, LibraryAsk},
        dialogs::page::{self, ENDINGS, MakesPage, PageDialog, Preview, WHAT},
        state::{AppState, overlay::Overlay},
        ui::theme::Colors,
    },
    library::PersonId,
    render::report::{Page, Paper, Period},
};

/// How many weeks the page can be of.
const WEEKS: [u64; 5] = [4, 9, 13, 26, 53];

/// What the page is of, and what stands on it beside the numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    period: Arc<Period>,
    name: String,
    note: String,
    paper: Paper,
}

impl MakesPage for Wanted {
    fn page(&self) -> Page {
        let period = Period { note: self.note.clone(), ..(*self.period).clone() };
        let name = if self.name.trim().is_empty() { period.name.clone() } else { self.name.clone() };
        Period { name, ..period }.page(self.paper)
    }
}

/// The dialog's state. The paper outlives it; name and note stay with the person that they were written for.
#[derive(Default)]
pub struct PeriodDialog {
    paper: Paper,
    name: String,
    note: String,
    weeks: Option<u64>,
    /// Whose they are.
    of: Option<PersonId>,
    /// What was asked of the library: whose weeks, how many, and of which state of the page.
    asked: Option<(PersonId, u64, usize)>,
    period: Option<Arc<Period>>,
    preview: Preview<Wanted>,
    /// Why it was not saved or handed on.
    pub problem: Option<String>,
}

impl std::fmt::Debug for PeriodDialog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PeriodDialog").field("of", &self.of).finish_non_exhaustive()
    }
}

impl PeriodDialog {
    /// The library has read the weeks.
    pub fn read(&mut self, period: Arc<Period>) {
        self.period = Some(period);
    }

    /// Asks for the weeks, where others are wanted or something changed; a note about one person must not reach
    /// another's page.
    fn begin(&mut self, state: &AppState) {
        let Some(page) = &state.library.page else { return };
        if self.of != Some(page.person.id) {
            self.of = Some(page.person.id);
            self.name.clear();
            self.note.clear();
            self.period = None;
        }
        let weeks = self.weeks.unwrap_or(WEEKS[1]);
        let asked = Some((page.person.id, weeks, Arc::as_ptr(page) as usize));
        if self.asked != asked {
            self.asked = asked;
            let from = page.until - chrono::Days::new(7 * (weeks - 1));
            state.ask(LibraryAsk::ReadPeriod(from, page.until));
        }
    }

    /// Lets go of the picture and the weeks that it shows.
    fn end(&mut self) {
        self.preview = Preview::default();
        (self.period, self.asked, self.problem) = (None, None, None);
    }

    fn wanted(&self) -> Option<Wanted> {
        let period = Arc::clone(self.period.as_ref()?);
        Some(Wanted { period, name: self.name.clone(), note: self.note.clone(), paper: self.paper })
    }

    /// The file's usual name.
    fn file_name(&self) -> String {
        self.period
            .as_ref()
            .map_or_else(String::new, |period| format!("{} {} weeks", period.name, period.weeks.len()))
    }

    /// Makes the file for an ending of its name, as the page is now.
    fn maker(&mut self) -> Option<impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static> {
        self.problem = None;
        let wanted = self.wanted()?;
        Some(move |ending: &str| wanted.file(ending))
    }
}

/// Asks where the page is to be saved: PDF, PNG or SVG by the name's ending.
pub fn save(dialog: &mut PeriodDialog, outside: &mut Outside, ctx: &egui::Context) {
    if let Some(make) = dialog.maker() {
        outside.save(ctx, WHAT, &dialog.file_name(), ENDINGS, make);
    }
}

/// Opens the page in the desktop's viewer, from where it is printed.
pub fn print(dialog: &mut PeriodDialog, outside: &mut Outside, ctx: &egui::Context) {
    if let Some(make) = dialog.maker() {
        outside.print(ctx, WHAT, &dialog.file_name(), ENDINGS, make);
    }
}

/// Shows the dialog where it is open.
pub fn show(dialog: &mut PeriodDialog, state: &AppState, ctx: &egui::Context) {
    match (&state.overlay, &state.library.page) {
        // A path is asked for, where there is no dialog of the desktop: the page waits behind it.
        (Overlay::Path(field), Some(_)) if field.from_period => return,
        (Overlay::Period, Some(_)) => {}
        (Overlay::Period, None) => return state.lay(Overlay::None),
        _ => return dialog.end(),
    }
    dialog.preview.receive(ctx, state);
    dialog.begin(state);
    let (dpi, should_close) = page::show(dialog, state, ctx);
    if let Some(wanted) = dialog.wanted() {
        dialog.preview.draw(ctx, &wanted, dpi);
    }
    if should_close {
        state.lay(Overlay::None);
    }
}

impl PageDialog for PeriodDialog {
    type Of = Wanted;
    const TITLE: &'static str = "Report over some weeks";

    fn paper(&self) -> Paper {
        self.paper
    }

    fn preview(&self) -> &Preview<Wanted> {
        &self.preview
    }

    fn choices(&mut self, state: &AppState, ui: &mut Ui, colors: &Colors) {
        // The focus begins where most begin to write.
        let first = self.preview.is_new();
        let wide = ui.available_width() - 28.0;
        let own = state.library.page.as_ref().map_or("", |page| page.person.name.as_str());
        Grid::new("period options").num_columns(1).spacing([8.0, 6.0]).show(ui, |ui| {
            page::name_field(ui, colors, &mut self.name, own, wide);
            page::label(ui, "Weeks:");
            ui.horizontal(|ui| {
                let now = self.weeks.unwrap_or(WEEKS[1]);
                for weeks in WEEKS {
                    let radio = ui.radio(now == weeks, weeks.to_string());
                    if radio.accessible_name(format!("{weeks} weeks")).clicked() {
                        self.weeks = Some(weeks);
                    }
                }
            });
            ui.end_row();
            let note = page::note_field(ui, colors, &mut self.note, wide);
            if first {
                note.request_focus();
            }
            page::paper_choice(ui, &mut self.paper);
        });
        self.preview.warnings(ui, colors, self.problem.as_ref());
        page::buttons(state, ui, Command::SavePeriod, Command::PrintPeriod);
    }
}
