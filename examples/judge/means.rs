//! What simple means make of the same positions.

use spinepace::{motion, recording::Recording};

/// A way to compute speed that people use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mean {
    /// Distance over time of every leg.
    RawLegs,
    /// Length of the path over 15 s.
    FifteenSeconds,
    /// Distance of two places 10 s apart.
    Displacement,
}

impl Mean {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::RawLegs, Self::FifteenSeconds, Self::Displacement];

    /// For the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::RawLegs => "raw legs",
            Self::FifteenSeconds => "mean of 15 s",
            Self::Displacement => "displacement over 10 s",
        }
    }

    fn window_s(self) -> f64 {
        match self {
            Self::RawLegs => 1.0,
            Self::FifteenSeconds => 15.0,
            Self::Displacement => 10.0,
        }
    }
}

/// The speed of every second by a simple mean, m/s; 0 where recording was interrupted.
pub fn speed_mps(recording: &Recording, mean: Mean, count: usize) -> Vec<f64> {
    let time_s = &recording.fixes.time_s;
    let ground_m = &motion::preview(recording).ground_m;
    let mut out = vec![0.0; count];
    let mut starts = vec![0];
    starts.extend(&recording.breaks);
    starts.push(time_s.len());
    for pair in starts.windows(2) {
        let stretch = Stretch::new(&time_s[pair[0]..pair[1]], &ground_m[pair[0]..pair[1]]);
        let (Some(begin), Some(end)) = (stretch.time_s.first(), stretch.time_s.last()) else { continue };
        for second in
            (begin - 0.5).ceil().max(0.0) as usize..((end - 0.5).ceil().max(0.0) as usize).min(count)
        {
            let middle = second as f64 + 0.5;
            let from = (middle - 0.5 * mean.window_s()).max(*begin);
            let to = (middle + 0.5 * mean.window_s()).min(*end);
            let (a, b) = (stretch.at(from), stretch.at(to));
            let way_m = match mean {
                Mean::Displacement => (b[0] - a[0]).hypot(b[1] - a[1]),
                _ => b[2] - a[2],
            };
            out[second] = way_m / (to - from);
        }
    }
    out
}

/// Fixes without an interruption between them.
struct Stretch<'a> {
    time_s: &'a [f64],
    /// East, north, way so far.
    rows: Vec<[f64; 3]>,
}

impl<'a> Stretch<'a> {
    fn new(time_s: &'a [f64], ground_m: &[[f32; 2]]) -> Self {
        let mut rows: Vec<[f64; 3]> = Vec::with_capacity(ground_m.len());
        for place in ground_m {
            let [east, north] = place.map(f64::from);
            let way = rows.last().map_or(0.0, |last| last[2] + (east - last[0]).hypot(north - last[1]));
            rows.push([east, north, way]);
        }
        Self { time_s, rows }
    }

    /// On the straight line between fixes.
    fn at(&self, time_s: f64) -> [f64; 3] {
        let after = self.time_s.partition_point(|t| *t <= time_s).clamp(1, self.time_s.len().max(2) - 1);
        let Some(to) = self.rows.get(after) else { return self.rows[0] };
        let (from, begin, end) = (self.rows[after - 1], self.time_s[after - 1], self.time_s[after]);
        let share = ((time_s - begin) / (end - begin)).clamp(0.0, 1.0);
        [0, 1, 2].map(|k| from[k] + share * (to[k] - from[k]))
    }
}
