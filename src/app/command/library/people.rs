//! People of the library in the window: whose page is looked at, what is noted of them, and what is handed over.

use std::path::PathBuf;

use chrono::{Local, NaiveDate};
use egui::Context;

use crate::{
    app::{
        App,
        background::library::Done,
        command::LibraryAsk,
        state::{
            form::Waiting,
            overlay::Overlay,
            path_field::PathFor,
            pick::{Pick, PickLine},
            view::View,
        },
    },
    library::PersonId,
    units::counted,
};

impl App {
    /// The day that it is for the library.
    pub(in crate::app::command) fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| Local::now().date_naive())
    }

    /// Turns to a person; what is on show stays.
    pub(super) fn turn_to(&mut self, who: PersonId) {
        let library = &mut self.state.library;
        if library.chosen != Some(who) {
            library.page = None;
            library.picked.clear();
            (library.column, library.all_notes) = (None, false);
            library.chosen = Some(who);
            self.background.library.show(Some(who));
        }
    }

    /// Looks at a person's page.
    pub(in crate::app::command) fn show_person(&mut self, who: PersonId) {
        self.turn_to(who);
        let state = &mut self.state;
        state.library.opening = None;
        state.runs.selected = None;
        state.runs.awaited = None;
        state.view = View::default();
        if let Some(person) = state.library.holding.person(who) {
            state.announcer.say(format!("{}, the page", person.name));
        }
    }

    pub(super) fn go_to_column(&mut self, column: Option<usize>) {
        let state = &mut self.state;
        state.library.column = column;
        let chart = state.library.page.as_ref().map(|page| page.chart(state.library.by));
        if let Some(words) = chart.zip(column).and_then(|(chart, place)| chart.words.get(place)) {
            state.announcer.say(words.sentence());
        }
    }

    /// Chooses a person, for what waits for one.
    pub(in crate::app::command) fn choose_person(&mut self, title: &'static str, waiting: Waiting) {
        let library = &self.state.library;
        let of = |who: PersonId| match &waiting {
            Waiting::Nothing => LibraryAsk::Show(who),
            Waiting::Keep(labels) => LibraryAsk::Keep(labels.clone(), who),
            Waiting::Found => LibraryAsk::KeepFound(who),
            Waiting::Move(runs) => LibraryAsk::Move(runs.clone(), who),
        };
        let people = &library.holding.people;
        let mut lines: Vec<(PersonId, &str, &str)> =
            people.iter().map(|person| (person.id, person.name.as_str(), person.colour.as_str())).collect();
        if lines.is_empty() {
            lines.push((PersonId::ME, "Me", ""));
        }
        // Whom one is at comes first, except where that would change nothing.
        let moves = matches!(waiting, Waiting::Move(_));
        if let Some(place) = lines.iter().position(|(who, ..)| Some(*who) == library.chosen) {
            let line = lines.remove(place);
            if !moves {
                lines.insert(0, line);
            }
        }
        self.state.overlay = Overlay::Pick(Pick {
            title,
            hint: "Type a few letters of the name",
            typed: String::new(),
            line: 0,
            lines: lines
                .into_iter()
                .map(|(who, name, colour)| PickLine {
                    words: name.to_owned(),
                    ask: of(who),
                    colour: Some(colour.to_owned()),
                })
                .collect(),
            new_person: (!library.holding.is_demo && library.holding.only_read.is_none()).then_some(waiting),
        });
    }

    /// Notes that the person is here now.
    pub(in crate::app::command) fn note_visit(&mut self) {
        if let Some(who) = self.state.library.changed_person() {
            self.background.library.change("The visit", move |library| {
                library.visit(who)?;
                Ok(Done::Said("The visit", "is noted; what is new is counted from now".to_owned()))
            });
        }
    }

    /// Moves the person to the bin.
    pub(in crate::app::command) fn bin_person(&mut self) {
        if let Some(who) = self.state.library.changed_person() {
            self.state.library.chosen = None;
            self.state.library.page = None;
            self.background.library.show(None);
            self.background.library.change("The person", move |library| {
                library.bin_person(who)?;
                let words =
                    "is in the bin for 30 days, with all runs and notes; Ctrl+Z brings the person back";
                Ok(Done::Said("The person", words.to_owned()))
            });
        }
    }

    /// Reads a person's weeks for the page.
    pub(super) fn read_period(&mut self, from: NaiveDate, to: NaiveDate) {
        let Some(who) = self.state.library.chosen else { return };
        self.background.library.ask("The page", move |library, today| {
            Ok(Done::Period(Box::new(library.period(who, from, to, today)?)))
        });
    }

    /// Asks for a folder, for everything of the person who is looked at.
    pub(in crate::app::command) fn choose_export(&mut self, ctx: &Context) {
        let name = self.export_name();
        self.ask_for_paths(ctx, PathFor::Export, move || {
            let chosen =
                rfd::FileDialog::new().set_title("Export everything into a new folder in").pick_folder();
            chosen.map(|folder| vec![folder.join(name)])
        });
    }

    fn export_name(&self) -> String {
        let library = &self.state.library;
        let name =
            library.chosen.and_then(|who| library.holding.person(who)).map_or("", |it| it.name.as_str());
        let safe: String = name
            .chars()
            .map(|it| if it.is_alphanumeric() || " -_".contains(it) { it } else { '_' })
            .collect();
        format!("{safe} {}", self.today())
    }

    /// Writes everything of a person into a folder.
    pub(in crate::app::command) fn export_person(&mut self, paths: Vec<PathBuf>) {
        let (Some(who), Some(folder)) = (self.state.library.chosen, paths.into_iter().next()) else { return };
        self.background.library.ask("The export", move |library, _| {
            let written = library.hand_over(who, &folder)?;
            let words = format!(
                "has {} and {}, in open formats: {}",
                counted(written.runs, "run"),
                counted(written.notes, "note"),
                written.folder.display()
            );
            Ok(Done::Said("The export", words))
        });
    }
}
