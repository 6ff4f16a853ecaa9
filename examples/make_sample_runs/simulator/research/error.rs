//! The second research simulator's receivers: five families of error, the same law on both axes.

use super::super::random::Random;
use super::noise::{follow, wandering};
use super::{DT, STEPS_PER_S};

/// A family of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Two processes, one of minutes and one of seconds.
    TwoScales,
    /// A process and noise through the receiver's low pass of second order, which delays the true position, too.
    LowPass,
    /// Offsets that arrive with a changed constellation and decay, and a small process.
    Steps,
    /// A random walk with hardly any return.
    Drift,
    /// What a constant-velocity Kalman filter in the watch makes of noisy positions: late, and wide in bends.
    Kalman,
}

impl Family {
    /// All of them, with a word for names.
    pub const ALL: [(Self, &str); 5] = [
        (Self::TwoScales, "ou2"),
        (Self::LowPass, "lowpass"),
        (Self::Steps, "steps"),
        (Self::Drift, "drift"),
        (Self::Kalman, "kalman"),
    ];

    /// True coordinates at every step of 0.1 s (one list per axis) as the receiver reports them, and the standard
    /// deviation of the white noise that each written fix adds.
    pub fn report(self, axes: [Vec<f64>; 2], random: &mut Random) -> ([Vec<f64>; 2], f64) {
        let n = axes[0].len();
        match self {
            Self::TwoScales => {
                let (slow, quick) = (
                    (random.between((1.5, 4.0)), random.between((60.0, 180.0))),
                    (random.between((0.3, 1.3)), random.between((4.0, 14.0))),
                );
                let white = random.between((0.03, 0.35));
                let axes = axes.map(|axis| {
                    let wander = wandering(n, DT, slow.0, slow.1, random);
                    add(axis, &[wander, wandering(n, DT, quick.0, quick.1, random)])
                });
                (axes, white)
            }
            Self::LowPass => {
                let (sigma, memory) = (random.between((1.5, 4.0)), random.between((20.0, 60.0)));
                let (raw, lag) = (random.between((0.3, 1.0)), random.between((0.8, 3.0)));
                let white = random.between((0.02, 0.08));
                let axes = axes.map(|axis| {
                    let wander = wandering(n, DT, sigma, memory, random);
                    let seen = add(axis, &[wander, wandering(n, DT, 1.5 * raw, 1.0, random)]);
                    let first = seen[0];
                    let from_rest: Vec<f64> = seen.iter().map(|value| value - first).collect();
                    let passed = follow(&follow(&from_rest, DT, lag), DT, lag);
                    passed.into_iter().map(|value| value + first).collect()
                });
                (axes, white)
            }
            Self::Steps => {
                let (every, size, decay) =
                    (random.between((60.0, 200.0)), random.between((1.0, 4.5)), random.between((15.0, 60.0)));
                let (sigma, memory) = (random.between((0.5, 1.2)), random.between((15.0, 30.0)));
                let white = random.between((0.05, 0.3));
                let axes = axes.map(|axis| {
                    let mut offset = 0.0;
                    let steps: Vec<f64> = (0..n)
                        .map(|_| {
                            offset *= libm::exp(-DT / decay);
                            if random.chance(DT / every) {
                                offset += size * random.normal();
                            }
                            offset
                        })
                        .collect();
                    add(axis, &[follow(&steps, DT, 1.0), wandering(n, DT, sigma, memory, random)])
                });
                (axes, white)
            }
            Self::Drift => {
                let (rate, back) = (random.between((0.15, 0.5)), random.between((200.0, 600.0)));
                let white = random.between((0.03, 0.25));
                let sigma = rate * libm::sqrt(back / 2.0);
                (axes.map(|axis| add(axis, &[wandering(n, DT, sigma, back, random)])), white)
            }
            Self::Kalman => {
                let (sigma, memory) = (random.between((1.2, 3.0)), random.between((25.0, 70.0)));
                let (raw, acceleration) = (random.between((1.0, 3.0)), random.between((0.3, 1.2)));
                let white = random.between((0.01, 0.05));
                let axes = axes.map(|axis| {
                    let wander = wandering(n.div_ceil(STEPS_PER_S), 1.0, sigma, memory, random);
                    let seconds: Vec<f64> = axis
                        .iter()
                        .step_by(STEPS_PER_S)
                        .zip(wander)
                        .map(|(place, wander)| place + wander + raw * random.normal())
                        .collect();
                    between_seconds(&tracked(&seconds, acceleration / raw), n)
                });
                (axes, white)
            }
        }
    }
}

fn add(mut axis: Vec<f64>, errors: &[Vec<f64>]) -> Vec<f64> {
    for error in errors {
        axis.iter_mut().zip(error).for_each(|(place, error)| *place += error);
    }
    axis
}

/// An alpha-beta filter with the steady gains of a Kalman filter; `index` is its tracking index.
fn tracked(seconds: &[f64], index: f64) -> Vec<f64> {
    let r = (4.0 + index - libm::sqrt(8.0 * index + index * index)) / 4.0;
    let alpha = 1.0 - r * r;
    let beta = 2.0 * (2.0 - alpha) - 4.0 * libm::sqrt(1.0 - alpha);
    let (mut place, mut speed) = (seconds[0], 0.0);
    let step = |seen: &f64| {
        let surprise = seen - (place + speed);
        place += speed + alpha * surprise;
        speed += beta * surprise;
        place
    };
    seconds.iter().map(step).collect()
}

/// Straight lines between whole seconds.
fn between_seconds(seconds: &[f64], n: usize) -> Vec<f64> {
    (0..n)
        .map(|step| {
            let (second, rest) = (step / STEPS_PER_S, (step % STEPS_PER_S) as f64 * DT);
            let next = seconds[(second + 1).min(seconds.len() - 1)];
            seconds[second] + rest * (next - seconds[second])
        })
        .collect()
}
