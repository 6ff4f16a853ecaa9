//! The run that the one on show is compared with, and what is shown of it.

use std::sync::Arc;

use crate::{
    app::state::{cache::Cache, run::OpenRun},
    band::{Edges, StepProbabilities, Summary, TimeRange},
    figure::{SpeedAxis, SpeedFigure},
    units::SpeedUnit,
};

/// What decides what is shown of the other run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// The band's edges.
    pub edges: Edges,
    /// The reader's unit.
    pub unit: SpeedUnit,
    /// What runs along the speed chart.
    pub axis: SpeedAxis,
}

/// The run that the one on show is compared with.
#[derive(Debug)]
pub struct Other {
    /// The run.
    pub run: Arc<OpenRun>,
    /// What was asked for.
    pub side: Side,
    /// Its numbers.
    pub summary: Summary,
    /// Its speed.
    pub speed: SpeedFigure,
    /// Its line thinned to pixels, for a stretch of its axis and that many columns.
    pub thin: Cache<([f64; 2], usize), Vec<[f64; 2]>>,
}

impl Other {
    /// Computes everything.
    pub fn new(run: &Arc<OpenRun>, side: Side) -> Self {
        let judged = StepProbabilities::new(&run.motion, side.edges);
        let (recording, raw) = (&run.recording, run.raw(side.axis));
        Self {
            summary: Summary::from_probabilities(&judged, recording, run.climb(TimeRange::ALL)).0,
            speed: SpeedFigure::from_probabilities(&judged, recording, raw, side.unit, side.axis),
            thin: Cache::default(),
            run: Arc::clone(run),
            side,
        }
    }
}
