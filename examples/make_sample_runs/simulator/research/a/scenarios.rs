//! The scenarios of the first research simulator, in groups.

use super::super::{self as research, Law};
use super::{AutoPause, Noise, Plan, Sampling, Scenario, Slope, Way};

const GOOD: Noise =
    Noise { smooth: false, sigma_m: (2.0, 2.6), memory_s: (40.0, 60.0), white_m: (0.3, 0.45) };
const AVERAGE: Noise =
    Noise { smooth: false, sigma_m: (2.6, 3.6), memory_s: (30.0, 50.0), white_m: (0.4, 0.7) };
const POOR: Noise = Noise { smooth: false, sigma_m: (3.8, 5.0), memory_s: (20.0, 40.0), white_m: (0.7, 1.0) };
const RECEIVER: Noise =
    Noise { smooth: true, sigma_m: (2.5, 4.0), memory_s: (20.0, 40.0), white_m: (0.05, 0.15) };
/// After 21 real watches and phones.
const WATCH: Noise =
    Noise { smooth: true, sigma_m: (1.5, 3.5), memory_s: (15.0, 30.0), white_m: (0.03, 0.18) };

impl Scenario {
    const fn plain(way: Way, plan: Plan, noise: Noise) -> Self {
        Self {
            way,
            plan,
            noise,
            duration_s: 1800,
            decimals: 7,
            sampling: Sampling::Every(1),
            latitude_deg: 48.1,
            slope: Slope::Flat,
            canyon: false,
            spikes: 0,
            tunnels: 0,
            auto_pause: AutoPause::Off,
        }
    }

    const fn lasting(self, duration_s: usize) -> Self {
        Self { duration_s, ..self }
    }

    const fn at(self, latitude_deg: f64) -> Self {
        Self { latitude_deg, ..self }
    }

    const fn rounded(self, decimals: i32) -> Self {
        Self { decimals, ..self }
    }

    const fn sampled(self, sampling: Sampling) -> Self {
        Self { sampling, decimals: 6, ..self }
    }

    const fn on(self, slope: Slope) -> Self {
        Self { slope, ..self }
    }

    const fn pausing(self, auto_pause: AutoPause) -> Self {
        Self { auto_pause, ..self }
    }
}

/// Every scenario.
#[allow(clippy::too_many_lines, reason = "a table")]
pub fn scenarios() -> Vec<research::Scenario> {
    use Plan::{Fartlek, Intervals, Lights, LongStop, MixNear, Progress, Steady, WarmUp};
    use Way::{Grid, Road, Straight, Switchback, Track, Trail, UTurn};
    let plain = Scenario::plain;
    let mut all: Vec<research::Scenario> = Vec::new();
    let mut add = |group: &'static str, named: Vec<(&str, Scenario)>| {
        for (name, scenario) in named {
            all.push(research::Scenario { name: name.to_owned(), group, law: Law::A(scenario) });
        }
    };
    add(
        "steady",
        vec![
            ("steady_1.6_avg", plain(Road, Steady(1.6), AVERAGE)),
            ("steady_2.6_avg", plain(Road, Steady(2.6), AVERAGE)),
            ("steady_3.3_avg", plain(Road, Steady(3.3), AVERAGE)),
            ("steady_1.6_recv", plain(Road, Steady(1.6), RECEIVER).at(52.5)),
            ("steady_2.6_poor", plain(Road, Steady(2.6), POOR).rounded(6)),
            ("steady_3.3_good", plain(Road, Steady(3.3), GOOD).at(1.3)),
        ],
    );
    add(
        "near",
        vec![
            ("near_1.9_good", plain(Road, Steady(1.9), GOOD).at(60.2)),
            ("near_1.9_avg", plain(Road, Steady(1.9), AVERAGE)),
            ("near_1.9_poor", plain(Road, Steady(1.9), POOR).at(-33.9)),
            ("near_1.9_recv", plain(Road, Steady(1.9), RECEIVER).at(37.7)),
            ("near_2.1_good", plain(Road, Steady(2.1), GOOD).at(60.2)),
            ("near_2.1_avg", plain(Road, Steady(2.1), AVERAGE)),
            ("near_2.1_poor", plain(Road, Steady(2.1), POOR).at(-33.9)),
            ("near_2.1_recv", plain(Road, Steady(2.1), RECEIVER).at(37.7)),
            ("near_progress", plain(Road, Progress, AVERAGE).lasting(2400)),
            ("near_mix", plain(Road, MixNear, AVERAGE).lasting(2400)),
        ],
    );
    add(
        "intervals",
        vec![
            ("intv_30", plain(Road, Intervals(2.8, 1.5, (30.0, 45.0)), AVERAGE)),
            ("intv_60", plain(Road, Intervals(2.8, 1.5, (55.0, 75.0)), AVERAGE)),
            ("intv_120", plain(Road, Intervals(2.8, 1.5, (100.0, 120.0)), POOR)),
            ("intv_recv", plain(Road, Intervals(2.8, 1.5, (30.0, 120.0)), RECEIVER)),
            ("fartlek", plain(Road, Fartlek, AVERAGE).lasting(2400)),
            ("warmup", plain(Road, WarmUp(1.5, 2.9), AVERAGE)),
        ],
    );
    add(
        "stops",
        vec![
            ("lights", plain(Grid, Lights(2.7, (15.0, 60.0)), AVERAGE)),
            ("lights_slow", plain(Grid, Lights(1.8, (10.0, 90.0)), GOOD)),
            ("longstop", plain(Road, LongStop(2.7), POOR)),
            ("longstop_recv", plain(Road, LongStop(2.4), RECEIVER)),
        ],
    );
    add(
        "geometry",
        vec![
            ("track_fast", plain(Track, Steady(3.3), AVERAGE)),
            ("track_walkrun", plain(Track, Intervals(2.8, 1.5, (60.0, 90.0)), GOOD)),
            ("switchback_2.4", plain(Switchback, Steady(2.4), AVERAGE).on(Slope::Grade(0.10))),
            ("switchback_1.6", plain(Switchback, Steady(1.6), AVERAGE).on(Slope::Grade(0.14))),
            ("uturn_2.6", plain(UTurn, Steady(2.6), AVERAGE)),
            ("trail_2.5", plain(Trail, Steady(2.5), AVERAGE).on(Slope::Hills(25.0))),
            (
                "hills_1.8_2.8",
                plain(Road, Intervals(2.8, 1.8, (120.0, 240.0)), AVERAGE).on(Slope::Hills(40.0)),
            ),
        ],
    );
    let minute = Intervals(2.8, 1.5, (60.0, 90.0));
    let two_minutes = Intervals(2.8, 1.5, (60.0, 120.0));
    add(
        "sampling",
        vec![
            ("smart_2.6", plain(Road, Steady(2.6), AVERAGE).sampled(Sampling::Smart)),
            ("smart_intv", plain(Road, minute, AVERAGE).sampled(Sampling::Smart)),
            ("round5_2.6", plain(Road, Steady(2.6), GOOD).rounded(5)),
            ("round5_1.6", plain(Straight, Steady(1.6), GOOD).rounded(5)),
            ("jitter_phone", plain(Road, Intervals(2.8, 1.6, (90.0, 150.0)), POOR).sampled(Sampling::Jitter)),
            ("every5s", plain(Road, two_minutes, AVERAGE).sampled(Sampling::Every(5))),
        ],
    );
    add(
        "degraded",
        vec![
            ("canyon", Scenario { canyon: true, ..plain(Grid, Steady(2.7), AVERAGE) }),
            ("spikes_1.6", Scenario { spikes: 12, ..plain(Road, Steady(1.6), AVERAGE) }),
            ("spikes_2.7", Scenario { spikes: 12, ..plain(Road, Steady(2.7), AVERAGE) }),
            ("tunnel", Scenario { tunnels: 4, ..plain(Road, Steady(2.6), AVERAGE) }),
            ("tunnel_walk", Scenario { tunnels: 4, ..plain(Road, Steady(1.6), AVERAGE) }),
        ],
    );
    let wait = (20.0, 90.0);
    add(
        "autopause",
        vec![
            ("autopause_gap", plain(Grid, Lights(2.7, wait), AVERAGE).pausing(AutoPause::Gap)),
            ("autopause_seg", plain(Grid, Lights(2.2, wait), AVERAGE).pausing(AutoPause::Segment)),
            (
                "autopause_smart",
                plain(Road, Lights(1.7, wait), GOOD).pausing(AutoPause::Gap).sampled(Sampling::Smart),
            ),
        ],
    );
    add(
        "watch",
        vec![
            ("w_steady_1.6", plain(Road, Steady(1.6), WATCH)),
            ("w_steady_2.7", plain(Trail, Steady(2.7), WATCH)),
            ("w_near_1.9", plain(Road, Steady(1.9), WATCH)),
            ("w_near_2.1", plain(Trail, Steady(2.1), WATCH)),
            ("w_near_mix", plain(Road, MixNear, WATCH)),
            ("w_intv_60", plain(Road, Intervals(2.8, 1.5, (30.0, 75.0)), WATCH)),
            ("w_intv_track", plain(Track, two_minutes, WATCH)),
            ("w_lights", plain(Grid, Lights(2.6, (15.0, 60.0)), WATCH)),
            ("w_switchback", plain(Switchback, Steady(1.7), WATCH).on(Slope::Grade(0.12))),
            ("w_fartlek", plain(Trail, Fartlek, WATCH)),
            ("w_smart", plain(Trail, two_minutes, WATCH).sampled(Sampling::Smart)),
            ("w_pause", plain(Grid, Lights(1.8, wait), WATCH).pausing(AutoPause::Gap)),
        ],
    );
    all
}
