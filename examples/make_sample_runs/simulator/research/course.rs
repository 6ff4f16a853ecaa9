//! Paths of straights and arcs as a table over their length.

use super::super::random::Random;

/// Metres between two points of the table.
const STEP_M: f64 = 0.1;

/// The path, one row per [`STEP_M`].
#[derive(Debug, Default)]
pub struct Course {
    place_m: Vec<[f64; 2]>,
    curvature: Vec<f64>,
}

impl Course {
    /// Lays pieces of (length in m, curvature in 1/m) one after the other, in a direction of chance.
    pub fn lay(pieces: &[(f64, f64)], random: &mut Random) -> Self {
        let mut course = Self::default();
        let mut heading = random.between((0.0, std::f64::consts::TAU));
        let mut place = [0.0, 0.0];
        for (length_m, bend) in pieces {
            for _ in 0..(libm::round(length_m / STEP_M) as usize).max(1) {
                course.place_m.push(place);
                course.curvature.push(*bend);
                let middle = heading + 0.5 * bend * STEP_M;
                place = [place[0] + STEP_M * libm::cos(middle), place[1] + STEP_M * libm::sin(middle)];
                heading += bend * STEP_M;
            }
        }
        course.place_m.push(place);
        course.curvature.push(0.0);
        course
    }

    /// The fastest at each row: so much sideways, and so much braking before a bend, m/s2.
    pub fn speed_limit_mps(&self, sideways: f64, braking: f64) -> Vec<f64> {
        let mut limit: Vec<f64> =
            self.curvature.iter().map(|bend| libm::sqrt(sideways / bend.abs().max(1e-6))).collect();
        for i in (0..limit.len() - 1).rev() {
            limit[i] = limit[i].min(libm::sqrt(limit[i + 1] * limit[i + 1] + 2.0 * braking * STEP_M));
        }
        limit
    }

    /// East and north at `s_m`, m.
    pub fn at(&self, s_m: f64) -> [f64; 2] {
        let i = ((s_m / STEP_M) as usize).min(self.place_m.len() - 2);
        let share = (s_m / STEP_M - i as f64).clamp(0.0, 1.0);
        let (from, to) = (self.place_m[i], self.place_m[i + 1]);
        [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]))
    }

    /// The row at `s_m`.
    pub fn row(s_m: f64, rows: usize) -> usize {
        ((s_m / STEP_M) as usize).min(rows - 1)
    }
}
