//! The fonts of this computer, for letters that Inter lacks. They are looked for when the first such letter is met, for
//! that takes a while where there are many.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
};

use resvg::usvg::fontdb::{Database, Family, ID, Language, Query, Style, Weight};
use skrifa::{FontRef, MetadataProvider, raw::types::Tag};

/// A font family of this computer, in one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Where the database has it.
    pub id: ID,
    /// What SVG calls it.
    pub family: Arc<str>,
}

/// A font file, for the window.
pub struct FontFile {
    /// What the font is called.
    pub name: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Which font of a collection.
    pub index: u32,
}

/// Inter and everything that is installed.
static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::clone(&super::inter::embedded());
    database.load_system_fonts();
    Arc::new(database)
});

static FAMILIES: LazyLock<Vec<Arc<str>>> = LazyLock::new(|| families(&DATABASE));

/// The face of a letter in a weight, or that there is none.
type Faces = HashMap<(char, bool), Option<Face>>;

static FOUND: LazyLock<Mutex<Faces>> = LazyLock::new(Mutex::default);

/// Inter and the fonts of this computer.
pub fn database() -> Arc<Database> {
    Arc::clone(&DATABASE)
}

/// The face that shows this letter, the most suitable of those that have it; always the same one.
pub fn face(c: char, strong: bool) -> Option<Face> {
    let mut found: MutexGuard<'_, _> = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    found
        .entry((c, strong))
        .or_insert_with(|| FAMILIES.iter().find_map(|family| of_family(family, c, strong)))
        .clone()
}

/// The same as a file.
pub fn font_file(c: char, strong: bool) -> Option<FontFile> {
    let face = face(c, strong)?;
    let name = format!("{} {}", face.family, if strong { "bold" } else { "regular" });
    DATABASE.with_face_data(face.id, |bytes, index| FontFile { name, bytes: bytes.to_vec(), index })
}

/// Whether a face has a letter.
pub fn has(face: &Face, c: char) -> bool {
    with_font(face.id, |font| font.charmap().map(c).is_some()).unwrap_or(false)
}

/// What is asked of a face's font.
pub fn with_font<T>(id: ID, ask: impl FnOnce(&FontRef<'_>) -> T) -> Option<T> {
    DATABASE
        .with_face_data(id, |bytes, index| FontRef::from_index(bytes, index).ok().map(|font| ask(&font)))?
}

fn of_family(family: &Arc<str>, c: char, strong: bool) -> Option<Face> {
    let weight = if strong { Weight::BOLD } else { Weight::NORMAL };
    let query = Query { families: &[Family::Name(family)], weight, ..Query::default() };
    let face = Face { id: DATABASE.query(&query)?, family: Arc::clone(family) };
    let drawn = |font: &FontRef<'_>| {
        let glyph = font.charmap().map(c)?;
        let coloured = [b"COLR", b"CBDT", b"sbix", b"SVG "];
        let coloured = coloured.into_iter().any(|tag| font.table_data(Tag::new(tag)).is_some());
        (!coloured && font.outline_glyphs().get(glyph).is_some()).then_some(())
    };
    with_font(face.id, drawn)?.map(|()| face)
}

/// The families, the most suitable first: plain before narrow, heavy or slanted, without serifs before with, and of
/// those that draw Chinese characters by country this user's country first.
fn families(database: &Database) -> Vec<Arc<str>> {
    let language = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    let mut found: Vec<(usize, Arc<str>)> = database
        .faces()
        .filter(|face| face.style == Style::Normal)
        .filter_map(|face| {
            let english = |name: &&(String, Language)| name.1 == Language::English_UnitedStates;
            let name = face.families.iter().find(english).or_else(|| face.families.first())?;
            Some((unsuitable(&name.0, &language, face.monospaced), Arc::from(name.0.as_str())))
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, family)| family).collect()
}

/// The less, the better.
fn unsuitable(family: &str, language: &str, monospaced: bool) -> usize {
    let words = |list: &[&str]| list.iter().any(|word| family.contains(word));
    // Fonts that have a box or nothing for everything.
    let stand_in = words(&["LastResort", "Last Resort", "Adobe Blank", "Unifont"]);
    let serif = words(&["Serif", "Song", "Ming", "Mincho", "Batang", "Times", "Roman"]);
    let narrow = words(&["Condensed", "Narrow", "Light", "Thin", "Black", "UI"]);
    let sans = words(&["Sans", "Gothic", "Hei", "Kaku", "Arial", "PingFang", "YaHei", "Meiryo"]);
    let country = match language.get(..5).unwrap_or(language) {
        "zh_TW" | "zh_HK" => [" TC", " HK"],
        language if language.starts_with("ja") => [" JP", " JP"],
        language if language.starts_with("ko") => [" KR", " KR"],
        _ => [" SC", " CN"],
    };
    let of_country = country.iter().any(|ending| family.ends_with(ending));
    16 * usize::from(stand_in)
        + 8 * usize::from(monospaced)
        + 4 * usize::from(serif)
        + 2 * usize::from(narrow)
        + usize::from(!sans)
        + usize::from(!of_country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_faces_come_first() {
        let order = |language: &str, names: [&'static str; 4]| {
            let mut names = names;
            names.sort_by_key(|name| unsuitable(name, language, name.contains("Mono")));
            names
        };
        assert_eq!(
            order(
                "de_DE.UTF-8",
                ["DejaVu Sans Mono", "Noto Serif CJK SC", "Noto Sans Thai UI", "Noto Sans CJK SC"]
            ),
            ["Noto Sans CJK SC", "Noto Sans Thai UI", "Noto Serif CJK SC", "DejaVu Sans Mono"]
        );
        let asian = ["Noto Sans CJK SC", "Noto Sans CJK KR", "Noto Sans CJK JP", "Noto Sans CJK TC"];
        assert_eq!(order("ja_JP.UTF-8", asian)[0], "Noto Sans CJK JP");
        assert_eq!(order("zh_TW.UTF-8", asian)[0], "Noto Sans CJK TC");
        assert_eq!(order("C", asian)[0], "Noto Sans CJK SC");
    }
}
