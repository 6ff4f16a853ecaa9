//! One tag: where it ends, its name, its attributes; and references to characters.

use memchr::{memchr, memchr2, memmem};

/// No reference to a character is longer than this.
pub(super) const LONGEST_REFERENCE: usize = 12;

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recording::read) enum Kind {
    /// `<trkpt>`
    Open,
    /// `</trkpt>`
    Close,
    /// `<trkpt/>`
    Empty,
}

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::recording::read) struct Tag<'a> {
    /// What it does.
    pub kind: Kind,
    /// Its name without prefix.
    pub name: &'a [u8],
    /// What follows the name.
    pub attributes: Attributes<'a>,
}

/// The character that the reference at the beginning of `bytes` stands for, and the reference's length;
/// `None` for any entity but XML's own five.
pub(in crate::recording::read) fn reference(bytes: &[u8]) -> Option<(char, usize)> {
    let length = memchr(b';', &bytes[..bytes.len().min(LONGEST_REFERENCE)])?;
    let character = match &bytes[1..length] {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"apos" => '\'',
        b"quot" => '"',
        [b'#', b'x' | b'X', hex @ ..] => by_number(hex, 16)?,
        [b'#', decimal @ ..] => by_number(decimal, 10)?,
        _ => return None,
    };
    Some((character, length + 1))
}

fn by_number(digits: &[u8], radix: u32) -> Option<char> {
    char::from_u32(u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?)
}

/// The length of the tag that `bytes` begin with; `None` if its end is not among them.
pub(super) fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(at + 1),
            // A tag without its `>`: the next one ends it.
            b'<' => return Some(at),
            quote @ (b'"' | b'\'') => {
                let value = &bytes[at + 1..];
                let length = memchr2(quote, b'<', value)?;
                // A value cannot hold `<`, so then the quote has no partner and is an ordinary character.
                at += if value[length] == quote { length + 2 } else { 1 };
            }
            _ => at += 1,
        }
    }
}

/// The length of the document type, its own declarations included, that `bytes` begin with.
pub(super) fn document_type_length(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut nested) = (2, false);
    loop {
        match *bytes.get(at)? {
            b'>' if !nested => return Some(at + 1),
            b'[' => nested = true,
            b']' => nested = false,
            quote @ (b'"' | b'\'') => at += 1 + memchr(quote, &bytes[at + 1..])?,
            b'<' if bytes[at..].starts_with(b"<!--") => at += 3 + memmem::find(&bytes[at + 4..], b"-->")?,
            _ => {}
        }
        at += 1;
    }
}

impl<'a> Tag<'a> {
    /// The tag whose content, what follows its `<`, is `bytes`.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_suffix(b">").unwrap_or(bytes);
        let (kind, bytes) = match bytes {
            [b'/', rest @ ..] => (Kind::Close, rest),
            [rest @ .., b'/'] => (Kind::Empty, rest),
            _ => (Kind::Open, bytes),
        };
        let mut start = 0;
        let mut end = bytes.len();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b':' => start = at + 1,
                b' ' | b'\t' | b'\r' | b'\n' | b'/' => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        Tag { kind, name: &bytes[start..end], attributes: Attributes(&bytes[end..]) }
    }
}

/// The attributes of a tag, local name and value, in order; a value is without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::recording::read) struct Attributes<'a>(&'a [u8]);

impl<'a> Attributes<'a> {
    /// The value of the first attribute of that local name.
    pub(in crate::recording::read) fn get(mut self, name: &[u8]) -> Option<&'a [u8]> {
        self.find(|attribute| attribute.0 == name).map(|attribute| attribute.1)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let equals = memchr(b'=', self.0)?;
            let name = self.0[..equals].trim_ascii_end();
            let start = name
                .iter()
                .rposition(|byte| byte.is_ascii_whitespace() || matches!(byte, b':' | b'"' | b'\''));
            let name = &name[start.map_or(0, |before| before + 1)..];
            let rest = self.0[equals + 1..].trim_ascii_start();
            let (value, rest) = if let [quote @ (b'"' | b'\''), quoted @ ..] = rest {
                memchr(*quote, quoted)
                    .map_or((quoted, &[][..]), |length| (&quoted[..length], &quoted[length + 1..]))
            } else {
                // HTML's way, without quotes.
                let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
                rest.split_at(length)
            };
            self.0 = rest;
            if !name.is_empty() {
                return Some((name, value));
            }
        }
    }
}
