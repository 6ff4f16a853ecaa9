//! The estimator, stage by stage and over whole runs; divide by the fixes for the time per fix.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use spinepace::{
    band::{Edges, TimeRange, interval},
    motion::{
        Steps, estimate, preview,
        stages::{AlongTrack, GroundTrack, Heading, Speed, Standing, find_spikes, position_error},
    },
    recording::{Fixes, Recording},
};

/// A run on a bent course with walks and stops, a fix per second, under a wandering error.
fn places(fixes: usize) -> Vec<[f64; 2]> {
    let (mut s, mut at) = (0.0, [0.0_f64, 0.0]);
    (0..fixes)
        .map(|k| {
            let t = k as f64;
            let wander =
                |a: f64| 1.4 * (t / 37.0 + a).sin() + 0.8 * (t / 11.0 + a).sin() + 0.1 * (t * 2.9 + a).sin();
            let seen = [at[0] + wander(0.3), at[1] + wander(2.0)];
            let speed = match k % 500 {
                0..200 => 2.7,
                200..350 => 1.5,
                350..390 => 0.0,
                _ => 2.3,
            };
            let heading: f64 = 0.6 * (s / 150.0_f64).sin();
            at = [at[0] + speed * heading.cos(), at[1] + speed * heading.sin()];
            s += speed;
            seen
        })
        .collect()
}

fn recording(fixes: usize) -> Recording {
    let places = places(fixes);
    Recording::from_fixes(
        "bench",
        chrono::DateTime::UNIX_EPOCH,
        Fixes {
            time_s: (0..fixes).map(|k| k as f64).collect(),
            latitude_deg: places.iter().map(|p| 48.0 + p[1] / 111_200.0).collect(),
            longitude_deg: places.iter().map(|p| 11.0 + p[0] / 74_490.0).collect(),
            ..Fixes::default()
        },
    )
}

/// The same with what the device says of its speed: smoothed, late and noisy.
fn recording_with_speed(fixes: usize) -> Recording {
    let mut recording = recording(fixes);
    let mut smoothed = 2.7;
    let say = |k: usize| {
        let truly = match k % 500 {
            0..200 => 2.7,
            200..350 => 1.5,
            350..390 => 0.0,
            _ => 2.3,
        };
        smoothed += 0.3 * (truly - smoothed);
        (smoothed + 0.06 * (k as f64 * 1.7).sin()) as f32
    };
    recording.fixes.device_speed_mps = (0..fixes).map(say).collect();
    recording
}

fn whole_runs(criterion: &mut Criterion) {
    estimates(criterion, "estimate and interval", recording);
    estimates(criterion, "estimate and interval, device speed", recording_with_speed);
    let run = recording(330_000);
    criterion.bench_function("first look, 330000", |bencher| bencher.iter(|| preview(black_box(&run))));
    let motion = estimate(&recording(3_600));
    criterion.bench_function("interval, 3600", |bencher| {
        bencher.iter(|| interval(black_box(&motion.steps), Edges::default(), TimeRange::ALL));
    });
}

fn estimates(criterion: &mut Criterion, name: &str, recording: fn(usize) -> Recording) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    for fixes in [600, 3_600, 36_000, 330_000] {
        let run = recording(fixes);
        group.throughput(Throughput::Elements(fixes as u64));
        group.bench_with_input(BenchmarkId::from_parameter(fixes), &run, |bencher, run| {
            bencher.iter(|| {
                let motion = estimate(black_box(run));
                interval(&motion.steps, Edges::default(), TimeRange::ALL)
            });
        });
    }
    group.finish();
}

fn single_stages(criterion: &mut Criterion) {
    let fixes = 3_600;
    let track = {
        let mut track = GroundTrack {
            time_s: (0..fixes).map(|k| k as f64).collect(),
            ground_m: places(fixes),
            interrupted: vec![false; fixes],
            stale_s: vec![0.0; fixes],
            restless_m2: vec![0.0; fixes],
            silences: Vec::new(),
        };
        track.count_silences(1.0);
        track
    };
    let steps: Steps = estimate(&recording(fixes)).steps;
    let (interval_s, error) = (vec![1.0; fixes], position_error(&track, 1.0, 1.0, 1.0));
    let white_m2 = vec![error.white_m.powi(2); fixes];
    let (mut heading, mut standing) = (Heading::default(), Standing::default());
    let (mut along, mut speed) = (AlongTrack::default(), Speed::default());
    let mut group = criterion.benchmark_group("stage, 3600 fixes");
    group.throughput(Throughput::Elements(fixes as u64));
    group.bench_function("spikes", |bencher| {
        bencher.iter_batched_ref(
            Vec::new,
            |spike| find_spikes(&track.time_s, &track.ground_m, 1.0, spike),
            BatchSize::SmallInput,
        );
    });
    group
        .bench_function("error", |bencher| bencher.iter(|| position_error(black_box(&track), 1.0, 1.0, 1.0)));
    group.bench_function("heading", |bencher| {
        bencher.iter(|| heading.estimate(black_box(&track), error, &interval_s, &white_m2));
    });
    group.bench_function("standing", |bencher| {
        bencher.iter(|| standing.estimate(black_box(&track), &error, &steps, 0, steps.len(), &[]));
    });
    group.bench_function("along", |bencher| {
        bencher.iter(|| along.build(black_box(&track), &heading, &error, &steps, 0, &standing.probability));
    });
    group.bench_function("speed", |bencher| bencher.iter(|| speed.estimate(black_box(&along), error)));
    group.finish();
}

criterion_group!(benches, single_stages, whole_runs);
criterion_main!(benches);
