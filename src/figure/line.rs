//! Lines of many points, thinned to the pixels there are.

use std::ops::Range;

/// Points that one entry of the lowest level stands for, and entries that one of the next stands for.
const FAN: usize = 16;

/// A line of points with rising x that is thinned to pixels in a time that depends on the pixels, not on the
/// points: over every 16 points, 16 times 16 and so on it is known which one is lowest and which highest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    points: Vec<[f64; 2]>,
    /// Lowest and highest point of every 16 of the level below; the level below the first is the points.
    levels: Vec<Vec<[u32; 2]>>,
}

impl From<Vec<[f64; 2]>> for Line {
    fn from(points: Vec<[f64; 2]>) -> Self {
        let mut levels: Vec<Vec<[u32; 2]>> = Vec::new();
        if points.len() > FAN {
            let first = (0..points.len()).step_by(FAN).map(|start| {
                let end = (start + FAN).min(points.len());
                extremes(&points, (start..end).map(|k| [k as u32; 2]))
            });
            levels.push(first.collect());
        }
        while let Some(below) = levels.last().filter(|level| level.len() > FAN) {
            let next = below.chunks(FAN).map(|chunk| extremes(&points, chunk.iter().copied())).collect();
            levels.push(next);
        }
        Self { points, levels }
    }
}

impl std::ops::Deref for Line {
    type Target = [[f64; 2]];

    fn deref(&self) -> &Self::Target {
        &self.points
    }
}

/// The lowest and highest of several points; the first where they are equal.
fn extremes(points: &[[f64; 2]], candidates: impl Iterator<Item = [u32; 2]>) -> [u32; 2] {
    let merged = candidates.reduce(|best, next| {
        let y = |k: u32| points[k as usize][1];
        [
            if y(next[0]) < y(best[0]) { next[0] } else { best[0] },
            if y(next[1]) > y(best[1]) { next[1] } else { best[1] },
        ]
    });
    merged.unwrap_or_default()
}

impl Line {
    /// The points of `part` within `x_range`, thinned to at most four per pixel column: first, lowest, highest
    /// and last, so that the line looks as if all were drawn. One point either side of the range is kept.
    pub fn reduce(&self, part: Range<usize>, x_range: [f64; 2], columns: usize) -> Vec<[f64; 2]> {
        let points = &self.points[part.clone()];
        let first = points.partition_point(|p| p[0] < x_range[0]).saturating_sub(1);
        let last = (points.partition_point(|p| p[0] <= x_range[1]) + 1).min(points.len());
        let shown = part.start + first.min(last)..part.start + last;
        let columns = columns.max(1);
        let per_x = columns as f64 / (x_range[1] - x_range[0]).max(f64::MIN_POSITIVE);
        let spanned = match &self.points[shown.clone()] {
            [first, .., last] => ((last[0] - first[0]) * per_x).ceil() as usize + 1,
            few => return few.to_vec(),
        };
        if shown.len() <= 4 * spanned {
            return self.points[shown].to_vec();
        }
        let column = |k: usize| ((self.points[k][0] - x_range[0]) * per_x).floor() as i64;
        let mut thinned = Vec::with_capacity(4 * columns + 8);
        let mut start = shown.start;
        while start < shown.end {
            let end = run_end(start..shown.end, |k| column(k) == column(start));
            let [lowest, highest] = self.extremes(start..end).map(|k| k as usize);
            let kept = [start, lowest.min(highest), lowest.max(highest), end - 1];
            let mut before = None;
            for k in kept {
                if before.replace(k) != Some(k) {
                    thinned.push(self.points[k]);
                }
            }
            start = end;
        }
        thinned
    }

    /// The lowest and highest point of a range that is not empty.
    fn extremes(&self, range: Range<usize>) -> [u32; 2] {
        let (mut start, mut width) = (range.start, 1);
        let mut level = 0;
        let pieces = std::iter::from_fn(|| {
            if start >= range.end {
                return None;
            }
            // Up where a whole entry of the next level fits, down where the present one reaches too far.
            while level < self.levels.len() && start % (width * FAN) == 0 && start + width * FAN <= range.end
            {
                (level, width) = (level + 1, width * FAN);
            }
            while start + width > range.end {
                (level, width) = (level - 1, width / FAN);
            }
            let found = match level {
                0 => [start as u32; 2],
                level => self.levels[level - 1][start / width],
            };
            start += width;
            Some(found)
        });
        extremes(&self.points, pieces)
    }
}

/// Where `same`, which holds at the start of the range and nowhere after it first fails, first fails.
fn run_end(range: Range<usize>, same: impl Fn(usize) -> bool) -> usize {
    let (mut holds, mut leap) = (range.start, 1);
    while holds + leap < range.end && same(holds + leap) {
        holds += leap;
        leap *= 2;
    }
    let mut fails = (holds + leap).min(range.end);
    while fails - holds > 1 {
        let middle = usize::midpoint(holds, fails);
        if same(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
    fails
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`Line::reduce`] is to find, in one pass over all points.
    fn plainly(points: &[[f64; 2]], x_range: [f64; 2], columns: usize) -> Vec<[f64; 2]> {
        let first = points.partition_point(|p| p[0] < x_range[0]).saturating_sub(1);
        let last = (points.partition_point(|p| p[0] <= x_range[1]) + 1).min(points.len());
        let shown = &points[first.min(last)..last];
        let per_x = columns as f64 / (x_range[1] - x_range[0]);
        let spanned = match shown {
            [first, .., last] => ((last[0] - first[0]) * per_x).ceil() as usize + 1,
            _ => return shown.to_vec(),
        };
        if shown.len() <= 4 * spanned {
            return shown.to_vec();
        }
        let column = |p: &[f64; 2]| ((p[0] - x_range[0]) * per_x).floor() as i64;
        let mut thinned = Vec::new();
        for same in shown.chunk_by(|a, b| column(a) == column(b)) {
            let by_height = |a: &(usize, &[f64; 2]), b: &(usize, &[f64; 2])| a.1[1].total_cmp(&b.1[1]);
            let (lowest, _) = same.iter().enumerate().min_by(by_height).expect("a point");
            let (highest, _) = same.iter().enumerate().rev().max_by(by_height).expect("a point");
            let mut kept = [0, lowest, highest, same.len() - 1];
            kept.sort_unstable();
            thinned.extend(
                kept.iter()
                    .enumerate()
                    .filter(|(k, at)| *k == 0 || kept[k - 1] != **at)
                    .map(|(_, at)| same[*at]),
            );
        }
        thinned
    }

    fn noise(count: u32) -> Vec<[f64; 2]> {
        let mut seed = 7_u32;
        let mut x = 0.0;
        (0..count)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // Many points of one height, and steps along x of all widths.
                x += f64::from(seed >> 28) * 0.25 + if seed.is_multiple_of(97) { 60.0 } else { 0.01 };
                [x, f64::from(seed >> 20 & 31)]
            })
            .collect()
    }

    #[test]
    fn what_is_looked_up_is_what_a_pass_over_all_points_finds() {
        for count in [0, 1, 2, 15, 16, 17, 255, 256, 257, 5000, 70_000] {
            let points = noise(count);
            let line = Line::from(points.clone());
            let end = points.last().map_or(1.0, |p| p[0]);
            for x_range in [[0.0, end], [0.31 * end, 0.72 * end], [0.5 * end, 0.501 * end], [-9.0, 2.0 * end]]
            {
                for columns in [1, 7, 400] {
                    assert_eq!(
                        line.reduce(0..points.len(), x_range, columns),
                        plainly(&points, x_range, columns)
                    );
                    let part = points.len() / 3..points.len() - points.len() / 5;
                    assert_eq!(
                        line.reduce(part.clone(), x_range, columns),
                        plainly(&points[part], x_range, columns)
                    );
                }
            }
        }
    }

    #[test]
    fn a_single_spike_survives() {
        let mut points: Vec<[f64; 2]> = (0..330_000).map(|k| [f64::from(k), 1.0]).collect();
        points[123_456][1] = 9.0;
        points[234_567][1] = -9.0;
        let line = Line::from(points);
        let drawn = line.reduce(0..line.len(), [0.0, 329_999.0], 800);
        assert!(drawn.len() <= 3300, "{}", drawn.len());
        assert!(drawn.contains(&[123_456.0, 9.0]) && drawn.contains(&[234_567.0, -9.0]));
        assert_eq!((drawn.first(), drawn.last()), (line.first(), line.last()));
        assert!(drawn.windows(2).all(|pair| pair[1][0] > pair[0][0]));
    }

    #[test]
    fn zoomed_in_all_points_are_drawn_with_one_neighbour_each_side() {
        let line = Line::from((0..1000).map(|k| [f64::from(k), 0.0]).collect::<Vec<_>>());
        let drawn = line.reduce(0..1000, [10.0, 20.0], 800);
        assert_eq!((drawn.first(), drawn.last(), drawn.len()), (Some(&[9.0, 0.0]), Some(&[21.0, 0.0]), 13));
    }
}
