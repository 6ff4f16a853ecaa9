//! The four states that a second can be in.

/// Every second of a recording is in exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Recorded, not moving.
    Standing,
    /// Moving, at most the upper edge.
    InBand,
    /// Moving, above it.
    Faster,
    /// Nothing recorded and no travel.
    Paused,
    /// Cut out by a person: it is not counted, and no file of numbers has it.
    LeftOut,
}

impl State {
    /// All that a recording has by itself, in the order of stacked bars after [`State::InBand`] and [`State::Faster`].
    pub const ALL: [Self; 4] = [Self::InBand, Self::Faster, Self::Standing, Self::Paused];

    /// The word in CSV, JSON and Parquet.
    pub fn key(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::InBand => "in_band",
            Self::Faster => "faster",
            Self::Paused => "paused",
            Self::LeftOut => "left_out",
        }
    }

    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::InBand => "spine-friendly",
            Self::Faster => "faster",
            Self::Paused => "paused",
            Self::LeftOut => "left out",
        }
    }
}
