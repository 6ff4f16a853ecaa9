//! The one-page report: it fits whatever the run, its fonts are embedded, and it says what the other outputs say.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use resvg::usvg;
use spinepace::{
    band::{Edges, Summary},
    recording::{self, Recording},
    render::{
        self,
        report::{Options, PNG_DPI, Page, Paper, Warning},
    },
    run::Run,
    samples, units,
};

pub struct Summarized {
    run: Run,
    summary: Summary,
}

impl Summarized {
    pub fn of(recording: Recording) -> Self {
        let run = Run::estimate(recording);
        let summary = run.summary(Edges::default());
        Self { run, summary }
    }

    pub fn with(self, edges: Edges) -> Self {
        Self { summary: self.run.summary(edges), run: self.run }
    }

    /// A run due north: stretches of (seconds, speed in m/s), a fix each second.
    pub fn made(stretches: &[(u32, f64)]) -> Self {
        let mut gpx = String::from("<gpx version=\"1.1\"><trk><name>Made</name><trkseg>");
        let (mut second, mut metres) = (0_u32, 0.0);
        for &(seconds, speed) in stretches {
            for _ in 0..seconds {
                let time = chrono::DateTime::from_timestamp(1_790_000_000 + i64::from(second), 0)
                    .expect("a time")
                    .to_rfc3339();
                let latitude = metres / 111_132.0;
                write!(gpx, "<trkpt lat=\"{latitude:.8}\" lon=\"20\"><time>{time}</time></trkpt>")
                    .expect("text");
                second += 1;
                metres += speed;
            }
        }
        gpx.push_str("</trkseg></trk></gpx>");
        Self::of(recording::read_bytes("made", gpx.as_bytes()).expect("a run"))
    }

    pub fn page(&self, options: &Options) -> Page {
        Page::new(&self.run, &self.summary, options)
    }
}

/// Every piece of text with its box, pt.
pub fn texts(page: &Page) -> Vec<(String, usvg::Rect)> {
    fn collect(group: &usvg::Group, found: &mut Vec<(String, usvg::Rect)>) {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => collect(group, found),
                usvg::Node::Text(text) => {
                    let words: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
                    found.push((words.trim().to_owned(), text.abs_bounding_box()));
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(render::tree(page.to_svg()).expect("svg").root(), &mut found);
    found
}

/// All text lies inside the page's margins and none covers another.
pub fn assert_fits(what: &str, page: &Page, paper: Paper) {
    let [width, height] = paper.size_pt();
    let texts = texts(page);
    assert!(texts.len() > 40, "{what}: {} texts", texts.len());
    for (words, place) in &texts {
        let inside = f64::from(place.left()) >= 30.0
            && f64::from(place.right()) <= width - 30.0
            && f64::from(place.top()) >= 20.0
            && f64::from(place.bottom()) <= height - 15.0;
        assert!(inside, "{what}: “{words}” at {place:?} on {paper}");
    }
    for (k, (words, a)) in texts.iter().enumerate() {
        for (others, b) in &texts[k + 1..] {
            let across = a.right().min(b.right()) - a.left().max(b.left());
            let down = a.bottom().min(b.bottom()) - a.top().max(b.top());
            // Boxes hold ascenders and descenders: lines may touch, not cover.
            let least = a.height().min(b.height());
            assert!(
                across < 0.5 || down < 0.3 * least,
                "{what}: “{words}” {a:?} covers “{others}” {b:?} on {paper}"
            );
        }
    }
}

/// Runs one of poppler's tools, where installed.
pub fn poppler(tool: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(tool).args(arguments).output().ok()?;
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// One page of the right size, fonts embedded, headline and interval readable; says so where poppler is missing.
fn assert_pdf(what: &str, run: &Summarized, options: &Options, folder: &Path) {
    let page = run.page(options);
    let pdf = page.to_pdf().expect("a PDF");
    let plain = String::from_utf8_lossy(&pdf).replace("/Lang (", "/Lang(");
    assert!(plain.starts_with("%PDF-") && plain.contains("/Lang(en-GB)"), "{what}");
    let path = folder.join("page.pdf");
    std::fs::write(&path, &pdf).expect("written");
    let path = path.display().to_string();
    let Some(info) = poppler("pdfinfo", &[&path]) else {
        println!("poppler is not installed: PDF of {what} not looked into");
        return;
    };
    let size = match options.paper {
        Paper::A4 => "595 x 842 pts",
        Paper::Letter => "612 x 792 pts",
    };
    assert!(info.contains(size) && info.contains("Pages:           1"), "{what}: {info}");
    assert!(info.contains("Title:           Running and your back"), "{what}: {info}");
    let fonts = poppler("pdffonts", &[&path]).expect("fonts");
    assert!(fonts.lines().count() >= 4, "{what}: {fonts}");
    for font in fonts.lines().skip(2) {
        assert!(font.contains("Inter") && font.contains("yes yes yes"), "{what}: {fonts}");
    }
    let text = poppler("pdftotext", &["-layout", &path, "-"]).expect("text");
    let totals = &run.summary.totals;
    // A large number and its small unit come out without the blank between them.
    let close = |words: &str| words.split_whitespace().collect::<String>();
    let in_band = units::duration_exact_words(totals.in_band_s);
    assert!(close(&text).contains(&close(&in_band)), "{what}: {text}");
    assert!(text.contains(&format!("{} of moving time", units::percent(totals.share()))), "{what}: {text}");
    assert!(text.contains("Educational, not a diagnosis"), "{what}");
    if let Some(interval) = run.summary.interval {
        let words = spinepace::text::headline::interval_words(interval);
        assert!(text.contains(&words), "{what}: {words} not in {text}");
    }
}

#[test]
fn every_sample_is_one_page_on_either_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    for sample in samples::ALL {
        let run = Summarized::of(sample.recording().expect("a sample"));
        for paper in Paper::ALL {
            for route in [false, true] {
                let options = Options { paper, route, ..Options::default() };
                assert_fits(sample.id, &run.page(&options), paper);
                assert_pdf(sample.id, &run, &options, folder.path());
            }
        }
    }
}

#[test]
fn every_real_run_is_one_page() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut folders = vec![corpus];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let folder = tempfile::tempdir().expect("a folder");
    let mut pages = 0;
    for file in &files {
        let Ok(recording) = recording::read_file(file) else { continue };
        let run = Summarized::of(recording);
        let options = Options { route: pages % 2 == 0, ..Options::default() };
        let what = file.display().to_string();
        assert_fits(&what, &run.page(&options), Paper::A4);
        assert_pdf(&what, &run, &options, folder.path());
        pages += 1;
    }
    if pages == 0 {
        println!("no corpus beside the checkout: real runs not tried");
    } else {
        println!("{pages} real runs, one page each");
    }
}

#[test]
fn any_run_fits() {
    let hours = 6 * 3600;
    let runs = [
        ("three minutes", Summarized::made(&[(180, 1.6)])),
        ("ten seconds", Summarized::made(&[(10, 1.6)])),
        ("six hours", Summarized::made(&[(hours / 2, 1.7), (600, 0.0), (hours / 2, 2.6)])),
        ("nothing in band", Summarized::made(&[(1800, 3.4)])),
        ("all in band", Summarized::made(&[(1800, 1.7)])),
        ("standing", Summarized::made(&[(900, 0.0)])),
        ("sixty kilometres", Summarized::made(&[(15_000, 4.0)])),
    ];
    for (what, run) in &runs {
        for paper in Paper::ALL {
            for unit in units::SpeedUnit::ALL {
                let options = Options {
                    paper,
                    unit,
                    route: true,
                    name: "Wilhelmina ".repeat(18),
                    note: "Walk breaks every five minutes, and less on hills. ".repeat(30),
                };
                assert_fits(what, &run.page(&options), paper);
            }
        }
    }
}

#[test]
fn words_in_other_letters_can_be_read_back() {
    let run = Summarized::made(&[(600, 1.7), (300, 2.5)]);
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["Ελένη Παπαδοπούλου", "Zażółć Gęślą-Jaźń", "Çağrı Iğdır İşçi", "Юлия Щербакова"]
    {
        let options = Options { name: name.to_owned(), ..Options::default() };
        let page = run.page(&options);
        assert!(page.warnings().is_empty(), "{name}: {:?}", page.warnings());
        assert!(page.title().contains(name) && page.to_svg().contains(name));
        let path = folder.path().join("name.pdf");
        std::fs::write(&path, page.to_pdf().expect("a PDF")).expect("written");
        let path = path.display().to_string();
        match poppler("pdftotext", &["-layout", &path, "-"]) {
            Some(text) => assert!(text.contains(name), "{name}: {text}"),
            None => println!("poppler is not installed: {name} not read back"),
        }
    }
}

#[test]
fn what_does_not_fit_is_shortened_and_said() {
    let run = Summarized::made(&[(600, 1.7)]);
    let note = "Ten words are in this sentence, and it is repeated. ".repeat(100);
    let page = run.page(&Options { note, ..Options::default() });
    let [Warning::NoteShortened { shown, of }] = page.warnings() else { panic!("{:?}", page.warnings()) };
    assert!(*shown > 500 && shown < of);
    let said = format!("{shown} of its {of} characters are shown");
    assert!(texts(&page).iter().any(|(words, _)| words.contains(&said)));

    let page = run.page(&Options { name: "Bartholomew ".repeat(200), ..Options::default() });
    assert_eq!(page.warnings(), [Warning::NameShortened]);
}

/// The runner turns 154 m after the start and before the end: with 200 m hidden at both, only the straight way between
/// is drawn, and no dot says where the run began.
#[test]
fn no_route_unless_asked_and_never_its_ends() {
    let mut gpx = String::from("<gpx version=\"1.1\"><trk><trkseg>");
    let (mut north_m, mut east_m) = (0.0, 0.0);
    for second in 0..940_i64 {
        let time = chrono::DateTime::from_timestamp(1_790_000_000 + second, 0).expect("a time").to_rfc3339();
        let (latitude, longitude) = (north_m / 111_132.0, 20.0 + east_m / 111_320.0);
        write!(gpx, "<trkpt lat=\"{latitude:.8}\" lon=\"{longitude:.8}\"><time>{time}</time></trkpt>")
            .expect("text");
        if (70..870).contains(&second) { north_m += 2.2 } else { east_m += 2.2 }
    }
    gpx.push_str("</trkseg></trk></gpx>");
    let run = Summarized::of(recording::read_bytes("bent", gpx.as_bytes()).expect("a run"));
    let page = |route| run.page(&Options { route, ..Options::default() });
    let label = |page: &Page| {
        let found = texts(page).into_iter().find(|(words, _)| words.contains("start and end hidden"));
        found.map(|(_, place)| place)
    };
    assert_eq!(label(&page(false)), None);
    let label = label(&page(true)).expect("a route's heading");
    // The route is the only tall line below its heading.
    let tall: Vec<usvg::Rect> = lines(&page(true))
        .into_iter()
        .filter(|line| {
            line.left() >= label.left()
                && line.top() > label.bottom()
                && line.bottom() < label.bottom() + 200.0
        })
        .filter(|line| line.height() > 40.0)
        .collect();
    assert!(!tall.is_empty(), "no route below {label:?}");
    for line in tall {
        assert!(line.width() < 2.0, "the way to the first corner is drawn: {line:?}");
    }
}

/// The boxes of all lines that are drawn, pt.
fn lines(page: &Page) -> Vec<usvg::Rect> {
    fn collect(group: &usvg::Group, found: &mut Vec<usvg::Rect>) {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => collect(group, found),
                usvg::Node::Path(path) if path.stroke().is_some() && path.fill().is_none() => {
                    found.push(path.abs_bounding_box());
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(render::tree(page.to_svg()).expect("svg").root(), &mut found);
    found
}

/// All words of a page, drawn or told to screen readers.
fn words(page: &Page) -> String {
    let drawn = texts(page).into_iter().map(|(words, _)| words).collect::<Vec<_>>().join(" ");
    let told = page.to_svg().split("<desc>").nth(1).and_then(|rest| rest.split("</desc>").next());
    format!("{} {drawn}", told.expect("a description"))
}

#[test]
fn another_threshold_keeps_no_health_claim() {
    let edges = Edges::new(2.98, 1.5).expect("edges");
    for stretches in [&[(900, 1.7), (900, 3.4)][..], &[(1800, 1.7)], &[(1800, 3.4)]] {
        let all = words(&Summarized::made(stretches).with(edges).page(&Options::default()));
        assert!(all.contains("at or below your threshold of 2.98 m/s (the article says 2)"), "{all}");
        assert!(!all.contains("spine-friendly") && !all.contains("in that range"), "{all}");
        assert!(all.contains("Brisk means 1.5 to 2.98 m/s here"), "{all}");
        assert!(!all.contains("You can move both edges"), "nothing can be moved on paper: {all}");
    }
    let usual = words(&Summarized::made(&[(900, 1.7), (900, 3.4)]).page(&Options::default()));
    assert!(usual.contains("at a spine-friendly pace") && !usual.contains("your threshold"), "{usual}");
}

#[test]
fn a_gentle_walk_hears_what_the_study_saw() {
    let says = |stretches: &[(u32, f64)]| {
        words(&Summarized::made(stretches).page(&Options::default()))
            .contains("Slower walking did not go with better discs in the study.")
    };
    assert!(says(&[(1800, 1.2)]) && !says(&[(1800, 1.8)]));
}

#[test]
fn the_last_split_says_how_long_it_is() {
    let all = words(&Summarized::made(&[(850, 2.5)]).page(&Options::default()));
    assert!(all.contains("last 111 m"), "{all}");
}

#[test]
fn words_stay_kind() {
    for run in [
        Summarized::made(&[(1800, 3.4)]),
        Summarized::made(&[(1800, 1.7)]),
        Summarized::made(&[(900, 1.7), (900, 2.8)]),
    ] {
        let all: String = texts(&run.page(&Options::default()))
            .iter()
            .map(|(words, _)| words.to_lowercase() + " ")
            .collect();
        for word in ["too fast", " risk", "harmful for", "danger", "is bad for"] {
            assert!(!all.contains(word), "{word}");
        }
        assert!(all.contains("not a diagnosis") && all.contains("why 2 metres a second?"));
    }
}

#[test]
fn a_png_has_two_hundred_pixels_to_the_inch() {
    let run = Summarized::made(&[(600, 1.7)]);
    for (paper, size) in [(Paper::A4, (1653, 2339)), (Paper::Letter, (1700, 2200))] {
        let page = run.page(&Options { paper, ..Options::default() });
        let (width, height, pixels) = page.to_pixels(PNG_DPI).expect("pixels");
        assert_eq!((width, height), size);
        assert!(pixels.chunks(4).filter(|pixel| pixel[0] < 100).count() > 10_000, "something is drawn");
        assert!(page.to_png(72.0).expect("a PNG").starts_with(b"\x89PNG"));
    }
}
