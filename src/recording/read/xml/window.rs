//! What is at hand of a stream: a bounded window that moves on over its bytes.

use std::io::{ErrorKind, Read};

use memchr::{memchr, memchr_iter};

/// How much is read at once.
pub(super) const WINDOW: usize = 1 << 17;

/// Why there is no further tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recording::read) enum End {
    /// The bytes ended between tags.
    Complete,
    /// The bytes ended within a tag, a comment or the like.
    WithinTag,
    /// The bytes could not be read further, as in a damaged archive.
    Unreadable,
}

/// The window.
pub(super) struct Window<R> {
    input: R,
    /// Bytes at hand are `bytes[at..filled]`.
    bytes: Vec<u8>,
    at: usize,
    filled: usize,
    /// Line breaks in what has left the window.
    lines_gone: usize,
    /// Set once there is no more.
    end: Option<End>,
}

impl<R: Read> Window<R> {
    /// At the beginning of `input`.
    pub(super) fn new(input: R) -> Self {
        Self { input, bytes: vec![0; WINDOW], at: 0, filled: 0, lines_gone: 0, end: None }
    }

    /// The bytes at hand.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[self.at..self.filled]
    }

    /// How many bytes it has room for.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Moves on over so many bytes, and gives them.
    pub(super) fn take(&mut self, length: usize) -> &[u8] {
        let start = self.at;
        self.at += length;
        &self.bytes[start..self.at]
    }

    /// Moves on over so many bytes.
    pub(super) fn skip(&mut self, length: usize) {
        self.at += length;
    }

    /// Why there is no more, once there is none.
    pub(super) fn end(&self) -> Option<End> {
        self.end
    }

    /// The bytes have ended within something, which is passed over.
    pub(super) fn cut_off(&mut self) {
        if self.end == Some(End::Complete) {
            self.end = Some(End::WithinTag);
        }
        self.at = self.filled;
    }

    /// The line of the next byte, the first being 1.
    pub(super) fn line(&self) -> usize {
        1 + self.lines_gone + memchr_iter(b'\n', &self.bytes[..self.at]).count()
    }

    /// Whether anything but blanks and NULs follows.
    pub(super) fn more_follows(&mut self) -> bool {
        loop {
            let bytes = self.bytes();
            if bytes.iter().any(|byte| !byte.is_ascii_whitespace() && *byte != 0) {
                return true;
            }
            self.at = self.filled;
            if !self.fill() {
                return false;
            }
        }
    }

    /// Moves on to the next `wanted` byte; `None` at the end.
    pub(super) fn skip_to(&mut self, wanted: u8) -> Option<()> {
        loop {
            if let Some(distance) = memchr(wanted, self.bytes()) {
                self.at += distance;
                return Some(());
            }
            self.at = self.filled;
            if !self.fill() {
                return None;
            }
        }
    }

    /// Whether what follows begins so.
    pub(super) fn starts_with(&mut self, mark: &[u8]) -> bool {
        self.ahead(mark.len() - 1);
        self.bytes().starts_with(mark)
    }

    /// The byte `distance` ahead, read in if need be.
    pub(super) fn ahead(&mut self, distance: usize) -> Option<u8> {
        while self.at + distance >= self.filled && self.fill() {}
        self.bytes().get(distance).copied()
    }

    /// Reads more behind what is at hand, which moves to the window's beginning; false at the end.
    pub(super) fn fill(&mut self) -> bool {
        if self.end.is_some() {
            return false;
        }
        self.lines_gone += memchr_iter(b'\n', &self.bytes[..self.at]).count();
        self.bytes.copy_within(self.at..self.filled, 0);
        self.filled -= self.at;
        self.at = 0;
        if self.filled == self.bytes.len() {
            self.bytes.resize(2 * self.filled, 0);
        }
        loop {
            match self.input.read(&mut self.bytes[self.filled..]) {
                Ok(0) => self.end = Some(End::Complete),
                Ok(count) => {
                    self.filled += count;
                    return true;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => self.end = Some(End::Unreadable),
            }
            return false;
        }
    }
}
