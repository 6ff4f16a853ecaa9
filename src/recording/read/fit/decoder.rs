//! The FIT protocol: definitions and the messages they describe, from a stream, check sums included.
//! Fields that are not asked for are never decoded; developers' fields are skipped.

use std::io::{self, Read};

/// Local message types that can be defined at a time.
const LOCAL_TYPES: usize = 16;
/// The field that holds a message's time, in every message.
const TIMESTAMP: u8 = 253;

/// How a message of some local type is laid out.
#[derive(Debug, Clone, Default)]
struct Definition {
    global: u16,
    big_endian: bool,
    fields: Vec<Field>,
    size: usize,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    number: u8,
    start: usize,
    size: usize,
    base: u8,
}

/// A message at hand.
#[derive(Debug)]
pub(super) struct Message<'a> {
    /// Which message of FIT's profile it is.
    pub global: u16,
    definition: &'a Definition,
    bytes: &'a [u8],
    compressed_time: Option<u32>,
}

/// Why there is no further message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The file's own length was reached, or the bytes ended between messages of a file of unknown length.
    Complete,
    /// The bytes ended before the file did.
    Cut,
    /// A message that no definition describes: what follows cannot be understood.
    Undefined,
}

/// What a check sum says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CheckSum {
    Matches,
    Differs,
}

/// Decodes one file; FIT files may follow each other in one stream, each with its own decoder.
pub(super) struct Decoder<'r, R> {
    input: &'r mut R,
    /// Bytes of messages still to come; `None` where the header does not say.
    left: Option<u64>,
    sum: u16,
    definitions: [Option<Definition>; LOCAL_TYPES],
    bytes: Vec<u8>,
    last_time: u32,
    end: End,
}

impl<'r, R: Read> Decoder<'r, R> {
    /// Reads the header; `None` where there is none.
    pub(super) fn new(input: &'r mut R) -> Option<Self> {
        let mut header = [0; 12];
        input.read_exact(&mut header).ok()?;
        if &header[8..] != b".FIT" || !(12..=64).contains(&header[0]) {
            return None;
        }
        let size = u32::from_le_bytes([header[4], header[5], header[6], header[7]]);
        let mut decoder = Self {
            input,
            left: None,
            sum: check_sum(0, &header),
            definitions: Default::default(),
            bytes: Vec::new(),
            last_time: 0,
            end: End::Complete,
        };
        decoder.take(usize::from(header[0]) - header.len()).ok()?;
        // A device that lost power has not come to writing the length.
        decoder.left = (size > 0).then_some(size.into());
        Some(decoder)
    }

    /// The next message.
    pub(super) fn next(&mut self) -> Option<Message<'_>> {
        loop {
            if self.left == Some(0) {
                return None;
            }
            let Ok(header) = self.byte() else {
                self.end = if self.left.is_some() { End::Cut } else { End::Complete };
                return None;
            };
            let compressed = header & 0x80 != 0;
            if !compressed && header & 0x40 != 0 {
                if self.define(header).is_err() {
                    self.end = End::Cut;
                    return None;
                }
                continue;
            }
            let local = usize::from(if compressed { header >> 5 & 0x3 } else { header & 0xF });
            let Some(size) = self.definitions[local].as_ref().map(|definition| definition.size) else {
                self.end = End::Undefined;
                return None;
            };
            if self.take(size).is_err() {
                self.end = End::Cut;
                return None;
            }
            let compressed_time = compressed.then(|| {
                // Five low bits of the time, which has moved on by less than 32 s.
                let low = u32::from(header & 0x1F);
                self.last_time = self.last_time.wrapping_add(low.wrapping_sub(self.last_time) & 0x1F);
                self.last_time
            });
            let definition = self.definitions[local].as_ref()?;
            let message =
                Message { global: definition.global, definition, bytes: &self.bytes, compressed_time };
            if let Some(time) = message.integer(TIMESTAMP) {
                self.last_time = time as u32;
            }
            return Some(message);
        }
    }

    /// Why [`Self::next`] gave nothing.
    pub(super) fn end(&self) -> End {
        self.end
    }

    /// Reads the check sum behind a complete file's messages; `None` where it is missing.
    pub(super) fn check_sum(self) -> Option<CheckSum> {
        let mut written = [0; 2];
        self.input.read_exact(&mut written).ok()?;
        let matches = u16::from_le_bytes(written) == self.sum;
        Some(if matches { CheckSum::Matches } else { CheckSum::Differs })
    }

    fn define(&mut self, header: u8) -> io::Result<()> {
        self.take(5)?;
        let big_endian = self.bytes[1] == 1;
        let global = [self.bytes[2], self.bytes[3]];
        let global = if big_endian { u16::from_be_bytes(global) } else { u16::from_le_bytes(global) };
        let count = usize::from(self.bytes[4]);
        let mut definition = Definition { global, big_endian, ..Definition::default() };
        self.take(3 * count)?;
        for field in self.bytes.chunks_exact(3) {
            let (number, size, base) = (field[0], usize::from(field[1]), field[2]);
            definition.fields.push(Field { number, start: definition.size, size, base });
            definition.size += size;
        }
        if header & 0x20 != 0 {
            let developer_fields = usize::from(self.byte()?);
            self.take(3 * developer_fields)?;
            definition.size += self.bytes.chunks_exact(3).map(|field| usize::from(field[1])).sum::<usize>();
        }
        self.definitions[usize::from(header & 0xF)] = Some(definition);
        Ok(())
    }

    fn byte(&mut self) -> io::Result<u8> {
        self.take(1)?;
        Ok(self.bytes[0])
    }

    /// Reads so many bytes into `bytes`.
    fn take(&mut self, count: usize) -> io::Result<()> {
        if let Some(left) = &mut self.left {
            // What reaches past the file's length does not belong to it.
            *left = left.checked_sub(count as u64).ok_or(io::ErrorKind::UnexpectedEof)?;
        }
        self.bytes.resize(count, 0);
        self.input.read_exact(&mut self.bytes)?;
        self.sum = check_sum(self.sum, &self.bytes);
        Ok(())
    }
}

impl Message<'_> {
    /// When the message was written, in seconds since FIT's beginning.
    pub(super) fn time(&self) -> Option<u32> {
        self.integer(TIMESTAMP).map(|time| time as u32).or(self.compressed_time)
    }

    /// A field of whole numbers, `None` where it is missing or marked invalid; its first where it is an array.
    pub(super) fn integer(&self, number: u8) -> Option<i64> {
        let (bytes, base) = self.field(number)?;
        let width = match base & 0x1F {
            0 | 2 | 10 | 13 | 1 => 1,
            3 | 4 | 11 => 2,
            5 | 6 | 12 => 4,
            14..=16 => 8,
            _ => return None,
        };
        let bytes = bytes.get(..width)?;
        let ordered = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        let value = if self.definition.big_endian {
            bytes.iter().fold(0, ordered)
        } else {
            bytes.iter().rev().fold(0, ordered)
        };
        let bits = 8 * width as u32;
        let all_ones = u64::MAX >> (64 - bits);
        match base & 0x1F {
            // Signed: the greatest number is the mark.
            1 | 3 | 5 | 14 => {
                (value != all_ones >> 1).then(|| value.cast_signed() << (64 - bits) >> (64 - bits))
            }
            // Numbers whose mark is zero.
            10 | 11 | 12 | 16 => (value != 0).then_some(value.cast_signed()),
            _ => (value != all_ones).then_some(value.cast_signed()),
        }
    }

    /// A field of whole numbers in its unit: divided by `scale`, then less `offset`.
    pub(super) fn scaled(&self, number: u8, scale: f64, offset: f64) -> Option<f64> {
        self.integer(number).map(|value| value as f64 / scale - offset)
    }

    /// A field's bytes.
    pub(super) fn raw(&self, number: u8) -> Option<&[u8]> {
        self.field(number).map(|(bytes, _)| bytes)
    }

    /// A field of text.
    pub(super) fn text(&self, number: u8) -> Option<String> {
        let bytes = self.raw(number)?;
        let text = bytes.split(|byte| *byte == 0).next()?;
        crate::recording::read::encoding::words(text, encoding_rs::UTF_8)
    }

    fn field(&self, number: u8) -> Option<(&[u8], u8)> {
        let field = self.definition.fields.iter().find(|field| field.number == number)?;
        Some((self.bytes.get(field.start..field.start + field.size)?, field.base))
    }
}

/// FIT's check sum, CRC-16/ARC, of what `sum` is of and `bytes` after it.
pub(super) fn check_sum(sum: u16, bytes: &[u8]) -> u16 {
    bytes.iter().fold(sum, |sum, byte| sum >> 8 ^ SUMS[usize::from(sum as u8 ^ byte)])
}

const SUMS: [u16; 256] = {
    let mut sums = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut sum = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xA001 } else { sum >> 1 };
            bit += 1;
        }
        sums[byte] = sum;
        byte += 1;
    }
    sums
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sum_of_the_standard_example() {
        assert_eq!(check_sum(0, b"123456789"), 0xBB3D);
    }
}
