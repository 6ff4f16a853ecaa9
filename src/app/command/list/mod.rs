//! The one table of commands, in the order of the menu, the palette and the help sheet. Its parts stand in files of
//! their own; what they name is imported here. A part left out is an unused macro, which the compiler tells.

mod library;
mod runs;
mod window;

use egui::{Context, Key, KeyboardShortcut, ViewportCommand};

use crate::{
    app::{
        App,
        command::{
            menu::{Menu, ctrl, ctrl_shift, plain, shift},
            table::commands,
        },
        state::{
            AppState,
            form::{FormFor, Waiting},
            overlay::Overlay,
            path_field::PathFor,
            settings::{ListOrder, Theme},
            summary_text,
            view::MapLook,
        },
    },
    band::{Edges, SplitBy},
    figure::SpeedAxis,
    library::PersonId,
    motion::Evidence,
    recording::{Edits, History, Quantity, Sport},
    samples,
    units::SpeedUnit,
};

use library::library;
use runs::runs;
use window::window;

/// So much of both ends of a track is kept private, m; as on the page.
const HIDDEN_M: f64 = 200.0;

commands! { @parts [runs library window] }

#[cfg(test)]
mod tests {
    use super::*;

    /// The same keys do the same to what is on show: a run or a person, a library that is open or locked.
    const ONE_OR_THE_OTHER: [(Command, Command); 4] = [
        (Command::Report, Command::PeriodReport),
        (Command::Undo, Command::UndoInLibrary),
        (Command::Redo, Command::RedoInLibrary),
        (Command::Unlock, Command::Lock),
    ];

    #[test]
    fn no_two_commands_share_keys_or_a_title() {
        let all = Command::all();
        for (k, one) in all.iter().enumerate() {
            for other in &all[k + 1..] {
                assert_ne!(one.title(), other.title());
                let shared = one.keys().iter().any(|keys| other.keys().contains(keys));
                assert!(!shared || ONE_OR_THE_OTHER.contains(&(*one, *other)), "{one:?} and {other:?}");
            }
        }
    }
}
