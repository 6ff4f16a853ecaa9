//! Commands about runs: open them, list them, look at them, cut them, hand them on.

/// Sets these commands behind those `before`, and goes on with the parts that are `left`.
macro_rules! runs {
    ([$($left:ident)*] $($before:tt)*) => { commands! { @parts [$($left)*] $($before)*

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
            title: format!("{}s in {}", unit.quantity(), unit.symbol()),
            also: match unit {
                SpeedUnit::MetresPerSecond => "unit metres per second metric",
                SpeedUnit::KilometresPerHour => "unit kilometres per hour metric",
                SpeedUnit::MinutesPerKilometre => "unit minutes per kilometres metric speeds",
                SpeedUnit::MilesPerHour => "unit miles per hour imperial",
                SpeedUnit::MinutesPerMile => "unit minutes per miles imperial speeds",
            },
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
            also: match axis {
                SpeedAxis::Elapsed => "axis duration",
                SpeedAxis::Distance => "axis kilometres miles",
                SpeedAxis::Clock => "axis clock hour",
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
                None => "Show it point by point",
            },
            also: match split {
                Some(SplitBy::Kilometre) => "table splits kilometres",
                Some(SplitBy::Mile) => "table splits miles",
                Some(SplitBy::Lap) => "table splits laps",
                Some(SplitBy::Block) => "table splits stretches blocks",
                None => "table every segment leg second",
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

    } };
}

pub(super) use runs;
