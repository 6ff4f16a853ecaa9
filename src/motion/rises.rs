//! Speed by the rise of the distance that a device counts, for devices that write no speed: TCX of Polar and of old Garmins.

use std::ops::Range;

use super::GAP_S;
use crate::recording::Recording;

/// Seconds on either side of a fix over which the rise is taken: distances come in whole metres or tens of them.
const WINDOW_S: f64 = 2.5;

/// Speed at each fix, m/s, NaN where no distance tells.
pub fn speeds(recording: &Recording) -> Vec<f64> {
    let fixes = &recording.fixes;
    let mut speed_mps = vec![f64::NAN; fixes.len()];
    if !fixes.device_distance_m.is_empty() {
        for stretch in stretches(recording) {
            let (metres, time_s) =
                (&fixes.device_distance_m[stretch.clone()], &fixes.time_s[stretch.clone()]);
            rises(time_s, metres, &mut speed_mps[stretch]);
        }
    }
    speed_mps
}

/// The stretches of fixes without a break or a gap.
pub fn stretches(recording: &Recording) -> Vec<Range<usize>> {
    let time_s = &recording.fixes.time_s;
    let gaps = (1..time_s.len()).filter(|fix| time_s[*fix] - time_s[fix - 1] > GAP_S);
    let mut cuts: Vec<usize> =
        gaps.chain(recording.breaks.iter().copied()).chain([0, time_s.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// The rise of the distance about each fix, over the window or, where fixes are rarer, from neighbour to neighbour.
fn rises(time_s: &[f64], distance_m: &[f32], speed_mps: &mut [f64]) {
    // Metres so far: a distance that falls began anew, as at a lap.
    let (mut known, mut total_m, mut last) = (Vec::new(), 0.0, None);
    for (i, metres) in distance_m.iter().enumerate().filter(|(_, metres)| metres.is_finite()) {
        total_m += last.map_or(0.0, |last: f32| f64::from((metres - last).max(0.0)));
        last = Some(*metres);
        known.push((i, total_m));
    }
    let (mut from, mut to) = (0, 0);
    for k in 0..known.len() {
        let at_s = time_s[known[k].0];
        while from + 1 < k && at_s - time_s[known[from].0] > WINDOW_S {
            from += 1;
        }
        to = to.max((k + 1).min(known.len() - 1));
        while to + 1 < known.len() && time_s[known[to + 1].0] - at_s <= WINDOW_S {
            to += 1;
        }
        let (a, b) = (known[from], known[to]);
        if b.0 > a.0 {
            speed_mps[known[k].0] = (b.1 - a.1) / (time_s[b.0] - time_s[a.0]);
        }
    }
}
