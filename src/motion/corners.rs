//! Sharp corners: a receiver's filter cuts them, and the cut reads as a dip of speed.
//!
//! What filters positions is late by a second or two, and at a corner that comes out as a shorter way: on real recordings pace
//! fell from 2.7 to 0.7 m/s for some seconds at right angles that the device's own speed ran through evenly. So where the
//! heading changes by more than 40 degrees within 4 s, the error may change along with it by what a lag of 2 s makes of the
//! corner, spread over those seconds:
//!
//! ```text
//! variance per second = (2 s * v * angle / 90 degrees)^2 / 4 s        v the slower of the speeds before and after
//! ```
//!
//! A turn on the spot keeps its dip by what a body can do ([`super::braking`]).

use super::{
    ground_track::{Cursor, GroundTrack},
    heading::Heading,
    plane::length,
};

/// Half the time over which the heading changes, s.
const HALF_S: f64 = 2.0;
/// Less is a bend, radians.
const SHARP: f64 = 0.7;
/// By how much a filter is late, s.
const LAG_S: f64 = 2.0;
/// The heading of who is slower wanders too much to tell, m/s.
const SLOW_MPS: f64 = 0.8;

/// Adds what corners may change the error by to the track's restless variance.
pub fn allow(track: &mut GroundTrack, heading: &Heading) {
    let (mut before, mut after) = (Cursor::default(), Cursor::default());
    let sharp = SHARP.cos();
    let time = &track.time_s;
    for i in 1..time.len() {
        let middle_s = f64::midpoint(time[i - 1], time[i]);
        let p = heading.velocity_at(&mut before, time, middle_s - HALF_S);
        let q = heading.velocity_at(&mut after, time, middle_s + HALF_S);
        let (fast_p, fast_q) = (length(p), length(q));
        let slower = fast_p.min(fast_q);
        let dot = p[0] * q[0] + p[1] * q[1];
        if slower > SLOW_MPS && dot < sharp * fast_p * fast_q {
            let angle = (p[0] * q[1] - p[1] * q[0]).atan2(dot).abs();
            let cut_m = LAG_S * slower * angle / std::f64::consts::FRAC_PI_2;
            track.restless_m2[i] += cut_m * cut_m * (time[i] - time[i - 1]) / (2.0 * HALF_S);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A minute at 2 m/s that turns by `angle` after 30 s.
    fn allowed(angle: f64) -> Vec<f64> {
        let mut track = GroundTrack::default();
        let mut heading = Heading::default();
        for second in 0..60 {
            track.time_s.push(f64::from(second));
            let direction = if second < 30 { 0.0 } else { angle };
            heading.velocity.mean_mps.push([2.0 * direction.cos(), 2.0 * direction.sin()]);
        }
        track.restless_m2 = vec![0.0; 60];
        allow(&mut track, &heading);
        track.restless_m2
    }

    #[test]
    fn a_right_angle_may_be_cut_by_what_a_lag_makes_of_it() {
        let allowed = allowed(std::f64::consts::FRAC_PI_2);
        let sum: f64 = allowed.iter().sum();
        assert!((12.0..=16.1).contains(&sum), "{sum} m2");
        assert!(allowed.iter().enumerate().all(|(second, m2)| *m2 == 0.0 || (27..=33).contains(&second)));
    }

    #[test]
    fn a_bend_is_no_corner() {
        assert!(allowed(0.5).iter().all(|m2| *m2 == 0.0));
    }
}
