//! How fast the runner means to go, and how legs really keep it.

use std::f64::consts::TAU;

use super::{course::Path, course::STEP_M, random::Random};

/// The plan of a run; speeds in m/s, times in s.
#[derive(Debug, Clone, PartialEq)]
pub enum Pace {
    /// One pace.
    Hold(f64),
    /// Two paces in turn, each kept for a time within the range.
    Alternate(f64, f64, (f64, f64)),
    /// Paces drawn from the first range, kept for times from the second.
    Free((f64, f64), (f64, f64)),
    /// One pace with halts: range of the time between them, range of the halts.
    Halts(f64, (f64, f64), (f64, f64)),
    /// From one pace to another, evenly.
    Ramp(f64, f64),
    /// Pieces written out: seconds, pace. The last goes on.
    Pieces(&'static [(f64, f64)]),
    /// Legs in turn, over and over; the range is that of the runner's own pace, which is drawn once per run.
    Cycle((f64, f64), &'static [Leg]),
}

/// A part of a [`Pace::Cycle`], both drawn each time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leg {
    /// Of the runner's own pace; 0 is a rest.
    pub share: (f64, f64),
    /// How long.
    pub stay_s: (f64, f64),
}

impl Pace {
    /// The plan written out as (seconds, pace), at least `duration_s` long.
    fn pieces(&self, duration_s: f64, random: &mut Random) -> Vec<(f64, f64)> {
        let (mut out, mut total) = (Vec::new(), 0.0);
        let mut turn = random.chance(0.5);
        let own_pace = if let Self::Cycle(range, _) = self { random.between(*range) } else { 0.0 };
        while total < duration_s {
            let piece = match self {
                Self::Hold(pace) => (duration_s, *pace),
                Self::Alternate(a, b, stay) => (random.between(*stay), if turn { *a } else { *b }),
                Self::Free(paces, stay) => (random.between(*stay), random.between(*paces)),
                Self::Halts(pace, between, halt) if out.is_empty() || turn => {
                    (random.between(*between), *pace)
                }
                Self::Halts(_, _, halt) => (random.between(*halt), 0.0),
                Self::Ramp(from, to) => (5.0, from + (to - from) * total / duration_s),
                Self::Cycle(_, legs) => {
                    let leg = legs[out.len() % legs.len()];
                    (random.between(leg.stay_s), own_pace * random.between(leg.share))
                }
                Self::Pieces(pieces) => match pieces.get(out.len()) {
                    Some(piece) => *piece,
                    None => (duration_s, pieces.last().map_or(0.0, |last| last.1)),
                },
            };
            turn = !turn;
            total += piece.0;
            out.push(piece);
        }
        out
    }
}

/// How evenly the legs keep the pace: a few slow swings of unrelated periods, and a trend.
struct Gait {
    swings: Vec<[f64; 3]>,
    trend_per_s: f64,
    /// Seconds in which a change of pace is mostly done.
    response_s: f64,
}

impl Gait {
    fn draw(duration_s: f64, random: &mut Random) -> Self {
        let unevenness = random.scale_between((0.008, 0.035));
        let swings = (0..6)
            .map(|_| {
                let period = random.scale_between((9.0, 260.0));
                [TAU / period, random.between((0.0, TAU)), unevenness * random.between((0.3, 0.85))]
            })
            .collect();
        let trend_per_s = random.between((-0.02, 0.015)) / duration_s;
        Self { swings, trend_per_s, response_s: random.between((0.9, 2.4)) }
    }

    fn factor(&self, time_s: f64) -> f64 {
        let swing: f64 = self.swings.iter().map(|[w, phase, a]| a * libm::sin(w * time_s + phase)).sum();
        1.0 + swing + self.trend_per_s * time_s
    }
}

/// Steps of the true motion per second.
pub const STEPS_PER_S: usize = 5;

/// The true motion, [`STEPS_PER_S`] per second and one more.
#[derive(Debug, Default)]
pub struct Walked {
    /// Ground length from the start, m.
    pub ground_m: Vec<f64>,
    /// Length of the way itself, rises and falls included, m.
    pub way_m: Vec<f64>,
}

/// Lets legs follow the plan along the path.
pub fn walk(
    pace: &Pace,
    duration_s: usize,
    lay: impl FnOnce(f64) -> Path,
    random: &mut Random,
) -> (Path, Walked) {
    let pieces = pace.pieces(duration_s as f64, random);
    let gait = Gait::draw(duration_s as f64, random);
    let planned: f64 = pieces.iter().map(|(time, pace)| time * pace).sum();
    let path = lay(planned * 1.25 + 100.0);
    let limit = path.speed_limit_mps();
    let dt = 1.0 / STEPS_PER_S as f64;
    let (mut speed, mut ground, mut way) = (pieces.first().map_or(0.0, |first| first.1), 0.0, 0.0);
    let (mut piece, mut piece_end_s) = (0, pieces.first().map_or(0.0, |first| first.0));
    let mut walked = Walked::default();
    for step in 0..=duration_s * STEPS_PER_S {
        walked.ground_m.push(ground);
        walked.way_m.push(way);
        let time_s = step as f64 * dt;
        while time_s >= piece_end_s && piece + 1 < pieces.len() {
            piece += 1;
            piece_end_s += pieces[piece].0;
        }
        let grade = path.grade(ground);
        // Uphill costs about 4% of pace per percent of grade at a constant effort, downhill gives a third back.
        let effort = if grade > 0.0 { 1.0 / (1.0 + 4.0 * grade) } else { 1.0 - 1.3 * grade.max(-0.1) };
        let here = ((ground / STEP_M) as usize).min(limit.len() - 1);
        let wanted = (pieces[piece].1 * gait.factor(time_s) * effort).min(limit[here]);
        speed += ((wanted - speed) / gait.response_s).clamp(-1.7, 1.2) * dt;
        if pieces[piece].1 == 0.0 && speed < 0.12 {
            speed = 0.0;
        }
        way += speed * dt;
        ground += speed * dt / libm::sqrt(1.0 + grade * grade);
    }
    (path, walked)
}
