//! The sample runs: who runs where, when, and how fast, and the GPX that their devices write.

use crate::simulator::{
    AutoPause, Course, Format, Header, Pace, Receiver, Sampling, Scenario, Simulated, Source, Speedometer,
    simulate,
};

/// One sample run, ready to be written to `sample_runs/`.
pub struct Run {
    /// File name without its ending.
    pub id: &'static str,
    /// The whole GPX file.
    pub gpx: String,
    /// The run, with its truth.
    pub simulated: Simulated,
}

/// All sample runs, in the order in which they are shown.
pub fn runs() -> Vec<Run> {
    samples()
        .into_iter()
        .map(|(id, seed, header, mut scenario)| {
            id.clone_into(&mut scenario.name);
            let simulated = simulate(&scenario, seed);
            Run { id, gpx: Format::Gpx.write(&header, &simulated), simulated }
        })
        .collect()
}

fn samples() -> Vec<(&'static str, u64, Header<'static>, Scenario)> {
    let sample = |course, pace, receiver, minutes: usize, start| Scenario {
        duration_s: minutes * 60,
        decimals: 6,
        start,
        ..Scenario::plain("", "samples", course, pace, receiver)
    };
    let header =
        |title, activity, creator, start, heart_rate| Header { title, activity, creator, start, heart_rate };
    let zurich = (47.3535, 8.5412, 408.0);
    vec![
        (
            "brisk-walk",
            4,
            header("Brisk walk", "walking", "Sample phone", "2026-05-04T05:42:10Z", false),
            sample(Course::Riverside, Pace::Hold(1.70), Receiver::Phone, 30, zurich),
        ),
        (
            "run-and-walk",
            1,
            header("Run and walk", "running", "Sample watch", "2026-05-06T16:31:05Z", true),
            sample(Course::Park, Pace::Pieces(RUN_AND_WALK), Receiver::Watch, 45, (47.3702, 8.5561, 520.0)),
        ),
        (
            "easy-jog",
            1,
            header("Easy jog", "running", "Sample watch", "2026-05-09T07:05:48Z", true),
            sample(Course::Riverside, Pace::Pieces(EASY), Receiver::Watch, 40, (47.3921, 8.5133, 402.0)),
        ),
        (
            "stop-and-go-in-town",
            1,
            header("Stop and go in town", "running", "Sample phone", "2026-05-11T16:58:31Z", false),
            sample(
                Course::Blocks,
                Pace::Pieces(TRAFFIC_LIGHTS),
                Receiver::Street,
                35,
                (47.3769, 8.5350, 408.0),
            ),
        ),
        (
            "tempo-run",
            1,
            header("Tempo run", "running", "Sample watch", "2026-05-13T04:48:22Z", true),
            Scenario {
                sampling: Sampling::Smart,
                ..sample(
                    Course::Riverside,
                    Pace::Pieces(TEMPO),
                    Receiver::Watch,
                    36,
                    (47.4006, 8.5005, 400.0),
                )
            },
        ),
        (
            "hill-trail-with-tunnel",
            1,
            header("Hill trail with a tunnel", "trail_running", "Sample watch", "2026-05-16T06:20:00Z", true),
            Scenario {
                climb_m: 36.0,
                tunnels_s: &[(1500, 1596)],
                sampling: Sampling::Smart,
                ..sample(Course::Trail, Pace::Pieces(TRAIL), Receiver::Wood, 50, (47.3496, 8.4920, 610.0))
            },
        ),
        (
            "lunch-run-with-pauses",
            1,
            header("Lunch run with pauses", "running", "Sample watch", "2026-05-19T10:12:37Z", false),
            Scenario {
                auto_pause: AutoPause::NewSegment,
                ..sample(Course::Blocks, Pace::Pieces(LUNCH), Receiver::Watch, 40, (47.3655, 8.5300, 412.0))
            },
        ),
        (
            "slow-walk-with-rests",
            1,
            header("Slow walk with rests", "walking", "Sample watch", "2026-05-21T08:30:00Z", true),
            Scenario {
                standing_below_mps: 0.3,
                ..sample(Course::Park, Pace::Pieces(SLOW), Receiver::Watch, 25, (47.3702, 8.5561, 520.0))
            },
        ),
        (
            "intervals-with-device-speed",
            1,
            header("Intervals with device speed", "running", "Sample watch", "2026-05-23T06:45:20Z", true),
            Scenario {
                speedometer: Some(Speedometer::working(Source::Doppler)),
                ..sample(
                    Course::Riverside,
                    Pace::Pieces(INTERVALS),
                    Receiver::Watch,
                    35,
                    (47.3921, 8.5133, 402.0),
                )
            },
        ),
    ]
}

const RUN_AND_WALK: &[(f64, f64)] = &[
    (300.0, 1.60),
    (240.0, 2.75),
    (180.0, 1.62),
    (240.0, 2.80),
    (180.0, 1.60),
    (240.0, 2.75),
    (45.0, 0.0),
    (165.0, 1.58),
    (240.0, 2.70),
    (180.0, 1.60),
    (240.0, 2.70),
    (180.0, 1.58),
    (1.0, 1.55),
];

const EASY: &[(f64, f64)] = &[(900.0, 1.86), (140.0, 2.20), (800.0, 1.86), (130.0, 2.20), (1.0, 1.85)];

const TRAFFIC_LIGHTS: &[(f64, f64)] = &[
    (150.0, 2.65),
    (48.0, 0.0),
    (120.0, 2.60),
    (32.0, 0.0),
    (170.0, 1.60),
    (140.0, 2.70),
    (55.0, 0.0),
    (95.0, 2.55),
    (40.0, 0.0),
    (160.0, 2.65),
    (62.0, 0.0),
    (130.0, 1.70),
    (28.0, 0.0),
    (185.0, 2.60),
    (51.0, 0.0),
    (110.0, 2.55),
    (36.0, 0.0),
    (140.0, 1.65),
    (44.0, 0.0),
    (200.0, 2.60),
    (30.0, 0.0),
    (1.0, 1.60),
];

const TEMPO: &[(f64, f64)] = &[(60.0, 1.60), (420.0, 2.90), (1500.0, 3.45), (150.0, 2.70), (1.0, 1.50)];

const TRAIL: &[(f64, f64)] = &[
    (420.0, 2.30),
    (300.0, 1.60),
    (360.0, 2.40),
    (240.0, 1.55),
    (480.0, 2.35),
    (25.0, 0.0),
    (300.0, 1.60),
    (420.0, 2.45),
    (1.0, 1.60),
];

const LUNCH: &[(f64, f64)] =
    &[(540.0, 1.80), (85.0, 0.0), (480.0, 2.35), (150.0, 0.0), (420.0, 1.75), (70.0, 0.0), (1.0, 2.30)];

const SLOW: &[(f64, f64)] = &[
    (240.0, 0.75),
    (90.0, 0.0),
    (200.0, 0.65),
    (150.0, 0.0),
    (260.0, 0.72),
    (120.0, 0.0),
    (220.0, 0.60),
    (60.0, 0.0),
    (1.0, 0.70),
];

const INTERVALS: &[(f64, f64)] = &[
    (300.0, 1.65),
    (120.0, 2.90),
    (90.0, 1.80),
    (120.0, 2.95),
    (90.0, 1.80),
    (120.0, 2.90),
    (40.0, 0.0),
    (120.0, 1.85),
    (180.0, 2.60),
    (90.0, 1.80),
    (180.0, 2.60),
    (90.0, 1.80),
    (180.0, 2.60),
    (1.0, 1.60),
];
