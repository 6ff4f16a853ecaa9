//! What stands on every page of a run whatever its layout: title, headline, facts, method and sources.

use crate::{
    figure::{BarFigure, Role},
    motion::{STANDING_BELOW_MPS, SpeedSource},
    render::{
        canvas::{Align, Canvas, Frame, Point},
        charts,
        font::{self, Direction, Type},
    },
    text::{
        article::{self, Section},
        headline, measured, start_words,
    },
    units::{self, SpeedUnit},
};

use super::{
    blocks::soft,
    sheet::{BODY, MARGIN_PT, SMALL, Sheet},
    warning::Warning,
};

/// A name may be this many lines long.
const NAME_LINES: usize = 5;
/// Size of the headline's digits.
const HEADLINE_PT: f64 = 36.0;
/// Its units are this much smaller.
const UNIT_SHARE: f64 = 0.5;
/// Width of the four numbers beside the headline.
const NUMBERS_PT: f64 = 224.0;

/// What is the same on every page: head and foot.
impl Sheet<'_, '_> {
    /// Title, name, date; gives where the next part begins.
    pub(super) fn header(&self, inner: f64, warnings: &mut Vec<Warning>) -> f64 {
        let canvas = self.canvas;
        let (ink, soft) = (canvas.rgb(Role::Ink), soft(canvas));
        let title = Type::strong(15.0);
        canvas.text([MARGIN_PT, 51.0], "Running and your back", title, Align::Start, ink);
        let right = MARGIN_PT + inner;
        let totals = &self.content.summary.totals;
        let date = start_words(&self.content.run.recording);
        let extent = format!(
            "{} · {}",
            units::duration(totals.elapsed_s()),
            units::distance(totals.distance_m, self.content.options.unit.is_imperial())
        );
        let name = self.content.name.as_str();
        let beside =
            if name.is_empty() { date.clone() } else { format!("{} · {date}", font::isolated(name)) };
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
                canvas.prose([MARGIN_PT, rule + 2.0], inner, &line, BODY, Direction::of(name), ink);
                rule += 12.0;
            }
        }
        canvas.text([right, 59.5], &extent, BODY, Align::End, soft);
        canvas.line([[MARGIN_PT, rule], [right, rule]], 1.3, ink);
        rule
    }

    /// The headline with its interval, four more numbers, the bar and its legend.
    pub(super) fn headline(&self, y: f64, inner: f64) -> f64 {
        let canvas = self.canvas;
        let summary = self.content.summary;
        let totals = &summary.totals;
        self.large_duration([MARGIN_PT - 1.0, y + 40.0], inner - NUMBERS_PT);
        let mut line = headline::pace(summary);
        if headline::is_spine_friendly(summary) {
            line = format!("{line}: moving at {} or slower", self.upper);
        }
        canvas.text([MARGIN_PT, y + 54.5], &line, BODY, Align::Start, soft(canvas));
        let strong = Type { strong: true, ..BODY };
        let share = units::percent(totals.share());
        canvas.text([MARGIN_PT, y + 67.5], &share, strong, Align::Start, canvas.rgb(Role::Ink));
        let interval = match summary.interval {
            Some(interval) => format!("of moving time · {}", headline::interval_words(interval)),
            None => "of moving time · no interval for this recording".to_owned(),
        };
        let interval = match headline::told_by(summary) {
            Some(told) => format!("{interval} · {told}"),
            None => interval,
        };
        let after = MARGIN_PT + strong.width_pt(&share) + 2.6;
        canvas.text([after, y + 67.5], &interval, BODY, Align::Start, soft(canvas));

        self.numbers(y, MARGIN_PT + inner);
        let mut y = y;
        if let Some(line) = measured::line(&summary.measured, self.content.options.unit.is_imperial()) {
            let fitting = BODY.fitting(&line, inner - NUMBERS_PT);
            canvas.text([MARGIN_PT, y + 80.5], &line, fitting, Align::Start, soft(canvas));
            y += 13.0;
        }
        let bar = BarFigure::new(summary);
        let frame = Frame { x: MARGIN_PT, y: y + 80.0, width: inner, height: 17.0 };
        charts::bar(canvas, &bar, frame);
        let used = charts::legend(canvas, &bar, [MARGIN_PT, frame.bottom() + 13.5], inner);
        frame.bottom() + 13.5 + used
    }

    /// The time in the band with large digits and smaller units, at most `room` pt wide.
    fn large_duration(&self, at: Point, room: f64) {
        let parts = units::duration_parts(self.content.summary.totals.in_band_s);
        let set = |digits_pt: f64| {
            let (digits, unit) = (Type::strong(digits_pt), Type::strong(digits_pt * UNIT_SHARE));
            let mut x = 0.0;
            let mut placed = Vec::new();
            for (count, name) in &parts {
                for (words, kind) in [(count.to_string(), digits), ((*name).to_owned(), unit)] {
                    let width = kind.width_pt(&words);
                    placed.push((x, words, kind));
                    x += width + digits_pt * 0.16;
                }
            }
            (x, placed)
        };
        let digits_pt = HEADLINE_PT * (room / set(HEADLINE_PT).0).min(1.0);
        for (x, words, kind) in set(digits_pt).1 {
            let colour = self.canvas.rgb(Role::InBandText);
            self.canvas.text([at[0] + x, at[1]], &words, kind, Align::Start, colour);
        }
    }

    fn numbers(&self, y: f64, right: f64) {
        let canvas = self.canvas;
        let (summary, unit) = (self.content.summary, self.content.options.unit);
        let totals = &summary.totals;
        let of_band = if totals.in_band_s >= 0.5 { totals.brisk_s / totals.in_band_s } else { 0.0 };
        let of_what =
            if headline::is_spine_friendly(summary) { "spine-friendly time" } else { "time in the band" };
        let of_what = format!("{} of the {of_what}", units::percent(of_band));
        let brisk_from = SpeedUnit::MetresPerSecond.number_short(summary.edges.brisk_from_mps());
        let mean = totals.mean_moving_speed_mps();
        let beside = unit.beside_mps();
        let rows = [
            ("Moving".to_owned(), units::duration(totals.moving_s())),
            (
                "Mean speed, moving".to_owned(),
                format!("{} · {}", SpeedUnit::MetresPerSecond.format(mean), beside.format(mean)),
            ),
            (format!("Longest stretch ≤ {}", self.upper), units::duration(summary.longest_block_s)),
            (format!("Brisk, {brisk_from} to {}", self.upper), units::duration(totals.brisk_s)),
        ];
        let value = Type::strong(10.5);
        for (k, (label, number)) in rows.iter().enumerate() {
            let x = right - if k % 2 == 0 { 212.0 } else { 112.0 };
            let y = y + 17.0 + if k < 2 { 0.0 } else { 28.0 };
            canvas.text([x, y], label, SMALL, Align::Start, canvas.rgb(Role::Muted));
            // A number that no runner reaches still stays on the page.
            let most = if k % 2 == 0 { 96.0 } else { 112.0 };
            let fitting = value.fitting(number, most);
            canvas.text([x, y + 12.5], number, fitting, Align::Start, canvas.rgb(Role::Ink));
        }
        let at = [right - 112.0, y + 66.5];
        canvas.text(at, &of_what, SMALL.fitting(&of_what, 112.0), Align::Start, canvas.rgb(Role::Muted));
    }

    /// Disclaimer, method, sources and version above `bottom`; gives its upper edge.
    pub(super) fn footer(&self, bottom: f64, inner: f64) -> f64 {
        foot(self.canvas, &self.method(), bottom, inner)
    }

    fn method(&self) -> String {
        let summary = self.content.summary;
        let by_device = summary.source == SpeedSource::Device;
        let how = match by_device {
            true => "the device’s own speed, lightly smoothed",
            false => "speed along the track, smoothed over GPS errors",
        };
        let mut sentences = vec![format!(
            "Method: {how}, from {} fixes; moving from {STANDING_BELOW_MPS} m/s, \
             band up to {} inclusive, brisk from {} m/s; standing and pauses are not counted.",
            self.content.run.recording.points,
            self.upper,
            SpeedUnit::MetresPerSecond.number_short(summary.edges.brisk_from_mps()),
        )];
        if !summary.edges.is_articles_limit() {
            sentences
                .push("The article’s limit is 2.0 m/s, and what it says holds for that alone.".to_owned());
        }
        if !by_device {
            if let Some(evidence) = headline::evidence_words(summary) {
                sentences.push(format!("Estimated {evidence}."));
            }
            sentences.push(match summary.position_error_m {
                Some(error_m) => format!("Typical position error {error_m:.1} m."),
                None => "The position error could not be estimated.".to_owned(),
            });
        }
        let interpolated_s = summary.totals.interpolated_s;
        if interpolated_s >= 1.0 {
            sentences.push(format!("Gaps counted by their mean speed: {}.", units::duration(interpolated_s)));
        }
        let mut notices: Vec<String> = summary.notices.iter().take(3).map(|n| n.message.clone()).collect();
        if summary.notices.len() > 3 {
            notices.push(format!("{} more remarks in Spinepace", summary.notices.len() - 3));
        }
        if !notices.is_empty() {
            sentences.push(format!("Noticed: {}.", notices.join("; ")));
        }
        font::printable(&sentences.join(" ")).0
    }
}

/// What ends every page, above `bottom`: disclaimer, method, sources and version; gives its upper edge.
pub(super) fn foot(canvas: &Canvas, method: &str, bottom: f64, inner: f64) -> f64 {
    let small = Type::regular(6.6);
    let version = concat!("Spinepace ", env!("CARGO_PKG_VERSION"));
    let beside = small.width_pt(version) + 16.0;
    let sources = "Sources: K. Markland, Is Running Bad For Your Back?; Belavý et al. 2017, Sci Rep 7:45975.";
    let mut lines = small.wrap(method, inner);
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
