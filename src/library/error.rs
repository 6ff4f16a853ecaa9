//! What the library can fail at, in words that say what to do.

use std::path::PathBuf;

use thiserror::Error;

/// Why the library did not do what it was asked. The message says what is wrong; what to do. What was acknowledged
/// before is kept, whatever the error.
#[derive(Debug, Error)]
pub enum LibraryError {
    /// There is none, and it was only to be read.
    #[error("there is no library yet; import runs first, or name another folder with --library")]
    Missing(PathBuf),
    /// The file is of another kind.
    #[error("{} is not a Spinepace library; name another folder with --library", .0.display())]
    NotALibrary(PathBuf),
    /// A newer program wrote it.
    #[error(
        "the library was written by a newer Spinepace (format {found}, this program knows {known}); update Spinepace. Nothing was changed"
    )]
    Newer {
        /// The file's format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// The file cannot be read as a whole.
    #[error("the library is damaged ({why}); {}", advice(.backup.as_ref()))]
    Damaged {
        /// What was found.
        why: String,
        /// The newest backup that can be restored.
        backup: Option<PathBuf>,
    },
    /// It has a passcode, and none was given.
    #[error("the library is locked; unlock it with its passcode or its recovery key")]
    Locked,
    /// Neither the passcode nor the recovery key is this library's.
    #[error("this does not open the library; type its passcode or its recovery key again{}", .during_change.then_some(
        ". The passcode was being changed when Spinepace was stopped: try the other one too"
    ).unwrap_or_default())]
    WrongPasscode {
        /// Whether a change was cut short, so that it may be the passcode before or after it.
        during_change: bool,
    },
    /// This build cannot.
    #[error("this build of Spinepace has no passcode; use one that was built with the feature `passcode`")]
    NoPasscode,
    /// Another program holds it.
    #[error("the library is open in another Spinepace; close that one first")]
    InUse,
    /// It can be read only.
    #[error("the library can only be read ({0}); check the permissions of its folder")]
    ReadOnly(String),
    /// No room left.
    #[error("the disk is full; free some space and try again. Nothing that was kept is lost")]
    Full,
    /// The operating system refused.
    #[error(
        "{what} failed ({why}); check the disk and the permissions, then try again. Nothing that was kept is lost"
    )]
    Io {
        /// What was tried.
        what: &'static str,
        /// What the system said.
        why: String,
    },
    /// No such run, person, note, batch or backup.
    #[error("there is no {what} {which}; {list} lists them")]
    Unknown {
        /// The kind of thing.
        what: &'static str,
        /// As it was asked for.
        which: String,
        /// The command that lists them.
        list: &'static str,
    },
    /// A name is taken.
    #[error("there is a person called {0} already; choose another pseudonym")]
    PersonExists(String),
    /// A value that cannot be.
    #[error("{0}")]
    Refused(String),
    /// A bug in Spinepace.
    #[error("Spinepace hit a bug in its library ({0}); please report it. Nothing that was kept is lost")]
    Bug(String),
}

fn advice(backup: Option<&PathBuf>) -> String {
    backup.map_or_else(
        || "no backup was found beside it; copy the folder before you try anything else".to_owned(),
        |path| format!("restore a backup: spinepace library restore {}", path.display()),
    )
}

impl LibraryError {
    /// An error of the operating system while something was tried.
    pub(super) fn io(what: &'static str) -> impl Fn(std::io::Error) -> Self {
        move |error| match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                Self::ReadOnly(error.to_string())
            }
            _ => Self::Io { what, why: error.to_string() },
        }
    }
}

impl From<rusqlite::Error> for LibraryError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let Some(code) = error.sqlite_error_code() else {
            // What was written by this program and is not as this program reads it was changed since.
            return Self::Damaged { why: error.to_string(), backup: None };
        };
        match code {
            Code::DiskFull => Self::Full,
            Code::DatabaseCorrupt | Code::NotADatabase | Code::TypeMismatch => {
                Self::Damaged { why: error.to_string(), backup: None }
            }
            Code::DatabaseBusy | Code::DatabaseLocked => Self::InUse,
            Code::ReadOnly | Code::PermissionDenied => Self::ReadOnly(error.to_string()),
            Code::CannotOpen | Code::SystemIoFailure => {
                Self::Io { what: "reading or writing the library", why: error.to_string() }
            }
            // A flipped bit in the head makes it a file of another kind, one in the schema another table, column or
            // function: none that is asked for is missing, or there twice, in a whole library.
            Code::Unknown
                if [
                    "unsupported file format",
                    "no such ",
                    "no column named",
                    "ambiguous column",
                    "error in ",
                ]
                .iter()
                .any(|said| error.to_string().contains(said)) =>
            {
                Self::Damaged { why: error.to_string(), backup: None }
            }
            _ => Self::Bug(error.to_string()),
        }
    }
}
