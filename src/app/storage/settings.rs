//! What is remembered from one start to the next.

use serde::{Deserialize, Serialize};

use crate::{
    band::{Edges, SplitBy},
    figure::SpeedAxis,
    units::SpeedUnit,
};

const KEY: &str = "spinepace";

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

/// The choices that are remembered; the window's size is kept by eframe.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// In which unit speeds are read.
    pub unit: SpeedUnit,
    /// Light or dark.
    pub theme: Theme,
    /// The band's edges.
    pub edges: Edges,
    /// What runs along the speed chart.
    pub axis: SpeedAxis,
    /// What the table is split by; `None` is every segment.
    pub split: Option<SplitBy>,
    /// The size of everything, 0.8 to 2.5.
    pub zoom: f32,
    /// Whether the article stands beside the run.
    pub article: bool,
    /// Whether the running cursor moves in steps (reduced motion); `None` is as the desktop has it.
    pub reduced_motion: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            unit: SpeedUnit::default(),
            theme: Theme::default(),
            edges: Edges::default(),
            axis: SpeedAxis::default(),
            split: Some(SplitBy::Kilometre),
            zoom: 1.0,
            article: true,
            reduced_motion: None,
        }
    }
}

impl Settings {
    /// What was remembered, or the defaults where nothing was or it cannot be understood any more.
    pub fn load(storage: Option<&dyn eframe::Storage>) -> Self {
        let found: Option<Self> = storage
            .and_then(|storage| storage.get_string(KEY))
            .and_then(|text| serde_json::from_str(&text).ok());
        let mut settings = found.unwrap_or_default();
        // Stored edges have not passed the constructor.
        settings.edges =
            Edges::new(settings.edges.upper_mps(), settings.edges.brisk_from_mps()).unwrap_or_default();
        settings.zoom = settings.zoom.clamp(0.8, 2.5);
        settings
    }

    /// Remembers.
    pub fn save(&self, storage: &mut dyn eframe::Storage) {
        if let Ok(text) = serde_json::to_string(self) {
            storage.set_string(KEY, text);
        }
    }
}
