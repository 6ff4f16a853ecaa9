//! One run put together: a runner on a path, seen by a receiver, written down by a device.

use super::{
    Fix, Format, Simulated,
    body::{barometer, heart},
    course::{Course, Path},
    earth::degrees,
    holding::Holding,
    pace::{self, Pace, STEPS_PER_S},
    random::Random,
    receiver::{self, Receiver},
    recorder::write_down,
    speedometer::Speedometer,
};

/// When a device writes a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampling {
    /// Every so many seconds.
    Every(usize),
    /// When the last fix and its velocity no longer tell the place to 0.6 m, or after 8 s.
    Smart,
}

/// What a device does when its owner stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoPause {
    /// It records on.
    Off,
    /// It stops writing, and goes on in the same segment.
    Silent,
    /// It stops writing, and goes on in a new segment.
    NewSegment,
}

/// One run to simulate.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Distinct among the scenarios; part of the seed.
    pub name: String,
    /// What the run tries.
    pub group: &'static str,
    /// Elapsed time.
    pub duration_s: usize,
    /// Where it goes.
    pub course: Course,
    /// How far hills rise and fall, about.
    pub climb_m: f64,
    /// How fast it is meant to go.
    pub pace: Pace,
    /// What sees it.
    pub receiver: Receiver,
    /// What is written of that.
    pub sampling: Sampling,
    /// What is not.
    pub auto_pause: AutoPause,
    /// Tunnels: from and to, s. Nothing is written in them, and the first fixes after them are poor.
    pub tunnels_s: &'static [(usize, usize)],
    /// Stray fixes, 15 to 70 m off.
    pub strays: usize,
    /// How the receiver repeats itself.
    pub holding: Holding,
    /// What else tells a speed, if anything.
    pub speedometer: Option<Speedometer>,
    /// Decimals of a degree that are written.
    pub decimals: i32,
    /// Where it starts: latitude, longitude, elevation.
    pub start: (f64, f64, f64),
    /// What it is written as.
    pub format: Format,
    /// Slower than this is truly standing, m/s.
    pub standing_below_mps: f64,
}

/// Simulates one run.
pub fn simulate(scenario: &Scenario, seed: u64) -> Simulated {
    let stream = |part: &str| Random::named(seed, &format!("{}/{part}", scenario.name));
    let lay = |length_m| Path::lay(scenario.course, length_m, scenario.climb_m, &mut stream("path"));
    let (path, walked) = pace::walk(&scenario.pace, scenario.duration_s, lay, &mut stream("pace"));
    let places: Vec<[f64; 3]> = walked.ground_m.iter().step_by(STEPS_PER_S).map(|s| path.at(*s)).collect();
    let ground: Vec<[f64; 2]> = places.iter().map(|place| [place[0], place[1]]).collect();
    let way: Vec<f64> = walked.way_m.iter().copied().step_by(STEPS_PER_S).collect();
    let true_speed_mps: Vec<f64> = way.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut seen = receiver::receive(scenario.receiver, &ground, &mut stream("receiver"));
    let square = |pair: (&[f64; 2], &[f64; 2])| {
        (0..2).map(|axis| pair.0[axis] - pair.1[axis]).map(|error| error * error).sum::<f64>()
    };
    let squares: f64 = seen.iter().zip(&ground).map(square).sum();
    let position_error_m = libm::sqrt(squares / (2 * seen.len()) as f64);
    disturb(&mut seen, scenario, &mut stream("strays"));
    let speed = scenario
        .speedometer
        .as_ref()
        .map(|it| it.measure(&true_speed_mps, &seen, &mut stream("speedometer")));
    scenario.holding.apply(&mut seen, &true_speed_mps, &mut stream("holding"));
    let (written, breaks) = write_down(scenario, &seen, &true_speed_mps);
    let heights: Vec<f64> = places.iter().map(|place| place[2]).collect();
    let elevation = barometer(&heights, &mut stream("barometer"));
    let heart_rate = heart(&true_speed_mps, &heights, &mut stream("heart"));
    let fixes = written
        .into_iter()
        .map(|second| {
            let (latitude_deg, longitude_deg) =
                degrees((scenario.start.0, scenario.start.1), seen[second], scenario.decimals);
            Fix {
                time_s: second as f64,
                latitude_deg,
                longitude_deg,
                elevation_m: libm::round((scenario.start.2 + elevation[second]) * 10.0) / 10.0,
                heart_rate_bpm: heart_rate[second],
                speed_mps: speed.as_ref().and_then(|it| it.speed_mps[second]),
                distance_m: speed.as_ref().map(|it| it.distance_m[second]),
            }
        })
        .collect();
    Simulated {
        fixes,
        breaks,
        true_speed_mps,
        position_error_m,
        decimals: scenario.decimals,
        standing_below_mps: scenario.standing_below_mps,
    }
}

/// Stray fixes, and the poor ones after a tunnel.
fn disturb(seen: &mut [[f64; 2]], scenario: &Scenario, random: &mut Random) {
    let mut push = |second: usize, metres: f64, angle: f64| {
        if let Some(place) = seen.get_mut(second) {
            *place = [place[0] + metres * libm::cos(angle), place[1] + metres * libm::sin(angle)];
        }
    };
    for _ in 0..scenario.strays {
        let at = random.between((20.0, scenario.duration_s as f64 - 20.0)) as usize;
        let angle = random.between((0.0, std::f64::consts::TAU));
        let metres = random.between((15.0, 70.0));
        for second in at..at + 1 + random.between((0.0, 2.99)) as usize {
            push(second, metres, angle);
        }
    }
    for (_, end) in scenario.tunnels_s {
        let (metres, angle) = (random.between((4.0, 12.0)), random.between((0.0, std::f64::consts::TAU)));
        for late in 0..12 {
            push(end + late, metres * libm::exp(-(late as f64) / 3.0), angle);
        }
    }
}
