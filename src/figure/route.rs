//! The route in local metres, and its scale.

use std::ops::Range;

use crate::{
    band::{Edges, Segment, State, segments},
    run::Run,
};

use super::ticks;

/// Where the run went, in local metres, without a map.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteFigure {
    /// The route by state, in order; pauses are left out.
    pub pieces: Vec<RoutePiece>,
    /// Where it begins, metres east and north; `None` where the ends are hidden.
    pub start_m: Option<[f32; 2]>,
    /// Where it ends.
    pub end_m: Option<[f32; 2]>,
    /// Lowest and highest metres east and north.
    pub bounds_m: [[f32; 2]; 2],
}

/// A stretch of the route in one state.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutePiece {
    /// The likeliest state.
    pub state: State,
    /// Whether nothing was recorded on the way: draw it dashed.
    pub interpolated: bool,
    /// Metres east and north; neighbours share a point.
    pub points_m: Vec<[f32; 2]>,
}

/// A map's scale.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleBar {
    /// A round length, m.
    pub length_m: f64,
    /// Its words: "500 m", "1000 ft".
    pub label: String,
}

impl RouteFigure {
    /// The route of a run, the first and last `hide_ends_m` metres left out (0: nothing is hidden).
    pub fn new(run: &Run, edges: Edges, hide_ends_m: f64) -> Self {
        Self::from_segments(segments(&run.recording, &run.motion, edges), run, hide_ends_m)
    }

    /// The same of segments that are known.
    pub fn from_segments(legs: impl Iterator<Item = Segment>, run: &Run, hide_ends_m: f64) -> Self {
        let motion = &run.motion;
        let shown = shown_fixes(run, hide_ends_m);
        let mut pieces: Vec<RoutePiece> = Vec::new();
        let mut joined = false;
        for leg in legs {
            if matches!(leg.state, State::Paused | State::LeftOut)
                || leg.fix < shown.start
                || leg.fix + 1 >= shown.end
            {
                joined = false;
                continue;
            }
            let (from, to) = (motion.ground_m[leg.fix], motion.ground_m[leg.fix + 1]);
            let same = |piece: &&mut RoutePiece| {
                joined && piece.state == leg.state && piece.interpolated == leg.interpolated
            };
            match pieces.last_mut().filter(same) {
                Some(piece) => piece.points_m.push(to),
                None => pieces.push(RoutePiece {
                    state: leg.state,
                    interpolated: leg.interpolated,
                    points_m: vec![from, to],
                }),
            }
            joined = true;
        }
        let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for point in pieces.iter().flat_map(|piece| &piece.points_m) {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        if pieces.is_empty() {
            (low, high) = ([0.0; 2], [0.0; 2]);
        }
        let end = |fix: Option<&[f32; 2]>| fix.copied().filter(|_| hide_ends_m <= 0.0);
        Self {
            pieces,
            start_m: end(motion.ground_m.first()),
            end_m: end(motion.ground_m.last()),
            bounds_m: [low, high],
        }
    }

    /// The pieces with points at least `apart_m` metres apart, for a picture on which that is less than a pixel.
    pub fn thinned(&self, apart_m: f32) -> Vec<RoutePiece> {
        let mut thin: Vec<RoutePiece> = Vec::new();
        let mut carried: Option<[f32; 2]> = None;
        let near = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < apart_m;
        let mut last_of_before = None;
        for piece in &self.pieces {
            let (first, last) = (piece.points_m[0], piece.points_m[piece.points_m.len() - 1]);
            // Where pieces follow each other, go on from the last point that was kept.
            let from = carried.filter(|_| last_of_before == Some(first)).unwrap_or(first);
            last_of_before = Some(last);
            let mut points_m = vec![from];
            for point in &piece.points_m[1..] {
                if !near(points_m[points_m.len() - 1], *point) {
                    points_m.push(*point);
                }
            }
            carried = points_m.last().copied();
            if points_m.len() > 1 {
                thin.push(RoutePiece { points_m, ..*piece });
            }
        }
        thin
    }

    /// A scale of at most `most_m` metres.
    pub fn scale_bar(most_m: f64, imperial: bool) -> ScaleBar {
        let (length_m, label) = ticks::scale(most_m, imperial);
        ScaleBar { length_m, label }
    }
}

/// The fixes that remain where the first and last `hide_ends_m` metres travelled are left out; none where the run is
/// shorter than that, or has no positions. Standing at the door does not count as travel, nor does pacing up and down
/// in front of it: an end is hidden until the runner is also half that far away from it.
pub fn shown_fixes(run: &Run, hide_ends_m: f64) -> Range<usize> {
    let Run { recording, motion } = run;
    let fixes = recording.fixes.len();
    if !recording.fixes.has_positions() {
        return 0..0;
    }
    if hide_ends_m <= 0.0 || fixes == 0 {
        return 0..fixes;
    }
    let travelled_m = |fix: usize| motion.steps.distance_at(recording.fixes.time_s[fix]);
    let total_m = travelled_m(fixes - 1);
    let away_m = |fix: usize, end: usize| {
        let (a, b) = (motion.ground_m[fix], motion.ground_m[end]);
        f64::from((a[0] - b[0]).hypot(a[1] - b[1]))
    };
    let clear = |gone_m: f64, away_m: f64| gone_m >= hide_ends_m && away_m >= hide_ends_m / 2.0;
    let first = (0..fixes).find(|fix| clear(travelled_m(*fix), away_m(*fix, 0)));
    let last = (0..fixes).rfind(|fix| clear(total_m - travelled_m(*fix), away_m(*fix, fixes - 1)));
    match (first, last) {
        (Some(first), Some(last)) if first < last => first..last + 1,
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::fixture::{run_of, steps_of};

    /// East along a line.
    fn run(stretches: &[(usize, f32)]) -> Run {
        run_of(steps_of(stretches))
    }

    #[test]
    fn pieces_share_their_ends() {
        let run = run(&[(100, 1.5), (100, 3.0)]);
        let figure = RouteFigure::new(&run, Edges::default(), 0.0);
        assert_eq!(figure.pieces.len(), 2);
        assert_eq!(figure.pieces[0].points_m.last(), figure.pieces[1].points_m.first());
        assert_eq!(figure.bounds_m, [[0.0, 0.0], [450.0, 0.0]]);
        assert!(figure.start_m.is_some());
        let thin = figure.thinned(10.0);
        assert!(thin.iter().map(|piece| piece.points_m.len()).sum::<usize>() <= 48);
    }

    #[test]
    fn hidden_ends_are_gone_and_standing_there_does_not_uncover_them() {
        let mut run = run(&[(300, 0.0), (400, 2.0), (300, 0.0)]);
        // Jitter while standing.
        for k in 0..300 {
            run.motion.ground_m[k] = [if k % 2 == 0 { 3.0 } else { -3.0 }, 0.0];
        }
        let figure = RouteFigure::new(&run, Edges::default(), 200.0);
        assert_eq!((figure.start_m, figure.end_m), (None, None));
        assert!(figure.bounds_m[0][0] >= 199.0 && figure.bounds_m[1][0] <= 601.0, "{:?}", figure.bounds_m);
        assert!(!figure.pieces.is_empty());
    }

    #[test]
    fn of_a_run_shorter_than_its_hidden_ends_nothing_is_shown() {
        let run = run(&[(150, 2.0)]);
        assert_eq!(shown_fixes(&run, 200.0), 0..0);
        assert!(RouteFigure::new(&run, Edges::default(), 200.0).pieces.is_empty());
    }
}
