//! What all charts share: from values to places on the screen, grid lines and labels.

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rangef, Rect, Shape, Stroke, epaint::Tessellator, pos2};

use crate::{
    app::{
        state::{drawn::Drawn, settings::hundredths},
        ui::theme::{self, Colors, Weight},
    },
    figure::Tick,
};

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

    /// Stretches along x, in order, as they are seen on the screen: those less than `pixel` apart are one, none is
    /// narrower, and those outside are left out.
    pub fn stretches(&self, along_x: &[[f64; 2]], pixel: f32) -> Vec<Rangef> {
        let mut seen: Vec<Rangef> = Vec::new();
        for [from, to] in along_x.iter().filter(|[from, to]| *to >= self.x[0] && *from <= self.x[1]) {
            let left = self.left(*from).max(self.area.left());
            let right = self.left(*to).min(self.area.right()).max(left + pixel);
            match seen.last_mut() {
                Some(last) if left - last.max < pixel => last.max = last.max.max(right),
                _ => seen.push(Rangef::new(left, right)),
            }
        }
        seen
    }

    /// What its lines in these colours depend on, beside what they show, where their widths go by `size`.
    pub fn drawn(&self, painter: &Painter, colors: &Colors, size: f32) -> Drawn {
        Drawn {
            area: self.area,
            scale: [self.x[0], self.x[1], self.y_max],
            size,
            pixels_per_point: painter.pixels_per_point(),
            palette: colors.palette,
        }
    }

    /// The value along x at a place on the screen.
    pub fn value(&self, left: f32) -> f64 {
        let part = f64::from((left - self.area.left()) / self.area.width().max(1.0));
        self.x[0] + part.clamp(0.0, 1.0) * (self.x[1] - self.x[0])
    }

    /// How much of the x axis so many points are.
    pub fn along(&self, points: f32) -> f64 {
        f64::from(points / self.area.width().max(1.0)) * (self.x[1] - self.x[0])
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
            // Clear of the lowest label at the left, whatever their size.
            painter.galley(pos2(middle - half, self.area.bottom() + 0.52 * size), galley, colors.muted);
        }
    }
}

/// Shapes without text as triangles, which can be kept: most frames move a pointer, and no line.
pub fn triangles(painter: &Painter, shapes: Vec<Shape>) -> Mesh {
    let options = painter.ctx().options(|options| options.tessellation_options);
    // Only text and small discs are looked up in the font's picture.
    let mut tessellator = Tessellator::new(painter.pixels_per_point(), options, [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for shape in shapes {
        tessellator.tessellate_shape(shape, &mut mesh);
    }
    mesh
}

/// A label at a place, for charts without axes.
pub fn label(painter: &Painter, colors: &Colors, at: Pos2, align: Align2, words: &str) {
    painter.text(at, align, words, theme::font(theme::CAPTION, Weight::Regular), colors.muted);
}

/// A speed where a hand puts it: to 0.05 m/s.
pub fn by_hand(speed_mps: f64) -> f64 {
    hundredths((speed_mps / 0.05).round() * 0.05)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_pauses_are_as_many_as_there_is_room_for() {
        let area = Rect::from_min_max(pos2(100.0, 0.0), pos2(900.0, 200.0));
        let plot = Plot { area, x: [0.0, 100_000.0], y_max: 4.0 };
        let pauses: Vec<[f64; 2]> =
            (0..10_000).map(|k| [f64::from(k) * 10.0, f64::from(k) * 10.0 + 3.0]).collect();
        let all = plot.stretches(&pauses, 1.0);
        assert_eq!((all.len(), all[0].min), (1, 100.0));
        assert!((900.0..=901.0).contains(&all[0].max), "{all:?}");
        let near = Plot { x: [50.0, 150.0], ..plot };
        let seen = near.stretches(&pauses, 1.0);
        assert_eq!(seen.len(), 11);
        assert_eq!((seen[0], seen[1]), (Rangef::new(100.0, 124.0), Rangef::new(180.0, 204.0)));
    }
}
