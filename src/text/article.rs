//! The explanation shown beside the numbers: the words of `assets/article.md`, and the paragraph about the run on
//! show.

use crate::{
    band::{Block, Edges, State, Summary},
    motion::SpeedSource,
    units::{self, SpeedUnit},
};

use super::headline::{exact, your_threshold};

const WORDS: &str = include_str!("../../assets/article.md");
const EVIDENCE: &str = include_str!("../../assets/evidence.md");

/// A part of the explanation; each is a section of `assets/article.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The article's question, the panel's title.
    Title,
    /// Its answer.
    Answer,
    /// What speed has to do with it.
    Speed,
    /// The same in one sentence, for a projector.
    Projector,
    /// Why 2 m/s, for the report.
    Why,
    /// What the study can and cannot say.
    Study,
    /// What later work adds.
    Unknown,
    /// That both edges can be moved, for the window alone.
    Edges,
    /// What the study says of faster running.
    Faster,
    /// What the study says of slower walking.
    Gentle,
    /// How much is right.
    Dose,
    /// How sure a week's column is.
    Sure,
    /// Educational, not a diagnosis.
    Disclaimer,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Title,
        Self::Answer,
        Self::Speed,
        Self::Projector,
        Self::Why,
        Self::Study,
        Self::Unknown,
        Self::Edges,
        Self::Faster,
        Self::Gentle,
        Self::Dose,
        Self::Sure,
        Self::Disclaimer,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Answer => "answer",
            Self::Speed => "speed",
            Self::Projector => "projector",
            Self::Why => "why",
            Self::Study => "study",
            Self::Unknown => "unknown",
            Self::Edges => "edges",
            Self::Faster => "faster",
            Self::Gentle => "gentle",
            Self::Dose => "dose",
            Self::Sure => "sure",
            Self::Disclaimer => "disclaimer",
        }
    }
}

/// A run of words in one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they stand out.
    pub strong: bool,
}

/// A paragraph; its spans follow each other without added blanks.
pub type Paragraph = Vec<Span>;

/// The paragraphs of one section.
pub fn section(section: Section) -> Vec<Paragraph> {
    body(WORDS, section.key()).split("\n\n").map(spans).collect()
}

/// A section's words without mark-up, paragraphs separated by a blank line.
pub fn plain(section: Section) -> String {
    body(WORDS, section.key()).replace("**", "")
}

/// The sources: title and paragraphs of each group.
pub fn sources() -> Vec<(&'static str, Vec<Paragraph>)> {
    EVIDENCE
        .split("\n## ")
        .skip(1)
        .filter_map(|part| part.split_once('\n'))
        .map(|(title, text)| (title, text.trim().split("\n\n").map(spans).collect()))
        .collect()
}

/// What the threshold is in other units: label and values, as the panel's small table shows them.
pub fn conversions(upper_mps: f64) -> [(&'static str, String); 2] {
    [
        ("Pace", [SpeedUnit::MinutesPerKilometre, SpeedUnit::MinutesPerMile]),
        ("Speed", [SpeedUnit::KilometresPerHour, SpeedUnit::MilesPerHour]),
    ]
    .map(|(label, units)| (label, units.map(|unit| unit.format_short(upper_mps)).join(" · ")))
}

/// What brisk means with these edges; nothing where there is no room for it below the upper one.
pub fn brisk(edges: Edges) -> Vec<Paragraph> {
    if edges.upper_mps() - edges.brisk_from_mps() < 0.005 {
        return Vec::new();
    }
    filled(if edges.is_articles_limit() { "brisk" } else { "brisk moved" }, edges)
}

/// Kind words for a run without time in band; `None` for every other run.
pub fn none_in_band(summary: &Summary) -> Option<Vec<Paragraph>> {
    let totals = &summary.totals;
    let none = summary.on_foot && totals.moving_s() >= 1.0 && totals.in_band_s < 1.0;
    let key = if summary.edges.is_articles_limit() { "none" } else { "none moved" };
    none.then(|| filled(key, summary.edges))
}

/// What is said instead for a ride, a swim or a drive.
const OTHER_SPORT: &str = "**This isn’t only a walk or a run**, so the minutes say nothing about a back. The study looked at \
                           people who walk and run; other sports were not part of it.";

/// What the article means for this run. `blocks` are the run's own.
pub fn in_this_run(summary: &Summary, blocks: &[Block]) -> Paragraph {
    let (totals, edges) = (&summary.totals, summary.edges);
    let (share, moving) = (totals.share(), units::duration_exact_words(totals.moving_s()));
    if totals.moving_s() < 1.0 {
        return spans("**In this recording** there is no movement at walking pace or faster.");
    }
    if !summary.on_foot {
        return spans(OTHER_SPORT);
    }
    if let Some(mut kind) = none_in_band(summary) {
        return kind.swap_remove(0);
    }
    let below = match edges.is_articles_limit() {
        true => exact(edges.upper_mps()),
        false => your_threshold(edges),
    };
    let how_long = match share > 0.995 {
        true => format!("all of the {moving} you were moving."),
        false => format!(
            "for {} of the {moving} you were moving{}.",
            units::duration_exact_words(totals.in_band_s),
            where_mostly(totals.in_band_s, blocks)
        ),
    };
    let mut sentences = vec![format!("**In this run** you stayed at or below {below} {how_long}")];
    if share < 0.1 {
        let faster = plain(Section::Faster);
        sentences
            .push(format!("The rest was faster. {faster} A walk break or an easy start would add time."));
    }
    sentences.extend(mostly_gentle(summary));
    if summary.source == SpeedSource::Device {
        sentences.push(
            "Without positions, these numbers are the word of a foot pod, treadmill or wrist alone."
                .to_owned(),
        );
    }
    spans(&sentences.join(" "))
}

/// A section with the edges put in.
fn filled(key: &str, edges: Edges) -> Vec<Paragraph> {
    let number = |speed_mps: f64| SpeedUnit::MetresPerSecond.number_short(speed_mps);
    let text = body(WORDS, key)
        .replace("{upper}", &number(edges.upper_mps()))
        .replace("{brisk_from}", &number(edges.brisk_from_mps()));
    text.split("\n\n").map(spans).collect()
}

/// The same of a stretch of the run. `blocks` are the stretch's own, their times those of the run.
pub fn in_this_stretch(summary: &Summary, blocks: &[Block]) -> Paragraph {
    let mut paragraph = in_this_run(summary, blocks);
    for span in &mut paragraph {
        span.text = span.text.replace("this run", "this stretch").replace("this recording", "this stretch");
    }
    paragraph
}

/// ", mostly in two stretches: 0–5 min and 38–52 min", where at most three blocks hold most of the time.
fn where_mostly(in_band_s: f64, blocks: &[Block]) -> String {
    let mut inside: Vec<&Block> = blocks.iter().filter(|block| block.state == State::InBand).collect();
    inside.sort_by(|a, b| b.duration_s().total_cmp(&a.duration_s()));
    let mut held_s = 0.0;
    let enough = inside.iter().position(|block| {
        held_s += block.duration_s();
        held_s >= 0.6 * in_band_s
    });
    let Some(count @ 1..=3) = enough.map(|last| last + 1) else { return String::new() };
    inside.truncate(count);
    inside.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let when: Vec<String> = inside.iter().map(|block| stretch(block.start_s, block.end_s)).collect();
    match when.as_slice() {
        [one] => format!(", mostly in one stretch: {one}"),
        [one, two] => format!(", mostly in two stretches: {one} and {two}"),
        [one, two, three] => format!(", mostly in three stretches: {one}, {two} and {three}"),
        _ => String::new(),
    }
}

/// "38–52 min"; to the second where minutes would say nothing.
fn stretch(start_s: f64, end_s: f64) -> String {
    if end_s >= 2.0 * 3600.0 {
        let hours = |seconds: f64| {
            let minutes = (seconds / 60.0).round() as u64;
            format!("{}:{:02}", minutes / 60, minutes % 60)
        };
        format!("{} – {} h", hours(start_s), hours(end_s))
    } else if end_s - start_s < 120.0 {
        format!("{}–{}", units::duration(start_s), units::duration(end_s))
    } else {
        format!("{:.0}–{:.0} min", start_s / 60.0, end_s / 60.0)
    }
}

/// The text under `## key`, without the blank lines around it.
fn body(source: &'static str, key: &str) -> &'static str {
    source
        .split("\n## ")
        .skip(1)
        .filter_map(|part| part.split_once('\n'))
        .find_map(|(name, text)| (name == key).then_some(text.trim()))
        .unwrap_or("")
}

/// Splits at `**`.
fn spans(text: &str) -> Paragraph {
    text.split("**")
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(index, part)| Span { text: part.replace('\n', " "), strong: index % 2 == 1 })
        .collect()
}

/// For a run whose time in band is mostly gentle: how much of it, and what the study says of slower walking.
fn mostly_gentle(summary: &Summary) -> Option<String> {
    let (totals, brisk_from_mps) = (&summary.totals, summary.edges.brisk_from_mps());
    let gentle_s = totals.in_band_s - totals.brisk_s;
    // Above 1.5 m/s no walk is slow.
    let large = gentle_s >= 0.5 * totals.in_band_s && gentle_s >= 0.1 * totals.moving_s() && gentle_s >= 30.0;
    (large && brisk_from_mps <= Edges::default().brisk_from_mps()).then(|| {
        let much = if gentle_s > 0.95 * totals.in_band_s { "Nearly all" } else { "Most" };
        format!("{much} of it was slower than {}. {}", exact(brisk_from_mps), plain(Section::Gentle))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{
        fixture::summary,
        headline::{band_name_at, headline, pace_at},
    };

    #[test]
    fn every_section_has_words() {
        for one in Section::ALL {
            assert!(!plain(one).is_empty(), "{one:?}");
        }
        assert_eq!(sources().len(), 4);
    }

    #[test]
    fn faster_is_never_called_bad() {
        let lower = WORDS.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
        for word in ["risk", "risky", "danger", "dangerous", "unsafe", "wrong"] {
            assert!(!words.contains(&word), "{word}");
        }
        assert!(!lower.contains("too fast"));
    }

    fn words(paragraph: &Paragraph) -> String {
        paragraph.iter().map(|span| span.text.as_str()).collect()
    }

    #[test]
    fn another_threshold_keeps_no_claim() {
        let edges = Edges::new(2.98, 1.5).expect("edges");
        let yours = "at or below your threshold of 2.98 m/s (the article says 2)";
        for run in [summary(edges, 700.0, 59.0, 203.0), summary(edges, 0.0, 900.0, 0.0)] {
            let told = words(&in_this_run(&run, &[]));
            assert!(told.contains(&format!("you stayed {yours}")), "{told}");
            assert!(headline(&run).contains(yours));
        }
        let all =
            [headline(&summary(edges, 700.0, 59.0, 203.0)), band_name_at(edges), words(&brisk(edges)[0])]
                .into_iter()
                .chain([words(&in_this_run(&summary(edges, 0.0, 0.0, 900.0), &[]))])
                .collect::<String>();
        assert!(!all.contains("spine-friendly") && !all.contains("in that range"), "{all}");
        assert!(all.contains("Brisk means 1.5 to 2.98 m/s here"), "{all}");
        assert!(
            pace_at(Edges::new(2.001, 1.5).expect("edges")).contains("spine-friendly"),
            "2.001 reads as 2"
        );
    }

    #[test]
    fn a_gentle_walk_hears_what_the_study_saw() {
        let says = |brisk_s, gentle_s, faster_s| {
            let run = summary(Edges::default(), brisk_s, gentle_s, faster_s);
            words(&in_this_run(&run, &[]))
                .contains("Slower walking did not go with better discs in the study.")
        };
        assert!(says(100.0, 3500.0, 20.0), "a hike");
        assert!(says(500.0, 700.0, 1200.0), "a run with long strolls");
        assert!(!says(1100.0, 360.0, 1200.0), "most of it was brisk");
        assert!(!says(40.0, 50.0, 2000.0), "hardly anything was gentle");
    }

    #[test]
    fn nothing_in_band_is_told_kindly() {
        let run = summary(Edges::default(), 0.0, 0.0, 1800.0);
        let told = words(&in_this_run(&run, &[]));
        assert!(told.contains("The study saw no harm in it; it found no link at higher speeds"), "{told}");
        assert!(none_in_band(&summary(Edges::default(), 60.0, 0.0, 60.0)).is_none());
    }

    #[test]
    fn strong_words_stand_alone() {
        let speed = section(Section::Speed);
        let strong: Vec<_> =
            speed[0].iter().filter(|span| span.strong).map(|span| span.text.as_str()).collect();
        assert_eq!(strong, ["2 metres a second"]);
    }

    #[test]
    fn a_run_of_thirty_hours_is_told_in_hours() {
        assert_eq!(stretch(12_060.0, 35_040.0), "3:21 – 9:44 h");
        assert_eq!(stretch(2280.0, 3120.0), "38–52 min");
    }

    #[test]
    fn blocks_are_named_in_the_order_of_the_run() {
        let block = |state, start_s, end_s| Block { state, start_s, end_s };
        let blocks = [
            block(State::InBand, 0.0, 300.0),
            block(State::Faster, 300.0, 2280.0),
            block(State::InBand, 2280.0, 3120.0),
        ];
        assert_eq!(where_mostly(1450.0, &blocks), ", mostly in two stretches: 0–5 min and 38–52 min");
        assert_eq!(
            where_mostly(90.0, &[block(State::InBand, 5.0, 65.0)]),
            ", mostly in one stretch: 0:05–1:05"
        );
    }
}
