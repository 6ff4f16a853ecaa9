use crate::notice::Notice;

/// What the estimator has to say about its own result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Too few fixes for the full method.
    FewFixes,
}

impl Warning {
    /// The words for a person.
    pub fn notice(&self) -> Notice {
        match self {
            Self::FewFixes => Notice {
                code: "few-fixes",
                message: "the recording is too short for the full method; speed is displacement over 10 s"
                    .to_owned(),
                count: 1,
                advice: "Record for at least a minute, with a fix every few seconds.",
            },
        }
    }
}
