//! Set C: ordinary runs, on which truth tests and the calibration of the interval stand.

use super::super::{AutoPause, Course, Format, Holding, Pace, Receiver, Sampling, Scenario};

/// All receivers, with a word for names.
const RECEIVERS: [(Receiver, &str); 5] = [
    (Receiver::Watch, "watch"),
    (Receiver::Phone, "phone"),
    (Receiver::Logger, "logger"),
    (Receiver::Street, "street"),
    (Receiver::Wood, "wood"),
];

impl Scenario {
    /// A run of half an hour with a fix a second, nothing odd about it.
    pub fn plain(
        name: impl Into<String>,
        group: &'static str,
        course: Course,
        pace: Pace,
        receiver: Receiver,
    ) -> Self {
        Self {
            name: name.into(),
            group,
            duration_s: 1800,
            course,
            climb_m: 4.0,
            pace,
            receiver,
            sampling: Sampling::Every(1),
            auto_pause: AutoPause::Off,
            tunnels_s: &[],
            strays: 0,
            holding: Holding::default(),
            speedometer: None,
            decimals: 7,
            start: (47.4, 8.55, 430.0),
            format: Format::Gpx,
            standing_below_mps: 0.5,
        }
    }
}

/// Every scenario.
pub fn plain_scenarios() -> Vec<Scenario> {
    let mut all = seen_by_every_receiver();
    all.extend(singular());
    spread(&mut all);
    all
}

/// Puts runs all over the earth.
pub fn spread(scenarios: &mut [Scenario]) {
    let starts = [
        (47.4, 8.55, 430.0),
        (-33.9, 18.4, 60.0),
        (60.2, 24.9, 15.0),
        (35.7, 139.7, 40.0),
        (51.5, -0.1, 20.0),
    ];
    for (scenario, start) in scenarios.iter_mut().zip(starts.into_iter().cycle()) {
        scenario.start = start;
    }
}

/// Steady, near, intervals, stops and geometry, each once for each receiver.
fn seen_by_every_receiver() -> Vec<Scenario> {
    use Course::{Blocks, Hairpins, Park, Riverside, Shuttle, Straight, Track, Trail};
    use Pace::{Alternate, Free, Halts, Hold};
    let mut all = Vec::new();
    for (i, (receiver, word)) in RECEIVERS.into_iter().enumerate() {
        let mut add = |name: &str, group, course: Course, pace: Pace| {
            all.push(Scenario::plain(format!("{name}-{word}"), group, course, pace, receiver));
        };
        let pick = |values: [f64; 5]| values[i];
        let way = |courses: [Course; 5]| courses[i];
        add(
            "hold",
            "steady",
            way([Riverside, Park, Blocks, Straight, Trail]),
            Hold(pick([1.55, 2.6, 3.2, 1.3, 2.4])),
        );
        add(
            "below",
            "near",
            way([Park, Riverside, Straight, Blocks, Park]),
            Hold(pick([1.93, 1.88, 1.84, 1.9, 1.86])),
        );
        add(
            "above",
            "near",
            way([Blocks, Straight, Park, Riverside, Riverside]),
            Hold(pick([2.07, 2.12, 2.18, 2.1, 2.15])),
        );
        add(
            "short",
            "intervals",
            way([Riverside, Blocks, Park, Straight, Trail]),
            Alternate(3.1, 1.5, (20.0, 50.0)),
        );
        add(
            "long",
            "intervals",
            way([Track, Riverside, Blocks, Park, Riverside]),
            Alternate(2.7, 1.65, (80.0, 240.0)),
        );
        add(
            "free",
            "intervals",
            way([Blocks, Park, Riverside, Riverside, Park]),
            Free((1.3, 3.5), (25.0, 160.0)),
        );
        add(
            "halts",
            "stops",
            way([Blocks, Park, Riverside, Blocks, Trail]),
            Halts(pick([2.6, 1.7, 2.9, 2.4, 1.8]), (70.0, 220.0), (8.0, 60.0)),
        );
        add(
            "bends",
            "geometry",
            way([Hairpins, Trail, Shuttle, Track, Hairpins]),
            Hold(pick([1.7, 2.5, 2.8, 2.3, 2.6])),
        );
        add(
            "winding",
            "geometry",
            way([Trail, Hairpins, Trail, Shuttle, Trail]),
            Alternate(2.5, 1.6, (60.0, 150.0)),
        );
    }
    all
}

/// Single runs near the threshold, and those with other sampling, pauses and faults.
fn singular() -> Vec<Scenario> {
    use Course::{Blocks, Park, Riverside, Trail};
    use Pace::{Alternate, Free, Halts, Hold, Ramp};
    let mut all = Vec::new();
    let plain = Scenario::plain;
    let watch = Receiver::Watch;
    all.push(plain("ramp", "near", Riverside, Ramp(1.6, 2.4), watch));
    all.push(plain("around", "near", Park, Alternate(1.82, 2.18, (60.0, 200.0)), Receiver::Phone));
    let sampled = [
        ("smart-watch", watch, Sampling::Smart, 6),
        ("smart-phone", Receiver::Phone, Sampling::Smart, 7),
        ("every3-logger", Receiver::Logger, Sampling::Every(3), 6),
        ("every5-watch", watch, Sampling::Every(5), 6),
        ("every5-phone", Receiver::Phone, Sampling::Every(5), 7),
        ("coarse-watch", watch, Sampling::Every(1), 5),
    ];
    for (i, (name, receiver, sampling, decimals)) in sampled.into_iter().enumerate() {
        let pace =
            if i % 2 == 0 { Alternate(2.8, 1.55, (60.0, 180.0)) } else { Free((1.4, 3.0), (60.0, 200.0)) };
        let course = [Riverside, Blocks, Park][i % 3];
        all.push(Scenario { sampling, decimals, ..plain(name, "sampling", course, pace, receiver) });
    }
    let halts = |pace| Halts(pace, (90.0, 260.0), (15.0, 90.0));
    for (name, receiver, pace, auto_pause) in [
        ("silent-watch", watch, 2.4, AutoPause::Silent),
        ("silent-street", Receiver::Street, 1.75, AutoPause::Silent),
        ("segments-watch", watch, 1.8, AutoPause::NewSegment),
        ("segments-phone", Receiver::Phone, 2.8, AutoPause::NewSegment),
    ] {
        all.push(Scenario { auto_pause, ..plain(name, "pauses", Blocks, halts(pace), receiver) });
    }
    let alternate = Alternate(2.6, 1.6, (80.0, 220.0));
    for (name, receiver, course, tunnels_s, strays) in [
        ("strays-watch", watch, Riverside, &[][..], 8),
        ("strays-logger", Receiver::Logger, Park, &[][..], 14),
        ("tunnel-watch", watch, Riverside, &[(600, 690)][..], 0),
        ("tunnels-street", Receiver::Street, Blocks, &[(400, 425), (900, 1040), (1500, 1530)][..], 3),
    ] {
        let base = plain(name, "degraded", course, alternate.clone(), receiver);
        all.push(Scenario { tunnels_s, strays, ..base });
    }
    all.push(Scenario { climb_m: 45.0, ..plain("hills", "degraded", Trail, Hold(2.2), Receiver::Wood) });
    all
}
