//! What a device wrote: fixes with their times, in columns, and what was odd about the file.
//!
//! `read` takes bytes apart, one file per format; `clean` makes columns of the points and puts them in order.

mod clean;
mod edits;
mod error;
mod fingerprint;
mod model;
mod quantity;
mod read;
mod sport;
mod timestamp;
mod warning;

pub use edits::{Edits, History};
pub use error::ReadError;
pub use fingerprint::{Fingerprint, FingerprintIndex};
pub use model::{DeviceWord, Fixes, Recording};
pub use quantity::Quantity;
pub use read::{Source, read_all, read_bytes, read_file, sources, sources_in_memory, work_all};
pub use sport::Sport;
pub use warning::{Place, Warning, WarningKind};
