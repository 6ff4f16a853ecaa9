//! The explanation shown beside the numbers: the words of `assets/article.md`, and one paragraph that
//! speaks of the run on show.

use crate::{
    band::{Block, State, Summary},
    units::{self, SpeedUnit},
};

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
    /// What brisk means, and that its edge is an assumption.
    Brisk,
    /// That faster is not harmful.
    Faster,
    /// For a run wholly above the band.
    NoneInBand,
    /// Educational, not a diagnosis.
    Disclaimer,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::Answer,
        Self::Speed,
        Self::Projector,
        Self::Why,
        Self::Study,
        Self::Unknown,
        Self::Brisk,
        Self::Faster,
        Self::NoneInBand,
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
            Self::Brisk => "brisk",
            Self::Faster => "faster",
            Self::NoneInBand => "none",
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

/// What the threshold is in other units: label and value, as the panel's small table shows them.
pub fn conversions(upper_mps: f64) -> Vec<(&'static str, String)> {
    [
        ("Pace", SpeedUnit::MinutesPerKilometre),
        ("", SpeedUnit::MinutesPerMile),
        ("Speed", SpeedUnit::KilometresPerHour),
        ("", SpeedUnit::MilesPerHour),
    ]
    .map(|(label, unit)| (label, unit.format_short(upper_mps)))
    .to_vec()
}

/// What the article means for this run. `blocks` are the run's own.
pub fn in_this_run(summary: &Summary, blocks: &[Block]) -> Paragraph {
    let totals = &summary.totals;
    let (share, moving) = (totals.share(), units::duration(totals.moving_s()));
    if totals.moving_s() < 1.0 {
        return spans("**In this recording** nobody moved at walking pace or faster.");
    }
    if totals.in_band_s < 1.0 {
        return section(Section::NoneInBand).swap_remove(0);
    }
    if share > 0.995 {
        return spans(&format!(
            "**In this run** you stayed in that range all of the {moving} you were moving."
        ));
    }
    let mut text = format!(
        "**In this run** you stayed in that range for {} of {moving} moving",
        units::duration(totals.in_band_s)
    );
    text.push_str(&where_mostly(totals.in_band_s, blocks));
    text.push('.');
    if share < 0.1 {
        text.push_str(" Faster is not harmful; a walk break or an easy start would add time in the range.");
    }
    spans(&text)
}

/// The same of a stretch of the run. `blocks` are the stretch's own, their times those of the run.
pub fn in_this_stretch(summary: &Summary, blocks: &[Block]) -> Paragraph {
    let mut paragraph = in_this_run(summary, blocks);
    for span in &mut paragraph {
        span.text = span.text.replace("this run", "this stretch").replace("this recording", "this stretch");
    }
    paragraph
}

/// ", mostly in two blocks: 0–5 min and 38–52 min", where at most three blocks hold most of the time.
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
        [one] => format!(", mostly in one block: {one}"),
        [one, two] => format!(", mostly in two blocks: {one} and {two}"),
        [one, two, three] => format!(", mostly in three blocks: {one}, {two} and {three}"),
        _ => String::new(),
    }
}

/// "38–52 min"; to the second where minutes would say nothing.
fn stretch(start_s: f64, end_s: f64) -> String {
    if end_s - start_s < 120.0 {
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

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn strong_words_stand_alone() {
        let speed = section(Section::Speed);
        let strong: Vec<_> =
            speed[0].iter().filter(|span| span.strong).map(|span| span.text.as_str()).collect();
        assert_eq!(strong, ["2 metres a second"]);
    }

    #[test]
    fn blocks_are_named_in_the_order_of_the_run() {
        let block = |state, start_s, end_s| Block { state, start_s, end_s };
        let blocks = [
            block(State::InBand, 0.0, 300.0),
            block(State::Faster, 300.0, 2280.0),
            block(State::InBand, 2280.0, 3120.0),
        ];
        assert_eq!(where_mostly(1450.0, &blocks), ", mostly in two blocks: 0–5 min and 38–52 min");
        assert_eq!(
            where_mostly(90.0, &[block(State::InBand, 5.0, 65.0)]),
            ", mostly in one block: 0:05–1:05"
        );
    }
}
