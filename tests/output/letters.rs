//! Names in letters that Inter lacks: on the page they come from the fonts of this computer, shaped, in reading order
//! and embedded. `scripts/test` installs fonts that have them all.

use std::fmt::Write as _;

use resvg::usvg;
use spinepace::render::report::{Options, Page, Paper, Warning};

use super::report::{Summarized, assert_fits, poppler, texts};

/// A name in each of the writings that Inter lacks.
const NAMES: [(&str, &str); 6] = [
    ("Chinese", "王小明"),
    ("Japanese", "山田 はなこ"),
    ("Korean", "김민준"),
    ("Thai", "สมชาย ใจดี"),
    ("Arabic", "محمد حسين"),
    ("Hebrew", "שרה כהן"),
];

fn page(name: &str, note: &str) -> Page {
    let options = Options { name: name.to_owned(), note: note.to_owned(), ..Options::default() };
    Summarized::made(&[(600, 1.7), (300, 2.5)]).page(&options)
}

fn assert_no_warnings(what: &str, page: &Page) {
    let fonts = "this computer lacks fonts; install fonts-wqy-microhei and fonts-noto-core (Debian's names)";
    assert!(page.warnings().is_empty(), "{what}: {:?}; {fonts}", page.warnings());
}

/// Without blanks and the marks that only order a line.
fn letters(text: &str) -> String {
    let marks = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{2068}', '\u{2069}'];
    text.chars().filter(|c| !c.is_whitespace() && !marks.contains(c)).collect()
}

#[test]
fn names_in_every_writing_are_on_the_page_and_can_be_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    for (writing, name) in NAMES {
        let page = page(name, "");
        assert_no_warnings(writing, &page);
        assert_fits(writing, &page, Paper::A4);
        assert!(page.title().contains(name), "{writing}: {}", page.title());
        let path = folder.path().join("name.pdf");
        std::fs::write(&path, page.to_pdf().expect("a PDF")).expect("written");
        let path = path.display().to_string();
        let Some(text) = poppler("pdftotext", &["-layout", &path, "-"]) else {
            println!("poppler is not installed: {name} not read back");
            continue;
        };
        assert!(letters(&text).contains(&letters(name)), "{writing}: {name} not in {text}");
        let fonts = poppler("pdffonts", &[&path]).expect("fonts");
        assert!(fonts.lines().skip(2).any(|font| !font.contains("Inter")), "{writing}: {fonts}");
        for font in fonts.lines().skip(2) {
            assert!(font.contains("yes yes yes"), "{writing}: not embedded: {fonts}");
        }
    }
}

#[test]
fn a_name_that_is_read_from_the_right_stands_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("name.pdf");
    for name in ["שרה כהן", "محمد الأحمد"] {
        let page = page(name, "");
        assert_no_warnings(name, &page);
        std::fs::write(&path, page.to_pdf().expect("a PDF")).expect("written");
        let Some(places) = poppler("pdftotext", &["-bbox", &path.display().to_string(), "-"]) else {
            println!("poppler is not installed: {name} not looked at");
            return;
        };
        let left_of = |word: &str| {
            // Its letters come in the order in which they stand, and in forms that tell where in the word.
            let sorted = |word: &str| {
                let mut letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
                letters.sort_unstable();
                letters
            };
            let line = places.lines().find(|line| {
                line.split(['<', '>']).nth(2).is_some_and(|found| sorted(found) == sorted(word))
            });
            let line = line.unwrap_or_else(|| panic!("{word} not in {places}"));
            let (_, rest) = line.split_once("xMin=\"").expect("a place");
            rest.split('"').next().and_then(|x| x.parse::<f64>().ok()).expect("a number")
        };
        let (first, last) = name.split_once(' ').expect("two words");
        assert!(left_of(first) > left_of(last), "{first} is read before {last}");
        // The date after the name is the program's own, and follows at the right.
        assert!(left_of("2026") > left_of(first), "{places}");
    }
}

/// Every piece of a mixed line begins where the one before ends: what was measured is what is drawn.
#[test]
fn mixed_lines_are_measured_as_they_are_drawn() {
    let mut note = String::new();
    for (_, name) in NAMES {
        write!(note, "{name} ran 5 km. ").expect("text");
    }
    let page = page("Ann", &note);
    assert_no_warnings("a mixed note", &page);
    assert_fits("a mixed note", &page, Paper::A4);
    let pieces: Vec<(String, usvg::Rect)> = texts(&page)
        .into_iter()
        .filter(|(words, _)| {
            words.contains("ran 5 km") || NAMES.iter().any(|(_, name)| name.contains(words.as_str()))
        })
        .collect();
    assert!(pieces.len() >= 12, "{pieces:?}");
    for pair in pieces.windows(2) {
        let [(before, a), (after, b)] = pair else { continue };
        if (a.bottom() - b.bottom()).abs() < 6.0 && b.left() > a.left() {
            let gap = b.left() - a.right();
            assert!((-1.0..6.0).contains(&gap), "{gap} pt between “{before}” and “{after}”");
        }
    }
}

#[test]
fn what_no_font_has_is_marked_and_said() {
    // For private use: no font has them.
    let page = page("\u{10fffd}\u{f5555} Ann", "");
    assert_eq!(page.warnings(), [Warning::GlyphsMissing(vec!['\u{f5555}', '\u{10fffd}'])]);
    assert!(texts(&page).iter().any(|(words, _)| words.starts_with("□□ Ann")));
}
