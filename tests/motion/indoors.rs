//! Runs without positions, by the device's word alone; and what is neither a walk nor a run.

use spinepace::{
    band::{Edges, TimeRange, interval, totals},
    motion::{Motion, SpeedSource, Warning, estimate},
    recording::{Fixes, Recording},
};

/// A run of (seconds, speed), with the device's speed and distance as they are, once a second.
fn recording(stretches: &[(usize, f32)]) -> Recording {
    let speed: Vec<f32> = stretches.iter().flat_map(|(seconds, speed)| vec![*speed; *seconds]).collect();
    let mut metres = 0.0;
    let distance = speed.iter().map(|speed| {
        metres += speed;
        metres
    });
    let fixes = Fixes {
        time_s: (0..speed.len()).map(|second| second as f64).collect(),
        device_distance_m: distance.collect(),
        device_speed_mps: speed.clone(),
        ..Fixes::default()
    };
    Recording::from_fixes("Treadmill", chrono::DateTime::UNIX_EPOCH, fixes)
}

#[test]
fn time_in_band_follows_the_devices_speed_or_else_its_distance() {
    let mut run = recording(&[(300, 1.2), (60, 0.0), (600, 3.0), (301, 1.6)]);
    for told in ["speed", "distance", "distance in whole metres"] {
        match told {
            "speed" => {}
            "distance" => run.fixes.device_speed_mps = Vec::new(),
            _ => run.fixes.device_distance_m.iter_mut().for_each(|metres| *metres = metres.floor()),
        }
        let Motion { steps, leg_distance_m: legs, .. } = estimate(&run);
        let found = totals(&steps, Edges::default(), TimeRange::ALL);
        assert!((found.in_band_s - 600.0).abs() < 8.0, "{told}: {found:?}");
        assert!((found.standing_s - 60.0).abs() < 8.0, "{told}: {found:?}");
        assert!((found.distance_m - 2642.0).abs() < 20.0, "{told}: {found:?}");
        assert_eq!((legs.len(), found.paused_s), (1260, 0.0));
    }
}

#[test]
fn gaps_are_travelled_at_the_distances_pace_and_breaks_are_paused() {
    let mut run = recording(&[(100, 3.0), (100, 3.0), (200, 3.0)]);
    let kept: Vec<u32> = (0..100).chain(160..400).collect();
    run = run.gather(&kept, 0.0);
    let whole = totals(&estimate(&run).steps, Edges::default(), TimeRange::ALL);
    assert!((whole.interpolated_s - 61.0).abs() < 1e-6 && whole.paused_s == 0.0, "{whole:?}");
    assert!((whole.distance_m - 1197.0).abs() < 5.0, "{whole:?}");
    // A lap swimmer's watch writes a distance once a length.
    let lengths = run.gather(&(0..300).step_by(25).collect::<Vec<u32>>(), 0.0);
    let lengths = Recording { fixes: Fixes { device_speed_mps: Vec::new(), ..lengths.fixes }, ..lengths };
    let told = totals(&estimate(&lengths).steps, Edges::default(), TimeRange::ALL);
    assert!(told.standing_s == 0.0 && (told.distance_m - 3.0 * told.elapsed_s()).abs() < 5.0, "{told:?}");
    run.breaks = vec![100];
    let broken = totals(&estimate(&run).steps, Edges::default(), TimeRange::ALL);
    assert!((broken.paused_s - 61.0).abs() < 1e-6, "{broken:?}");
}

/// Sensors whose factor is off by 4 %: the true time in band lies in the interval in 95% of runs, whatever their pace.
#[test]
fn the_interval_holds_the_truth_where_the_sensor_is_off_by_one_factor() {
    let paces: [&dyn Fn(f64) -> f64; 4] = [
        &|t| 2.05 + 0.25 * (t / 90.0).sin(),
        &|t| 2.2 + 0.8 * (t / 200.0).sin() + 0.3 * (t / 37.0).cos(),
        &|t| if (t / 120.0) % 2.0 < 1.0 { 1.7 + 0.2 * (t / 31.0).sin() } else { 2.7 },
        &|t| 1.6 + t / 1800.0 * 0.9 + 0.1 * (t / 17.0).sin(),
    ];
    let (mut held, mut runs, mut wide) = (0, 0, 0.0);
    for pace in paces {
        for quantile in 0..40 {
            // Quantiles of the normal distribution, by the logistic one that comes close to it.
            let share = (f64::from(quantile) + 0.5) / 40.0;
            let off = (share / (1.0 - share)).ln() / 1.702 * 0.04;
            let truth: Vec<f64> = (0..1800).map(|t| pace(f64::from(t))).collect();
            let told: Vec<(usize, f32)> = truth.iter().map(|v| (1, (v * (1.0 + off)) as f32)).collect();
            let steps = estimate(&recording(&told)).steps;
            let interval = interval(&steps, Edges::default(), TimeRange::ALL).expect("an interval");
            let true_s = truth.iter().filter(|v| **v <= 2.0).count() as f64;
            held += i32::from((interval.low_s..=interval.high_s).contains(&true_s));
            wide += (interval.high_s - interval.low_s) / 1800.0;
            runs += 1;
        }
    }
    let (held, wide) = (f64::from(held) / f64::from(runs), wide / f64::from(runs));
    assert!((0.90..=0.99).contains(&held), "{held} of the runs, {wide} of the time");
    assert!(wide < 0.45, "{wide} of the time");
}

#[test]
fn a_ride_is_told_from_a_run() {
    let remark = |recording: &Recording| {
        let motion = estimate(recording);
        assert!(motion.source == SpeedSource::Device && motion.warnings[0] == Warning::DeviceAlone);
        motion.warnings.iter().find(|warning| warning.is_not_on_foot()).cloned()
    };
    let told = |stretches: &[(usize, f32)]| remark(&recording(stretches));
    assert_eq!(told(&[(3600, 5.9)]), None);
    assert_eq!(told(&[(1200, 2.5), (45, 9.3), (1200, 2.5)]), None);
    assert_eq!(told(&[(2000, 7.0)]), Some(Warning::FasterThanAnyoneRuns { seconds: 1800, km_per_h: 25 }));
    // The drive home.
    assert_eq!(
        told(&[(1800, 2.5), (300, 13.0)]),
        Some(Warning::FasterThanAnyoneRuns { seconds: 60, km_per_h: 47 })
    );
    let mut ride = recording(&[(600, 4.0)]);
    ride.activity = Some("cycling".to_owned());
    assert!(matches!(remark(&ride), Some(Warning::OtherSport { .. })));
    assert!(!spinepace::run::Run::estimate(ride.clone()).summary(Edges::default()).on_foot);
    ride.activity = Some("trail_running".to_owned());
    assert_eq!(remark(&ride), None);
}
