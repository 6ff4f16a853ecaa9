//! All numbers of a run together.

use crate::{
    motion::{Climb, Evidence, Motion, SpeedSource, climb},
    notice::Notice,
    recording::{Recording, Warning},
};

use super::{
    Block, Edges, Interval, Measured, State, StepProbabilities, TimeRange, Totals, blocks, device_in_band_s,
    interval, measured, totals,
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
    /// Share of the recorded time in which the estimate heard the device's own speed beside the positions, 0 to 1.
    pub by_device: f64,
    /// Heart rate, cadence and climb.
    pub measured: Measured,
    /// Whether the device recorded a speed that the estimate was told to leave out.
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
    /// Computes the numbers of a whole run. The probabilities of every step are computed anew for each of them, because
    /// those of a long recording together take more memory than its motion.
    pub fn new(recording: &Recording, motion: &Motion, edges: Edges) -> Self {
        let steps = &motion.steps;
        let totals = totals(steps, edges, TimeRange::ALL);
        let interval = interval(steps, edges, TimeRange::ALL);
        let measured =
            Measured { climb: climb(recording), ..measured(recording, steps, edges, TimeRange::ALL) };
        Self::with(recording, motion, edges, (totals, interval, measured), &blocks(steps, edges))
    }

    /// The same where the probabilities of every step are known; `blocks` are their own. The climb of a stretch depends
    /// on what came before it, so that it is told.
    pub fn from_probabilities(
        probabilities: &StepProbabilities<'_>,
        recording: &Recording,
        blocks: &[Block],
        climb: Option<Climb>,
    ) -> Self {
        let (totals, interval) =
            (probabilities.totals(TimeRange::ALL), probabilities.interval(TimeRange::ALL));
        let measured = Measured { climb, ..probabilities.measured(recording, TimeRange::ALL) };
        let numbers = (totals, interval, measured);
        Self::with(recording, probabilities.motion, probabilities.edges, numbers, blocks)
    }

    fn with(
        recording: &Recording,
        motion: &Motion,
        edges: Edges,
        (totals, interval, measured): (Totals, Option<Interval>, Measured),
        blocks: &[Block],
    ) -> Self {
        Self {
            edges,
            totals,
            interval,
            device_in_band_s: device_in_band_s(recording, edges),
            by_device: motion.steps.by_device_share(),
            measured,
            positions_only: motion.evidence == Evidence::PositionsOnly
                && recording.fixes.device_speed_mps.iter().any(|speed| speed.is_finite()),
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
