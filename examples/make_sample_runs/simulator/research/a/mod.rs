//! The first research simulator: autoregressive and receiver-smoothed errors, streets and slopes, faults.

mod scenarios;

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::super::{Simulated, random::Random};
use super::course::Course;
use super::noise::{smooth_wandering, smoothed, wandering};
use super::walk::{Body, walk};
use super::{DT, STEPS_PER_S, Written, every_step, rms};

pub use scenarios::scenarios;

/// Where it goes.
#[derive(Debug, Clone, Copy)]
enum Way {
    Straight,
    /// Gentle curves and now and then a corner.
    Road,
    /// Blocks, corners of 90 degrees.
    Grid,
    /// 400 m.
    Track,
    /// Hairpins of 2 m radius every 35 to 60 m.
    Switchback,
    /// Up and down, turning on the spot.
    UTurn,
    /// Winding every 8 to 25 m.
    Trail,
}

/// How fast it means to go.
#[derive(Debug, Clone, Copy)]
enum Plan {
    Steady(f64),
    /// Fast, slow, stays within the range.
    Intervals(f64, f64, (f64, f64)),
    /// Walks of 300 s before and after a run.
    WarmUp(f64, f64),
    /// A pace, halts within the range.
    Lights(f64, (f64, f64)),
    /// Halts of four and two minutes.
    LongStop(f64),
    /// Any pace from 1.4 to 3.6.
    Fartlek,
    /// 1.7 to 2.4.
    Progress,
    /// 1.8 and 2.2 in turn.
    MixNear,
}

/// What kind of error.
#[derive(Debug, Clone, Copy)]
struct Noise {
    smooth: bool,
    sigma_m: (f64, f64),
    memory_s: (f64, f64),
    white_m: (f64, f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sampling {
    Every(usize),
    /// 1 to 8 s.
    Smart,
    /// Every second, but taken up to 0.45 s earlier or later than its stamp.
    Jitter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AutoPause {
    Off,
    Gap,
    Segment,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Slope {
    /// Three metres up and down in 900.
    Flat,
    /// Up all the way.
    Grade(f64),
    /// Hills so many metres high, 17% steep.
    Hills(f64),
}

/// One scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    way: Way,
    plan: Plan,
    noise: Noise,
    duration_s: usize,
    decimals: i32,
    sampling: Sampling,
    latitude_deg: f64,
    slope: Slope,
    canyon: bool,
    spikes: usize,
    tunnels: usize,
    auto_pause: AutoPause,
}

/// Straights and arcs of a way, at least so long: (length in metres, curvature in 1/m).
fn pieces(way: Way, length_m: f64, random: &mut Random) -> Vec<(f64, f64)> {
    let (mut out, mut total) = (Vec::new(), 0.0);
    let mut side = 1.0;
    while total < length_m + 400.0 {
        let from = out.len();
        match way {
            Way::Straight => out.push((length_m + 401.0, 0.0)),
            Way::Road => {
                out.push((random.between((60.0, 260.0)), 0.0));
                if random.chance(0.4) {
                    let radius = random.between((4.0, 8.0));
                    out.push((radius * FRAC_PI_2, random.sign() / radius));
                } else {
                    let radius = random.between((60.0, 250.0));
                    out.push((radius * random.between((0.2, 0.9)), random.sign() / radius));
                }
            }
            Way::Grid => {
                out.push((random.between((40.0, 140.0)), 0.0));
                let radius = random.between((1.5, 4.0));
                out.push((radius * FRAC_PI_2, random.sign() / radius));
            }
            Way::Track => out.extend([(84.39, 0.0), (PI * 36.8, 1.0 / 36.8)]),
            Way::Switchback => {
                out.push((random.between((35.0, 60.0)), random.between((-1.0, 1.0)) / 80.0));
                out.push((PI * 2.0, side / 2.0));
                side = -side;
            }
            Way::UTurn => out.extend([(random.between((80.0, 120.0)), 0.0), (PI * 0.6, 1.0 / 0.6)]),
            Way::Trail => {
                let radius = random.between((10.0, 60.0));
                out.push((random.between((8.0, 25.0)), random.sign() / radius));
            }
        }
        total += out[from..].iter().map(|piece| piece.0).sum::<f64>();
    }
    out
}

/// What it means to do: (seconds, pace in m/s).
fn plan(plan: Plan, duration_s: f64, random: &mut Random) -> Vec<(f64, f64)> {
    let (mut out, mut total) = (Vec::new(), 0.0);
    let mut first = true;
    while total < duration_s {
        let from = out.len();
        match plan {
            Plan::Steady(pace) => out.push((duration_s, pace)),
            Plan::Intervals(fast, slow, stay) => {
                out.push((random.between(stay), if first { fast } else { slow }));
            }
            Plan::WarmUp(walk, run) => {
                out.extend([(300.0, walk), (duration_s - 600.0, run), (300.0, walk)]);
            }
            Plan::Lights(pace, halt) => {
                out.extend([(random.between((90.0, 240.0)), pace), (random.between(halt), 0.0)]);
            }
            Plan::LongStop(pace) => out.extend([
                (0.35 * duration_s, pace),
                (240.0, 0.0),
                (0.3 * duration_s, pace),
                (120.0, 0.0),
                (duration_s, pace),
            ]),
            Plan::Fartlek => out.push((random.between((40.0, 200.0)), random.between((1.4, 3.6)))),
            Plan::Progress => {
                out.extend((0..20).map(|i| (duration_s / 20.0, 1.7 + 0.7 * f64::from(i) / 19.0)));
            }
            Plan::MixNear => out.push((random.between((120.0, 300.0)), if first { 1.8 } else { 2.2 })),
        }
        first = !first;
        total += out[from..].iter().map(|piece| piece.0).sum::<f64>();
    }
    out
}

impl Slope {
    fn height_m(self, s_m: f64) -> f64 {
        match self {
            Self::Flat => 3.0 * libm::sin(TAU * s_m / 900.0),
            Self::Grade(grade) => grade * s_m,
            Self::Hills(height_m) => height_m * libm::sin(TAU * s_m / (36.0 * height_m)),
        }
    }

    /// Of a way of so many metres along the slope, the horizontal part at every row.
    fn ground_m(self, way_m: &[f64]) -> Vec<f64> {
        let (mut ground, mut before) = (0.0, 0.0);
        let step = |s: &f64| {
            let rise = (self.height_m(*s + 0.05) - self.height_m(*s - 0.05)) / 0.1;
            ground += (s - before) * libm::sqrt(1.0 - rise.clamp(-0.4, 0.4) * rise.clamp(-0.4, 0.4));
            before = *s;
            ground
        };
        way_m.iter().map(step).collect()
    }
}

/// Simulates one run.
pub fn simulate(scenario: &Scenario, name: &str, seed: u64) -> Simulated {
    let mut random = Random::named(seed, &format!("A/{name}"));
    let random = &mut random;
    let target = every_step(&plan(scenario.plan, scenario.duration_s as f64, random), scenario.duration_s);
    let n = target.len();
    let gait = wandering(n, DT, 0.03, 20.0, random);
    let trend = wandering(n, DT, 0.015, 180.0, random);
    let wanted: Vec<f64> = (0..n).map(|i| target[i] * (1.0 + gait[i] + trend[i])).collect();
    let planned_m = target.iter().sum::<f64>() * DT;
    let course = Course::lay(&pieces(scenario.way, 1.15 * planned_m, random), random);
    let body = Body { sideways: 2.0, foresight: 1.0, slowing: 1.5, setting_off: 1.2 };
    let way_m = walk(&wanted, &course, body);
    let whole: Vec<f64> = way_m.iter().copied().step_by(STEPS_PER_S).collect();
    let true_speed_mps: Vec<f64> = whole.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let truly: Vec<[f64; 2]> = scenario.slope.ground_m(&way_m).iter().map(|s| course.at(*s)).collect();
    let scale = loudness(scenario, &way_m, random);
    let error = draw_error(scenario, &scale, random);
    let white_m = random.between(scenario.noise.white_m);
    let seconds = seconds(scenario, random);
    let mut seen = Vec::with_capacity(seconds.len());
    let mut at_rows = Vec::with_capacity(seconds.len());
    for second in &seconds {
        let taken_s = match scenario.sampling {
            Sampling::Jitter => {
                (*second as f64 + random.between((-0.45, 0.45))).clamp(0.0, scenario.duration_s as f64)
            }
            _ => *second as f64,
        };
        let i = (libm::round(taken_s / DT) as usize).min(n);
        seen.push([0, 1].map(|axis| truly[i][axis] + error[axis][i] + white_m * scale[i] * random.normal()));
        at_rows.push(truly[i]);
    }
    let error_m = rms(&seen, &at_rows);
    for _ in 0..scenario.spikes {
        let at = random.between((5.0, seen.len() as f64 - 5.0)) as usize;
        let (angle, metres) = (random.between((0.0, TAU)), random.between((15.0, 80.0)));
        for place in &mut seen[at..at + 1 + random.between((0.0, 2.99)) as usize] {
            *place = [place[0] + metres * libm::cos(angle), place[1] + metres * libm::sin(angle)];
        }
    }
    let (rows, breaks) = write_down(scenario, &seconds, &seen, &true_speed_mps, random);
    let written = Written { rows, breaks, start: (scenario.latitude_deg, 11.5), decimals: scenario.decimals };
    written.simulated(true_speed_mps, error_m)
}

/// By what the error is larger at every step: between houses, and a little while standing.
fn loudness(scenario: &Scenario, way_m: &[f64], random: &mut Random) -> Vec<f64> {
    let n = way_m.len();
    let standing: Vec<f64> =
        (0..n).map(|i| if i + 1 < n && way_m[i + 1] - way_m[i] < 0.3 * DT { 1.3 } else { 1.0 }).collect();
    let mut scale = smoothed(&standing, 50.0);
    if scenario.canyon {
        let mut houses = vec![1.0; n];
        let mut from_s = 120.0;
        while from_s < scenario.duration_s as f64 - 60.0 {
            let stay_s = random.between((20.0, 90.0));
            let to = (((from_s + stay_s) / DT) as usize).min(n);
            houses[(from_s / DT) as usize..to].fill(random.between((2.5, 5.0)));
            from_s += stay_s + random.between((100.0, 300.0));
        }
        scale.iter_mut().zip(smoothed(&houses, 30.0)).for_each(|(scale, houses)| *scale *= houses);
    }
    scale
}

/// The receiver's error on both axes at every step.
fn draw_error(scenario: &Scenario, scale: &[f64], random: &mut Random) -> [Vec<f64>; 2] {
    let n = scale.len();
    let Noise { smooth, sigma_m, memory_s, .. } = scenario.noise;
    let (sigma, memory) = (random.between(sigma_m), random.between(memory_s));
    let mut error = [(); 2].map(|()| {
        let wander = if smooth { smooth_wandering } else { wandering };
        let values = wander(n, DT, sigma, memory, random);
        values.iter().zip(scale).map(|(value, scale)| value * scale).collect::<Vec<f64>>()
    });
    if scenario.canyon {
        for _ in 0..8 {
            let from = (random.between((100.0, scenario.duration_s as f64 - 100.0)) / DT) as usize;
            let to = from + (random.between((5.0, 25.0)) / DT) as usize;
            let (angle, metres) = (random.between((0.0, TAU)), random.between((8.0, 20.0)));
            for i in from..to.min(n) {
                error[0][i] += metres * libm::cos(angle);
                error[1][i] += metres * libm::sin(angle);
            }
        }
    }
    error
}

/// The seconds at which a fix is taken.
fn seconds(scenario: &Scenario, random: &mut Random) -> Vec<usize> {
    match scenario.sampling {
        Sampling::Every(seconds) => (0..=scenario.duration_s).step_by(seconds).collect(),
        Sampling::Jitter => (0..=scenario.duration_s).collect(),
        Sampling::Smart => {
            // 1 to 8 s with these chances, in percent.
            const CHANCES: [f64; 8] = [18.0, 12.0, 15.0, 15.0, 14.0, 12.0, 8.0, 6.0];
            let (mut out, mut second) = (Vec::new(), 0);
            while second <= scenario.duration_s {
                out.push(second);
                second += random.pick(&CHANCES) + 1;
            }
            out
        }
    }
}

/// Leaves out what tunnels and pauses hide.
fn write_down(
    scenario: &Scenario,
    seconds: &[usize],
    seen: &[[f64; 2]],
    true_speed_mps: &[f64],
    random: &mut Random,
) -> (Vec<(f64, [f64; 2])>, Vec<usize>) {
    let tunnels: Vec<(f64, f64)> = (0..scenario.tunnels)
        .map(|k| {
            let count = scenario.tunnels as f64;
            let from = scenario.duration_s as f64 * (k as f64 + 0.6) / (count + 0.4);
            (from, from + random.between((30.0, 120.0)))
        })
        .collect();
    // The device pauses 3 s after a halt begins and resumes 2 s after it ends.
    let mut pauses = Vec::new();
    if scenario.auto_pause != AutoPause::Off {
        let mut second = 0;
        while second < true_speed_mps.len() {
            let begun = second;
            while second < true_speed_mps.len() && true_speed_mps[second] < 0.4 {
                second += 1;
            }
            if second - begun > 6 {
                pauses.push((begun + 3, second + 2));
            }
            second += 1;
        }
    }
    let (mut rows, mut breaks) = (Vec::new(), Vec::new());
    let mut paused_before = 0;
    for (second, place) in seconds.iter().zip(seen) {
        let time_s = *second as f64;
        let hidden = tunnels.iter().any(|(from, to)| time_s > *from && time_s < *to)
            || pauses.iter().any(|(from, to)| second > from && second < to);
        if hidden {
            continue;
        }
        let pauses_so_far = pauses.iter().filter(|(_, to)| second >= to).count();
        if scenario.auto_pause == AutoPause::Segment && pauses_so_far > paused_before && !rows.is_empty() {
            breaks.push(rows.len());
        }
        paused_before = pauses_so_far;
        rows.push((time_s, *place));
    }
    (rows, breaks)
}
