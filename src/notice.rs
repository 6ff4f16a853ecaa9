//! How anything worth saying about a run reaches people: in the same words in the window, on the command line
//! and in JSON.

/// Something the reader or the estimator noticed, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Notice {
    /// Stable, `kebab-case`; scripts match on it.
    pub code: &'static str,
    /// What was noticed, a sentence without the file's name.
    pub message: String,
    /// How often it happened; 1 where counting makes no sense.
    pub count: usize,
    /// What you can do about it, or why there is nothing to do.
    #[serde(skip)]
    pub advice: &'static str,
}
