//! A key, wrapped twice: by the passcode and by the recovery key.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    super::LibraryError,
    crypto::{self, Key},
    secret::{Passcode, RecoveryKey, Secret},
};

/// What a guess costs: 64 MiB, 3 passes, 4 lanes (RFC 9106, its second choice).
const COST: [u32; 3] = [64 * 1024, 3, 4];
/// More than this no library of ours asks for; a file that does would only stop the computer.
const MOST: [u32; 3] = [1024 * 1024, 16, 16];
const BY_PASSCODE: &[u8] = b"spinepace library key, by passcode";
const BY_RECOVERY: &[u8] = b"spinepace library key, by recovery key";
const BY_NEXT: &[u8] = b"spinepace library key, by the one that follows it";

/// Bytes, as hexadecimal digits in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hex(Vec<u8>);

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or('0');
        out.serialize_str(
            &self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect::<String>(),
        )
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let digits: Option<Vec<u8>> =
            text.chars().map(|digit| digit.to_digit(16).map(|digit| digit as u8)).collect();
        let digits = digits.filter(|digits| digits.len() % 2 == 0);
        let digits = digits.ok_or_else(|| serde::de::Error::custom("not hexadecimal"))?;
        Ok(Self(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()))
    }
}

/// A key, encrypted and authenticated by another one (XChaCha20-Poly1305).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrappedKey {
    nonce: Hex,
    key: Hex,
}

impl WrappedKey {
    fn new(key: &Key, by: &Key, about: &[u8]) -> Result<Self, LibraryError> {
        let (nonce, key) = key.seal(by, about)?;
        Ok(Self { nonce: Hex(nonce), key: Hex(key) })
    }

    fn open(&self, by: &Key, about: &[u8]) -> Option<Key> {
        Key::unseal(by, about, &self.nonce.0, &self.key.0)
    }

    /// The key before `next`, for what is still encrypted by it.
    pub(in crate::library) fn previous(key: &Key, next: &Key) -> Result<Self, LibraryError> {
        Self::new(key, next, BY_NEXT)
    }

    pub(in crate::library) fn open_previous(&self, next: &Key) -> Option<Key> {
        self.open(next, BY_NEXT)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ByPasscode {
    salt: Hex,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    sealed: WrappedKey,
}

/// A key as it lies on the disk: nobody has it without the passcode or the recovery key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wraps {
    by_passcode: ByPasscode,
    by_recovery_key: WrappedKey,
}

impl Wraps {
    fn by_passcode(key: &Key, passcode: &Passcode) -> Result<ByPasscode, LibraryError> {
        let salt: [u8; 16] = crypto::random()?;
        let [memory_kib, passes, lanes] = COST;
        let by = Key::stretched(passcode.bytes(), &salt, COST)?;
        let sealed = WrappedKey::new(key, &by, BY_PASSCODE)?;
        Ok(ByPasscode { salt: Hex(salt.to_vec()), memory_kib, passes, lanes, sealed })
    }

    fn by_recovery(key: &Key, recovery: &RecoveryKey) -> Result<WrappedKey, LibraryError> {
        WrappedKey::new(key, &of_recovery(recovery)?, BY_RECOVERY)
    }

    /// The key; `None` where this is another's secret.
    pub(in crate::library) fn open(&self, secret: &Secret) -> Result<Option<Key>, LibraryError> {
        match secret {
            Secret::Recovery(recovery) => Ok(self.by_recovery_key.open(&of_recovery(recovery)?, BY_RECOVERY)),
            Secret::Passcode(passcode) => {
                let wrap = &self.by_passcode;
                let cost = [wrap.memory_kib, wrap.passes, wrap.lanes];
                if cost.iter().zip(MOST).any(|(cost, most)| *cost > most) {
                    return Ok(None);
                }
                let by = Key::stretched(passcode.bytes(), &wrap.salt.0, cost)?;
                Ok(wrap.sealed.open(&by, BY_PASSCODE))
            }
        }
    }
}

#[cfg(feature = "passcode")]
#[allow(clippy::unnecessary_wraps, reason = "a build without the feature has no key to give")]
fn of_recovery(recovery: &RecoveryKey) -> Result<Key, LibraryError> {
    Ok(Key::of(recovery.digest()))
}

#[cfg(not(feature = "passcode"))]
fn of_recovery(recovery: &RecoveryKey) -> Result<Key, LibraryError> {
    let _ = recovery.digest();
    Err(LibraryError::NoPasscode)
}

/// A library's key with its wraps, as long as the library is open. The key is wiped from memory when it is dropped.
#[derive(Debug, Clone)]
pub struct Vault {
    pub key: Key,
    pub wraps: Wraps,
}

impl Vault {
    /// A new random key, wrapped.
    pub(in crate::library) fn new(passcode: &Passcode, recovery: &RecoveryKey) -> Result<Self, LibraryError> {
        let key = Key::random()?;
        let by_passcode = Wraps::by_passcode(&key, passcode)?;
        let by_recovery_key = Wraps::by_recovery(&key, recovery)?;
        Ok(Self { key, wraps: Wraps { by_passcode, by_recovery_key } })
    }

    /// The same key, wrapped by another passcode; by another recovery key too, where there is one.
    pub(in crate::library) fn rewrapped(
        &self,
        passcode: &Passcode,
        recovery: Option<&RecoveryKey>,
    ) -> Result<Self, LibraryError> {
        let by_passcode = Wraps::by_passcode(&self.key, passcode)?;
        let by_recovery_key = match recovery {
            Some(recovery) => Wraps::by_recovery(&self.key, recovery)?,
            None => self.wraps.by_recovery_key.clone(),
        };
        Ok(Self { key: self.key.clone(), wraps: Wraps { by_passcode, by_recovery_key } })
    }
}

#[cfg(all(test, feature = "passcode"))]
mod tests {
    use super::*;

    #[test]
    fn only_the_passcode_and_the_recovery_key_open_it_and_no_bit_may_change() {
        let passcode = |text: &str| Secret::Passcode(Passcode::new(text.to_owned()));
        let recovery = RecoveryKey::random().expect("random bytes");
        let vault = Vault::new(&Passcode::new("correct horse".to_owned()), &recovery).expect("a key");
        let opened = |wraps: &Wraps, secret: &Secret| {
            wraps.open(secret).expect("tried").is_some_and(|key| *key.text() == *vault.key.text())
        };
        assert!(opened(&vault.wraps, &passcode("correct horse")));
        assert!(opened(&vault.wraps, &Secret::Recovery(recovery.clone())));
        assert!(!opened(&vault.wraps, &passcode("correct horsf")));
        assert!(!opened(&vault.wraps, &Secret::Recovery(RecoveryKey::random().expect("random bytes"))));
        let text = serde_json::to_string(&vault.wraps).expect("JSON");
        let back: Wraps = serde_json::from_str(&text).expect("wraps");
        assert_eq!(back, vault.wraps);
        assert!(!text.contains(&vault.key.text()[2..66]), "the key itself is not on the disk");
        let mut flipped = vault.wraps.clone();
        flipped.by_recovery_key.key.0[5] ^= 1;
        assert!(!opened(&flipped, &Secret::Recovery(recovery.clone())));
        let mut dear = vault.wraps.clone();
        dear.by_passcode.memory_kib = u32::MAX;
        assert!(
            !opened(&dear, &passcode("correct horse")),
            "no more memory is taken than a library may ask for"
        );
        // Another passcode wraps the same key; the recovery key stays good.
        let changed = vault.rewrapped(&Passcode::new("battery staple".to_owned()), None).expect("wrapped");
        assert!(opened(&changed.wraps, &passcode("battery staple")));
        assert!(!opened(&changed.wraps, &passcode("correct horse")));
        assert!(opened(&changed.wraps, &Secret::Recovery(recovery)));
    }
}
