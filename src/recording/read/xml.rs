//! A pull lexer for XML that never gives up: tags and texts of a stream, in a bounded window.
//!
//! Devices write XML that XML parsers refuse: unbound prefixes, bare ampersands, control characters, a
//! wrong encoding, tags cut by an empty battery. Everything here is read for what it plainly says.
//! Names are local names (what follows the colon), because a prefix that was never declared still says
//! what it means. Entities other than XML's own five and characters by number stay as written: nothing is
//! ever expanded or fetched. A tag, quotes included, ends at the next `<` at the latest.

mod tag;
mod window;

use std::io::Read;

use memchr::{memchr2, memmem};

use tag::{LONGEST_REFERENCE, document_type_length, tag_length};
use window::Window;

pub(super) use tag::{Attributes, Kind, Tag, reference};
pub(super) use window::End;

/// Longer tags are cut: the rest of their attributes is skipped.
const LONGEST_TAG: usize = 1 << 20;
/// Longer texts are cut.
const LONGEST_TEXT: usize = 4096;

/// The lexer.
pub(super) struct Xml<R> {
    window: Window<R>,
    /// A second document type is none, nor worth the search for its end.
    document_type_seen: bool,
    /// A text that had to be put together from pieces.
    pieces: Vec<u8>,
}

impl<R: Read> Xml<R> {
    /// A lexer at the beginning of `input`, whose bytes are in an encoding that contains ASCII.
    pub(super) fn new(input: R) -> Self {
        Self { window: Window::new(input), document_type_seen: false, pieces: Vec::new() }
    }

    /// The next tag; texts, comments, declarations and CDATA before it are skipped.
    pub(super) fn next(&mut self) -> Option<Tag<'_>> {
        loop {
            self.window.skip_to(b'<')?;
            match self.window.ahead(1) {
                Some(b'!' | b'?') => self.skip_declaration(),
                Some(b'/' | b'_' | b':' | b'a'..=b'z' | b'A'..=b'Z' | 0x80..) => break,
                Some(_) => self.window.skip(1),
                None => {
                    self.window.cut_off();
                    return None;
                }
            }
        }
        let length = loop {
            let bytes = self.window.bytes();
            if let Some(length) = tag_length(bytes) {
                break length;
            }
            if bytes.len() >= LONGEST_TAG {
                break bytes.len();
            }
            if !self.window.fill() {
                self.window.cut_off();
                return None;
            }
        };
        Some(Tag::of(&self.window.take(length)[1..]))
    }

    /// The text from here to the next tag, with comments left out and characters in place of references;
    /// cut after 4096 bytes. Blanks around it are kept.
    pub(super) fn text(&mut self) -> &[u8] {
        loop {
            let bytes = self.window.bytes();
            match memchr2(b'<', b'&', bytes) {
                Some(length) if bytes[length] == b'<' && length <= LONGEST_TEXT => {
                    match bytes.get(length + 1) {
                        Some(b'!' | b'?') => return self.text_in_pieces(),
                        Some(_) => return self.window.take(length),
                        None => {}
                    }
                }
                Some(_) => return self.text_in_pieces(),
                None => {}
            }
            if self.window.bytes().len() > LONGEST_TEXT || !self.window.fill() {
                return self.text_in_pieces();
            }
        }
    }

    fn text_in_pieces(&mut self) -> &[u8] {
        self.pieces.clear();
        loop {
            if self.window.bytes().is_empty() && !self.window.fill() {
                break;
            }
            let bytes = self.window.bytes();
            let length = memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
            keep(&mut self.pieces, &bytes[..length]);
            self.window.skip(length);
            match (self.window.ahead(0), self.window.ahead(1)) {
                (Some(b'<'), Some(b'!' | b'?')) => {
                    if self.window.starts_with(b"<![CDATA[") {
                        self.window.skip(9);
                        self.skip_past(b"]]>", true);
                    } else {
                        self.skip_declaration();
                    }
                }
                (Some(b'<'), _) => break,
                (Some(b'&'), _) => self.reference(),
                _ => {}
            }
        }
        &self.pieces
    }

    /// Puts the character that a reference at hand stands for into `pieces`, or else the reference itself.
    fn reference(&mut self) {
        self.window.ahead(LONGEST_REFERENCE);
        let (character, length) = reference(self.window.bytes()).unwrap_or(('&', 1));
        self.window.skip(length);
        keep(&mut self.pieces, character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// The line of the next byte, the first being 1.
    pub(super) fn line(&self) -> usize {
        self.window.line()
    }

    /// Whether anything but blanks and NULs follows.
    pub(super) fn more_follows(&mut self) -> bool {
        self.window.more_follows()
    }

    /// Why [`Self::next`] gave nothing.
    pub(super) fn end(&self) -> End {
        self.window.end().unwrap_or(End::Complete)
    }

    /// Moves past `mark`, or to the end, keeping what is passed in `pieces` if asked to.
    fn skip_past(&mut self, mark: &[u8], kept: bool) {
        loop {
            let bytes = self.window.bytes();
            let found = memmem::find(bytes, mark);
            // The mark's beginning may be the last that is at hand.
            let passed = found.unwrap_or_else(|| bytes.len().saturating_sub(mark.len() - 1));
            if kept {
                keep(&mut self.pieces, &bytes[..passed]);
            }
            self.window.skip(passed);
            if found.is_some() {
                self.window.skip(mark.len());
                return;
            }
            if !self.window.fill() {
                self.window.cut_off();
                return;
            }
        }
    }

    /// Skips a comment, CDATA, a processing instruction or a document type, at whose `<` this stands.
    fn skip_declaration(&mut self) {
        if self.window.starts_with(b"<!--") {
            self.window.skip(4);
            self.skip_past(b"-->", false);
        } else if self.window.starts_with(b"<![CDATA[") {
            self.window.skip(9);
            self.skip_past(b"]]>", false);
        } else if self.window.starts_with(b"<?") {
            self.skip_past(b"?>", false);
        } else if self.document_type_seen || !self.window.starts_with(b"<!DOCTYPE") {
            // Outside a document type nothing else may begin so.
            self.skip_past(b">", false);
        } else {
            self.document_type_seen = true;
            loop {
                let bytes = self.window.bytes();
                if let Some(length) = document_type_length(bytes) {
                    self.window.skip(length);
                    return;
                }
                if bytes.len() >= LONGEST_TAG || !self.window.fill() {
                    self.window.skip(1);
                    return;
                }
            }
        }
    }
}

/// Appends to a text, up to its limit.
fn keep(pieces: &mut Vec<u8>, bytes: &[u8]) {
    let room = LONGEST_TEXT.saturating_sub(pieces.len());
    pieces.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::{window::WINDOW, *};

    /// Gives one byte at a time, so that every token crosses the window's end.
    struct Dripping<'a>(&'a [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    /// Tags and the texts after them, in a line.
    fn spelled(mut xml: Xml<impl Read>) -> String {
        let mut out = String::new();
        while let Some(tag) = xml.next() {
            out += match tag.kind {
                Kind::Open => "+",
                Kind::Close => "-",
                Kind::Empty => "/",
            };
            out += &String::from_utf8_lossy(tag.name);
            for (name, value) in tag.attributes {
                let _ = write!(out, "[{}={}]", String::from_utf8_lossy(name), String::from_utf8_lossy(value));
            }
            let _ = write!(out, "({})", String::from_utf8_lossy(xml.text().trim_ascii()));
        }
        format!("{out}{:?}", xml.end())
    }

    #[track_caller]
    fn reads(bytes: &str, expected: &str) {
        assert_eq!(spelled(Xml::new(bytes.as_bytes())), expected);
        assert_eq!(spelled(Xml::new(Dripping(bytes.as_bytes()))), expected, "byte by byte");
    }

    #[test]
    fn tags_attributes_and_texts() {
        reads(
            "<?xml version='1.0'?><a x='1' n:y=\"2>3\" z = 4><n:b/>t</a>",
            "+a[x=1][y=2>3][z=4]()/b(t)-a()Complete",
        );
    }

    #[test]
    fn texts_are_put_together_around_comments_cdata_and_references() {
        reads("<a>1<!-- <b> -->2<![CDATA[<3&amp;]]>&lt;&#52;&#x35;</a>", "+a(12<3&amp;<45)-a()Complete");
    }

    #[test]
    fn unknown_and_bare_references_stay_as_written() {
        reads(
            "<a>Ben & Jerry &nbsp; &; &#xD800; &lol9;</a>",
            "+a(Ben & Jerry &nbsp; &; &#xD800; &lol9;)-a()Complete",
        );
    }

    #[test]
    fn a_document_type_with_declarations_is_skipped() {
        reads(
            "<!DOCTYPE a [<!ENTITY x \"]>\"><!-- it's --><!ENTITY y SYSTEM 'file:///etc/passwd'>]><a>&x;&y;</a>",
            "+a(&x;&y;)-a()Complete",
        );
    }

    #[test]
    fn a_tag_without_its_end_stops_at_the_next() {
        reads("<a x='1' <b>2</b></a>", "+a[x=1]()+b(2)-b()-a()Complete");
        reads("<a x='1><b>2</b></a>", "+a[x=1]()+b(2)-b()-a()Complete");
    }

    #[test]
    fn a_stray_less_than_is_text() {
        reads("<a> < 5 <b>2</b></a>", "+a()+b(2)-b()-a()Complete");
    }

    #[test]
    fn what_is_cut_is_said() {
        reads("<a><b x='1'", "+a()WithinTag");
        reads("<a><!-- never closed <b/>", "+a()WithinTag");
        reads("<a>t", "+a(t)Complete");
        reads("<a><", "+a()WithinTag");
    }

    #[test]
    fn a_tag_longer_than_the_limit_keeps_its_beginning() {
        let long = format!("<a x='1' y='{}'><b/></a>", "y".repeat(3 * LONGEST_TAG));
        let mut xml = Xml::new(long.as_bytes());
        assert_eq!(xml.next().and_then(|tag| tag.attributes.get(b"x")), Some(&b"1"[..]));
        assert_eq!(xml.next().map(|tag| tag.name), Some(&b"b"[..]));
        assert!(xml.window.size() <= 2 * LONGEST_TAG);
    }

    #[test]
    fn a_text_longer_than_the_limit_is_cut() {
        for filling in ["t", "&amp;"] {
            let long = format!("<a>{}<b/></a>", filling.repeat(1 << 20));
            let mut xml = Xml::new(long.as_bytes());
            xml.next();
            assert_eq!(xml.text().len(), LONGEST_TEXT);
            assert_eq!(xml.next().map(|tag| tag.name), Some(&b"b"[..]));
            assert_eq!(xml.window.size(), WINDOW);
        }
    }

    #[test]
    fn lines_are_counted_across_windows() {
        let lines = "<a/>\n".repeat(100_000);
        let mut xml = Xml::new(lines.as_bytes());
        let mut count = 0;
        while xml.next().is_some() {
            count += 1;
            if count % 1000 == 1 {
                assert_eq!(xml.line(), count);
            }
        }
        assert_eq!(count, 100_000);
    }
}
