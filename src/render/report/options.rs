//! What you can choose for a page.

use std::fmt;

use crate::units::SpeedUnit;

/// The paper a page is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum Paper {
    /// 210 x 297 mm, 595 x 842 pt.
    #[default]
    A4,
    /// 8.5 x 11 inches, 612 x 792 pt.
    Letter,
}

impl Paper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// Width and height, pt.
    pub fn size_pt(self) -> [f64; 2] {
        match self {
            Self::A4 => [595.0, 842.0],
            Self::Letter => [612.0, 792.0],
        }
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::A4 => "A4",
            Self::Letter => "US Letter",
        })
    }
}

/// What a person chooses for a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Options {
    /// The paper.
    pub paper: Paper,
    /// Name or pseudonym of the runner; where empty, the run's own name stands there, if it has one.
    pub name: String,
    /// The therapist's note; where empty, a box to write in.
    pub note: String,
    /// Whether to draw the route, without its first and last [`HIDDEN_ENDS_M`].
    pub route: bool,
    /// The unit beside m/s.
    pub unit: SpeedUnit,
}

/// What the route leaves out at both ends, m, so that a page does not show where the runner lives.
pub const HIDDEN_ENDS_M: f64 = 200.0;
