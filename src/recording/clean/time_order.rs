//! Times into strictly increasing order: parts are sorted, reversed ones turned round, what still steps back is
//! left out.

use crate::recording::{Fixes, WarningKind, model::gather_marks};

/// 1995-01-01 in seconds since 1970: whatever is older was written by a clock that was not set, which
/// starts at its maker's day zero (1970 or 1980, in FIT 1989).
pub(super) const FIRST_DEVICES_S: i64 = 788_918_400;

/// Fixes at 0, 0 are left out unless the track itself passes within this many degrees of it.
const NEAR_ZERO_DEG: f64 = 1.0;

/// A single fix this far from all others was made by a fault, not a runner.
const STRAY_S: f64 = 14.0 * 86_400.0;
/// It takes this many others to call a fix a stray, and this many steps back per step forward to call a track reversed.
const ENOUGH: usize = 10;

/// What the fixes may suffer from; where nothing is set they are left as they are.
pub(super) struct Faults {
    /// Some time is not after the one before it.
    pub disordered: bool,
    /// Some fix lies at 0, 0.
    pub at_zero: bool,
    /// Seconds since 1970 of time 0.
    pub origin_s: f64,
}

/// Sorts the parts between breaks by their first time and leaves out what cannot be used, saying how
/// many for which reason. Breaks and laps move along.
pub(super) fn put_in_order(
    fixes: &mut Fixes,
    breaks: &mut Vec<usize>,
    laps: &mut Vec<usize>,
    faults: &Faults,
) -> Vec<(WarningKind, usize)> {
    let first_devices = FIRST_DEVICES_S as f64 - faults.origin_s;
    let clock_set_later =
        first_devices > 0.0 && fixes.time_s.iter().filter(|time| **time >= first_devices).nth(1).is_some();
    // Where all lie there, the times still are what the device wrote.
    let nowhere = faults.at_zero && (0..fixes.len()).all(|index| is_zero(fixes, index));
    let at_zero = faults.at_zero && !nowhere && !passes_zero(fixes);
    let silence = || fixes.time_s.windows(2).any(|pair| pair[1] - pair[0] > STRAY_S);
    let mut left_out = vec![(WarningKind::NoPosition, if nowhere { fixes.len() } else { 0 })];
    if !faults.disordered && !at_zero && !clock_set_later && !silence() {
        left_out.retain(|(_, count)| *count > 0);
        return left_out;
    }
    let (mut order, reversed) = sorted_parts(fixes, breaks);
    left_out.push((WarningKind::ReversedTrack, reversed));
    let mut leave_out = |order: &mut Vec<u32>, kind, kept: &dyn Fn(usize) -> bool| {
        let before = order.len();
        order.retain(|index| kept(*index as usize));
        if order.len() < before {
            left_out.push((kind, before - order.len()));
        }
    };
    if at_zero {
        leave_out(&mut order, WarningKind::NoPositionYet, &|index| !is_zero(fixes, index));
    }
    if clock_set_later {
        leave_out(&mut order, WarningKind::ClockSetLater, &|index| fixes.time_s[index] >= first_devices);
    }
    let before = order.len();
    order.dedup_by_key(|index| fixes.time_s[*index as usize]);
    let mut repeated = before - order.len();
    let mut kept = longest_increasing(&order, &fixes.time_s);
    let backward = if kept.len() == order.len() {
        0
    } else {
        // Of those that step back, the ones whose very time is kept are repetitions.
        let left: Vec<f64> = {
            let mut next = kept.iter().peekable();
            let out = order.iter().filter(|index| next.next_if_eq(index).is_none());
            out.map(|index| fixes.time_s[*index as usize]).collect()
        };
        let has =
            |time: &f64| kept.binary_search_by(|index| fixes.time_s[*index as usize].total_cmp(time)).is_ok();
        let again = left.iter().filter(|time| has(time)).count();
        repeated += again;
        left.len() - again
    };
    let before = kept.len();
    leave_out_strays(&mut kept, &fixes.time_s);
    let stray = before - kept.len();
    left_out.extend([
        (WarningKind::RepeatedTime, repeated),
        (WarningKind::BackwardTime, backward),
        (WarningKind::StrayTime, stray),
    ]);
    left_out.retain(|(_, count)| *count > 0);
    let old_length = fixes.len();
    *fixes = fixes.gather(&kept);
    for marks in [breaks, laps] {
        *marks = gather_marks(marks, &kept, old_length);
    }
    left_out
}

fn is_zero(fixes: &Fixes, index: usize) -> bool {
    fixes.latitude_deg[index] == 0.0 && fixes.longitude_deg[index] == 0.0
}

fn passes_zero(fixes: &Fixes) -> bool {
    (0..fixes.len()).any(|index| {
        !is_zero(fixes, index)
            && fixes.latitude_deg[index].abs() < NEAR_ZERO_DEG
            && fixes.longitude_deg[index].abs() < NEAR_ZERO_DEG
    })
}

/// Indices of all fixes, the parts between breaks in the order of the times in their middle, which a wrong
/// time at one end does not touch; and the number of fixes in parts that run backward, which are turned round.
fn sorted_parts(fixes: &Fixes, breaks: &[usize]) -> (Vec<u32>, usize) {
    let starts = std::iter::once(0).chain(breaks.iter().copied());
    let ends = breaks.iter().copied().chain([fixes.len()]);
    let mut parts: Vec<_> = starts.zip(ends).collect();
    let middle = |part: &(usize, usize)| fixes.time_s[part.0.midpoint(part.1 - 1)];
    parts.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut order: Vec<u32> = Vec::with_capacity(fixes.len());
    let mut reversed = 0;
    for (start, end) in parts {
        let begin = order.len();
        order.extend(start as u32..end as u32);
        if runs_backward(&fixes.time_s[start..end]) {
            order[begin..].reverse();
            reversed += end - start;
        }
    }
    (order, reversed)
}

/// Whether times mostly step back, as in a reversed track.
fn runs_backward(time_s: &[f64]) -> bool {
    let steps =
        |back: bool| time_s.windows(2).filter(move |pair| pair[0] != pair[1] && (pair[0] > pair[1]) == back);
    steps(true).count() > ENOUGH * steps(false).count()
}

/// The longest choice of `order` in which times increase strictly (patience sorting); the earliest of
/// equal times wins.
fn longest_increasing(order: &[u32], time_s: &[f64]) -> Vec<u32> {
    let time = |position: u32| time_s[order[position as usize] as usize];
    // Of each length, the position where the choice of that length ends soonest.
    let mut ends: Vec<u32> = Vec::new();
    let mut before: Vec<u32> = Vec::with_capacity(order.len());
    for position in 0..order.len() as u32 {
        let length = match ends.last() {
            Some(last) if time(*last) < time(position) => ends.len(),
            _ => ends.partition_point(|end| time(*end) < time(position)),
        };
        before.push(if length > 0 { ends[length - 1] } else { u32::MAX });
        match ends.get_mut(length) {
            Some(end) if time(*end) == time(position) => {}
            Some(end) => *end = position,
            None => ends.push(position),
        }
    }
    let mut kept = Vec::with_capacity(ends.len());
    let mut position = ends.last().copied().unwrap_or(u32::MAX);
    while position != u32::MAX {
        kept.push(order[position as usize]);
        position = before[position as usize];
    }
    kept.reverse();
    kept
}

/// Leaves out single fixes that lie weeks from all others, where there are enough others to tell.
fn leave_out_strays(kept: &mut Vec<u32>, time_s: &[f64]) {
    if kept.len() < ENOUGH {
        return;
    }
    let time = |index: usize| time_s[kept[index] as usize];
    let far = |index: usize| index == 0 || index == kept.len() || time(index) - time(index - 1) > STRAY_S;
    let strays: Vec<u32> = (0..kept.len()).filter(|&at| far(at) && far(at + 1)).map(|at| kept[at]).collect();
    if !strays.is_empty() && strays.len() * ENOUGH <= kept.len() {
        let mut next = strays.iter().peekable();
        kept.retain(|index| next.next_if_eq(&index).is_none());
    }
}
