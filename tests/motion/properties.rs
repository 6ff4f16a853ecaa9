//! What must not change the totals, and inputs that no runner makes.

use std::ops::ControlFlow;

use spinepace::{
    band::{Edges, TimeRange, Totals, interval, totals},
    motion::{Evidence, Motion, StepKind, Warning, estimate, estimate_with, preview},
    recording::{DeviceWord, Fixes, Recording},
};

fn recording(time_s: Vec<f64>, place_m: &[[f64; 2]], breaks: Vec<usize>) -> Recording {
    let (latitude, longitude) = (48.0_f64, 11.0);
    let (north_m, east_m) = (111_200.0, 111_320.0 * latitude.to_radians().cos());
    Recording {
        breaks,
        ..Recording::from_fixes(
            "test",
            chrono::DateTime::UNIX_EPOCH,
            Fixes {
                time_s,
                latitude_deg: place_m.iter().map(|p| latitude + p[1] / north_m).collect(),
                longitude_deg: place_m.iter().map(|p| longitude + p[0] / east_m).collect(),
                ..Fixes::default()
            },
        )
    }
}

/// A run with walks and stops on a bent course, seen through a receiver's wandering error.
fn run() -> (Vec<f64>, Vec<[f64; 2]>) {
    let (mut time, mut place) = (Vec::new(), Vec::new());
    let (mut s, mut at) = (0.0, [0.0_f64, 0.0]);
    for k in 0..1500 {
        let t = f64::from(k);
        let wander = |a: f64, b: f64| {
            1.4 * (t / 37.0 + a).sin() + 0.8 * (t / 11.0 + b).sin() + 0.1 * (t * 2.9 + a).sin()
        };
        time.push(t);
        place.push([at[0] + wander(0.3, 1.1), at[1] + wander(2.0, 0.4)]);
        let speed = match k % 500 {
            0..200 => 2.7,
            200..350 => 1.5,
            350..390 => 0.0,
            _ => 2.3,
        };
        let heading = 0.6 * (s / 150.0_f64).sin();
        at = [at[0] + speed * heading.cos(), at[1] + speed * heading.sin()];
        s += speed;
    }
    (time, place)
}

fn summed(motion: &Motion) -> Totals {
    totals(&motion.steps, Edges::default(), TimeRange::ALL)
}

fn totals_of(time_s: Vec<f64>, place_m: &[[f64; 2]]) -> Totals {
    summed(&estimate(&recording(time_s, place_m, Vec::new())))
}

#[track_caller]
fn assert_close(a: &Totals, b: &Totals, tolerance_s: f64) {
    for (name, x, y) in [
        ("standing", a.standing_s, b.standing_s),
        ("in band", a.in_band_s, b.in_band_s),
        ("faster", a.faster_s, b.faster_s),
        ("paused", a.paused_s, b.paused_s),
    ] {
        assert!((x - y).abs() <= tolerance_s, "{name}: {x:.2} s and {y:.2} s");
    }
}

#[test]
fn the_run_is_what_it_was_made_to_be() {
    let (time, place) = run();
    let got = totals_of(time, &place);
    assert!((got.standing_s - 120.0).abs() < 15.0, "{got:?}");
    assert!((got.in_band_s - 450.0).abs() < 15.0, "{got:?}");
}

#[test]
fn a_rotated_or_mirrored_run_has_the_same_totals() {
    let (time, place) = run();
    let plain = totals_of(time.clone(), &place);
    let turned: Vec<[f64; 2]> =
        place.iter().map(|p| [0.6 * p[0] - 0.8 * p[1], 0.8 * p[0] + 0.6 * p[1]]).collect();
    let mirrored: Vec<[f64; 2]> = place.iter().map(|p| [-p[0], p[1]]).collect();
    assert_close(&plain, &totals_of(time.clone(), &turned), 3.0);
    assert_close(&plain, &totals_of(time, &mirrored), 1.0);
}

#[test]
fn a_run_told_backwards_has_the_same_totals() {
    let (time, place) = run();
    let last = time[time.len() - 1];
    let backwards: Vec<f64> = time.iter().rev().map(|t| last - t).collect();
    let reversed: Vec<[f64; 2]> = place.iter().rev().copied().collect();
    assert_close(&totals_of(time, &place), &totals_of(backwards, &reversed), 8.0);
}

#[test]
fn a_run_elsewhere_on_earth_has_the_same_totals() {
    let (time, place) = run();
    let mut there = recording(time.clone(), &place, Vec::new());
    for longitude in &mut there.fixes.longitude_deg {
        *longitude = (*longitude + 169.0 + 180.0).rem_euclid(360.0) - 180.0;
    }
    assert_close(&totals_of(time, &place), &summed(&estimate(&there)), 1.0);
}

#[test]
fn a_pause_in_between_changes_no_moving_time() {
    let (time, place) = run();
    let plain = totals_of(time.clone(), &place);
    // The device was switched off in the middle of the first stop, and the clock went on.
    let later: Vec<f64> = time.iter().map(|t| if *t < 370.0 { *t } else { t + 3600.0 }).collect();
    let paused = summed(&estimate(&recording(later, &place, vec![370])));
    assert!((paused.paused_s - 3601.0).abs() < 1.0, "{paused:?}");
    assert!((paused.moving_s() - plain.moving_s()).abs() < 6.0, "{} {}", paused.moving_s(), plain.moving_s());
    assert!((paused.in_band_s - plain.in_band_s).abs() < 6.0);
}

#[test]
fn a_longer_stop_adds_no_moving_time() {
    let (time, place) = run();
    let plain = totals_of(time.clone(), &place);
    for longer_s in [60_u32, 300] {
        let (mut times, mut places) = (Vec::new(), Vec::new());
        for (k, p) in place.iter().enumerate() {
            let shift = if k < 370 { 0.0 } else { f64::from(longer_s) };
            if k == 370 {
                for extra in 0..longer_s {
                    let t = time[k] + f64::from(extra);
                    times.push(t);
                    places.push([p[0] + 0.5 * (t / 17.0).sin(), p[1] + 0.5 * (t / 23.0).cos()]);
                }
            }
            times.push(time[k] + shift);
            places.push(*p);
        }
        let longer = totals_of(times, &places);
        let added = longer.moving_s() - plain.moving_s();
        assert!(added < 5.0, "{longer_s} s of standing added {added:.1} s of moving");
    }
}

/// The same run where the receiver renews its position every `every` fixes and the device repeats it in between.
fn holding(place_m: &[[f64; 2]], every: usize) -> Vec<[f64; 2]> {
    (0..place_m.len()).map(|k| place_m[k - k % every]).collect()
}

#[test]
fn a_receiver_that_repeats_its_position_changes_little_and_is_named() {
    let (time, place) = run();
    let expected = totals_of(time.clone(), &place);
    for every in [2, 3, 5] {
        let motion = estimate(&recording(time.clone(), &holding(&place, every), Vec::new()));
        assert_close(&summed(&motion), &expected, 25.0);
        let named = motion.warnings.iter().any(
            |warning| matches!(warning, Warning::HeldPositions { percent } if *percent > 40 && *percent < 85),
        );
        assert!(named, "{every}: {:?}", motion.warnings);
    }
}

#[test]
fn a_position_that_is_held_while_standing_is_a_stop() {
    let (time, mut place) = run();
    for stop in [350, 850, 1350] {
        let held = place[stop + 4];
        place[stop + 4..stop + 38].fill(held);
    }
    let motion = estimate(&recording(time, &place, Vec::new()));
    let standing_s = summed(&motion).standing_s;
    assert!((100.0..140.0).contains(&standing_s), "{standing_s} s");
    assert!(motion.warnings.is_empty(), "{:?}", motion.warnings);
}

#[test]
fn a_slow_steady_climb_is_moving() {
    for speed in [0.35, 0.45, 0.6] {
        let time: Vec<f64> = (0..1500).map(f64::from).collect();
        let place: Vec<[f64; 2]> = time
            .iter()
            .map(|t| [speed * t + 1.4 * (t / 37.0).sin() + 0.8 * (t / 11.0).sin(), 1.6 * (t / 31.0).cos()])
            .collect();
        let totals = totals_of(time, &place);
        assert!(totals.in_band_s > 1450.0, "{speed} m/s: {} s", totals.in_band_s);
        assert!((totals.distance_m - speed * 1500.0).abs() < 60.0, "{speed} m/s: {} m", totals.distance_m);
    }
}

/// True speed of the run below, m/s: around the threshold, with a stop.
fn swaying_mps(k: usize) -> f64 {
    if (700..740).contains(&k) { 0.0 } else { 2.0 + 0.16 * (k as f64 / 19.0).sin() }
}

/// A run that sways around 2 m/s, with what a device says of its speed: low-passed over 4 s, 2 s late, noisy.
fn run_with_speed() -> Recording {
    let (mut place, mut said) = (Vec::new(), Vec::new());
    let (mut east, mut smoothed) = (0.0, 2.0);
    for k in 0..1500 {
        let t = k as f64;
        let wander = |a: f64| 1.4 * (t / 37.0 + a).sin() + 1.0 * (t / 13.0 + 2.0 * a).sin();
        place.push([east + wander(0.3), wander(2.0)]);
        east += swaying_mps(k);
        smoothed += 0.22 * (swaying_mps(k) - smoothed);
        said.push((smoothed + 0.05 * (t * 1.7).sin()) as f32);
    }
    let mut recording = recording((0..1500).map(f64::from).collect(), &place, Vec::new());
    recording.fixes.device_speed_mps = (0..1500_usize).map(|k| said[k.saturating_sub(2)]).collect();
    recording
}

/// Root mean square of the speed's error over the moving seconds, m/s.
fn speed_error_mps(motion: &Motion) -> f64 {
    let square = |k: usize| (f64::from(motion.steps.speed_mps[k]) - swaying_mps(k)).powi(2);
    let moving = (0..1499).filter(|k| swaying_mps(*k) > 0.0);
    let (sum, count) = moving.fold((0.0, 0.0), |(sum, count), k| (sum + square(k), count + 1.0));
    f64::sqrt(sum / count)
}

fn positions_only(recording: &Recording) -> Motion {
    estimate_with(recording, Evidence::PositionsOnly, &mut |_| ControlFlow::Continue(()))
        .expect("an estimate")
}

#[test]
fn a_late_device_speed_makes_the_estimate_better_and_surer() {
    let recording = run_with_speed();
    let (alone, both) = (positions_only(&recording), estimate(&recording));
    assert!(both.steps.by_device_share() > 0.8, "{}", both.steps.by_device_share());
    assert!(alone.steps.by_device_share() < 1e-9);
    let (before, after) = (speed_error_mps(&alone), speed_error_mps(&both));
    assert!(after < 0.9 * before, "{after} m/s, positions alone {before}");
    let width = |motion: &Motion| {
        let sure = interval(&motion.steps, Edges::default(), TimeRange::ALL).expect("an interval");
        sure.high_s - sure.low_s
    };
    assert!(width(&both) < width(&alone), "{} s, positions alone {} s", width(&both), width(&alone));
}

#[test]
fn a_device_that_only_counts_its_distance_is_heard_too() {
    let mut recording = run_with_speed();
    let mut way_m = 0.0;
    let said = std::mem::take(&mut recording.fixes.device_speed_mps);
    recording.fixes.device_distance_m = said
        .iter()
        .map(|speed| {
            way_m += f64::from(*speed);
            (10.0 * way_m).round() as f32 / 10.0
        })
        .collect();
    let (alone, both) = (positions_only(&recording), estimate(&recording));
    assert!(both.steps.by_device_share() > 0.8, "{}", both.steps.by_device_share());
    assert!(alone.steps.by_device_share() < 1e-9);
    let (before, after) = (speed_error_mps(&alone), speed_error_mps(&both));
    assert!(after < 0.9 * before, "{after} m/s, positions alone {before}");
    // A counter that leaps is heard before and after it.
    let mut leaping = recording.clone();
    leaping.fixes.device_distance_m[700..].iter_mut().for_each(|metres| *metres += 50_000.0);
    let after_leap = estimate(&leaping);
    assert!(after_leap.steps.by_device_share() > 0.8, "{}", after_leap.steps.by_device_share());
    assert!(speed_error_mps(&after_leap) < 0.9 * before, "{}", speed_error_mps(&after_leap));
    // A speed beside it comes first, and a distance that never rises says nothing.
    recording.fixes.device_speed_mps = said;
    assert_eq!(recording.fixes.device_word(), DeviceWord::Speed);
    recording.fixes.device_speed_mps.clear();
    recording.fixes.device_distance_m.fill(7.0);
    assert_eq!(recording.fixes.device_word(), DeviceWord::Nothing);
    assert_eq!(estimate(&recording).steps.speed_mps, alone.steps.speed_mps);
}

#[test]
fn a_device_speed_that_fails_does_no_harm() {
    type Failure = fn(&mut [f32]);
    let alone = summed(&positions_only(&run_with_speed()));
    let stuck = |speed: &mut [f32]| speed.fill(2.1);
    let dead = |speed: &mut [f32]| speed[400..1000].fill(0.0);
    let silent = |speed: &mut [f32]| speed[300..1200].fill(f32::NAN);
    let wild = |speed: &mut [f32]| {
        speed.iter_mut().enumerate().for_each(|(k, v)| *v = 2.0 + 1.5 * (k as f32 / 13.0).sin());
    };
    let failures: [(&str, Failure); 4] =
        [("stuck", stuck), ("dead", dead), ("silent", silent), ("wild", wild)];
    for (name, fail) in failures {
        let mut recording = run_with_speed();
        fail(&mut recording.fixes.device_speed_mps);
        let totals = summed(&estimate(&recording));
        assert!((totals.in_band_s - alone.in_band_s).abs() < 20.0, "{name}: {} s", totals.in_band_s);
        assert!((totals.standing_s - alone.standing_s).abs() < 20.0, "{name}: {} s", totals.standing_s);
    }
}

#[test]
fn a_long_recording_in_pieces_adds_up_to_its_runs() {
    let (time, place) = run();
    let one = totals_of(time.clone(), &place);
    let (mut times, mut places) = (Vec::new(), Vec::new());
    let step = [place[1499][0] - place[0][0], place[1499][1] - place[0][1]];
    let count = 24_u32;
    for n in 0..count {
        let n = f64::from(n);
        times.extend(time.iter().map(|t| t + 1500.0 * n));
        places.extend(place.iter().map(|p| [p[0] + n * step[0], p[1] + n * step[1]]));
    }
    let mut heard = Vec::new();
    let long = recording(times, &places, Vec::new());
    let motion = estimate_with(&long, Evidence::All, &mut |share| {
        heard.push(share);
        ControlFlow::Continue(())
    });
    let all = summed(&motion.expect("nobody broke off"));
    assert!(heard.len() >= 2 && heard.is_sorted() && heard.last() == Some(&1.0), "{heard:?}");
    let expected = f64::from(count) * one.in_band_s;
    assert!((all.in_band_s - expected).abs() < 0.02 * expected, "{} {expected}", all.in_band_s);
    assert!(estimate_with(&long, Evidence::All, &mut |_| ControlFlow::Break(())).is_none());
    let first_look = preview(&long);
    assert_eq!(first_look.warnings, [Warning::Preview]);
    assert!((summed(&first_look).in_band_s - expected).abs() < 0.15 * expected);
}

/// Whatever comes in: the time line has no hole, nothing is NaN, the states add up, the interval holds the estimate.
#[track_caller]
fn assert_sound(name: &str, recording: &Recording) -> Motion {
    let motion = estimate(recording);
    let steps = &motion.steps;
    let (mut end, mut rounding) = (0.0, 0.0);
    for i in 0..steps.len() {
        assert!((steps.start_s[i] - end).abs() < 1e-3 + rounding, "{name}: a hole at {end}");
        // Durations are in single precision: a year is exact to 2 s.
        rounding = 1e-7 * f64::from(steps.duration_s[i]);
        end = steps.start_s[i] + f64::from(steps.duration_s[i]);
        assert!(steps.duration_s[i] > 0.0, "{name}");
        assert!(steps.kind[i] != StepKind::Recorded || steps.duration_s[i] <= 1.002, "{name}");
        assert!(
            steps.speed_mps[i].is_finite() && steps.speed_mps[i] >= 0.0,
            "{name}: {}",
            steps.speed_mps[i]
        );
        assert!(steps.speed_sd_mps[i].is_finite() && steps.speed_sd_mps[i] >= 0.0, "{name}");
        assert!((0.0..=1.0).contains(&steps.p_standing[i]), "{name}: {}", steps.p_standing[i]);
        assert!(steps.distance_m[i].is_finite() && !steps.speed_shift_mps[i].is_nan(), "{name}");
    }
    let elapsed = recording.fixes.time_s.last().copied().unwrap_or(0.0);
    assert!((steps.elapsed_s() - elapsed).abs() <= 1e-6 * elapsed.max(1.0), "{name}");
    let sum = summed(&motion);
    assert!((sum.elapsed_s() - elapsed).abs() <= 1e-4 * elapsed.max(1.0), "{name}: {sum:?}");
    if let Some(sure) = interval(steps, Edges::default(), TimeRange::ALL) {
        let slack = 1e-6 * elapsed.max(1.0);
        assert!(
            sure.low_s <= sum.in_band_s + slack && sum.in_band_s <= sure.high_s + slack,
            "{name}: {sure:?}"
        );
    }
    motion
}

#[test]
fn odd_inputs_give_sound_results() {
    let walk = |n: usize, dt: f64, mps: f64| {
        let time: Vec<f64> = (0..n).map(|k| k as f64 * dt).collect();
        let place: Vec<[f64; 2]> = time.iter().map(|t| [t * mps, 0.0]).collect();
        (time, place)
    };
    for n in [0, 1, 2, 3, 10, 59, 60, 61, 90] {
        let (time, place) = walk(n, 1.0, 1.4);
        let motion = assert_sound("short", &recording(time, &place, Vec::new()));
        if n < 60 {
            assert_eq!(motion.warnings, [Warning::FewFixes]);
        }
    }
    let (time, place) = walk(240, 60.0, 1.4);
    let minutely = assert_sound("one fix a minute", &recording(time, &place, Vec::new()));
    assert!(matches!(minutely.warnings[..], [Warning::MostlyGaps { .. }]));
    let (time, place) = walk(3000, 0.1, 2.5);
    let tenth = assert_sound("10 Hz", &recording(time, &place, Vec::new()));
    assert!(summed(&tenth).faster_s > 285.0);
    assert_sound("irregular", &{
        let time: Vec<f64> = (0..900)
            .map(|k| f64::from(k) + 0.3 * (f64::from(k) * 1.7).sin() + 0.1 * f64::from(k % 7))
            .collect();
        let first = time[0];
        let place: Vec<[f64; 2]> = time.iter().map(|t| [1.8 * t, 0.3 * t]).collect();
        recording(time.iter().map(|t| t - first).collect(), &place, Vec::new())
    });
    let still =
        assert_sound("still", &recording((0..600).map(f64::from).collect(), &[[0.0; 2]; 600], Vec::new()));
    assert!(summed(&still).standing_s > 590.0);
    let (time, mut place) = walk(900, 1.0, 1.8);
    place[300] = [4e6, 3e6];
    place[700] = [-9e6, 1e5];
    assert_sound("jumps over the globe", &recording(time.clone(), &place, Vec::new()));
    let wild: Vec<[f64; 2]> =
        (0..900).map(|k: u32| [f64::from(k.wrapping_mul(7919) % 4001) * 500.0, 0.0]).collect();
    assert_sound("nothing but jumps", &recording(time.clone(), &wild, Vec::new()));
    let mut year = time.clone();
    for t in &mut year[500..] {
        *t += 3e7;
    }
    let (_, place) = walk(900, 1.0, 1.8);
    let year = assert_sound("a year in between", &recording(year, &place, Vec::new()));
    assert!(year.steps.len() < 1000);
    assert_sound("broken at every fix", &recording(time, &place, (1..900).collect()));
}

#[test]
fn a_short_recording_may_be_anything() {
    let time: Vec<f64> = (0..40).map(f64::from).collect();
    let place: Vec<[f64; 2]> = time.iter().map(|t| [1.2 * t, 0.0]).collect();
    let motion = estimate(&recording(time, &place, Vec::new()));
    let sure = interval(&motion.steps, Edges::default(), TimeRange::ALL).expect("an interval");
    assert!(sure.low_s < 1e-6 && (sure.high_s - 39.0).abs() < 1e-6, "{sure:?}");
}
