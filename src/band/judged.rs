use crate::{
    motion::{Motion, Steps},
    recording::Recording,
};

use super::{
    Block, Chances, Edges, Interval, Segment, Split, SplitBy, TimeRange, Totals, blocks, chances, interval,
    segments, splits, totals,
};

/// A motion with the chances of every step for some edges: computed once for all that read them.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The motion.
    pub motion: &'a Motion,
    /// The edges.
    pub edges: Edges,
    chances: Vec<Chances>,
}

impl<'a> Judged<'a> {
    /// Judges every step.
    pub fn new(motion: &'a Motion, edges: Edges) -> Self {
        let chances = (0..motion.steps.len()).map(|index| chances(&motion.steps, index, edges)).collect();
        Self { motion, edges, chances }
    }

    /// The time line.
    pub fn steps(&self) -> &'a Steps {
        &self.motion.steps
    }

    /// The same as [`chances`](super::chances()).
    pub fn chances(&self, index: usize) -> Chances {
        self.chances[index]
    }

    /// The same as [`totals`](super::totals()).
    pub fn totals(&self, range: TimeRange) -> Totals {
        totals::sum(self.steps(), range, |index| self.chances[index])
    }

    /// The same as [`interval`](super::interval()).
    pub fn interval(&self, range: TimeRange) -> Option<Interval> {
        interval::of(self.steps(), self.edges, range, |index| self.chances[index])
    }

    /// The same as [`blocks`](super::blocks()).
    pub fn blocks(&self) -> Vec<Block> {
        blocks::of(self.steps(), |index| self.chances[index])
    }

    /// The same as [`segments`](super::segments()); `recording` is the motion's own.
    pub fn segments(&self, recording: &'a Recording) -> impl Iterator<Item = Segment> {
        segments::of(recording, self.motion, |index| self.chances[index])
    }

    /// The same as [`splits`](super::splits()); `recording` is the motion's own.
    pub fn splits(&self, recording: &Recording, by: SplitBy) -> Vec<Split> {
        splits::of(recording, self.steps(), by, |range| self.totals(range), || self.blocks())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        band::{Counts, blocks, histogram, interval, segments, splits, totals},
        motion, samples,
    };

    #[test]
    fn judged_once_and_judged_each_time_are_the_same() {
        for sample in &samples::ALL[..3] {
            let recording = sample.recording().expect("a sample");
            let motion = motion::estimate(&recording);
            let steps = &motion.steps;
            for upper in [2.0, 2.37] {
                let edges = Edges::default().with_upper(upper).expect("edges");
                let judged = Judged::new(&motion, edges);
                let range = TimeRange { start_s: 61.5, end_s: 700.25 };
                assert_eq!(judged.totals(range), totals(steps, edges, range));
                assert_eq!(judged.interval(range), interval(steps, edges, range));
                assert_eq!(judged.blocks(), blocks(steps, edges));
                assert!(judged.segments(&recording).eq(segments(&recording, &motion, edges)));
                for by in [SplitBy::Kilometre, SplitBy::Mile, SplitBy::Lap, SplitBy::Block] {
                    assert_eq!(judged.splits(&recording, by), splits(&recording, steps, edges, by));
                }
                let each = histogram(steps, edges, TimeRange::ALL, 0.05);
                let counts = Counts::new(steps, edges, TimeRange::ALL, 0.05);
                assert_eq!(counts.histogram(1, judged.totals(TimeRange::ALL).standing_s), each);
            }
        }
    }
}
