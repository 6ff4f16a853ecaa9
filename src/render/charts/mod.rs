//! Each figure drawn on a canvas.

mod speed;
mod weeks;

pub use speed::speed;
pub use weeks::{pain, weeks};

use crate::figure::{BarFigure, HistogramFigure, Palette, Role, RouteFigure, ShareCurveFigure, Tick};

use super::{
    canvas::{Align, Canvas, Frame, Point},
    font::Type,
};

const SMALL: Type = Type::regular(7.0);
const LABEL: Type = Type::strong(7.0);

/// The stacked bar, with words in the parts that have room for them.
pub fn bar(canvas: &Canvas, figure: &BarFigure, frame: Frame) {
    for part in &figure.parts {
        let area =
            Frame { x: frame.x + part.from * frame.width, width: part.fraction * frame.width, ..frame };
        canvas.area(area, part.role);
        let width = LABEL.width_pt(&part.short_label) + 10.0;
        if width > area.width || part.role == Role::Paused {
            continue;
        }
        let baseline = frame.y + frame.height / 2.0 + 2.5;
        // White on amber or on a tint is too faint: those get a patch, or ink.
        let colour = match part.role {
            Role::InBand => Role::OnFill,
            _ => Role::Ink,
        };
        if canvas.palette() == Palette::Print && part.role == Role::Faster {
            let patch = Frame { x: area.x + 4.0, y: baseline - 7.2, width: width - 5.0, height: 9.4 };
            canvas.round_rect(patch, 2.0, canvas.rgb(Role::Card));
        }
        canvas.text([area.x + 6.5, baseline], &part.short_label, LABEL, Align::Start, canvas.rgb(colour));
    }
    // Parts meet the rounded border of the whole.
    for pair in figure.parts.windows(2) {
        let x = frame.x + pair[1].from * frame.width;
        canvas.line([[x, frame.y], [x, frame.bottom()]], 0.7, canvas.rgb(Role::Card));
    }
    canvas.round_border(frame, 2.0, 0.6, canvas.rgb(Role::Standing));
}

/// The bar's legend from `at` to the right, wrapped to `width`; gives the height used, pt.
pub fn legend(canvas: &Canvas, figure: &BarFigure, at: Point, width: f64) -> f64 {
    let (plain, strong) = (Type::regular(8.5), Type::strong(8.5));
    let (mut x, mut y) = (at[0], at[1]);
    for part in &figure.parts {
        let wide = 11.0 + plain.width_pt(&part.label) + 3.0 + strong.width_pt(&part.duration);
        if x > at[0] && x + wide > at[0] + width {
            (x, y) = (at[0], y + 12.5);
        }
        canvas.area(Frame { x, y: y - 6.4, width: 7.0, height: 7.0 }, part.role);
        if part.role == Role::Paused {
            canvas.round_border(
                Frame { x, y: y - 6.4, width: 7.0, height: 7.0 },
                0.5,
                0.5,
                canvas.rgb(Role::Paused),
            );
        }
        canvas.text([x + 11.0, y], &part.label, plain, Align::Start, canvas.rgb(Role::Muted));
        let from = x + 11.0 + plain.width_pt(&part.label) + 3.0;
        canvas.text([from, y], &part.duration, strong, Align::Start, canvas.rgb(Role::Ink));
        x += wide + 14.0;
    }
    y - at[1] + 12.5
}

/// A plot with words left and below: its inner frame, and the grid drawn.
fn plot(canvas: &Canvas, frame: Frame, y_ticks: &[Tick], y_max: f64) -> Frame {
    let left = y_ticks.iter().map(|tick| SMALL.width_pt(&tick.label)).fold(0.0, f64::max) + 6.0;
    let inner = Frame {
        x: frame.x + left,
        y: frame.y + 4.0,
        width: frame.width - left - 4.0,
        height: frame.height - 18.0,
    };
    for tick in y_ticks {
        let y = inner.bottom() - tick.at / y_max * inner.height;
        canvas.line([[inner.x, y], [inner.right(), y]], 0.5, canvas.rgb(Role::Line));
        canvas.text([inner.x - 5.0, y + 2.5], &tick.label, SMALL, Align::End, canvas.rgb(Role::Muted));
    }
    inner
}

fn x_words(canvas: &Canvas, inner: Frame, ticks: &[Tick], x: impl Fn(f64) -> f64) {
    for tick in ticks {
        let at = [x(tick.at), inner.bottom() + 10.0];
        canvas.text(at, &tick.label, SMALL, Align::Middle, canvas.rgb(Role::Muted));
    }
}

/// Time at each speed, the threshold on an edge.
pub fn histogram(canvas: &Canvas, figure: &HistogramFigure, frame: Frame) {
    let inner = plot(canvas, frame, &figure.y_ticks, figure.y_max_s);
    let x = |speed_mps: f64| inner.x + speed_mps / figure.x_max_mps * inner.width;
    for bar in &figure.bars {
        let height = bar.seconds / figure.y_max_s * inner.height;
        let gap = 0.4_f64.min((x(bar.high_mps) - x(bar.low_mps)) / 6.0);
        let area = Frame {
            x: x(bar.low_mps) + gap,
            y: inner.bottom() - height,
            width: x(bar.high_mps) - x(bar.low_mps) - 2.0 * gap,
            height,
        };
        canvas.area(area, bar.role);
    }
    if let Some(last) = figure.bars.last().filter(|bar| bar.open_end) {
        let at = [x(last.high_mps), faster_baseline(figure, inner)];
        canvas.text(at, AND_FASTER, SMALL, Align::End, canvas.rgb(Role::Muted));
    }
    let edge = x(figure.threshold.speed_mps);
    let colour = canvas.rgb(Role::InBandText);
    canvas.dashed([edge, inner.y - 2.0], [edge, inner.bottom()], 2.6, 0.9, colour);
    let label = &figure.threshold.short_label;
    let width = LABEL.width_pt(label);
    let patch = Frame { x: edge + 2.0, y: inner.y - 2.0, width: width + 4.0, height: 9.0 };
    canvas.rect(patch, canvas.rgb(Role::Card));
    canvas.text([edge + 4.0, inner.y + 5.0], label, LABEL, Align::Start, colour);
    x_words(canvas, inner, &figure.x_ticks, x);
}

/// What stands above the last bar where it holds all that is faster, too.
const AND_FASTER: &str = "and faster →";

/// The baseline on which that covers neither a bar nor the threshold's words.
fn faster_baseline(figure: &HistogramFigure, inner: Frame) -> f64 {
    let x = |speed_mps: f64| inner.x + speed_mps / figure.x_max_mps * inner.width;
    let left = figure.bars.last().map_or(inner.right(), |last| x(last.high_mps)) - SMALL.width_pt(AND_FASTER);
    let under = figure.bars.iter().filter(|bar| x(bar.high_mps) > left);
    let highest_s = under.map(|bar| bar.seconds).fold(0.0, f64::max);
    let above_bars = inner.bottom() - highest_s / figure.y_max_s * inner.height - 3.0;
    // Above the threshold's words where they reach that far right, and the bars leave no room below them.
    let threshold = x(figure.threshold.speed_mps) + LABEL.width_pt(&figure.threshold.short_label) + 10.0;
    if threshold > left && above_bars < inner.y + 16.0 { inner.y - 4.5 } else { above_bars }
}

/// The route on its ground, with a scale; the start is a ring and the end a square, as in the window.
pub fn route(canvas: &Canvas, figure: &RouteFigure, imperial: bool, frame: Frame) {
    canvas.round_rect(frame, 4.0, canvas.rgb(Role::Ground));
    if figure.pieces.is_empty() {
        let at = [frame.x + frame.width / 2.0, frame.y + frame.height / 2.0];
        canvas.text(at, "Too short to show without its ends", SMALL, Align::Middle, canvas.rgb(Role::Muted));
        return;
    }
    let [low, high] = figure.bounds_m.map(|corner| corner.map(f64::from));
    let span = [0, 1].map(|axis| (high[axis] - low[axis]).max(1.0));
    let per_m = ((frame.width - 24.0) / span[0]).min((frame.height - 24.0) / span[1]);
    let centre = [0, 1].map(|axis| f64::midpoint(low[axis], high[axis]));
    let place = |p: [f32; 2]| {
        [
            frame.x + frame.width / 2.0 + (f64::from(p[0]) - centre[0]) * per_m,
            frame.y + frame.height / 2.0 - (f64::from(p[1]) - centre[1]) * per_m,
        ]
    };
    for piece in figure.thinned((0.4 / per_m) as f32) {
        let points: Vec<Point> = piece.points_m.iter().copied().map(place).collect();
        let colour = canvas.rgb(piece.state.into());
        let width = if canvas.palette() == Palette::Print && piece.state == crate::band::State::Faster {
            2.0
        } else {
            1.5
        };
        if piece.interpolated {
            for pair in points.windows(2) {
                canvas.dashed(pair[0], pair[1], 2.0, width * 0.7, colour);
            }
        } else {
            canvas.line(points, width, colour);
        }
    }
    if let Some(end) = figure.end_m.map(place) {
        for (half, role) in [(3.2, Role::Ink), (2.1, Role::Card)] {
            let square = Frame { x: end[0] - half, y: end[1] - half, width: 2.0 * half, height: 2.0 * half };
            canvas.round_rect(square, 0.5, canvas.rgb(role));
        }
    }
    if let Some(start) = figure.start_m.map(place) {
        canvas.dot(start, 3.4, canvas.rgb(Role::Ink));
        canvas.dot(start, 2.3, canvas.rgb(Role::Card));
    }
    let scale = RouteFigure::scale_bar(frame.width * 0.25 / per_m, imperial);
    let (x, y, length) = (frame.x + 8.0, frame.bottom() - 8.0, scale.length_m * per_m);
    let muted = canvas.rgb(Role::Muted);
    canvas.line([[x, y - 2.5], [x, y], [x + length, y], [x + length, y - 2.5]], 0.7, muted);
    canvas.text([x + length + 4.0, y + 1.0], &scale.label, SMALL, Align::Start, muted);
}

/// The share of moving time against the threshold.
pub fn share_curve(canvas: &Canvas, figure: &ShareCurveFigure, frame: Frame) {
    let inner = plot(canvas, frame, &figure.y_ticks, 1.0);
    let [from, to] = figure.x_range;
    let x = |speed_mps: f64| inner.x + (speed_mps - from) / (to - from) * inner.width;
    let place = |p: Point| [x(p[0]), inner.bottom() - p[1] * inner.height];
    let shown = figure.points.iter().copied().filter(|p| p[0] <= to);
    canvas.line(shown.map(place), 1.4, canvas.rgb(Role::InBand));
    let colour = canvas.rgb(Role::InBandText);
    let [edge, at] = place([figure.threshold.speed_mps, figure.share]);
    canvas.dashed([edge, inner.y], [edge, inner.bottom()], 2.6, 0.9, colour);
    canvas.dot([edge, at], 2.4, colour);
    let words = format!("{} at {}", crate::units::percent(figure.share), figure.threshold.label);
    let (align, beside) = if edge + 8.0 + LABEL.width_pt(&words) < inner.right() {
        (Align::Start, edge + 6.0)
    } else {
        (Align::End, edge - 6.0)
    };
    canvas.text([beside, (at + 10.0).min(inner.bottom() - 3.0)], &words, LABEL, align, colour);
    x_words(canvas, inner, &figure.x_ticks, x);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{band::Edges, run::fixture::steps_of, units::SpeedUnit};

    #[test]
    fn and_faster_covers_no_bar_and_no_other_words() {
        let inner = Frame { x: 40.0, y: 100.0, width: 220.0, height: 90.0 };
        for stretches in [
            // High bars at the right end, low ones, and all of it beyond the end.
            &[(300, 1.5), (900, 2.35), (3, 6.0)][..],
            &[(900, 1.5), (60, 2.35), (2, 6.0)],
            &[(900, 11.0)],
        ] {
            for upper in [2.0, 2.3] {
                let edges = Edges::default().with_upper(upper).expect("edges");
                let figure = HistogramFigure::new(&steps_of(stretches), edges, SpeedUnit::default());
                assert!(figure.bars.last().is_some_and(|bar| bar.open_end), "{stretches:?}");
                let x = |speed_mps: f64| inner.x + speed_mps / figure.x_max_mps * inner.width;
                let baseline = faster_baseline(&figure, inner);
                let left = x(figure.bars.last().expect("bars").high_mps) - SMALL.width_pt(AND_FASTER);
                for bar in figure.bars.iter().filter(|bar| x(bar.high_mps) > left) {
                    let top = inner.bottom() - bar.seconds / figure.y_max_s * inner.height;
                    assert!(baseline < top, "{stretches:?} at {upper}: on a bar");
                }
                // The threshold's words reach from 2 pt above the plot to 7 below its upper edge.
                let threshold = x(upper) + 4.0 + LABEL.width_pt(&figure.threshold.short_label);
                let apart = threshold < left || baseline < inner.y - 2.0 || baseline > inner.y + 13.0;
                assert!(apart, "{stretches:?} at {upper}: on the threshold's words");
            }
        }
    }
}
