//! The choices that are remembered from one start to the next.

use serde::{Deserialize, Serialize};

use crate::{
    band::{Edges, SplitBy},
    figure::SpeedAxis,
    recording::Quantity,
    units::SpeedUnit,
};

/// Light, dark, or as the desktop has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How the list of runs is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ListOrder {
    /// The newest first, by month.
    #[default]
    Newest,
    /// The most time in band first.
    InBand,
    /// The greatest share of moving time first.
    Share,
    /// The farthest first.
    Farthest,
    /// By name.
    Name,
}

impl ListOrder {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Newest, Self::InBand, Self::Share, Self::Farthest, Self::Name];

    /// Whether the numbers of all runs are needed for it.
    pub fn needs_numbers(self) -> bool {
        matches!(self, Self::InBand | Self::Share)
    }
}

/// Which of the strips below the speed chart are shown, where they were recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Strips {
    heart_rate: bool,
    cadence: bool,
    elevation: bool,
}

impl Default for Strips {
    fn default() -> Self {
        Self { heart_rate: true, cadence: true, elevation: true }
    }
}

impl Strips {
    /// Whether that of a quantity is.
    pub fn shows(self, quantity: Quantity) -> bool {
        match quantity {
            Quantity::HeartRate => self.heart_rate,
            Quantity::Cadence => self.cadence,
            Quantity::Elevation => self.elevation,
        }
    }

    /// Shows or hides it.
    pub fn toggle(&mut self, quantity: Quantity) {
        *match quantity {
            Quantity::HeartRate => &mut self.heart_rate,
            Quantity::Cadence => &mut self.cadence,
            Quantity::Elevation => &mut self.elevation,
        } ^= true;
    }
}

/// The choices that are remembered; the window's size is kept by eframe.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the menu")]
pub struct Settings {
    /// In which unit speeds are read.
    pub unit: SpeedUnit,
    /// Light or dark.
    pub theme: Theme,
    /// The band's edges. Another start begins with the article's, unless `keep_edges`.
    edges: Edges,
    /// Where the brisk part is to begin as soon as the band reaches so far, m/s.
    brisk_from_mps: f64,
    /// Whether every start begins with these edges.
    pub keep_edges: bool,
    /// What runs along the speed chart.
    pub axis: SpeedAxis,
    /// What the table is split by; `None` is every segment.
    pub split: Option<SplitBy>,
    /// How the list is sorted.
    pub order: ListOrder,
    /// Whether the wheel alone zooms the speed chart, instead of scrolling the page.
    pub wheel_zooms: bool,
    /// Whether it was said that Ctrl and the wheel zoom it.
    pub wheel_explained: bool,
    /// The size of everything, 0.8 to 2.5.
    pub zoom: f32,
    /// Which strips stand below the speed chart.
    pub strips: Strips,
    /// Whether every file that is opened is kept in the library.
    pub keep_always: bool,
    /// After so many minutes without a touch a library with a passcode is locked.
    pub lock_after_min: u32,
    /// Whether the article stands beside the run.
    pub article: bool,
    /// Whether every start opens the runs of the last session.
    pub reopen: bool,
    /// A clinic's mode: no trace of a run is kept.
    pub keep_nothing: bool,
    /// Whether the running cursor moves in steps, for those whom motion makes ill; `None` is as the desktop has
    /// it.
    pub reduced_motion: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            unit: SpeedUnit::default(),
            theme: Theme::default(),
            edges: Edges::default(),
            brisk_from_mps: Edges::default().brisk_from_mps(),
            keep_edges: false,
            axis: SpeedAxis::default(),
            split: Some(SplitBy::Kilometre),
            order: ListOrder::default(),
            wheel_zooms: false,
            wheel_explained: false,
            zoom: 1.0,
            strips: Strips::default(),
            keep_always: false,
            lock_after_min: 10,
            article: true,
            reopen: false,
            keep_nothing: false,
            reduced_motion: None,
        }
    }
}

/// The fastest upper edge there is, m/s.
const FASTEST_MPS: f64 = 10.0;

impl Settings {
    /// The band's edges.
    pub fn edges(&self) -> Edges {
        self.edges
    }

    /// The edges as the article has them, at this start and every other.
    pub fn reset_edges(&mut self) {
        self.keep_edges = false;
        self.edges = Edges::default();
        self.brisk_from_mps = self.edges.brisk_from_mps();
    }

    /// Moves the upper edge; an impossible place is not taken. The brisk part gives way, and comes back with it.
    pub fn set_upper(&mut self, upper_mps: f64) {
        if let Ok(edges) = Edges::new(upper_mps, self.brisk_from_mps.min(upper_mps)) {
            self.edges = edges;
        }
    }

    /// Moves the upper edge by so much, to hundredths.
    pub fn move_upper(&mut self, by_mps: f64) {
        self.set_upper(hundredths(self.edges.upper_mps() + by_mps));
    }

    /// Has the brisk part begin elsewhere; an impossible place is not taken.
    pub fn set_brisk(&mut self, brisk_from_mps: f64) {
        if let Ok(edges) = Edges::new(self.edges.upper_mps(), brisk_from_mps) {
            (self.edges, self.brisk_from_mps) = (edges, brisk_from_mps);
        }
    }

    /// What was stored, for another start: within its bounds, as it has passed no constructor, and with the article's
    /// edges where those of the last time are not to be kept.
    #[must_use]
    pub fn checked(mut self) -> Self {
        if !self.keep_edges {
            self.reset_edges();
        }
        self.edges = Edges::new(self.edges.upper_mps(), self.edges.brisk_from_mps()).unwrap_or_default();
        if Edges::new(FASTEST_MPS, self.brisk_from_mps).is_err() {
            self.brisk_from_mps = self.edges.brisk_from_mps();
        }
        self.zoom = self.zoom.clamp(0.8, 2.5);
        self
    }
}

/// Rounded to hundredths, as a hand can place a line.
pub fn hundredths(speed_mps: f64) -> f64 {
    (speed_mps * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_start_begins_with_the_articles_edges_unless_yours_are_kept() {
        let mut settings = Settings::default();
        settings.set_upper(2.98);
        assert_eq!(settings.checked().edges(), Edges::default());
        settings.keep_edges = true;
        assert_eq!(settings.checked().edges().upper_mps(), 2.98);
        settings.reset_edges();
        assert!(!settings.keep_edges);
    }

    #[test]
    fn the_brisk_part_comes_back_with_the_threshold() {
        let mut settings = Settings::default();
        settings.set_upper(1.0);
        assert_eq!(settings.edges().brisk_from_mps(), 1.0);
        settings.set_upper(2.0);
        assert_eq!(settings.edges(), Edges::default());
        settings.set_brisk(1.2);
        settings.set_upper(1.1);
        settings.set_upper(2.5);
        assert_eq!(settings.edges().brisk_from_mps(), 1.2);
        settings.set_brisk(2.6);
        assert_eq!(settings.edges().brisk_from_mps(), 1.2, "an impossible place is not taken");
    }
}
