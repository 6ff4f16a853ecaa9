//! The band's upper edge in the chart, with its words where they cover no line.

use egui::{Galley, Painter, Rangef, Rect, Stroke, pos2, vec2};

use crate::{
    app::{
        charts::plot::Plot,
        state::{drawn::Words, shown::Shown},
        ui::{
            theme::{self, Colors, Weight},
            widgets::dashed,
        },
    },
    figure::{Role, Threshold},
};

use super::columns;

/// From the words to the edge that they name, and to what is left and right of them.
const APART: f32 = 3.0;
/// From the words to the end of the chart.
const MARGIN: f32 = 5.0;
/// So far apart are the places that are tried.
const STEP: f32 = 6.0;

/// The dashed line with its words, where the estimate leaves room, on a ground that keeps them readable.
pub(super) fn show(
    painter: &Painter,
    colors: &Colors,
    shown: &Shown,
    edge: &Threshold,
    plot: &Plot,
    size: f32,
) {
    let y = plot.top(edge.speed_mps);
    let color = colors.role(Role::InBandText);
    dashed(
        painter,
        pos2(plot.area.left(), y),
        pos2(plot.area.right(), y),
        Stroke::new(1.5, colors.role(Role::InBand)),
    );
    let laid_out =
        |words: &str| painter.layout_no_wrap(words.to_owned(), theme::font(size, Weight::SemiBold), color);
    let words = *shown.threshold_words.get((plot.drawn(painter, colors, size), edge.speed_mps), || {
        let (long, short) = (laid_out(&edge.label), laid_out(&edge.short_label));
        place(painter, shown, plot, y, [&long, &short])
    });
    let galley = laid_out(if words.short { &edge.short_label } else { &edge.label });
    let top = if words.below { y + APART } else { y - galley.size().y - APART };
    let place = pos2(words.left, top);
    painter.rect_filled(
        Rect::from_min_size(place, galley.size()).expand2(vec2(APART, 1.0)),
        3.0,
        colors.card.gamma_multiply(0.85),
    );
    painter.galley(place, galley, color);
}

/// Where the words cover no line: above the edge, in a few words if need be, or else below it. Where there is no such
/// place, that of the fewest lines.
fn place(painter: &Painter, shown: &Shown, plot: &Plot, y: f32, galleys: [&Galley; 2]) -> Words {
    let visible = shown.visible(plot.x, columns(painter, plot));
    let height = galleys[0].size().y;
    let lines_within = |reach: Rangef| -> Vec<Rangef> {
        let ends = visible.estimate.iter().flat_map(|(_, line)| line.windows(2));
        let places = ends.map(|ends| Rect::from_two_pos(plot.at(ends[0]), plot.at(ends[1])));
        places.filter(|place| place.y_range().intersects(reach)).map(|place| place.x_range()).collect()
    };
    let above = lines_within(Rangef::new(y - height - APART - 1.0, y - APART + 1.0));
    let below = lines_within(Rangef::new(y + APART - 1.0, y + height + APART + 1.0));
    let area = plot.area.x_range();
    let [long, short] = galleys.map(|galley| galley.size().x);
    let fits_below = y + height + APART < plot.area.bottom();
    let tries = [(&above, long, false), (&above, short, true), (&below, long, false), (&below, short, true)];
    let mut best: Option<(usize, Words)> = None;
    for (k, (lines, width, short)) in tries.into_iter().enumerate() {
        let below = k > 1;
        if below && !fits_below {
            break;
        }
        let (left, crossed) = freest(lines, area, width);
        let words = Words { left, below, short };
        if crossed == 0 {
            return words;
        }
        if best.is_none_or(|(least, _)| crossed < least) {
            best = Some((crossed, words));
        }
    }
    best.map(|(_, words)| words).unwrap_or_default()
}

/// Where words so wide cover the fewest lines, and how many: at the right end, else at the left, else in the middle,
/// else anywhere, as far right as it goes.
fn freest(lines: &[Rangef], area: Rangef, width: f32) -> (f32, usize) {
    let (first, last) = (area.min + MARGIN, area.max - MARGIN - width);
    let crossed = |left: f32| {
        let taken = Rangef::new(left - APART, left + width + APART);
        lines.iter().filter(|line| line.intersects(taken)).count()
    };
    let steps = ((last - first) / STEP).max(0.0) as usize;
    let anywhere = (1..steps).map(|k| last - k as f32 * STEP);
    let mut best = (last, usize::MAX);
    for left in [last, first, area.center() - width / 2.0].into_iter().chain(anywhere) {
        let found = crossed(left);
        if found < best.1 {
            best = (left, found);
        }
        if found == 0 {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_no_line_is_and_else_where_the_fewest_are() {
        let area = Rangef::new(0.0, 400.0);
        let at = |x: f32| Rangef::new(x, x + 1.0);
        assert_eq!(freest(&[], area, 100.0), (295.0, 0), "at the right end");
        assert_eq!(freest(&[at(350.0)], area, 100.0), (5.0, 0), "at the left end");
        let (left, crossed) = freest(&[at(50.0), at(200.0), at(390.0)], area, 100.0);
        assert_eq!(crossed, 0);
        assert!(left > 201.0 + APART && left + 100.0 < 390.0 - APART, "{left}: between two lines");
        let everywhere: Vec<Rangef> = (0..80).map(|k| at(k as f32 * 5.0)).chain([at(352.0)]).collect();
        let (left, crossed) = freest(&everywhere, area, 100.0);
        assert!(crossed > 0 && left != 295.0, "{left}: {crossed}");
        assert_eq!(freest(&[at(350.0)], area, 600.0).1, 1, "too wide for anywhere");
    }
}
