//! Receivers that repeat their position, on runs of every kind.

use super::super::{Course, Holding, Leg, Pace, Receiver, Renewal, Scenario};
use super::{plain::spread, slow::TRULY_STANDING_BELOW_MPS};

const fn leg(share: (f64, f64), stay_s: (f64, f64)) -> Leg {
    Leg { share, stay_s }
}

/// One pace, hardly varied.
const EVEN: &[Leg] = &[leg((0.98, 1.02), (60.0, 240.0))];
/// A pace with halts as at traffic lights.
const HALTS: &[Leg] = &[leg((0.96, 1.04), (60.0, 220.0)), leg((0.0, 0.0), (8.0, 90.0))];
/// Walk and run.
const WALK_RUN: &[Leg] = &[leg((0.5, 0.62), (25.0, 120.0)), leg((0.95, 1.1), (25.0, 120.0))];
/// Any pace, and now and then none.
const ANY: &[Leg] = &[
    leg((0.5, 0.7), (40.0, 200.0)),
    leg((0.9, 1.2), (40.0, 200.0)),
    leg((0.7, 1.0), (40.0, 200.0)),
    leg((0.0, 0.0), (10.0, 60.0)),
];

/// Every scenario of the set.
pub fn scenarios() -> Vec<Scenario> {
    use Course::{Blocks, Park, Riverside, Trail};
    use Receiver::{Logger, Phone, Street, Watch, Wood};
    use Renewal::{Always, Every, Filled, Late, Slips, Varying};
    let any_period = Every((2.0, 9.0));
    let runs = [
        ("steady-run", Riverside, (2.3, 3.4), EVEN, Watch, any_period, false, 7),
        ("steady-walk", Park, (1.1, 1.75), EVEN, Phone, any_period, false, 7),
        ("below", Riverside, (1.8, 1.95), EVEN, Phone, Every((2.0, 5.0)), false, 7),
        ("above", Park, (2.05, 2.25), EVEN, Watch, Every((2.0, 5.0)), false, 6),
        ("intervals", Riverside, (2.7, 3.2), WALK_RUN, Phone, Every((2.0, 6.0)), false, 7),
        ("intervals-varying", Park, (2.7, 3.2), WALK_RUN, Watch, Varying((2.0, 9.0)), false, 6),
        ("intervals-seldom", Blocks, (2.6, 3.0), WALK_RUN, Logger, Every((6.0, 9.0)), false, 6),
        ("stops", Blocks, (2.2, 3.0), HALTS, Phone, any_period, false, 7),
        ("stops-static", Blocks, (2.2, 3.0), HALTS, Watch, Varying((2.0, 5.0)), true, 6),
        ("walk-stops", Blocks, (1.2, 1.8), HALTS, Street, Every((2.0, 6.0)), true, 6),
        ("any", Trail, (2.4, 2.9), ANY, Wood, any_period, false, 7),
        ("any-varying", Park, (2.4, 2.9), ANY, Logger, Varying((1.0, 8.0)), false, 6),
        ("coarse", Riverside, (1.5, 2.8), ANY, Phone, Every((2.0, 5.0)), false, 5),
        ("filled", Riverside, (2.6, 3.4), ANY, Watch, Filled((3.0, 6.0)), false, 5),
        ("late", Riverside, (2.6, 3.4), ANY, Watch, Late((5.0, 9.0)), false, 7),
        ("late-run", Park, (2.5, 3.3), EVEN, Watch, Late((6.0, 8.0)), false, 7),
        ("slips", Park, (2.5, 3.1), ANY, Watch, Slips((0.01, 0.25)), true, 7),
        ("slips-below", Riverside, (1.8, 1.97), EVEN, Watch, Slips((0.02, 0.25)), false, 7),
        ("static-run", Blocks, (2.3, 3.1), HALTS, Watch, Always, true, 7),
        ("static-walk", Park, (1.2, 1.8), HALTS, Phone, Always, true, 6),
    ];
    let mut all: Vec<Scenario> = runs
        .into_iter()
        .map(|(name, course, own_mps, legs, receiver, renewal, static_hold, decimals)| Scenario {
            holding: Holding { renewal, static_hold, in_turns_s: None },
            decimals,
            standing_below_mps: TRULY_STANDING_BELOW_MPS,
            ..Scenario::plain(name, "held", course, Pace::Cycle(own_mps, legs), receiver)
        })
        .collect();
    for (name, course, own_mps, legs, receiver) in [
        ("turns", Riverside, (2.5, 3.0), ANY, Phone),
        ("turns-near", Park, (1.85, 2.2), EVEN, Watch),
        ("turns-stops", Blocks, (1.4, 2.8), HALTS, Street),
    ] {
        let holding =
            Holding { renewal: Varying((2.0, 8.0)), static_hold: true, in_turns_s: Some((90.0, 500.0)) };
        let base = Scenario::plain(name, "held", course, Pace::Cycle(own_mps, legs), receiver);
        all.push(Scenario { holding, standing_below_mps: TRULY_STANDING_BELOW_MPS, ..base });
    }
    spread(&mut all);
    all
}
