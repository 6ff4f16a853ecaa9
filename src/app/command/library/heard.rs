//! What the library's thread says, and what the window makes of it.

use std::{path::PathBuf, sync::Arc};

use chrono::Local;
use egui::Context;

use crate::{
    app::{
        App,
        background::library::{Answer, Done},
        command::LibraryAsk,
        state::{
            form::FormFor,
            overlay::Overlay,
            person_words::date,
            run::{KeptSource, Origin},
            runs::Awaited,
            told::Told,
        },
    },
    library::{Contents, Erasure, Fate, PersonId, Receipt, RunId, Verified},
    units::counted,
};

impl App {
    /// Takes what the library's thread said since the last frame.
    pub(in crate::app) fn hear_library(&mut self, ctx: &Context) {
        for answer in self.background.library.answers() {
            match answer {
                Answer::Holding(holding) => {
                    let library = &mut self.state.library;
                    let before = library.on;
                    library.on = holding.is_some();
                    library.locked &= !library.on;
                    let old = std::mem::replace(&mut library.holding, holding.unwrap_or_default());
                    self.background.let_go(old);
                    self.leave_who_is_gone();
                    if !before {
                        self.meet_library();
                    }
                }
                Answer::Locked => {
                    self.close_kept();
                    self.state.library.forget();
                    self.state.library.locked = true;
                    // Whoever came for the library is asked at once; whoever came for a file is not.
                    if self.state.runs.entries.is_empty() && !self.is_loading() {
                        self.lay_form(FormFor::Unlock);
                    }
                }
                Answer::Page(page) => {
                    let library = &mut self.state.library;
                    if library.chosen == Some(page.person.id) {
                        library.picked.retain(|run| page.runs.iter().any(|it| it.id == *run));
                        if let Some(old) = library.page.replace(page) {
                            self.background.let_go(old);
                        }
                    }
                }
                Answer::Found(files) => self.found(files),
                Answer::Importing(how_far) => self.state.library.importing = Some(how_far),
                Answer::Imported(receipt, name) => self.imported(&receipt, &name),
                Answer::KeptAs(files) => {
                    for (label, run) in files {
                        self.state.library.is_kept_as(&label, run);
                        self.state.library.asked.insert(label);
                    }
                }
                Answer::Opened(kept) => self.opened_kept(*kept),
                Answer::Done(done) => self.library_did(done, ctx),
                Answer::Failed(what, why) => self.library_failed(what, why),
                Answer::Ended => {
                    if !self.background.library.is_busy() {
                        self.state.library.importing = None;
                    }
                }
            }
        }
    }

    /// Who was deleted is no longer looked at, and runs that are gone are closed.
    fn leave_who_is_gone(&mut self) {
        let library = &mut self.state.library;
        if library.chosen.is_some_and(|who| library.holding.person(who).is_none()) {
            (library.chosen, library.page) = (None, None);
            library.picked.clear();
        }
        let library = &self.state.library;
        let gone = |origin: &Origin| match origin {
            Origin::Kept(run) => library.holding.run(*run).is_none(),
            _ => false,
        };
        if self.state.runs.entries.iter().any(|entry| gone(&entry.run.origin)) {
            let runs = &mut self.state.runs;
            let on_show = runs.entry().map(|entry| entry.run.origin.clone());
            runs.entries.retain(|entry| !gone(&entry.run.origin));
            runs.selected = on_show.and_then(|origin| runs.place_of(&origin));
        }
    }

    fn opened_kept(&mut self, kept: KeptSource) {
        let library = &mut self.state.library;
        if library.opening != Some(kept.run) {
            return;
        }
        library.opening = None;
        library.cuts.insert(kept.run, kept.cuts.clone());
        self.state.runs.awaited = Some(Awaited::This(Origin::Kept(kept.run), None));
        self.background.loader.open_kept(kept);
    }

    fn library_failed(&mut self, what: &'static str, why: String) {
        self.state.library.opening = None;
        match &mut self.state.overlay {
            Overlay::Form(form) => form.problem = Some(why),
            _ => self.state.notices.failed(what, &why),
        }
    }

    fn library_did(&mut self, done: Done, ctx: &Context) {
        if matches!(self.state.overlay, Overlay::Form(_)) {
            self.state.overlay = Overlay::None;
        }
        match done {
            Done::Plainly => {}
            Done::Said(what, words) => self.state.notices.said(what, &words),
            Done::ImportTakenBack(runs) => {
                self.state.library.last_import = None;
                self.state.notices.forget_imported();
                let words = format!("was undone; {} moved to the bin for 30 days", counted(runs, "run"));
                self.state.notices.said("The import", &words);
            }
            Done::Person(who) => {
                let waiting = std::mem::take(&mut self.state.library.waiting_to_keep);
                if std::mem::take(&mut self.state.library.found_waits) {
                    self.show_person(who);
                    self.keep_found(who);
                } else if waiting.is_empty() {
                    self.show_person(who);
                } else {
                    self.keep(&waiting, who);
                }
            }
            Done::Copy(bytes) => {
                let name = format!("spinepace library {}", self.today());
                self.background.outside.save(ctx, "The copy", &name, &["db"], move |_| Ok(bytes.clone()));
            }
            Done::Erased(erasure) => self.erased(&erasure),
            Done::Verified(verified) => self.state.overlay = Overlay::Told(of_verified(&verified)),
            Done::Holds(backup, holds) => self.state.overlay = Overlay::Told(of_backup(backup, &holds)),
            Done::Period(period) => self.period.read(Arc::new(*period)),
        }
    }

    /// A receipt for every import: a line where all went well, a sheet where a file needs a look.
    fn imported(&mut self, receipt: &Receipt, name: &str) {
        let count = |fate| receipt.count(fate);
        let (added, duplicate, refused) = (count(Fate::Added), count(Fate::Duplicate), count(Fate::Refused));
        self.state.library.last_import = (added > 0).then_some(receipt.batch);
        let words = |count: usize, one: &str, many: &str| {
            (count > 0).then(|| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") })
        };
        let parts = [
            words(added, "run added", "runs added"),
            words(duplicate, "was there already", "were there already"),
            words(refused, "refused", "refused"),
            receipt.cancelled.then(|| "cancelled before its end".to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let short = if parts.is_empty() { "nothing to add".to_owned() } else { parts.join(", ") };
        self.state.notices.imported(&format!("{name}:"), &short);
        let odd = receipt.files.iter().any(|file| file.why.is_some());
        if odd && receipt.files.len() > 1 || refused > 0 {
            let lines = receipt.files.iter().map(|file| {
                let fate = match file.fate {
                    Fate::Added => "added",
                    Fate::Duplicate => "there already",
                    Fate::Refused => "refused",
                };
                let label = file.file.rsplit(['/', '\\']).next().unwrap_or(&file.file);
                let why = match (file.fate, file.run.and_then(|run| self.whose(run))) {
                    // Who reads a receipt knows people and days, not numbers of runs.
                    (Fate::Duplicate, Some(whose)) => format!(": kept already for {whose}"),
                    _ => file.why.as_ref().map_or_else(String::new, |why| format!(": {why}")),
                };
                [fate.to_owned(), format!("{label}{why}")]
            });
            let rows: Vec<[String; 2]> = lines.collect();
            let text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n") + "\n";
            self.state.overlay = Overlay::Told(Told {
                title: format!("Receipt for {name}"),
                about: short.clone() + ".",
                text: Some((format!("import {}", self.today()), format!("{name}: {short}\n\n{text}"))),
                rows,
                does: (added > 0).then_some(("Undo the import", LibraryAsk::UndoImport(receipt.batch))),
            });
        }
        // The first runs that are ever kept are seen where they are now.
        let library = &self.state.library;
        if added > 0 && library.chosen.is_none() && receipt.person != PersonId::ME {
            let selected = self.state.runs.selected;
            self.show_person(receipt.person);
            self.state.runs.selected = selected;
        }
    }

    /// "P-014, Run 20, 20 May 2026"
    fn whose(&self, run: RunId) -> Option<String> {
        let holding = &self.state.library.holding;
        let run = holding.run(run)?;
        Some(format!("{}, {}, {}", holding.person(run.person)?.name, run.name, date(run.day)))
    }

    fn erased(&mut self, erasure: &Erasure) {
        self.close_kept();
        self.state.library.chosen = None;
        self.state.library.page = None;
        self.state.announcer.say("Deleted for good");
        let text = erasure.text();
        let lines = text.lines().skip(1).filter(|line| !line.is_empty());
        self.state.overlay = Overlay::Told(Told {
            title: "Deleted for good".to_owned(),
            about:
                "Keep this receipt, if you have to show that it was done. It names the person by number only."
                    .to_owned(),
            rows: lines.map(|line| [String::new(), line.trim().to_owned()]).collect(),
            text: Some((format!("receipt person {}", erasure.person), text.clone())),
            does: None,
        });
    }
}

fn of_verified(verified: &Verified) -> Told {
    let whole = verified.problems.is_empty();
    let mut rows = vec![
        ["rows".to_owned(), format!("{} are as they were written", verified.rows)],
        ["original files".to_owned(), format!("{} are as they were imported", verified.originals)],
    ];
    rows.extend(verified.problems.iter().map(|problem| ["▲".to_owned(), problem.clone()]));
    Told {
        title: if whole { "The library is undamaged" } else { "The library is damaged" }.to_owned(),
        about: if whole {
            "Every byte of it was read and checked."
        } else {
            "Restore a backup: the damaged library is kept beside it."
        }
        .to_owned(),
        rows,
        ..Told::default()
    }
}

fn of_backup(backup: PathBuf, holds: &Contents) -> Told {
    let days = holds.first_day.as_ref().zip(holds.last_day.as_ref());
    let days = days.map_or_else(String::new, |(first, last)| format!(", {first} to {last}"));
    let row = |name: &str, value: String| [name.to_owned(), value];
    let changed = holds.last_change.map_or_else(
        || "never".to_owned(),
        |at| at.with_timezone(&Local).format("%a %-d %b %Y, %H:%M").to_string(),
    );
    Told {
        title: "What the backup holds".to_owned(),
        about: "It was checked and can be put in the library’s place. The library that is there now is backed up first."
            .to_owned(),
        rows: vec![
            row("people", holds.people.to_string()),
            row("runs", format!("{}{days}", holds.runs)),
            row("in the bin", counted(holds.runs_in_bin, "run")),
            row("notes", holds.notes.to_string()),
            row("doses", holds.doses.to_string()),
            row("last change", changed),
            row("file", backup.display().to_string()),
        ],
        text: None,
        does: Some(("Put it in the library’s place", LibraryAsk::Restore(backup))),
    }
}
