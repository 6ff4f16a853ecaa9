/// The points of `points` (rising x) within `x_range`, thinned to at most four per pixel column: first, lowest,
/// highest and last, so that the line looks as if all were drawn. One point either side of the range is kept.
pub fn reduce(points: &[[f64; 2]], x_range: [f64; 2], columns: usize) -> Vec<[f64; 2]> {
    let first = points.partition_point(|p| p[0] < x_range[0]).saturating_sub(1);
    let last = (points.partition_point(|p| p[0] <= x_range[1]) + 1).min(points.len());
    let shown = &points[first.min(last)..last];
    let columns = columns.max(1);
    let per_x = columns as f64 / (x_range[1] - x_range[0]).max(f64::MIN_POSITIVE);
    let spanned = match shown {
        [first, .., last] => ((last[0] - first[0]) * per_x).ceil() as usize + 1,
        _ => return shown.to_vec(),
    };
    if shown.len() <= 4 * spanned {
        return shown.to_vec();
    }
    let column = |p: &[f64; 2]| ((p[0] - x_range[0]) * per_x).floor() as i64;
    let mut thinned = Vec::with_capacity(4 * columns + 8);
    for same in shown.chunk_by(|a, b| column(a) == column(b)) {
        let (mut lowest, mut highest) = (0, 0);
        for (k, p) in same.iter().enumerate() {
            if p[1] < same[lowest][1] {
                lowest = k;
            }
            if p[1] > same[highest][1] {
                highest = k;
            }
        }
        let mut kept = [0, lowest.min(highest), lowest.max(highest), same.len() - 1];
        kept.sort_unstable();
        let mut before = None;
        for k in kept {
            if before.replace(k) != Some(k) {
                thinned.push(same[k]);
            }
        }
    }
    thinned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_spike_survives() {
        let mut points: Vec<[f64; 2]> = (0..330_000).map(|k| [f64::from(k), 1.0]).collect();
        points[123_456][1] = 9.0;
        points[234_567][1] = -9.0;
        let drawn = reduce(&points, [0.0, 329_999.0], 800);
        assert!(drawn.len() <= 3300, "{}", drawn.len());
        assert!(drawn.contains(&[123_456.0, 9.0]) && drawn.contains(&[234_567.0, -9.0]));
        assert_eq!((drawn.first(), drawn.last()), (points.first(), points.last()));
        assert!(drawn.windows(2).all(|pair| pair[1][0] > pair[0][0]));
    }

    #[test]
    fn zoomed_in_all_points_are_drawn_with_one_neighbour_each_side() {
        let points: Vec<[f64; 2]> = (0..1000).map(|k| [f64::from(k), 0.0]).collect();
        let drawn = reduce(&points, [10.0, 20.0], 800);
        assert_eq!((drawn.first(), drawn.last(), drawn.len()), (Some(&[9.0, 0.0]), Some(&[21.0, 0.0]), 13));
    }

    #[test]
    fn nothing_to_draw() {
        assert!(reduce(&[], [0.0, 1.0], 10).is_empty());
        assert_eq!(reduce(&[[5.0, 1.0]], [0.0, 1.0], 10).len(), 1);
    }
}
