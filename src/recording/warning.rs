use crate::notice::Notice;

/// What was odd about a file that could be read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Points that could not be used.
    BadPoints {
        /// How many.
        count: usize,
    },
}

impl Warning {
    /// The words for a person.
    pub fn notice(&self) -> Notice {
        match self {
            Self::BadPoints { count } => Notice {
                code: "bad-points",
                message: format!("{count} points could not be read and were left out"),
                count: *count,
                advice: "Nothing to do where they are few; otherwise export the activity again.",
            },
        }
    }
}
