//! The passcode: a random key that encrypts the library, wrapped by what its owner types and by what its owner keeps.
//!
//! ```text
//! passcode -> Argon2id ---.
//!                          wraps -> key -> every page of library, log and backups (SQLCipher)
//! recovery key -> SHA-256 -'
//! ```
//!
//! The wraps lie in `library.key` beside the library, and at the end of every backup. Nothing goes to the system's
//! keyring: people lose its content with the account.

#[cfg(feature = "passcode")]
mod crypto;
#[cfg(not(feature = "passcode"))]
#[path = "no_crypto.rs"]
mod crypto;
mod key_file;
mod secret;
mod tries;
mod wraps;

pub(super) use crypto::Key;
pub use crypto::Wiped;
pub(super) use key_file::{KeyFile, Next, append_wraps, cut_wraps, wraps_of};
pub use secret::{Passcode, RecoveryKey, Secret};
pub(super) use tries::Tries;
pub(super) use wraps::{Vault, WrappedKey, Wraps};
