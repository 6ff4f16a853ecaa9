//! Holds the house in order: which folder may import which, no two files of a folder that import each other, and no
//! public item that nobody uses.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The rooms of `src/`, each of which imports only rooms before it.
const ROOMS: [&str; 14] = [
    "units",
    "notice",
    "recording",
    "samples",
    "motion",
    "band",
    "run",
    "text",
    "figure",
    "render",
    "export",
    "library",
    "app",
    "cli",
];

/// The folders within rooms, in the same order; a file of the room that is not named here comes before them.
const INNER_ROOMS: [(&str, &[&str]); 2] =
    [("recording", &["clean", "read"]), ("render", &["charts", "report"])];

/// A file of `src/` with what it imports.
struct Source {
    path: PathBuf,
    /// Its module, from the crate's root: `recording::read::fit`.
    module: Vec<String>,
    /// Whether it stands for its folder.
    is_front: bool,
    text: String,
    /// Absolute paths that it imports or names, from the crate's root.
    paths: BTreeSet<Vec<String>>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = without_comments(&fs::read_to_string(&path).expect("a source file"));
            let mut module: Vec<String> = path
                .strip_prefix(&root)
                .expect("in src")
                .with_extension("")
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            let is_front = matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main"));
            if is_front {
                module.pop();
            }
            let paths = imports(&text, &module);
            Source { path, module, is_front, text, paths }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The text without line comments, whose examples and links bind nothing.
fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// What follows `crate::` or `super::` anywhere, groups in braces taken apart.
fn imports(text: &str, module: &[String]) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    // Modules within a file (`mod tests`) are one deeper; what `super` means there is the file itself.
    let inner_from = text.find("\nmod tests {").unwrap_or(text.len());
    for (start, word) in [("crate::", "crate"), ("super::", "super")]
        .into_iter()
        .flat_map(|(pattern, word)| text.match_indices(pattern).map(move |(at, _)| (at, word)))
    {
        let before = text[..start].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' || before == ':' {
            continue;
        }
        let mut base: Vec<String> = Vec::new();
        let mut rest = &text[start + word.len() + 2..];
        if word == "super" {
            let mut ups = usize::from(start <= inner_from);
            while let Some(more) = rest.strip_prefix("super::") {
                ups += 1;
                rest = more;
            }
            if ups > module.len() {
                continue;
            }
            base = module[..module.len() - ups].to_vec();
        }
        tree(rest, base, &mut found);
    }
    found
}

/// Reads one path, or a group of them in braces, and gives where it ends.
fn tree(text: &str, mut base: Vec<String>, found: &mut BTreeSet<Vec<String>>) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.starts_with('{') {
            at += 1;
            loop {
                at += text[at..].len() - text[at..].trim_start_matches([' ', '\n', ',']).len();
                if text[at..].starts_with('}') {
                    return at + 1;
                }
                let length = tree(&text[at..], base.clone(), found);
                if length == 0 {
                    return at;
                }
                at += length;
            }
        }
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '*').unwrap_or(rest.len());
        if length == 0 {
            return at;
        }
        if &rest[..length] != "self" {
            base.push(rest[..length].to_owned());
        }
        at += length;
        if text[at..].starts_with("::") {
            at += 2;
            continue;
        }
        found.insert(base);
        // `as` gives another name to what was counted already.
        if let Some(name) = text[at..].strip_prefix(" as ") {
            at += 4 + name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
        }
        return at;
    }
}

#[test]
fn rooms_import_only_rooms_before_them() {
    let place = |room: &str| ROOMS.iter().position(|it| *it == room);
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !source.module.is_empty()) {
        let room = source.module[0].as_str();
        let Some(own) = place(room) else {
            wrong.push(format!("{}: `{room}` has no place in ROOMS", source.path.display()));
            continue;
        };
        for path in &source.paths {
            if let Some(other) = path.first().and_then(|first| place(first))
                && other > own
            {
                wrong.push(format!("{} imports {}", source.path.display(), path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the flow:\n{}", wrong.join("\n"));
}

#[test]
fn the_core_knows_no_egui() {
    let wrong: Vec<_> = sources()
        .iter()
        .filter(|source| source.module.first().is_none_or(|room| room != "app"))
        .filter(|source| {
            ["egui", "eframe", "rfd"].iter().any(|name| source.text.contains(&format!("{name}::")))
        })
        .map(|source| source.path.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn folders_within_rooms_import_only_those_before_them() {
    let mut wrong = Vec::new();
    for source in &sources() {
        let Some((_, inner)) =
            INNER_ROOMS.iter().find(|(room, _)| source.module.first().is_some_and(|first| first == room))
        else {
            continue;
        };
        // The front of a room names all of it; a file beside the folders comes before them.
        if source.module.len() < 2 {
            continue;
        }
        let place = |name: &str| inner.iter().position(|it| *it == name).map_or(0, |place| place + 1);
        let own = place(&source.module[1]);
        for path in source.paths.iter().filter(|path| path.len() > 1 && path[0] == source.module[0]) {
            let other = place(&path[1]);
            let sibling = own == 0 && path.len() == 2;
            if other > own && !sibling {
                wrong.push(format!("{} imports {}", source.path.display(), path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the flow:\n{}", wrong.join("\n"));
}

/// What each of the window's rooms must not know: what is seen asks by command, and what is known or done out of sight
/// knows nothing of how it looks.
const WINDOW: [(&str, &[&str]); 6] = [
    ("ui", &["state", "command", "charts", "panels", "dialogs", "background", "storage"]),
    ("state", &["charts", "panels", "dialogs", "background", "storage"]),
    ("storage", &["command", "charts", "panels", "dialogs", "background", "ui"]),
    ("background", &["charts", "panels", "dialogs", "ui"]),
    ("charts", &["dialogs", "background", "storage"]),
    ("panels", &["dialogs", "storage"]),
];

#[test]
fn the_windows_rooms_keep_to_themselves() {
    let mut wrong = Vec::new();
    for source in &sources() {
        let [app, room, ..] = source.module.as_slice() else { continue };
        let Some((_, unknown)) = WINDOW.iter().find(|(name, _)| app == "app" && name == room) else {
            continue;
        };
        for path in source.paths.iter().filter(|path| path.len() > 1 && path[0] == "app") {
            if unknown.contains(&path[1].as_str()) {
                wrong.push(format!("{} imports {}", source.path.display(), path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "rooms of the window that should not know each other:\n{}", wrong.join("\n"));
}

/// Where each name that a folder's front re-exports comes from: `Edges` -> `edges`.
fn re_exports(front: &Source) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for statement in front.text.split(';') {
        let Some((_, path)) = statement.split_once("pub use ").or_else(|| {
            let (_, rest) = statement.split_once("pub(")?;
            rest.split_once(") use ")
        }) else {
            continue;
        };
        let mut found = BTreeSet::new();
        tree(path.trim(), Vec::new(), &mut found);
        for path in found {
            if let [file, .., name] = path.as_slice() {
                names.insert(name.clone(), file.clone());
            }
        }
    }
    names
}

#[test]
fn no_files_of_a_folder_import_each_other_in_a_circle() {
    let all = sources();
    let mut wrong = Vec::new();
    // The window's rooms have a test of their own.
    let is_folder =
        |source: &&Source| source.is_front && !source.module.is_empty() && source.module != ["app"];
    for front in all.iter().filter(is_folder) {
        let names = re_exports(front);
        let depth = front.module.len();
        let inside: Vec<&Source> = all
            .iter()
            .filter(|source| source.module.len() > depth && source.module.starts_with(&front.module))
            .collect();
        let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for source in &inside {
            let own = source.module[depth].as_str();
            for path in source.paths.iter().filter(|path| path.starts_with(&front.module)) {
                let Some(first) = path.get(depth) else { continue };
                let file = names.get(first).unwrap_or(first);
                let Some(other) =
                    inside.iter().map(|source| source.module[depth].as_str()).find(|it| it == file)
                else {
                    continue;
                };
                if other != own {
                    uses.entry(own).or_default().insert(other);
                }
            }
        }
        // What imports nothing that is left, again and again; what then remains lies on a circle or before one.
        let mut left: BTreeSet<&str> = uses.keys().copied().collect();
        while let Some(free) =
            left.iter().copied().find(|file| uses[file].iter().all(|other| !left.contains(other)))
        {
            left.remove(free);
        }
        if !left.is_empty() {
            let said: Vec<String> = left
                .iter()
                .map(|file| {
                    let others: Vec<&str> =
                        uses[file].iter().copied().filter(|other| left.contains(other)).collect();
                    format!("{file} -> {}", others.join(", "))
                })
                .collect();
            wrong.push(format!("{}: {}", front.module.join("/"), said.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "files that import each other:\n{}", wrong.join("\n"));
}

/// How often each word stands in a text.
fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut count = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '_') {
        *count.entry(word).or_default() += 1;
    }
    count
}

/// The public functions and constants of a text, and whether each stands at the left margin.
fn public_items(text: &str) -> Vec<(&str, bool)> {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = before_tests.lines().filter_map(|line| {
        let rest = line.trim_start().strip_prefix("pub ")?;
        let mut parts =
            rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|part| !part.is_empty());
        let mut name = parts.find(|part| !["const", "async", "fn", "static"].contains(part))?;
        let is_item = ["const ", "async ", "fn ", "static "].iter().any(|kind| rest.starts_with(kind));
        if name == "mut" {
            name = parts.next()?;
        }
        is_item.then_some((name, line.starts_with("pub")))
    });
    lines.collect()
}

/// What only its own file names is private; what nobody names is dead, and the compiler does not say so in a library.
#[test]
fn what_is_public_is_used_elsewhere() {
    let own = sources();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["tests", "examples", "benches"] {
        collect(&root.join(folder), &mut paths);
    }
    collect(&root.join("fuzz"), &mut paths);
    let others: Vec<String> = paths
        .iter()
        .map(|path| without_comments(&fs::read_to_string(path).expect("a source file")))
        .collect();
    let counted: Vec<BTreeMap<&str, usize>> = own
        .iter()
        .map(|source| source.text.as_str())
        .chain(others.iter().map(String::as_str))
        .map(words)
        .collect();
    let mut wrong = Vec::new();
    for (k, source) in own.iter().enumerate() {
        for (name, at_margin) in public_items(&source.text) {
            let elsewhere =
                counted.iter().enumerate().any(|(other, words)| other != k && words.contains_key(name));
            // An indented constant may be a module's within the file.
            let here = !at_margin && counted[k].get(name).is_some_and(|uses| *uses > 1);
            if !elsewhere && !here {
                wrong.push(format!("{}: {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "public, but no other file names it:\n{}", wrong.join("\n"));
}
