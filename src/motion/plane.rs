//! Lengths on the local plane, in metres or metres per second.

/// Length of a way or a velocity. Neither comes near the ends of a float's range, which `hypot` guards against at several
/// times the cost.
pub fn length(of: [f64; 2]) -> f64 {
    (of[0] * of[0] + of[1] * of[1]).sqrt()
}

/// From one place to another.
pub fn distance(from: [f64; 2], to: [f64; 2]) -> f64 {
    length([to[0] - from[0], to[1] - from[1]])
}
