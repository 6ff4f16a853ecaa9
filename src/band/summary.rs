//! All numbers of a run together.

use crate::{
    motion::{Climb, Evidence, Motion, SpeedSource, Steps, climb},
    notice::Notice,
    recording::{DeviceWord, Recording, Warning},
};

use super::{
    Block, Edges, Interval, Measured, Probabilities, State, StepProbabilities, TimeRange, Totals,
    blocks::Stays, device_in_band_s, interval::IntervalSum, measured::MeasuredSum, probabilities,
    totals::TotalsSum,
};

/// All numbers of one run that the window, the report and every export show, computed once.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The edges it was computed for.
    pub edges: Edges,
    /// Seconds by state.
    pub totals: Totals,
    /// Where the time in band lies with 95% probability; `None` where it cannot be said.
    pub interval: Option<Interval>,
    /// Seconds in band by the speed that the device itself recorded, where it recorded one.
    pub device_in_band_s: Option<f64>,
    /// Share of the recorded time in which the estimate heard the device's own word beside the positions, 0 to 1.
    pub by_device: f64,
    /// What that word is: its speed, or the distance that it counts.
    pub device_word: DeviceWord,
    /// Heart rate, cadence and climb.
    pub measured: Measured,
    /// Whether the device said something that the estimate was told to leave out.
    pub positions_only: bool,
    /// The longest stay in the band of at least 10 s, s; 0 without one.
    pub longest_block_s: f64,
    /// Typical error of the positions, m.
    pub position_error_m: Option<f64>,
    /// What told the speeds.
    pub source: SpeedSource,
    /// Whether nothing speaks against a walk or a run; advice on either makes sense only then.
    pub on_foot: bool,
    /// What the reader and the estimator noticed.
    pub notices: Vec<Notice>,
}

impl Summary {
    /// Computes the numbers of a whole run. The probabilities of a step are computed once for all of them and forgotten,
    /// because those of a long recording together take more memory than its motion.
    pub fn new(recording: &Recording, motion: &Motion, edges: Edges) -> Self {
        let of = |index| probabilities(&motion.steps, index, edges);
        Self::with(recording, motion, edges, climb(recording), of).0
    }

    /// The same where the probabilities of every step are known, and the blocks that they make. The climb of a stretch
    /// depends on what came before it, so that it is told.
    pub fn from_probabilities(
        probabilities: &StepProbabilities<'_>,
        recording: &Recording,
        climb: Option<Climb>,
    ) -> (Self, Vec<Block>) {
        let of = |index| probabilities.at(index);
        Self::with(recording, probabilities.motion, probabilities.edges, climb, of)
    }

    fn with(
        recording: &Recording,
        motion: &Motion,
        edges: Edges,
        climb: Option<Climb>,
        probabilities: impl Fn(usize) -> Probabilities,
    ) -> (Self, Vec<Block>) {
        let device_word = recording.fixes.device_word();
        let Passed { totals, interval, measured, blocks } =
            Passed::new(recording, &motion.steps, edges, probabilities);
        let summary = Self {
            edges,
            totals,
            interval,
            device_in_band_s: device_in_band_s(recording, edges),
            by_device: motion.steps.by_device_share(),
            device_word,
            measured: Measured { climb, ..measured },
            positions_only: motion.evidence == Evidence::PositionsOnly && device_word != DeviceWord::Nothing,
            longest_block_s: blocks
                .iter()
                .filter(|block| block.state == State::InBand)
                .map(Block::duration_s)
                .fold(0.0, f64::max),
            position_error_m: motion.position_error_m,
            source: motion.source,
            on_foot: !motion.warnings.iter().any(crate::motion::Warning::is_not_on_foot),
            notices: recording
                .warnings
                .iter()
                .map(Warning::notice)
                .chain(motion.warnings.iter().map(crate::motion::Warning::notice))
                .collect(),
        };
        (summary, blocks)
    }
}

/// What depends on the probabilities of the steps, found in one pass.
struct Passed {
    totals: Totals,
    interval: Option<Interval>,
    measured: Measured,
    blocks: Vec<Block>,
}

impl Passed {
    fn new(
        recording: &Recording,
        steps: &Steps,
        edges: Edges,
        probabilities: impl Fn(usize) -> Probabilities,
    ) -> Self {
        let range = TimeRange::ALL;
        let (mut totals, mut interval) = (TotalsSum::default(), IntervalSum::default());
        let (mut measured, mut stays) = (MeasuredSum::new(&recording.fixes, range), Stays::default());
        for index in range.steps(steps) {
            let (chance, seconds) = (probabilities(index), range.overlap_s(steps, index));
            totals.add(steps, index, seconds, &chance);
            interval.add(steps, edges, index, seconds, &chance);
            measured.add(steps, index, seconds, &chance);
            stays.add(steps, index, &chance);
        }
        let totals = totals.totals(steps, range);
        Self {
            totals,
            interval: (!steps.is_empty()).then(|| interval.interval()),
            measured: measured.measured(),
            blocks: stays.blocks(steps, || totals),
        }
    }
}

#[cfg(test)]
impl Summary {
    /// One that tells nothing but this, for tests.
    pub(crate) fn made(edges: Edges, totals: Totals, interval: Option<Interval>) -> Self {
        Self {
            edges,
            totals,
            interval,
            device_in_band_s: None,
            by_device: 0.0,
            device_word: DeviceWord::Nothing,
            measured: Measured::default(),
            positions_only: false,
            longest_block_s: 0.0,
            position_error_m: None,
            source: SpeedSource::Positions,
            on_foot: true,
            notices: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        band::{blocks, interval, measured, totals},
        motion::estimate,
        samples,
    };

    #[test]
    fn the_numbers_of_one_pass_are_those_of_one_pass_each() {
        for sample in &samples::ALL[..3] {
            let mut recording = sample.recording().expect("a sample");
            let count = recording.fixes.len();
            recording.fixes.heart_rate_bpm = (0..count).map(|k| 110 + (k % 50) as u8).collect();
            let motion = estimate(&recording);
            let steps = &motion.steps;
            for upper in [2.0, 2.37] {
                let edges = Edges::default().with_upper(upper).expect("edges");
                let found = Summary::new(&recording, &motion, edges);
                assert_eq!(found.totals, totals(steps, edges, TimeRange::ALL));
                assert_eq!(found.interval, interval(steps, edges, TimeRange::ALL));
                let measured = measured(&recording, steps, edges, TimeRange::ALL);
                assert!(measured.in_band_bpm.is_some());
                assert_eq!(found.measured, Measured { climb: climb(&recording), ..measured });
                let known = StepProbabilities::new(&motion, edges);
                let (same, in_blocks) = Summary::from_probabilities(&known, &recording, climb(&recording));
                assert_eq!((same, in_blocks), (found, blocks(steps, edges)));
            }
        }
    }
}
