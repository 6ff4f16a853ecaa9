//! The same recording twice, as in two formats.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Recording;

/// Starts of one recording in two formats differ by rounding only.
const START_S: f64 = 2.0;
/// Formats round times, and some leave out a point at either end.
const DURATION_S: f64 = 2.0;
const DURATION_SHARE: f64 = 0.002;
/// Formats round positions to as little as 1 m, which lengthens the way.
const DISTANCE_M: f64 = 50.0;
const DISTANCE_SHARE: f64 = 0.05;
/// Two people side by side start and end further apart than one recording in two formats.
const ENDS_M: f64 = 5.0;
/// Length of a degree of latitude on the mean sphere.
const DEGREE_M: f64 = 111_195.0;

/// What tells one recording from another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {
    start_s: f64,
    duration_s: f64,
    distance_m: f64,
    first_deg: (f64, f64),
    last_deg: (f64, f64),
}

impl Fingerprint {
    /// The fingerprint of a recording.
    pub fn of(recording: &Recording) -> Self {
        let fixes = &recording.fixes;
        let placed = fixes.has_positions();
        let at = |index: usize| match placed {
            true => (fixes.latitude_deg[index], fixes.longitude_deg[index]),
            false => (0.0, 0.0),
        };
        let last = fixes.len().saturating_sub(1);
        let distance_m = match placed {
            true => (1..fixes.len()).map(|index| distance_m(at(index - 1), at(index))).sum(),
            false => fixes.device_travelled_m(),
        };
        Self {
            start_s: recording.start.timestamp_micros() as f64 * 1e-6,
            duration_s: recording.elapsed_s(),
            distance_m,
            first_deg: if fixes.is_empty() { (0.0, 0.0) } else { at(0) },
            last_deg: if fixes.is_empty() { (0.0, 0.0) } else { at(last) },
        }
    }

    /// Whether both are of one recording.
    pub fn is_same(&self, other: &Self) -> bool {
        let near = |a: f64, b: f64, within: f64, share: f64| (a - b).abs() <= within.max(share * a.max(b));
        near(self.start_s, other.start_s, START_S, 0.0)
            && near(self.duration_s, other.duration_s, DURATION_S, DURATION_SHARE)
            && near(self.distance_m, other.distance_m, DISTANCE_M, DISTANCE_SHARE)
            && distance_m(self.first_deg, other.first_deg) <= ENDS_M
            && distance_m(self.last_deg, other.last_deg) <= ENDS_M
    }
}

/// Recordings met so far. One is found again without a look at all others, even where thousands began at one moment.
#[derive(Debug, Clone, Default)]
pub struct FingerprintIndex {
    prints: Vec<Fingerprint>,
    /// Indices of those whose [`coordinates`] fall into a cell, by the cell.
    cells: HashMap<[i64; DIMENSIONS], Vec<usize>>,
}

impl FingerprintIndex {
    /// The index of the first recording that is the same.
    pub fn find(&self, print: &Fingerprint) -> Option<usize> {
        let at = coordinates(print);
        // A cell is as wide as its neighbours' reach on both sides: those within reach are in this one or the nearer
        // next.
        let lowest = at.map(|coordinate| cell(coordinate - REACH));
        let corners = (0..1_usize << DIMENSIONS)
            .map(|corner| std::array::from_fn(|k| lowest[k] + i64::from(corner >> k & 1 == 1)));
        let candidates = corners.filter_map(|corner: [i64; DIMENSIONS]| self.cells.get(&corner)).flatten();
        candidates.copied().filter(|index| self.prints[*index].is_same(print)).min()
    }

    /// Remembers a recording; its index counts the calls from 0.
    pub fn add(&mut self, print: Fingerprint) -> usize {
        let index = self.prints.len();
        self.cells.entry(coordinates(&print).map(cell)).or_default().push(index);
        self.prints.push(print);
        index
    }
}

/// Start, duration, distance, first and last place.
const DIMENSIONS: usize = 5;
/// In [`coordinates`] the same recordings are no further apart than this, in any dimension.
const REACH: f64 = 1.1;

fn cell(coordinate: f64) -> i64 {
    (coordinate / (2.0 * REACH)).floor() as i64
}

/// A fingerprint in units of what may differ between the same recordings.
fn coordinates(print: &Fingerprint) -> [f64; DIMENSIONS] {
    // Linear while the fixed allowance is the larger one, then logarithmic: equal shares are equally far apart.
    let scaled = |value: f64, within: f64, share: f64| {
        let turn = within / share;
        if value < turn { value / within } else { (1.0 + (value / turn).ln()) / share }
    };
    // Two places are at least as far apart as they are along any direction; this one is not the way of any grid.
    let along = |(latitude, longitude): (f64, f64)| {
        let (sin_lat, cos_lat) = latitude.to_radians().sin_cos();
        let (sin_lon, cos_lon) = longitude.to_radians().sin_cos();
        let direction = [0.53, 0.62, 0.578_532];
        let metres = DEGREE_M.to_degrees()
            * (direction[0] * cos_lat * cos_lon + direction[1] * cos_lat * sin_lon + direction[2] * sin_lat);
        metres / ENDS_M
    };
    [
        print.start_s / START_S,
        scaled(print.duration_s, DURATION_S, DURATION_SHARE),
        scaled(print.distance_m, DISTANCE_M, DISTANCE_SHARE),
        along(print.first_deg),
        along(print.last_deg),
    ]
}

/// Distance of two places, good to 1% over the few metres between fixes.
fn distance_m(from_deg: (f64, f64), to_deg: (f64, f64)) -> f64 {
    let north = to_deg.0 - from_deg.0;
    let east = (to_deg.1 - from_deg.1 + 540.0).rem_euclid(360.0) - 180.0;
    DEGREE_M * north.hypot(east * (0.5 * (from_deg.0 + to_deg.0)).to_radians().cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: Fingerprint = Fingerprint {
        start_s: 1e9,
        duration_s: 1800.0,
        distance_m: 5000.0,
        first_deg: (47.0, 8.0),
        last_deg: (47.01, 8.01),
    };

    #[test]
    fn the_same_is_found_among_many_of_one_start() {
        let mut index = FingerprintIndex::default();
        let nth = |k: usize| {
            let (row, column) = ((k / 200) as f64, (k % 200) as f64);
            let place = (47.0 + row * 1e-3, 8.0 + column * 1e-3);
            Fingerprint { first_deg: place, last_deg: place, ..RUN }
        };
        for k in 0..40_000 {
            assert_eq!(index.find(&nth(k)), None);
            assert_eq!(index.add(nth(k)), k);
        }
        let together = index.cells.values().map(Vec::len).max();
        assert!(together < Some(100), "{together:?} of 40,000 share a cell and are compared one by one");
        for k in [0, 17, 23_456, 39_999] {
            assert_eq!(index.find(&nth(k)), Some(k));
        }
    }

    #[test]
    fn what_is_the_same_is_found_at_every_edge_of_what_may_differ() {
        let mut index = FingerprintIndex::default();
        let mut pairs = 0;
        for base in 0..200 {
            let k = f64::from(base);
            let print = Fingerprint {
                start_s: 1e9 + 1000.3 * k,
                duration_s: 3.0 + 1.1_f64.powf(k * 0.5),
                distance_m: 7.0 * 1.05_f64.powf(k),
                first_deg: (-89.99 + 0.899 * k, 179.99999 - 1.7 * k),
                last_deg: (89.99 - 0.899 * k, -179.99999 + 1.7 * k),
            };
            let at = index.add(print);
            for side in [-0.999, 0.999] {
                let metre = side * ENDS_M / DEGREE_M;
                let others = [
                    Fingerprint { start_s: print.start_s + side * START_S, ..print },
                    Fingerprint {
                        duration_s: print.duration_s
                            + side * DURATION_S.max(DURATION_SHARE * print.duration_s),
                        ..print
                    },
                    Fingerprint {
                        distance_m: print.distance_m
                            + side * DISTANCE_M.max(DISTANCE_SHARE * print.distance_m),
                        ..print
                    },
                    Fingerprint { first_deg: (print.first_deg.0 + metre, print.first_deg.1), ..print },
                    Fingerprint {
                        last_deg: (
                            print.last_deg.0,
                            print.last_deg.1 + metre / print.last_deg.0.to_radians().cos(),
                        ),
                        ..print
                    },
                ];
                for other in others.iter().filter(|other| print.is_same(other)) {
                    assert_eq!(index.find(other), Some(at), "{other:?}");
                    pairs += 1;
                }
            }
        }
        assert!(pairs > 1900, "{pairs}");
    }

    #[test]
    fn others_are_not_the_same() {
        for other in [
            Fingerprint { start_s: 1e9 + 3.0, ..RUN },
            Fingerprint { duration_s: 1810.0, ..RUN },
            Fingerprint { distance_m: 5300.0, ..RUN },
            // Two friends side by side.
            Fingerprint { first_deg: (47.0001, 8.0), ..RUN },
        ] {
            assert!(!RUN.is_same(&other), "{other:?}");
            let mut index = FingerprintIndex::default();
            index.add(RUN);
            assert_eq!(index.find(&other), None);
        }
    }

    #[test]
    fn distances_cross_the_antimeridian() {
        assert!((distance_m((0.0, 179.9999), (0.0, -179.9999)) - 22.239).abs() < 0.001);
    }
}
