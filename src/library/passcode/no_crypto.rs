//! A build without the feature `passcode`: it knows a locked library when it sees one, and says so.

use super::super::LibraryError;

/// A value that a build with the feature overwrites once it is no longer needed. This one never holds any.
#[derive(Clone)]
pub struct Wiped<T>(T);

impl<T> Wiped<T> {
    /// This one.
    pub fn new(value: T) -> Self {
        Self(value)
    }
}

impl<T> std::ops::Deref for Wiped<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> std::ops::DerefMut for Wiped<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

pub(super) const SUPPORTED: bool = false;

/// There is never one.
#[derive(Debug, Clone)]
pub struct Key(());

impl Key {
    pub(super) fn random() -> Result<Self, LibraryError> {
        Err(LibraryError::NoPasscode)
    }

    pub(in crate::library) fn text(&self) -> Wiped<String> {
        let Self(()) = self;
        Wiped::new(String::new())
    }

    pub(in crate::library) fn pragma(&self) -> Wiped<String> {
        self.text()
    }

    pub(super) fn seal(&self, _: &Self, _: &[u8]) -> Result<(Vec<u8>, Vec<u8>), LibraryError> {
        let Self(()) = self;
        Err(LibraryError::NoPasscode)
    }

    pub(super) fn unseal(_: &Self, _: &[u8], _: &[u8], _: &[u8]) -> Option<Self> {
        None
    }

    pub(super) fn stretched(_: &[u8], _: &[u8], _: [u32; 3]) -> Result<Self, LibraryError> {
        Err(LibraryError::NoPasscode)
    }
}

pub(super) fn random<const N: usize>() -> Result<[u8; N], LibraryError> {
    Err(LibraryError::NoPasscode)
}
