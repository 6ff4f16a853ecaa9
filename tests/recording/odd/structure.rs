//! Faults of how points are put together, in GPX and TCX.

use spinepace::recording::{Recording, read_bytes};

use super::{Opens, Refused, check, gpx, ordinary, point, points, time};

fn open(text: &str) -> Recording {
    read_bytes("run.gpx", text.as_bytes()).expect("opens")
}

#[test]
fn structure() {
    let root = |content: &str| format!("<gpx version=\"1.1\">{content}</gpx>");
    let unclosed = points(0..10).replace("</trkpt>", "");
    check([
        ("no track", root(""), Refused("no track")),
        ("empty segment", gpx(""), Refused("no track")),
        ("empty segments around", gpx(&format!("</trkseg><trkseg/><trkseg>{}</trkseg><trkseg>", points(0..10))), Opens(10, 10, &[])),
        ("one point", gpx(&point(0)), Refused("only one point")),
        ("only waypoints", root(&points(0..10).replace("trkpt", "wpt")), Refused("only waypoints")),
        ("only routes", root(&format!("<rte>{}</rte>", points(0..10).replace("trkpt", "rtept"))), Refused("only a planned route")),
        ("waypoints and routes too", ordinary().replace("<trk>", "<wpt lat='1' lon='2'><time>2024-01-01T00:00:00Z</time></wpt><rte><rtept lat='1' lon='2'/></rte><trk>"), Opens(10, 10, &[])),
        ("points outside a segment", root(&format!("<trk>{}</trk>", points(0..10))), Opens(10, 10, &["outside-segment"])),
        ("points outside a track", root(&points(0..10)), Opens(10, 10, &["outside-segment"])),
        ("self-closing points", gpx(&(points(0..10) + "<trkpt lat=\"47\" lon=\"8\"/>")), Opens(10, 10, &["missing-time"])),
        ("only self-closing points", gpx(&"<trkpt lat=\"47\" lon=\"8\"/>".repeat(10)), Refused("no times")),
        ("points never closed", gpx(&unclosed), Opens(10, 10, &["mismatched-tag"])),
        ("elevation never closed", ordinary().replace("</ele>", ""), Opens(10, 10, &[])),
        ("mismatched tags", ordinary().replacen("</ele>", "</elevation>", 1), Opens(10, 10, &["mismatched-tag"])),
        ("tags closed crosswise", ordinary().replace("</trkseg></trk>", "</trk></trkseg>"), Opens(10, 10, &["mismatched-tag"])),
        ("a tag without >", ordinary().replacen("<ele>400</ele>", "<ele", 1), Opens(10, 10, &[])),
        ("a quote without its partner", ordinary().replacen("lon=\"8.5\">", "lon=\"8.5>", 1), Opens(10, 10, &[])),
        ("extensions of a segment", ordinary().replace("</trkseg>", "<extensions><a/></extensions></trkseg>"), Opens(10, 10, &[])),
    ]);
}

#[test]
fn names_types_and_breaks() {
    let text = ordinary()
        .replace("<trk>", "<metadata><name>File</name></metadata><trk><type>9</type>")
        .replace("\"test\"", "\"StravaGPX\"")
        .replacen(&point(4), &format!("</trkseg><trkseg>{}", point(4)), 1);
    let recording = open(&text);
    assert_eq!((recording.name.as_str(), recording.activity.as_deref()), ("Run", Some("running")));
    assert_eq!((recording.creator.as_deref(), recording.breaks.as_slice()), (Some("StravaGPX"), &[4][..]));
    assert_eq!(open(&text.replace("<name>Run</name>", "")).name, "File");
    assert_eq!(open(&ordinary().replace("<name>Run</name>", "")).name, "run");
}

#[test]
fn warnings_name_their_line() {
    let text =
        ordinary().replacen("lat=\"47.00004\"", "lat=\"x\"", 1).replacen("lat=\"47.00006\"", "lat=\"y\"", 1);
    let notice = open(&text).warnings[0].notice();
    assert_eq!(notice.message, "2 points without a usable position left out (first: line 6)");
    assert_eq!(notice.count, 2);
    let text = gpx(&(points(0..5) + &point(4) + &point(2) + &points(6..10)));
    let messages: Vec<_> = open(&text).warnings.iter().map(|warning| warning.notice().message).collect();
    assert_eq!(messages, ["2 points with the same time as another left out (first: line 9)",]);
}

/// A TCX point with these values.
fn trackpoint(second: usize, values: &str) -> String {
    let latitude = 47.0 + second as f64 * 2e-5;
    format!(
        "<Trackpoint><Time>{}</Time><Position><LatitudeDegrees>{latitude:.5}</LatitudeDegrees>\
         <LongitudeDegrees>8.5</LongitudeDegrees></Position>{values}</Trackpoint>\n",
        time(second)
    )
}

/// A TCX point without a place.
fn pod(second: usize, values: &str) -> String {
    format!("<Trackpoint><Time>{}</Time>{values}</Trackpoint>\n", time(second))
}

fn trackpoints(seconds: std::ops::Range<usize>) -> String {
    seconds.map(|second| trackpoint(second, "")).collect()
}

fn tcx(activities: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\">\
         <Activities>{activities}</Activities></TrainingCenterDatabase>"
    )
}

fn lap(tracks: &str) -> String {
    format!("<Lap StartTime=\"{}\"><Track>{tracks}</Track></Lap>", time(0))
}

fn activity(sport: &str, laps: &str) -> String {
    format!(
        "<Activity Sport=\"{sport}\"><Id>x</Id>{laps}<Creator><Name>Forerunner</Name></Creator></Activity>"
    )
}

#[test]
fn tcx_structure() {
    let run = |content: &str| tcx(&activity("Running", &lap(content)));
    let whole = run(&trackpoints(0..10));
    let unplaced = format!("<Trackpoint><Time>{}</Time></Trackpoint>", time(10));
    check([
        ("ordinary", whole.clone(), Opens(10, 10, &[])),
        ("leading blanks", format!("   \n{whole}"), Opens(10, 10, &[])),
        ("cut", whole[..whole.len() - 100].to_owned(), Opens(10, 10, &["damaged"])),
        (
            "prefixed",
            whole.replace("</", "</x:").replace("<T", "<x:T").replace("<P", "<x:P").replace("<L", "<x:L"),
            Opens(10, 10, &[]),
        ),
        ("points without a place", run(&(trackpoints(0..10) + &unplaced)), Opens(10, 10, &["bad-position"])),
        ("no place at all", run(&unplaced.repeat(10)), Refused("no usable positions")),
        (
            "no place but a speed, as on a treadmill",
            run(&(0..10)
                .map(|second| pod(second, "<Extensions><TPX><Speed>1.9</Speed></TPX></Extensions>"))
                .collect::<String>()),
            Opens(10, 10, &[]),
        ),
        (
            "no place but a distance",
            run(&(0..10)
                .map(|second| pod(second, &format!("<DistanceMeters>{second}</DistanceMeters>")))
                .collect::<String>()),
            Opens(10, 10, &[]),
        ),
        (
            "no place and a distance of 0 throughout",
            run(&pod(0, "<DistanceMeters>0.0</DistanceMeters>").repeat(10)),
            Refused("no usable positions"),
        ),
        ("no points", run(""), Refused("no track")),
        ("words for a latitude", whole.replacen("47.00002", "north", 1), Opens(9, 9, &["bad-position"])),
        (
            "a lap begins with the end of the last",
            tcx(&activity("Running", &(lap(&trackpoints(0..6)) + &lap(&trackpoints(5..10))))),
            Opens(11, 10, &[]),
        ),
        (
            "a course",
            whole.replace("Activity", "Course").replace("Activities", "Courses"),
            Opens(10, 10, &["planned-course"]),
        ),
    ]);
}

#[test]
fn a_tcx_lap_that_begins_long_after_the_last_ones_timer_ran_out_followed_a_pause() {
    let lap = |start: usize, timer_s: usize, seconds: std::ops::Range<usize>| {
        format!(
            "<Lap StartTime=\"{}\"><TotalTimeSeconds>{timer_s}</TotalTimeSeconds><Track>{}</Track></Lap>",
            time(start),
            trackpoints(seconds)
        )
    };
    let breaks = |laps: &str| open(&tcx(&activity("Running", laps))).breaks;
    assert_eq!(breaks(&(lap(0, 10, 0..10) + &lap(300, 10, 300..310))), [10]);
    // The silence belongs to the lap's own time, or there was none.
    assert!(breaks(&(lap(0, 300, 0..10) + &lap(300, 10, 300..310))).is_empty());
    assert!(breaks(&(lap(0, 5, 0..100) + &lap(100, 10, 100..110))).is_empty());
}

#[test]
fn tcx_values_laps_pauses_and_sports() {
    let values = "<AltitudeMeters>400</AltitudeMeters><HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions>\
                  <ns3:TPX><ns3:Speed>2.5</ns3:Speed><ns3:RunCadence>85</ns3:RunCadence></ns3:TPX></Extensions>";
    let first: String = (0..4).map(|second| trackpoint(second, values)).collect();
    let paused = format!("{}</Track><Track>{}", trackpoints(4..7), trackpoints(8..10));
    let recording = open(&tcx(&activity("Running", &(lap(&first) + &lap(&paused)))));
    assert_eq!((recording.laps, recording.breaks), (vec![4], vec![7]));
    assert_eq!(
        (recording.activity.as_deref(), recording.creator.as_deref()),
        (Some("Running"), Some("Forerunner"))
    );
    let fixes = &recording.fixes;
    assert_eq!(
        (fixes.heart_rate_bpm[..5].to_vec(), fixes.cadence_spm[3]),
        (vec![150, 150, 150, 150, 0], 170)
    );
    assert_eq!((fixes.device_speed_mps[3], fixes.elevation_m[3]), (2.5, 400.0));
    assert!(fixes.device_speed_mps[4].is_nan());

    let both =
        activity("Biking", &lap(&trackpoints(0..5))) + &activity("Running", &lap(&trackpoints(20..25)));
    let session = tcx(&format!("<MultiSportSession><FirstSport>{both}</FirstSport></MultiSportSession>"));
    let recording = open(&session);
    assert_eq!((recording.activity.as_deref(), recording.breaks.as_slice()), (Some("Multisport"), &[5][..]));
}
