//! The passcode: how scripts give one, and how it is set, changed and removed.

use std::{
    env, fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use clap::Subcommand;

use crate::library::{
    Access, Library, LibraryError, OpenOptions, Passcode, PasscodeChange, RecoveryKey, Secret,
};

use super::{CommandDone, Context, Problem, output};

/// Where scripts may have the passcode.
const PASSCODE: &str = "SPINEPACE_PASSCODE";
const NEW_PASSCODE: &str = "SPINEPACE_NEW_PASSCODE";
const BACKUP_PASSCODE: &str = "SPINEPACE_BACKUP_PASSCODE";
const RECOVERY_KEY: &str = "SPINEPACE_RECOVERY_KEY";

/// What opens a library that has a passcode.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct SecretArguments {
    /// Read the passcode from the first line of this file [else: `SPINEPACE_PASSCODE`, or you are asked]
    #[arg(long, value_name = "PATH", global = true)]
    passcode_file: Option<PathBuf>,
    /// Read the recovery key from this file instead [else: `SPINEPACE_RECOVERY_KEY`]
    #[arg(long, value_name = "PATH", global = true, conflicts_with = "passcode_file")]
    recovery_key_file: Option<PathBuf>,
}

impl SecretArguments {
    /// The passcode of a backup: of this file, of the environment, or else as that of the library. Whether it is the
    /// backup's own.
    pub(super) fn ask_for_backup(
        &self,
        path: Option<&Path>,
        prompt: &str,
    ) -> Result<(Secret, bool), Problem> {
        match (path, env::var(BACKUP_PASSCODE)) {
            (Some(path), _) => Ok((Secret::Passcode(Passcode::new(first_line(path)?)), true)),
            (None, Ok(text)) => Ok((Secret::Passcode(Passcode::new(text)), true)),
            (None, Err(_)) => Ok((self.ask(prompt)?, false)),
        }
    }

    /// The passcode or recovery key: of a file, of the environment, or asked for.
    pub(super) fn ask(&self, prompt: &str) -> Result<Secret, Problem> {
        if let Some(path) = &self.recovery_key_file {
            return Ok(Secret::Recovery(recovery_key(&first_line(path)?)?));
        }
        if let Some(path) = &self.passcode_file {
            return Ok(Secret::Passcode(Passcode::new(first_line(path)?)));
        }
        if let Ok(text) = env::var(PASSCODE) {
            return Ok(Secret::Passcode(Passcode::new(text)));
        }
        if let Ok(text) = env::var(RECOVERY_KEY) {
            return Ok(Secret::Recovery(recovery_key(&text)?));
        }
        typed(prompt, "--passcode-file PATH").map(|text| Secret::Passcode(Passcode::new(text)))
    }
}

/// `spinepace library passcode`
#[derive(Debug, clap::Args)]
pub(super) struct PasscodeArguments {
    #[command(subcommand)]
    command: PasscodeCommand,
}

#[derive(Debug, Subcommand)]
enum PasscodeCommand {
    /// Encrypt the library and its backups; prints a recovery key, once
    Set,
    /// Choose another passcode
    Change {
        #[command(flatten)]
        new: NewArguments,
        /// Print a new recovery key too; the old one no longer opens the library
        #[arg(long)]
        new_recovery_key: bool,
        /// Encrypt everything anew with another key, and print a new recovery key
        #[arg(long)]
        new_key: bool,
    },
    /// Remove the passcode: the library and its backups are no longer encrypted
    Remove,
    /// Choose a new passcode with the recovery key
    Recover {
        #[command(flatten)]
        new: NewArguments,
    },
}

#[derive(Debug, clap::Args)]
struct NewArguments {
    /// Read the new passcode from the first line of this file [else: `SPINEPACE_NEW_PASSCODE`, or you are asked]
    #[arg(long, value_name = "PATH")]
    new_passcode_file: Option<PathBuf>,
}

impl NewArguments {
    fn ask(&self) -> Result<Passcode, Problem> {
        match (&self.new_passcode_file, env::var(NEW_PASSCODE)) {
            (Some(path), _) => first_line(path).map(Passcode::new),
            (None, Ok(text)) => Ok(Passcode::new(text)),
            (None, Err(_)) => typed_twice("--new-passcode-file PATH"),
        }
    }
}

pub(super) fn run(context: &Context, arguments: &PasscodeArguments) -> CommandDone {
    match &arguments.command {
        PasscodeCommand::Set => set(context),
        PasscodeCommand::Change { new, new_recovery_key, new_key } => {
            let (mut library, secret) = locked(context)?;
            let new = new.ask()?;
            let recovery = (*new_recovery_key || *new_key).then(RecoveryKey::random).transpose()?;
            tell(context, recovery.as_ref())?;
            let change = match &recovery {
                Some(recovery) if *new_key => library.change_key(&secret, &new, recovery)?,
                _ => library.change_passcode(&secret, &new, recovery.as_ref())?,
            };
            done(context, "the passcode is changed", &change);
            Ok(())
        }
        PasscodeCommand::Remove => {
            let (mut library, secret) = locked(context)?;
            let change = library.remove_passcode(&secret)?;
            done(context, "the library has no passcode any more", &change);
            Ok(())
        }
        PasscodeCommand::Recover { new } => recover(context, new),
    }
}

fn set(context: &Context) -> CommandDone {
    // A library that is locked already says so before anything is asked.
    let mut library = context.write()?;
    if library.has_passcode() {
        return Err(LibraryError::Refused(
            "the library has a passcode already; `passcode change` it".to_owned(),
        )
        .into());
    }
    let recovery = RecoveryKey::random()?;
    let passcode = match (&context.secrets.passcode_file, env::var(PASSCODE)) {
        (Some(path), _) => Passcode::new(first_line(path)?),
        (None, Ok(text)) => Passcode::new(text),
        (None, Err(_)) => typed_twice("--passcode-file PATH")?,
    };
    tell(context, Some(&recovery))?;
    let change = library.set_passcode(&passcode, &recovery)?;
    done(context, "the library has a passcode now", &change);
    Ok(())
}

fn recover(context: &Context, new: &NewArguments) -> CommandDone {
    let secret = match (&context.secrets.recovery_key_file, env::var(RECOVERY_KEY)) {
        (Some(path), _) => recovery_key(&first_line(path)?)?,
        (None, Ok(text)) => recovery_key(&text)?,
        (None, Err(_)) => recovery_key(&typed("Recovery key: ", "--recovery-key-file PATH")?)?,
    };
    let secret = Secret::Recovery(secret);
    let options = OpenOptions { access: Access::Write };
    let mut library = Library::unlock(context.place.clone(), options, &secret)?;
    let change = library.change_passcode(&secret, &new.ask()?, None)?;
    done(context, "the library has a new passcode; the recovery key stays good", &change);
    Ok(())
}

/// A library that has a passcode, with what opened it.
fn locked(context: &Context) -> Result<(Library, Secret), Problem> {
    let (library, secret) = context.unlocked()?;
    library.writable()?;
    let none =
        || LibraryError::Refused("the library has no passcode; `passcode set` gives it one".to_owned());
    Ok((library, secret.ok_or_else(none)?))
}

/// Prints the recovery key before anything is changed: whatever happens then, it is on paper.
fn tell(context: &Context, recovery: Option<&RecoveryKey>) -> CommandDone {
    let Some(recovery) = recovery else { return Ok(()) };
    let text = recovery.text();
    context.print(&serde_json::json!({ "recovery_key": text }), || {
        format!(
            "Recovery key: {text}\nIt opens the library when the passcode is forgotten. It is shown only now and kept nowhere: print it.\n"
        )
    })
}

fn done(context: &Context, what: &str, change: &PasscodeChange) {
    for path in &change.strange_backups {
        output::complain(path.display(), "stays as it is: it still opens with its old passcode");
    }
    for path in &change.in_plain {
        output::complain(path.display(), "is not encrypted: delete it if you no longer need it");
    }
    if context.format == super::Format::Text {
        // Nothing can be said where standard error is closed.
        let _ = writeln!(io::stderr(), "{what}");
    }
}

fn recovery_key(text: &str) -> Result<RecoveryKey, Problem> {
    Ok(RecoveryKey::parse(text)?)
}

/// A file's first line, without its end.
fn first_line(path: &Path) -> Result<String, Problem> {
    let text = fs::read_to_string(path).map_err(|why| {
        Problem::Exit(output::failed(path.display(), format_args!("cannot be read ({why}); check the path")))
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn typed_twice(option: &str) -> Result<Passcode, Problem> {
    let first = typed("New passcode: ", option)?;
    if typed("New passcode, once more: ", option)? != first {
        return Err(LibraryError::Refused("the two passcodes differ; nothing was changed".to_owned()).into());
    }
    Ok(Passcode::new(first))
}

/// What a person types, unseen; scripts say it by `option`.
fn typed(prompt: &str, option: &str) -> Result<String, Problem> {
    let refused = || {
        LibraryError::Refused(format!(
            "no passcode was given, and there is no terminal to ask on; use {option}"
        ))
        .into()
    };
    if !io::stdin().is_terminal() {
        return Err(refused());
    }
    read_unseen(prompt).map_err(|_| refused())
}

#[cfg(feature = "passcode")]
fn read_unseen(prompt: &str) -> io::Result<String> {
    rpassword::prompt_password(prompt)
}

#[cfg(not(feature = "passcode"))]
fn read_unseen(_: &str) -> io::Result<String> {
    Err(io::ErrorKind::Unsupported.into())
}
