//! What all charts share: from values to places on the screen, grid lines and labels.

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rangef, Rect, Stroke, pos2};

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

/// A line that goes up and down within single pixel columns, as one upright bar per column: what a line of
/// thousands of steep pieces shows, at a fraction of its triangles. `None` where the line has room.
pub fn bars(line: &[Pos2], pixels_per_point: f32, color: Color32) -> Option<Mesh> {
    let (first, last) = (line.first()?.x, line.last()?.x);
    let columns = ((last - first) * pixels_per_point).floor() as usize + 1;
    if line.len() < columns {
        return None;
    }
    let mut reach = vec![Rangef::NOTHING; columns];
    for ends in line.windows(2) {
        let [a, b] = [ends[0], ends[1]];
        let column = |x: f32| (((x - first) * pixels_per_point) as usize).min(columns - 1);
        let y_at = |edge: usize| {
            let part = (first + edge as f32 / pixels_per_point - a.x) / (b.x - a.x).max(f32::MIN_POSITIVE);
            a.y + part.clamp(0.0, 1.0) * (b.y - a.y)
        };
        for index in column(a.x)..=column(b.x) {
            for y in [y_at(index), y_at(index + 1)] {
                reach[index] = Rangef::new(reach[index].min.min(y), reach[index].max.max(y));
            }
        }
    }
    let pixel = 1.0 / pixels_per_point;
    let mut mesh = Mesh::default();
    for (index, y) in reach.into_iter().enumerate() {
        let left = ((first + index as f32 * pixel) * pixels_per_point).round() * pixel;
        let y = Rangef::new(y.min - pixel / 2.0, y.max + pixel / 2.0);
        mesh.add_colored_rect(Rect::from_x_y_ranges(left..=left + pixel, y), color);
    }
    Some(mesh)
}
