//! From one table of commands: the enum, and every list that is made of it. A command is added as one entry of the
//! table; no list can leave it out.

/// Each entry has a `title` and what it `does`. What may be left out: its `keys`, words that it is `also` found by, the
/// `menu` it stands in, the state in which it is marked there as `chosen`, and the state in which it would do anything
/// (`when`).
macro_rules! commands {
    // A part of the table is a macro that sets its commands behind those before it and comes back here.
    (@parts [] $($all:tt)*) => { commands! { $($all)* } };
    (@parts [$first:ident $($left:ident)*] $($before:tt)*) => { $first! { [$($left)*] $($before)* } };
    ($($(#[$about:meta])* $name:ident $(($value:ident: $of:ty = $all:expr))? {
        title: $title:expr,
        $(keys: [$($keys:expr),+],)?
        $(also: $also:expr,)?
        $(menu: $menu:ident,)?
        $(chosen($chosen_in:ident): $chosen:expr,)?
        $(when($when_in:ident): $when:expr,)?
        does($app:ident, $ctx:tt): $does:expr $(,)?
    })*) => {
        /// Something that can be asked of the window by name.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub enum Command {
            $($(#[$about])* $name $(($of))?),*
        }

        #[allow(unused_variables, reason = "few entries need what they are of in all places")]
        impl Command {
            /// All that a person can choose from, in the order of the table.
            pub fn all() -> Vec<Self> {
                let mut all = Vec::new();
                $(commands!(@list all $name $(in $all)?);)*
                all
            }

            /// Its words in menus.
            pub fn title(self) -> String {
                match self {
                    $(Self::$name $(($value))? => $title.into()),*
                }
            }

            /// Other words that it is found by.
            pub fn also(self) -> &'static str {
                match self {
                    $(Self::$name $(($value))? => commands!(@or [$($also)?] "")),*
                }
            }

            /// Its keys. Those without a modifier are left to a text field that has the focus.
            pub fn keys(self) -> Vec<KeyboardShortcut> {
                match self {
                    $(Self::$name { .. } => vec![$($($keys),+)?]),*
                }
            }

            /// Which menu it stands in, if in any.
            pub fn menu(self) -> Option<Menu> {
                match self {
                    $(Self::$name { .. } => commands!(@or [$(Some(Menu::$menu))?] None)),*
                }
            }

            /// Whether it is marked in its menu as what is in force.
            pub fn chosen(self, state: &AppState) -> bool {
                match self {
                    $(Self::$name $(($value))? => commands!(@or [$({ let $chosen_in = state; $chosen })?] false)),*
                }
            }

            /// Whether it would do anything now.
            pub fn enabled(self, state: &AppState) -> bool {
                match self {
                    $(Self::$name $(($value))? => commands!(@or [$({ let $when_in = state; $when })?] true)),*
                }
            }

            /// Does it.
            pub(super) fn run(self, app: &mut App, ctx: &Context) {
                match self {
                    $(Self::$name $(($value))? => { let ($app, $ctx) = (app, ctx); $does; }),*
                }
            }
        }
    };
    (@list $all:ident $name:ident) => { $all.extend([Command::$name]) };
    (@list $all:ident $name:ident in $values:expr) => { $all.extend($values.into_iter().map(Command::$name)) };
    (@or [$given:expr] $default:expr) => { $given };
    (@or [] $default:expr) => { $default };
}

pub(super) use commands;
