use std::{
    io::{BufWriter, Write},
    path::Path,
};

use thiserror::Error;

/// Why a file was not written. The old one, if there was one, is as it was.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The path is a folder.
    #[error("is a folder; name a file in it")]
    IsFolder,
    /// The operating system refused.
    #[error("cannot be written ({0}); choose another place or make room")]
    Io(#[from] std::io::Error),
}

/// Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), WriteError> {
    if path.is_dir() {
        return Err(WriteError::IsFolder);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
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
    part.as_file().sync_all()?;
    part.persist(path).map_err(|refused| refused.error)?;
    Ok(())
}
