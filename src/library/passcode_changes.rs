//! A passcode set, changed and removed. The library is written anew into another file, which takes its place once it
//! was checked; [`super::passcode`] has the order in which that is safe at any moment.

use std::path::PathBuf;

use super::{
    Action, Library, LibraryError,
    passcode::{KeyFile, Next, Passcode, RecoveryKey, Secret, Vault, WrappedKey},
    record,
    unlock::reseal_backups,
};

/// What a change of the passcode left as it was, for its owner to look at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PasscodeChange {
    /// Own backups that no key at hand opens: they open with the passcode of their time.
    pub strange_backups: Vec<PathBuf>,
    /// What was put aside, in plain, when a damaged library was restored.
    pub in_plain: Vec<PathBuf>,
}

impl Library {
    /// Gives the library a passcode: it and its backups are encrypted from here on. The recovery key opens it too,
    /// and is kept nowhere: show it before, with [`RecoveryKey::text`]. What was changed before cannot be undone any
    /// more. After an error, the library is as it was, or has the new passcode.
    pub fn set_passcode(
        &mut self,
        passcode: &Passcode,
        recovery: &RecoveryKey,
    ) -> Result<PasscodeChange, LibraryError> {
        self.may_write()?;
        if self.vault.is_some() {
            return Err(LibraryError::Refused(
                "the library has a passcode already; change it instead".to_owned(),
            ));
        }
        passcode.check()?;
        let vault = Vault::new(passcode, recovery)?;
        self.reseal(vault, None)
    }

    /// Puts another passcode in the place of the one that it has; `secret` is that one, or the recovery key. The
    /// recovery key stays good, unless there is another one. The key itself stays.
    pub fn change_passcode(
        &mut self,
        secret: &Secret,
        passcode: &Passcode,
        recovery: Option<&RecoveryKey>,
    ) -> Result<PasscodeChange, LibraryError> {
        self.may_write()?;
        let vault = self.vault_of(secret)?;
        passcode.check()?;
        let vault = vault.rewrapped(passcode, recovery)?;
        KeyFile::now(vault.wraps.clone(), false).write(&self.place)?;
        self.vault = Some(vault);
        record::add(&self.db, Action::Passcode, "library", 1)?;
        self.finish()
    }

    /// As [`Library::change_passcode`], but with another key too: who got hold of the old one, and of a later copy of
    /// the library, cannot open that. Everything is encrypted anew.
    pub fn change_key(
        &mut self,
        secret: &Secret,
        passcode: &Passcode,
        recovery: &RecoveryKey,
    ) -> Result<PasscodeChange, LibraryError> {
        self.may_write()?;
        let old = self.vault_of(secret)?.clone();
        passcode.check()?;
        let vault = Vault::new(passcode, recovery)?;
        self.reseal(vault, Some(old))
    }

    /// Takes the passcode away: the library and its backups lie in plain on the disk from here on.
    pub fn remove_passcode(&mut self, secret: &Secret) -> Result<PasscodeChange, LibraryError> {
        self.may_write()?;
        let vault = self.vault_of(secret)?.clone();
        KeyFile::now(vault.wraps.clone(), false).write(&self.place)?;
        // The backups first: their key is lost as soon as the library no longer has it.
        let done = reseal_backups(&self.place, None, Some(&vault.key))
            .and_then(|strange| self.rewrite(None).map(|()| strange));
        if done.is_err() {
            // The backups go back, as far as it can be done now; the next start does the rest.
            let _ = self.settle();
        }
        let strange_backups = done?;
        KeyFile::remove(&self.place)?;
        record::add(&self.db, Action::Passcode, "library", 1)?;
        Ok(PasscodeChange { strange_backups, in_plain: Vec::new() })
    }

    /// The key at hand, if this opens it.
    fn vault_of(&self, secret: &Secret) -> Result<&Vault, LibraryError> {
        let vault = self
            .vault
            .as_ref()
            .ok_or_else(|| LibraryError::Refused("the library has no passcode; set one".to_owned()))?;
        match vault.wraps.open(secret)? {
            Some(_) => Ok(vault),
            None => Err(LibraryError::WrongPasscode { during_change: false }),
        }
    }

    fn reseal(&mut self, vault: Vault, old: Option<Vault>) -> Result<PasscodeChange, LibraryError> {
        let previous = old.as_ref().map(|old| WrappedKey::previous(&old.key, &vault.key)).transpose()?;
        let next = Next { wraps: vault.wraps.clone(), previous };
        KeyFile::changing(old.map(|old| old.wraps), next).write(&self.place)?;
        let done = self.rewrite(Some(vault)).and_then(|()| {
            record::add(&self.db, Action::Passcode, "library", 1)?;
            self.finish()
        });
        if done.is_err() {
            // As far as it can be done now; the next start does the rest.
            let _ = self.settle();
        }
        done
    }

    /// Brings the backups along, and says so in the key file.
    fn finish(&mut self) -> Result<PasscodeChange, LibraryError> {
        let strange_backups = self.settle()?;
        let entries = std::fs::read_dir(self.place.folder()).into_iter().flatten().filter_map(Result::ok);
        let aside = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("damaged "));
        Ok(PasscodeChange { strange_backups, in_plain: aside.map(|entry| entry.path()).collect() })
    }
}
