//! A path that is typed, where the desktop has no dialog for it.

use std::{
    env,
    fs::{self, DirEntry},
    path::{Path, PathBuf},
};

/// So many entries of a folder are looked at: a list that no one reads must not hold the window.
const MOST_ENTRIES: usize = 5_000;
/// The endings of runs.
const RUNS: &[&str] = &["gpx", "tcx", "fit", "gz", "zip"];

/// What a path is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFor {
    /// To open runs.
    Files,
    /// To open a folder of them.
    Folder,
    /// To import runs into the library.
    Import,
    /// To import a folder of them.
    ImportFolder,
    /// A folder that is watched for new runs.
    Watch,
    /// A folder for everything of a person.
    Export,
    /// A backup of the library.
    Backup,
    /// To save something: what a person calls it, and the endings that its file can have, the usual one first.
    Saving(&'static str, &'static [&'static str]),
}

/// The field as it is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct PathField {
    /// What it is asked for.
    pub what_for: PathFor,
    /// What was typed.
    pub typed: String,
    /// The line that is chosen among those that would complete it.
    pub line: Option<usize>,
    /// What was wrong with the last try.
    pub problem: Option<String>,
    /// The file that may be replaced: the person was told that it is there.
    pub may_replace: Option<PathBuf>,
    /// Whether it goes back to the report's sheet, from which it came.
    pub from_report: bool,
    /// Whether it goes back to the sheet of the page over some weeks.
    pub from_period: bool,
}

impl PathField {
    fn new(what_for: PathFor, name: &str) -> Self {
        let folder = home().or_else(|| env::current_dir().ok()).unwrap_or_default();
        Self {
            what_for,
            typed: folder.join(name).display().to_string(),
            line: None,
            problem: None,
            may_replace: None,
            from_report: false,
            from_period: false,
        }
    }

    /// Asks for runs, or a folder of them.
    pub fn to_open(what_for: PathFor) -> Self {
        Self::new(what_for, "")
    }

    /// Asks where something is to be saved that is usually called `name`; `why`, where something else failed before.
    pub fn to_save(
        what: &'static str,
        name: &str,
        endings: &'static [&'static str],
        why: Option<String>,
    ) -> Self {
        Self { problem: why, ..Self::new(PathFor::Saving(what, endings), name) }
    }

    /// Where a whole path was written after the one that the field began with, only that is meant.
    pub fn begin_anew(&mut self) {
        let trimmed = self.typed.trim_start();
        let begins = ["//", "/~"].iter().filter_map(|mark| trimmed.rfind(mark)).max();
        if let Some(at) = begins.filter(|at| *at > 0 && !trimmed[..*at].ends_with(':')) {
            self.typed = trimmed[at + 1..].to_owned();
        }
    }

    /// The path that was typed: `~` is the home folder, and a file without an ending gets the usual one.
    pub fn path(&self) -> PathBuf {
        let mut path = at_home(self.typed.trim());
        if let PathFor::Saving(_, endings) = self.what_for
            && path.extension().is_none()
            && !self.typed.trim_end().ends_with(['/', '\\'])
            && !path.is_dir()
        {
            path.set_extension(endings.first().copied().unwrap_or_default());
        }
        path
    }

    /// What would complete it: folders first, each with a slash at its end, then files of the kinds that fit.
    pub fn completions(&self) -> Vec<String> {
        let cut = self.typed.rfind(['/', '\\']).map_or(0, |at| at + 1);
        let (folder, begun) = self.typed.split_at(cut);
        let Ok(entries) = fs::read_dir(at_home(if folder.is_empty() { "." } else { folder })) else {
            return Vec::new();
        };
        let begun = begun.to_lowercase();
        let fits = |entry: &DirEntry| -> Option<(bool, String)> {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !begun.starts_with('.');
            let is_folder = entry.path().is_dir();
            let begins = name.to_lowercase().starts_with(&begun);
            (begins && !hidden && (is_folder || self.takes(&entry.path()))).then_some((!is_folder, name))
        };
        let mut found: Vec<_> =
            entries.take(MOST_ENTRIES).flatten().filter_map(|entry| fits(&entry)).collect();
        found.sort_by_key(|(is_file, name)| (*is_file, name.to_lowercase()));
        let slash = if folder.contains('\\') { "\\" } else { "/" };
        let whole =
            |(is_file, name): (bool, String)| format!("{folder}{name}{}", if is_file { "" } else { slash });
        found.into_iter().map(whole).collect()
    }

    fn takes(&self, file: &Path) -> bool {
        let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match self.what_for {
            PathFor::Files | PathFor::Import => RUNS.contains(&ending.as_str()),
            PathFor::Folder | PathFor::ImportFolder | PathFor::Watch | PathFor::Export => false,
            PathFor::Backup => ending == "db",
            PathFor::Saving(_, endings) => endings.contains(&ending.as_str()),
        }
    }
}

/// What all of these begin with beyond what was typed, as Tab would complete it.
pub fn completed(typed: &str, completions: &[String]) -> Option<String> {
    let (first, others) = completions.split_first()?;
    let mut shared: Vec<char> = first.chars().collect();
    for other in others {
        let same = |(a, b): &(&char, char)| a.to_lowercase().eq(b.to_lowercase());
        let length = shared.iter().zip(other.chars()).take_while(same).count();
        shared.truncate(length);
    }
    let shared: String = shared.into_iter().collect();
    (shared != typed && shared.chars().count() >= typed.chars().count()).then_some(shared)
}

fn home() -> Option<PathBuf> {
    let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
    Some(PathBuf::from(home)).filter(|home| home.is_dir())
}

fn at_home(typed: &str) -> PathBuf {
    match (typed.strip_prefix('~'), home()) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with(['/', '\\']) => {
            home.join(rest.trim_start_matches(['/', '\\']))
        }
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_that_fit_complete_what_is_typed() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["march.gpx", "Marathon.fit", "marks.txt", ".march.gpx"] {
            fs::write(folder.path().join(name), "").expect("written");
        }
        fs::create_dir(folder.path().join("marches")).expect("made");
        let at = |name: &str| format!("{}/{name}", folder.path().display());
        let mut field = PathField { typed: at("mar"), ..PathField::to_open(PathFor::Files) };
        assert_eq!(field.completions(), [at("marches/"), at("Marathon.fit"), at("march.gpx")]);
        assert_eq!(completed(&field.typed, &field.completions()), None, "nothing more is shared");
        field.typed = at("marc");
        assert_eq!(completed(&field.typed, &field.completions()), Some(at("march")));
        field.what_for = PathFor::Folder;
        assert_eq!(field.completions(), [at("marches/")]);
        field.typed = at("none/");
        assert_eq!(field.completions(), Vec::<String>::new());
    }

    #[test]
    fn a_file_gets_the_usual_ending_where_none_was_typed() {
        let saving = |typed: &str| PathField {
            typed: typed.to_owned(),
            ..PathField::to_save("It", "", &["pdf", "png"], None)
        };
        assert_eq!(saving("/tmp/page").path(), Path::new("/tmp/page.pdf"));
        assert_eq!(saving("/tmp/page.png ").path(), Path::new("/tmp/page.png"));
        assert_eq!(saving("/").path(), Path::new("/"));
    }
}
