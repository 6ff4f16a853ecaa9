//! Bytes on their way to a format's reader: unzipped, recoded, and with their beginning to look at.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8};
use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::{ReadError, text};

/// How much of the beginning can be looked at.
const HEAD: usize = 1 << 14;
/// Compressed recordings grow some tenfold. More than this times their size, beyond a free allowance, is
/// no recording but an attack or damage.
const GREATEST_RATIO: u64 = 100;
/// What may always come out.
const FREE_BYTES: u64 = 32 << 20;
/// Compressed within compressed within … ends here.
const DEEPEST: usize = 3;

/// A file's content, whatever it was wrapped in.
pub(super) struct Input<'a> {
    head: Vec<u8>,
    given: usize,
    rest: Box<dyn Read + 'a>,
    /// The encoding of its texts, if it is a text.
    pub encoding: &'static Encoding,
}

impl<'a> Input<'a> {
    /// Takes off what `reader` is wrapped in.
    pub(super) fn open(reader: Box<dyn Read + 'a>) -> Result<Self, ReadError> {
        let mut input = Self::peek(reader).map_err(ReadError::Unreadable)?;
        for _ in 0..DEEPEST {
            if !input.head.starts_with(b"\x1F\x8B") {
                break;
            }
            let (compressed, passed) = Counted::new(input);
            let content = Limited { content: MultiGzDecoder::new(compressed), given: 0, passed };
            input = Self::peek(Box::new(content)).map_err(|_| ReadError::BadArchive)?;
        }
        if let Some(order) = text::utf_16_order(&input.head) {
            let recoded = Box::new(text::Recoded::new(input, order));
            return Self::peek(recoded).map_err(|_| ReadError::BadArchive);
        }
        input.encoding = text::declared_encoding(&input.head);
        Ok(input)
    }

    fn peek(mut reader: Box<dyn Read + 'a>) -> io::Result<Self> {
        let mut head = Vec::new();
        let outcome = reader.by_ref().take(HEAD as u64).read_to_end(&mut head);
        // What could be read before an error is worth having.
        if head.is_empty() {
            outcome?;
        }
        Ok(Self { head, given: 0, rest: reader, encoding: UTF_8 })
    }

    /// The beginning, 16 KiB or all there is.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.head.len() {
            return self.rest.read(buffer);
        }
        let count = (&self.head[self.given..]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// The content of a deflated entry of an archive.
pub(super) fn inflated<'a>(compressed: impl Read + 'a) -> Box<dyn Read + 'a> {
    let (compressed, passed) = Counted::new(compressed);
    Box::new(Limited { content: DeflateDecoder::new(compressed), given: 0, passed })
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    passed: Rc<Cell<u64>>,
}

impl<R: Read> Counted<R> {
    fn new(inner: R) -> (BufReader<Self>, Rc<Cell<u64>>) {
        let passed = Rc::new(Cell::new(0));
        (BufReader::with_capacity(1 << 16, Self { inner, passed: Rc::clone(&passed) }), passed)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.passed.set(self.passed.get() + count as u64);
        Ok(count)
    }
}

/// Stops where far more comes out than a recording holds.
struct Limited<R> {
    content: R,
    given: u64,
    /// Compressed bytes taken in.
    passed: Rc<Cell<u64>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.given += count as u64;
        if self.given > FREE_BYTES + GREATEST_RATIO * self.passed.get() {
            return Err(io::Error::other(ReadError::Inflates));
        }
        Ok(count)
    }
}
