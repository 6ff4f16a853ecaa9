//! The table of commands, in the order of the menu, the palette and the help sheet.

use egui::{Context, Key, KeyboardShortcut, ViewportCommand};

use crate::{
    app::{
        App,
        command::{
            menu::{Menu, ctrl, ctrl_shift, plain, shift},
            table::commands,
        },
        state::{
            AppState,
            form::{FormFor, Waiting},
            overlay::Overlay,
            path_field::PathFor,
            settings::{ListOrder, Theme},
            summary_text,
            view::MapLook,
        },
    },
    band::{Edges, SplitBy},
    figure::SpeedAxis,
    library::PersonId,
    motion::Evidence,
    recording::{Edits, History, Quantity, Sport},
    samples,
    units::SpeedUnit,
};

/// So much of both ends of a track is kept private, m; as on the page.
const HIDDEN_M: f64 = 200.0;

commands! {
    /// Choose files to open.
    Open {
        title: "Open files…",
        keys: [ctrl(Key::O)],
        also: "import load gpx fit tcx",
        menu: Runs,
        does(app, ctx): app.choose_files(ctx),
    }
    /// Choose a folder to open.
    OpenFolder {
        title: "Open a folder…",
        keys: [ctrl_shift(Key::O)],
        also: "import load directory",
        menu: Runs,
        does(app, ctx): app.choose_folder(ctx),
    }
    /// Choose from what was opened before.
    Recent {
        title: "Open a recent run…",
        also: "history last yesterday again",
        when(state): !state.recent.items.is_empty(),
        does(_app, ctx): crate::app::panels::recent::open_menu(ctx),
    }
    /// Open the runs that were open when the window was last closed.
    ReopenSession {
        title: "Open the last session",
        also: "recent history yesterday restore again",
        menu: Runs,
        when(state): !state.recent.last_session.files.is_empty(),
        does(app, _): app.reopen_session(),
    }
    /// Forget what was opened before.
    ClearRecent {
        title: "Clear the list of recent runs",
        also: "forget history private",
        when(state): !state.recent.items.is_empty(),
        does(app, ctx): app.clear_recent(ctx),
    }
    /// Open the sample with this place in `samples::ALL`.
    Sample(k: usize = 0..samples::ALL.len()) {
        title: format!("Open sample: {}", samples::ALL[k].title),
        does(app, _): app.open_sample(k),
    }
    /// Show the next run of the list.
    NextRun {
        title: "Next run",
        keys: [plain(Key::PageDown)],
        when(state): state.runs.entries.len() > 1,
        does(app, _): app.step(1),
    }
    /// Show the one before.
    PreviousRun {
        title: "Previous run",
        keys: [plain(Key::PageUp)],
        when(state): state.runs.entries.len() > 1,
        does(app, _): app.step(-1),
    }
    /// Go to the search field.
    Search {
        title: "Search runs",
        keys: [ctrl(Key::F)],
        when(state): !state.runs.entries.is_empty() || state.library.on,
        does(_app, ctx): crate::app::panels::runs::focus_search(ctx),
    }
    /// How the list is sorted.
    Order(order: ListOrder = ListOrder::ALL) {
        title: match order {
            ListOrder::Newest => "Sort runs: newest first",
            ListOrder::InBand => "Sort runs: most time in band first",
            ListOrder::Share => "Sort runs: greatest share in band first",
            ListOrder::Farthest => "Sort runs: farthest first",
            ListOrder::Name => "Sort runs by name",
        },
        also: "order list",
        chosen(state): state.settings.order == order,
        when(state): state.runs.entries.len() > 1,
        does(app, _): app.state.settings.order = order,
    }
    /// List the runs of one sport alone, or all of them.
    Only(sport: Option<Sport> = std::iter::once(None).chain(Sport::ALL.map(Some))) {
        title: match sport {
            None => "List all sports".to_owned(),
            Some(sport) => format!("List only {}", sport.code()),
        },
        also: "filter sport activity show",
        chosen(state): state.runs.sport == sport,
        when(state): sport.map_or(state.runs.sport.is_some(), |sport| state.runs.count_of(sport) > 0),
        does(app, _): app.state.runs.sport = sport,
    }
    /// Read speeds in a unit.
    Unit(unit: SpeedUnit = SpeedUnit::ALL) {
        title: format!("Speeds in {}", unit.symbol()),
        chosen(state): state.settings.unit == unit,
        does(app, _): app.choose_unit(unit),
    }
    /// What runs along the speed chart.
    Axis(axis: SpeedAxis = [SpeedAxis::Elapsed, SpeedAxis::Distance, SpeedAxis::Clock]) {
        title: match axis {
            SpeedAxis::Elapsed => "Speed over elapsed time",
            SpeedAxis::Distance => "Speed over distance",
            SpeedAxis::Clock => "Speed over time of day",
        },
        chosen(state): state.settings.axis == axis,
        does(app, _): app.choose_axis(axis),
    }
    /// Show or hide what was measured beside the way.
    Strip(quantity: Quantity = Quantity::ALL) {
        title: match quantity {
            Quantity::HeartRate => "Heart rate below the speed",
            Quantity::Cadence => "Cadence below the speed",
            Quantity::Elevation => "Elevation below the speed",
        },
        also: "line show hide pulse bpm steps altitude climb height",
        menu: Window,
        chosen(state): state.settings.strips.shows(quantity),
        when(state): state.screen.shown.as_ref().is_some_and(|shown| {
            shown.strips.iter().any(|strip| strip.quantity == quantity)
        }),
        does(app, _): app.state.settings.strips.toggle(quantity),
    }
    /// What the table is split by.
    Split(split: Option<SplitBy> = [
        Some(SplitBy::Kilometre), Some(SplitBy::Mile), Some(SplitBy::Lap), Some(SplitBy::Block), None,
    ]) {
        title: match split {
            Some(SplitBy::Kilometre) => "Split by kilometre",
            Some(SplitBy::Mile) => "Split by mile",
            Some(SplitBy::Lap) => "Split by lap",
            Some(SplitBy::Block) => "Split by stretch",
            None => "List it point by point",
        },
        chosen(state): state.settings.split == split,
        does(app, _): app.state.settings.split = split,
    }
    /// The one-page report.
    Report {
        title: "Report…",
        keys: [ctrl(Key::P)],
        also: "pdf export print page a4 letter",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, _): app.state.overlay = Overlay::Report,
    }
    /// Save it as a file.
    SaveReport {
        title: "Save the report…",
        also: "pdf export png svg page",
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.save_report(ctx),
    }
    /// Hand it to the desktop's viewer.
    PrintReport {
        title: "Open the report to print",
        also: "pdf print paper viewer",
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.print_report(ctx),
    }
    /// Save the speed chart as a picture.
    SaveChart {
        title: "Save the speed chart as a picture…",
        also: "export png svg image",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.save_chart(ctx),
    }
    /// Copy the speed chart as a picture.
    CopyChart {
        title: "Copy the speed chart as a picture",
        keys: [ctrl(Key::C)],
        also: "clipboard image png",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.copy_chart(ctx),
    }
    /// Save the numbers of all open runs as a table.
    SaveNumbers {
        title: "Save the numbers of all open runs…",
        also: "export csv parquet table spreadsheet",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.save_numbers(ctx),
    }
    /// Save every segment of the run on show as a table.
    SaveSegments {
        title: "Save this run point by point…",
        also: "export csv parquet table spreadsheet",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.save_segments(ctx),
    }
    /// Save the track of the run on show, as it is cut.
    SaveTrack {
        title: "Save this track as GPX…",
        also: "export gpx trimmed",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.save_track(ctx, 0.0),
    }
    /// The same without its ends, which tell where a person lives.
    SaveTrackInside {
        title: "Save this track as GPX without its first and last 200 m…",
        also: "export gpx trimmed private",
        when(state): state.screen.shown.is_some(),
        does(app, ctx): app.save_track(ctx, HIDDEN_M),
    }
    /// Copy the numbers as text.
    CopySummary {
        title: "Copy the numbers as text",
        keys: [ctrl_shift(Key::C)],
        also: "clipboard export text",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, ctx): if let Some(shown) = &app.state.screen.shown {
            ctx.copy_text(summary_text::of(shown));
            app.state.notices.said("The numbers", "were copied as text");
        },
    }
    /// Choose a run to compare with.
    Compare {
        title: "Compare with another run…",
        keys: [ctrl(Key::D)],
        also: "versus difference",
        menu: Runs,
        when(state): state.runs.entries.len() > 1,
        does(app, _): app.state.overlay = Overlay::Compare(String::new(), 0),
    }
    /// Compare with no run any more.
    EndCompare {
        title: "End the comparison",
        when(state): state.runs.compared.is_some(),
        does(app, _): app.compare_with(None),
    }
    /// Estimate by the positions alone.
    LeaveOutDevice {
        title: "Leave out the device's speed",
        also: "positions only gps doppler foot pod evidence",
        menu: Runs,
        chosen(state): state.runs.evidence == Evidence::PositionsOnly,
        when(state): state.runs.evidence == Evidence::PositionsOnly
            || state.runs.entries.iter().any(|entry| entry.whole.hears_device()),
        does(app, _): app.leave_out_device(),
    }
    /// Let the cursor run through the run, or stop it.
    Play {
        title: "Play the run, or stop",
        keys: [plain(Key::Space), plain(Key::P)],
        also: "animate run replay",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, _): app.state.view.play(),
    }
    /// Let it run at the next speed.
    PlayFaster {
        title: "Play at the next speed, 10x to 120x",
        keys: [shift(Key::P)],
        when(state): state.screen.shown.is_some(),
        does(app, _): app.state.view.play_faster(),
    }
    /// Cut off what lies outside the chosen stretch.
    Trim {
        title: "Keep only the chosen stretch",
        keys: [ctrl(Key::T)],
        also: "crop cut",
        when(state): state.view.range.is_some(),
        does(app, ctx): app.cut(ctx, Edits::trimmed_to),
    }
    /// Leave the chosen stretch out.
    Ignore {
        title: "Leave the chosen stretch out",
        keys: [plain(Key::Delete)],
        also: "crop cut delete",
        when(state): state.view.range.is_some(),
        does(app, ctx): app.cut(ctx, Edits::ignoring),
    }
    /// Take the last cut back.
    Undo {
        title: "Undo the last cut",
        keys: [ctrl(Key::Z)],
        menu: Runs,
        when(state): state.runs.entry().is_some_and(|entry| entry.history.can_undo()),
        does(app, ctx): app.change_history(ctx, History::undo),
    }
    /// Make it again.
    Redo {
        title: "Redo the cut",
        keys: [ctrl_shift(Key::Z), ctrl(Key::Y)],
        menu: Runs,
        when(state): state.runs.entry().is_some_and(|entry| entry.history.can_redo()),
        does(app, ctx): app.change_history(ctx, History::redo),
    }
    /// Take all cuts back.
    Uncut {
        title: "Remove all cuts: the whole run again",
        menu: Runs,
        when(state): state.runs.entry().is_some_and(|entry| !entry.history.edits().is_empty()),
        does(app, ctx): app.change_history(ctx, |history| {
            history.change(Edits::default());
            true
        }),
    }
    /// Close the run on show.
    Close {
        title: "Close this run",
        keys: [ctrl(Key::W)],
        also: "remove",
        menu: Runs,
        when(state): state.screen.shown.is_some(),
        does(app, _): if let Some(index) = app.state.runs.selected {
            app.close(index);
        },
    }
    /// Bring back the run that was closed last.
    Reopen {
        title: "Reopen the closed run",
        keys: [ctrl_shift(Key::T)],
        also: "undo close",
        menu: Runs,
        when(state): state.runs.closed.is_some(),
        does(app, _): app.reopen(),
    }
    /// Show the whole run again, or close what is open.
    Back {
        title: "Back: close this, or show the whole run",
        keys: [plain(Key::Escape)],
        does(app, _): app.back(),
    }
    /// Show the whole run in the speed chart.
    ResetZoom {
        title: "Show the whole run in the chart, or the whole route",
        keys: [plain(Key::Num0)],
        when(state): state.view.zoom.is_some() || state.view.map != MapLook::default(),
        does(app, _): app.show_whole(),
    }
    /// Show half as much of the run.
    ZoomIn {
        title: "Zoom into the chart, or the larger route",
        keys: [plain(Key::Plus)],
        when(state): state.screen.shown.is_some(),
        does(app, _): app.zoom_chart(0.5),
    }
    /// Show twice as much of it.
    ZoomOut {
        title: "Zoom out of the chart, or the larger route",
        keys: [plain(Key::Minus)],
        when(state): state.view.zoom.is_some() || state.large_route,
        does(app, _): app.zoom_chart(2.0),
    }
    /// The band's edges as they were meant.
    ResetEdges {
        title: "Threshold back to 2 m/s",
        when(state): state.settings.edges() != Edges::default(),
        does(app, _): app.state.settings.reset_edges(),
    }
    /// Begin with these edges at every start.
    KeepEdges {
        title: "Keep this threshold for every start",
        menu: Window,
        chosen(state): state.settings.keep_edges,
        when(state): state.settings.keep_edges || state.settings.edges() != Edges::default(),
        does(app, _): app.state.settings.keep_edges ^= true,
    }
    /// Raise the threshold a little.
    RaiseThreshold {
        title: "Raise the threshold by 0.1 m/s",
        keys: [ctrl(Key::ArrowUp)],
        does(app, _): app.state.settings.move_upper(0.1),
    }
    /// Lower it a little.
    LowerThreshold {
        title: "Lower the threshold by 0.1 m/s",
        keys: [ctrl(Key::ArrowDown)],
        does(app, _): app.state.settings.move_upper(-0.1),
    }
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
    /// End an import.
    CancelImport {
        title: "Stop the import",
        when(state): state.library.importing.is_some(),
        does(app, _): app.background.library.cancel_import(),
    }
    /// Take the last import back.
    UndoImport {
        title: "Take the last import back",
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
        title: "Write down a day’s pain…",
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
        title: "Name, reference and note of this person…",
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
        title: "Print the report over some weeks",
        also: "pdf paper",
        when(state): state.overlay == Overlay::Period,
        does(app, ctx): app.print_period(ctx),
    }
    /// Everything of a person in open formats.
    ExportPerson {
        title: "Export all of this person…",
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
        title: "Undo the last change of the library",
        keys: [ctrl(Key::Z)],
        when(state): state.library.takes_changes() && state.runs.selected.is_none(),
        does(app, _): app.undo_in_library(false),
    }
    /// Make it again.
    RedoInLibrary {
        title: "Redo the change of the library",
        keys: [ctrl_shift(Key::Z), ctrl(Key::Y)],
        when(state): state.library.takes_changes() && state.runs.selected.is_none(),
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
        title: "Check that the library is whole",
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
        title: "Change the passcode of the library…",
        also: "password encrypt",
        when(state): state.library.takes_changes() && state.library.holding.has_passcode,
        does(app, _): app.lay_form(FormFor::ChangePasscode),
    }
    /// No passcode any more.
    RemovePasscode {
        title: "Remove the passcode of the library…",
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
    /// Light or dark.
    Theme(theme: Theme = [Theme::System, Theme::Light, Theme::Dark]) {
        title: match theme {
            Theme::System => "Theme as on this desktop",
            Theme::Light => "Light theme",
            Theme::Dark => "Dark theme",
        },
        menu: Theme,
        chosen(state): state.settings.theme == theme,
        does(app, ctx): app.choose_theme(theme, ctx),
    }
    /// Show or hide the article.
    Article {
        title: "Show or hide the article",
        keys: [ctrl(Key::B)],
        also: "explanation text panel",
        menu: Window,
        chosen(state): state.settings.article,
        does(app, _): app.state.settings.article ^= true,
    }
    /// Move the running cursor in steps.
    ReducedMotion {
        title: "Reduced motion: play in steps",
        menu: Window,
        chosen(state): state.reduced_motion(),
        does(app, _): app.state.settings.reduced_motion = Some(!app.state.reduced_motion()),
    }
    /// Let the wheel alone zoom the speed chart.
    WheelZooms {
        title: "The wheel zooms the chart without Ctrl",
        also: "mouse scroll",
        menu: Window,
        chosen(state): state.settings.wheel_zooms,
        does(app, _): app.state.settings.wheel_zooms ^= true,
    }
    /// Begin with the runs of the last session.
    ReopenAtStart {
        title: "Start with the runs of the last session",
        also: "reopen restore session recent",
        menu: Window,
        chosen(state): state.settings.reopen && !state.keeps_nothing(),
        when(state): !state.keeps_nothing(),
        does(app, _): app.state.settings.reopen ^= true,
    }
    /// Keep nothing that tells of a run.
    KeepNothing {
        title: "Clinic mode: keep nothing",
        also: "private privacy history forget kiosk",
        menu: Window,
        chosen(state): state.keeps_nothing(),
        when(state): !state.started_to_keep_nothing,
        does(app, ctx): app.choose_to_keep_nothing(ctx),
    }
    /// Everything larger.
    Larger {
        title: "Everything larger",
        keys: [ctrl(Key::Plus), ctrl(Key::Equals)],
        also: "zoom bigger font",
        menu: Window,
        does(app, ctx): app.enlarge(0.1, ctx),
    }
    /// Everything smaller.
    Smaller {
        title: "Everything smaller",
        keys: [ctrl(Key::Minus)],
        also: "zoom font",
        menu: Window,
        does(app, ctx): app.enlarge(-0.1, ctx),
    }
    /// Everything as large as at first.
    NormalSize {
        title: "Normal size",
        keys: [ctrl(Key::Num0)],
        also: "zoom reset 100",
        menu: Window,
        does(app, ctx): app.enlarge(1.0 - app.state.settings.zoom, ctx),
    }
    /// The route in the whole centre, or as small as before.
    LargeRoute {
        title: "Larger route",
        keys: [plain(Key::M)],
        also: "map enlarge where track close",
        menu: Window,
        chosen(state): state.large_route,
        when(state): state.large_route || state.has_route(),
        does(app, _): app.toggle_large_route(),
    }
    /// Full screen, for a projector.
    Present {
        title: "Present in full screen",
        keys: [plain(Key::F5), plain(Key::F11)],
        also: "full screen projector slide",
        menu: Window,
        when(state): state.screen.shown.is_some(),
        does(app, _): app.state.presenting ^= true,
    }
    /// Find a command.
    Palette {
        title: "Find a command",
        keys: [ctrl(Key::K)],
        menu: Help,
        does(app, _): app.toggle(Overlay::Palette(String::new(), 0)),
    }
    /// The sheet of shortcuts.
    Help {
        title: "Keyboard shortcuts",
        keys: [plain(Key::Questionmark), plain(Key::F1)],
        also: "keys hotkeys",
        menu: Help,
        does(app, _): app.toggle(Overlay::Help),
    }
    /// What the explanation rests on.
    Sources {
        title: "Read the sources",
        menu: Help,
        does(app, _): app.state.overlay = Overlay::Sources,
    }
    /// Stop reading.
    CancelLoading {
        title: "Stop reading files",
        when(state): state.work.reading.is_some(),
        does(app, _): app.background.loader.cancel(),
    }
    /// Leave.
    Quit {
        title: "Quit",
        keys: [ctrl(Key::Q)],
        also: "exit",
        menu: Help,
        does(_app, ctx): ctx.send_viewport_cmd(ViewportCommand::Close),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same keys do the same to what is on show: a run or a person, a library that is open or locked.
    const ONE_OR_THE_OTHER: [(Command, Command); 4] = [
        (Command::Report, Command::PeriodReport),
        (Command::Undo, Command::UndoInLibrary),
        (Command::Redo, Command::RedoInLibrary),
        (Command::Unlock, Command::Lock),
    ];

    #[test]
    fn no_two_commands_share_keys_or_a_title() {
        let all = Command::all();
        for (k, one) in all.iter().enumerate() {
            for other in &all[k + 1..] {
                assert_ne!(one.title(), other.title());
                let shared = one.keys().iter().any(|keys| other.keys().contains(keys));
                assert!(!shared || ONE_OR_THE_OTHER.contains(&(*one, *other)), "{one:?} and {other:?}");
            }
        }
    }
}
