//! The window, in rooms:
//!
//! ```text
//! state        what it knows; everything that is drawn follows from it
//! panels       its parts, charts among them; they read the state, and ask
//! charts
//! dialogs      what lies over it
//! command      what can be asked, and what that does to the state
//! background   threads: they read, compute, save
//! storage      what is kept from one start to the next
//! ui           theme and controls, of which all of it is made
//! ```
//!
//! A frame draws the state, gathers what was asked, does it, and brings what is shown in line. Between inputs nothing
//! is drawn at all.

mod background;
mod charts;
mod command;
mod dialogs;
mod panels;
mod state;
mod storage;
mod ui;

mod window;

use std::{path::PathBuf, time::Duration};

use chrono::NaiveDate;

use egui::{Ui, vec2};
use thiserror::Error;

use background::{Background, library::LibraryDesk, loader::Loader};
use dialogs::{period::PeriodDialog, report::ReportDialog};
use panels::{drop_hint, presenting};
use state::{AppState, play, runs::Awaited};
use storage::{cuts::Cuts, recent::RecentFile};
use ui::{icon, theme};
use window::Window;

use crate::library::Place;

/// The program's name where the desktop keeps things.
const ID: &str = "spinepace";

/// Why there is no window.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct WindowError(#[from] eframe::Error);

/// Opens the window with these files and folders, and returns when it is closed. Nothing is kept where
/// `keeps_nothing`.
pub fn run(paths: Vec<PathBuf>, keeps_nothing: bool) -> Result<(), WindowError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Spinepace")
        .with_app_id(ID)
        .with_inner_size(vec2(1440.0, 900.0))
        .with_min_inner_size(vec2(720.0, 480.0))
        .with_icon(icon::icon())
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        // Said aloud: built with the tests, whose pictures need wgpu, eframe would take that.
        renderer: eframe::Renderer::Glow,
        dithering: false,
        system_font_fallback: false,
        // The size and place are remembered, the full screen of a presentation is not.
        window_builder: Some(Box::new(|window| window.with_fullscreen(false))),
        ..Default::default()
    };
    // Reading takes less time than the desktop takes to make a window: its first picture shows the run.
    let mut loader = Loader::new();
    loader.open(paths.clone());
    let create = |cc: &eframe::CreationContext<'_>| {
        let mut app = App { window: Window::to_be_shown(), ..App::showing(cc, loader, paths) };
        app.background.outside.asks_desktop = true;
        app.state.started_to_keep_nothing = keeps_nothing;
        app.keep_in(&cc.egui_ctx, eframe::storage_dir(ID));
        app.use_library(Place::usual(), None);
        app
    };
    eframe::run_native(ID, options, Box::new(|cc| Ok(Box::new(create(cc)))))?;
    Ok(())
}

/// The window, all of it.
#[derive(Debug)]
pub struct App {
    /// What is drawn.
    state: AppState,
    /// What is written into the report's dialog.
    report: ReportDialog,
    /// The same of the page over a person's weeks.
    period: PeriodDialog,
    /// The day that is taken for today's, for tests.
    today: Option<NaiveDate>,
    /// When the window was last by its own clock, while the library has a passcode.
    touched_s: Option<f64>,
    /// The threads.
    background: Background,
    /// What was cut from which recording.
    cuts: Cuts,
    /// What was opened before.
    recent: RecentFile,
    /// The folder in which that is kept.
    kept_in: Option<PathBuf>,
    /// Which runs were open when that was last remembered.
    session_of: (usize, Option<usize>),
    /// Whether a choice was made that must be kept at once.
    settings_changed: bool,
    /// The desktop's side of the window.
    window: Window,
}

impl App {
    /// A window that begins to read these files and folders. Tests and other guests leave a person's data and desktop
    /// alone: nothing outlasts it.
    pub fn new(cc: &eframe::CreationContext<'_>, paths: Vec<PathBuf>) -> Self {
        let mut loader = Loader::new();
        loader.open(paths.clone());
        Self::showing(cc, loader, paths)
    }

    /// A window that shows what this loader reads.
    fn showing(cc: &eframe::CreationContext<'_>, loader: Loader, paths: Vec<PathBuf>) -> Self {
        theme::apply(&cc.egui_ctx);
        let settings = storage::settings::load(cc.storage);
        cc.egui_ctx.set_zoom_factor(settings.zoom);
        // The window's own commands change the size, within the bounds that the layout is made for.
        cc.egui_ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.fallback_theme = egui::Theme::Light;
        });
        let mut state = AppState::with(settings);
        state.runs.awaited = Awaited::of(&paths);
        state.recent.ask(paths);
        let library = LibraryDesk::new(None, None, &cc.egui_ctx);
        let app = Self {
            state,
            report: ReportDialog::default(),
            period: PeriodDialog::default(),
            today: None,
            touched_s: None,
            background: Background::with(loader, library, &cc.egui_ctx),
            cuts: Cuts::default(),
            recent: RecentFile::default(),
            kept_in: None,
            session_of: (0, None),
            settings_changed: false,
            window: Window::default(),
        };
        app.apply_theme(&cc.egui_ctx);
        app
    }

    /// Keeps cuts and what was opened in this folder.
    #[must_use]
    pub fn keeping_in(mut self, ctx: &egui::Context, folder: PathBuf) -> Self {
        self.keep_in(ctx, Some(folder));
        self
    }

    /// Has the library in this folder, if there is one or something is kept, and takes this day for today's.
    #[must_use]
    pub fn with_library_in(mut self, folder: PathBuf, today: NaiveDate) -> Self {
        self.use_library(Some(Place::at(folder)), Some(today));
        self
    }

    fn use_library(&mut self, place: Option<Place>, today: Option<NaiveDate>) {
        let ctx = self.background.ctx.clone();
        self.background.library = LibraryDesk::new(place, today, &ctx);
        (self.today, self.state.library.possible) = (today, self.background.library.is_possible());
        self.background.library.open();
    }

    /// Whether files are still being read.
    pub fn is_loading(&self) -> bool {
        self.background.loader.progress().is_some()
    }

    /// Whether something is still being read or computed, so that other pictures are to come.
    pub fn is_busy(&self) -> bool {
        self.is_loading()
            || self.background.worker.is_busy()
            || self.background.library.is_busy()
            || self.recent.is_looking()
    }

    /// Takes what came in since the last frame, and brings what is shown in line with it.
    fn begin_frame(&mut self, ctx: &egui::Context) {
        self.state.library.keeps_nothing = self.state.keeps_nothing();
        self.hear_library(ctx);
        self.watch();
        self.lock_when_idle(ctx);
        self.receive(ctx);
        self.remember(ctx);
        for command in command::pressed(&self.state, ctx) {
            self.state.ask(command);
        }
        let pointer_moved = ctx.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
        self.state.view.begin_frame(pointer_moved);
        self.take_outgoing(ctx);
        self.take_answers();
        self.refresh();
        play::advance(self, ctx);
        if let Some(left_s) = self.state.notices.leave(ctx.input(|input| input.time)) {
            ctx.request_repaint_after(Duration::from_secs_f64(left_s));
        }
    }

    /// Locks a library with a passcode that nobody has touched for long.
    fn lock_when_idle(&mut self, ctx: &egui::Context) {
        if !self.state.library.holding.has_passcode {
            self.touched_s = None;
            return;
        }
        let (now_s, touched) = ctx.input(|input| (input.time, !input.raw.events.is_empty()));
        let last_s = match self.touched_s {
            Some(last_s) if !touched => last_s,
            _ => now_s,
        };
        self.touched_s = Some(last_s);
        let left_s = last_s + f64::from(self.state.settings.lock_after_min.max(1)) * 60.0 - now_s;
        if left_s <= 0.0 {
            self.lock_library();
        } else {
            ctx.request_repaint_after(Duration::from_secs_f64(left_s));
        }
    }

    /// Draws the state.
    fn draw(&mut self, ui: &mut Ui) {
        let (state, ctx) = (&self.state, ui.ctx().clone());
        state.announcer.show(ui);
        match &state.screen.shown {
            Some(shown) if state.presenting => presenting::show(state, ui, shown),
            _ => panels::show(state, ui),
        }
        drop_hint::show(state, &ctx);
        dialogs::show(state, &mut self.report, &mut self.period, &ctx);
        if !state.presenting {
            self.state.screen.see();
        }
    }

    /// Does what was asked for, and brings what is shown in line with it.
    fn end_frame(&mut self, ctx: &egui::Context) {
        self.leave_view_of_another();
        let mut differs = false;
        for action in self.state.take_asked() {
            differs |= self.act(action, ctx);
        }
        self.leave_view_of_another();
        self.window.focus.end_frame(ctx, self.state.overlay.is_open());
        differs |= self.state.view.end_frame();
        differs |= self.number_the_list();
        if differs {
            ctx.request_repaint();
        }
        self.refresh();
        self.window.fill_screen(ctx, self.state.presenting);
        self.window.set_title(ctx, &self.state);
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        if self.window.is_unseen() {
            // Most desktops never show what was painted before. Without a graphics card painting takes longer than
            // all else, so the first frame is left plain, and the window is there sooner.
            return ctx.request_repaint();
        }
        self.begin_frame(&ctx);
        self.draw(ui);
        self.end_frame(&ctx);
        if std::mem::take(&mut self.settings_changed)
            && let Some(storage) = frame.storage_mut()
        {
            storage::settings::save(&self.state.settings, storage);
            storage.flush();
        }
    }

    /// The picture of all letters is as wide as a texture may be: what graphics drivers allow is megabytes of nothing,
    /// in memory and on the way to the screen.
    fn raw_input_hook(&mut self, _ctx: &egui::Context, raw_input: &mut egui::RawInput) {
        if let Some(side) = &mut raw_input.max_texture_side {
            *side = (*side).min(theme::TEXTURE_SIDE);
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        storage::settings::save(&self.state.settings, storage);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
