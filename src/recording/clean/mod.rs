//! Points into clean columns: what is unusable is counted, the rest put in order.

mod builder;
mod columns;
mod point;
mod time_order;

pub(super) use builder::RecordingBuilder;
pub(super) use point::{
    CADENCE_RPM, DISTANCE_M, ELEVATION_M, HEART_RATE_BPM, Point, Position, SPEED_MPS, Stamp,
};
