//! Devices that write a speed of their own: good ones, late ones, wrong ones and dead ones.

use super::super::{
    AutoPause, Course, Format, Holding, Leg, Pace, Receiver, Renewal, Sampling, Scenario, Source, Speedometer,
};
use super::{plain::spread, slow::TRULY_STANDING_BELOW_MPS};

const fn leg(share: (f64, f64), stay_s: (f64, f64)) -> Leg {
    Leg { share, stay_s }
}

const EVEN: &[Leg] = &[leg((0.98, 1.02), (60.0, 240.0))];
const AROUND: &[Leg] = &[leg((0.86, 0.95), (50.0, 200.0)), leg((1.05, 1.14), (50.0, 200.0))];
const WALK_RUN: &[Leg] = &[leg((0.5, 0.62), (25.0, 120.0)), leg((0.95, 1.1), (25.0, 120.0))];
const HALTS: &[Leg] = &[leg((0.95, 1.05), (60.0, 220.0)), leg((0.0, 0.0), (8.0, 90.0))];
const ANY: &[Leg] = &[
    leg((0.5, 0.7), (40.0, 200.0)),
    leg((0.9, 1.2), (40.0, 200.0)),
    leg((0.65, 0.95), (40.0, 200.0)),
    leg((0.0, 0.0), (10.0, 60.0)),
];
const RESTS: &[Leg] = &[leg((0.85, 1.15), (30.0, 200.0)), leg((0.0, 0.0), (20.0, 240.0))];

/// Every scenario of the set.
pub fn scenarios() -> Vec<Scenario> {
    use Course::{Blocks, Park, Riverside, Straight, Track, Trail};
    use Receiver::{Phone, Street, Watch, Wood};
    const DOPPLER: Speedometer = Speedometer::working(Source::Doppler);
    const POD: Speedometer = Speedometer::working(Source::Pod);
    const ECHO: Speedometer =
        Speedometer { noise_mps: (0.0, 0.03), ..Speedometer::working(Source::Positions) };
    const LATE: Speedometer = Speedometer { low_pass_s: (5.0, 12.0), delay_s: (0.0, 4.0), ..DOPPLER };
    const DELAYED: Speedometer = Speedometer { low_pass_s: (0.0, 1.0), delay_s: (3.0, 12.0), ..DOPPLER };
    const DYING: Speedometer = Speedometer { stuck: 3, ..POD };
    const PATCHY: Speedometer = Speedometer { missing: 3, dropouts: 0.03, ..DOPPLER };
    const LAZY: Speedometer = Speedometer { zero_below_mps: (0.7, 1.3), ..DOPPLER };
    const WHOLE_KMH: Speedometer = Speedometer { step_mps: &[1.0 / 3.6], ..DOPPLER };
    const STUCK: Speedometer = Speedometer::working(Source::Stuck);
    const COUNTS: Speedometer = Speedometer { distance_only: true, ..POD };
    let runs = [
        ("doppler-below", Riverside, (1.82, 1.97), EVEN, Watch, DOPPLER),
        ("doppler-above", Park, (2.03, 2.2), EVEN, Phone, DOPPLER),
        ("doppler-around", Riverside, (1.95, 2.05), AROUND, Watch, DOPPLER),
        ("doppler-intervals", Riverside, (2.7, 3.2), WALK_RUN, Watch, DOPPLER),
        ("doppler-stops", Blocks, (1.6, 2.9), HALTS, Watch, DOPPLER),
        ("doppler-canyon", Blocks, (2.2, 2.9), ANY, Street, DOPPLER),
        ("doppler-slow", Park, (0.5, 0.9), RESTS, Watch, DOPPLER),
        ("pod-below", Riverside, (1.82, 1.97), EVEN, Watch, POD),
        ("pod-around", Park, (1.95, 2.05), AROUND, Phone, POD),
        ("pod-intervals", Track, (2.7, 3.2), WALK_RUN, Watch, POD),
        ("pod-stops", Blocks, (2.2, 2.9), HALTS, Street, POD),
        ("pod-wood", Trail, (2.3, 2.9), ANY, Wood, POD),
        ("late-intervals", Riverside, (2.7, 3.2), WALK_RUN, Watch, LATE),
        ("late-around", Park, (1.95, 2.05), AROUND, Watch, LATE),
        ("delayed-intervals", Straight, (2.7, 3.2), WALK_RUN, Phone, DELAYED),
        ("dying-pod", Riverside, (1.7, 2.8), ANY, Watch, DYING),
        ("patchy", Park, (1.7, 2.8), ANY, Watch, PATCHY),
        ("lazy-walk", Blocks, (1.2, 2.4), ANY, Watch, LAZY),
        ("whole-kmh", Riverside, (1.8, 2.6), ANY, Phone, WHOLE_KMH),
        ("stuck", Park, (1.7, 2.8), ANY, Watch, STUCK),
        ("echo-around", Riverside, (1.95, 2.05), AROUND, Watch, ECHO),
        ("echo-any", Park, (1.8, 2.8), ANY, Phone, ECHO),
    ];
    let with = |name, course, own_mps, legs, receiver, speedometer| Scenario {
        speedometer: Some(speedometer),
        standing_below_mps: TRULY_STANDING_BELOW_MPS,
        ..Scenario::plain(name, "device", course, Pace::Cycle(own_mps, legs), receiver)
    };
    let mut all: Vec<Scenario> = runs
        .into_iter()
        .map(|(name, course, own, legs, receiver, meter)| with(name, course, own, legs, receiver, meter))
        .collect();
    let smart = with("smart", Riverside, (2.4, 2.9), ANY, Watch, LATE);
    all.push(Scenario { sampling: Sampling::Smart, decimals: 6, ..smart });
    let paused = with("pausing", Blocks, (1.7, 2.8), HALTS, Watch, POD);
    all.push(Scenario { auto_pause: AutoPause::NewSegment, ..paused });
    let held = with("held", Park, (1.8, 2.8), ANY, Phone, LATE);
    let holding = Holding { renewal: Renewal::Varying((2.0, 5.0)), ..Holding::default() };
    all.push(Scenario { holding, ..held });
    for (name, course, own, legs, meter) in [
        ("distance-around", Park, (1.95, 2.05), AROUND, COUNTS),
        ("distance-any", Riverside, (1.8, 2.8), ANY, Speedometer { distance_only: true, ..DOPPLER }),
        ("distance-echo", Riverside, (1.8, 2.8), ANY, Speedometer { distance_only: true, ..ECHO }),
    ] {
        all.push(Scenario { format: Format::Tcx, ..with(name, course, own, legs, Watch, meter) });
    }
    // Every second one is written as TCX, which has the distance, too.
    for scenario in all.iter_mut().step_by(2) {
        scenario.format = Format::Tcx;
    }
    spread(&mut all);
    all
}
