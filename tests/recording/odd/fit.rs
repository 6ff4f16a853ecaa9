//! FIT files made here, and their faults.

use spinepace::{band::Edges, recording::read_bytes, run::Run};

use super::{Opens, Refused, check};

/// FIT's check sum, bit by bit.
fn check_sum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ u16::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xA001 } else { sum >> 1 })
    })
}

/// A file of these messages.
fn file(messages: &[u8]) -> Vec<u8> {
    let mut bytes = vec![14, 0x20, 0x54, 0x08];
    bytes.extend((messages.len() as u32).to_le_bytes());
    bytes.extend(b".FIT\0\0");
    bytes.extend(messages);
    let sum = check_sum(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// The definition of a local message by its fields: number, size, base type.
fn define(local: u8, global: u16, fields: &[[u8; 3]]) -> Vec<u8> {
    let mut bytes = vec![0x40 | local, 0, 0];
    bytes.extend(global.to_le_bytes());
    bytes.push(fields.len() as u8);
    bytes.extend(fields.concat());
    bytes
}

/// 2024-05-01T06:30:00Z in FIT's time.
const START: u32 = 1_083_479_400;
const SEMICIRCLES: f64 = 2_147_483_648.0 / 180.0;

fn file_id(kind: u8) -> Vec<u8> {
    [define(0, 0, &[[0, 1, 0], [1, 2, 0x84], [2, 2, 0x84]]), vec![0, kind, 1, 0, 0x10, 0x0C]].concat()
}

fn record_definition() -> Vec<u8> {
    define(
        1,
        20,
        &[[253, 4, 0x86], [0, 4, 0x85], [1, 4, 0x85], [73, 4, 0x86], [78, 4, 0x86], [3, 1, 2], [4, 1, 2]],
    )
}

fn record(second: u32) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend((START + second).to_le_bytes());
    bytes.extend((((47.0 + f64::from(second) * 2e-5) * SEMICIRCLES) as i32).to_le_bytes());
    bytes.extend(((8.5 * SEMICIRCLES) as i32).to_le_bytes());
    bytes.extend(2_500_u32.to_le_bytes());
    bytes.extend((5 * (400 + 500_u32)).to_le_bytes());
    bytes.extend([150, 85]);
    bytes
}

fn records(seconds: std::ops::Range<u32>) -> Vec<u8> {
    seconds.flat_map(record).collect()
}

fn timer(second: u32, kind: u8) -> Vec<u8> {
    let mut bytes = define(2, 21, &[[253, 4, 0x86], [0, 1, 0], [1, 1, 0]]);
    bytes.push(2);
    bytes.extend((START + second).to_le_bytes());
    bytes.extend([0, kind]);
    bytes
}

fn lap(second: u32) -> Vec<u8> {
    let mut bytes = define(3, 19, &[[2, 4, 0x86]]);
    bytes.push(3);
    bytes.extend((START + second).to_le_bytes());
    bytes
}

fn messages() -> Vec<u8> {
    [file_id(4), record_definition(), records(0..10)].concat()
}

#[test]
fn faults() {
    let whole = file(&messages());
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        bytes
    };
    let unplaced =
        |second: u32| [&record(second)[..5], &[0xFF, 0xFF, 0xFF, 0x7F], &record(second)[9..]].concat();
    let untold = |second: u32| {
        [
            &record(second)[..5],
            &[0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F],
            &[0xFF; 8],
            &record(second)[21..],
        ]
        .concat()
    };
    check([
        ("ordinary", whole.clone(), Opens(10, 10, &[])),
        ("cut inside a record", whole[..whole.len() - 10].to_vec(), Opens(9, 9, &["damaged"])),
        ("cut before the check sum", whole[..whole.len() - 2].to_vec(), Opens(10, 10, &["damaged"])),
        ("cut after the header", whole[..14].to_vec(), Refused("damaged")),
        (
            "wrong check sum",
            with(&|bytes| *bytes.last_mut().expect("not empty") ^= 1),
            Opens(10, 10, &["check-sum"]),
        ),
        ("length never written", with(&|bytes| bytes[4..8].fill(0)), Opens(10, 10, &["damaged"])),
        (
            "two files in one",
            [whole.clone(), file(&[file_id(4), record_definition(), records(20..25)].concat())].concat(),
            Opens(15, 15, &[]),
        ),
        ("junk after the end", with(&|bytes| bytes.extend(b"junk")), Opens(10, 10, &["more-after-end"])),
        ("undefined message", file(&[messages(), vec![9, 1, 2, 3]].concat()), Opens(10, 10, &["damaged"])),
        (
            "no position yet",
            file(&[file_id(4), record_definition(), unplaced(0), records(1..10)].concat()),
            Opens(9, 9, &["bad-position"]),
        ),
        (
            "indoors",
            file(&[file_id(4), record_definition(), (0..10).flat_map(unplaced).collect()].concat()),
            Opens(10, 10, &[]),
        ),
        (
            "indoors, the device says nothing of speed",
            file(&[file_id(4), record_definition(), (0..10).flat_map(untold).collect()].concat()),
            Refused("no usable positions and no speed or distance"),
        ),
        (
            "indoors with two stray positions",
            file(
                &[file_id(4), record_definition(), records(0..2), (2..20).flat_map(unplaced).collect()]
                    .concat(),
            ),
            Opens(20, 20, &["positions-not-used"]),
        ),
        (
            "outdoors with a long wait for satellites",
            file(
                &[file_id(4), record_definition(), (0..5).flat_map(unplaced).collect(), records(5..40)]
                    .concat(),
            ),
            Opens(35, 35, &["bad-position"]),
        ),
        (
            "some say nothing",
            file(
                &[
                    file_id(4),
                    record_definition(),
                    (0..10).flat_map(unplaced).collect(),
                    untold(10),
                    unplaced(11),
                ]
                .concat(),
            ),
            Opens(11, 11, &["nothing-told"]),
        ),
        ("settings", file(&file_id(2)), Refused("settings")),
        ("saved places", file(&file_id(8)), Refused("saved places")),
        ("an activity without records", file(&file_id(4)), Refused("has no track")),
        (
            "a course",
            file(&[file_id(6), record_definition(), records(0..10)].concat()),
            Opens(10, 10, &["planned-course"]),
        ),
    ]);
}

#[test]
fn files_in_one_are_apart() {
    let part = |seconds| file(&[file_id(4), record_definition(), records(seconds)].concat());
    let both = read_bytes("run.fit", &[part(0..5), part(6..9)].concat()).expect("opens");
    assert_eq!(both.breaks, [5]);
}

/// As Strava's program for Android writes them.
#[test]
fn a_record_in_two_messages() {
    let rest = |second: u32| {
        [
            define(5, 20, &[[253, 4, 0x86], [5, 4, 0x86]]),
            vec![5],
            (START + second).to_le_bytes().to_vec(),
            vec![0; 4],
        ]
        .concat()
    };
    let content: Vec<u8> = (0..10).flat_map(|second| [record(second), rest(second)].concat()).collect();
    check([("", file(&[file_id(4), record_definition(), content].concat()), Opens(10, 10, &[]))]);
}

#[test]
fn values_laps_and_pauses() {
    let content = [
        file_id(4),
        timer(0, 0),
        record_definition(),
        records(0..4),
        timer(3, 4),
        timer(9, 0),
        records(9..14),
        lap(11),
    ]
    .concat();
    let recording = read_bytes("run.fit", &file(&content)).expect("opens");
    assert_eq!(recording.fixes.time_s, [0.0, 1.0, 2.0, 3.0, 9.0, 10.0, 11.0, 12.0, 13.0]);
    assert_eq!((recording.breaks, recording.laps), (vec![4], vec![6]));
    assert_eq!((recording.creator.as_deref(), recording.name.as_str()), (Some("Garmin product 3088"), "run"));
    assert_eq!(recording.start.to_rfc3339(), "2024-05-01T06:30:00+00:00");
    let fixes = &recording.fixes;
    assert!((fixes.latitude_deg[1] - 47.00002).abs() < 1e-7 && (fixes.longitude_deg[1] - 8.5).abs() < 1e-7);
    assert_eq!((fixes.device_speed_mps[0], fixes.elevation_m[0]), (2.5, 400.0));
    assert_eq!((fixes.heart_rate_bpm[0], fixes.cadence_spm[0]), (150, 170));
}

#[test]
fn elevations_of_either_width_and_whether_a_barometer_measured_them() {
    // `altitude` alone, then beside `enhanced_altitude`, which counts; both in fifths of a metre above -500 m.
    let with = |enhanced: bool, devices: &[[u8; 2]]| {
        let mut fields = vec![[253, 4, 0x86], [0, 4, 0x85], [1, 4, 0x85], [2, 2, 0x84]];
        if enhanced {
            fields.push([78, 4, 0x86]);
        }
        let mut content = [file_id(4), define(6, 23, &[[25, 1, 0], [1, 1, 2]])].concat();
        for [source, kind] in devices {
            content.extend([6, *source, *kind]);
        }
        content.extend(define(1, 20, &fields));
        for second in 0..10_u32 {
            content.extend(&record(second)[..13]);
            content.extend((5 * (300 + second as u16 + 500) + 1).to_le_bytes());
            if enhanced {
                content.extend((5 * (8_500 + second + 500) + 2).to_le_bytes());
            }
        }
        read_bytes("run.fit", &file(&content)).expect("opens")
    };
    assert_eq!(with(false, &[]).fixes.elevation_m[3], 303.2);
    assert_eq!(with(true, &[]).fixes.elevation_m[3], 8_503.4);
    let steady = |devices: &[[u8; 2]]| with(true, devices).steady_elevation;
    assert!(steady(&[[5, 0], [5, 4]]), "a barometer is built in");
    assert!(!steady(&[[5, 0], [1, 4]]), "4 is something else where it is not built in");
    assert!(!steady(&[]));
}

#[test]
fn compressed_times_and_big_endian() {
    // Positions only, the time in the message's header.
    let mut content = [file_id(4), record_definition(), record(0)].concat();
    let mut definition = define(2, 20, &[[0, 4, 0x85], [1, 4, 0x85]]);
    definition[2] = 1;
    definition[3..5].copy_from_slice(&20_u16.to_be_bytes());
    content.extend(definition);
    for second in (10..200).step_by(10) {
        content.push(0x80 | 2 << 5 | ((START + second) & 0x1F) as u8);
        content.extend(((47.0 * SEMICIRCLES) as i32 + second.cast_signed()).to_be_bytes());
        content.extend(((8.5 * SEMICIRCLES) as i32).to_be_bytes());
    }
    let recording = read_bytes("run.fit", &file(&content)).expect("opens");
    let expected: Vec<f64> = (0..200).step_by(10).map(f64::from).collect();
    assert_eq!(recording.fixes.time_s, expected);
    assert!((recording.fixes.longitude_deg[19] - 8.5).abs() < 1e-7);
}

#[test]
fn one_record_after_the_timer_stopped_does_not_fill_the_pause() {
    let content = [
        file_id(4),
        timer(0, 0),
        record_definition(),
        records(0..301),
        timer(300, 4),
        records(301..302),
        timer(900, 0),
        records(900..1201),
    ]
    .concat();
    let recording = read_bytes("run.fit", &file(&content)).expect("opens");
    assert_eq!(recording.breaks, [301, 302]);
    let totals = Run::estimate(recording).summary(Edges::default()).totals;
    assert!((totals.moving_s() - 600.0).abs() < 5.0, "{totals:?}");
    assert!((totals.paused_s - 600.0).abs() < 5.0, "{totals:?}");
}
