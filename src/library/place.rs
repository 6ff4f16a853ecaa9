//! Where a library lies, what its files are called, and who may read them.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use super::LibraryError;

/// The folder beside the program that makes it portable: a stick carries program and library together.
const PORTABLE: &str = "spinepace-library";

/// A library's folder. All its files lie in it, and nothing else is ever written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
}

impl Place {
    /// The library in this folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The library beside the program if there is a folder `spinepace-library`, else the one among the user's own
    /// data. `None` where the system names no such place.
    pub fn usual() -> Option<Self> {
        let program = std::env::current_exe().ok();
        let beside = program.as_deref().and_then(Path::parent).map(|folder| folder.join(PORTABLE));
        if let Some(folder) = beside.filter(|folder| folder.is_dir()) {
            return Some(Self { folder });
        }
        let dirs = directories::ProjectDirs::from("", "", "Spinepace")?;
        Some(Self { folder: dirs.data_local_dir().join("library") })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The library itself.
    pub fn file(&self) -> PathBuf {
        self.folder.join("library.db")
    }

    /// The file beside it that holds what is not written to it yet; gone while nobody has it open.
    pub(super) fn wal(&self) -> PathBuf {
        self.folder.join("library.db-wal")
    }

    /// What undoes a change that was cut short where there is no log; gone with the change.
    pub(super) fn journal(&self) -> PathBuf {
        self.folder.join("library.db-journal")
    }

    /// A new library on its way to its place.
    pub(super) fn part(&self) -> PathBuf {
        self.folder.join("library.part")
    }

    /// What opens it, wrapped by its passcode; none where it has no passcode.
    pub(super) fn key(&self) -> PathBuf {
        self.folder.join("library.key")
    }

    /// A new one on its way to its place.
    pub(super) fn key_part(&self) -> PathBuf {
        self.folder.join("library.key.part")
    }

    /// How many wrong passcodes were tried in a row.
    pub(super) fn tries(&self) -> PathBuf {
        self.folder.join("library.tries")
    }

    /// Its backups.
    pub fn backups(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// Makes the folder, for its owner only.
    pub(super) fn make(&self) -> Result<(), LibraryError> {
        make_folder(&self.folder).map_err(LibraryError::io("making the library's folder"))
    }

    /// Holds the library for one writer; `None` where another holds it.
    pub(super) fn hold(&self) -> io::Result<Option<Hold>> {
        let file = private().create(true).truncate(false).open(self.folder.join("library.lock"))?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            // Where there are no locks the database's own still keep two writers apart.
            Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(Some(Hold(file))),
        }
    }
}

/// The library is held for one writer until this is dropped, or the process ends.
#[derive(Debug)]
pub(super) struct Hold(File);

impl Drop for Hold {
    fn drop(&mut self) {
        // Closing the file is not enough: a program that is just being started shares it for a moment.
        let _ = self.0.unlock();
    }
}

/// Makes a folder that only its owner may look into.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Options for a file that only its owner may read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes an empty file for its owner, or takes a file's rights from all others.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    let file = private().create(true).truncate(false).open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata()?.permissions().mode() & 0o077 != 0 {
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
        }
    }
    drop(file);
    Ok(())
}

/// Puts a finished file in the place of another, so that after a power cut either is there whole.
pub(super) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    File::open(from)?.sync_all()?;
    fs::rename(from, to)?;
    sync_folder(to)
}

/// Makes the names in a file's folder outlast a power cut.
pub(super) fn sync_folder(of: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = of.parent() {
        // A name alone lies in the folder that the program was started in.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = of;
    Ok(())
}

/// Removes a file with what a database leaves beside it; nothing where there is none.
pub(super) fn remove_database(path: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
