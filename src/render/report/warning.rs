//! What did not fit on a page or could not be printed.

use crate::notice::Notice;

/// What did not fit or could not be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The note is longer than its box; the page says so too.
    NoteShortened {
        /// Characters that are on the page.
        shown: usize,
        /// Characters of the note.
        of: usize,
    },
    /// The name is longer than five lines.
    NameShortened,
    /// The route is wanted, but the run has no positions.
    NoRoute,
    /// The font lacks these characters; a box stands for each.
    GlyphsMissing(Vec<char>),
}

impl Warning {
    /// The words for a person.
    pub fn notice(&self) -> Notice {
        match self {
            Self::NoteShortened { shown, of } => Notice {
                code: "note-shortened",
                message: format!("the note is too long: {shown} of its {of} characters are on the page"),
                count: of - shown,
                advice: "Shorten the note, or hand it over on a page of its own.",
            },
            Self::NameShortened => Notice {
                code: "name-shortened",
                message: "the name is too long and was shortened on the page".to_owned(),
                count: 1,
                advice: "Use a shorter name or a pseudonym.",
            },
            Self::NoRoute => Notice {
                code: "no-route",
                message: "the run has no positions, so the page shows no route".to_owned(),
                count: 1,
                advice: "Nothing to do: a run indoors has none.",
            },
            Self::GlyphsMissing(lacking) => Notice {
                code: "characters-missing",
                message: format!(
                    "the report's font lacks {}; a box stands for each",
                    lacking.iter().map(|c| format!("“{c}”")).collect::<Vec<_>>().join(" ")
                ),
                count: lacking.len(),
                advice: "Write the name or note in Latin, Greek or Cyrillic letters.",
            },
        }
    }
}
