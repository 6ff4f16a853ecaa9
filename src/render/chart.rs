//! One chart by itself, with its title.

use crate::{
    band::Summary,
    figure::{
        BarFigure, HistogramFigure, Palette, Role, RouteFigure, ShareCurveFigure, SpeedAxis, SpeedFigure,
    },
    run::Run,
    text::headline,
    units::SpeedUnit,
};

use super::{
    canvas::{Align, Frame, draw_picture},
    charts,
    font::{self, Type},
};

/// A chart that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chart {
    /// Speed over time or distance.
    Speed(SpeedAxis),
    /// The stacked bar of the whole run.
    Bar,
    /// Time at each speed.
    Histogram,
    /// Where, without the first and last metres.
    Route {
        /// Metres left out at both ends.
        hide_ends_m: u32,
    },
    /// The share against the threshold.
    ShareCurve,
}

const MARGIN_PT: f64 = 16.0;

/// Draws one chart with its title as SVG, on white or dark ground, as wide as a page. PNG is made of it by
/// [`super::png`].
pub fn chart_svg(chart: Chart, run: &Run, summary: &Summary, unit: SpeedUnit, palette: Palette) -> String {
    let (edges, steps) = (summary.edges, &run.motion.steps);
    let (words, height) = match chart {
        Chart::Speed(_) => (format!("Speed ({})", unit.symbol()), 200.0),
        Chart::Bar => ("The whole run".to_owned(), 40.0),
        Chart::Histogram => (format!("Time at each speed ({})", unit.symbol()), 200.0),
        Chart::Route { .. } => ("Where".to_owned(), 320.0),
        Chart::ShareCurve => (format!("Share of moving time by threshold ({})", unit.symbol()), 200.0),
    };
    let headline = headline::short_headline(summary);
    let (name, _) = font::printable(&run.recording.name);
    let size = [560.0, height + 2.0 * MARGIN_PT + 18.0];
    let title = format!("{words}, {name}");
    draw_picture(size, palette, &title, &headline, |canvas| {
        let ground = Frame { x: 0.0, y: 0.0, width: size[0], height: size[1] };
        canvas.rect(ground, canvas.rgb(Role::Card));
        let top = MARGIN_PT + 9.0;
        let heading = Type::strong(9.5);
        canvas.text([MARGIN_PT, top], &words, heading, Align::Start, canvas.rgb(Role::Ink));
        let room = size[0] - 2.0 * MARGIN_PT - heading.width_pt(&words) - 16.0;
        let beside = Type::regular(8.5).shorten(&format!("{} · {headline}", font::isolated(&name)), room);
        let right = size[0] - MARGIN_PT;
        canvas.text([right, top], &beside, Type::regular(8.5), Align::End, canvas.rgb(Role::Muted));
        let frame = Frame { x: MARGIN_PT, y: top + 9.0, width: size[0] - 2.0 * MARGIN_PT, height };
        match chart {
            Chart::Speed(axis) => {
                let figure = SpeedFigure::new(run, edges, unit, axis);
                charts::speed(canvas, &figure, frame);
            }
            Chart::Bar => {
                let figure = BarFigure::new(summary);
                charts::bar(canvas, &figure, Frame { height: 18.0, ..frame });
                charts::legend(canvas, &figure, [frame.x, frame.y + 32.0], frame.width);
            }
            Chart::Histogram => charts::histogram(canvas, &HistogramFigure::new(steps, edges, unit), frame),
            Chart::Route { hide_ends_m } => {
                let figure = RouteFigure::new(run, edges, f64::from(hide_ends_m));
                charts::route(canvas, &figure, unit.is_imperial(), frame);
            }
            Chart::ShareCurve => {
                charts::share_curve(canvas, &ShareCurveFigure::new(steps, edges, unit), frame);
            }
        }
    })
}
