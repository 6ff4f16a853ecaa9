//! Points into clean columns: what is unusable is counted, the rest put in order.

mod builder;
mod time_order;

pub(super) use builder::{
    CADENCE_RPM, ELEVATION_M, HEART_RATE_BPM, Point, Position, RecordingBuilder, SPEED_MPS, Stamp,
};
