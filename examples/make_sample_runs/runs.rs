//! The sample runs: who runs where, when, and how fast, and the GPX that their devices write.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};

use crate::simulator::{AutoPause, Course, Pace, Receiver, Sampling, Scenario, Simulated, simulate};

/// One sample run, ready to be written to `sample_runs/`.
pub struct Run {
    /// File name without its ending.
    pub id: &'static str,
    /// The whole GPX file.
    pub gpx: String,
    /// The run, with its truth.
    pub simulated: Simulated,
}

/// What a sample says about itself beside its fixes.
struct Header<'a> {
    title: &'a str,
    activity: &'a str,
    creator: &'a str,
    /// RFC 3339, UTC.
    start: &'a str,
    heart_rate: bool,
    seed: u64,
}

/// All sample runs, in the order in which they are shown.
pub fn runs() -> Vec<Run> {
    samples()
        .into_iter()
        .map(|(id, header, mut scenario)| {
            id.clone_into(&mut scenario.name);
            let simulated = simulate(&scenario, header.seed);
            Run { id, gpx: gpx(&header, &scenario, &simulated), simulated }
        })
        .collect()
}

/// A test scenario's run as GPX.
pub fn test_gpx(scenario: &Scenario, run: &Simulated) -> String {
    let header = Header {
        title: &scenario.name,
        activity: "running",
        creator: "Simulated",
        start: TEST_START,
        heart_rate: true,
        seed: 0,
    };
    gpx(&header, scenario, run)
}

/// The clock of the test scenarios, `second` after their start.
pub fn test_time(second: usize) -> String {
    clock(TEST_START, second as f64)
}

const TEST_START: &str = "2026-05-03T07:00:00Z";

/// RFC 3339, UTC, whole seconds.
fn clock(start: &str, seconds: f64) -> String {
    let start: DateTime<Utc> = start.parse().expect("the starts in this file are RFC 3339");
    (start + TimeDelta::seconds(seconds as i64)).format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn samples() -> Vec<(&'static str, Header<'static>, Scenario)> {
    let sample = |course, pace, receiver, minutes: usize, start| Scenario {
        duration_s: minutes * 60,
        decimals: 6,
        start,
        ..Scenario::plain("", "samples", course, pace, receiver)
    };
    let header = |title, activity, creator, start, heart_rate, seed| Header {
        title,
        activity,
        creator,
        start,
        heart_rate,
        seed,
    };
    let zurich = (47.3535, 8.5412, 408.0);
    vec![
        (
            "brisk-walk",
            header("Brisk walk", "walking", "Sample phone", "2026-05-04T05:42:10Z", false, 4),
            sample(Course::Riverside, Pace::Hold(1.70), Receiver::Phone, 30, zurich),
        ),
        (
            "run-and-walk",
            header("Run and walk", "running", "Sample watch", "2026-05-06T16:31:05Z", true, 1),
            sample(Course::Park, Pace::Pieces(RUN_AND_WALK), Receiver::Watch, 45, (47.3702, 8.5561, 520.0)),
        ),
        (
            "easy-jog",
            header("Easy jog", "running", "Sample watch", "2026-05-09T07:05:48Z", true, 1),
            sample(Course::Riverside, Pace::Pieces(EASY), Receiver::Watch, 40, (47.3921, 8.5133, 402.0)),
        ),
        (
            "stop-and-go-in-town",
            header("Stop and go in town", "running", "Sample phone", "2026-05-11T16:58:31Z", false, 1),
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
            header("Tempo run", "running", "Sample watch", "2026-05-13T04:48:22Z", true, 1),
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
            header(
                "Hill trail with a tunnel",
                "trail_running",
                "Sample watch",
                "2026-05-16T06:20:00Z",
                true,
                1,
            ),
            Scenario {
                climb_m: 36.0,
                tunnels_s: &[(1500, 1596)],
                sampling: Sampling::Smart,
                ..sample(Course::Trail, Pace::Pieces(TRAIL), Receiver::Wood, 50, (47.3496, 8.4920, 610.0))
            },
        ),
        (
            "lunch-run-with-pauses",
            header("Lunch run with pauses", "running", "Sample watch", "2026-05-19T10:12:37Z", false, 1),
            Scenario {
                auto_pause: AutoPause::NewSegment,
                ..sample(Course::Blocks, Pace::Pieces(LUNCH), Receiver::Watch, 40, (47.3655, 8.5300, 412.0))
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

fn gpx(header: &Header<'_>, scenario: &Scenario, run: &Simulated) -> String {
    let extension = if header.heart_rate {
        " xmlns:x=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\""
    } else {
        ""
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gpx version=\"1.1\" creator=\"{}\" xmlns=\"http://www.topografix.com/GPX/1/1\"{extension}>\n\
         <metadata><time>{}</time></metadata>\n\
         <trk><name>{}</name><type>{}</type><trkseg>\n",
        header.creator, header.start, header.title, header.activity
    );
    let digits = scenario.decimals as usize;
    for (i, fix) in run.fixes.iter().enumerate() {
        if run.breaks.contains(&i) {
            out.push_str("</trkseg><trkseg>\n");
        }
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "<trkpt lat=\"{:.digits$}\" lon=\"{:.digits$}\"><ele>{:.1}</ele><time>{}</time>",
            fix.latitude_deg,
            fix.longitude_deg,
            fix.elevation_m,
            clock(header.start, fix.time_s)
        );
        if header.heart_rate {
            let _ = write!(
                out,
                "<extensions><x:TrackPointExtension><x:hr>{}</x:hr></x:TrackPointExtension></extensions>",
                fix.heart_rate_bpm
            );
        }
        out.push_str("</trkpt>\n");
    }
    out.push_str("</trkseg></trk>\n</gpx>\n");
    out
}
