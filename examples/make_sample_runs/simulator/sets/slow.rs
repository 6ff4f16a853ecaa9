//! People who walk slowly, and know it: patients with rests, steep climbs, and walks of both kinds.

use super::super::{Course, Holding, Leg, Pace, Receiver, Renewal, Sampling, Scenario};
use super::plain::spread;

/// Slower than this nobody gets on, m/s: slow walkers of 0.3 to 0.5 m/s are moving.
pub const TRULY_STANDING_BELOW_MPS: f64 = 0.25;

const fn leg(share: (f64, f64), stay_s: (f64, f64)) -> Leg {
    Leg { share, stay_s }
}

/// On and on, a little faster and slower.
const ON: &[Leg] = &[leg((0.88, 1.12), (15.0, 90.0))];
/// Evenly.
const EVEN: &[Leg] = &[leg((0.97, 1.03), (60.0, 120.0))];
/// A walk with rests on a bench.
const RESTS: &[Leg] =
    &[leg((0.9, 1.1), (40.0, 200.0)), leg((0.85, 1.05), (30.0, 120.0)), leg((0.0, 0.0), (20.0, 300.0))];
/// A few steps at a time.
const FEW_STEPS: &[Leg] = &[leg((0.85, 1.15), (12.0, 60.0)), leg((0.0, 0.0), (6.0, 40.0))];
/// Slow and brisk in turn; shares of a slow pace.
const SLOW_AND_BRISK: &[Leg] = &[leg((0.9, 1.1), (60.0, 300.0)), leg((2.2, 2.9), (60.0, 240.0))];
/// Slow, brisk, a rest, a jog.
const OF_ALL: &[Leg] = &[
    leg((0.9, 1.1), (60.0, 240.0)),
    leg((2.2, 2.8), (60.0, 200.0)),
    leg((0.0, 0.0), (20.0, 120.0)),
    leg((3.6, 4.4), (30.0, 90.0)),
];

/// Every scenario of the set.
pub fn scenarios() -> Vec<Scenario> {
    use Course::{Blocks, Hairpins, Park, Riverside, Shuttle, Straight, Trail};
    use Receiver::{Logger, Phone, Street, Watch, Wood};
    let patient = (0.5, 0.9);
    let frail = (0.32, 0.55);
    let runs = [
        ("patient-watch", Park, patient, RESTS, Watch),
        ("patient-phone", Riverside, patient, RESTS, Phone),
        ("patient-street", Blocks, patient, RESTS, Street),
        ("patient-corridor", Shuttle, patient, RESTS, Watch),
        ("frail-watch", Park, frail, RESTS, Watch),
        ("frail-phone", Straight, frail, RESTS, Phone),
        ("few-steps-watch", Park, patient, FEW_STEPS, Watch),
        ("few-steps-phone", Blocks, patient, FEW_STEPS, Phone),
        ("on-and-on-watch", Riverside, (0.4, 0.8), ON, Watch),
        ("on-and-on-logger", Park, (0.4, 0.8), ON, Logger),
        ("slow-and-brisk-watch", Park, (0.5, 0.7), SLOW_AND_BRISK, Watch),
        ("slow-and-brisk-street", Blocks, (0.5, 0.7), SLOW_AND_BRISK, Street),
        ("of-all-watch", Trail, (0.55, 0.75), OF_ALL, Watch),
        ("of-all-phone", Riverside, (0.55, 0.75), OF_ALL, Phone),
    ];
    let slow = |name, course, own_mps, legs, receiver| Scenario {
        standing_below_mps: TRULY_STANDING_BELOW_MPS,
        ..Scenario::plain(name, "slow", course, Pace::Cycle(own_mps, legs), receiver)
    };
    let mut all: Vec<Scenario> = runs
        .into_iter()
        .map(|(name, course, own, legs, receiver)| slow(name, course, own, legs, receiver))
        .collect();
    // Slopes of a quarter, where 0.9 m/s on the flat becomes 0.45.
    for (name, course, receiver, sampling) in [
        ("climb-watch", Hairpins, Watch, Sampling::Every(1)),
        ("climb-wood", Hairpins, Wood, Sampling::Smart),
        ("climb-trail", Trail, Phone, Sampling::Every(1)),
    ] {
        all.push(Scenario { climb_m: 60.0, sampling, ..slow(name, course, (0.7, 1.3), ON, receiver) });
    }
    // Ten minutes at half a metre a second.
    let ten_minutes = |name, course, receiver| Scenario {
        duration_s: 600,
        ..slow(name, course, (0.47, 0.53), EVEN, receiver)
    };
    all.push(ten_minutes("half-watch", Park, Watch));
    all.push(ten_minutes("half-phone", Straight, Phone));
    all.push(Scenario {
        sampling: Sampling::Smart,
        decimals: 6,
        ..slow("smart", Park, patient, RESTS, Watch)
    });
    all.push(Scenario { sampling: Sampling::Every(5), ..slow("every5", Riverside, patient, RESTS, Phone) });
    all.push(Scenario { decimals: 5, ..slow("coarse", Park, patient, RESTS, Watch) });
    let holding = Holding { static_hold: true, ..Holding::default() };
    all.push(Scenario { holding, ..slow("static", Park, patient, RESTS, Watch) });
    let holding = Holding { renewal: Renewal::Every((2.0, 6.0)), ..Holding::default() };
    all.push(Scenario { holding, ..slow("held", Riverside, patient, RESTS, Phone) });
    spread(&mut all);
    all
}
