//! Everything that can be asked of the window, once: menus, buttons, shortcuts, the palette and the help
//! sheet are made of this.

pub mod execute;
pub mod opening;

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::{band::SplitBy, figure::SpeedAxis, units::SpeedUnit};

use crate::app::{App, Overlay, storage::settings::Theme};

/// Something that can be asked of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Choose files to open.
    Open,
    /// Choose a folder to open.
    OpenFolder,
    /// Open the sample with this place in `samples::ALL`.
    Sample(usize),
    /// Close the run on show.
    Close,
    /// Show the next run of the list.
    NextRun,
    /// Show the one before.
    PreviousRun,
    /// Go to the search field.
    Search,
    /// Read speeds in a unit.
    Unit(SpeedUnit),
    /// Light or dark.
    Theme(Theme),
    /// What runs along the speed chart.
    Axis(SpeedAxis),
    /// What the table is split by.
    Split(Option<SplitBy>),
    /// Speak of the whole run again, or close what is open.
    Back,
    /// Show the whole run in the speed chart.
    ResetZoom,
    /// Show half as much of the run.
    ZoomIn,
    /// Show twice as much of it.
    ZoomOut,
    /// The band's edges as they were meant.
    ResetEdges,
    /// Raise the threshold a little.
    RaiseThreshold,
    /// Lower it a little.
    LowerThreshold,
    /// Cut off what lies outside the chosen stretch.
    Trim,
    /// Leave the chosen stretch out.
    Ignore,
    /// Take the last cut back.
    Undo,
    /// Make it again.
    Redo,
    /// Take all cuts back.
    Uncut,
    /// Let the cursor run through the run, or stop it.
    Play,
    /// Let it run at the next speed.
    PlayFaster,
    /// Move the running cursor in steps.
    ReducedMotion,
    /// Choose a run to compare with.
    Compare,
    /// Compare with no run any more.
    EndCompare,
    /// The one-page report.
    Report,
    /// Save it as a file.
    SaveReport,
    /// Hand it to the desktop's viewer.
    PrintReport,
    /// Save the speed chart as a picture.
    SaveChart,
    /// Copy the speed chart as a picture.
    CopyChart,
    /// Copy the numbers as text.
    CopySummary,
    /// Show or hide the article.
    Article,
    /// What the explanation rests on.
    Sources,
    /// Full screen, for a projector.
    Present,
    /// Find a command.
    Palette,
    /// The sheet of shortcuts.
    Help,
    /// Everything larger.
    Larger,
    /// Everything smaller.
    Smaller,
    /// Everything as large as at first.
    NormalSize,
    /// Stop reading.
    CancelLoading,
    /// Leave.
    Quit,
}

const CTRL: Modifiers = Modifiers::COMMAND;

impl Command {
    /// All that a person can choose from, in the order of the help sheet.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Open, Self::OpenFolder];
        all.extend((0..crate::samples::ALL.len()).map(Self::Sample));
        all.extend([Self::Close, Self::NextRun, Self::PreviousRun, Self::Search]);
        all.extend(SpeedUnit::ALL.map(Self::Unit));
        all.extend([Theme::System, Theme::Light, Theme::Dark].map(Self::Theme));
        all.extend([SpeedAxis::Elapsed, SpeedAxis::Distance, SpeedAxis::Clock].map(Self::Axis));
        all.extend(
            [Some(SplitBy::Kilometre), Some(SplitBy::Mile), Some(SplitBy::Lap), Some(SplitBy::Block), None]
                .map(Self::Split),
        );
        all.extend([
            Self::Back,
            Self::ResetZoom,
            Self::ZoomIn,
            Self::ZoomOut,
            Self::ResetEdges,
            Self::RaiseThreshold,
            Self::LowerThreshold,
            Self::Trim,
            Self::Ignore,
            Self::Undo,
            Self::Redo,
            Self::Uncut,
            Self::Play,
            Self::PlayFaster,
            Self::ReducedMotion,
            Self::Compare,
            Self::EndCompare,
            Self::Report,
            Self::SaveReport,
            Self::PrintReport,
            Self::SaveChart,
            Self::CopyChart,
            Self::CopySummary,
            Self::Article,
            Self::Sources,
            Self::Present,
            Self::Palette,
            Self::Help,
            Self::Larger,
            Self::Smaller,
            Self::NormalSize,
            Self::CancelLoading,
            Self::Quit,
        ]);
        all
    }

    /// Its words in menus.
    pub fn title(self) -> String {
        match self {
            Self::Open => "Open files…".to_owned(),
            Self::OpenFolder => "Open a folder…".to_owned(),
            Self::Sample(k) => format!("Open sample: {}", crate::samples::ALL[k].title),
            Self::Close => "Close this run".to_owned(),
            Self::NextRun => "Next run".to_owned(),
            Self::PreviousRun => "Previous run".to_owned(),
            Self::Search => "Search runs".to_owned(),
            Self::Unit(unit) => format!("Speeds in {}", unit.symbol()),
            Self::Theme(Theme::System) => "Theme as on this desktop".to_owned(),
            Self::Theme(Theme::Light) => "Light theme".to_owned(),
            Self::Theme(Theme::Dark) => "Dark theme".to_owned(),
            Self::Axis(SpeedAxis::Elapsed) => "Speed over elapsed time".to_owned(),
            Self::Axis(SpeedAxis::Distance) => "Speed over distance".to_owned(),
            Self::Axis(SpeedAxis::Clock) => "Speed over time of day".to_owned(),
            Self::Split(Some(SplitBy::Kilometre)) => "Split by kilometre".to_owned(),
            Self::Split(Some(SplitBy::Mile)) => "Split by mile".to_owned(),
            Self::Split(Some(SplitBy::Lap)) => "Split by lap".to_owned(),
            Self::Split(Some(SplitBy::Block)) => "Split by band block".to_owned(),
            Self::Split(None) => "List every segment".to_owned(),
            Self::Back => "Back: close, or speak of the whole run".to_owned(),
            Self::ResetZoom => "Show the whole run in the chart".to_owned(),
            Self::ZoomIn => "Zoom into the chart".to_owned(),
            Self::ZoomOut => "Zoom out of the chart".to_owned(),
            Self::ResetEdges => "Threshold back to 2 m/s".to_owned(),
            Self::RaiseThreshold => "Raise the threshold by 0.1 m/s".to_owned(),
            Self::LowerThreshold => "Lower the threshold by 0.1 m/s".to_owned(),
            Self::Trim => "Keep only the chosen stretch".to_owned(),
            Self::Ignore => "Leave the chosen stretch out".to_owned(),
            Self::Undo => "Undo the last cut".to_owned(),
            Self::Redo => "Redo the cut".to_owned(),
            Self::Uncut => "Remove all cuts: the whole run again".to_owned(),
            Self::Play => "Play the run, or stop".to_owned(),
            Self::PlayFaster => "Play at the next speed, 10x to 120x".to_owned(),
            Self::EndCompare => "End the comparison".to_owned(),
            Self::Report => "Report…".to_owned(),
            Self::SaveReport => "Save the report…".to_owned(),
            Self::PrintReport => "Print the report".to_owned(),
            Self::SaveChart => "Save the speed chart as a picture…".to_owned(),
            Self::ReducedMotion => "Reduced motion: play in steps".to_owned(),
            Self::Compare => "Compare with another run…".to_owned(),
            Self::CopyChart => "Copy the speed chart as a picture".to_owned(),
            Self::CopySummary => "Copy the numbers as text".to_owned(),
            Self::Article => "Show or hide the article".to_owned(),
            Self::Sources => "Read the sources".to_owned(),
            Self::Present => "Present in full screen".to_owned(),
            Self::Palette => "Find a command".to_owned(),
            Self::Help => "Keyboard shortcuts".to_owned(),
            Self::Larger => "Everything larger".to_owned(),
            Self::Smaller => "Everything smaller".to_owned(),
            Self::NormalSize => "Normal size".to_owned(),
            Self::CancelLoading => "Stop reading files".to_owned(),
            Self::Quit => "Quit".to_owned(),
        }
    }

    /// Its keys. Those without a modifier are left to a text field that has the focus.
    pub fn shortcuts(self) -> Vec<KeyboardShortcut> {
        let key = |modifiers, key| vec![KeyboardShortcut::new(modifiers, key)];
        match self {
            Self::Open => key(CTRL, Key::O),
            Self::OpenFolder => key(CTRL | Modifiers::SHIFT, Key::O),
            Self::Close => key(CTRL, Key::W),
            Self::NextRun => key(Modifiers::NONE, Key::PageDown),
            Self::PreviousRun => key(Modifiers::NONE, Key::PageUp),
            Self::Search => key(CTRL, Key::F),
            Self::Back => key(Modifiers::NONE, Key::Escape),
            Self::ResetZoom => key(Modifiers::NONE, Key::Num0),
            Self::ZoomIn => key(Modifiers::NONE, Key::Plus),
            Self::ZoomOut => key(Modifiers::NONE, Key::Minus),
            Self::RaiseThreshold => key(CTRL, Key::ArrowUp),
            Self::LowerThreshold => key(CTRL, Key::ArrowDown),
            Self::Trim => key(CTRL, Key::T),
            Self::Ignore => key(Modifiers::NONE, Key::Delete),
            Self::Undo => key(CTRL, Key::Z),
            Self::Redo => vec![
                KeyboardShortcut::new(CTRL | Modifiers::SHIFT, Key::Z),
                KeyboardShortcut::new(CTRL, Key::Y),
            ],
            Self::Play => vec![
                KeyboardShortcut::new(Modifiers::NONE, Key::Space),
                KeyboardShortcut::new(Modifiers::NONE, Key::P),
            ],
            Self::Compare => key(CTRL, Key::D),
            Self::PlayFaster => key(Modifiers::SHIFT, Key::P),
            Self::Report => key(CTRL, Key::P),
            Self::CopyChart => key(CTRL, Key::C),
            Self::CopySummary => key(CTRL | Modifiers::SHIFT, Key::C),
            Self::Article => key(CTRL, Key::B),
            Self::Present => vec![
                KeyboardShortcut::new(Modifiers::NONE, Key::F5),
                KeyboardShortcut::new(Modifiers::NONE, Key::F11),
            ],
            Self::Palette => key(CTRL, Key::K),
            Self::Help => vec![
                KeyboardShortcut::new(Modifiers::NONE, Key::Questionmark),
                KeyboardShortcut::new(Modifiers::NONE, Key::F1),
            ],
            Self::Larger => key(CTRL, Key::Plus),
            Self::Smaller => key(CTRL, Key::Minus),
            Self::NormalSize => key(CTRL, Key::Num0),
            Self::Quit => key(CTRL, Key::Q),
            _ => Vec::new(),
        }
    }

    /// Whether it would do anything now.
    pub fn enabled(self, app: &App) -> bool {
        match self {
            Self::Close
            | Self::ZoomIn
            | Self::CopyChart
            | Self::CopySummary
            | Self::Present
            | Self::Report
            | Self::SaveReport
            | Self::PrintReport
            | Self::SaveChart
            | Self::Play
            | Self::PlayFaster => app.shown.is_some(),
            Self::Trim | Self::Ignore => app.view.range.is_some(),
            Self::Undo => app.entry().is_some_and(|entry| entry.history.can_undo()),
            Self::Redo => app.entry().is_some_and(|entry| entry.history.can_redo()),
            Self::Uncut => app.entry().is_some_and(|entry| !entry.history.edits().is_empty()),
            Self::EndCompare => app.compared.is_some(),
            Self::NextRun | Self::PreviousRun | Self::Compare => app.entries.len() > 1,
            Self::Search => !app.entries.is_empty(),
            Self::ResetZoom | Self::ZoomOut => app.view.zoom.is_some(),
            Self::ResetEdges => app.settings.edges != crate::band::Edges::default(),
            Self::CancelLoading => app.loader.progress().is_some(),
            _ => true,
        }
    }
}

/// Collects the commands whose keys were pressed.
pub fn pressed(app: &App, ctx: &egui::Context) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    let focused = ctx.egui_wants_keyboard_input();
    // An open sheet handles its own keys; only what closes or replaces it is heard.
    let over = app.overlay != Overlay::None;
    let mut found = Vec::new();
    // More modifiers first: Ctrl+Shift+O must not be taken for Ctrl+O.
    let mut keys: Vec<(KeyboardShortcut, Command)> = Command::all()
        .into_iter()
        .flat_map(|command| command.shortcuts().into_iter().map(move |keys| (keys, command)))
        .collect();
    keys.sort_by_key(|(keys, _)| std::cmp::Reverse(keys.modifiers.shift));
    for (keys, command) in keys {
        // A capital letter is typed with Shift.
        let plain = !keys.modifiers.command;
        let function = matches!(keys.logical_key, Key::F1 | Key::F5 | Key::F11);
        if plain && typing && !function {
            continue;
        }
        // Space presses what has the focus.
        if keys.logical_key == Key::Space && focused {
            continue;
        }
        if over && !matches!(command, Command::Palette | Command::Help | Command::Quit) {
            continue;
        }
        if command == Command::CopyChart && typing {
            continue;
        }
        if command.enabled(app) && ctx.input_mut(|input| taken(input, keys)) {
            found.push(command);
        }
    }
    found
}

/// Takes a shortcut out of the input. The keys for copying arrive as what they mean on this desktop.
fn taken(input: &mut egui::InputState, keys: KeyboardShortcut) -> bool {
    if keys == KeyboardShortcut::new(CTRL, Key::C) {
        let before = input.events.len();
        input.events.retain(|event| *event != egui::Event::Copy);
        return input.events.len() < before;
    }
    input.consume_shortcut(&keys)
}
