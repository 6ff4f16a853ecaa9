//! Why a file is not a recording that can be read.

use std::io;

use thiserror::Error;

/// Why a file gave no recording. The message says what is wrong and what to do; the file's name is
/// added once, where the file was asked for.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The operating system would not give the bytes.
    #[error("{}", unreadable(.0))]
    Unreadable(#[source] io::Error),
    /// No bytes, or nothing but blanks or NULs.
    #[error("is empty; export or copy it again")]
    Empty,
    /// Some other kind of content.
    #[error("is {0}, not a run recording; export the activity as GPX, TCX or FIT")]
    NotARun(&'static str),
    /// The page that a web site shows instead of the download.
    #[error("is a web page, not a run recording; sign in on that site and download the file again")]
    WebPage,
    /// The beginning of a recording, but not one usable point.
    #[error("is damaged before its second usable point; export or copy it again")]
    Damaged,
    /// Track points, but fewer than two with a time.
    #[error("has no times, so no speed can be computed; export the activity again with time stamps")]
    NoTimes,
    /// Fewer than two points with a position, and the others tell no speed and no distance.
    #[error(
        "has no usable positions and no speed or distance from the device; record with GPS, or indoors with a foot pod"
    )]
    NoPositions,
    /// One point is no run.
    #[error("has only one point; a run needs at least two")]
    OnePoint,
    /// Marked places only.
    #[error("has only waypoints, no track; export the recorded activity instead")]
    OnlyWaypoints,
    /// A planned way only.
    #[error("has only a planned route, no recorded track; export the activity instead")]
    OnlyRoutes,
    /// Nothing at all.
    #[error("has no track; export the recorded activity again")]
    NoTrack,
    /// A FIT file of another purpose.
    #[error("is a FIT file with {0}, not an activity; copy the file from the device's Activity folder")]
    OtherFit(&'static str),
    /// An archive without any file.
    #[error("is an archive without run recordings; put GPX, TCX or FIT files into it")]
    EmptyArchive,
    /// A folder without any recording in it or in its folders.
    #[error("is a folder without run recordings; put GPX, TCX or FIT files into it")]
    EmptyFolder,
    /// An archive where one recording was asked for.
    #[error("is an archive of {0} files; unpack it and name one of them")]
    SeveralRuns(usize),
    /// An archive that needs a password.
    #[error("is protected by a password; unpack it and open the files")]
    Encrypted,
    /// An archive that cannot be taken apart.
    #[error("is an archive that cannot be unpacked; download it again, or unpack it and open the files")]
    BadArchive,
    /// Far more content than an archive of its size can hold.
    #[error("unpacks to far more than a recording holds: it is corrupt or malicious; do not open it")]
    Inflates,
    /// Reading or computing panicked.
    #[error("hit a bug in Spinepace; please report it and attach the file")]
    Bug,
}

/// What the system answered, in words that say what to do.
fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "is not there; check the name and the folder".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "may not be read by you; ask for the right to read it, or copy it to your own folder".to_owned()
        }
        _ => format!("cannot be read ({error}); check that you can open it elsewhere"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_told_in_plain_words() {
        let told = |kind: io::ErrorKind| ReadError::Unreadable(kind.into()).to_string();
        assert_eq!(told(io::ErrorKind::NotFound), "is not there; check the name and the folder");
        assert!(told(io::ErrorKind::PermissionDenied).starts_with("may not be read by you; ask"));
        assert!(told(io::ErrorKind::TimedOut).starts_with("cannot be read ("));
    }
}
