//! The receiver's error, from third differences of the positions.
//!
//! A third difference over lag L, p(t+1.5L) - 3p(t+.5L) + 3p(t-.5L) - p(t-1.5L), is free of place, speed and
//! steady bends. It is split along and across the chord of its span, and V(L), m2, is the lesser of the two
//! robust variances: the error is alike in all directions, what only one of them shows is pace or path. Then
//!
//! ```text
//! V(L) = sigma^2 [20 - 30 c(L) + 12 c(2L) - 2 c(3L)] + 20 white^2
//! ```
//!
//! with c the error's autocorrelation. log V is fitted in (log sigma^2, log white^2) by Gauss-Newton with priors
//! for five shapes of c; the likeliest serves all later steps. Where V exceeds the model it weighs little,
//! because path and pace only add.

use super::{
    ground_track::{Cursor, GroundTrack},
    plane,
};

/// The shape of the error's autocorrelation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// e^(-L / memory): a random walk that returns.
    OrnsteinUhlenbeck,
    /// (1 + a) e^-a, a = sqrt(3) L / memory: smooth, as a receiver's own filter leaves it.
    Matern,
}

/// Error of a position along one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PositionError {
    /// How it is correlated in time.
    pub family: Family,
    /// Standard deviation of the correlated part, m.
    pub sigma_m: f64,
    /// Its memory, s.
    pub memory_s: f64,
    /// Standard deviation of the white part, m.
    pub white_m: f64,
}

impl PositionError {
    /// Autocorrelation of the correlated part after `lag_s`.
    pub fn correlation(&self, lag_s: f64) -> f64 {
        match self.family {
            Family::OrnsteinUhlenbeck => (-lag_s / self.memory_s).exp(),
            Family::Matern => {
                let a = 3.0_f64.sqrt() * lag_s / self.memory_s;
                (1.0 + a) * (-a).exp()
            }
        }
    }

    /// Variance of the difference of two positions `lag_s` apart along one axis, m2.
    pub fn difference_m2(&self, lag_s: f64) -> f64 {
        2.0 * self.sigma_m.powi(2) * (1.0 - self.correlation(lag_s)) + 2.0 * self.white_m.powi(2)
    }
}

/// Family, memory (s), prior median of sigma (m).
const SHAPES: [(Family, f64, f64); 5] = [
    (Family::OrnsteinUhlenbeck, 20.0, 2.4),
    (Family::OrnsteinUhlenbeck, 40.0, 2.4),
    (Family::Matern, 10.0, 1.6),
    (Family::Matern, 17.0, 1.6),
    (Family::Matern, 28.0, 1.6),
];
/// A device that writes a fix less often than this chooses among positions that it has filtered, s: the prior median
/// of sigma is then multiplied by the second, and the log posterior of Matern shapes grows by the third.
const SPARSE_S: f64 = 1.5;
const SPARSE_SIGMA: f64 = 0.7;
const SPARSE_FAVOUR: f64 = 1.0;
/// Standard deviation of log sigma around the prior median.
const fn sigma_prior_sd(family: Family) -> f64 {
    match family {
        Family::OrnsteinUhlenbeck => 0.4,
        Family::Matern => 0.3,
    }
}
/// Prior median of the white part, m, the standard deviation of its logarithm, and the least value, m.
const WHITE: (f64, f64, f64) = (0.2, 1.2, 0.03);
/// Lags in median intervals.
const LAGS: [f64; 5] = [1.0, 2.0, 4.0, 8.0, 16.0];
/// Weight of a moment above the model, by lag in seconds at [`LAGS`].
const EXCESS_WEIGHT: [f64; 5] = [0.5, 0.3, 0.1, 0.03, 0.01];
/// Centres of third differences per lag: more tell nothing new.
const CENTRES: f64 = 3000.0;
/// Below this speed over its span a third difference says nothing of the path's direction, m/s.
const CHORD_MPS: f64 = 0.7;
/// The same for walkers who are never so fast: better a direction that is half noise than a prior alone.
const SLOW_CHORD_MPS: f64 = 0.25;
/// Median of a squared standard normal variable.
const MEDIAN_CHI2: f64 = 0.4549;

/// One lag's variance and how many independent differences stand behind it.
#[derive(Debug, Clone, Copy)]
struct Moment {
    lag_s: f64,
    variance_m2: f64,
    count: f64,
}

/// Estimates the error; `interval_s` is the median interval between fixes, `stamp_interval_s` that between stamps, held
/// positions included: only who writes seldom has chosen.
pub fn estimate(
    track: &GroundTrack,
    interval_s: f64,
    long_interval_s: f64,
    stamp_interval_s: f64,
) -> PositionError {
    let mut found = moments(track, interval_s, long_interval_s, CHORD_MPS);
    if found.len() < 2 {
        found = moments(track, interval_s, long_interval_s, SLOW_CHORD_MPS);
    }
    if found.len() < 2 {
        found = fallback();
    }
    fit(&found, stamp_interval_s > SPARSE_S)
}

fn moments(track: &GroundTrack, interval_s: f64, long_interval_s: f64, chord_mps: f64) -> Vec<Moment> {
    let base = interval_s.max(1.0);
    let Some((first, last)) = track.span() else { return Vec::new() };
    let (mut along, mut across) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    for factor in LAGS {
        let lag = factor * base;
        let (begin, end) = (first + 1.5 * lag, last - 1.5 * lag);
        if lag < long_interval_s || lag > 40.0 || end <= begin {
            continue;
        }
        let step = base.max(lag / 4.0).max((end - begin) / CENTRES);
        let centres = ((end - begin) / step).ceil() as usize;
        if centres < 30 {
            continue;
        }
        along.clear();
        across.clear();
        let half_chord = if lag <= 4.0 { (3.0 * lag).max(12.0) } else { 3.0 * lag } / 2.0;
        let mut cursors = [Cursor::default(); 4];
        let mut ends = [Cursor::default(); 2];
        for c in 0..centres {
            let t = begin + c as f64 * step;
            let mut d = [0.0; 2];
            for (i, weight) in [-1.0, 3.0, -3.0, 1.0].into_iter().enumerate() {
                let p = track.place(&mut cursors[i], t + lag * (i as f64 - 1.5));
                d[0] += weight * p[0];
                d[1] += weight * p[1];
            }
            // Silences would make an error of the straight line drawn through them.
            if track.silences[cursors[0].index] != track.silences[cursors[3].index + 1] {
                continue;
            }
            let (a, b) =
                (track.place(&mut ends[0], t - half_chord), track.place(&mut ends[1], t + half_chord));
            let h = [b[0] - a[0], b[1] - a[1]];
            let length = plane::length(h);
            if length <= chord_mps * 2.0 * half_chord {
                continue;
            }
            along.push(((d[0] * h[0] + d[1] * h[1]) / length).abs());
            across.push(((d[1] * h[0] - d[0] * h[1]) / length).abs());
        }
        if along.len() >= 20 {
            let least = median(&mut along).min(median(&mut across));
            found.push(Moment {
                lag_s: lag,
                variance_m2: (least * least / MEDIAN_CHI2).max(1e-8),
                count: ((last - first) / (2.5 * lag)).clamp(4.0, 60.0),
            });
        }
    }
    found
}

/// What a receiver of our time does, with little weight, where a recording is too sparse to tell.
fn fallback() -> Vec<Moment> {
    [(4.0, 9.0), (8.0, 20.0)]
        .into_iter()
        .map(|(lag_s, variance_m2)| Moment { lag_s, variance_m2, count: 2.0 })
        .collect()
}

fn fit(moments: &[Moment], sparse: bool) -> PositionError {
    let mut best = (f64::NEG_INFINITY, None);
    for (family, memory_s, sigma_m) in SHAPES {
        let sigma_m = if sparse { SPARSE_SIGMA * sigma_m } else { sigma_m };
        let (value, sigma_m, white_m) = fit_shape(moments, family, memory_s, sigma_m);
        let favour = if sparse && family == Family::Matern { SPARSE_FAVOUR } else { 0.0 };
        let value = value + favour;
        if value > best.0 || best.1.is_none() {
            best = (value, Some(PositionError { family, sigma_m, memory_s, white_m }));
        }
    }
    best.1.unwrap_or(PositionError { family: Family::Matern, sigma_m: 1.7, memory_s: 17.0, white_m: 0.2 })
}

/// Log posterior and its maximum (sigma, white).
fn fit_shape(moments: &[Moment], family: Family, memory_s: f64, prior_m: f64) -> (f64, f64, f64) {
    let unit = PositionError { family, sigma_m: 1.0, memory_s, white_m: 0.0 };
    let shape = |lag: f64| {
        20.0 - 30.0 * unit.correlation(lag) + 12.0 * unit.correlation(2.0 * lag)
            - 2.0 * unit.correlation(3.0 * lag)
    };
    let rows: Vec<[f64; 4]> = moments
        .iter()
        .map(|m| [shape(m.lag_s), m.variance_m2, m.count / 4.0, excess_weight(m.lag_s)])
        .collect();
    let prior = [2.0 * prior_m.ln(), 2.0 * WHITE.0.ln()];
    let stiffness = [0.25 / sigma_prior_sd(family).powi(2), 0.25 / (WHITE.1 * WHITE.1)];
    let least = 2.0 * WHITE.2.ln();
    let start = rows.iter().map(|r| r[1] / r[0]).fold(f64::INFINITY, f64::min).max(1e-3);
    let mut u = [start.ln(), (rows.first().map_or(1.0, |r| r[1]) / 40.0).ln().max(least)];
    let residual = |u: &[f64; 2], row: &[f64; 4]| {
        let parts = [row[0] * u[0].exp(), 20.0 * u[1].exp()];
        let model = parts[0] + parts[1];
        let e = (row[1] / model).ln();
        (e, row[2] * if e > 0.0 { row[3] } else { 1.0 }, [parts[0] / model, parts[1] / model])
    };
    for _ in 0..12 {
        let mut a = [[stiffness[0], 0.0], [0.0, stiffness[1]]];
        let mut b = [-stiffness[0] * (u[0] - prior[0]), -stiffness[1] * (u[1] - prior[1])];
        for row in &rows {
            let (e, w, j) = residual(&u, row);
            for p in 0..2 {
                b[p] += w * j[p] * e;
                for q in 0..2 {
                    a[p][q] += w * j[p] * j[q];
                }
            }
        }
        let determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
        let step = [
            (a[1][1] * b[0] - a[0][1] * b[1]) / determinant,
            (a[0][0] * b[1] - a[1][0] * b[0]) / determinant,
        ];
        u[0] += step[0].clamp(-1.0, 1.0);
        u[1] = (u[1] + step[1].clamp(-1.0, 1.0)).max(least);
    }
    let mut value = 0.0;
    for row in &rows {
        let (e, w, _) = residual(&u, row);
        value -= 0.5 * w * e * e;
    }
    for p in 0..2 {
        value -= 0.5 * stiffness[p] * (u[p] - prior[p]).powi(2);
    }
    (value, (u[0] / 2.0).exp(), (u[1] / 2.0).exp())
}

/// [`EXCESS_WEIGHT`], linear in log lag.
fn excess_weight(lag_s: f64) -> f64 {
    let x = lag_s.log2().clamp(0.0, 4.0);
    let i = (x as usize).min(3);
    EXCESS_WEIGHT[i] + (x - i as f64) * (EXCESS_WEIGHT[i + 1] - EXCESS_WEIGHT[i])
}

/// Median; reorders `values`. 0 for none.
pub fn median(values: &mut [f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which `share` of `values` lie; reorders them. 0 for none.
pub fn quantile(values: &mut [f64], share: f64) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let at = ((values.len() - 1) as f64 * share).round() as usize;
    *values.select_nth_unstable_by(at, f64::total_cmp).1
}
