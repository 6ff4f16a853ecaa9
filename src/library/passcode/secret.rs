//! What opens a locked library: a passcode that is typed, or a recovery key that was printed once.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{
    super::LibraryError,
    crypto::{self, Wiped},
};

/// Shorter ones are guessed too soon, even at a fifth of a second a guess.
const LEAST_CHARACTERS: usize = 8;
/// Bytes of a recovery key: 160 bits.
const BYTES: usize = 20;
/// Crockford's digits: none is mistaken for another.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits of the key, then of its check, in groups.
const KEY_DIGITS: usize = 32;
const CHECK_DIGITS: usize = 3;
const GROUP: usize = 5;

/// What a person types to open a library. It is wiped from memory when it is dropped.
#[derive(Clone)]
pub struct Passcode(Wiped<String>);

impl Passcode {
    /// This one.
    pub fn new(text: String) -> Self {
        Self(Wiped::new(text))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether it will do for a library.
    pub(in crate::library) fn check(&self) -> Result<(), LibraryError> {
        if self.0.chars().count() < LEAST_CHARACTERS {
            return Err(LibraryError::Refused(format!(
                "a passcode needs at least {LEAST_CHARACTERS} characters; a few words are easy to remember"
            )));
        }
        Ok(())
    }
}

impl fmt::Debug for Passcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passcode")
    }
}

/// What opens a library when its passcode is forgotten: random, printed once, kept on paper.
#[derive(Clone)]
pub struct RecoveryKey(Wiped<[u8; BYTES]>);

impl RecoveryKey {
    /// A new one.
    pub fn random() -> Result<Self, LibraryError> {
        if !crypto::SUPPORTED {
            return Err(LibraryError::NoPasscode);
        }
        crypto::random().map(|bytes| Self(Wiped::new(bytes)))
    }

    /// Reads one as it was printed; capitals, spaces and hyphens don't matter, and O is 0, I and L are 1.
    pub fn parse(text: &str) -> Result<Self, LibraryError> {
        let refused = |why: String| LibraryError::Refused(format!("this is not a recovery key: {why}"));
        let mut digits = Wiped::new(Vec::with_capacity(KEY_DIGITS + CHECK_DIGITS));
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
            let letter = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = DIGITS.iter().position(|digit| char::from(*digit) == letter);
            let digit = digit.ok_or_else(|| refused(format!("it never contains {letter}")))?;
            // A copy of what is pushed lies nowhere else: there is room for all of it.
            digits.push(digit as u8);
        }
        if digits.len() != KEY_DIGITS + CHECK_DIGITS {
            let (want, got) = (KEY_DIGITS + CHECK_DIGITS, digits.len());
            return Err(refused(format!("one has {want} letters and digits, this has {got}")));
        }
        let mut bytes = [0; BYTES];
        for bit in 0..BYTES * 8 {
            let set = digits[bit / 5] >> (4 - bit % 5) & 1;
            bytes[bit / 8] |= set << (7 - bit % 8);
        }
        let key = Self(Wiped::new(bytes));
        if key.check_digits()[..] != digits[KEY_DIGITS..] {
            return Err(refused("a letter or digit is mistyped".to_owned()));
        }
        Ok(key)
    }

    /// As it is printed: seven groups of five, the last three digits check the others.
    pub fn text(&self) -> String {
        let digit = |place: usize| {
            (0..5).fold(0, |digit, k| {
                let bit = place * 5 + k;
                digit << 1 | (self.0[bit / 8] >> (7 - bit % 8) & 1)
            })
        };
        let digits = (0..KEY_DIGITS).map(digit).chain(self.check_digits());
        let mut text = String::with_capacity(41);
        for (place, digit) in digits.enumerate() {
            if place > 0 && place % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(DIGITS[usize::from(digit)]));
        }
        text
    }

    /// 256 bits of it. It is random: nothing is gained by stretching it.
    pub(super) fn digest(&self) -> [u8; 32] {
        Sha256::new().chain_update(b"spinepace recovery key").chain_update(&self.0[..]).finalize().into()
    }

    fn check_digits(&self) -> [u8; CHECK_DIGITS] {
        let sum = Sha256::new().chain_update(b"spinepace check").chain_update(&self.0[..]).finalize();
        [sum[0] & 31, sum[1] & 31, sum[2] & 31]
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey")
    }
}

/// Either of the two.
#[derive(Debug, Clone)]
pub enum Secret {
    /// The passcode.
    Passcode(Passcode),
    /// The recovery key.
    Recovery(RecoveryKey),
}

#[cfg(all(test, feature = "passcode"))]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_key_is_read_as_it_was_printed_and_slips_are_found() {
        let text = RecoveryKey::random().expect("random bytes").text();
        assert_eq!((text.len(), text.split('-').count()), (41, 7), "{text}");
        for typed in
            [text.clone(), text.to_lowercase().replace('-', " "), text.replace('0', "o").replace('1', "l")]
        {
            assert_eq!(RecoveryKey::parse(&typed).expect("the key").text(), text);
        }
        let mut found = 0;
        for place in 0..text.len() {
            let mut typed = text.clone().into_bytes();
            if typed[place] == b'-' {
                continue;
            }
            typed[place] = if typed[place] == b'7' { b'8' } else { b'7' };
            let typed = String::from_utf8(typed).expect("text");
            found += usize::from(RecoveryKey::parse(&typed).is_err());
        }
        assert_eq!(found, 35, "a check of three digits misses one slip in 32,768");
        for wrong in ["", "0000", &text[1..], &format!("{text}0"), &text.replace(&text[..1], "U")] {
            let said = RecoveryKey::parse(wrong).expect_err("refused").to_string();
            assert!(said.contains("not a recovery key") && !said.contains(&text), "{said}");
        }
        assert_ne!(RecoveryKey::random().expect("random bytes").text(), text);
    }
}
