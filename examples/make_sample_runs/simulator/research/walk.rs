//! Legs that follow a plan along a path.

use super::{DT, course::Course};

/// What a body can, m/s2.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// Sideways in bends.
    pub sideways: f64,
    /// Braking before a bend.
    pub foresight: f64,
    /// Slowing down.
    pub slowing: f64,
    /// Setting off.
    pub setting_off: f64,
}

/// Metres travelled at every step and one more, for a pace wanted at every step.
pub fn walk(wanted_mps: &[f64], course: &Course, body: Body) -> Vec<f64> {
    let limit = course.speed_limit_mps(body.sideways, body.foresight);
    let mut speed = wanted_mps.first().copied().unwrap_or(0.0);
    let mut way_m = Vec::with_capacity(wanted_mps.len() + 1);
    let mut way = 0.0;
    way_m.push(way);
    for wanted in wanted_mps {
        let wanted = wanted.min(limit[Course::row(way, limit.len())]);
        speed = (speed + (wanted - speed).clamp(-body.slowing * DT, body.setting_off * DT)).max(0.0);
        way += speed * DT;
        way_m.push(way);
    }
    way_m
}
