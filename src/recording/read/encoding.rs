//! Names and notes in whatever encoding, and UTF-16 made readable byte by byte.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memmem};

use super::xml;

/// Longer names are cut; no list has room for them.
const LONGEST_NAME: usize = 200;

/// The words of a name: UTF-8 where the bytes are, else the `declared` encoding, which is often wrong, else
/// windows-1252; without control characters and surplus blanks; `None` where nothing is left.
pub(super) fn words(bytes: &[u8], declared: &'static Encoding) -> Option<String> {
    let fallback = if declared == UTF_8 || !declared.is_ascii_compatible() { WINDOWS_1252 } else { declared };
    let text = std::str::from_utf8(without_cut_character(bytes))
        .map_or_else(|_| fallback.decode_without_bom_handling(bytes).0, Into::into);
    let mut words = String::new();
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        if !word.is_empty() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.extend(word.chars().take(LONGEST_NAME));
        }
        if words.len() >= LONGEST_NAME {
            words = words.chars().take(LONGEST_NAME).collect();
            break;
        }
    }
    (!words.is_empty()).then_some(words)
}

/// A text that was cut at a limit may end within a character of several bytes.
fn without_cut_character(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

/// The words of an attribute's value, in which references may stand for characters.
pub(super) fn attribute(value: &[u8], declared: &'static Encoding) -> Option<String> {
    let mut text = Vec::with_capacity(value.len().min(4 * LONGEST_NAME));
    let mut rest = &value[..value.len().min(4 * LONGEST_NAME)];
    while let Some(at) = memchr(b'&', rest) {
        text.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = xml::reference(rest).unwrap_or(('&', 1));
        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        rest = &rest[length..];
    }
    text.extend_from_slice(rest);
    words(&text, declared)
}

/// The encoding that an XML declaration at the beginning names, UTF-8 where it names none.
pub(super) fn declared_encoding(head: &[u8]) -> &'static Encoding {
    let declaration = &head[..memchr(b'>', head).unwrap_or(0)];
    memmem::find(declaration, b"encoding")
        .and_then(|at| {
            let value = declaration[at..].splitn(3, |byte| matches!(byte, b'"' | b'\'')).nth(1)?;
            Encoding::for_label(value)
        })
        .unwrap_or(UTF_8)
}

/// Which of the two byte orders of UTF-16 a text is in, by its mark or by its first `<`.
pub(super) fn utf_16_order(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] | [b'<' | b' ' | b'\r' | b'\n', 0, _, 0, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] | [0, b'<' | b' ' | b'\r' | b'\n', 0, _, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Gives a text of another encoding in UTF-8; what cannot be decoded becomes U+FFFD.
pub(super) struct Recoded<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    /// Bytes of `decoded` not given out yet.
    ready: std::ops::Range<usize>,
    ended: bool,
}

impl<R: Read> Recoded<R> {
    /// `input` decoded from `encoding`, a byte-order mark left out.
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Self {
        let raw = vec![0; 1 << 15];
        // A byte becomes three at most, a character of the rest before it four.
        let decoded = vec![0; 3 * raw.len() + 4];
        Self {
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw,
            decoded,
            ready: 0..0,
            ended: false,
        }
    }
}

impl<R: Read> Read for Recoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.ready.is_empty() && !self.ended {
            let count = self.input.read(&mut self.raw)?;
            self.ended = count == 0;
            let (_, _, written, _) =
                self.decoder.decode_to_utf8(&self.raw[..count], &mut self.decoded, self.ended);
            self.ready = 0..written;
        }
        let count = (&self.decoded[self.ready.clone()]).read(buffer)?;
        self.ready.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_encoding() {
        let label = |label: &str| Encoding::for_label(label.as_bytes()).expect("a known label");
        for (bytes, declared, expected) in [
            (&b"  Morning \n run "[..], UTF_8, Some("Morning run")),
            ("Žižkov".as_bytes(), UTF_8, Some("Žižkov")),
            ("Žižkov".as_bytes(), label("latin1"), Some("Žižkov")),
            (b"M\xFCnchen", label("latin1"), Some("München")),
            (b"M\xFCnchen", UTF_8, Some("München")),
            (b"\x8Ei\x9Ekov", label("windows-1250"), Some("Žižkov")),
            (b"5 \x80", label("windows-1252"), Some("5 €")),
            (b"a\x00b\x1B\x07", UTF_8, Some("a b")),
            (b"\x00 \n", UTF_8, None),
        ] {
            assert_eq!(words(bytes, declared).as_deref(), expected, "{bytes:?}");
        }
        assert_eq!(
            words("é".repeat(5000).as_bytes(), UTF_8).map(|name| name.chars().count()),
            Some(LONGEST_NAME)
        );
        assert_eq!(attribute(b"Ben &amp; Jerry &#233; &x;", UTF_8).as_deref(), Some("Ben & Jerry é &x;"));
    }

    #[test]
    fn declarations() {
        assert_eq!(declared_encoding(b"<?xml version='1.0' encoding='ISO-8859-2'?>").name(), "ISO-8859-2");
        assert_eq!(declared_encoding(b"<?xml version=\"1.0\" encoding=\"utf8\"?>"), UTF_8);
        assert_eq!(declared_encoding(b"<?xml version=\"1.0\" encoding=\"klingon\"?>"), UTF_8);
        assert_eq!(declared_encoding(b"<gpx>"), UTF_8);
    }

    #[test]
    fn utf_16_comes_out_as_utf_8() {
        let text = "<?xml?><gpx>\u{1F3C3}é</gpx>".repeat(9000);
        for (order, bytes) in [
            (UTF_16LE, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            (UTF_16BE, text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            assert_eq!(utf_16_order(&bytes), Some(order));
            let mut recoded = String::new();
            Recoded::new(&bytes[..], order).read_to_string(&mut recoded).expect("readable");
            assert_eq!(recoded, text);
        }
    }
}
