//! How probable each state is, for a step or a stretch.

use crate::motion::{STANDING_BELOW_MPS, StepKind, Steps};

use super::{Edges, State};

/// The probability of each state over some stretch of time; they add up to 1, or to 0 where it was left out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Probabilities {
    /// Recorded, not moving.
    pub standing: f64,
    /// In the band.
    pub in_band: f64,
    /// The part of `in_band` that is brisk.
    pub brisk: f64,
    /// Above the band.
    pub faster: f64,
    /// Nothing recorded.
    pub paused: f64,
}

impl Probabilities {
    /// The likeliest state. In the band wins a draw, because the upper edge itself is inside.
    pub fn likeliest(&self) -> State {
        let moving = if self.in_band >= self.faster {
            (State::InBand, self.in_band)
        } else {
            (State::Faster, self.faster)
        };
        if self.paused > 0.5 {
            State::Paused
        } else if self.standing + self.in_band + self.faster <= 0.0 {
            State::LeftOut
        } else if self.standing > moving.1 && self.standing > self.in_band + self.faster {
            State::Standing
        } else {
            moving.0
        }
    }

    /// Adds the probabilities of another stretch, `weight` being its share or its seconds.
    pub(super) fn add(&mut self, other: &Self, weight: f64) {
        self.standing += weight * other.standing;
        self.in_band += weight * other.in_band;
        self.brisk += weight * other.brisk;
        self.faster += weight * other.faster;
        self.paused += weight * other.paused;
    }
}

/// The probabilities of step `index`: the speed is normal about its estimate, beside a chance of standing still.
pub fn probabilities(steps: &Steps, index: usize, edges: Edges) -> Probabilities {
    if steps.kind[index] == StepKind::Paused {
        return Probabilities { paused: 1.0, ..Probabilities::default() };
    }
    if steps.kind[index] == StepKind::LeftOut {
        return Probabilities::default();
    }
    let (speed, sd) = (f64::from(steps.speed_mps[index]), f64::from(steps.speed_sd_mps[index]));
    let standing = f64::from(steps.p_standing[index]);
    let below = |edge_mps: f64| at_most(edge_mps, speed, sd);
    let still = below(STANDING_BELOW_MPS);
    let slow = below(edges.upper_mps()).max(still);
    let gentle = below(edges.brisk_from_mps()).clamp(still, slow);
    Probabilities {
        standing: standing + (1.0 - standing) * still,
        in_band: (1.0 - standing) * (slow - still),
        brisk: (1.0 - standing) * (slow - gentle),
        faster: (1.0 - standing) * (1.0 - slow),
        paused: 0.0,
    }
}

/// Probability that a normal speed is at most `edge_mps`; the edge itself is inside.
pub(super) fn at_most(edge_mps: f64, speed_mps: f64, sd_mps: f64) -> f64 {
    // Speeds are stored in single precision: a speed of exactly 2.0 must not fall outside by a rounding error.
    let distance = edge_mps - speed_mps;
    if distance.abs() > 6.0 * sd_mps {
        return if distance >= 0.0 { 1.0 } else { 0.0 };
    }
    if sd_mps < 1e-6 {
        return if distance >= -1e-6 { 1.0 } else { 0.0 };
    }
    0.5 * libm::erfc(-distance / sd_mps * std::f64::consts::FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(speed: f32, sd: f32, p_standing: f32, kind: StepKind) -> Steps {
        Steps {
            start_s: vec![0.0],
            duration_s: vec![1.0],
            speed_mps: vec![speed],
            speed_sd_mps: vec![sd],
            p_standing: vec![p_standing],
            kind: vec![kind],
            distance_m: vec![0.0],
            ..Steps::default()
        }
    }

    #[test]
    fn two_itself_is_inside() {
        let exact = probabilities(&one(2.0, 0.0, 0.0, StepKind::Recorded), 0, Edges::default());
        assert_eq!((exact.in_band, exact.brisk, exact.faster), (1.0, 1.0, 0.0));
        let odd = Edges::new(2.1, 1.5).expect("edges");
        assert_eq!(probabilities(&one(2.1, 0.0, 0.0, StepKind::Recorded), 0, odd).in_band, 1.0);
        assert_eq!(
            Probabilities { in_band: 0.5, faster: 0.5, ..Probabilities::default() }.likeliest(),
            State::InBand
        );
    }

    #[test]
    fn standing_never_counts_as_in_band() {
        let still = probabilities(&one(0.0, 0.05, 1.0, StepKind::Recorded), 0, Edges::default());
        assert_eq!((still.standing, still.in_band), (1.0, 0.0));
    }

    #[test]
    fn probabilities_add_up() {
        for speed in [0.0, 0.3, 0.5, 1.2, 1.99, 2.0, 2.4, 5.0] {
            for sd in [0.0, 0.05, 0.5, 4.0] {
                for p in [0.0, 0.3, 1.0] {
                    let c = probabilities(&one(speed, sd, p, StepKind::Recorded), 0, Edges::default());
                    assert!(
                        (c.standing + c.in_band + c.faster + c.paused - 1.0).abs() < 1e-12,
                        "{speed} {sd} {p}"
                    );
                    assert!(c.brisk <= c.in_band + 1e-12 && c.brisk >= 0.0);
                }
            }
        }
    }
}
