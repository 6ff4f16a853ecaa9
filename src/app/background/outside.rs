//! What leaves the window, made on threads of its own: pages and pictures written to files, handed to the
//! desktop's viewer to be printed, or copied.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, channel},
    },
    thread,
};

use egui::ColorImage;
use tempfile::TempDir;

use crate::{
    app::{
        background::{desktop::has_file_dialogs, viewer},
        state::{notices::Notices, path_field::PathField},
    },
    export,
    render::PictureError,
};

/// How the content of a file is made, for an ending of its name.
type Make = Arc<dyn Fn(&str) -> Result<Vec<u8>, String> + Send + Sync>;

/// Something that is to leave the window.
#[derive(Clone)]
struct Outgoing {
    /// What a person calls it.
    what: &'static str,
    /// The file's usual name.
    name: String,
    /// The endings that it can have; the first is the usual one.
    endings: &'static [&'static str],
    make: Make,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("what", &self.what).field("name", &self.name).finish_non_exhaustive()
    }
}

/// What became of a piece of work.
#[derive(Debug)]
enum Done {
    /// It was no longer wanted.
    Left,
    /// The desktop could not help: the window is to ask for a path.
    Unasked(Outgoing),
    /// No viewer took the page, and why; it lies in this folder meanwhile.
    NotHanded(Outgoing, String, TempDir),
    Saved(PathBuf),
    /// A viewer shows a file of this folder.
    Handed(TempDir),
    /// To be given to the desktop's clipboard.
    Copied(ColorImage),
}

/// A piece of work, by what a person calls its result.
type Work = (&'static str, Receiver<Result<Done, String>>);

/// What the window is to do about work that has ended.
#[derive(Debug)]
pub enum FollowUp {
    /// Nothing: it was done.
    Done,
    /// Say that it failed, and why.
    Failed(String),
    /// Ask for a path.
    AskForPath(PathField),
}

/// What is under way, and what viewers may still be reading.
#[derive(Debug, Default)]
pub struct Outside {
    /// Whether the desktop's dialogs are asked; else the window asks for a path itself.
    pub asks_desktop: bool,
    work: Vec<Work>,
    /// What waits for a path.
    waiting: Option<Outgoing>,
    /// Removed with the window, so that no patient's page is left behind.
    handed: Vec<TempDir>,
}

impl Outside {
    /// Asks where to, and writes there in the format of the name's ending; the first ending is the usual one.
    pub fn save(
        &mut self,
        ctx: &egui::Context,
        what: &'static str,
        name: &str,
        endings: &'static [&'static str],
        make: impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) {
        let page = Outgoing::new(what, name, endings, make);
        let asks_desktop = self.asks_desktop;
        let done = on_thread(ctx, move || {
            if !asks_desktop || !has_file_dialogs() {
                return Ok(Done::Unasked(page));
            }
            let Outgoing { name, endings, make, .. } = page;
            let usual = endings.first().copied().unwrap_or_default();
            let dialog = rfd::FileDialog::new().set_title(format!("Save {}", what.to_lowercase()));
            let dialog = endings.iter().fold(dialog, |dialog, ending| {
                dialog.add_filter(ending.to_uppercase(), &[*ending, ending.to_uppercase().as_str()])
            });
            let ask = |folder: Option<&Path>, name: &str| {
                let dialog = dialog.clone().set_file_name(name);
                folder.into_iter().fold(dialog, rfd::FileDialog::set_directory).save_file()
            };
            match whole_path(&name, usual, ask) {
                Some(path) => write(&path, endings, &*make).map(Done::Saved),
                None => Ok(Done::Left),
            }
        });
        self.work.push((what, done));
    }

    /// Writes what waits for a path there.
    pub fn save_as(&mut self, ctx: &egui::Context, path: PathBuf) {
        if let Some(page) = self.waiting.clone() {
            let what = page.what;
            self.work.push((
                what,
                on_thread(ctx, move || write(&path, page.endings, &*page.make).map(Done::Saved)),
            ));
        }
    }

    /// Hands a file in its usual format to the desktop's viewer, from where it is printed.
    pub fn print(
        &mut self,
        ctx: &egui::Context,
        what: &'static str,
        name: &str,
        endings: &'static [&'static str],
        make: impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) {
        let page = Outgoing::new(what, name, endings, make);
        let asks_desktop = self.asks_desktop;
        let done = on_thread(ctx, move || {
            let usual = page.endings.first().copied().unwrap_or_default();
            let bytes = (page.make)(usual)?;
            let folder = tempfile::Builder::new().prefix("spinepace-").tempdir();
            let folder = folder.map_err(|error| format!("{NOT_HANDED} ({error}); save it instead"))?;
            let path = folder.path().join("report.pdf");
            std::fs::write(&path, bytes)
                .map_err(|error| format!("{NOT_HANDED} ({error}); save it instead"))?;
            let handed = match asks_desktop {
                true => viewer::hand_over(&path),
                false => Err("no viewer is asked here".to_owned()),
            };
            Ok(match handed {
                Ok(()) => Done::Handed(folder),
                Err(why) => Done::NotHanded(page, viewer::unopened(&why, &path), folder),
            })
        });
        self.work.push((what, done));
    }

    /// Puts a picture on the desktop's clipboard.
    pub fn copy(
        &mut self,
        ctx: &egui::Context,
        what: &'static str,
        make: impl FnOnce() -> Result<ColorImage, PictureError> + Send + 'static,
    ) {
        let done = on_thread(ctx, || make().map(Done::Copied).map_err(|error| error.to_string()));
        self.work.push((what, done));
    }

    /// Shows the folder of a file in the desktop's file manager.
    pub fn show_folder(&mut self, ctx: &egui::Context, path: &Path) {
        let folder =
            path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        let done = on_thread(ctx, move || match viewer::hand_over(&folder) {
            Ok(()) => Ok(Done::Left),
            Err(_) => Err(format!(
                "could not be shown, because no file manager answered; it is {}",
                folder.display()
            )),
        });
        self.work.push(("The folder", done));
    }

    /// Takes what was done since the last frame.
    pub fn receive(&mut self, ctx: &egui::Context, notices: &mut Notices) -> Vec<FollowUp> {
        let (handed, waiting, mut follow_ups) = (&mut self.handed, &mut self.waiting, Vec::new());
        self.work.retain(|(what, done)| {
            match done.try_recv() {
                Err(TryRecvError::Empty) => return true,
                Ok(Ok(Done::Saved(path))) => {
                    notices.said(what, &format!("was saved as {}", path.display()));
                    *waiting = None;
                    follow_ups.push(FollowUp::Done);
                }
                Ok(Ok(Done::Handed(folder))) => {
                    handed.push(folder);
                    follow_ups.push(FollowUp::Done);
                }
                Ok(Ok(Done::Unasked(page))) => {
                    follow_ups.push(page.asked(None));
                    *waiting = Some(page);
                }
                Ok(Ok(Done::NotHanded(page, why, folder))) => {
                    follow_ups.push(page.asked(Some(why)));
                    *waiting = Some(page);
                    handed.push(folder);
                }
                Ok(Ok(Done::Copied(image))) => {
                    ctx.copy_image(image);
                    notices.said(what, "was copied as a picture");
                }
                Ok(Err(why)) => {
                    notices.failed(what, &why);
                    follow_ups.push(FollowUp::Failed(format!("{what} {why}")));
                }
                Ok(Ok(Done::Left)) | Err(TryRecvError::Disconnected) => {}
            }
            false
        });
        follow_ups
    }
}

impl Outgoing {
    fn new(
        what: &'static str,
        name: &str,
        endings: &'static [&'static str],
        make: impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) -> Self {
        let usual = endings.first().copied().unwrap_or_default();
        let name = name.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], "-");
        Self { what, name: format!("{name}.{usual}"), endings, make: Arc::new(make) }
    }

    /// Asks for a path to save it; `why`, where something else failed before.
    fn asked(&self, why: Option<String>) -> FollowUp {
        FollowUp::AskForPath(PathField::to_save(self.what, &self.name, self.endings, why))
    }
}

const NOT_HANDED: &str = "could not be handed to a viewer";

/// Asks for a path that ends in a format. A name without one gets the usual; whether a file of that name may be
/// replaced was not asked then, so that the desktop's dialog is to ask it.
fn whole_path(
    name: &str,
    usual: &str,
    mut ask: impl FnMut(Option<&Path>, &str) -> Option<PathBuf>,
) -> Option<PathBuf> {
    let mut chosen = ask(None, name)?;
    while chosen.extension().is_none() {
        chosen.set_extension(usual);
        if !chosen.exists() {
            break;
        }
        let name = chosen.file_name().unwrap_or_default().to_string_lossy().into_owned();
        chosen = ask(chosen.parent(), &name)?;
    }
    Some(chosen)
}

/// Writes what `make` makes in the format of the path's ending.
fn write(
    path: &Path,
    endings: &[&str],
    make: impl Fn(&str) -> Result<Vec<u8>, String>,
) -> Result<PathBuf, String> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !endings.contains(&ending.as_str()) {
        let known = endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" or ");
        return Err(format!("could not be saved as {}: end its name in {known}", path.display()));
    }
    let bytes = make(&ending)?;
    export::write_whole(path, |out| out.write_all(&bytes))
        .map_err(|error| format!("was not saved: {} {error}", path.display()))?;
    Ok(path.to_owned())
}

/// Does something on a thread and wakes the window when it is done. A defect becomes words, too.
pub fn on_thread<R: Send + 'static>(
    ctx: &egui::Context,
    work: impl FnOnce() -> Result<R, String> + Send + 'static,
) -> Receiver<Result<R, String>> {
    let (sender, receiver) = channel();
    let ctx = ctx.clone();
    thread::spawn(move || {
        let done = catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|_| Err("hit a bug in Spinepace; please report it with the run".to_owned()));
        // The window may be gone by then.
        let _ = sender.send(done);
        ctx.request_repaint();
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides_the_format() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = |name: &str| {
            write(&folder.path().join(name), &["pdf", "png"], |ending| Ok(ending.as_bytes().to_vec()))
        };
        let read = |path: PathBuf| std::fs::read_to_string(path).expect("read");
        assert_eq!(made("a.PNG").map(read), Ok("png".to_owned()));
        let refused = made("a.docx").expect_err("no such format");
        assert!(refused.ends_with("end its name in .pdf or .png"), "{refused}");
        let nowhere = made("none/a.pdf").expect_err("no such folder");
        assert!(nowhere.contains("create the folder first"), "{nowhere}");
    }

    #[test]
    fn no_file_is_replaced_unasked() {
        let folder = tempfile::tempdir().expect("a folder");
        let (bare, whole) = (folder.path().join("page"), folder.path().join("page.pdf"));
        let mut asked = Vec::new();
        let mut ask = |answers: &[Option<&PathBuf>]| {
            asked.clear();
            let mut answers = answers.iter().map(|answer| answer.cloned());
            let path = whole_path("run.pdf", "pdf", |_, name| {
                asked.push(name.to_owned());
                answers.next().flatten()
            });
            (path, asked.clone())
        };
        assert_eq!(ask(&[Some(&bare)]), (Some(whole.clone()), vec!["run.pdf".to_owned()]));
        std::fs::write(&whole, b"another's").expect("written");
        let twice = vec!["run.pdf".to_owned(), "page.pdf".to_owned()];
        assert_eq!(ask(&[Some(&bare), Some(&whole)]), (Some(whole.clone()), twice.clone()), "asked by name");
        assert_eq!(ask(&[Some(&bare), None]), (None, twice), "and not replaced");
    }

    #[test]
    fn a_panic_becomes_words() {
        let done = on_thread::<()>(&egui::Context::default(), || panic!("on purpose"));
        let said = done.recv().expect("an answer").expect_err("a defect");
        assert!(said.contains("a bug in Spinepace"), "{said}");
    }
}
