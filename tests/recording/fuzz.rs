//! A short run of what the fuzzers do without end: seeds of every format, damaged at random from a fixed
//! start, must give a sound recording or a clear error. What the fuzzers found is kept at the end.

#[path = "../../fuzz/common.rs"]
mod common;

/// Bytes that mean something to some reader.
const WORDS: [&[u8]; 24] = [
    b"<trkpt lat=\"47\" lon=\"8\">",
    b"</trkpt>",
    b"<trkseg>",
    b"</gpx>",
    b"<time>",
    b"</time>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a [",
    b"&#x41;",
    b"&",
    b"<",
    b"\"",
    b"NaN",
    b"1e999",
    b"-",
    b"\xFF\xFE",
    b"<Trackpoint>",
    b"\x00",
    b"\xFF\xFF\xFF\xFF",
    b"PK\x05\x06",
    b"2024-05-01T24:00:00",
];

/// A linear congruential generator (Knuth's constants), of which the high bits are used.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    fn damaged(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(6) {
            self.damage(&mut bytes);
        }
        bytes
    }

    fn damage(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        let end = (at + 1 + self.below(40)).min(bytes.len());
        match self.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = self.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            3 => {
                let word = WORDS[self.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = self.below(256) as u8;
                }
            }
        }
    }
}

#[test]
fn damaged_seeds_give_sound_recordings_or_clear_errors() {
    let mut random = Random(4);
    for (_, _, seed) in common::seeds().into_iter().filter(|seed| seed.0 != "numbers") {
        common::check(&seed);
        for _ in 0..10_000 {
            common::check(&random.damaged(&seed));
        }
    }
}

#[test]
fn any_fixes_give_sound_numbers() {
    let mut random = Random(4);
    for (_, _, seed) in common::seeds() {
        common::check_numbers(&seed);
        for _ in 0..300 {
            common::check_numbers(&random.damaged(&seed));
        }
    }
}

#[test]
fn seeds_open() {
    for (_, name, seed) in common::seeds().into_iter().filter(|seed| seed.0 != "numbers") {
        match spinepace::recording::read_bytes(name, &seed) {
            Ok(recording) => assert!(recording.fixes.len() >= 4, "{name}"),
            Err(error) => {
                assert_eq!((name, error.to_string().contains("archive of 2")), ("zip-of-two", true));
            }
        }
    }
}

/// The fuzzers' finds.
#[test]
fn centuries_before_the_first_usable_fix() {
    let point = |time: &str, latitude: f64| {
        format!("<trkpt lat=\"{latitude}\" lon=\"8\"><time>{time}</time></trkpt>")
    };
    let text = format!(
        "<gpx><trk><trkseg>{}{}{}</trkseg></trk></gpx>",
        point("1014-05-01T06:30:00Z", 47.0),
        point("2024-05-01T06:30:00.25Z", 47.1),
        point("2024-05-01T06:30:01Z", 47.2)
    );
    common::check(text.as_bytes());
    let recording = spinepace::recording::read_bytes("x", text.as_bytes()).expect("opens");
    assert_eq!(recording.start.to_rfc3339(), "2024-05-01T06:30:00.250+00:00");
}

#[test]
fn laps_of_one_point_each() {
    let lap = |second: u32| {
        format!(
            "<Lap><Track><Trackpoint><Time>2024-05-01T06:30:0{second}Z</Time><Position><LatitudeDegrees>47</LatitudeDegrees>\
             <LongitudeDegrees>8</LongitudeDegrees></Position></Trackpoint></Track></Lap>"
        )
    };
    let text = [lap(0), lap(1), lap(1), lap(1), lap(2)].concat();
    let text = format!("<TrainingCenterDatabase><Activity>{text}</Activity></TrainingCenterDatabase>");
    common::check(text.as_bytes());
    let recording = spinepace::recording::read_bytes("x", text.as_bytes()).expect("opens");
    assert_eq!(recording.laps, [1, 2]);
}
