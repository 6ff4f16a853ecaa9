//! Filter and smoother against a dense solve, and what a device's speed must and must not do.

use super::{DeviceColumns, DeviceSmoother, Disturbances, Measurements, Model, Pace, TrackSmoother};
use crate::motion::position_error::{Family, PositionError};

const INTENSITY: f64 = 0.01;
const TIMES_S: [f64; 9] = [0.0, 1.0, 2.0, 4.5, 5.0, 9.0, 10.0, 11.0, 12.0];
const PLACES_M: [f64; 9] = [0.0, 2.2, 4.1, 10.0, 10.9, 18.0, 22.0, 24.1, 25.0];

fn model(family: Family) -> Model {
    let error = PositionError { family, sigma_m: 2.0, memory_s: 15.0, white_m: 0.3 };
    Model {
        error,
        gait_sd_mps: 0.06,
        gait_memory_s: 20.0,
        first_pace_mps: 2.0,
        first_pace_variance: 4.0,
        low_pass_s: 1.0,
    }
}

/// Covariance of place with place, place with pace, pace with pace at the times `s` and `t`: random walk and gait,
/// integrated by hand.
fn covariance(m: &Model, s: f64, t: f64) -> [f64; 3] {
    let (q, p, tau, g2) = (INTENSITY, m.first_pace_variance, m.gait_memory_s, m.gait_sd_mps.powi(2));
    let (a, b) = (s.min(t), s.max(t));
    let x = |u: f64| (-u / tau).exp();
    let walk_places = p * s * t + q * (a * a * b / 2.0 - a * a * a / 6.0);
    let walk_mixed = p * s + q * if t >= s { s * s / 2.0 } else { t * t / 2.0 + t * (s - t) };
    let gait_places = g2 * (2.0 * tau * a - tau * tau * (1.0 - x(a) - x(b) + x(b - a)));
    let gait_mixed = g2 * tau * if t >= s { x(t - s) - x(t) } else { 2.0 - x(t) - x(s - t) };
    [400.0 + walk_places + gait_places, walk_mixed + gait_mixed, p + q * a + g2 * x(b - a)]
}

/// Solves a x = b.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        for k in i + 1..n {
            let f = a[k][i] / a[i][i];
            for j in i..n {
                a[k][j] -= f * a[i][j];
            }
            b[k] -= f * b[i];
        }
    }
    for i in (0..n).rev() {
        for j in i + 1..n {
            b[i] -= a[i][j] * b[j];
        }
        b[i] /= a[i][i];
    }
    b
}

#[test]
fn the_smoother_agrees_with_a_dense_solve() {
    for family in [Family::OrnsteinUhlenbeck, Family::Matern] {
        let m = model(family);
        let n = TIMES_S.len();
        let white = m.error.white_m.powi(2);
        let dense: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                (0..n)
                    .map(|j| {
                        let lag = (TIMES_S[i] - TIMES_S[j]).abs();
                        let error = m.error.sigma_m.powi(2) * m.error.correlation(lag);
                        covariance(&m, TIMES_S[i], TIMES_S[j])[0] + error + if i == j { white } else { 0.0 }
                    })
                    .collect()
            })
            .collect();
        let surprise: Vec<f64> = (0..n).map(|i| PLACES_M[i] - m.first_pace_mps * TIMES_S[i]).collect();
        let weights = solve(dense.clone(), surprise);
        let interval_s: Vec<f64> =
            (0..n).map(|k| if k == 0 { 1.0 } else { TIMES_S[k] - TIMES_S[k - 1] }).collect();
        let place_m = PLACES_M.map(|p| [p]);
        let data = Measurements {
            interval_s: &interval_s,
            place_m: &place_m,
            white_m2: &vec![white; n],
            intensity: &vec![INTENSITY; n],
            jump_m2: &vec![0.0; n],
            device: DeviceColumns::default(),
        };
        let mut pace = Pace::default();
        TrackSmoother::default().pace(&m, data, &mut pace);
        for k in 0..n {
            let cross: Vec<f64> = (0..n).map(|i| covariance(&m, TIMES_S[i], TIMES_S[k])[1]).collect();
            let mean = m.first_pace_mps + cross.iter().zip(&weights).map(|(c, w)| c * w).sum::<f64>();
            let known: f64 = solve(dense.clone(), cross.clone()).iter().zip(&cross).map(|(a, b)| a * b).sum();
            let variance = covariance(&m, TIMES_S[k], TIMES_S[k])[2] - known;
            assert!(
                (pace.mean_mps[k][0] - mean).abs() < 1e-8,
                "{family:?} {k}: {} {mean}",
                pace.mean_mps[k][0]
            );
            assert!(
                (pace.variance[k] - variance).abs() < 1e-8,
                "{family:?} {k}: {} {variance}",
                pace.variance[k]
            );
        }
    }
}

#[test]
fn disturbances_of_an_exact_straight_run_are_small() {
    let m = model(Family::OrnsteinUhlenbeck);
    let n = 200;
    let place_m: Vec<[f64; 1]> = (0..n).map(|k| [2.0 * f64::from(k)]).collect();
    let columns =
        (vec![1.0; n as usize], vec![0.09; n as usize], vec![0.01; n as usize], vec![0.0; n as usize]);
    let data = Measurements {
        interval_s: &columns.0,
        place_m: &place_m,
        white_m2: &columns.1,
        intensity: &columns.2,
        jump_m2: &columns.3,
        device: DeviceColumns::default(),
    };
    let mut out = Disturbances::default();
    TrackSmoother::default().disturbances(&m, data, &mut out);
    // Nothing was seen to change, so what is left is below the prior variance.
    assert!(out.change[1..].iter().all(|change| *change > 0.0 && *change < 0.01));
    assert!(out.white.iter().all(|white| *white > 0.0 && *white < 0.09));
}

/// The pace of the places above, with a device that says `speed_mps` with this noise at every fix; without one if `None`.
fn pace_with(speed_mps: Option<[f64; 9]>, noise: f64) -> Pace<1> {
    let model = Model { low_pass_s: 0.01, ..model(Family::OrnsteinUhlenbeck) };
    let n = TIMES_S.len();
    let interval_s: Vec<f64> =
        (0..n).map(|k| if k == 0 { 1.0 } else { TIMES_S[k] - TIMES_S[k - 1] }).collect();
    let place_m = PLACES_M.map(|p| [p]);
    let speeds = speed_mps.unwrap_or_default();
    let device = DeviceColumns { speed_mps: &speeds, noise: &[noise; 9], forget: &[false; 9] };
    let data = Measurements {
        interval_s: &interval_s,
        place_m: &place_m,
        white_m2: &[0.09; 9],
        intensity: &[INTENSITY; 9],
        jump_m2: &[0.0; 9],
        device,
    };
    let mut pace = Pace::default();
    match speed_mps {
        Some(_) => DeviceSmoother::default().pace(&model, data, &mut pace),
        None => TrackSmoother::default().pace(&model, data, &mut pace),
    }
    pace
}

#[test]
fn a_silent_device_or_one_without_weight_changes_nothing() {
    let without = pace_with(None, 1.0);
    for (speed_mps, noise) in [([f64::NAN; 9], 1.0), ([7.0; 9], 1e12)] {
        let with = pace_with(Some(speed_mps), noise);
        for k in 0..9 {
            assert!((with.mean_mps[k][0] - without.mean_mps[k][0]).abs() < 1e-6, "{k}");
            assert!((with.variance[k] - without.variance[k]).abs() < 1e-6, "{k}");
        }
    }
}

#[test]
fn an_exact_device_is_believed() {
    let pace = pace_with(Some([2.2; 9]), 1e-8);
    // The last pace has no later word of the device.
    for k in 0..8 {
        assert!((pace.mean_mps[k][0] - 2.2).abs() < 1e-3, "{k}: {}", pace.mean_mps[k][0]);
        assert!(pace.variance[k] < 1e-3, "{k}: {}", pace.variance[k]);
    }
}
