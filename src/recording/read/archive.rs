//! Zip archives: what is in them, and their files one at a time.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempPath;
use zip::{CompressionMethod, ZipArchive};

use crate::recording::ReadError;

use super::input;

/// More files than the longest running life produces.
const MOST_ENTRIES: usize = 100_000;

/// Where an archive's bytes are.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    /// In a file.
    File(PathBuf),
    /// In a file that goes away with the last of its users.
    Unpacked(Arc<TempPath>),
    /// In memory.
    Memory(Arc<[u8]>),
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl Bytes {
    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Unpacked(path) => Box::new(File::open(path.as_os_str())?),
            Self::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// A file in an archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    archive: Bytes,
    /// Its path in the archive.
    pub name: String,
    start: u64,
    size: u64,
    /// The size unpacked, as the archive says.
    unpacked_size: u64,
    packing: Packing,
}

#[derive(Debug, Clone, Copy)]
enum Packing {
    Stored,
    Deflated,
    Encrypted,
    Unknown,
}

/// Whether a file begins as zip archives do.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// The files of an archive, folders left out, and of files that share bytes, as only malicious archives have
/// them, all but the first.
pub(super) fn entries(archive: &Bytes) -> Result<Vec<Entry>, ReadError> {
    // Headers are small, far apart, and read piece by piece.
    let mut reader = BufReader::with_capacity(1 << 10, archive.open().map_err(ReadError::Unreadable)?);
    let length = reader.seek(SeekFrom::End(0)).map_err(ReadError::Unreadable)?;
    let mut zip = ZipArchive::new(reader).map_err(|_| ReadError::BadArchive)?;
    if zip.len() > MOST_ENTRIES {
        return Err(ReadError::BadArchive);
    }
    let mut entries: Vec<Entry> = Vec::new();
    // Where the bytes of the files so far begin and end.
    let mut taken: BTreeMap<u64, u64> = BTreeMap::new();
    let mut unpacked_size = 0_u64;
    for index in 0..zip.len() {
        let Ok(file) = zip.by_index_raw(index) else { continue };
        let (Some(start), false) = (file.data_start(), file.is_dir()) else { continue };
        let packing = match file.compression() {
            _ if file.encrypted() => Packing::Encrypted,
            CompressionMethod::Stored => Packing::Stored,
            CompressionMethod::Deflated => Packing::Deflated,
            _ => Packing::Unknown,
        };
        let name = file.name().map_or_else(|_| format!("file {}", index + 1), std::borrow::Cow::into_owned);
        let (size, end) = (file.compressed_size(), start.saturating_add(file.compressed_size()));
        if taken.range(..end).next_back().is_some_and(|(_, taken)| *taken > start) {
            continue;
        }
        if size > 0 {
            taken.insert(start, end);
        }
        unpacked_size = unpacked_size.saturating_add(file.size());
        entries.push(Entry {
            archive: archive.clone(),
            name,
            start,
            size,
            unpacked_size: file.size(),
            packing,
        });
    }
    if unpacked_size > input::most_unpacked(length) {
        return Err(ReadError::Inflates);
    }
    Ok(entries)
}

impl Entry {
    /// The file's content.
    pub(super) fn open(&self) -> Result<Box<dyn Read>, ReadError> {
        let mut reader = self.archive.open().map_err(ReadError::Unreadable)?;
        reader.seek(SeekFrom::Start(self.start)).map_err(ReadError::Unreadable)?;
        let packed = reader.take(self.size);
        match self.packing {
            Packing::Stored => Ok(Box::new(packed)),
            Packing::Deflated => Ok(input::inflated(packed, self.unpacked_size)),
            Packing::Encrypted => Err(ReadError::Encrypted),
            Packing::Unknown => Err(ReadError::BadArchive),
        }
    }

    /// The files of this entry, an archive itself, unpacked to a temporary file.
    pub(super) fn unpacked(&self) -> Result<Vec<Self>, ReadError> {
        let mut file = tempfile::NamedTempFile::new().map_err(ReadError::Unreadable)?;
        io::copy(&mut self.open()?, &mut file).map_err(|_| ReadError::BadArchive)?;
        entries(&Bytes::Unpacked(Arc::new(file.into_temp_path())))
    }
}

/// What Strava's `activities.csv` says about a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Title {
    /// The name the runner gave the activity.
    pub name: Option<String>,
    /// Its type ("Run").
    pub activity: Option<String>,
}

/// Reads Strava's list of activities: the title of each file named in it. The columns are found by their
/// English headers, in other languages by their places.
pub(super) fn titles(csv: impl Read) -> HashMap<String, Title> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv);
    let header = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str, otherwise| header.iter().position(|it| it.trim() == name).unwrap_or(otherwise);
    let (name, activity) = (column("Activity Name", 2), column("Activity Type", 3));
    let cell = |row: &csv::StringRecord, column: usize| {
        row.get(column).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let rows = reader.records().filter_map(Result::ok).take(MOST_ENTRIES);
    rows.filter_map(|row| {
        let file = row.iter().find(|cell| cell.starts_with("activities/"))?;
        Some((file.to_owned(), Title { name: cell(&row, name), activity: cell(&row, activity) }))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_in_any_language() {
        let title = Title { name: Some("Morning Run, wet".to_owned()), activity: Some("Run".to_owned()) };
        for csv in [
            "Activity ID,Activity Date,Activity Name,Activity Type,Filename\n\
             1,\"May 1, 2024\",\"Morning Run, wet\",Run,activities/1.fit.gz\n2,x,Yoga,Yoga,\n",
            "ID,Datum,Name der Aktivität,Typ,Beschreibung,Datei\n\
             1,1. Mai,\"Morning Run, wet\",Run,,activities/1.fit.gz\n",
        ] {
            let titles = titles(csv.as_bytes());
            assert_eq!(titles.len(), 1);
            assert_eq!(titles.get("activities/1.fit.gz"), Some(&title));
        }
    }
}
