//! Where recordings come from: files, folders, archives, or bytes in memory.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::recording::{ReadError, Recording};

use super::archive::{self, Bytes, Entry, Title};
use super::content::read;
use super::detect;
use super::input::Input;

/// Folders deeper than this hold no runs; links may make them endless.
const DEEPEST_FOLDER: usize = 32;
/// Endings of runs: such a file is read, and reported if it is none.
const ENDINGS: [&str; 5] = ["gpx", "tcx", "fit", "gz", "zip"];

/// Reads one file, whatever its format, found by content and not by name. An archive is read if it holds
/// one recording; [`sources`] takes those with several apart.
pub fn read_file(path: &Path) -> Result<Recording, ReadError> {
    let mut file = File::open(path).map_err(ReadError::Unreadable)?;
    let mut head = Vec::new();
    file.by_ref().take(4).read_to_end(&mut head).map_err(ReadError::Unreadable)?;
    if archive::begins(&head) {
        return only_one(&Bytes::File(path.to_owned()));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    read(&name, Box::new(Cursor::new(head).chain(file)))
}

/// Reads one file's content; `name`, a file name, serves where the content names nothing.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Recording, ReadError> {
    if archive::begins(bytes) {
        return only_one(&Bytes::Memory(bytes.into()));
    }
    read(name, Box::new(bytes))
}

/// Something to read one recording from.
#[derive(Debug, Clone)]
pub struct Source {
    label: String,
    content: Content,
    title: Title,
}

#[derive(Debug, Clone)]
enum Content {
    File(PathBuf),
    Entry(Entry),
    Memory { name: String, bytes: Arc<[u8]> },
    EmptyFolder,
}

/// The recordings that `paths` hold: each file, each file of each zip archive, and, in every folder and
/// its folders in the order of their names, each file that is a recording or is named like one.
/// A path that is missing, and a folder or archive without any recording, is a source too, whose reading
/// says so.
pub fn sources(paths: &[PathBuf]) -> Vec<Source> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            collect_folder(path, 0, &mut found);
            if found.len() == before {
                found.push(Source::new(path.display().to_string(), Content::EmptyFolder));
            }
        } else {
            collect_file(path, &mut found);
        }
    }
    found
}

/// The recordings in `bytes`, a dropped file's name and content: itself, or the files of a zip archive.
pub fn sources_in_memory(name: &str, bytes: Arc<[u8]>) -> Vec<Source> {
    let mut found = Vec::new();
    if archive::begins(&bytes) {
        collect_archive(name, &Bytes::Memory(Arc::clone(&bytes)), &mut found);
    }
    if found.is_empty() {
        found.push(Source::new(name.to_owned(), Content::Memory { name: name.to_owned(), bytes }));
    }
    found
}

impl Source {
    fn new(label: String, content: Content) -> Self {
        Self { label, content, title: Title::default() }
    }

    /// What a person calls it: the path, for a file in an archive `archive.zip: path`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The file it is in, if it is in one by itself.
    pub fn path(&self) -> Option<&Path> {
        match &self.content {
            Content::File(path) => Some(path),
            _ => None,
        }
    }

    /// The bytes of the file that the recording is in, as they are, out of an archive where they lie in one.
    pub fn bytes(&self) -> Result<Vec<u8>, ReadError> {
        match &self.content {
            Content::File(path) => fs::read(path).map_err(ReadError::Unreadable),
            Content::Memory { bytes, .. } => Ok(bytes.to_vec()),
            Content::EmptyFolder => Err(ReadError::EmptyFolder),
            Content::Entry(entry) => {
                let mut bytes = Vec::new();
                entry.open()?.read_to_end(&mut bytes).map_err(|_| ReadError::BadArchive)?;
                Ok(bytes)
            }
        }
    }

    /// The name of that file, without folders.
    pub fn file_name(&self) -> String {
        match &self.content {
            Content::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Content::Entry(entry) => file_name(&entry.name).to_owned(),
            Content::Memory { name, .. } => name.clone(),
            Content::EmptyFolder => self.label.clone(),
        }
    }

    /// Reads the recording from [`Source::bytes`].
    pub fn read_from(&self, bytes: &[u8]) -> Result<Recording, ReadError> {
        read_bytes(&self.file_name(), bytes).map(|recording| self.titled(recording))
    }

    /// Reads the recording.
    pub fn read(&self) -> Result<Recording, ReadError> {
        let recording = match &self.content {
            Content::File(path) => read_file(path),
            Content::Entry(entry) => read(file_name(&entry.name), entry.open()?),
            Content::Memory { name, bytes } => read_bytes(name, bytes),
            Content::EmptyFolder => Err(ReadError::EmptyFolder),
        }?;
        Ok(self.titled(recording))
    }

    /// The recording under the title that the list beside it gives.
    fn titled(&self, mut recording: Recording) -> Recording {
        if let Some(name) = &self.title.name {
            recording.name.clone_from(name);
            recording.is_named_after_file = false;
        }
        if let Some(activity) = &self.title.activity {
            recording.activity = Some(activity.clone());
        }
        recording
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn named_like_a_recording(name: &str) -> bool {
    ENDINGS.iter().any(|it| ending(name).eq_ignore_ascii_case(it))
}

fn is_recording(content: Box<dyn Read + '_>) -> bool {
    Input::open(content).is_ok_and(|input| detect::format(input.head()).is_ok())
}

/// Hidden files are not the runner's: `._run.gpx` is what macOS adds to archives.
fn is_hidden(name: &str) -> bool {
    file_name(name).starts_with('.')
        || name.split('/').any(|part| part == "__MACOSX" || part.starts_with("._"))
}

fn collect_file(path: &Path, found: &mut Vec<Source>) {
    let mut head = [0; 4];
    let is_archive =
        File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && archive::begins(&head);
    let before = found.len();
    if is_archive {
        collect_archive(&path.display().to_string(), &Bytes::File(path.to_owned()), found);
    }
    if found.len() == before {
        found.push(Source::new(path.display().to_string(), Content::File(path.to_owned())));
    }
}

fn collect_folder(folder: &Path, depth: usize, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    let titles = File::open(folder.join("activities.csv")).map_or_else(|_| HashMap::new(), archive::titles);
    let titled: HashMap<PathBuf, Title> =
        titles.into_iter().map(|(file, title)| (folder.join(file), title)).collect();
    let before = found.len();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_hidden(&name) {
            continue;
        }
        if path.is_dir() {
            if depth < DEEPEST_FOLDER && !path.is_symlink() {
                collect_folder(&path, depth + 1, found);
            }
        } else if named_like_a_recording(&name)
            || File::open(&path).is_ok_and(|file| path.is_file() && is_recording(Box::new(file)))
        {
            collect_file(&path, found);
        }
    }
    for source in &mut found[before..] {
        if let Some(title) = source.path().and_then(|path| titled.get(path)) {
            source.title = title.clone();
        }
    }
}

/// Adds the recordings of an archive, and of archives right inside it; none if it cannot be listed.
fn collect_archive(label: &str, archive: &Bytes, found: &mut Vec<Source>) {
    let Ok(entries) = archive::entries(archive) else { return };
    collect_entries(label, entries, true, found);
}

fn collect_entries(label: &str, entries: Vec<Entry>, outermost: bool, found: &mut Vec<Source>) {
    let list = entries.iter().find(|entry| file_name(&entry.name) == "activities.csv");
    let folder = list.map_or("", |list| &list.name[..list.name.len() - "activities.csv".len()]).to_owned();
    let titles = list.and_then(|list| list.open().ok()).map_or_else(HashMap::new, archive::titles);
    for entry in entries {
        let label = format!("{label}: {}", entry.name);
        if is_hidden(&entry.name) {
            continue;
        }
        if outermost
            && ending(&entry.name).eq_ignore_ascii_case("zip")
            && let Ok(inner) = entry.unpacked()
        {
            collect_entries(&label, inner, false, found);
            continue;
        }
        if named_like_a_recording(&entry.name) || entry.open().is_ok_and(is_recording) {
            let title = entry.name.strip_prefix(&folder).and_then(|name| titles.get(name)).cloned();
            found.push(Source { label, content: Content::Entry(entry), title: title.unwrap_or_default() });
        }
    }
}

/// The one recording of an archive that was asked for as if it were a recording.
fn only_one(archive: &Bytes) -> Result<Recording, ReadError> {
    let mut found = Vec::new();
    collect_entries("", archive::entries(archive)?, true, &mut found);
    match found.as_slice() {
        [] => Err(ReadError::EmptyArchive),
        [source] => source.read(),
        _ => Err(ReadError::SeveralRuns(found.len())),
    }
}
