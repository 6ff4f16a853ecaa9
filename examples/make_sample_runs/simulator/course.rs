//! The true path: heading along the way, integrated to metres, with the slope under it.

use std::f64::consts::{PI, TAU};

use super::random::Random;

/// Kinds of path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Course {
    /// One way, dead straight.
    Straight,
    /// Beside a river: long slow bends without a corner.
    Riverside,
    /// Streets of a town: straights of 60 to 180 m and corners of about 90 degrees.
    Blocks,
    /// A park: always bending, sometimes a fork.
    Park,
    /// A running track: 400 m, two straights and two half circles.
    Track,
    /// A wood path that winds every 10 to 30 m.
    Trail,
    /// A hillside path with a hairpin of 3 m radius every 40 to 90 m.
    Hairpins,
    /// Up and down one street of 200 to 400 m, turning on the spot.
    Shuttle,
}

/// Metres between two points of the table.
pub const STEP_M: f64 = 0.25;

/// The path as a table over its own ground length, one row per [`STEP_M`].
#[derive(Debug, Default)]
pub struct Path {
    /// Metres east and north.
    pub place_m: Vec<[f64; 2]>,
    /// 1 / m, positive to the left.
    pub curvature: Vec<f64>,
    /// Metres above the start.
    pub height_m: Vec<f64>,
}

impl Path {
    /// Lays a path of at least `length_m`; `climb_m` is about how far the hills rise and fall.
    pub fn lay(course: Course, length_m: f64, climb_m: f64, random: &mut Random) -> Self {
        let mut curvature = Vec::new();
        let steps = (length_m / STEP_M) as usize + 1;
        let mut arc = |length: f64, turn_rad: f64| {
            let n = (length / STEP_M).max(1.0) as usize;
            curvature.extend(std::iter::repeat_n(turn_rad / (n as f64 * STEP_M), n));
            curvature.len() < steps
        };
        let mut side = random.sign();
        loop {
            let more = match course {
                Course::Straight => arc(length_m + STEP_M, 0.0),
                Course::Riverside => arc(random.between((60.0, 240.0)), random.between((-0.6, 0.6))),
                Course::Blocks => {
                    arc(random.between((60.0, 180.0)), random.between((-0.03, 0.03)));
                    let turn = random.sign() * random.between((1.3, 1.8));
                    arc(turn.abs() * random.between((2.0, 6.0)), turn)
                }
                Course::Park => {
                    if random.chance(0.12) {
                        arc(4.0, random.sign() * random.between((0.6, 1.2)));
                    }
                    arc(random.between((20.0, 70.0)), random.between((-1.1, 1.4)))
                }
                Course::Track => {
                    arc(84.5, 0.0);
                    arc(36.6 * PI, PI)
                }
                Course::Trail => arc(random.between((10.0, 30.0)), random.between((-1.0, 1.0))),
                Course::Hairpins => {
                    arc(random.between((40.0, 90.0)), random.between((-0.5, 0.5)));
                    side = -side;
                    arc(3.0 * PI, side * PI)
                }
                Course::Shuttle => {
                    arc(random.between((200.0, 400.0)), random.between((-0.1, 0.1)));
                    arc(0.7 * PI, PI)
                }
            };
            if !more {
                break;
            }
        }
        let hills: Vec<[f64; 3]> = [(900.0, 1.0), (370.0, 0.35), (140.0, 0.08)]
            .map(|(length, share)| {
                let length = length * random.between((0.8, 1.25));
                [TAU / length, random.between((0.0, TAU)), 0.5 * climb_m * share]
            })
            .to_vec();
        let height = |s: f64| -> f64 { hills.iter().map(|[k, phase, a]| a * libm::sin(k * s + phase)).sum() };
        let (mut heading, mut place) = (random.between((0.0, TAU)), [0.0, 0.0]);
        let mut path = Self::default();
        for (i, bend) in curvature.iter().enumerate() {
            path.place_m.push(place);
            path.height_m.push(height(i as f64 * STEP_M) - height(0.0));
            let middle = heading + 0.5 * bend * STEP_M;
            place = [place[0] + STEP_M * libm::cos(middle), place[1] + STEP_M * libm::sin(middle)];
            heading += bend * STEP_M;
        }
        path.curvature = curvature;
        path
    }

    /// The fastest that a body takes each point: 1.9 m/s2 sideways, braking for a corner at 0.9 m/s2.
    pub fn speed_limit_mps(&self) -> Vec<f64> {
        let mut limit: Vec<f64> =
            self.curvature.iter().map(|bend| libm::sqrt(1.9 / bend.abs().max(1e-4))).collect();
        for i in (0..limit.len().saturating_sub(1)).rev() {
            let braked = libm::sqrt(limit[i + 1] * limit[i + 1] + 2.0 * 0.9 * STEP_M);
            limit[i] = limit[i].min(braked);
        }
        limit
    }

    /// Rise per metre of ground at `s_m`.
    pub fn grade(&self, s_m: f64) -> f64 {
        let i = ((s_m / STEP_M) as usize).min(self.height_m.len().saturating_sub(2));
        (self.height_m[i + 1] - self.height_m[i]) / STEP_M
    }

    /// East, north and height at `s_m`, m.
    pub fn at(&self, s_m: f64) -> [f64; 3] {
        let i = ((s_m / STEP_M) as usize).min(self.place_m.len().saturating_sub(2));
        let f = (s_m / STEP_M - i as f64).clamp(0.0, 1.0);
        let mix = |a: f64, b: f64| a + f * (b - a);
        let (a, b) = (self.place_m[i], self.place_m[i + 1]);
        [mix(a[0], b[0]), mix(a[1], b[1]), mix(self.height_m[i], self.height_m[i + 1])]
    }
}
