//! Runs whose true speed is known: a runner on a path, seen by a GPS receiver, written down by a device.
//!
//! Everything comes from one seed and `libm`, so that a run is the same, bit for bit, on every platform.

#[path = "simulator/course.rs"]
mod course;
#[path = "simulator/pace.rs"]
mod pace;
#[path = "simulator/random.rs"]
mod random;
#[path = "simulator/receiver.rs"]
mod receiver;
#[path = "simulator/scenarios.rs"]
mod scenarios;

pub use course::Course;
pub use pace::Pace;
pub use receiver::Receiver;
pub use scenarios::scenarios;

use course::Path;
use pace::STEPS_PER_S;
use random::Random;

/// Slower than this is standing, m/s.
pub const STANDING_BELOW_MPS: f64 = 0.5;

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
    /// What the run tries: `steady`, `near`, `intervals`, `stops`, `geometry`, `sampling`, `pauses`, `degraded`.
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
    /// Decimals of a degree that are written.
    pub decimals: i32,
    /// Where it starts: latitude, longitude, elevation.
    pub start: (f64, f64, f64),
}

/// One fix as written down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fix {
    /// Seconds since the start.
    pub time_s: f64,
    /// Degrees, WGS 84.
    pub latitude_deg: f64,
    /// Degrees, WGS 84.
    pub longitude_deg: f64,
    /// Metres.
    pub elevation_m: f64,
    /// Beats per minute.
    pub heart_rate_bpm: u8,
}

/// A simulated run.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// What was written, increasing in time from 0.
    pub fixes: Vec<Fix>,
    /// Indices of fixes that begin a new segment; never 0.
    pub breaks: Vec<usize>,
    /// The way travelled in each second, rises included: row k is the second from k to k + 1.
    pub true_speed_mps: Vec<f64>,
    /// Root mean square of the error of the receiver's positions on one axis, m.
    pub position_error_m: f64,
}

/// Where the seconds truly went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::struct_field_names, reason = "the unit belongs to the name")]
pub struct Truth {
    /// Below [`STANDING_BELOW_MPS`], s.
    pub standing_s: usize,
    /// Moving at the upper edge or slower, s.
    pub in_band_s: usize,
    /// The part of the band at the brisk edge or faster, s.
    pub brisk_s: usize,
    /// Faster than the upper edge, s.
    pub faster_s: usize,
}

impl Simulated {
    /// The true seconds in each state for these edges, m/s.
    pub fn truth(&self, upper_mps: f64, brisk_from_mps: f64) -> Truth {
        let mut truth = Truth::default();
        for speed in &self.true_speed_mps {
            if *speed < STANDING_BELOW_MPS {
                truth.standing_s += 1;
            } else if *speed <= upper_mps {
                truth.in_band_s += 1;
                truth.brisk_s += usize::from(*speed >= brisk_from_mps);
            } else {
                truth.faster_s += 1;
            }
        }
        truth
    }

    /// Metres truly travelled.
    pub fn true_distance_m(&self) -> f64 {
        self.true_speed_mps.iter().sum()
    }
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
    let (written, breaks) = write_down(scenario, &seen, &true_speed_mps);
    let heights: Vec<f64> = places.iter().map(|place| place[2]).collect();
    let elevation = barometer(&heights, &mut stream("barometer"));
    let heart_rate = heart(&true_speed_mps, &heights, &mut stream("heart"));
    let fixes = written
        .into_iter()
        .map(|second| {
            let (latitude_deg, longitude_deg) = degrees(scenario, seen[second]);
            Fix {
                time_s: second as f64,
                latitude_deg,
                longitude_deg,
                elevation_m: libm::round((scenario.start.2 + elevation[second]) * 10.0) / 10.0,
                heart_rate_bpm: heart_rate[second],
            }
        })
        .collect();
    Simulated { fixes, breaks, true_speed_mps, position_error_m }
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

/// The seconds at which the device writes a fix, and the indices that begin new segments.
fn write_down(scenario: &Scenario, seen: &[[f64; 2]], true_speed_mps: &[f64]) -> (Vec<usize>, Vec<usize>) {
    let last_second = seen.len() - 1;
    let in_tunnel =
        |second: usize| scenario.tunnels_s.iter().any(|(from, to)| (*from..*to).contains(&second));
    let (mut written, mut breaks): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut still_s, mut paused, mut resumed) = (0, false, false);
    for second in 0..=last_second {
        // The device feels its owner's arm: it pauses after 4 s without steps and resumes with the second step.
        if true_speed_mps.get(second).is_some_and(|speed| *speed < 0.3) {
            still_s += 1;
        } else {
            still_s = 0;
        }
        let was_paused = paused;
        paused = scenario.auto_pause != AutoPause::Off && still_s > 4;
        resumed |= was_paused && !paused;
        if paused || in_tunnel(second) {
            continue;
        }
        let wanted = match (scenario.sampling, written.as_slice()) {
            (_, []) => true,
            (Sampling::Every(seconds), [.., last]) => {
                second - last >= seconds || second.is_multiple_of(seconds)
            }
            (Sampling::Smart, [last]) => second > last + 1,
            (Sampling::Smart, [.., before, last]) => {
                let ahead = (second - last) as f64 / (last - before).max(1) as f64;
                let off = [0, 1].map(|axis| {
                    let told = seen[*last][axis] + ahead * (seen[*last][axis] - seen[*before][axis]);
                    seen[second][axis] - told
                });
                second - last >= 8 || libm::hypot(off[0], off[1]) > 0.6
            }
        };
        if wanted || resumed || second == last_second {
            if resumed && scenario.auto_pause == AutoPause::NewSegment {
                breaks.push(written.len());
            }
            resumed = false;
            written.push(second);
        }
    }
    (written, breaks)
}

/// Metres east and north of the start to degrees on WGS 84, rounded as written.
fn degrees(scenario: &Scenario, place: [f64; 2]) -> (f64, f64) {
    const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
    const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_14e-3;
    let radii = |latitude_rad: f64| {
        let sine = libm::sin(latitude_rad);
        let w = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
        let root = libm::sqrt(w);
        (EQUATORIAL_RADIUS_M * (1.0 - ECCENTRICITY_SQUARED) / (w * root), EQUATORIAL_RADIUS_M / root)
    };
    let start = scenario.start.0.to_radians();
    let (meridian, _) = radii(start);
    // The meridian's radius halfway, so that the step north is right to third order.
    let (meridian, _) = radii(start + 0.5 * place[1] / meridian);
    let latitude = start + place[1] / meridian;
    let (_, vertical) = radii(latitude);
    let longitude = scenario.start.1.to_radians() + place[0] / (vertical * libm::cos(latitude));
    let unit = (0..scenario.decimals).fold(1.0, |unit, _| unit * 10.0);
    let round = |angle: f64| libm::round(angle.to_degrees() * unit) / unit;
    (round(latitude), round(longitude))
}

/// Height as a barometer gives it: right in the short run, drifting with the weather.
fn barometer(heights_m: &[f64], random: &mut Random) -> Vec<f64> {
    let mut drift = 0.0;
    heights_m
        .iter()
        .map(|height| {
            drift = 0.999 * drift + 0.05 * random.normal();
            height + drift + 0.15 * random.normal()
        })
        .collect()
}

/// Heart rate: follows the effort within a minute or so, creeping up over the run.
fn heart(true_speed_mps: &[f64], heights_m: &[f64], random: &mut Random) -> Vec<u8> {
    let (rest, per_mps) = (random.between((62.0, 74.0)), random.between((26.0, 31.0)));
    let mut rate = rest + 15.0;
    (0..heights_m.len())
        .map(|second| {
            let speed = true_speed_mps.get(second).copied().unwrap_or(0.0);
            let climb = heights_m.get(second + 1).map_or(0.0, |next| (next - heights_m[second]).max(0.0));
            let creep = 6.0 * second as f64 / heights_m.len() as f64;
            let wanted = rest + per_mps * speed + 220.0 * climb + creep;
            let lag_s = if wanted > rate { 35.0 } else { 55.0 };
            rate += (wanted - rate) / lag_s + 0.25 * random.normal();
            rate.clamp(45.0, 205.0) as u8
        })
        .collect()
}
