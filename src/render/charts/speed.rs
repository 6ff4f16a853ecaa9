//! Speed over time, on paper.

use crate::{
    band::State,
    figure::{Palette, Role, SpeedFigure},
};

use crate::render::{
    canvas::{Align, Canvas, Frame, Point},
    font::Type,
};

/// Room for the words on the left axis, at least, pt.
const LEFT_PT: f64 = 28.0;
/// Room for the words below, pt.
const BELOW_PT: f64 = 14.0;
const SMALL: Type = Type::regular(7.0);
const LABEL: Type = Type::strong(7.0);

/// Speed over time: band strip, raw legs, the estimate by state, pauses, the threshold with its words, and marks
/// where the axis clips.
pub fn speed(canvas: &Canvas, figure: &SpeedFigure, frame: Frame) {
    let y_ticks = figure.y_ticks(5);
    let left = y_ticks.iter().map(|tick| SMALL.width_pt(&tick.label) + 6.0).fold(LEFT_PT, f64::max);
    let plot = Frame {
        x: frame.x + left,
        y: frame.y + 5.0,
        width: frame.width - left - 6.0,
        height: frame.height - 5.0 - BELOW_PT,
    };
    let [from, to] = figure.x_range;
    let x = |at: f64| plot.x + (at - from) / (to - from) * plot.width;
    let y = |speed_mps: f64| plot.bottom() - (speed_mps / figure.y_max_mps).clamp(0.0, 1.0) * plot.height;
    let place = |p: Point| [x(p[0]), y(p[1])];

    let [low, high] = figure.band_mps;
    canvas.rect(
        Frame { x: plot.x, y: y(high), width: plot.width, height: y(low) - y(high) },
        canvas.rgb(Role::Band),
    );
    let muted = canvas.rgb(Role::Muted);
    for tick in y_ticks {
        let at = y(tick.at);
        canvas.line([[plot.x, at], [plot.right(), at]], 0.5, canvas.rgb(Role::Line));
        canvas.text([plot.x - 5.0, at + 2.5], &tick.label, SMALL, Align::End, muted);
    }
    for tick in figure.x_ticks(figure.x_range, 8) {
        let at = x(tick.at);
        // The last words must not stick out of the page.
        let half = SMALL.width_pt(&tick.label) / 2.0;
        let centre = at.min(frame.right() - half);
        canvas.text([centre, plot.bottom() + 10.5], &tick.label, SMALL, Align::Middle, muted);
    }
    for pause in &figure.paused {
        let area = Frame {
            x: x(pause[0]),
            y: plot.y,
            width: (x(pause[1]) - x(pause[0])).max(0.6),
            height: plot.height,
        };
        canvas.area(area, Role::Paused);
    }

    let visible = figure.visible(figure.x_range, (plot.width * 3.0) as usize);
    for line in &visible.raw {
        canvas.line(line.iter().copied().map(place), 0.4, canvas.rgb(Role::Raw));
    }
    canvas.dashed([plot.x, y(high)], [plot.right(), y(high)], 3.0, 0.9, canvas.rgb(Role::InBandText));
    for (state, line) in &visible.estimate {
        canvas.line(
            line.iter().copied().map(place),
            weight(canvas.palette(), *state),
            canvas.rgb((*state).into()),
        );
    }
    for place in figure.clipped.iter().filter(|place| !place.raw) {
        let (at, top) = (f64::midpoint(x(place.x[0]), x(place.x[1])), plot.y);
        let role = canvas.rgb(Role::FasterText);
        canvas.polygon(&[[at, top - 4.0], [at - 2.4, top], [at + 2.4, top]], role);
    }
    threshold(canvas, figure, plot, y(high), &place);
}

/// On paper, faster is also heavier.
fn weight(palette: Palette, state: State) -> f64 {
    match (palette, state) {
        (Palette::Print, State::Faster) => 1.6,
        (Palette::Print, State::Standing) => 0.9,
        _ => 1.2,
    }
}

/// The threshold's words stand above its line, where the estimate leaves most room; on a patch of their own.
fn threshold(
    canvas: &Canvas,
    figure: &SpeedFigure,
    plot: Frame,
    line_y: f64,
    place: &impl Fn(Point) -> Point,
) {
    let label = &figure.threshold.label;
    let width = LABEL.width_pt(label);
    let crossing = |left: f64| {
        let covered = |p: &&Point| {
            (left - 3.0..left + width + 3.0).contains(&p[0]) && (line_y - 11.0..line_y + 1.0).contains(&p[1])
        };
        figure.estimate.iter().copied().map(place).collect::<Vec<_>>().iter().filter(covered).count()
    };
    let right = plot.right() - width - 2.0;
    let left = [right, plot.x + 4.0, plot.x + (plot.width - width) / 2.0]
        .into_iter()
        .min_by_key(|left| crossing(*left))
        .unwrap_or(right);
    let patch = Frame { x: left - 2.0, y: line_y - 9.6, width: width + 4.0, height: 8.8 };
    canvas.rect(patch, canvas.rgb(Role::Card));
    canvas.text([left, line_y - 3.0], label, LABEL, Align::Start, canvas.rgb(Role::InBandText));
}
