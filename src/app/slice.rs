//! A stretch of a run as a run of its own: whatever can be said of a run can be said of the stretch.

use crate::{
    band::TimeRange,
    motion::{Motion, Steps},
    recording::{Fixes, Recording},
};

/// A stretch of a run.
#[derive(Debug, Clone)]
pub struct Cut {
    /// Its fixes.
    pub recording: Recording,
    /// Its time line, cut exactly at the range's ends.
    pub motion: Motion,
    /// Seconds from the run's start to the stretch's.
    pub offset_s: f64,
}

/// Cuts a stretch out. The fixes are those within it; their times count from the stretch's start.
pub fn cut(recording: &Recording, motion: &Motion, range: TimeRange) -> Cut {
    let end_s = range.end_s.min(motion.steps.elapsed_s());
    let start_s = range.start_s.clamp(0.0, end_s);
    let time = &recording.fixes.time_s;
    let first = time.partition_point(|t| *t < start_s);
    let last = time.partition_point(|t| *t <= end_s).max(first);
    let within = |index: &usize| (first + 1..last).contains(index);
    let fixes = &recording.fixes;
    let cut_recording = Recording {
        fixes: Fixes {
            time_s: time[first..last].iter().map(|t| t - start_s).collect(),
            latitude_deg: part(&fixes.latitude_deg, first, last),
            longitude_deg: part(&fixes.longitude_deg, first, last),
            elevation_m: part(&fixes.elevation_m, first, last),
            device_speed_mps: part(&fixes.device_speed_mps, first, last),
            heart_rate_bpm: part(&fixes.heart_rate_bpm, first, last),
            cadence_spm: part(&fixes.cadence_spm, first, last),
        },
        breaks: recording.breaks.iter().filter(|i| within(i)).map(|i| i - first).collect(),
        laps: recording.laps.iter().filter(|i| within(i)).map(|i| i - first).collect(),
        points: last - first,
        warnings: Vec::new(),
        name: recording.name.clone(),
        activity: recording.activity.clone(),
        creator: recording.creator.clone(),
        start: recording.start + chrono::Duration::milliseconds((start_s * 1000.0) as i64),
        utc_offset_s: recording.utc_offset_s,
    };
    let cut_motion = Motion {
        ground_m: part(&motion.ground_m, first, last),
        leg_distance_m: part(&motion.leg_distance_m, first, last.saturating_sub(1).max(first)),
        steps: steps(&motion.steps, start_s, end_s),
        position_error_m: motion.position_error_m,
        warnings: Vec::new(),
    };
    Cut { recording: cut_recording, motion: cut_motion, offset_s: start_s }
}

/// A part of a column, which may be empty.
fn part<T: Copy>(column: &[T], first: usize, last: usize) -> Vec<T> {
    column.get(first..last.min(column.len())).map_or_else(Vec::new, <[T]>::to_vec)
}

fn steps(steps: &Steps, start_s: f64, end_s: f64) -> Steps {
    let from_m = steps.distance_at(start_s);
    let mut cut = Steps::default();
    for index in (TimeRange { start_s, end_s }).steps(steps) {
        let from = steps.start_s[index].max(start_s);
        let to = (steps.start_s[index] + f64::from(steps.duration_s[index])).min(end_s);
        if to <= from {
            continue;
        }
        cut.start_s.push(from - start_s);
        cut.duration_s.push((to - from) as f32);
        cut.speed_mps.push(steps.speed_mps[index]);
        cut.speed_sd_mps.push(steps.speed_sd_mps[index]);
        cut.p_standing.push(steps.p_standing[index]);
        cut.kind.push(steps.kind[index]);
        cut.distance_m.push(steps.distance_at(from) - from_m);
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        band::{Edges, totals},
        motion, samples,
    };

    #[test]
    fn a_stretch_as_a_run_of_its_own_has_the_stretchs_numbers() {
        let recording = samples::ALL[1].recording().expect("a sample");
        let motion = motion::estimate(&recording);
        for (start_s, end_s) in [(0.0, 300.0), (123.4, 987.6), (2000.0, 1e9)] {
            let range = TimeRange { start_s, end_s };
            let cut = cut(&recording, &motion, range);
            let expected = totals(&motion.steps, Edges::default(), range);
            let found = totals(&cut.motion.steps, Edges::default(), TimeRange::ALL);
            assert!((found.in_band_s - expected.in_band_s).abs() < 0.01, "{range:?}");
            assert!((found.elapsed_s() - expected.elapsed_s()).abs() < 0.01, "{range:?}");
            assert_eq!(cut.recording.fixes.len(), cut.motion.ground_m.len());
            assert_eq!(cut.recording.fixes.len() - 1, cut.motion.leg_distance_m.len());
        }
    }
}
