//! What keeps a library safe: undo, backups, the check of the whole, the passcode; and the demo, which touches none of
//! it.

use chrono::Local;

use crate::{
    app::{
        App,
        background::library::Done,
        command::LibraryAsk,
        state::{
            form::FormFor,
            overlay::Overlay,
            pick::{Pick, PickLine},
            secret_text::SecretText,
        },
    },
    library::{self, RecoveryKey, Wiped},
};

impl App {
    /// Takes the last change of the library back, or makes it again.
    pub(in crate::app::command) fn undo_in_library(&mut self, redo: bool) {
        if !redo {
            return self.background.library.take_back();
        }
        self.background.library.change("The last change", |library| {
            let words = match library.redo()? {
                Some(_) => "was redone",
                None => "stays as it is: nothing was undone",
            };
            Ok(Done::Said("The last change", words.to_owned()))
        });
    }

    /// Makes a backup among the library's own.
    pub(in crate::app::command) fn back_up(&mut self) {
        self.background.library.ask("The backup", |library, _| {
            let backup = library.back_up()?;
            let name = backup.path.display();
            Ok(Done::Said("The backup", format!("was made and checked: {name}")))
        });
    }

    /// Makes a copy of the library for a place of one's choice.
    pub(in crate::app::command) fn back_up_elsewhere(&mut self) {
        self.background.library.ask("The copy", |library, _| {
            let failed = |error: std::io::Error| library::LibraryError::Io {
                what: "making a copy",
                why: error.to_string(),
            };
            // Made and checked among the library's own files, so that no other folder ever sees half of it.
            let folder = tempfile::tempdir_in(library.place().folder()).map_err(failed)?;
            let path = folder.path().join("copy.db");
            library.back_up_to(&path)?;
            Ok(Done::Copy(std::fs::read(&path).map_err(failed)?))
        });
    }

    /// Chooses a backup to look into.
    pub(in crate::app::command) fn choose_backup(&mut self) {
        let Some(place) = self.background.library.place() else { return };
        let line = |words, ask| PickLine { words, ask, colour: None };
        let mut lines: Vec<PickLine> = library::backups(place)
            .into_iter()
            .map(|backup| {
                let made = backup.made.with_timezone(&Local).format("%a %-d %b %Y, %H:%M");
                let words = format!("{made} · {:.1} MB", backup.size as f64 / 1e6);
                line(words, LibraryAsk::LookInto(backup.path))
            })
            .collect();
        lines.push(line("Another file…".to_owned(), LibraryAsk::OtherBackup));
        self.state.overlay = Overlay::Pick(Pick {
            title: "Restore a backup",
            hint: "Type a few letters of its date",
            typed: String::new(),
            line: 0,
            lines,
            new_person: None,
        });
    }

    /// Closes the library until its passcode is typed.
    pub(in crate::app) fn lock_library(&mut self) {
        if self.state.library.holding.has_passcode {
            self.state.overlay = Overlay::None;
            self.close_kept();
            self.state.library.forget();
            self.background.library.lock();
        }
    }

    /// Asks for a new passcode, beside a new recovery key.
    pub(in crate::app::command) fn choose_passcode(&mut self) {
        match RecoveryKey::random() {
            Ok(key) => self.lay_form(FormFor::SetPasscode(SecretText::of(&Wiped::new(key.text())))),
            Err(why) => self.state.notices.failed("The passcode", &why.to_string()),
        }
    }

    /// Checks the whole library.
    pub(in crate::app::command) fn verify_library(&mut self) {
        self.background.library.ask("The library", |library, _| Ok(Done::Verified(library.verify()?)));
    }

    /// Shows the demo.
    pub(in crate::app::command) fn show_demo(&mut self) {
        self.state.library.forget();
        self.state.runs.selected = None;
        self.background.library.show_demo();
    }

    /// Leaves it: its runs go, too.
    pub(in crate::app::command) fn leave_demo(&mut self) {
        self.close_kept();
        self.state.library.forget();
        self.state.announcer.say("The demo is gone");
        self.background.library.leave_demo();
    }
}
