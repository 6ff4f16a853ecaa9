//! Bytes into recordings. A new format is one more file here and one more line in `detect`.

mod archive;
mod bulk;
mod content;
mod detect;
mod encoding;
mod fit;
mod format;
mod gpx;
mod input;
mod number;
mod source;
mod stack;
mod tcx;
mod xml;

pub use bulk::{read_all, work_all};
pub use source::{Source, read_bytes, read_file, sources, sources_in_memory};
