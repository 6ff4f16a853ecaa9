//! Bytes on their way to a format's reader: unzipped, recoded, and with their beginning to look at.

use std::cell::Cell;
use std::io::{self, BufReader, ErrorKind, Read};
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8};
use flate2::read::{DeflateDecoder, MultiGzDecoder};

use crate::recording::ReadError;

use super::encoding;

/// How much of the beginning can be looked at.
const HEAD: usize = 1 << 14;
/// Compressed recordings grow some tenfold. More than this times their size, beyond a free allowance, is
/// no recording but an attack or damage.
const GREATEST_RATIO: u64 = 100;
/// Where an archive says less than this times the compressed size, it is not believed.
const ORDINARY_RATIO: u64 = 20;
/// What may always come out.
const FREE_BYTES: u64 = 32 << 20;
/// Compressed within compressed within … ends here.
const DEEPEST: usize = 3;

/// A file's content, whatever it was wrapped in.
pub(super) struct Input<'a> {
    head: Vec<u8>,
    given: usize,
    rest: Box<dyn Read + 'a>,
    /// Whether more came out of what it was wrapped in than can be.
    pub inflates: Rc<Cell<bool>>,
    /// The encoding of its texts, if it is a text.
    pub encoding: &'static Encoding,
}

impl<'a> Input<'a> {
    /// Takes off what `reader` is wrapped in.
    pub(super) fn open(reader: Box<dyn Read + 'a>) -> Result<Self, ReadError> {
        let mut input = Self::peek(reader).map_err(|error| match error.kind() {
            // What an archive's entry does not unpack to.
            ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
                ReadError::BadArchive
            }
            _ => ReadError::Unreadable(error),
        })?;
        for _ in 0..DEEPEST {
            if !input.head.starts_with(b"\x1F\x8B") {
                break;
            }
            let (compressed, passed) = Counted::new(input);
            let content = MultiGzDecoder::new(compressed);
            let content = Limited { content, given: 0, passed, announced: None };
            input = Self::peek(Box::new(content)).map_err(|_| ReadError::BadArchive)?;
        }
        if let Some(order) = encoding::utf_16_order(&input.head) {
            let recoded = Box::new(encoding::Recoded::new(input, order));
            return Self::peek(recoded).map_err(|_| ReadError::BadArchive);
        }
        input.encoding = encoding::declared_encoding(&input.head);
        Ok(input)
    }

    fn peek(mut reader: Box<dyn Read + 'a>) -> io::Result<Self> {
        let mut head = Vec::new();
        let outcome = reader.by_ref().take(HEAD as u64).read_to_end(&mut head);
        // What could be read before an error is worth having.
        if head.is_empty() {
            outcome?;
        }
        Ok(Self { head, given: 0, rest: reader, inflates: Rc::default(), encoding: UTF_8 })
    }

    /// The beginning, 16 KiB or all there is.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.head.len() {
            let outcome = self.rest.read(buffer);
            if let Err(error) = &outcome
                && error
                    .get_ref()
                    .is_some_and(|inner| matches!(inner.downcast_ref(), Some(ReadError::Inflates)))
            {
                self.inflates.set(true);
            }
            return outcome;
        }
        let count = (&self.head[self.given..]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// How much may come out of so many compressed bytes.
pub(super) fn most_unpacked(compressed: u64) -> u64 {
    FREE_BYTES.saturating_add(GREATEST_RATIO.saturating_mul(compressed))
}

/// The content of a deflated entry of an archive, of which it announces so many bytes.
pub(super) fn inflated<'a>(compressed: impl Read + 'a, announced: u64) -> Box<dyn Read + 'a> {
    let (compressed, passed) = Counted::new(compressed);
    let content = DeflateDecoder::new(compressed);
    Box::new(Limited { content, given: 0, passed, announced: Some(announced) })
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
    /// Bytes that should come out, where that is known.
    announced: Option<u64>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.given += count as u64;
        let passed = self.passed.get();
        let most = most_unpacked(passed);
        if self.given > self.announced.map_or(most, |size| most.min(size.max(ORDINARY_RATIO * passed))) {
            return Err(io::Error::other(ReadError::Inflates));
        }
        Ok(count)
    }
}
