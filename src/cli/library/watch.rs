//! `spinepace library watch`: new files are added as they appear.

use std::{
    io::{self, Write},
    path::PathBuf,
    thread,
    time::Duration,
};

use crate::{
    library::{Access, Library, LibraryError, OpenOptions, Secret, Watch},
    recording,
};

use super::{CommandDone, Context, Format, Problem, import::print_receipt, output, person};

/// `spinepace library watch`
#[derive(Debug, clap::Args)]
pub(super) struct WatchArguments {
    /// Whose runs they are: pseudonym, reference number or number [default: me]
    #[arg(long, value_name = "WHO")]
    person: Option<String>,
    /// Watch the watches that are plugged in, too
    #[arg(long)]
    plugged_in: bool,
    /// Seconds between two looks; a file counts once it has stayed the same in between
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0)]
    every: f64,
    /// Folders, with the folders in them
    #[arg(value_name = "FOLDER", required_unless_present = "plugged_in")]
    folders: Vec<PathBuf>,
}

pub(super) fn watch(context: &Context, arguments: &WatchArguments) -> CommandDone {
    let every = Duration::try_from_secs_f64(arguments.every)
        .map_err(|_| LibraryError::Refused("--every takes seconds, such as 3 or 0.5".to_owned()))?;
    if let Some(folder) = arguments.folders.iter().find(|folder| !folder.is_dir()) {
        return Err(Problem::Exit(output::failed(
            folder.display(),
            "is not a folder; name one that is there",
        )));
    }
    // What is wrong is told now, and a passcode is asked for once.
    let (library, secret) = context.unlocked()?;
    library.writable()?;
    person(&library, arguments.person.as_deref())?;
    drop(library);
    let mut watch = Watch::folders(arguments.folders.clone());
    if arguments.plugged_in {
        watch = watch.and_plugged_in();
    }
    if context.format == Format::Text {
        // Nothing can be said where standard error is closed.
        let _ = writeln!(io::stderr(), "Waiting for new runs; Ctrl+C ends it.");
    }
    let mut was_in_use = false;
    loop {
        let files = watch.look();
        if !files.is_empty() {
            match keep(context, arguments, secret.as_ref(), &files) {
                Err(Problem::Library(LibraryError::InUse)) => {
                    watch.tell_again(&files);
                    if !std::mem::replace(&mut was_in_use, true) {
                        output::complain(context.place.folder().display(), LibraryError::InUse);
                    }
                }
                kept => {
                    kept?;
                    was_in_use = false;
                }
            }
        }
        thread::sleep(every);
    }
}

/// Adds the files that the library does not have yet. It is open only for as long as that takes.
fn keep(
    context: &Context,
    arguments: &WatchArguments,
    secret: Option<&Secret>,
    files: &[PathBuf],
) -> CommandDone {
    let options = OpenOptions { access: Access::Write };
    let mut library = match secret {
        Some(secret) => Library::unlock(context.place.clone(), options, secret)?,
        None => Library::open(context.place.clone(), options)?,
    };
    library.writable()?;
    let sources = library.not_kept(recording::sources(files))?;
    if sources.is_empty() {
        return Ok(());
    }
    let who = person(&library, arguments.person.as_deref())?;
    let receipt = library.import(&sources, who, &false.into(), &mut |_| ())?;
    context.close(library);
    print_receipt(context, &receipt)
}
