//! One page over some weeks of a runner: time in band week by week against what was agreed, and pain beside it.

use chrono::{Days, NaiveDate};

use crate::{
    band::Edges,
    figure::{Palette, Rgb, Role, Threshold, WeekColumn, WeeksFigure},
    render::{
        canvas::{Align, Canvas, Frame, draw_picture},
        charts,
        font::{self, Type},
    },
    text::{
        article::{self, Section},
        headline,
    },
    units::{self, SpeedUnit},
};

use super::{
    blocks::{Block, heading, soft},
    frame::foot,
    options::Paper,
    page::Page,
    sheet::{BODY, MARGIN_PT, ROW_PT, SMALL},
    warning::Warning,
    week_table::{self, PeriodWeek},
};

/// Some weeks of a runner, as the page shows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// Pseudonym or initials.
    pub name: String,
    /// The runner's colour in lists, where there is one.
    pub colour: Option<Rgb>,
    /// Below the name: a demo says so here.
    pub remark: String,
    /// What counts as in band.
    pub edges: Edges,
    /// The weeks, one after the other; at least one.
    pub weeks: Vec<PeriodWeek>,
    /// More time in band each week, s, and the ends of its 95 % interval.
    pub trend_s: Option<[f64; 3]>,
    /// The therapist's note; where empty, a box to write in.
    pub note: String,
}

const GUTTER_PT: f64 = 20.0;
const CHART_PT: f64 = 158.0;
const PAIN_PT: f64 = 56.0;
const TEXT_PT: f64 = 8.0;
const NOTE_PT: f64 = 62.0;
const NOTE_LINE_PT: f64 = 11.4;
const NOTE: Type = Type::regular(8.5);

impl Period {
    /// Draws the page.
    pub fn page(&self, paper: Paper) -> Page {
        let (name, mut lacking) = font::printable(self.name.trim());
        let (note, more) = font::printable(self.note.trim());
        lacking.extend(more);
        lacking.sort_unstable();
        lacking.dedup();
        let mut warnings = Vec::new();
        let title = format!("Running and your back: {name}, {}", self.dates());
        let words = format!("{} {}.", self.answer().0, self.answer().1);
        let svg = draw_picture(paper.size_pt(), Palette::Print, &title, &words, |canvas| {
            let sheet = PeriodSheet { canvas, period: self, name: &name, note: &note };
            sheet.draw(paper.size_pt(), &mut warnings);
        });
        if !lacking.is_empty() {
            warnings.push(Warning::GlyphsMissing(lacking));
        }
        Page::drawn(svg, title, paper, warnings)
    }

    /// "28 Sep 2026 to 29 Nov 2026"
    fn dates(&self) -> String {
        let day = |day: NaiveDate| day.format("%-d %b %Y").to_string();
        match (self.weeks.first(), self.weeks.last()) {
            (Some(first), Some(last)) => {
                format!("{} to {}", day(first.monday), day(last.monday + Days::new(6)))
            }
            _ => String::new(),
        }
    }

    /// Large, and below it: what was agreed and done, or where nothing was agreed how long it was.
    fn answer(&self) -> (String, String) {
        let dosed: Vec<_> =
            self.weeks.iter().filter(|week| week.minutes.is_some_and(week_table::Outcome::is_over)).collect();
        let pace = headline::pace_at(self.edges);
        if dosed.is_empty() {
            let all_s = self.weeks.iter().map(|week| week.in_band_s).fold(0.0, |sum, it| sum + it);
            return (units::duration_words(all_s), format!("{pace} in these weeks"));
        }
        let done = dosed.iter().filter(|week| week.minutes == Some(week_table::Outcome::Done)).count();
        (format!("{done} of {}", dosed.len()), format!("weeks with the agreed minutes {pace}"))
    }

    /// Four more numbers: what they are, and they.
    fn numbers(&self) -> [(String, String); 4] {
        let over: Vec<_> = self.weeks.iter().filter(|week| !week.is_unfinished).collect();
        let mean_s =
            over.iter().map(|week| week.in_band_s).fold(0.0, |sum, it| sum + it) / over.len().max(1) as f64;
        let agreed = self.weeks.last().and_then(|week| week.dose_s);
        let runs: usize = self.weeks.iter().map(|week| week.runs).sum();
        let trend = self.trend_s.map_or_else(
            || if runs == 0 { "no runs yet".to_owned() } else { "too few weeks".to_owned() },
            |[slope, low, high]| {
                let [slope, low, high] = [slope, low, high].map(|s| s / 60.0);
                format!("{slope:+.0} min ({low:+.0} to {high:+.0})")
            },
        );
        let pains: Vec<f64> = self.weeks.iter().filter_map(|week| week.pain).collect();
        let mean = |pains: &[f64]| pains.iter().fold(0.0, |sum, it| sum + it) / pains.len().max(1) as f64;
        let few = (pains.len() / 2).min(4);
        let pain = match few {
            0 => ("Pain, 0 to 10".to_owned(), "not recorded".to_owned()),
            few => (
                format!("Pain, first and last {few} weeks"),
                format!("{:.1} → {:.1}", mean(&pains[..few]), mean(&pains[pains.len() - few..])),
            ),
        };
        [
            (
                "Agreed in the last week".to_owned(),
                agreed.map_or_else(|| "nothing".to_owned(), |s| format!("{:.0} min a week", s / 60.0)),
            ),
            (format!("Mean of a week, {}", units::counted(runs, "run")), units::duration_words(mean_s)),
            ("Trend per week (95% interval)".to_owned(), trend),
            pain,
        ]
    }

    fn figure(&self) -> WeeksFigure {
        WeeksFigure::new(
            self.weeks
                .iter()
                .map(|week| WeekColumn {
                    name: week.monday.format("%-d %b").to_string(),
                    in_band_s: week.in_band_s,
                    interval_s: week.interval_s,
                    dose_s: week.dose_s,
                    is_unfinished: week.is_unfinished,
                    pain: week.pain,
                })
                .collect(),
        )
    }
}

struct PeriodSheet<'a, 'c> {
    canvas: &'a Canvas<'c>,
    period: &'a Period,
    name: &'a str,
    note: &'a str,
}

impl PeriodSheet<'_, '_> {
    fn draw(&self, [width, height]: [f64; 2], warnings: &mut Vec<Warning>) {
        let (canvas, inner) = (self.canvas, width - 2.0 * MARGIN_PT);
        self.header(inner, warnings);
        self.answer(inner);
        let upper = Threshold::new(self.period.edges, SpeedUnit::MetresPerSecond).short_label;
        let figure = self.period.figure();
        let mut y = 158.0;
        let title = format!("Time moving at {upper} or slower, week by week");
        heading(canvas, &title, MARGIN_PT, y);
        let chart_pt = CHART_PT + if figure.has_pain() { 0.0 } else { 24.0 };
        charts::weeks(canvas, &figure, Frame { x: MARGIN_PT, y: y + 11.0, width: inner, height: chart_pt });
        y += chart_pt + 22.0;
        if figure.has_pain() {
            heading(canvas, "Pain, mean of the week (0 none, 10 the worst)", MARGIN_PT, y);
            charts::pain(canvas, &figure, Frame { x: MARGIN_PT, y: y + 11.0, width: inner, height: PAIN_PT });
            y += PAIN_PT + 22.0;
        }
        let method = format!(
            "Method: time in band is the time moving at {upper} or slower, by GPS; the errors of a week’s runs are \
             independent. A dot is a day with at least five minutes in band, a ring a day with less. Done: the whole \
             interval reaches what was agreed; not done: none of it does."
        );
        let top = foot(canvas, &method, height - MARGIN_PT, inner);
        let note = Frame { x: MARGIN_PT, y: top - NOTE_PT - 10.0, width: inner, height: NOTE_PT };
        self.note(note, warnings);
        self.columns(y, note.y - 22.0, inner);
    }

    fn header(&self, inner: f64, warnings: &mut Vec<Warning>) {
        let canvas = self.canvas;
        let title = Type::strong(15.0);
        canvas.text([MARGIN_PT, 51.0], "Running and your back", title, Align::Start, canvas.rgb(Role::Ink));
        let right = MARGIN_PT + inner;
        let room = inner - title.width_pt("Running and your back") - 24.0;
        let name = BODY.shorten(self.name, room);
        if name != self.name {
            warnings.push(Warning::NameShortened);
        }
        let below = match self.period.remark.as_str() {
            "" => self.period.dates(),
            remark => format!("{remark} · {}", self.period.dates()),
        };
        canvas.text([right, 46.0], &name, BODY, Align::End, soft(canvas));
        if let Some(colour) = self.period.colour {
            canvas.dot([right - BODY.width_pt(&name) - 8.0, 42.8], 3.2, colour);
        }
        canvas.text([right, 59.5], &below, BODY.fitting(&below, room), Align::End, soft(canvas));
        canvas.line([[MARGIN_PT, 72.0], [right, 72.0]], 1.3, canvas.rgb(Role::Ink));
    }

    fn answer(&self, inner: f64) {
        let canvas = self.canvas;
        let (large, line) = self.period.answer();
        let room = inner - 262.0;
        let kind = Type::strong(36.0).fitting(&large, room);
        canvas.text([MARGIN_PT - 1.0, 112.0], &large, kind, Align::Start, canvas.rgb(Role::InBandText));
        for (k, line) in BODY.wrap(&line, room).iter().enumerate() {
            canvas.text([MARGIN_PT, 128.0 + 12.0 * k as f64], line, BODY, Align::Start, soft(canvas));
        }
        let right = MARGIN_PT + inner;
        for (k, (label, number)) in self.period.numbers().iter().enumerate() {
            let x = right - if k % 2 == 0 { 250.0 } else { 118.0 };
            let y = 89.0 + if k < 2 { 0.0 } else { 29.0 };
            canvas.text([x, y], label, SMALL.fitting(label, 124.0), Align::Start, canvas.rgb(Role::Muted));
            let kind = Type::strong(10.5).fitting(number, 122.0);
            canvas.text([x, y + 12.5], number, kind, Align::Start, canvas.rgb(Role::Ink));
        }
    }

    /// Left the weeks as a table, right the explanation.
    fn columns(&self, top: f64, foot: f64, inner: f64) {
        let canvas = self.canvas;
        let right_pt = 180.0;
        let left_pt = inner - right_pt - GUTTER_PT;
        let rows = ((foot - top - week_table::HEAD_PT) / ROW_PT).floor().max(1.0) as usize;
        week_table::draw(canvas, &self.period.weeks, [MARGIN_PT, top], left_pt, rows);
        let mut blocks =
            vec![("How sure is each column?", Section::Sure), ("How much is right?", Section::Dose)];
        if self.period.edges.is_articles_limit() {
            blocks.push(("Why 2 metres a second?", Section::Why));
            blocks.push(("What the study can and cannot say", Section::Study));
        }
        let mut y = top;
        for (name, section) in blocks {
            let block = Block::new(name, &article::section(section), right_pt, TEXT_PT);
            if y + block.height_pt() > foot + 10.0 {
                break;
            }
            block.draw(canvas, MARGIN_PT + left_pt + GUTTER_PT, y);
            y += block.height_pt();
        }
    }

    fn note(&self, frame: Frame, warnings: &mut Vec<Warning>) {
        let canvas = self.canvas;
        heading(canvas, "Therapist’s note", MARGIN_PT, frame.y - 13.0);
        canvas.round_border(frame, 4.0, 0.7, canvas.rgb(Role::Standing));
        let mut lines = NOTE.wrap(self.note, frame.width - 16.0);
        let most = ((frame.height - 9.0) / NOTE_LINE_PT) as usize;
        if lines.len() > most {
            lines.truncate(most - 1);
            let of = self.note.chars().count();
            let shown = lines.iter().map(|line| line.chars().count() + 1).sum::<usize>().min(of);
            lines.push(format!(
                "… The note is longer than this box: {shown} of its {of} characters are shown."
            ));
            warnings.push(Warning::NoteShortened { shown, of });
        }
        for (k, line) in lines.iter().enumerate() {
            let at = [frame.x + 8.0, frame.y + 13.0 + k as f64 * NOTE_LINE_PT];
            canvas.text(at, line, NOTE, Align::Start, canvas.rgb(Role::Ink));
        }
    }
}
