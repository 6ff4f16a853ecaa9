//! Tables being written as CSV, JSON or Parquet.

use std::io::{self, Write};

use serde::{Serialize, Serializer, ser::SerializeMap};
use thiserror::Error;

use super::{
    column::{Cell, Column, moment_text},
    parquet::{Chunk, ParquetFile},
};

/// A row as an object.
struct Object<'a, R>(&'a [Column<R>], &'a R);

impl<R> Serialize for Object<'_, R> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(columns, row) = self;
        let mut object = to.serialize_map(Some(columns.len()))?;
        for Column { name, cell } in *columns {
            match cell {
                Cell::Text(of) => object.serialize_entry(name, of(row)),
                Cell::MaybeText(of) => object.serialize_entry(name, &of(row)),
                Cell::Moment(of) => object.serialize_entry(name, &moment_text(of(row))),
                Cell::Count(of) => object.serialize_entry(name, &of(row)),
                Cell::Seconds(of) => object.serialize_entry(name, &of(row)),
                Cell::Number(of) => object.serialize_entry(name, &of(row)),
                Cell::MaybeNumber(of) => object.serialize_entry(name, &of(row)),
                Cell::ShortNumber(of) => object.serialize_entry(name, &of(row)),
                Cell::Flag(of) => object.serialize_entry(name, &of(row)),
                Cell::Rate(of) => object.serialize_entry(name, &of(row)),
                Cell::Notices(of) => object.serialize_entry(name, of(row)),
            }?;
        }
        object.end()
    }
}

/// The form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableFormat {
    /// A header and a line for each row.
    Csv,
    /// An array with an object for each row.
    Json,
    /// Apache Parquet, compressed with Snappy; times in UTC to the microsecond.
    Parquet,
}

/// Rows in the form of their table but not yet written: the long part, which may run on any core.
pub struct Rows(Encoded);

enum Encoded {
    Text(Vec<u8>),
    Chunk(Chunk),
}

impl TableFormat {
    /// Brings rows into this form.
    pub(super) fn encode<R>(self, columns: &[Column<R>], rows: &[R]) -> io::Result<Rows> {
        let mut text = Vec::new();
        match self {
            Self::Csv => {
                let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(&mut text);
                let mut cell = Vec::new();
                for row in rows {
                    for column in columns {
                        cell.clear();
                        column.cell.write_text(row, &mut cell)?;
                        csv.write_field(&cell)?;
                    }
                    csv.write_record(None::<&[u8]>)?;
                }
                csv.flush()?;
            }
            Self::Json => {
                for row in rows {
                    text.extend_from_slice(if text.is_empty() { b"" } else { b",\n " });
                    serde_json::to_writer(&mut text, &Object(columns, row))?;
                }
            }
            Self::Parquet => return Ok(Rows(Encoded::Chunk(Chunk::new(columns, rows)))),
        }
        Ok(Rows(Encoded::Text(text)))
    }
}

/// A table was asked for, but no file gave a row of it. Nothing was written.
#[derive(Debug, Error)]
#[error("nothing to write")]
pub struct NoRows;

impl NoRows {
    /// Whether this is why writing failed.
    pub fn is_behind(error: &io::Error) -> bool {
        error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).is_some()
    }
}

/// A table being written.
pub struct Table<'a> {
    format: TableFormat,
    out: &'a mut dyn Write,
    any: bool,
    parquet: ParquetFile,
}

impl<'a> Table<'a> {
    pub(super) fn begin<R>(
        format: TableFormat,
        out: &'a mut dyn Write,
        columns: &[Column<R>],
    ) -> io::Result<Self> {
        let mut parquet = ParquetFile::default();
        match format {
            TableFormat::Csv => {
                let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
                writeln!(out, "{}", names.join(","))?;
            }
            TableFormat::Json => out.write_all(b"[")?,
            TableFormat::Parquet => parquet = ParquetFile::new(columns)?,
        }
        Ok(Self { format, out, any: false, parquet })
    }

    /// Adds rows; what is not Parquet is passed on at once.
    pub fn add(&mut self, rows: Rows) -> io::Result<()> {
        match rows.0 {
            Encoded::Text(text) if text.is_empty() => return Ok(()),
            Encoded::Text(text) => {
                self.separate()?;
                self.out.write_all(&text)?;
                self.out.flush()?;
            }
            Encoded::Chunk(chunk) => self.parquet.push(chunk)?,
        }
        self.any = true;
        Ok(())
    }

    /// Adds an object that is no row, such as a file's error; only JSON has room for one.
    pub fn add_object(&mut self, object: &impl Serialize) -> io::Result<()> {
        if self.format == TableFormat::Json {
            self.separate()?;
            serde_json::to_writer(&mut *self.out, object)?;
            self.out.flush()?;
            self.any = true;
        }
        Ok(())
    }

    fn separate(&mut self) -> io::Result<()> {
        match self.format {
            TableFormat::Json if self.any => self.out.write_all(b",\n "),
            TableFormat::Json => self.out.write_all(b"\n "),
            TableFormat::Csv | TableFormat::Parquet => Ok(()),
        }
    }

    /// Ends the table; one without any row is [`NoRows`].
    pub fn finish(self) -> io::Result<()> {
        if !self.any {
            return Err(io::Error::other(NoRows));
        }
        match self.format {
            TableFormat::Csv => Ok(()),
            TableFormat::Json => self.out.write_all(b"\n]\n"),
            TableFormat::Parquet => self.parquet.finish(self.out),
        }
    }
}
