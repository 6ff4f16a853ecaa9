//! The desktop's side of the window: its title, its first frame, where its focus goes.

use egui::{Context, ViewportCommand};

use crate::app::{
    state::AppState,
    ui::access::{self, FocusKeeper},
};

/// What the desktop was told.
#[derive(Debug, Default)]
pub struct Window {
    /// Where the focus was before a dialog was opened.
    pub focus: FocusKeeper,
    /// The title last given to it.
    title: String,
    /// Whether the desktop has yet to show it: it does so after the first frame.
    unseen: bool,
    /// Whether it was last asked to fill the screen; `None` until the desktop tells how it began.
    fills_screen: Option<bool>,
}

impl Window {
    /// One that the desktop has yet to show.
    pub fn to_be_shown() -> Self {
        Self { unseen: true, ..Self::default() }
    }

    /// Whether the desktop has yet to show it; from now on it has not.
    pub fn is_unseen(&mut self) -> bool {
        std::mem::take(&mut self.unseen)
    }

    /// Fills the screen while a run is presented, and only then: whoever quits while presenting has a window the next
    /// time.
    pub fn fill_screen(&mut self, ctx: &Context, presenting: bool) {
        let began = ctx.input(|input| input.viewport().fullscreen);
        let now = self.fills_screen.or(began).unwrap_or(false);
        if now != presenting {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(presenting));
            self.fills_screen = Some(presenting);
        } else if began.is_some() {
            self.fills_screen = Some(now);
        }
    }

    /// Names the run on show; a projector shows the title bar of a window, too, and desktops keep titles of their own.
    pub fn set_title(&mut self, ctx: &Context, state: &AppState) {
        let title = match &state.screen.shown {
            Some(shown) if !state.presenting && !state.keeps_nothing() => {
                format!("{} - Spinepace", shown.run.name())
            }
            _ => {
                let person = state.person_on_show().filter(|_| !state.keeps_nothing());
                let person = person.and_then(|who| state.library.holding.person(who));
                person.map_or_else(|| "Spinepace".to_owned(), |person| format!("{} - Spinepace", person.name))
            }
        };
        access::name_window(ctx, &title);
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}
