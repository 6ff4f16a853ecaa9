//! The page of one run, arranged so that everything fits.

use crate::{
    band::{self, Summary},
    figure::{HistogramFigure, Palette, Role, RouteFigure, SpeedAxis, SpeedFigure, Threshold},
    render::{
        canvas::{Canvas, Frame, draw_picture},
        charts,
        font::{Direction, Type},
    },
    text::{
        article::{self, Section},
        headline,
    },
    units::SpeedUnit,
};

use super::{
    blocks::{Block, heading},
    options::HIDDEN_ENDS_M,
    rows,
    sheet::{Content, MARGIN_PT, ROW_PT, Sheet},
    warning::Warning,
};

/// Between the two columns.
const GUTTER_PT: f64 = 20.0;
/// Below the speed chart.
const BELOW_SPEED_PT: f64 = 10.0;
/// Above and below the histogram, for its heading and that of the splits.
const ABOUT_HISTOGRAM_PT: f64 = 19.0;
/// Above and below the route.
const ABOUT_ROUTE_PT: f64 = 23.0;
/// The splits' heading, the words over the columns, and the room below the last row.
const SPLITS_HEAD_PT: f64 = 35.0;
/// What the last block of the explanation leaves empty below itself.
const AFTER_TEXT_PT: f64 = 12.0;
/// Splits have at least so many rows, unless there are fewer.
const LEAST_ROWS: usize = 3;
/// The explanation has at least: what it means, why, what the study can say.
const LEAST_TEXTS: usize = 3;
/// The note's box is at least this high: room to write two lines by hand.
const NOTE_LEAST_PT: f64 = 40.0;
const NOTE: Type = Type::regular(8.5);
/// For its heading.
const ABOVE_NOTE_PT: f64 = 13.0;
const NOTE_LINE_PT: f64 = 11.4;

/// Draws the page as SVG.
pub fn draw(content: &Content, title: &str, warnings: &mut Vec<Warning>) -> String {
    let words = format!("{}.", headline::headline(content.summary));
    draw_picture(content.options.paper.size_pt(), Palette::Print, title, &words, |canvas| {
        Sheet { canvas, content, upper: upper(content.summary) }.draw(warnings);
    })
}

/// "2.0 m/s"
fn upper(summary: &Summary) -> String {
    Threshold::new(summary.edges, SpeedUnit::MetresPerSecond).short_label
}

/// How close things stand.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_field_names, reason = "the unit stands in every name")]
struct Density {
    /// The speed chart's least and greatest height.
    speed_pt: [f64; 2],
    /// Height of histogram and route.
    chart_pt: f64,
    /// Greatest height of the note's box.
    note_pt: f64,
    /// Size of the explanation's type.
    text_pt: f64,
}

/// As airy as fits: a long note, a long name and a route together need the last.
const DENSITIES: [Density; 5] = [
    Density { speed_pt: [104.0, 150.0], chart_pt: 104.0, note_pt: 124.0, text_pt: 8.0 },
    Density { speed_pt: [96.0, 104.0], chart_pt: 96.0, note_pt: 124.0, text_pt: 7.6 },
    Density { speed_pt: [86.0, 92.0], chart_pt: 84.0, note_pt: 96.0, text_pt: 7.3 },
    Density { speed_pt: [76.0, 80.0], chart_pt: 74.0, note_pt: 66.0, text_pt: 7.0 },
    Density { speed_pt: [64.0, 68.0], chart_pt: 64.0, note_pt: 44.0, text_pt: 6.6 },
];

/// What goes where below the headline.
struct Plan {
    /// Whether all of it finds room.
    fits: bool,
    /// Height of the speed chart.
    speed_pt: f64,
    /// Blocks of the explanation in the right column.
    right: usize,
    /// Blocks of the explanation in all.
    shown: usize,
    /// Rows of splits that fit.
    rows: usize,
}

/// The therapist's note, ready to draw.
struct Note {
    lines: Vec<String>,
    shortened: Option<Warning>,
    height_pt: f64,
}

impl Sheet<'_, '_> {
    fn draw(&self, warnings: &mut Vec<Warning>) {
        let [width, height] = self.content.options.paper.size_pt();
        let inner = width - 2.0 * MARGIN_PT;
        self.canvas.rect(Frame { x: 0.0, y: 0.0, width, height }, self.canvas.rgb(Role::Card));
        let y = self.header(inner, warnings);
        let y = self.headline(y, inner);
        let foot = self.footer(height - 26.0, inner);
        let bottom = foot - 10.0;
        let column = (inner - GUTTER_PT) / 2.0;
        let arranged = DENSITIES.map(|density| {
            let note = self.note(inner, density.note_pt);
            let foot = bottom - note.height_pt - ABOVE_NOTE_PT - 8.0;
            let texts = self.texts(column, density.text_pt);
            let plan = self.plan(density, y, foot, &texts);
            (density, note, foot, texts, plan)
        });
        let last = arranged.len() - 1;
        let chosen = arranged.iter().position(|arranged| arranged.4.fits).unwrap_or(last);
        let (density, note, foot, texts, plan) = &arranged[chosen];
        warnings.extend(note.shortened.clone());

        let (edges, unit) = (self.content.summary.edges, self.content.options.unit);
        heading(self.canvas, &format!("Speed over time ({})", unit.symbol()), MARGIN_PT, y);
        let figure = SpeedFigure::new(self.content.run, edges, unit, SpeedAxis::Elapsed);
        let frame = Frame { x: MARGIN_PT, y: y + 12.0, width: inner, height: plan.speed_pt };
        charts::speed(self.canvas, &figure, frame);
        let top = frame.bottom() + BELOW_SPEED_PT;
        let end = self.columns(density.chart_pt, top, *foot, column, texts, plan);
        // What the columns leave is room to write.
        let most = density.note_pt.max(note.height_pt);
        let height = (bottom - end - ABOVE_NOTE_PT - 14.0).clamp(note.height_pt, most);
        let frame = Frame { x: MARGIN_PT, y: bottom - height, width: inner, height };
        self.draw_note(note, frame);
    }

    /// Whether a route is drawn: it is wanted, and there is one.
    fn has_route(&self) -> bool {
        self.content.options.route && self.content.run.recording.fixes.has_positions()
    }

    /// The plan that shows most: splits ungrouped, then the whole explanation, then a high speed chart.
    fn plan(&self, density: Density, y: f64, foot: f64, texts: &[Block]) -> Plan {
        let splits = rows::count(&self.content.run.motion, self.content.options.unit);
        let beside = if self.has_route() { density.chart_pt + ABOUT_ROUTE_PT } else { 0.0 };
        let [least_pt, greatest_pt] = density.speed_pt;
        let mut best: Option<(f64, Plan)> = None;
        for step in 0..=6 {
            let speed_pt = greatest_pt - f64::from(step) * (greatest_pt - least_pt) / 6.0;
            let top = y + 12.0 + speed_pt + BELOW_SPEED_PT;
            for shown in LEAST_TEXTS..=texts.len() {
                let mut used = 0.0;
                let fits = |block: &&Block| {
                    used += block.height_pt();
                    used <= foot - top - beside + AFTER_TEXT_PT
                };
                let right = texts[..shown].iter().take_while(fits).count();
                let left_pt: f64 = texts[right..shown].iter().map(Block::height_pt).sum();
                let room = foot - top - density.chart_pt - ABOUT_HISTOGRAM_PT - SPLITS_HEAD_PT - left_pt;
                let most = (room / ROW_PT).floor();
                let fits = most >= splits.min(LEAST_ROWS) as f64;
                let grouped = (splits as f64 / most.max(1.0)).max(1.0);
                let score = if fits { 0.0 } else { most - 100.0 } - grouped.min(20.0)
                    + 0.4 * (shown - LEAST_TEXTS) as f64
                    - 0.01 * f64::from(step);
                if best.as_ref().is_none_or(|(other, _)| score > *other) {
                    best = Some((score, Plan { fits, speed_pt, right, shown, rows: most.max(1.0) as usize }));
                }
            }
        }
        best.map_or(Plan { fits: false, speed_pt: least_pt, right: 0, shown: 0, rows: 1 }, |best| best.1)
    }

    /// The explanation, most needful first; the last may be left out where there is no room.
    fn texts(&self, column: f64, size_pt: f64) -> Vec<Block> {
        let content = self.content;
        let blocks = band::blocks(&content.run.motion.steps, content.summary.edges);
        let mut means = vec![article::in_this_run(content.summary, &blocks)];
        means.extend(article::brisk(content.summary.edges));
        vec![
            Block::new("What it means", &means, column, size_pt),
            Block::new("Why 2 metres a second?", &article::section(Section::Why), column, size_pt),
            Block::new(
                "What the study can and cannot say",
                &article::section(Section::Study),
                column,
                size_pt,
            ),
            Block::new("What later work adds", &article::section(Section::Unknown), column, size_pt),
        ]
    }

    /// Left the histogram and the splits, right the route and the explanation, which goes on below the splits.
    /// Gives where the longer one ends.
    fn columns(&self, chart_pt: f64, top: f64, foot: f64, column: f64, texts: &[Block], plan: &Plan) -> f64 {
        let canvas = self.canvas;
        let content = self.content;
        let (edges, unit) = (content.summary.edges, content.options.unit);
        let (left, right) = (MARGIN_PT, MARGIN_PT + column + GUTTER_PT);

        heading(canvas, &format!("Time at each speed ({})", unit.symbol()), left, top);
        let histogram = HistogramFigure::new(&content.run.motion.steps, edges, unit);
        let frame = Frame { x: left, y: top + 11.0, width: column, height: chart_pt };
        charts::histogram(canvas, &histogram, frame);
        let table = rows::table(content.run, edges, unit, plan.rows);
        let splits_y = top + chart_pt + ABOUT_HISTOGRAM_PT;
        table.draw(canvas, [left, splits_y], column, unit, &self.upper);

        let mut y = top;
        if self.has_route() {
            heading(canvas, "Where (start and end hidden)", right, y);
            let figure = RouteFigure::new(content.run, edges, HIDDEN_ENDS_M);
            let frame = Frame { x: right, y: y + 13.0, width: column, height: chart_pt };
            charts::route(canvas, &figure, unit.is_imperial(), frame);
            y = frame.bottom() + 10.0;
        }
        let (beside, below) = texts[..plan.shown].split_at(plan.right);
        let right_end = spread(canvas, beside, right, y, foot);
        let splits_end = splits_y + SPLITS_HEAD_PT + table.rows.len() as f64 * ROW_PT;
        right_end.max(spread(canvas, below, left, splits_end, foot))
    }

    /// The therapist's note, broken into lines; too long is said in its last line.
    fn note(&self, inner: f64, most_pt: f64) -> Note {
        let note = self.content.note.as_str();
        let mut lines = NOTE.wrap(note, inner - 16.0);
        let most = ((most_pt - 9.0) / NOTE_LINE_PT) as usize;
        let mut shortened = None;
        if lines.len() > most {
            lines.truncate(most - 1);
            let of = note.chars().count();
            // Every line gave up a blank or a line end.
            let shown = lines.iter().map(|line| line.chars().count() + 1).sum::<usize>().min(of);
            shortened = Some(Warning::NoteShortened { shown, of });
            lines.push(format!(
                "… The note is longer than this box: {shown} of its {of} characters are shown."
            ));
        }
        let height_pt = (lines.len() as f64 * NOTE_LINE_PT + 9.0).max(NOTE_LEAST_PT);
        Note { lines, shortened, height_pt }
    }

    fn draw_note(&self, note: &Note, frame: Frame) {
        let canvas = self.canvas;
        heading(canvas, "Therapist’s note", MARGIN_PT, frame.y - ABOVE_NOTE_PT);
        canvas.round_border(frame, 4.0, 0.7, canvas.rgb(Role::Standing));
        for (k, line) in note.lines.iter().enumerate() {
            let strong = note.shortened.is_some() && k + 1 == note.lines.len();
            let at = [frame.x + 8.0, frame.y + 13.0 + k as f64 * NOTE_LINE_PT];
            let direction = if strong { Direction::LeftToRight } else { Direction::of(&self.content.note) };
            let kind = Type { strong, ..NOTE };
            canvas.prose(at, frame.width - 16.0, line, kind, direction, canvas.rgb(Role::Ink));
        }
    }
}

/// Draws blocks below each other from `y` to `foot`, what room remains spread between them, but not widely; gives
/// where the last one ends.
fn spread(canvas: &Canvas, blocks: &[Block], x: f64, mut y: f64, foot: f64) -> f64 {
    let used: f64 = blocks.iter().map(Block::height_pt).sum();
    let spare = ((foot - y - used + AFTER_TEXT_PT) / blocks.len().max(1) as f64).clamp(0.0, 5.0);
    for block in blocks {
        block.draw(canvas, x, y);
        y += block.height_pt() + spare;
    }
    y - AFTER_TEXT_PT
}
