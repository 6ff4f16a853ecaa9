//! Commands about the window itself: how it looks, what it keeps, how to find a command, and the way out.

/// Sets these commands behind those `before`, and goes on with the parts that are `left`.
macro_rules! window {
    ([$($left:ident)*] $($before:tt)*) => { commands! { @parts [$($left)*] $($before)*

        /// Light or dark.
        Theme(theme: Theme = [Theme::System, Theme::Light, Theme::Dark]) {
            title: match theme {
                Theme::System => "Same theme as the desktop",
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
        /// Keep no trace of a run.
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

    } };
}

pub(super) use window;
