//! What the estimator has to say about its own result.

use crate::notice::Notice;

use super::LEAST;
use crate::recording::Sport;

/// What the estimator has to say about its own result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Too few fixes, or too short, for the full method.
    FewFixes,
    /// Most of the time lies in gaps.
    MostlyGaps {
        /// Gaps that were travelled.
        gaps: usize,
    },
    /// Many fixes repeat the position before while the runner moves on.
    HeldPositions {
        /// Their share of all fixes, rounded to whole percent.
        percent: u32,
    },
    /// The positions are poor.
    PoorPositions {
        /// Their error along one axis, rounded to whole metres.
        error_m: u32,
    },
    /// There are no positions: speeds are what the device itself recorded.
    DeviceAlone,
    /// The file names a sport that is neither walking nor running.
    OtherSport {
        /// Which.
        sport: Sport,
    },
    /// Some of it was faster than anyone runs.
    FasterThanAnyoneRuns {
        /// Over so long.
        seconds: u32,
        /// On average.
        km_per_h: u32,
    },
    /// The steps are a first look, not the estimate.
    Preview,
}

impl Warning {
    /// Whether it says that this is no walk and no run.
    pub fn is_not_on_foot(&self) -> bool {
        matches!(self, Self::OtherSport { .. } | Self::FasterThanAnyoneRuns { .. })
    }

    /// The words for a person.
    pub fn notice(&self) -> Notice {
        match self {
            Self::FewFixes => Notice {
                code: "few-fixes",
                message: format!(
                    "fewer than {LEAST} fixes or {LEAST} s: too short to say; treat it as a guess"
                ),
                count: 1,
                advice: "Record for at least a minute, with a fix every few seconds.",
            },
            Self::MostlyGaps { gaps } => Notice {
                code: "mostly-gaps",
                message: "most of the time is in gaps of more than 10 s, where only mean speeds are known"
                    .to_owned(),
                count: *gaps,
                advice: "Set the device to record every second, or at least every 5 s.",
            },
            Self::HeldPositions { percent } => Notice {
                code: "held-positions",
                message: format!(
                    "{percent}% of the fixes only repeat the position before while the runner moved on; they were left out"
                ),
                count: 1,
                advice: "Choose the most accurate GPS mode on the device: saving battery renews positions less often.",
            },
            Self::PoorPositions { error_m } => Notice {
                code: "poor-positions",
                message: format!("positions are typically off by {error_m} m; speeds are uncertain"),
                count: 1,
                advice: "Wait for a fix before starting, and wear the device where it sees the sky.",
            },
            Self::DeviceAlone => Notice {
                code: "device-alone",
                message: "no positions, so speed is the device's word alone: a foot pod, treadmill or wrist is off by 2 to \
                          5%, which the interval allows for"
                    .to_owned(),
                count: 1,
                advice: "Calibrate the sensor, or set the treadmill's own distance on the watch after the run.",
            },
            Self::OtherSport { sport } => Notice {
                code: "not-on-foot",
                message: format!(
                    "recorded as {}: the study looked at walking and running, so it says nothing about this",
                    sport.words()
                ),
                count: 1,
                advice: "Open a walk or a run to see its time at a spine-friendly pace.",
            },
            Self::FasterThanAnyoneRuns { seconds, km_per_h } => {
                let long = match seconds {
                    60 => "a minute".to_owned(),
                    _ => format!("{} minutes", seconds / 60),
                };
                Notice {
                    code: "not-on-foot",
                    message: format!(
                        "{km_per_h} km/h for {long} is faster than anyone runs: at least that part was a ride or a drive"
                    ),
                    count: 1,
                    advice: "If you ran or walked the rest, cut the ride off in the window.",
                }
            }
            Self::Preview => Notice {
                code: "preview",
                message: "first numbers; the full analysis is still running".to_owned(),
                count: 1,
                advice: "Nothing to do: the final numbers follow.",
            },
        }
    }
}
