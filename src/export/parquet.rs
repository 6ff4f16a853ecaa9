//! Rows as Parquet, a group at a time.

use std::{io, mem, sync::Arc};

use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::Result,
    file::{
        metadata::KeyValue,
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::Type,
};

use super::column::{Cell, Column, codes};

/// As many rows are put together in memory before they are written as one group.
const GROUP_ROWS: usize = 262_144;

/// Rows as columns.
#[derive(Default)]
pub(super) struct Chunk {
    rows: usize,
    columns: Vec<Values>,
}

/// The values of a column. One that may miss some holds those that are there, and for each row whether one is (the
/// format's definition level: 1 or 0).
enum Values {
    Bools(Vec<bool>),
    Longs(Vec<i64>),
    Doubles(Vec<f64>),
    Texts(Vec<ByteArray>),
    MaybeTexts(Vec<ByteArray>, Vec<i16>),
    MaybeInts(Vec<i32>, Vec<i16>),
    MaybeDoubles(Vec<f64>, Vec<i16>),
}

impl Chunk {
    pub(super) fn new<R>(columns: &[Column<R>], rows: &[R]) -> Self {
        let columns = columns.iter().map(|column| Values::of(&column.cell, rows)).collect();
        Self { rows: rows.len(), columns }
    }

    fn append(&mut self, mut later: Self) {
        if self.columns.is_empty() {
            *self = later;
            return;
        }
        self.rows += later.rows;
        self.columns.iter_mut().zip(&mut later.columns).for_each(|(column, later)| column.append(later));
    }
}

impl Values {
    fn of<R>(cell: &Cell<R>, rows: &[R]) -> Self {
        match cell {
            Cell::Text(of) => Self::Texts(rows.iter().map(|row| of(row).into()).collect()),
            Cell::MaybeText(of) => {
                let texts = rows.iter().map(of);
                Self::MaybeTexts(texts.clone().flatten().map(Into::into).collect(), levels(texts))
            }
            Cell::Moment(of) => Self::Longs(rows.iter().map(|row| of(row).timestamp_micros()).collect()),
            Cell::Count(of) => {
                Self::Longs(rows.iter().map(|row| i64::try_from(of(row)).unwrap_or(i64::MAX)).collect())
            }
            Cell::Number(of) => Self::Doubles(rows.iter().map(of).collect()),
            Cell::MaybeNumber(of) => Self::doubles(rows.iter().map(of)),
            Cell::ShortNumber(of) => Self::doubles(rows.iter().map(|row| of(row).map(f64::from))),
            Cell::Seconds(of) => Self::ints(rows.iter().map(of)),
            Cell::Rate(of) => Self::ints(rows.iter().map(|row| of(row).map(i32::from))),
            Cell::Flag(of) => Self::Bools(rows.iter().map(of).collect()),
            Cell::Notices(of) => {
                Self::Texts(rows.iter().map(|row| codes(of(row)).into_bytes().into()).collect())
            }
        }
    }

    fn doubles(values: impl Iterator<Item = Option<f64>> + Clone) -> Self {
        Self::MaybeDoubles(values.clone().flatten().collect(), levels(values))
    }

    fn ints(values: impl Iterator<Item = Option<i32>> + Clone) -> Self {
        Self::MaybeInts(values.clone().flatten().collect(), levels(values))
    }

    /// Adds the values of a column of the same type.
    fn append(&mut self, later: &mut Self) {
        match (self, later) {
            (Self::Bools(values), Self::Bools(later)) => values.append(later),
            (Self::Longs(values), Self::Longs(later)) => values.append(later),
            (Self::Doubles(values), Self::Doubles(later)) => values.append(later),
            (Self::Texts(values), Self::Texts(later)) => values.append(later),
            (Self::MaybeTexts(values, levels), Self::MaybeTexts(later, there)) => {
                values.append(later);
                levels.append(there);
            }
            (Self::MaybeInts(values, levels), Self::MaybeInts(later, there)) => {
                values.append(later);
                levels.append(there);
            }
            (Self::MaybeDoubles(values, levels), Self::MaybeDoubles(later, there)) => {
                values.append(later);
                levels.append(there);
            }
            _ => debug_assert!(false, "chunks of different tables"),
        }
    }

    fn write(&self, to: &mut SerializedColumnWriter<'_>) -> Result<()> {
        match self {
            Self::Bools(values) => to.typed::<BoolType>().write_batch(values, None, None),
            Self::Longs(values) => to.typed::<Int64Type>().write_batch(values, None, None),
            Self::Doubles(values) => to.typed::<DoubleType>().write_batch(values, None, None),
            Self::Texts(values) => to.typed::<ByteArrayType>().write_batch(values, None, None),
            Self::MaybeTexts(values, levels) => {
                to.typed::<ByteArrayType>().write_batch(values, Some(levels), None)
            }
            Self::MaybeInts(values, levels) => {
                to.typed::<Int32Type>().write_batch(values, Some(levels), None)
            }
            Self::MaybeDoubles(values, levels) => {
                to.typed::<DoubleType>().write_batch(values, Some(levels), None)
            }
        }?;
        Ok(())
    }
}

fn levels<T>(values: impl Iterator<Item = Option<T>>) -> Vec<i16> {
    values.map(|value| i16::from(value.is_some())).collect()
}

/// A Parquet file being made: row group after row group, nothing passed on before [`ParquetFile::finish`].
#[derive(Default)]
pub(super) struct ParquetFile {
    writer: Option<SerializedFileWriter<Vec<u8>>>,
    waiting: Chunk,
}

impl ParquetFile {
    pub(super) fn new<R>(columns: &[Column<R>]) -> io::Result<Self> {
        let made = || {
            let fields = columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_>>()?;
            let schema = Type::group_type_builder("table").with_fields(fields).build()?;
            let version = concat!("Spinepace ", env!("CARGO_PKG_VERSION")).to_owned();
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_key_value_metadata(Some(vec![KeyValue::new("made_by".to_owned(), version)]))
                .build();
            SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
        };
        Ok(Self { writer: Some(made().map_err(io::Error::other)?), waiting: Chunk::default() })
    }

    /// Adds rows.
    pub(super) fn push(&mut self, chunk: Chunk) -> io::Result<()> {
        self.waiting.append(chunk);
        if self.waiting.rows < GROUP_ROWS { Ok(()) } else { self.write_group().map_err(io::Error::other) }
    }

    fn write_group(&mut self) -> Result<()> {
        let chunk = mem::take(&mut self.waiting);
        let Some(writer) = self.writer.as_mut().filter(|_| chunk.rows > 0) else { return Ok(()) };
        let mut group = writer.next_row_group()?;
        for values in &chunk.columns {
            let Some(mut column) = group.next_column()? else { break };
            values.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Writes the file.
    pub(super) fn finish(mut self, out: &mut dyn io::Write) -> io::Result<()> {
        self.write_group().map_err(io::Error::other)?;
        let Some(writer) = self.writer else { return Ok(()) };
        out.write_all(&writer.into_inner().map_err(io::Error::other)?)
    }
}

/// How a column is declared.
fn field<R>(column: &Column<R>) -> Result<Type> {
    let (required, optional) = (Repetition::REQUIRED, Repetition::OPTIONAL);
    let (physical, logical, repetition) = match column.cell {
        Cell::Text(_) | Cell::Notices(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String), required),
        Cell::MaybeText(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String), optional),
        Cell::Moment(_) => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS)), required),
        Cell::Count(_) => (Physical::INT64, None, required),
        Cell::Number(_) => (Physical::DOUBLE, None, required),
        Cell::MaybeNumber(_) | Cell::ShortNumber(_) => (Physical::DOUBLE, None, optional),
        Cell::Seconds(_) => (Physical::INT32, None, optional),
        Cell::Rate(_) => (Physical::INT32, Some(LogicalType::integer(8, false)), optional),
        Cell::Flag(_) => (Physical::BOOLEAN, None, required),
    };
    Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()
}
