//! What a receiver makes of the sky: positions whose error has a cause.
//!
//! Each satellite's range carries a slow rest of the ionosphere (a swing of 15 to 50 minutes), multipath (a swing
//! that loses its memory with time and, faster, with the way travelled) and noise with far outliers. Satellites
//! come and go behind houses. Weighted least squares turns the ranges into a position, so that the error is not
//! alike in all directions and steps when the constellation changes; a tracking filter with or without
//! Doppler speed turns the positions into the fixes that a watch or phone writes.

use std::f64::consts::TAU;

use super::random::Random;

/// Kinds of receiver and surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// A running watch under open sky: Doppler speed, strong filter.
    Watch,
    /// A good phone under open sky: Doppler speed, light filter.
    Phone,
    /// An old phone or logger: positions only, alpha-beta filter.
    Logger,
    /// A watch between houses: satellites come and go, strong multipath.
    Street,
    /// A watch under trees: noise and multipath, few outages.
    Wood,
}

struct Traits {
    satellites: f64,
    ionosphere_m: (f64, f64),
    multipath_m: (f64, f64),
    noise_m: (f64, f64),
    /// How often a satellite hides, per second and satellite.
    hiding: f64,
    doppler: Option<(f64, f64)>,
    alpha: (f64, f64),
    gate_m: f64,
}

impl Receiver {
    fn traits(self) -> Traits {
        let watch = Traits {
            satellites: 11.0,
            ionosphere_m: (0.8, 2.4),
            multipath_m: (0.8, 2.2),
            noise_m: (0.3, 0.8),
            hiding: 0.0004,
            doppler: Some((0.05, 0.14)),
            alpha: (0.08, 0.22),
            gate_m: 12.0,
        };
        match self {
            Self::Watch => watch,
            Self::Phone => Traits {
                satellites: 13.0,
                multipath_m: (1.2, 3.0),
                noise_m: (0.4, 1.0),
                alpha: (0.15, 0.4),
                ..watch
            },
            Self::Logger => Traits {
                satellites: 8.0,
                ionosphere_m: (1.0, 3.0),
                noise_m: (0.5, 1.0),
                doppler: None,
                alpha: (0.3, 0.55),
                gate_m: 25.0,
                ..watch
            },
            Self::Street => Traits {
                satellites: 10.0,
                multipath_m: (2.2, 4.8),
                noise_m: (0.6, 1.4),
                hiding: 0.004,
                doppler: Some((0.08, 0.2)),
                ..watch
            },
            Self::Wood => Traits {
                multipath_m: (1.8, 3.6),
                noise_m: (0.8, 1.8),
                hiding: 0.001,
                doppler: Some((0.08, 0.2)),
                ..watch
            },
        }
    }
}

struct Satellite {
    /// East, north, up, clock: a row of the observation matrix.
    sight: [f64; 4],
    weight: f64,
    /// Angular frequency, phase, amplitude.
    ionosphere: [f64; 3],
    /// Multipath as a complex number that turns and forgets.
    multipath: [f64; 2],
    turn_per_s: f64,
    multipath_m: f64,
    memory_s: f64,
    memory_m: f64,
    noise_m: f64,
    hidden_until_s: f64,
}

/// Follows true positions (one per second, east and north, m) and gives those that the receiver reports.
pub fn receive(receiver: Receiver, true_m: &[[f64; 2]], random: &mut Random) -> Vec<[f64; 2]> {
    let traits = receiver.traits();
    let mut sky = draw_sky(&traits, random);
    let alpha = random.between(traits.alpha);
    // Benedict and Bordner (1962): the gain on speed that goes with alpha.
    let beta = alpha * alpha / (2.0 - alpha);
    let doppler = traits.doppler.map(|range| (random.between(range), random.between((0.35, 0.8))));
    let mut doppler_error = [0.0, 0.0];
    let mut gains = Vec::new();
    let (mut position, mut velocity) = ([0.0; 2], [0.0; 2]);
    let mut out = Vec::with_capacity(true_m.len());
    for (second, place) in true_m.iter().enumerate() {
        let time_s = second as f64;
        let before = if second > 0 { true_m[second - 1] } else { *place };
        let step = [place[0] - before[0], place[1] - before[1]];
        let speed = libm::hypot(step[0], step[1]);
        if hide(&mut sky, time_s, traits.hiding, random) || gains.is_empty() {
            gains = solve(&sky, time_s);
        }
        let mut error = [0.0, 0.0];
        for (satellite, gain) in sky.iter_mut().zip(&gains) {
            let range_error = satellite.range_error(time_s, speed, random);
            error = [error[0] + gain[0] * range_error, error[1] + gain[1] * range_error];
        }
        let seen = [place[0] + error[0], place[1] + error[1]];
        if second == 0 {
            position = seen;
            out.push(position);
            continue;
        }
        let surprise = [0, 1].map(|axis| seen[axis] - position[axis] - velocity[axis]);
        let trust = (traits.gate_m / libm::hypot(surprise[0], surprise[1]).max(1e-9)).min(1.0);
        for axis in 0..2 {
            position[axis] += velocity[axis] + alpha * trust * surprise[axis];
            match doppler {
                Some((sigma, gain)) => {
                    // Doppler errors last a few seconds.
                    doppler_error[axis] = 0.7 * doppler_error[axis] + 0.714 * sigma * random.heavy_tailed();
                    velocity[axis] += gain * (step[axis] + doppler_error[axis] - velocity[axis]);
                }
                None => velocity[axis] += beta * trust * surprise[axis],
            }
        }
        out.push(position);
    }
    out
}

fn draw_sky(traits: &Traits, random: &mut Random) -> Vec<Satellite> {
    let [ionosphere_m, multipath_m, noise_m] =
        [traits.ionosphere_m, traits.multipath_m, traits.noise_m].map(|range| random.between(range));
    let count = (traits.satellites + random.between((-2.0, 2.99))) as usize;
    (0..count)
        .map(|i| {
            let azimuth = TAU * (i as f64 + random.between((-0.8, 0.8))) / count as f64;
            let sine = random.between((0.2, 0.97));
            let cosine = libm::sqrt(1.0 - sine * sine);
            let low = 1.0 - 0.7 * sine;
            Satellite {
                sight: [cosine * libm::sin(azimuth), cosine * libm::cos(azimuth), sine, 1.0],
                weight: sine * sine,
                ionosphere: [
                    TAU / random.scale_between((900.0, 3000.0)),
                    random.between((0.0, TAU)),
                    ionosphere_m * random.between((0.7, 1.8)) / (sine + 0.25),
                ],
                multipath: [random.normal(), random.normal()],
                turn_per_s: TAU / random.scale_between((25.0, 300.0)),
                multipath_m: multipath_m * random.between((0.6, 2.2)) * low,
                memory_s: random.scale_between((25.0, 150.0)),
                memory_m: random.scale_between((25.0, 160.0)),
                noise_m: noise_m * (0.5 + low),
                hidden_until_s: 0.0,
            }
        })
        .collect()
}

/// Hides satellites for a while; true if the constellation changed.
fn hide(sky: &mut [Satellite], time_s: f64, hiding: f64, random: &mut Random) -> bool {
    let mut changed = false;
    let mut in_sight = sky.iter().filter(|satellite| satellite.hidden_until_s <= time_s).count();
    for satellite in sky {
        if satellite.hidden_until_s > 0.0 && satellite.hidden_until_s <= time_s {
            satellite.hidden_until_s = 0.0;
            changed = true;
        } else if satellite.hidden_until_s == 0.0 && in_sight > 5 && random.chance(hiding) {
            satellite.hidden_until_s = time_s + random.between((8.0, 70.0));
            in_sight -= 1;
            changed = true;
        }
    }
    changed
}

impl Satellite {
    fn range_error(&mut self, time_s: f64, speed_mps: f64, random: &mut Random) -> f64 {
        let keep = libm::exp(-1.0 / self.memory_s - speed_mps / self.memory_m);
        let fresh = libm::sqrt(1.0 - keep * keep);
        let (sine, cosine) = (libm::sin(self.turn_per_s), libm::cos(self.turn_per_s));
        let [re, im] = self.multipath;
        self.multipath = [
            keep * (cosine * re - sine * im) + fresh * random.normal(),
            keep * (sine * re + cosine * im) + fresh * random.normal(),
        ];
        let [w, phase, amplitude] = self.ionosphere;
        amplitude * libm::sin(w * time_s + phase)
            + self.multipath_m * self.multipath[0]
            + self.noise_m * random.heavy_tailed()
    }
}

/// What a metre of range error moves the weighted least-squares position, east and north, per satellite:
/// the first two rows of (H' W H)^-1 H' W.
fn solve(sky: &[Satellite], time_s: f64) -> Vec<[f64; 2]> {
    // [H' W H | I], reduced by Gauss and Jordan; a small ridge keeps a poor constellation finite.
    let mut m = [[0.0; 8]; 4];
    for (i, row) in m.iter_mut().enumerate() {
        row[i] = 0.02;
        row[i + 4] = 1.0;
    }
    let weight =
        |satellite: &Satellite| if satellite.hidden_until_s > time_s { 0.0 } else { satellite.weight };
    for satellite in sky {
        for (row, a) in m.iter_mut().zip(satellite.sight) {
            for (sum, b) in row.iter_mut().zip(satellite.sight) {
                *sum += weight(satellite) * a * b;
            }
        }
    }
    for pivot in 0..4 {
        let scale = m[pivot][pivot];
        m[pivot] = m[pivot].map(|value| value / scale);
        let row = m[pivot];
        for (_, other) in m.iter_mut().enumerate().filter(|(i, _)| *i != pivot) {
            let factor = other[pivot];
            for (value, pivot_value) in other.iter_mut().zip(row) {
                *value -= factor * pivot_value;
            }
        }
    }
    sky.iter()
        .map(|satellite| {
            [0, 1].map(|axis| {
                weight(satellite) * (0..4).map(|j| m[axis][j + 4] * satellite.sight[j]).sum::<f64>()
            })
        })
        .collect()
}
