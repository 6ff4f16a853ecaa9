//! What all charts share: from values to places on the screen, grid lines and labels.

use egui::{Align2, Painter, Pos2, Rect, Stroke, pos2};

use crate::figure::Tick;

use super::theme::{self, Colors, Weight};

/// A chart's area with what its edges stand for.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    /// The area within the axes.
    pub area: Rect,
    /// Values at the left and right edge.
    pub x: [f64; 2],
    /// The value at the upper edge; the lower one is 0.
    pub y_max: f64,
}

impl Plot {
    /// The place of a value along x.
    pub fn left(&self, x: f64) -> f32 {
        let part = (x - self.x[0]) / (self.x[1] - self.x[0]).max(f64::MIN_POSITIVE);
        self.area.left() + self.area.width() * part as f32
    }

    /// The place of a value along y.
    pub fn top(&self, y: f64) -> f32 {
        self.area.bottom() - self.area.height() * (y / self.y_max.max(f64::MIN_POSITIVE)) as f32
    }

    /// The place of a point; what lies above the chart is drawn at its upper edge.
    pub fn at(&self, point: [f64; 2]) -> Pos2 {
        pos2(self.left(point[0]), self.top(point[1].min(self.y_max)))
    }

    /// The value along x at a place on the screen.
    pub fn value(&self, left: f32) -> f64 {
        let part = f64::from((left - self.area.left()) / self.area.width().max(1.0));
        self.x[0] + part.clamp(0.0, 1.0) * (self.x[1] - self.x[0])
    }

    /// Horizontal lines with their labels.
    pub fn y_axis(&self, painter: &Painter, colors: &Colors, ticks: &[Tick], size: f32) {
        for tick in ticks {
            let y = painter.round_to_pixel_center(self.top(tick.at));
            painter.hline(self.area.x_range(), y, Stroke::new(1.0, colors.line));
            painter.text(
                pos2(self.area.left() - 8.0, y),
                Align2::RIGHT_CENTER,
                &tick.label,
                theme::font(size, Weight::Regular),
                colors.muted,
            );
        }
    }

    /// Labels below; those at the edges stay within `bounds`.
    pub fn x_axis(&self, painter: &Painter, colors: &Colors, ticks: &[Tick], size: f32, bounds: Rect) {
        let mut free_from = bounds.left();
        for tick in ticks {
            let galley =
                painter.layout_no_wrap(tick.label.clone(), theme::font(size, Weight::Regular), colors.muted);
            let half = galley.size().x / 2.0;
            let middle = self.left(tick.at).clamp(bounds.left() + half, (bounds.right() - half).max(0.0));
            if middle - half < free_from {
                continue;
            }
            free_from = middle + half + 8.0;
            painter.galley(pos2(middle - half, self.area.bottom() + 6.0), galley, colors.muted);
        }
    }
}
