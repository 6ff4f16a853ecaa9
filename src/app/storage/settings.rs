//! Settings from one start to the next, in the storage that the window has.

use crate::app::state::settings::Settings;

const KEY: &str = "spinepace";

/// What was remembered, or the defaults where nothing was or it cannot be understood any more.
pub fn load(storage: Option<&dyn eframe::Storage>) -> Settings {
    let text = storage.and_then(|storage| storage.get_string(KEY));
    let found: Option<Settings> = text.and_then(|text| serde_json::from_str(&text).ok());
    found.unwrap_or_default().checked()
}

/// Remembers.
pub fn save(settings: &Settings, storage: &mut dyn eframe::Storage) {
    if let Ok(text) = serde_json::to_string(settings) {
        storage.set_string(KEY, text);
    }
}
