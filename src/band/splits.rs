//! A run split by kilometre, mile, lap or stay.

use crate::{motion::Steps, recording::Recording, units::METRES_PER_MILE};

use super::{Block, Edges, State, TimeRange, Totals, blocks, totals};

/// What a run is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum SplitBy {
    /// Every kilometre travelled.
    #[default]
    Kilometre,
    /// Every statute mile travelled.
    Mile,
    /// The device's laps; where it recorded none, its track segments.
    Lap,
    /// Stays of at least 10 s in one state.
    Block,
}

/// One split: a stretch of the run with what happened in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// When, in seconds since the start.
    pub range: TimeRange,
    /// Seconds by state.
    pub totals: Totals,
    /// The state of a band block.
    pub state: Option<State>,
}

/// Splits a run. Splits cover the elapsed time without a hole; the last one may be short.
pub fn splits(recording: &Recording, steps: &Steps, edges: Edges, by: SplitBy) -> Vec<Split> {
    splits_with(recording, steps, by, |range| totals(steps, edges, range), || blocks(steps, edges))
}

/// The same with whatever tells the totals of a stretch and the blocks.
pub(super) fn splits_with(
    recording: &Recording,
    steps: &Steps,
    by: SplitBy,
    totals: impl Fn(TimeRange) -> Totals,
    blocks: impl Fn() -> Vec<Block>,
) -> Vec<Split> {
    let end_s = steps.elapsed_s();
    if steps.is_empty() {
        return Vec::new();
    }
    let cuts: Vec<f64> = match by {
        SplitBy::Kilometre => distance_cuts(steps, 1000.0),
        SplitBy::Mile => distance_cuts(steps, METRES_PER_MILE),
        SplitBy::Lap => {
            let starts = if recording.laps.is_empty() { &recording.breaks } else { &recording.laps };
            starts.iter().map(|fix| recording.fixes.time_s[*fix]).collect()
        }
        SplitBy::Block => {
            let split = |block: &Block| Split {
                range: block.range(),
                totals: totals(block.range()),
                state: Some(block.state),
            };
            return blocks().iter().map(split).collect();
        }
    };
    let mut start_s = 0.0;
    let mut found = Vec::with_capacity(cuts.len() + 1);
    for cut_s in cuts.into_iter().chain([end_s]) {
        if cut_s > start_s {
            let range = TimeRange { start_s, end_s: cut_s };
            found.push(Split { range, totals: totals(range), state: None });
            start_s = cut_s;
        }
    }
    found
}

/// The moments at which another `every_m` metres are full, in one pass.
fn distance_cuts(steps: &Steps, every_m: f64) -> Vec<f64> {
    let mut cuts = Vec::new();
    for index in 0..steps.len() {
        let (from_m, gained_m) = (steps.distance_m[index], steps.travelled_m(index));
        loop {
            let next_m = every_m * (cuts.len() + 1) as f64;
            if gained_m <= 0.0 || next_m > from_m + gained_m {
                break;
            }
            let part = ((next_m - from_m) / gained_m).clamp(0.0, 1.0);
            cuts.push(steps.start_s[index] + part * f64::from(steps.duration_s[index]));
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::band::fixture::{recording_of, steps_of};

    #[test]
    fn kilometres_are_full_and_cover_the_run() {
        let steps = steps_of(&[(600, 2.5), (60, 0.0), (600, 1.5)]);
        let found = splits(&recording_of(&steps), &steps, Edges::default(), SplitBy::Kilometre);
        assert_eq!(found.len(), 3);
        for split in &found[..2] {
            assert!((split.totals.distance_m - 1000.0).abs() < 1e-6, "{split:?}");
        }
        let covered: f64 = found.iter().map(|split| split.totals.elapsed_s()).sum();
        assert!((covered - 1260.0).abs() < 1e-6);
    }

    #[test]
    fn laps_fall_back_to_track_segments() {
        let steps = steps_of(&[(100, 2.5), (100, 1.5)]);
        let mut recording = recording_of(&steps);
        recording.breaks = vec![40];
        let by_segment = splits(&recording, &steps, Edges::default(), SplitBy::Lap);
        recording.laps = vec![100, 150];
        let by_lap = splits(&recording, &steps, Edges::default(), SplitBy::Lap);
        assert_eq!((by_segment.len(), by_lap.len()), (2, 3));
        assert_eq!(by_lap[0].totals.share(), 0.0);
        assert_eq!(by_lap[1].totals.share(), 1.0);
    }
}
