//! What can be asked of the window. A [`Command`] has a name: menus, shortcuts, the palette and the help sheet are all
//! made of the one table in `list`. An [`Action`] is what a hand does to what it sees: a drag, a click on a row.

mod action;
mod cutting;
mod keeping;
mod keys;
mod library;
mod list;
mod looking;
mod menu;
mod opening;
mod outgoing;
mod table;

pub use action::Action;
pub use keys::{pressed, written};
pub use library::LibraryAsk;
pub use list::Command;
pub use menu::Menu;
