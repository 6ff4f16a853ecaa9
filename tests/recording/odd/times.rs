//! Faults of times.

use spinepace::recording::read_bytes;

use super::{Expected, Opens, Refused, check, gpx, ordinary, point, point_at, points, time};

/// Ten points, of which the sixth has this in place of its `<time>`.
fn sixth(replacement: &str) -> String {
    gpx(&(points(0..5)
        + &point(5).replace(&format!("<time>{}</time>", time(5)), replacement)
        + &points(6..10)))
}

/// Ten points whose times are written so.
fn all(write: impl Fn(usize) -> String) -> String {
    gpx(&(0..10).map(|second| point_at(second, &write(second))).collect::<String>())
}

#[test]
fn one_time() {
    let cases: [(&'static str, &str, Expected); 15] = [
        ("missing", "", Opens(9, 9, &["missing-time"])),
        ("empty", "<time></time>", Opens(9, 9, &["missing-time"])),
        ("empty tag", "<time/>", Opens(9, 9, &["missing-time"])),
        ("garbage", "<time>yesterday</time>", Opens(9, 9, &["bad-time"])),
        ("a number", "<time>1714545005</time>", Opens(9, 9, &["bad-time"])),
        ("day 0", "<time>2024-05-00T06:30:05Z</time>", Opens(9, 9, &["bad-time"])),
        ("month 13", "<time>2024-13-01T06:30:05Z</time>", Opens(9, 9, &["bad-time"])),
        ("a day too many", "<time>2023-02-29T06:30:05Z</time>", Opens(9, 9, &["bad-time"])),
        ("equal to the one before", "<time>2024-05-01T06:30:04Z</time>", Opens(10, 9, &["repeated-time"])),
        ("backward", "<time>2024-05-01T06:29:59Z</time>", Opens(10, 9, &["backward-time"])),
        ("1970", "<time>1970-01-01T00:00:05Z</time>", Opens(10, 9, &["backward-time"])),
        ("year 1", "<time>0001-01-01T00:00:00Z</time>", Opens(10, 9, &["backward-time"])),
        ("a year later", "<time>2025-05-01T06:30:05Z</time>", Opens(10, 9, &["backward-time"])),
        ("twice", "<time>2024-05-01T06:30:05Z</time><time>2024-05-01T06:30:05Z</time>", Opens(10, 10, &[])),
        (
            "in an extension too",
            "<extensions><time>x</time></extensions><time>2024-05-01T06:30:05Z</time>",
            Opens(10, 10, &[]),
        ),
    ];
    check(cases.map(|(fault, time, expected)| (fault, sixth(time), expected)));
}

#[test]
fn all_times() {
    check([
        (
            "all missing",
            ordinary().replace("<time>", "<when>").replace("</time>", "</when>"),
            Refused("no times"),
        ),
        ("all empty", all(|_| String::new()), Refused("no times")),
        ("all garbage", all(|_| "noon".to_owned()), Refused("no times")),
        ("all equal", all(|_| time(0)), Opens(10, 1, &["one-time"])),
        ("all backward", all(|second| time(9 - second)), Opens(10, 10, &["reversed-track"])),
        ("all 1970", all(|second| format!("1970-01-01T00:00:0{second}Z")), Opens(10, 10, &["clock-not-set"])),
        ("without zone", all(|second| time(second).replace('Z', "")), Opens(10, 10, &["no-zone"])),
        ("with an offset", all(|second| time(second).replace('Z', "+02:00")), Opens(10, 10, &[])),
        ("offset without colon", all(|second| time(second).replace('Z', "-0530")), Opens(10, 10, &[])),
        ("offset of hours", all(|second| time(second).replace('Z', "+02")), Opens(10, 10, &[])),
        ("3 fraction digits", all(|second| time(second).replace('Z', ".250Z")), Opens(10, 10, &[])),
        ("9 fraction digits", all(|second| time(second).replace('Z', ".123456789Z")), Opens(10, 10, &[])),
        ("decimal comma", all(|second| time(second).replace('Z', ",5Z")), Opens(10, 10, &[])),
        ("space-separated", all(|second| time(second).replace('T', " ")), Opens(10, 10, &[])),
        ("padded", all(|second| format!("\n  {}  \t", time(second))), Opens(10, 10, &[])),
        ("lower case", all(|second| time(second).to_lowercase()), Opens(10, 10, &[])),
        ("single digits", all(|second| format!("2024-5-1T6:30:{second}Z")), Opens(10, 10, &[])),
        ("no fraction digit", all(|second| time(second).replace('Z', ".Z")), Opens(10, 10, &[])),
    ]);
}

#[test]
fn midnight_and_leap_seconds_are_not_shifted() {
    let seconds = |times: [&str; 3]| {
        let content: String = times.iter().enumerate().map(|(index, time)| point_at(index, time)).collect();
        read_bytes("x", gpx(&content).as_bytes()).expect("opens").fixes.time_s
    };
    assert_eq!(
        seconds(["2024-05-01T23:59:59Z", "2024-05-01T24:00:00Z", "2024-05-02T00:00:01Z"]),
        [0.0, 1.0, 2.0]
    );
    assert_eq!(
        seconds(["2016-12-31T23:59:58Z", "2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z"]),
        [0.0, 1.0, 2.0]
    );
    assert_eq!(
        seconds(["2024-05-01T06:00:00+02:00", "2024-05-01T04:00:01Z", "2024-05-01T00:00:02-04:00"]),
        [0.0, 1.0, 2.0]
    );
}

#[test]
fn zone_and_start_are_told() {
    let local = read_bytes("x", all(|second| time(second).replace('Z', "+05:45")).as_bytes()).expect("opens");
    assert_eq!(
        (local.start.to_rfc3339().as_str(), local.utc_offset_s),
        ("2024-05-01T00:45:00+00:00", Some(20_700))
    );
    let utc = read_bytes("x", ordinary().as_bytes()).expect("opens");
    assert_eq!((utc.start.to_rfc3339().as_str(), utc.utc_offset_s), ("2024-05-01T06:30:00+00:00", None));
}

#[test]
fn gaps_and_order() {
    let tracks = |parts: [String; 2]| gpx(&parts.join("</trkseg></trk><trk><trkseg>"));
    check([
        ("a two-minute gap", gpx(&(points(0..5) + &points(125..130))), Opens(10, 10, &[])),
        ("two tracks", tracks([points(0..5), points(60..65)]), Opens(10, 10, &[])),
        ("two tracks, the later first", tracks([points(60..65), points(0..5)]), Opens(10, 10, &[])),
        ("the same track twice", tracks([points(0..9), points(0..9)]), Opens(18, 9, &["repeated-time"])),
        (
            "clock set back on the way",
            gpx(&(points(0..20) + &points(10..15))),
            Opens(25, 20, &["repeated-time"]),
        ),
        (
            "the second of two tracks begins in 1970",
            tracks([points(0..9), point_at(20, "1970-01-01T00:00:01Z") + &points(21..29)]),
            Opens(18, 17, &["backward-time"]),
        ),
        (
            "a stray a month before",
            gpx(&(point_at(0, "2024-04-01T06:30:00Z") + &points(1..12))),
            Opens(12, 11, &["stray-time"]),
        ),
        (
            "the second of two tracks reversed",
            tracks([points(0..12), (20..32).rev().map(point).collect()]),
            Opens(24, 24, &["reversed-track"]),
        ),
        (
            "1970 but for the last point",
            gpx(&((0..9)
                .map(|second| point_at(second, &format!("1970-01-01T00:00:0{second}Z")))
                .collect::<String>()
                + &point(9))),
            Opens(10, 9, &["stray-time", "clock-not-set"]),
        ),
        (
            "1970 until the clock was set",
            gpx(&(point_at(0, "1970-01-01T00:00:01Z") + &points(1..12))),
            Opens(12, 11, &["clock-set-later"]),
        ),
    ]);
    let swapped = read_bytes("x", tracks([points(60..65), points(0..5)]).as_bytes()).expect("opens");
    assert_eq!((swapped.breaks, swapped.fixes.time_s[4..6].to_vec()), (vec![5], vec![4.0, 60.0]));
}
