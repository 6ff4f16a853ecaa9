//! Filter and smoother: the arithmetic that heading and speed share.

mod backward;
mod forward;
mod model;
mod smoother;
#[cfg(test)]
mod tests;

pub(super) use model::Model;
pub(super) use smoother::{
    DeviceColumns, DeviceSmoother, Disturbances, Measurements, Pace, PlaneSmoother, TrackSmoother,
};
