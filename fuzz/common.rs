//! What the fuzzers and the short run in the tests share: seeds made here, and what must hold of any input.

use std::{
    fmt::Write as _,
    io::{Cursor, Write},
};

use flate2::{Compression, write::GzEncoder};
use spinepace::{band::Edges, recording, run::Run};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Reads `bytes` and checks what holds whatever they are.
///
/// # Panics
/// When it does not hold.
pub fn check(bytes: &[u8]) {
    let recording = match recording::read_bytes("fuzz", bytes) {
        Ok(recording) => recording,
        Err(error) => {
            let message = error.to_string();
            assert!(!message.is_empty() && !message.contains('\n'), "{message:?}");
            return;
        }
    };
    let fixes = &recording.fixes;
    let length = fixes.len();
    assert!(recording.points >= length.max(2));
    let warned = recording.warnings.iter().any(|warning| warning.notice().code == "one-time");
    assert!(if length == 1 { warned } else { length > 1 && !warned });
    assert!(fixes.time_s[0] == 0.0 && fixes.time_s.is_sorted_by(|a, b| a < b));
    let placed = if fixes.has_positions() { length } else { 0 };
    assert!(fixes.latitude_deg.len() == placed && fixes.longitude_deg.len() == placed);
    assert!(fixes.latitude_deg.iter().all(|degrees| (-90.0..=90.0).contains(degrees)));
    assert!(fixes.longitude_deg.iter().all(|degrees| (-180.0..=180.0).contains(degrees)));
    for optional in [
        fixes.elevation_m.len(),
        fixes.device_speed_mps.len(),
        fixes.device_distance_m.len(),
        fixes.heart_rate_bpm.len(),
        fixes.cadence_spm.len(),
    ] {
        assert!(optional == 0 || optional == length);
    }
    for marks in [&recording.breaks, &recording.laps] {
        assert!(marks.is_sorted_by(|a, b| a < b) && marks.iter().all(|mark| (1..length).contains(mark)));
    }
    for warning in &recording.warnings {
        assert!(warning.count > 0 || warning.notice().code == "damaged");
        assert!(!warning.notice().message.is_empty());
    }
}

/// Takes `bytes`, a file or else fixes in brief, all the way to a run's numbers and checks what holds of any.
///
/// # Panics
/// When it does not hold.
pub fn check_numbers(bytes: &[u8]) {
    let read = |bytes: &[u8]| recording::read_bytes("fuzz", bytes);
    let Ok(recording) = read(bytes).or_else(|_| read(fixes_in_brief(bytes).as_bytes())) else { return };
    assert!(recording.points >= recording.fixes.len());
    let run = Run::estimate(recording);
    let summary = run.summary(Edges::default());
    let totals = &summary.totals;
    let seconds = [totals.in_band_s, totals.brisk_s, totals.faster_s, totals.standing_s, totals.paused_s];
    assert!(seconds.iter().all(|seconds| seconds.is_finite() && *seconds >= 0.0), "{totals:?}");
    let elapsed_s = run.recording.elapsed_s();
    // Durations are kept in single precision.
    assert!((totals.elapsed_s() - elapsed_s).abs() <= 1e-3 + 1e-5 * elapsed_s, "{elapsed_s} {totals:?}");
    assert!(totals.distance_m.is_finite() && totals.distance_m >= 0.0, "{totals:?}");
    if let Some(interval) = summary.interval {
        assert!(0.0 <= interval.low_s && interval.low_s <= interval.high_s, "{interval:?}");
        assert!(interval.high_s.is_finite(), "{interval:?}");
    }
    assert!(totals.mean_moving_speed_mps().is_finite());
}

/// A GPX of fixes given by four bytes each: time since the fix before, steps north and east, size of the steps and
/// what else happens. Most fixes are a second and some metres apart, as most are in real runs.
fn fixes_in_brief(bytes: &[u8]) -> String {
    const SECONDS: [f64; 16] =
        [1.0, 1.0, 1.0, 1.0, 2.0, 5.0, 0.1, 0.25, 0.0, 9.9, 11.0, 120.0, 3600.0, 86_400.0, 1e7, -1.0];
    const DEGREES: [f64; 8] = [1e-7, 1e-6, 1e-5, 1e-5, 1e-4, 1e-2, 1.0, 0.0];
    let (mut second, mut latitude, mut longitude) = (1_714_545_000.0, 47.0, 8.0);
    let mut text = String::from("<gpx><trk><trkseg>");
    for fix in bytes.chunks_exact(4) {
        second += SECONDS[usize::from(fix[0] >> 4)] * f64::from(1 + (fix[0] & 1));
        let step = DEGREES[usize::from(fix[3] & 7)];
        latitude = f64::clamp(latitude + step * f64::from(fix[1].cast_signed()), -90.0, 90.0);
        longitude += step * f64::from(fix[2].cast_signed());
        longitude = (longitude + 180.0).rem_euclid(360.0) - 180.0;
        match fix[3] >> 3 {
            0 => text += "</trkseg><trkseg>",
            1 => (latitude, longitude) = (89.99, 179.99),
            _ => {}
        }
        let Some(time) = chrono::DateTime::from_timestamp_millis((second * 1000.0) as i64) else { break };
        let time = time.format("%Y-%m-%dT%H:%M:%S%.3fZ");
        let speed = if fix[3] >> 3 == 2 { "<speed>2.5</speed>" } else { "" };
        // Writing to a string cannot fail.
        let _ =
            write!(text, "<trkpt lat=\"{latitude}\" lon=\"{longitude}\"><time>{time}</time>{speed}</trkpt>");
    }
    text + "</trkseg></trk></gpx>"
}

/// Small valid files of each fuzzer's formats.
pub fn seeds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let (gpx, tcx, fit) = (gpx(), tcx(), fit());
    let utf_16 = format!("\u{feff}{gpx}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("gpx", "plain", gpx.clone().into_bytes()),
        ("gpx", "utf-16", utf_16),
        ("tcx", "plain", tcx.clone().into_bytes()),
        ("fit", "plain", fit.clone()),
        ("fit", "chained", [fit.clone(), fit.clone()].concat()),
        ("numbers", "two-minutes", [0x00, 10, 10, 0x32].repeat(120)),
        (
            "numbers",
            "stops-and-gaps",
            [[0x00, 20, 5, 0x32].repeat(80), [0x00, 0, 1, 0x31].repeat(40), [0xB0, 90, 9, 0x32].repeat(2)]
                .concat(),
        ),
        ("archive", "gzip", gzip(gpx.as_bytes())),
        ("archive", "zip-of-one", zip(&[("run.fit", &fit)])),
        ("archive", "zip-of-two", zip(&[("1.gpx.gz", &gzip(gpx.as_bytes())), ("2.tcx", tcx.as_bytes())])),
        ("archive", "zip-in-zip", zip(&[("a.zip", &zip(&[("run.gpx", gpx.as_bytes())]))])),
        (
            "archive",
            "strava",
            zip(&[("activities.csv", STRAVA.as_bytes()), ("activities/1.gpx", gpx.as_bytes())]),
        ),
    ]
}

const STRAVA: &str =
    "Activity ID,Activity Date,Activity Name,Activity Type,Filename\n1,x,\"A, b\",Run,activities/1.gpx\n";

fn gpx() -> String {
    let points: Vec<String> = (0..6)
        .map(|second| {
            format!(
                "<trkpt lat=\"47.{second}\" lon='8.5'><ele>4{second}</ele><time>2024-05-01T06:30:0{second}.5+02:00</time>\
                 <extensions><x:hr>15{second}</x:hr><cad>85</cad><speed>2.5</speed></extensions></trkpt>\n"
            )
        })
        .collect();
    let points = points.concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE gpx [<!ENTITY a \"b\">]>\n<gpx version=\"1.1\" creator=\"A &amp; B\">\
         <metadata><name>&a;</name></metadata><wpt lat=\"1\" lon=\"2\"/><rte><rtept lat=\"1\" lon=\"2\"/></rte>\
         <trk><name><![CDATA[Run]]></name><!-- c --><type>9</type><trkseg>{points}</trkseg><trkseg>\
         <trkpt lat=\"100\" lon=\"0\"/><trkpt lat=\"0\" lon=\"0\"><time>2024-05-01 06:31:00</time></trkpt></trkseg></trk></gpx>"
    )
}

fn tcx() -> String {
    let points: Vec<String> = (0..4)
        .map(|second| {
            format!(
                "<Trackpoint><Time>2024-05-01T06:30:0{second}Z</Time><Position><LatitudeDegrees>47.{second}</LatitudeDegrees>\
                 <LongitudeDegrees>8.5</LongitudeDegrees></Position><AltitudeMeters>400</AltitudeMeters>\
                 <HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions><n:TPX><n:Speed>2.5</n:Speed>\
                 <n:RunCadence>85</n:RunCadence></n:TPX></Extensions></Trackpoint>"
            )
        })
        .collect();
    let points = points.concat();
    let lap = format!("<Lap StartTime=\"2024-05-01T06:30:00Z\"><Track>{points}</Track><Track/></Lap>");
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\">{lap}{lap}<Creator><Name>F</Name></Creator>\
         </Activity></Activities></TrainingCenterDatabase>"
    )
}

fn fit() -> Vec<u8> {
    // File, timer, record with a developer field, lap: definitions and messages of FIT's profile.
    let mut content = vec![0x40, 0, 0, 0, 0, 2, 0, 1, 0, 1, 2, 0x84, 0, 4, 1, 0];
    content.extend([0x42, 0, 0, 21, 0, 3, 253, 4, 0x86, 0, 1, 0, 1, 1, 0]);
    content.extend([0x43, 0, 0, 19, 0, 1, 2, 4, 0x86]);
    content.extend([
        0x61, 0, 0, 20, 0, 5, 253, 4, 0x86, 0, 4, 0x85, 1, 4, 0x85, 73, 4, 0x86, 3, 1, 2, 1, 0, 2, 0,
    ]);
    content.extend([0x44, 0, 1, 0, 20, 2, 0, 4, 0x85, 1, 4, 0x85]);
    for second in 0..6_u32 {
        let time = (1_083_479_400 + second).to_le_bytes();
        if second == 3 {
            content.extend([&[2][..], &time, &[0, 4], &[3], &time].concat());
        }
        let place = 560_000_000_i32 + second.cast_signed();
        content.extend(
            [&[1][..], &time, &place.to_le_bytes(), &place.to_le_bytes(), &[0xC4, 9, 0, 0, 150, 7, 7]]
                .concat(),
        );
    }
    content.extend([&[0xC9][..], &560_000_000_i32.to_be_bytes(), &560_000_000_i32.to_be_bytes()].concat());
    let mut bytes = vec![12, 0x20, 0x54, 0x08];
    bytes.extend((content.len() as u32).to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(content);
    let sum = bytes.iter().fold(0_u16, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xA001 } else { sum >> 1 })
    });
    bytes.extend(sum.to_le_bytes());
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}
