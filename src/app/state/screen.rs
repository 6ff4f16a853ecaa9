//! What has been computed to be shown: of the selected run, and of the one that it is compared with.

use std::sync::Arc;

use egui::ScrollArea;

use crate::app::state::{compared::Other, run::Origin, shown::Shown, zoom::Reach};

/// What the centre shows. It may lag behind the choice: until the numbers of another run are there, the last stay.
#[derive(Debug, Default)]
pub struct Screen {
    /// Of the run on show.
    pub shown: Option<Arc<Shown>>,
    /// Of the run that it is compared with.
    pub other: Option<Arc<Other>>,
    /// Which run was on show in the last frame.
    seen: Option<Origin>,
}

impl Screen {
    /// What is on show now was drawn.
    pub fn see(&mut self) {
        self.seen = self.shown.as_ref().map(|shown| shown.run.origin.clone());
    }

    /// Another run is looked at from the top, without remembering for every run where it was left.
    pub fn scrolled(&self, area: ScrollArea) -> ScrollArea {
        let now = self.shown.as_ref().map(|shown| &shown.run.origin);
        if self.seen.as_ref() == now { area } else { area.vertical_scroll_offset(0.0) }
    }

    /// The other run, where it has been computed for the axis of the one on show.
    pub fn other_along(&self, shown: &Shown) -> Option<&Arc<Other>> {
        self.other.as_ref().filter(|other| other.side.axis == shown.asked.axis)
    }

    /// All of the speed chart's axis: as far as the longer of two compared runs goes.
    pub fn whole(&self, shown: &Shown) -> Reach {
        let [from, to] = shown.speed.x_range;
        [from, self.other_along(shown).map_or(to, |other| to.max(other.speed.x_range[1]))]
    }
}
