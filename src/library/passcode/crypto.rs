//! The ciphers, each as its authors recommend it, none of our own.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

use super::super::LibraryError;

/// A value that is overwritten once it is no longer needed.
pub type Wiped<T> = Zeroizing<T>;

pub(super) const SUPPORTED: bool = true;

/// What encrypts a library: 256 random bits.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    pub(super) fn random() -> Result<Self, LibraryError> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// As the database takes it: `x'…'` says that it is a key, not a passcode to derive one from.
    pub(in crate::library) fn text(&self) -> Wiped<String> {
        let mut text = Zeroizing::new(String::with_capacity(67));
        text.push_str("x'");
        for byte in self.0.iter() {
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
            }
        }
        text.push('\'');
        text
    }

    /// The statement that tells a connection of it.
    pub(in crate::library) fn pragma(&self) -> Wiped<String> {
        let mut sql = Zeroizing::new(String::with_capacity(96));
        sql.push_str("PRAGMA key = \"");
        sql.push_str(&self.text());
        sql.push('"');
        sql
    }

    /// This key, encrypted by another one.
    pub(super) fn seal(&self, by: &Self, about: &[u8]) -> Result<(Vec<u8>, Vec<u8>), LibraryError> {
        let nonce: [u8; 24] = random()?;
        let cipher = XChaCha20Poly1305::new((&*by.0).into());
        let payload = Payload { msg: self.0.as_slice(), aad: about };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| LibraryError::Bug("a key was not encrypted".to_owned()))?;
        Ok((nonce.to_vec(), sealed))
    }

    /// The key that was encrypted; `None` where it was by another key, or is about something else.
    pub(super) fn unseal(by: &Self, about: &[u8], nonce: &[u8], sealed: &[u8]) -> Option<Self> {
        let nonce: [u8; 24] = nonce.try_into().ok()?;
        let cipher = XChaCha20Poly1305::new((&*by.0).into());
        let opened = cipher.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: about });
        let opened = Zeroizing::new(opened.ok()?);
        Some(Self(Zeroizing::new(opened.as_slice().try_into().ok()?)))
    }

    /// The key that a passcode gives with this salt, at this cost: KiB of memory, passes, lanes.
    pub(super) fn stretched(passcode: &[u8], salt: &[u8], cost: [u32; 3]) -> Result<Self, LibraryError> {
        let [memory_kib, passes, lanes] = cost;
        let bug = |error: argon2::Error| LibraryError::Bug(format!("Argon2: {error}"));
        let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(bug)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passcode, salt, key.as_mut_slice())
            .map_err(bug)?;
        Ok(Self(key))
    }

    /// The key of 32 bytes that are random already.
    pub(super) fn of(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

/// Bytes from the system's source of randomness.
pub(super) fn random<const N: usize>() -> Result<[u8; N], LibraryError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| LibraryError::Io {
        what: "asking the system for random bytes",
        why: error.to_string(),
    })?;
    Ok(bytes)
}
