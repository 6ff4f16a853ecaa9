//! The second research simulator: two-scale, low-passed, stepping, drifting and Kalman-filtered errors, drawn gaits.

use std::f64::consts::PI;

use super::super::{Simulated, random::Random};
use super::course::Course;
use super::error::Family;
use super::noise::wandering;
use super::walk::{Body, walk};
use super::{DT, Law, STEPS_PER_S, Written, every_step, rms};

/// Where it goes.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// Blocks with turns of 30 to 110 degrees.
    Street,
    /// Bends all the time, mostly one way.
    Park,
    /// Long slow bends.
    River,
    /// A footpath: 60 to 150 degrees every 20 to 50 m.
    Zigzag,
    /// A hill road.
    Hairpin,
    /// Turns round every 300 to 600 m.
    OutBack,
    /// A track.
    Oval,
}

/// How fast it means to go.
#[derive(Debug, Clone, Copy)]
enum Plan {
    Hold(f64),
    /// Two paces, stays within the range.
    Alternate(f64, f64, (f64, f64)),
    /// Paces from the first range, stays from the second.
    Free((f64, f64), (f64, f64)),
    /// A pace, halts, stays between them.
    Halt(f64, (f64, f64), (f64, f64)),
    Ramp(f64, f64),
    /// Walk, run, intervals, a rest, near the threshold.
    Mixed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sampling {
    Every(usize),
    Smart,
}

/// One scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    way: Way,
    plan: Plan,
    family: Family,
    duration_s: usize,
    sampling: Sampling,
    decimals: i32,
    latitude_deg: f64,
    auto_pause: bool,
}

impl Scenario {
    const fn plain(way: Way, plan: Plan, family: Family) -> Self {
        Self {
            way,
            plan,
            family,
            duration_s: 1800,
            sampling: Sampling::Every(1),
            decimals: 7,
            latitude_deg: 47.0,
            auto_pause: false,
        }
    }
}

/// Every scenario.
pub fn scenarios() -> Vec<super::Scenario> {
    use Family::{Drift, Kalman, LowPass, Steps, TwoScales};
    use Plan::{Alternate, Free, Halt, Hold, Mixed, Ramp};
    use Way::{Hairpin, OutBack, Oval, Park, River, Street, Zigzag};
    let mut all = Vec::new();
    let mut add =
        |name: String, group, scenario| all.push(super::Scenario { name, group, law: Law::B(scenario) });
    for (i, (family, word)) in Family::ALL.into_iter().enumerate() {
        let three = |ways: [Way; 3]| ways[i % 3];
        let two = |ways: [Way; 2]| ways[i % 2];
        let five = |paces: [f64; 5]| paces[i];
        let plain = |way, plan| Scenario::plain(way, plan, family);
        let hold = plain(three([Street, River, Park]), Hold(five([1.4, 2.5, 3.1, 1.65, 2.4])));
        let latitude_deg = [47.0, 59.0, -23.0][i % 3];
        add(format!("hold_{word}"), "steady", Scenario { latitude_deg, ..hold });
        let below = plain(three([River, Street, Park]), Hold(five([1.88, 1.94, 1.82, 1.9, 1.85])));
        let latitude_deg = [35.0, 51.0][i % 2];
        add(format!("near_lo_{word}"), "near", Scenario { latitude_deg, ..below });
        let above = Hold(five([2.08, 2.15, 2.05, 2.12, 2.2]));
        add(format!("near_hi_{word}"), "near", plain(three([Street, Park, River]), above));
        let short = Alternate(3.0, 1.4, (20.0, 60.0));
        add(format!("intv_s_{word}"), "intervals", plain(two([River, Street]), short));
        let long = Alternate([2.6, 2.4, 3.2][i % 3], 1.6, (60.0, 180.0));
        add(format!("intv_l_{word}"), "intervals", plain(three([Street, Park, Oval]), long));
        let free = Free((1.4, 3.4), (30.0, 150.0));
        add(format!("free_{word}"), "intervals", plain(two([Park, River]), free));
        let halt = Halt([2.5, 1.8, 2.9][i % 3], (8.0, 45.0), (60.0, 200.0));
        add(format!("stops_{word}"), "stops", plain(two([Street, Zigzag]), halt));
        let bends = [Zigzag, Hairpin, OutBack, Zigzag, Hairpin][i];
        add(format!("bends_{word}"), "geometry", plain(bends, Hold(five([2.5, 1.7, 2.8, 1.6, 2.4]))));
        let mixed = plain(three([Street, Park, River]), Mixed);
        add(format!("mixed_{word}"), "mixed", Scenario { duration_s: 2700, ..mixed });
    }
    let plain = Scenario::plain;
    let sparse = |sampling, scenario| Scenario { sampling, decimals: 6, ..scenario };
    let pausing = |scenario| Scenario { auto_pause: true, ..scenario };
    let long_stay = (60.0, 150.0);
    for (name, group, scenario) in [
        ("near_alt_ou2", "near", plain(River, Alternate(2.15, 1.85, (60.0, 240.0)), TwoScales)),
        ("near_alt_kalman", "near", plain(Street, Alternate(2.2, 1.8, (60.0, 240.0)), Kalman)),
        ("ramp_lowpass", "near", plain(River, Ramp(1.6, 2.5), LowPass)),
        (
            "sparse_steps",
            "sampling",
            sparse(Sampling::Smart, plain(Street, Alternate(2.8, 1.5, long_stay), Steps)),
        ),
        ("sparse_kalman", "sampling", sparse(Sampling::Smart, plain(Park, Hold(2.4), Kalman))),
        (
            "every4_drift",
            "sampling",
            sparse(Sampling::Every(4), plain(Street, Alternate(2.8, 1.5, long_stay), Drift)),
        ),
        (
            "every3_ou2",
            "sampling",
            sparse(Sampling::Every(3), plain(Park, Free((1.4, 3.2), long_stay), TwoScales)),
        ),
        ("round5_kalman", "sampling", Scenario { decimals: 5, ..plain(Street, Hold(2.5), Kalman) }),
        ("pause_kalman", "stops", pausing(plain(Street, Halt(2.4, (15.0, 80.0), (90.0, 240.0)), Kalman))),
        ("pause_ou2", "stops", pausing(plain(Zigzag, Halt(1.7, (15.0, 80.0), (90.0, 240.0)), TwoScales))),
        ("stroll_lowpass", "stops", plain(Park, Halt(1.2, (10.0, 60.0), (60.0, 200.0)), LowPass)),
    ] {
        add(name.to_owned(), group, scenario);
    }
    all
}

fn pieces(way: Way, length_m: f64, random: &mut Random) -> Vec<(f64, f64)> {
    let (mut out, mut total) = (Vec::new(), 0.0);
    while total < length_m + 300.0 {
        let from = out.len();
        let turn = |degrees: f64, radius: f64, side: f64| (radius * degrees.to_radians(), side / radius);
        match way {
            Way::Street => {
                out.push((random.between((50.0, 300.0)), 0.0));
                out.push(turn(random.between((30.0, 110.0)), random.between((2.0, 10.0)), random.sign()));
            }
            Way::Park => {
                let radius = random.between((25.0, 120.0));
                let side = if random.chance(0.3) { -1.0 } else { 1.0 };
                out.push((random.between((20.0, 80.0)), side / radius));
            }
            Way::River => out.push((random.between((150.0, 500.0)), random.between((-1.0, 1.0)) / 300.0)),
            Way::Zigzag => {
                out.push((random.between((20.0, 50.0)), random.between((-1.0, 1.0)) / 60.0));
                out.push(turn(random.between((60.0, 150.0)), random.between((1.5, 4.0)), random.sign()));
            }
            Way::Hairpin => {
                let side = if out.len() % 4 < 2 { 1.0 } else { -1.0 };
                out.push((random.between((60.0, 140.0)), random.between((-1.0, 1.0)) / 150.0));
                out.push((PI * 4.0, side / 4.0));
            }
            Way::OutBack => {
                out.push((random.between((300.0, 600.0)), random.between((-1.0, 1.0)) / 500.0));
                out.push((PI * 0.8, 1.0 / 0.8));
            }
            Way::Oval => out.extend([(100.0, 0.0), (PI * 31.8, 1.0 / 31.8)]),
        }
        total += out[from..].iter().map(|piece| piece.0).sum::<f64>();
    }
    out
}

fn plan(plan: Plan, duration_s: f64, random: &mut Random) -> Vec<(f64, f64)> {
    let (mut out, mut total) = (Vec::new(), 0.0);
    let mut first = random.chance(0.5);
    while total < duration_s {
        let from = out.len();
        match plan {
            Plan::Hold(pace) => out.push((duration_s, pace)),
            Plan::Alternate(a, b, stay) => out.push((random.between(stay), if first { a } else { b })),
            Plan::Free(paces, stay) => out.push((random.between(stay), random.between(paces))),
            Plan::Halt(pace, halt, between) => {
                out.extend([(random.between(between), pace), (random.between(halt), 0.0)]);
            }
            Plan::Ramp(a, b) => {
                out.extend((0..30).map(|i| (duration_s / 30.0, a + (b - a) * f64::from(i) / 29.0)));
            }
            Plan::Mixed => out.extend([
                (300.0, 1.4),
                (400.0, 2.7),
                (40.0, 0.0),
                (60.0, 3.2),
                (60.0, 1.4),
                (60.0, 3.2),
                (60.0, 1.4),
                (300.0, 2.05),
                (20.0, 0.0),
                (300.0, 1.9),
                (duration_s, 2.5),
            ]),
        }
        first = !first;
        total += out[from..].iter().map(|piece| piece.0).sum::<f64>();
    }
    out
}

/// Simulates one run.
pub fn simulate(scenario: &Scenario, name: &str, seed: u64) -> Simulated {
    let mut random = Random::named(seed, &format!("B/{name}"));
    let random = &mut random;
    let target = every_step(&plan(scenario.plan, scenario.duration_s as f64, random), scenario.duration_s);
    let n = target.len();
    let (unevenness, memory_s) = (random.between((0.01, 0.05)), random.scale_between((5.0, 60.0)));
    let gait = wandering(n, DT, unevenness, memory_s, random);
    let trend = wandering(n, DT, 0.01, 240.0, random);
    let wanted: Vec<f64> = (0..n).map(|i| target[i] * (1.0 + gait[i] + trend[i])).collect();
    let planned_m = target.iter().sum::<f64>() * DT;
    let course = Course::lay(&pieces(scenario.way, 1.2 * planned_m, random), random);
    let body = Body { sideways: 2.2, foresight: 0.9, slowing: 1.3, setting_off: 1.0 };
    let way_m = walk(&wanted, &course, body);
    let whole: Vec<f64> = way_m.iter().copied().step_by(STEPS_PER_S).collect();
    let true_speed_mps: Vec<f64> = whole.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let truly: Vec<[f64; 2]> = way_m.iter().map(|s| course.at(*s)).collect();
    let axes = [0, 1].map(|axis| truly.iter().map(|place| place[axis]).collect::<Vec<f64>>());
    let (reported, white_m) = scenario.family.report(axes, random);
    let mut rows = Vec::new();
    let mut seen = Vec::new();
    for second in seconds(scenario, random) {
        let place = [0, 1].map(|axis| reported[axis][second * STEPS_PER_S] + white_m * random.normal());
        seen.push((second, place));
    }
    let silent = if scenario.auto_pause { pauses(&true_speed_mps) } else { Vec::new() };
    for (second, place) in &seen {
        if !silent.iter().any(|(from, to)| *second > from + 4 && second + 1 < *to) {
            rows.push((*second as f64, *place));
        }
    }
    let places: Vec<[f64; 2]> = seen.iter().map(|row| row.1).collect();
    let at_rows: Vec<[f64; 2]> = seen.iter().map(|row| truly[row.0 * STEPS_PER_S]).collect();
    let error_m = rms(&places, &at_rows);
    let written = Written {
        rows,
        breaks: Vec::new(),
        start: (scenario.latitude_deg, -3.0),
        decimals: scenario.decimals,
    };
    written.simulated(true_speed_mps, error_m)
}

/// The seconds at which a fix is written.
fn seconds(scenario: &Scenario, random: &mut Random) -> Vec<usize> {
    match scenario.sampling {
        Sampling::Every(seconds) => (0..=scenario.duration_s).step_by(seconds).collect(),
        Sampling::Smart => {
            // 1 to 7 s with these chances, in percent.
            const CHANCES: [f64; 7] = [15.0, 15.0, 15.0, 20.0, 15.0, 10.0, 10.0];
            let (mut out, mut second) = (Vec::new(), 0);
            while second <= scenario.duration_s {
                out.push(second);
                second += random.pick(&CHANCES) + 1;
            }
            out
        }
    }
}

/// Halts of more than 6 s: from and to, s.
fn pauses(true_speed_mps: &[f64]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = None;
    for (second, speed) in true_speed_mps.iter().chain([&1.0]).enumerate() {
        match (from, *speed < 0.4) {
            (None, true) => from = Some(second),
            (Some(begun), false) => {
                if second - begun > 6 {
                    out.push((begun, second));
                }
                from = None;
            }
            _ => {}
        }
    }
    out
}
