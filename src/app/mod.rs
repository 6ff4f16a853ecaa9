//! The window, in rooms: [`state`] is what it knows, [`command`] what can be asked of it, [`panels`], [`charts`] and
//! [`dialogs`] show it, made of [`ui`], whose theme is the only place with colours and sizes; [`background`] works on
//! threads, [`storage`] keeps things from one start to the next.
//!
//! The loader reads on threads and sends [`Run`]s, which never change. [`View`] is what a person has chosen to look
//! at; from both, [`Shown`] holds what is drawn, and is computed anew only when one of them changes. Between inputs
//! nothing is drawn at all.

mod background;
mod charts;
mod command;
mod dialogs;
mod panels;
mod state;
mod storage;
mod ui;

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
};

use egui::{Ui, vec2};
use thiserror::Error;

use background::{loader::Loader, outside::Outside, worker::Worker};
use command::{Command, opening};
use dialogs::{
    compare as compare_choice, help, palette,
    report::{self, ReportDialog},
};
use panels::{compare::Other, notices::Notices, presenting};
use state::{
    play,
    run::{Entry, Origin, Run, Shown},
    view::View,
};
use storage::{cuts::Cuts, settings::Settings};
use ui::{
    access::{self, Announcer, FocusKeeper},
    icon, theme,
};

/// The program's name where the desktop keeps things.
const ID: &str = "spinepace";

/// Why there is no window.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct WindowError(#[from] eframe::Error);

/// Opens the window with these files and folders, and returns when it is closed.
pub fn run(paths: Vec<PathBuf>) -> Result<(), WindowError> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Spinepace")
        .with_app_id(ID)
        .with_inner_size(vec2(1440.0, 900.0))
        .with_min_inner_size(vec2(720.0, 480.0))
        .with_icon(icon::icon())
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, dithering: false, ..Default::default() };
    // Reading takes less time than the desktop takes to make a window: its first picture shows the run.
    let mut loader = Loader::new();
    loader.open(paths);
    let create = |cc: &eframe::CreationContext<'_>| App { unseen: true, ..App::showing(cc, loader) };
    eframe::run_native(ID, options, Box::new(|cc| Ok(Box::new(create(cc)))))?;
    Ok(())
}

/// What lies over the window.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// The command palette: what was typed, and which line is chosen.
    Palette(String, usize),
    /// The sheet of shortcuts.
    Help,
    /// What the explanation rests on.
    Sources,
    /// The report.
    Report,
    /// Which run to compare with: what was typed, and which line is chosen.
    Compare(String, usize),
}

/// What the list is searched for.
#[derive(Debug, Default)]
struct Search {
    /// What was typed.
    words: String,
    /// Whether the field is to get the focus.
    focus: bool,
}

/// The window's state.
#[derive(Debug)]
pub struct App {
    /// What is remembered.
    settings: Settings,
    /// The open runs, in the order of the list.
    entries: Vec<Entry>,
    /// Which of them is on show.
    selected: Option<usize>,
    /// What the centre shows of it.
    shown: Option<Arc<Shown>>,
    /// Which run it showed in the last frame.
    seen: Option<Origin>,
    /// What a person looks at.
    view: View,
    /// What was cut from which recording.
    cuts: Cuts,
    /// Runs that were cut before, until their cuts are made again.
    waiting: Vec<Entry>,
    /// Reads runs.
    loader: Loader,
    /// The file dialog that is open.
    dialog: Option<std::sync::mpsc::Receiver<Vec<PathBuf>>>,
    /// What has to be said.
    notices: Notices,
    /// What the list is searched for.
    search: Search,
    /// Whether the next run that comes in is shown at once.
    show_next: bool,
    /// The run that the one on show is compared with.
    compared: Option<Origin>,
    /// What is shown of it.
    other: Option<Arc<Other>>,
    /// Computes what is shown of long runs.
    worker: Worker,
    /// So many steps may still be summarized in this frame.
    at_once: usize,
    /// Runs that a defect was met in.
    defective: Vec<Weak<Run>>,
    /// The report's dialog.
    report: ReportDialog,
    /// What is being saved or printed.
    outside: Outside,
    /// What lies over the window.
    overlay: Overlay,
    /// Whether the run is being presented.
    presenting: bool,
    /// What was asked for in this frame.
    asked: Vec<Command>,
    /// What is said to those who do not see it.
    announcer: Announcer,
    /// Where the focus was before a sheet was opened.
    focus: FocusKeeper,
    /// Whether the desktop's user wants little motion.
    desktop_motion: play::DesktopMotion,
    /// The title last given to the window.
    title: String,
    /// Whether the desktop has yet to show the window: it does so after the first frame.
    unseen: bool,
}

impl App {
    /// A window that begins to read these files and folders.
    pub fn new(cc: &eframe::CreationContext<'_>, paths: Vec<PathBuf>) -> Self {
        let mut loader = Loader::new();
        loader.open(paths);
        Self::showing(cc, loader)
    }

    /// A window that shows what this loader reads.
    fn showing(cc: &eframe::CreationContext<'_>, loader: Loader) -> Self {
        loader.wake(&cc.egui_ctx);
        theme::apply(&cc.egui_ctx);
        let settings = Settings::load(cc.storage);
        cc.egui_ctx.set_zoom_factor(settings.zoom);
        // The window's own commands change the size, within the bounds that the layout is made for.
        cc.egui_ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            options.fallback_theme = egui::Theme::Light;
        });
        let app = Self {
            settings,
            entries: Vec::new(),
            selected: None,
            shown: None,
            seen: None,
            view: View::default(),
            // Tests and other guests have no storage; they leave a person's data alone.
            cuts: Cuts::new(cc.storage.and_then(|_| eframe::storage_dir(ID))),
            waiting: Vec::new(),
            loader,
            dialog: None,
            notices: Notices::default(),
            search: Search::default(),
            show_next: true,
            compared: None,
            report: ReportDialog::default(),
            outside: Outside::default(),
            overlay: Overlay::None,
            presenting: false,
            asked: Vec::new(),
            other: None,
            worker: Worker::new(cc.egui_ctx.clone()),
            at_once: 0,
            defective: Vec::new(),
            announcer: Announcer::default(),
            focus: FocusKeeper::default(),
            desktop_motion: play::DesktopMotion::default(),
            title: String::new(),
            unseen: false,
        };
        app.apply_theme(&cc.egui_ctx);
        app
    }

    /// Keeps cuts in this folder.
    #[must_use]
    pub fn with_cuts_in(mut self, folder: PathBuf) -> Self {
        self.cuts = Cuts::new(Some(folder));
        self
    }

    /// Whether files are still being read.
    pub fn is_loading(&self) -> bool {
        self.loader.progress().is_some()
    }

    /// Whether something is still being read or computed, so that other pictures are to come.
    pub fn is_busy(&self) -> bool {
        self.is_loading() || self.is_computing()
    }

    /// The entry on show.
    fn entry(&self) -> Option<&Entry> {
        self.entries.get(self.selected?)
    }

    /// Asks for something; it is done at the end of the frame.
    fn ask(&mut self, command: Command) {
        self.asked.push(command);
    }

    /// Shows the run at a place of the list.
    fn select(&mut self, index: usize) {
        if index < self.entries.len() && self.selected != Some(index) {
            self.selected = Some(index);
            self.view = View::default();
        }
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match &self.shown {
            // A projector shows the title bar of a window, too.
            Some(shown) if !self.presenting => format!("{} - Spinepace", shown.run.name()),
            _ => "Spinepace".to_owned(),
        };
        access::name_window(ctx, &title);
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        if std::mem::take(&mut self.unseen) {
            // Most desktops never show what was painted before. Without a graphics card painting takes longer than
            // all else, so the first frame is left plain, and the window is there sooner.
            return ctx.request_repaint();
        }
        self.receive(&ctx);
        let pressed = command::pressed(self, &ctx);
        self.asked.extend(pressed);
        let pointer_moved = ctx.input(|input| input.pointer.delta() != egui::Vec2::ZERO);
        self.view.begin_frame(pointer_moved);
        self.outside.receive(&ctx, &mut self.notices);
        self.take_answers();
        self.refresh();
        play::advance(self, &ctx);
        self.announcer.show(ui);
        if let (true, Some(shown)) = (self.presenting, self.shown.clone()) {
            presenting::show(self, ui, &shown);
        } else {
            self.panels(ui);
            self.seen = self.shown.as_ref().map(|shown| shown.run.origin.clone());
        }
        self.leave_view_of_another();
        opening::drop_hint(&ctx);
        palette::show(self, &ctx);
        compare_choice::show(self, &ctx);
        help::show(self, &ctx);
        report::show(self, &ctx);
        let asked = std::mem::take(&mut self.asked);
        let any = !asked.is_empty();
        for command in asked {
            self.execute(command, &ctx);
        }
        self.focus.end_frame(&ctx, self.overlay != Overlay::None);
        if self.view.end_frame() || any {
            ctx.request_repaint();
        }
        self.refresh();
        self.set_title(&ctx);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.settings.save(storage);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
