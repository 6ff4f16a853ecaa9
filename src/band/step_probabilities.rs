//! The probabilities of all steps of a run, computed once for everything that reads them.

use std::thread;

use crate::{
    motion::{Motion, Steps},
    recording::Recording,
};

use super::{
    Block, Edges, Interval, Measured, Probabilities, Segment, Split, SplitBy, TimeRange, Totals, blocks,
    interval, measured, probabilities, segments, splits, totals,
};

/// From so many steps on, a thread more is worth its start.
const LONG: usize = 20_000;

/// A motion with the probabilities of every step for some edges: computed once for all that read them.
#[derive(Debug)]
pub struct StepProbabilities<'a> {
    /// The motion.
    pub motion: &'a Motion,
    /// The edges.
    pub edges: Edges,
    probabilities: Vec<Probabilities>,
}

impl<'a> StepProbabilities<'a> {
    /// Computes the probabilities of every step; of a long motion, two halves side by side.
    pub fn new(motion: &'a Motion, edges: Edges) -> Self {
        let count = motion.steps.len();
        let of = |index| probabilities(&motion.steps, index, edges);
        if count < LONG {
            return Self { motion, edges, probabilities: (0..count).map(of).collect() };
        }
        let mut probabilities = vec![Probabilities::default(); count];
        let (first, second) = probabilities.split_at_mut(count / 2);
        thread::scope(|scope| {
            scope.spawn(|| second.iter_mut().zip(count / 2..).for_each(|(it, index)| *it = of(index)));
            first.iter_mut().zip(0..).for_each(|(it, index)| *it = of(index));
        });
        Self { motion, edges, probabilities }
    }

    /// The time line.
    pub fn steps(&self) -> &'a Steps {
        &self.motion.steps
    }

    /// The same as [`probabilities`](super::probabilities()).
    pub fn at(&self, index: usize) -> Probabilities {
        self.probabilities[index]
    }

    /// The same as [`totals`](super::totals()).
    pub fn totals(&self, range: TimeRange) -> Totals {
        totals::totals_with(self.steps(), range, |index| self.probabilities[index])
    }

    /// The same as [`interval`](super::interval()).
    pub fn interval(&self, range: TimeRange) -> Option<Interval> {
        interval::interval_with(self.steps(), self.edges, range, |index| self.probabilities[index])
    }

    /// The same as [`measured`](super::measured()); `recording` is the motion's own.
    pub fn measured(&self, recording: &Recording, range: TimeRange) -> Measured {
        measured::measured_with(recording, self.steps(), range, |index| self.probabilities[index])
    }

    /// The same as [`blocks`](super::blocks()).
    pub fn blocks(&self) -> Vec<Block> {
        blocks::blocks_with(self.steps(), |index| self.probabilities[index])
    }

    /// The same as [`segments`](super::segments()); `recording` is the motion's own.
    pub fn segments(&self, recording: &'a Recording) -> impl Iterator<Item = Segment> {
        segments::segments_with(recording, self.motion, |index| self.probabilities[index])
    }

    /// The same as [`splits`](super::splits()); `recording` is the motion's own.
    pub fn splits(&self, recording: &Recording, by: SplitBy) -> Vec<Split> {
        splits::splits_with(recording, self.steps(), by, |range| self.totals(range), || self.blocks())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        band::{SpeedCounts, blocks, histogram, interval, measured, segments, splits, totals},
        motion, samples,
    };

    #[test]
    fn known_once_and_computed_each_time_they_are_the_same() {
        for sample in &samples::ALL[..3] {
            let recording = sample.recording().expect("a sample");
            let motion = motion::estimate(&recording);
            let steps = &motion.steps;
            for upper in [2.0, 2.37] {
                let edges = Edges::default().with_upper(upper).expect("edges");
                let known = StepProbabilities::new(&motion, edges);
                let range = TimeRange { start_s: 61.5, end_s: 700.25 };
                assert_eq!(known.totals(range), totals(steps, edges, range));
                assert_eq!(known.interval(range), interval(steps, edges, range));
                assert_eq!(known.measured(&recording, range), measured(&recording, steps, edges, range));
                assert_eq!(known.blocks(), blocks(steps, edges));
                assert!(known.segments(&recording).eq(segments(&recording, &motion, edges)));
                for by in [SplitBy::Kilometre, SplitBy::Mile, SplitBy::Lap, SplitBy::Block] {
                    assert_eq!(known.splits(&recording, by), splits(&recording, steps, edges, by));
                }
                let each = histogram(steps, edges, TimeRange::ALL, 0.05);
                let counts = SpeedCounts::new(steps, edges, TimeRange::ALL, 0.05);
                assert_eq!(counts.histogram(1, known.totals(TimeRange::ALL).standing_s), each);
            }
        }
    }
}
