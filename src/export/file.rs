//! Files written whole or not at all.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::Path,
};

use thiserror::Error;

use super::NoRows;

/// Why a file was not written. The old one, if there was one, is unchanged.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The path is a folder.
    #[error("is a folder; name a file in it")]
    IsFolder,
    /// The folder to write into is not there.
    #[error("cannot be written: its folder does not exist; create the folder first")]
    NoFolder,
    /// There is nothing to put into a table.
    #[error("was not written: no file contained a run")]
    NoRows,
    /// The operating system refused.
    #[error("cannot be written ({0}); choose another place or free some space")]
    Io(String),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        if NoRows::is_behind(&error) {
            return Self::NoRows;
        }
        // `tempfile` adds the name of the temporary file, which helps no one: keep the kind alone.
        if error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Other {
            Self::Io(error.to_string())
        } else {
            Self::Io(error.kind().to_string())
        }
    }
}

/// What stood at a path before it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    Nothing,
    /// A file, which is replaced now.
    File,
}

/// Writes a file whole or not at all: into a temporary file beside it, which then takes its name and, where it
/// replaces one, its permissions. A link is followed; a device or pipe is written to directly, because it cannot be
/// replaced.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Before, WriteError> {
    if path.is_dir() {
        return Err(WriteError::IsFolder);
    }
    let there = fs::canonicalize(path).ok();
    let path = there.as_deref().unwrap_or(path);
    let old = fs::metadata(path).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        out.flush()?;
        return Ok(Before::Nothing);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(WriteError::NoFolder);
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".spinepace-");
    // As any new file: readable as the user's mask says, not for the user alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut part = builder.tempfile_in(folder)?;
    let mut out = BufWriter::new(part.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(old) = &old {
        part.as_file().set_permissions(old.permissions())?;
    }
    part.as_file().sync_all()?;
    part.persist(path).map_err(|refused| refused.error)?;
    Ok(if old.is_some() { Before::File } else { Before::Nothing })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.csv");
        assert_eq!(write_whole(&path, |out| out.write_all(b"old")).ok(), Some(Before::Nothing));
        let failed = write_whole(&path, |out| {
            out.write_all(&vec![b'x'; 100_000])?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(matches!(failed, Err(WriteError::Io(_))));
        assert_eq!(fs::read(&path).expect("read"), b"old");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
        assert_eq!(write_whole(&path, |out| out.write_all(b"new")).ok(), Some(Before::File));
        assert_eq!(fs::read(&path).expect("read"), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("out.csv"), folder.path().join("link.csv"));
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&path, &link).expect("a link");
        write_whole(&link, |out| out.write_all(b"new")).expect("written");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read(&path).expect("read"), b"new");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o640);
    }
}
