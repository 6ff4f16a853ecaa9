//! Commands about the library: runs that are kept, people, backups and the passcode.

/// Sets these commands behind those `before`, and goes on with the parts that are `left`.
macro_rules! library {
    ([$($left:ident)*] $($before:tt)*) => { commands! { @parts [$($left)*] $($before)*

        /// Keep the run on show, or those that are added up.
        Keep {
            title: "Keep this run…",
            keys: [ctrl(Key::S)],
            also: "save library patient person",
            menu: Library,
            when(state): state.library.can_keep() && state.runs.entry().is_some_and(|entry| {
                entry.run.source.is_some() && state.library.kept_as(&entry.run).is_none()
            }),
            does(app, _): {
                let labels = app.keepable(false);
                app.choose_person("Keep for whom?", Waiting::Keep(labels));
            },
        }
        /// Keep all open files.
        KeepAll {
            title: "Keep all open runs…",
            also: "save library patient person",
            when(state): state.library.can_keep() && state.runs.entries.iter().any(|entry| entry.run.source.is_some()),
            does(app, _): {
                let labels = app.keepable(true);
                app.choose_person("Keep for whom?", Waiting::Keep(labels));
            },
        }
        /// Keep every file that is opened.
        KeepAlways {
            title: "Keep every run that is opened",
            also: "library always",
            menu: Library,
            chosen(state): state.settings.keep_always,
            when(state): state.settings.keep_always || state.library.can_keep(),
            does(app, _): {
                app.state.settings.keep_always ^= true;
                app.meet_library();
            },
        }
        /// Enter a person.
        NewPerson {
            title: "New person…",
            keys: [ctrl(Key::N)],
            also: "patient client add library",
            menu: Library,
            when(state): state.library.can_keep(),
            does(app, _): app.lay_form(FormFor::NewPerson(Waiting::Nothing)),
        }
        /// Look at a person.
        ChoosePerson {
            title: "Go to a person…",
            keys: [ctrl(Key::G)],
            also: "patient client library page me",
            menu: Library,
            when(state): state.library.on,
            does(app, _): app.choose_person("Go to whom?", Waiting::Nothing),
        }
        /// Import files for the person who is looked at.
        Import {
            title: "Import files into the library…",
            keys: [ctrl(Key::I)],
            also: "add gpx fit tcx zip strava garmin",
            menu: Library,
            when(state): state.library.can_keep(),
            does(app, ctx): app.choose_import(PathFor::Import, ctx),
        }
        /// Import a folder of them.
        ImportFolder {
            title: "Import a folder into the library…",
            keys: [ctrl_shift(Key::I)],
            also: "add directory export strava garmin",
            when(state): state.library.can_keep(),
            does(app, ctx): app.choose_import(PathFor::ImportFolder, ctx),
        }
        /// Watch a folder.
        WatchFolder {
            title: "Watch a folder for new runs…",
            also: "activity garmin sync automatic import directory",
            menu: Library,
            when(state): state.library.can_keep(),
            does(app, ctx): app.choose_watched(ctx),
        }
        /// Watch for plugged-in watches.
        WatchPluggedIn {
            title: "Look for new runs on plugged-in watches",
            also: "garmin activity usb drive automatic import",
            menu: Library,
            chosen(state): state.library.watched().is_some_and(|watched| watched.plugged_in),
            when(state): state.library.can_keep(),
            does(app, _): app.watch_plugged_in(),
        }
        /// Add what is found without a question.
        AddFound {
            title: "Add new runs of watched folders without asking",
            also: "automatic import plugged-in",
            menu: Library,
            chosen(state): state.library.watched().is_some_and(|watched| watched.adds_for.is_some()),
            when(state): state.library.watched().is_some(),
            does(app, _): app.add_without_question(),
        }
        /// Watch nothing any more.
        StopWatching {
            title: "Stop watching for new runs",
            also: "end folder",
            menu: Library,
            when(state): state.library.watched().is_some(),
            does(app, _): app.stop_watching(),
        }
        /// Keep what was found.
        KeepFound {
            title: "Keep the new runs that were found…",
            also: "add import watched folder",
            when(state): !state.library.found.is_empty(),
            does(app, _): app.choose_person("Keep for whom?", Waiting::Found),
        }
        /// Open what was found.
        OpenFound {
            title: "Open the new runs that were found",
            also: "watched folder look",
            when(state): !state.library.found.is_empty(),
            does(app, _): app.open_found(),
        }
        /// Say no more of what was found.
        LeaveFound {
            title: "Leave the new runs that were found",
            also: "dismiss not now watched folder",
            when(state): !state.library.found.is_empty(),
            does(app, _): drop(app.leave_found()),
        }
        /// End an import.
        CancelImport {
            title: "Stop the import",
            when(state): state.library.importing.is_some(),
            does(app, _): app.background.library.cancel_import(),
        }
        /// Undo the last import.
        UndoImport {
            title: "Undo the last import",
            also: "undo",
            when(state): state.library.last_import.is_some(),
            does(app, _): app.undo_last_import(),
        }
        /// Agree on a dose.
        SetDose {
            title: "Change the dose…",
            keys: [ctrl(Key::E)],
            also: "minutes week agree prescribe set",
            menu: Library,
            when(state): state.library.changed_person().is_some(),
            does(app, _): if let Some(who) = app.state.library.changed_person() {
                app.lay_form(FormFor::Dose(who));
            },
        }
        /// Agree on the weekdays of sessions.
        SetPlan {
            title: "Agree on weekdays…",
            keys: [ctrl_shift(Key::E)],
            also: "plan sessions days calendar schedule prescribe",
            menu: Library,
            when(state): state.library.changed_person().is_some(),
            does(app, _): if let Some(who) = app.state.library.changed_person() {
                app.lay_form(FormFor::Plan(who));
            },
        }
        /// Write a note.
        AddNote {
            title: "Add a note…",
            keys: [ctrl(Key::M)],
            also: "write remark",
            menu: Library,
            when(state): state.library.changed_person().is_some(),
            does(app, _): if let Some(who) = app.state.library.changed_person() {
                app.lay_form(FormFor::Note(who, None));
            },
        }
        /// Write down the pain of a day.
        AddPain {
            title: "Record a day’s pain…",
            also: "add note scale",
            menu: Library,
            when(state): state.library.changed_person().is_some(),
            does(app, _): if let Some(who) = app.state.library.changed_person() {
                app.lay_form(FormFor::DayPain(who));
            },
        }
        /// Note and pain of the run on show, which is kept.
        AboutRun {
            title: "Note and pain of this run…",
            keys: [ctrl_shift(Key::M)],
            also: "write remark tag",
            when(state): state.library.takes_changes()
                && state.runs.entry().is_some_and(|entry| state.library.kept_as(&entry.run).is_some()),
            does(app, _): {
                let kept = app.state.runs.entry().and_then(|entry| app.state.library.kept_as(&entry.run));
                if let Some(run) = kept {
                    app.lay_form(FormFor::Run(run));
                }
            },
        }
        /// What is written down about a person.
        ChangePerson {
            title: "Name, reference, note and colour of this person…",
            also: "rename edit patient pseudonym",
            when(state): state.library.changed_person().is_some(),
            does(app, _): if let Some(who) = app.state.library.changed_person() {
                app.lay_form(FormFor::Person(who));
            },
        }
        /// The person is here.
        Visit {
            title: "Note a visit: count what is new from now",
            also: "appointment since last",
            menu: Library,
            when(state): state.library.changed_person().is_some(),
            does(app, _): app.note_visit(),
        }
        /// The page over a person's weeks.
        PeriodReport {
            title: "Report over some weeks…",
            keys: [ctrl(Key::P)],
            also: "pdf export print page a4 letter period person",
            menu: Library,
            when(state): state.person_on_show().is_some() && state.library.page.is_some(),
            does(app, _): app.state.overlay = Overlay::Period,
        }
        /// Save it as a file.
        SavePeriod {
            title: "Save the report over some weeks…",
            also: "pdf export png svg page",
            when(state): state.overlay == Overlay::Period,
            does(app, ctx): app.save_period(ctx),
        }
        /// Hand it to the desktop's viewer.
        PrintPeriod {
            title: "Open the report over some weeks to print",
            also: "pdf paper",
            when(state): state.overlay == Overlay::Period,
            does(app, ctx): app.print_period(ctx),
        }
        /// Everything of a person in open formats.
        ExportPerson {
            title: "Export everything about this person…",
            also: "csv json originals hand over gdpr",
            menu: Library,
            when(state): state.library.on && state.library.chosen.is_some(),
            does(app, ctx): app.choose_export(ctx),
        }
        /// Move a person to the bin.
        BinPerson {
            title: "Move this person to the bin",
            also: "delete remove patient",
            when(state): state.library.changed_person().is_some_and(|who| who != PersonId::ME),
            does(app, _): app.bin_person(),
        }
        /// Delete a person for good.
        DeletePerson {
            title: "Delete this person for good…",
            also: "erase remove gdpr forget patient",
            when(state): state.library.changed_person().is_some_and(|who| who != PersonId::ME),
            does(app, _): if let Some(who) = app.state.library.changed_person() {
                app.lay_form(FormFor::Erase(who, String::new()));
            },
        }
        /// Take the last change of the library back.
        UndoInLibrary {
            title: "Undo the last change to the library",
            keys: [ctrl(Key::Z)],
            when(state): state.undoes_in_library(),
            does(app, _): app.undo_in_library(false),
        }
        /// Make it again.
        RedoInLibrary {
            title: "Redo the change to the library",
            keys: [ctrl_shift(Key::Z), ctrl(Key::Y)],
            when(state): state.undoes_in_library(),
            does(app, _): app.undo_in_library(true),
        }
        /// Make a backup.
        BackUp {
            title: "Back up the library now",
            also: "copy save",
            menu: Library,
            when(state): state.library.takes_changes() && !state.library.holding.is_demo,
            does(app, _): app.back_up(),
        }
        /// Make a copy elsewhere.
        BackUpElsewhere {
            title: "Copy the library to another place…",
            also: "backup export stick",
            when(state): state.library.on && !state.library.holding.is_demo,
            does(app, _): app.back_up_elsewhere(),
        }
        /// Put a backup in the library's place.
        RestoreBackup {
            title: "Restore a backup…",
            also: "backup recover",
            menu: Library,
            when(state): state.library.possible && !state.library.holding.is_demo
                && state.library.holding.only_read.is_none(),
            does(app, _): app.choose_backup(),
        }
        /// Check the whole library.
        Verify {
            title: "Check the library for damage",
            also: "verify integrity",
            menu: Library,
            when(state): state.library.on,
            does(app, _): app.verify_library(),
        }
        /// Open the library that waits for its passcode.
        Unlock {
            title: "Unlock the library…",
            keys: [ctrl(Key::L)],
            also: "passcode password recovery key open",
            menu: Library,
            when(state): state.library.locked,
            does(app, _): app.lay_form(FormFor::Unlock),
        }
        /// Close it until its passcode is typed.
        Lock {
            title: "Lock the library",
            keys: [ctrl(Key::L)],
            also: "passcode password close",
            menu: Library,
            when(state): state.library.holding.has_passcode,
            does(app, _): app.lock_library(),
        }
        /// Encrypt the library.
        SetPasscode {
            title: "Set a passcode for the library…",
            also: "encrypt password lock",
            when(state): state.library.takes_changes() && !state.library.holding.has_passcode
                && !state.library.holding.is_demo && cfg!(feature = "passcode"),
            does(app, _): app.choose_passcode(),
        }
        /// Another passcode.
        ChangePasscode {
            title: "Change the library’s passcode…",
            also: "password encrypt",
            when(state): state.library.takes_changes() && state.library.holding.has_passcode,
            does(app, _): app.lay_form(FormFor::ChangePasscode),
        }
        /// No passcode any more.
        RemovePasscode {
            title: "Remove the library’s passcode…",
            also: "password decrypt",
            when(state): state.library.takes_changes() && state.library.holding.has_passcode,
            does(app, _): app.lay_form(FormFor::RemovePasscode),
        }
        /// Show the demo library.
        Demo {
            title: "Demo library: eight weeks of a patient",
            also: "example sample person",
            menu: Library,
            when(state): state.library.possible && !state.library.holding.is_demo,
            does(app, _): app.show_demo(),
        }
        /// Leave it.
        LeaveDemo {
            title: "Leave the demo library",
            menu: Library,
            when(state): state.library.holding.is_demo,
            does(app, _): app.leave_demo(),
        }

    } };
}

pub(super) use library;
