//! The one shape in which anything worth saying about a run reaches a person: in the window, on the
//! command line and in JSON the same words.

/// Something the reader or the estimator noticed, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Notice {
    /// Stable, `kebab-case`; scripts match on it.
    pub code: &'static str,
    /// What was noticed, a sentence without the file's name.
    pub message: String,
    /// How often it happened; 1 where counting makes no sense.
    pub count: usize,
    /// What a person can do about it, or why nothing needs doing.
    #[serde(skip)]
    pub advice: &'static str,
}
