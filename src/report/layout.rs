use chrono::{DateTime, FixedOffset};

use crate::{
    article::{self, Section},
    band::{self, Summary},
    figure::{
        BarFigure, HistogramFigure, Palette, Role, RouteFigure, SpeedAxis, SpeedFigure, Threshold,
        draw::{self, Align, Canvas, Frame, Type},
    },
    motion::{Motion, STANDING_BELOW_MPS},
    recording::Recording,
    units::{self, SpeedUnit},
};

use super::{
    HIDDEN_ENDS_M, Options, Warning,
    blocks::{Block, heading, soft},
    rows,
};

/// What a page is made of.
pub struct Content<'a> {
    pub recording: &'a Recording,
    pub motion: &'a Motion,
    pub summary: &'a Summary,
    pub options: &'a Options,
    pub start: DateTime<FixedOffset>,
    pub name: String,
    pub note: String,
}

const MARGIN_PT: f64 = 36.0;
/// Between the two columns.
const GUTTER_PT: f64 = 20.0;
const BODY: Type = Type::regular(9.0);
const SMALL: Type = Type::regular(7.0);
const ROW_PT: f64 = 12.6;
/// A name may be this many lines long.
const NAME_LINES: usize = 5;
/// The speed chart's least and greatest height.
const SPEED_PT: [f64; 2] = [104.0, 150.0];
/// Below the speed chart.
const BELOW_SPEED_PT: f64 = 10.0;
const HISTOGRAM_PT: f64 = 104.0;
/// From the histogram's heading to that of the splits.
const ABOVE_SPLITS_PT: f64 = 11.0 + HISTOGRAM_PT + 8.0;
/// The splits' heading, the words over the columns, and the room below the last row.
const SPLITS_HEAD_PT: f64 = 35.0;
/// What the last block of the explanation leaves empty below itself.
const AFTER_TEXT_PT: f64 = 12.0;
/// The explanation has at least: what it means, why, what the study can say.
const LEAST_TEXTS: usize = 3;
const ROUTE_PT: f64 = 104.0;
/// The note's box, at least and at most: room to write two lines by hand, or about 1,000 characters.
const NOTE_PT: [f64; 2] = [40.0, 124.0];
const NOTE: Type = Type::regular(8.5);
/// For its heading.
const ABOVE_NOTE_PT: f64 = 13.0;
const NOTE_LINE_PT: f64 = 11.4;

/// Draws the page as SVG.
pub fn draw(content: &Content, title: &str, warnings: &mut Vec<Warning>) -> String {
    let totals = &content.summary.totals;
    let words = format!(
        "{} at a spine-friendly pace, {} of moving time.",
        units::duration(totals.in_band_s),
        units::percent(totals.share())
    );
    draw::picture(content.options.paper.size_pt(), Palette::Print, title, &words, |canvas| {
        Sheet { canvas, content, upper: upper(content.summary) }.draw(warnings);
    })
}

/// "2.0 m/s"
fn upper(summary: &Summary) -> String {
    Threshold::new(summary.edges, SpeedUnit::MetresPerSecond).short_label
}

/// What goes where below the headline.
struct Plan {
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
    shortened: bool,
    height_pt: f64,
}

struct Sheet<'a, 'c> {
    canvas: &'a Canvas<'c>,
    content: &'a Content<'a>,
    upper: String,
}

impl Sheet<'_, '_> {
    fn draw(&self, warnings: &mut Vec<Warning>) {
        let [width, height] = self.content.options.paper.size_pt();
        let inner = width - 2.0 * MARGIN_PT;
        self.canvas.rect(Frame { x: 0.0, y: 0.0, width, height }, self.canvas.rgb(Role::Card));
        let y = self.header(inner, warnings);
        let y = self.headline(y, inner);
        let foot = self.footer(height - 26.0, inner);
        let note = self.note(inner, warnings);
        let (bottom, foot) = (foot - 10.0, foot - 10.0 - note.height_pt - ABOVE_NOTE_PT - 8.0);

        let column = (inner - GUTTER_PT) / 2.0;
        let texts = self.texts(column);
        let plan = self.plan(y, foot, &texts);
        let (edges, unit) = (self.content.summary.edges, self.content.options.unit);
        heading(self.canvas, &format!("Speed over time ({})", unit.symbol()), MARGIN_PT, y);
        let (recording, motion) = (self.content.recording, self.content.motion);
        let figure = SpeedFigure::new(recording, motion, edges, unit, SpeedAxis::Elapsed);
        let frame = Frame { x: MARGIN_PT, y: y + 12.0, width: inner, height: plan.speed_pt };
        draw::speed(self.canvas, &figure, frame);
        let end = self.columns(frame.bottom() + BELOW_SPEED_PT, foot, column, &texts, &plan);
        // What the columns leave is room to write.
        let height =
            (bottom - end - ABOVE_NOTE_PT - 14.0).clamp(note.height_pt, NOTE_PT[1].max(note.height_pt));
        let frame = Frame { x: MARGIN_PT, y: bottom - height, width: inner, height };
        self.draw_note(&note, frame);
    }

    /// The plan that shows most: splits ungrouped, then the whole explanation, then a high speed chart.
    fn plan(&self, y: f64, foot: f64, texts: &[Block]) -> Plan {
        let splits = rows::count(self.content.motion, self.content.options.unit);
        let beside = if self.content.options.route { ROUTE_PT + 23.0 } else { 0.0 };
        let mut best: Option<(f64, Plan)> = None;
        for step in 0..=6 {
            let speed_pt = SPEED_PT[1] - f64::from(step) * (SPEED_PT[1] - SPEED_PT[0]) / 6.0;
            let top = y + 12.0 + speed_pt + BELOW_SPEED_PT;
            for shown in LEAST_TEXTS..=texts.len() {
                let mut used = 0.0;
                let fits = |block: &&Block| {
                    used += block.height_pt();
                    used <= foot - top - beside + AFTER_TEXT_PT
                };
                let right = texts[..shown].iter().take_while(fits).count();
                let left_pt: f64 = texts[right..shown].iter().map(Block::height_pt).sum();
                let room = foot - top - ABOVE_SPLITS_PT - SPLITS_HEAD_PT - left_pt;
                let most = (room / ROW_PT).floor();
                let grouped = (splits as f64 / most.max(1.0)).max(1.0);
                let score = if most < 3.0 { -100.0 + most } else { 0.0 } - grouped.min(20.0)
                    + 0.4 * (shown - LEAST_TEXTS) as f64
                    - 0.01 * f64::from(step);
                if best.as_ref().is_none_or(|(other, _)| score > *other) {
                    best = Some((score, Plan { speed_pt, right, shown, rows: most.max(1.0) as usize }));
                }
            }
        }
        best.map_or(Plan { speed_pt: SPEED_PT[0], right: texts.len(), shown: texts.len(), rows: 1 }, |best| {
            best.1
        })
    }

    /// Title, name, date; gives where the next part begins.
    fn header(&self, inner: f64, warnings: &mut Vec<Warning>) -> f64 {
        let canvas = self.canvas;
        let (ink, soft) = (canvas.rgb(Role::Ink), soft(canvas));
        let title = Type::strong(15.0);
        canvas.text([MARGIN_PT, 51.0], "Running and your back", title, Align::Start, ink);
        let right = MARGIN_PT + inner;
        let totals = &self.content.summary.totals;
        let date = self.content.start.format("%a %-d %b %Y, %H:%M").to_string();
        let extent = format!(
            "{} · {}",
            units::duration(totals.elapsed_s()),
            units::distance(totals.distance_m, self.content.options.unit.is_imperial())
        );
        let name = self.content.name.as_str();
        let beside = if name.is_empty() { date.clone() } else { format!("{name} · {date}") };
        let mut rule = 72.0;
        if BODY.width_pt(&beside) <= inner - title.width_pt("Running and your back") - 24.0 {
            canvas.text([right, 46.0], &beside, BODY, Align::End, soft);
        } else {
            canvas.text([right, 46.0], &date, BODY, Align::End, soft);
            let mut lines = BODY.wrap(name, inner);
            if lines.len() > NAME_LINES {
                lines.truncate(NAME_LINES);
                if let Some(last) = lines.last_mut() {
                    *last = BODY.shorten(&format!("{last} …{}", "…".repeat(80)), inner);
                }
                warnings.push(Warning::NameShortened);
            }
            for line in lines {
                canvas.text([MARGIN_PT, rule + 2.0], &line, BODY, Align::Start, ink);
                rule += 12.0;
            }
        }
        canvas.text([right, 59.5], &extent, BODY, Align::End, soft);
        canvas.line([[MARGIN_PT, rule], [right, rule]], 1.3, ink);
        rule
    }

    /// The headline with its interval, four more numbers, the bar and its legend.
    fn headline(&self, y: f64, inner: f64) -> f64 {
        let canvas = self.canvas;
        let summary = self.content.summary;
        let totals = &summary.totals;
        let colour = canvas.rgb(Role::InBandText);
        let big = units::duration(totals.in_band_s);
        canvas.text([MARGIN_PT - 1.0, y + 40.0], &big, Type::strong(36.0), Align::Start, colour);
        let line = format!("at a spine-friendly pace (moving, at most {})", self.upper);
        canvas.text([MARGIN_PT, y + 54.5], &line, BODY, Align::Start, soft(canvas));
        let strong = Type { strong: true, ..BODY };
        let share = units::percent(totals.share());
        canvas.text([MARGIN_PT, y + 67.5], &share, strong, Align::Start, canvas.rgb(Role::Ink));
        let interval = match summary.interval {
            Some(interval) => format!(
                "of moving time · 95% interval {} – {}",
                units::duration(interval.low_s),
                units::duration(interval.high_s)
            ),
            None => "of moving time · no interval can be given for this recording".to_owned(),
        };
        let after = MARGIN_PT + strong.width_pt(&share) + 2.6;
        canvas.text([after, y + 67.5], &interval, BODY, Align::Start, soft(canvas));

        self.numbers(y, MARGIN_PT + inner);
        let bar = BarFigure::new(summary);
        let frame = Frame { x: MARGIN_PT, y: y + 80.0, width: inner, height: 17.0 };
        draw::bar(canvas, &bar, frame);
        let used = draw::legend(canvas, &bar, [MARGIN_PT, frame.bottom() + 13.5], inner);
        frame.bottom() + 13.5 + used
    }

    fn numbers(&self, y: f64, right: f64) {
        let canvas = self.canvas;
        let (summary, unit) = (self.content.summary, self.content.options.unit);
        let totals = &summary.totals;
        let of_band = if totals.in_band_s >= 0.5 { totals.brisk_s / totals.in_band_s } else { 0.0 };
        let brisk = format!("{} ({} of it)", units::duration(totals.brisk_s), units::percent(of_band));
        let mean = totals.mean_moving_speed_mps();
        let beside = if unit == SpeedUnit::MetresPerSecond { SpeedUnit::MinutesPerKilometre } else { unit };
        let rows = [
            ("Moving".to_owned(), units::duration(totals.moving_s())),
            (
                "Mean speed, moving".to_owned(),
                format!("{} · {}", SpeedUnit::MetresPerSecond.format(mean), beside.format(mean)),
            ),
            (format!("Longest block ≤ {}", self.upper), units::duration(summary.longest_block_s)),
            (format!("Brisk, {} to {}", summary.edges.brisk_from_mps(), self.upper), brisk),
        ];
        let value = Type::strong(10.5);
        for (k, (label, number)) in rows.iter().enumerate() {
            let x = right - if k % 2 == 0 { 212.0 } else { 112.0 };
            let y = y + 17.0 + if k < 2 { 0.0 } else { 28.0 };
            canvas.text([x, y], label, SMALL, Align::Start, canvas.rgb(Role::Muted));
            canvas.text([x, y + 12.5], number, value, Align::Start, canvas.rgb(Role::Ink));
        }
    }

    /// The explanation, most needful first; the last may be left out where there is no room.
    fn texts(&self, column: f64) -> Vec<Block> {
        let content = self.content;
        let blocks = band::blocks(&content.motion.steps, content.summary.edges);
        let mut means = vec![article::in_this_run(content.summary, &blocks)];
        means.extend(article::section(Section::Brisk));
        vec![
            Block::new("What it means", &means, column),
            Block::new("Why 2 metres a second?", &article::section(Section::Why), column),
            Block::new("What the study can and cannot say", &article::section(Section::Study), column),
            Block::new("What later work adds", &article::section(Section::Unknown), column),
        ]
    }

    /// Left the histogram and the splits, right the route and the explanation, which goes on below the splits.
    /// Gives where the longer one ends.
    fn columns(&self, top: f64, foot: f64, column: f64, texts: &[Block], plan: &Plan) -> f64 {
        let canvas = self.canvas;
        let content = self.content;
        let (edges, unit) = (content.summary.edges, content.options.unit);
        let (left, right) = (MARGIN_PT, MARGIN_PT + column + GUTTER_PT);

        heading(canvas, &format!("Time at each speed ({})", unit.symbol()), left, top);
        let histogram = HistogramFigure::new(&content.motion.steps, edges, unit);
        let frame = Frame { x: left, y: top + 11.0, width: column, height: HISTOGRAM_PT };
        draw::histogram(canvas, &histogram, frame);
        let table = rows::table(content.recording, &content.motion.steps, edges, unit, plan.rows);
        let splits_y = top + ABOVE_SPLITS_PT;
        self.splits(&table, left, splits_y, column);

        let mut y = top;
        if content.options.route {
            heading(canvas, "Where (start and end hidden)", right, y);
            let figure = RouteFigure::new(content.recording, content.motion, edges, HIDDEN_ENDS_M);
            let frame = Frame { x: right, y: y + 13.0, width: column, height: ROUTE_PT };
            draw::route(canvas, &figure, unit.is_imperial(), frame);
            y = frame.bottom() + 10.0;
        }
        let (beside, below) = texts[..plan.shown].split_at(plan.right);
        let right_end = spread(canvas, beside, right, y, foot);
        let splits_end = splits_y + SPLITS_HEAD_PT + table.rows.len() as f64 * ROW_PT;
        right_end.max(spread(canvas, below, left, splits_end, foot))
    }

    fn splits(&self, table: &rows::Table, x: f64, y: f64, column: f64) {
        let canvas = self.canvas;
        heading(canvas, &table.title, x, y);
        let unit = self.content.options.unit;
        let other = if unit == SpeedUnit::MetresPerSecond { SpeedUnit::MinutesPerKilometre } else { unit };
        let ends = [94.0, 122.0, 158.0, 196.0].map(|end| x + end);
        let (muted, ink) = (canvas.rgb(Role::Muted), canvas.rgb(Role::Ink));
        let head = y + 21.5;
        canvas.text([x, head], table.unit, SMALL, Align::Start, muted);
        let over = ["moving", "m/s", other.symbol(), &format!("≤ {}", self.upper)];
        for (end, word) in ends.iter().zip(over) {
            canvas.text([*end, head], word, SMALL, Align::End, muted);
        }
        canvas.text([x + column, head], "share", SMALL, Align::End, muted);
        let row_type = Type::regular(8.0);
        for (k, row) in table.rows.iter().enumerate() {
            let baseline = head + 12.0 + k as f64 * ROW_PT;
            canvas.line([[x, baseline - 9.0], [x + column, baseline - 9.0]], 0.4, canvas.rgb(Role::Line));
            canvas.text([x, baseline], &row.label, row_type, Align::Start, ink);
            let mean = row.totals.mean_moving_speed_mps();
            let cells = [
                units::duration(row.totals.moving_s()),
                SpeedUnit::MetresPerSecond.number(mean),
                other.number(mean),
                units::duration(row.totals.in_band_s),
            ];
            for (end, cell) in ends.iter().zip(&cells) {
                canvas.text([*end, baseline], cell, row_type, Align::End, ink);
            }
            let share = row.totals.share();
            let words = units::percent(share);
            canvas.text([x + column, baseline], &words, row_type, Align::End, ink);
            let bar = Frame {
                x: x + 202.0,
                y: baseline - 5.2,
                width: (column - 202.0 - 26.0).max(4.0),
                height: 4.6,
            };
            canvas.rect(bar, canvas.rgb(Role::Line));
            canvas.rect(Frame { width: bar.width * share, ..bar }, canvas.rgb(Role::InBand));
        }
    }

    /// The therapist's note, broken into lines; too long is said in its last line.
    fn note(&self, inner: f64, warnings: &mut Vec<Warning>) -> Note {
        let note = self.content.note.as_str();
        let mut lines = NOTE.wrap(note, inner - 16.0);
        let most = ((NOTE_PT[1] - 9.0) / NOTE_LINE_PT) as usize;
        let shortened = lines.len() > most;
        if shortened {
            lines.truncate(most - 1);
            let of = note.chars().count();
            // Every line gave up a blank or a line end.
            let shown = lines.iter().map(|line| line.chars().count() + 1).sum::<usize>().min(of);
            warnings.push(Warning::NoteShortened { shown, of });
            lines.push(format!(
                "… The note is longer than this box: {shown} of its {of} characters are shown."
            ));
        }
        let height_pt = (lines.len() as f64 * NOTE_LINE_PT + 9.0).clamp(NOTE_PT[0], NOTE_PT[1]);
        Note { lines, shortened, height_pt }
    }

    fn draw_note(&self, note: &Note, frame: Frame) {
        let canvas = self.canvas;
        heading(canvas, "Therapist’s note", MARGIN_PT, frame.y - ABOVE_NOTE_PT);
        canvas.round_border(frame, 4.0, 0.7, canvas.rgb(Role::Standing));
        for (k, line) in note.lines.iter().enumerate() {
            let strong = note.shortened && k + 1 == note.lines.len();
            let at = [frame.x + 8.0, frame.y + 13.0 + k as f64 * NOTE_LINE_PT];
            canvas.text(at, line, Type { strong, ..NOTE }, Align::Start, canvas.rgb(Role::Ink));
        }
    }

    /// Disclaimer, method, sources and version above `bottom`; gives its upper edge.
    fn footer(&self, bottom: f64, inner: f64) -> f64 {
        let canvas = self.canvas;
        let small = Type::regular(6.6);
        let version = concat!("Spinepace ", env!("CARGO_PKG_VERSION"));
        let beside = small.width_pt(version) + 16.0;
        let sources =
            "Sources: K. Markland, Is Running Bad For Your Back?; Belavý et al. 2017, Sci Rep 7:45975.";
        let mut lines = small.wrap(&self.method(), inner);
        lines.extend(small.wrap(sources, inner - beside));
        let line_pt = 8.6;
        let top = bottom - (lines.len() + 1) as f64 * line_pt - 5.0;
        let muted = canvas.rgb(Role::Muted);
        canvas.line([[MARGIN_PT, top], [MARGIN_PT + inner, top]], 0.5, canvas.rgb(Role::Line));
        let mut baseline = top + 11.0;
        let disclaimer = article::plain(Section::Disclaimer);
        canvas.text([MARGIN_PT, baseline], &disclaimer, Type::strong(7.0), Align::Start, soft(canvas));
        for line in &lines {
            baseline += line_pt;
            canvas.text([MARGIN_PT, baseline], line, small, Align::Start, muted);
        }
        canvas.text([MARGIN_PT + inner, baseline], version, small, Align::End, muted);
        top
    }

    fn method(&self) -> String {
        let summary = self.content.summary;
        let mut text = format!(
            "Method: speed along the track, smoothed over GPS errors, from {} fixes; moving from {STANDING_BELOW_MPS} m/s, \
             band up to {} inclusive, brisk from {} m/s; standing and pauses count nowhere.",
            self.content.recording.points,
            self.upper,
            summary.edges.brisk_from_mps(),
        );
        if summary.edges.upper_mps() != 2.0 {
            text.push_str(" The article’s limit is 2.0 m/s.");
        }
        match summary.position_error_m {
            Some(error_m) => text.push_str(&format!(" Typical position error {error_m:.1} m.")),
            None => text.push_str(" The position error could not be estimated."),
        }
        let interpolated_s = summary.totals.interpolated_s;
        if interpolated_s >= 1.0 {
            text.push_str(&format!(
                " Gaps bridged by their mean speed: {}.",
                units::duration(interpolated_s)
            ));
        }
        let mut notices: Vec<String> = summary.notices.iter().take(3).map(|n| n.message.clone()).collect();
        if summary.notices.len() > 3 {
            notices.push(format!("{} more remarks in the program", summary.notices.len() - 3));
        }
        if !notices.is_empty() {
            text.push_str(&format!(" Noticed: {}.", notices.join("; ")));
        }
        draw::font::printable(&text).0
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
