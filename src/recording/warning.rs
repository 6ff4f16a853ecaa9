//! What was odd about a file that could be read all the same.

use std::fmt;

use crate::notice::Notice;

/// Something odd about a file that could be read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// What was odd.
    pub kind: WarningKind,
    /// How often; what it counts is said by [`WarningKind`].
    pub count: usize,
    /// Where it was met first, if it has a place.
    pub first: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line of a text, the first being 1.
    Line(usize),
    /// A message of a FIT file, the first being 1.
    Message(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Message(message) => write!(f, "message {message}"),
        }
    }
}

/// What can be odd about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WarningKind {
    /// Reading ended before the file did; the count is of the points before.
    Damaged,
    /// The file's own check sum does not match.
    CheckSum,
    /// Points whose latitude or longitude is missing, not a number, or not on earth.
    BadPosition,
    /// Points with a position that is not used, because most of the run has none.
    PositionsNotUsed,
    /// Points of a run without positions that tell no speed and no distance either.
    NothingTold,
    /// Points at 0° N 0° E, which devices write while they have no position.
    NoPositionYet,
    /// All points lie there; the count is of points.
    NoPosition,
    /// Points whose time cannot be read.
    BadTime,
    /// Points without a time.
    MissingTime,
    /// Points with the time of a point before, left out of the estimate.
    RepeatedTime,
    /// Points whose time is out of order, left out of the estimate.
    BackwardTime,
    /// Tracks written from their end to their beginning; the count is of points.
    ReversedTrack,
    /// All points share one time stamp; the count is of points.
    OneTime,
    /// Single points weeks from all others, left out of the estimate.
    StrayTime,
    /// Points from before the device's clock was set, left out of the estimate.
    ClockSetLater,
    /// All points are from before there were such devices; the count is of points.
    ClockNotSet,
    /// Times without a zone, taken as UTC.
    NoZone,
    /// The recording covers several days; the count is of days.
    SeveralDays,
    /// A planned course, whose times nobody ran; the count is 1.
    PlannedCourse,
    /// Elevations, heart rates and the like that are not numbers.
    BadValue,
    /// Points that belong to no track segment.
    OutsideSegment,
    /// Tags that do not match.
    MismatchedTag,
    /// Something follows the recording's end.
    MoreAfterEnd,
    /// Something was cut from the recording in the window; its file is unchanged.
    Cut,
}

impl Warning {
    /// The words for a person.
    pub fn notice(&self) -> Notice {
        let mut message = self.kind.message(self.count);
        if let Some(place) = self.first {
            let first = if self.count == 1 || self.kind == WarningKind::Damaged { "" } else { "first: " };
            message += " (";
            message += first;
            message += &place.to_string();
            message += ")";
        }
        let count = match self.kind {
            WarningKind::Damaged
            | WarningKind::ClockNotSet
            | WarningKind::OneTime
            | WarningKind::NoPosition => 1,
            _ => self.count,
        };
        Notice { code: self.kind.code(), message, count, advice: self.kind.advice() }
    }
}

impl WarningKind {
    fn code(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::CheckSum => "check-sum",
            Self::BadPosition => "bad-position",
            Self::PositionsNotUsed => "positions-not-used",
            Self::NothingTold => "nothing-told",
            Self::NoPositionYet => "no-position-yet",
            Self::BadTime => "bad-time",
            Self::MissingTime => "missing-time",
            Self::RepeatedTime => "repeated-time",
            Self::BackwardTime => "backward-time",
            Self::ReversedTrack => "reversed-track",
            Self::NoPosition => "no-position",
            Self::OneTime => "one-time",
            Self::StrayTime => "stray-time",
            Self::ClockSetLater => "clock-set-later",
            Self::ClockNotSet => "clock-not-set",
            Self::NoZone => "no-zone",
            Self::SeveralDays => "several-days",
            Self::PlannedCourse => "planned-course",
            Self::BadValue => "bad-value",
            Self::OutsideSegment => "outside-segment",
            Self::MismatchedTag => "mismatched-tag",
            Self::MoreAfterEnd => "more-after-end",
            Self::Cut => "cut",
        }
    }

    fn message(self, count: usize) -> String {
        let points = if count == 1 { "1 point".to_owned() } else { format!("{count} points") };
        match self {
            Self::Damaged => format!("the file is damaged after point {count}; everything before it is used"),
            Self::CheckSum => "the file's check sum does not match its content".to_owned(),
            Self::BadPosition => format!("{points} without a usable position left out"),
            Self::PositionsNotUsed => {
                format!("{points} with a position not used, because most of the run has none")
            }
            Self::NothingTold => format!("{points} without a speed or a distance left out"),
            Self::NoPositionYet => format!("{points} at 0° N 0° E left out: the device had no position yet"),
            Self::BadTime => format!("{points} with an unreadable time left out"),
            Self::MissingTime => format!("{points} without a time left out"),
            Self::RepeatedTime => format!("{points} with the same time as another left out"),
            Self::BackwardTime => format!("{points} with a time out of order left out"),
            Self::ReversedTrack => format!("{points} ran backward in time and were put in order"),
            Self::NoPosition => format!("all {points} lie at 0° N 0° E: the device had no position"),
            Self::OneTime => format!("all {points} share one time stamp, so no speed can be computed"),
            Self::StrayTime => format!("{points} weeks away from all others left out"),
            Self::ClockSetLater => format!("{points} from before the device's clock was set left out"),
            Self::ClockNotSet => {
                "the device's clock was not set: durations are right, the date is not".to_owned()
            }
            Self::NoZone => format!("{points} without a time zone, taken as UTC"),
            Self::SeveralDays => {
                format!("the file covers {count} days; the time between outings counts as paused")
            }
            Self::PlannedCourse => "this is a planned course; its times were computed, not run".to_owned(),
            Self::BadValue => match count {
                1 => "1 elevation, heart rate, cadence or speed is not a usable number".to_owned(),
                _ => format!("{count} elevations, heart rates, cadences or speeds are not usable numbers"),
            },
            Self::OutsideSegment => format!("{points} outside a track segment, used all the same"),
            Self::MismatchedTag => match count {
                1 => "1 tag does not match".to_owned(),
                _ => format!("{count} tags do not match"),
            },
            Self::MoreAfterEnd => "something follows the end of the recording; it was not read".to_owned(),
            Self::Cut => match count {
                1 => "1 cut; the file itself is unchanged".to_owned(),
                _ => format!("{count} cuts; the file itself is unchanged"),
            },
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Damaged => "Export or copy the file again to get the rest.",
            Self::CheckSum => "Check that the run is complete; if not, export or copy the file again.",
            Self::PositionsNotUsed => {
                "Nothing to do if this was indoors; outdoors, wait for satellites before you start."
            }
            Self::NothingTold => "Nothing to do if there are only a few; the time between them is a gap.",
            Self::BadPosition | Self::BadTime | Self::MissingTime => {
                "Nothing to do if there are only a few; otherwise export the activity again."
            }
            Self::NoPositionYet | Self::ClockSetLater => {
                "Wait for satellites before you start, so that the beginning is recorded too."
            }
            Self::RepeatedTime => "Nothing to do: the first of them is used.",
            Self::BackwardTime => {
                "Nothing to do if there are only a few; otherwise the device's clock changed during the run."
            }
            Self::ReversedTrack => "Nothing to do: the track had been reversed; its times were kept.",
            Self::NoPosition => "Only the times are right; distance and speed need a run with GPS.",
            Self::OneTime => "Export the activity again with time stamps.",
            Self::StrayTime => "Nothing to do: the device or the file got the time of such a point wrong.",
            Self::ClockNotSet => "Let the device find satellites once; it then sets its clock.",
            Self::NoZone => {
                "Nothing to do: durations are right; the time of day may be off by your time zone."
            }
            Self::SeveralDays => "Export the outings one by one to get the numbers of each.",
            Self::PlannedCourse => "Export the activity instead of the course.",
            Self::BadValue => "Nothing to do: time in the band does not need them.",
            Self::OutsideSegment => "Nothing to do.",
            Self::MismatchedTag => "Check that the run is complete; if not, export it again.",
            Self::MoreAfterEnd => "Split the file if it holds several recordings.",
            Self::Cut => "Nothing to do if you meant them; otherwise remove them in the window.",
        }
    }
}
