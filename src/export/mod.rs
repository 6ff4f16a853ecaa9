//! The numbers in the forms that scripts use. Column and key names are fixed: others rely on them.

mod analysis;
mod column;
mod file;
mod gpx;
mod parquet;
mod segments;
mod table;

pub use analysis::{Analysis, Failure, analysis_columns, analysis_table};
pub use file::{Before, WriteError, write_whole};
pub use gpx::{TrackError, track_gpx};
pub use segments::{encode_segments, segment_table};
pub use table::{NoRows, Rows, Table, TableFormat};
