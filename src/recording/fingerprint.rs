//! The same recording twice, as in two formats.

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
    values: usize,
}

impl Fingerprint {
    /// The fingerprint of a recording.
    pub fn of(recording: &Recording) -> Self {
        let fixes = &recording.fixes;
        let at = |index: usize| (fixes.latitude_deg[index], fixes.longitude_deg[index]);
        let last = fixes.len().saturating_sub(1);
        let distance_m = (1..fixes.len()).map(|index| distance_m(at(index - 1), at(index))).sum();
        let present = |column: &[f32]| column.iter().filter(|value| !value.is_nan()).count();
        let counted = |column: &[u8]| column.iter().filter(|value| **value > 0).count();
        let extras = present(&fixes.elevation_m)
            + present(&fixes.device_speed_mps)
            + counted(&fixes.heart_rate_bpm)
            + counted(&fixes.cadence_spm);
        Self {
            start_s: recording.start.timestamp_micros() as f64 * 1e-6,
            duration_s: recording.elapsed_s(),
            distance_m,
            first_deg: if fixes.is_empty() { (0.0, 0.0) } else { at(0) },
            last_deg: if fixes.is_empty() { (0.0, 0.0) } else { at(last) },
            values: 3 * fixes.len() + extras + recording.laps.len() + recording.breaks.len(),
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

/// For each recording the index of the one to keep instead: the same one with more data, or the
/// first where they have as much. `None` for those to keep, and for those without a fingerprint.
pub fn duplicates(fingerprints: &[Option<Fingerprint>]) -> Vec<Option<usize>> {
    let mut by_start: Vec<(usize, Fingerprint)> = fingerprints
        .iter()
        .enumerate()
        .filter_map(|(index, print)| print.map(|print| (index, print)))
        .collect();
    // Of equal recordings the one to keep comes first.
    by_start.sort_by(|(a_index, a), (b_index, b)| b.values.cmp(&a.values).then(a_index.cmp(b_index)));
    by_start.sort_by(|(_, a), (_, b)| a.start_s.total_cmp(&b.start_s));
    let mut instead = vec![None; fingerprints.len()];
    // Groups of the same recording still within reach: the best so far, and all others.
    let mut groups: Vec<(usize, Fingerprint, Vec<usize>)> = Vec::new();
    let mut settle = |(kept, _, others): (usize, Fingerprint, Vec<usize>)| {
        for other in others {
            instead[other] = Some(kept);
        }
    };
    for (index, print) in by_start {
        let out_of_reach =
            |group: &mut (usize, Fingerprint, Vec<usize>)| print.start_s - group.1.start_s > START_S;
        groups.extract_if(.., out_of_reach).for_each(&mut settle);
        match groups.iter_mut().find(|group| group.1.is_same(&print)) {
            Some((kept, best, others)) => {
                if (print.values, *kept) > (best.values, index) {
                    others.push(std::mem::replace(kept, index));
                    *best = print;
                } else {
                    others.push(index);
                }
            }
            None => groups.push((index, print, Vec::new())),
        }
    }
    groups.into_iter().for_each(settle);
    instead
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
        values: 100,
    };

    #[test]
    fn the_one_with_more_data_is_kept_whatever_the_order() {
        let richer = Fingerprint { values: 200, start_s: 1e9 + 1.0, ..RUN };
        let later = Fingerprint { start_s: 1e9 + 3600.0, ..RUN };
        assert_eq!(
            duplicates(&[Some(RUN), None, Some(richer), Some(later), Some(RUN)]),
            [Some(2), None, None, None, Some(2)]
        );
        assert_eq!(duplicates(&[Some(RUN), Some(RUN)]), [None, Some(0)]);
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
            assert_eq!(duplicates(&[Some(RUN), Some(other)]), [None, None]);
        }
    }

    #[test]
    fn distances_cross_the_antimeridian() {
        assert!((distance_m((0.0, 179.9999), (0.0, -179.9999)) - 22.239).abs() < 0.001);
    }
}
