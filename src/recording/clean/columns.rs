//! Columns of values that not every fix has.

use crate::recording::Fixes;

/// Puts a value into an optional column, which stays empty until there is one.
pub(super) fn put<T: Clone>(column: &mut Vec<T>, index: usize, value: T, missing: T, present: bool) {
    if present || !column.is_empty() {
        if column.len() < index {
            column.resize(index, missing);
        }
        column.push(value);
    }
}

/// Brings the optional columns that have begun to full length.
pub(super) fn complete(fixes: &mut Fixes) {
    fn fill<T: Clone>(column: &mut Vec<T>, length: usize, missing: T) {
        if !column.is_empty() {
            column.resize(length, missing);
        }
    }
    let length = fixes.len();
    fill(&mut fixes.elevation_m, length, f32::NAN);
    fill(&mut fixes.device_speed_mps, length, f32::NAN);
    fill(&mut fixes.device_distance_m, length, f32::NAN);
    fill(&mut fixes.heart_rate_bpm, length, 0);
    fill(&mut fixes.cadence_spm, length, 0);
}

/// Watches count the steps of one foot; a median of 120 a minute or more can only be of both.
pub(super) fn both_feet(cadence_spm: &mut [u8], one_footed: bool) {
    let mut moving: Vec<u8> = cadence_spm.iter().copied().filter(|steps| *steps > 0).collect();
    if moving.is_empty() || !one_footed {
        return;
    }
    let middle = moving.len() / 2;
    if *moving.select_nth_unstable(middle).1 < 120 {
        for steps in cadence_spm {
            *steps = steps.saturating_mul(2);
        }
    }
}
