//! Filter and smoother: the arithmetic that heading and speed share.

mod backward;
mod forward;
mod model;
mod smoother;

pub(super) use model::Model;
pub(super) use smoother::{
    DeviceColumns, DeviceSmoother, Disturbances, Measurements, Pace, PlaneSmoother, TrackSmoother,
};
