//! A locked library's key, from what a person types; and what a change of the passcode left undone when it was cut
//! short.

use std::path::PathBuf;

use super::{
    Library, LibraryError, Place,
    connection::{Form, is_plain, opens},
    copies,
    copy::{As, copy, rewrap},
    passcode::{self, Key, KeyFile, Next, Secret, Tries, Vault, Wraps},
};

/// The key of a library of this form; `None` where it needs none.
pub(super) fn unlock(place: &Place, form: Form, secrets: &[&Secret]) -> Result<Option<Vault>, LibraryError> {
    if form == Form::Plain {
        return Ok(None);
    }
    if cfg!(not(feature = "passcode")) {
        return Err(LibraryError::NoPasscode);
    }
    if secrets.is_empty() {
        return Err(LibraryError::Locked);
    }
    let candidates = wraps(place)?;
    if candidates.is_empty() {
        return Err(LibraryError::Damaged {
            why: "its key file library.key is lost or damaged".to_owned(),
            backup: None,
        });
    }
    let tries = Tries::of(place);
    tries.wait();
    let mut opened = false;
    for wraps in &candidates {
        for secret in secrets {
            let Some(key) = wraps.open(secret)? else { continue };
            opened = true;
            // A key that was unwrapped is right, unless another one was about to take its place.
            if candidates.len() == 1 || opens(&place.file(), Some(&key)) {
                tries.succeeded();
                return Ok(Some(Vault { key, wraps: wraps.clone() }));
            }
        }
    }
    if opened && candidates.len() == 1 {
        return Err(LibraryError::Damaged { why: "its beginning is overwritten".to_owned(), backup: None });
    }
    tries.failed();
    Err(LibraryError::WrongPasscode { during_change: candidates.len() > 1 })
}

/// What may open the library: of its key file, or else of its own backups.
fn wraps(place: &Place) -> Result<Vec<Wraps>, LibraryError> {
    if let Some(file) = KeyFile::read(place)? {
        return Ok(file.now.into_iter().chain(file.next.map(|next| next.wraps)).collect());
    }
    let mut found = Vec::new();
    for backup in copies::backups(place) {
        if let Ok(Some(wraps)) = passcode::wraps_of(&backup.path)
            && !found.contains(&wraps)
        {
            found.push(wraps);
        }
    }
    Ok(found)
}

impl Library {
    /// Carries a change of the passcode to its end that was cut short.
    /// The own backups that no key at hand opens.
    pub(super) fn settle(&mut self) -> Result<Vec<PathBuf>, LibraryError> {
        let file = KeyFile::read(&self.place)?;
        let Some(vault) = &self.vault else {
            // A passcode that never came to be, or that is gone.
            if file.is_some_and(|file| file.now.is_none() || !file.settled) {
                KeyFile::remove(&self.place)?;
            }
            return Ok(Vec::new());
        };
        let previous = match file {
            Some(file) if file.settled && file.next.is_none() => return Ok(Vec::new()),
            Some(KeyFile { next: Some(Next { wraps, previous: Some(previous) }), .. })
                if wraps == vault.wraps =>
            {
                previous.open_previous(&vault.key)
            }
            _ => None,
        };
        // The key before stays in the key file until nothing needs it.
        let strange = reseal_backups(&self.place, Some(vault), previous.as_ref())?;
        KeyFile::now(vault.wraps.clone(), true).write(&self.place)?;
        Ok(strange)
    }
}

/// Makes every backup as the library is: encrypted by its key and with its wraps, or in plain. `previous` is the key
/// that the library had before. Returns those that no key at hand opens; they open as they did before.
pub(super) fn reseal_backups(
    place: &Place,
    to: Option<&Vault>,
    previous: Option<&Key>,
) -> Result<Vec<PathBuf>, LibraryError> {
    let failed = LibraryError::io("encrypting a backup");
    let mut strange = Vec::new();
    for backup in copies::backups(place) {
        let path = backup.path;
        let plain = is_plain(&path).map_err(&failed)?;
        let wraps = passcode::wraps_of(&path).map_err(&failed)?;
        let is_done = match to {
            Some(vault) => !plain && wraps.as_ref() == Some(&vault.wraps),
            None => plain,
        };
        if is_done {
            continue;
        }
        if let Some(vault) = to
            && !plain
            && opens(&path, Some(&vault.key))
        {
            rewrap(&path, &vault.wraps)?;
            continue;
        }
        let key = match plain {
            true => Some(None),
            false => previous.filter(|key| opens(&path, Some(key))).map(Some),
        };
        match key {
            Some(key) => copy(&path, key, &path, to, As::Backup)?,
            None => strange.push(path),
        }
    }
    Ok(strange)
}
