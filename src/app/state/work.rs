//! What the threads are doing, as of the beginning of the frame.

/// Work under way, and what is known of the desktop.
#[derive(Debug, Default)]
pub struct Work {
    /// How far reading is; `None` where nothing is being read.
    pub reading: Option<Progress>,
    /// Whether numbers are being computed.
    pub computing: bool,
    /// Whether the desktop's user wants little motion.
    pub desktop_reduces_motion: bool,
}

/// How far the work is.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The file that is being read.
    pub name: String,
    /// Files that are done.
    pub done: usize,
    /// Files that were asked for.
    pub total: usize,
    /// Seconds that the rest will take at this rate, where that can be told.
    pub left_s: Option<f64>,
}
