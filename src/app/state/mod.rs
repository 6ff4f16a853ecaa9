//! What the window knows. Panels, charts and dialogs read it, and [`ask`](AppState::ask) for whatever is to be
//! different; only commands and actions write it.

pub mod cache;
pub mod calendar;
pub mod compared;
pub mod drawn;
pub mod form;
pub mod library;
pub mod notices;
pub mod overlay;
pub mod path_field;
pub mod person;
pub mod person_words;
pub mod pick;
pub mod play;
pub mod recent;
pub mod run;
pub mod runs;
pub mod screen;
pub mod secret_text;
pub mod settings;
pub mod shown;
pub mod summary_text;
pub mod told;
pub mod view;
pub mod weeks_chart;
pub mod work;
pub mod zoom;

use std::cell::RefCell;

use crate::{
    app::{command::Action, ui::access::Announcer},
    library::PersonId,
};

use library::LibraryState;
use notices::Notices;
use overlay::Overlay;
use recent::Recent;
use runs::Runs;
use screen::Screen;
use settings::Settings;
use shown::Shown;
use view::View;
use work::Work;
use zoom::{Reach, within};

/// All that is drawn follows from this.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mode that the window is in or not")]
pub struct AppState {
    /// Choices that are remembered from one start to the next.
    pub settings: Settings,
    /// The open runs, and which of them is looked at.
    pub runs: Runs,
    /// What was opened before.
    pub recent: Recent,
    /// Whether it was started so that nothing is kept, whatever the settings say.
    pub started_to_keep_nothing: bool,
    /// The library, and the person that is looked at in it.
    pub library: LibraryState,
    /// What a person looks at of the selected run.
    pub view: View,
    /// What has been computed of it, and of the run beside it.
    pub screen: Screen,
    /// What is being read and computed.
    pub work: Work,
    /// What has to be said, until it is dismissed.
    pub notices: Notices,
    /// What is said to those who do not see it.
    pub announcer: Announcer,
    /// What lies over the window.
    pub overlay: Overlay,
    /// Whether the route has the whole centre.
    pub large_route: bool,
    /// Whether the run is being presented.
    pub presenting: bool,
    /// Whether the speed chart's tip says what the wheel does.
    pub wheel_explained_now: bool,
    /// What was asked for in this frame.
    asked: RefCell<Vec<Action>>,
}

impl AppState {
    /// A state with these choices and nothing open.
    pub fn with(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Asks for something; it is done at the end of the frame.
    pub fn ask(&self, action: impl Into<Action>) {
        self.asked.borrow_mut().push(action.into());
    }

    /// What was asked for since the last call.
    pub fn take_asked(&self) -> Vec<Action> {
        self.asked.take()
    }

    /// Has something said to those who do not see it.
    pub fn say(&self, words: impl Into<String>) {
        let words = words.into();
        if self.announcer.words() != words {
            self.ask(Action::Say(words));
        }
    }

    /// The person whose page stands in the centre: one is chosen, and no run.
    pub fn person_on_show(&self) -> Option<PersonId> {
        self.library.chosen.filter(|_| self.library.on && self.runs.selected.is_none())
    }

    /// Whether undo speaks of the library: no run is on show, or one of its own from which nothing was cut.
    pub fn undoes_in_library(&self) -> bool {
        let untouched = self.runs.entry().is_none_or(|entry| {
            let history = &entry.history;
            let cut = history.can_undo() || history.can_redo() || !history.edits().is_empty();
            !cut && self.library.kept_as(&entry.run).is_some()
        });
        self.library.takes_changes() && untouched
    }

    /// Has this lie over the window.
    pub fn lay(&self, overlay: Overlay) {
        if self.overlay != overlay {
            self.ask(Action::Lay(overlay));
        }
    }

    /// Whether no trace of a run is kept.
    pub fn keeps_nothing(&self) -> bool {
        self.settings.keep_nothing || self.started_to_keep_nothing
    }

    /// Whether the run on show has a route.
    pub fn has_route(&self) -> bool {
        self.screen.shown.as_ref().is_some_and(|shown| shown.run.recording.fixes.has_positions())
    }

    /// The part of the speed chart's axis that is in view.
    pub fn reach(&self, shown: &Shown) -> Reach {
        let whole = self.screen.whole(shown);
        self.view.zoom.and_then(|zoom| within(zoom, whole)).unwrap_or(whole)
    }

    /// Whether the cursor is to run in steps.
    pub fn reduced_motion(&self) -> bool {
        self.settings.reduced_motion.unwrap_or(self.work.desktop_reduces_motion)
    }
}
