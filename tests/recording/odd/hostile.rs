//! Inputs that are small to write down and large to read: each must end soon, in little memory.

use std::io::{Cursor, Write};

use flate2::{Compression, write::DeflateEncoder, write::GzEncoder};
use spinepace::recording;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Opens, Refused, check, gpx, ordinary, point_at, points};

const MILLION: usize = 1_000_000;

#[test]
fn documents() {
    let before = |content: String| ordinary().replacen("<trk>", &format!("{content}<trk>"), 1);
    let inside = |content: String| ordinary().replacen("<ele>", &format!("{content}<ele>"), 1);
    check([
        ("a million tracks", before("<trk><trkseg></trkseg></trk>".repeat(MILLION)), Opens(10, 10, &[])),
        (
            "a million segments",
            gpx(&(points(0..5) + &"</trkseg><trkseg>".repeat(MILLION) + &points(5..10))),
            Opens(10, 10, &[]),
        ),
        (
            "a million segments inside each other",
            gpx(&("<trkseg>".repeat(MILLION) + &points(0..10))),
            Opens(10, 10, &["mismatched-tag"]),
        ),
        (
            "a point of a million attributes",
            ordinary().replacen("lat=", &format!("{}lat=", "lot=\"91\" ".repeat(MILLION)), 1),
            Opens(9, 9, &["bad-position"]),
        ),
        ("a point of a million values", inside("<hr>150</hr>".repeat(MILLION)), Opens(10, 10, &[])),
        (
            "a point of a million times",
            inside("<time>2024-05-01T06:29:00Z</time>".repeat(MILLION)),
            Opens(10, 10, &[]),
        ),
        (
            "a million points never closed",
            gpx(&(points(0..10) + &"<trkpt lat=\"47\" lon=\"8\">".repeat(MILLION))),
            Opens(10, 10, &["missing-time", "mismatched-tag"]),
        ),
        ("a million waypoints", before("<wpt lat=\"47\" lon=\"8\"/>".repeat(MILLION)), Opens(10, 10, &[])),
        ("a million comments", inside("<!-- <trkpt> -->".repeat(MILLION)), Opens(10, 10, &[])),
        ("a name of a million &", ordinary().replace("Run", &"&".repeat(MILLION)), Opens(10, 10, &[])),
        (
            "a name of a million parts",
            ordinary().replace("Run", &"a<![CDATA[b]]>".repeat(MILLION)),
            Opens(10, 10, &[]),
        ),
        ("a million less-than signs", inside("<".repeat(MILLION)), Opens(10, 10, &[])),
        (
            "a million closing tags",
            inside("</trkseg>".repeat(MILLION)),
            Opens(9, 9, &["missing-time", "outside-segment", "mismatched-tag"]),
        ),
        (
            "a document type never closed",
            ordinary()
                .replace("?>\n", &format!("?>\n<!DOCTYPE gpx [{}", "<!ENTITY a \"b\">".repeat(MILLION))),
            Refused("a text"),
        ),
        ("a time of 20 MB", inside(format!("<time>{}</time>", "2".repeat(20 * MILLION))), Opens(10, 10, &[])),
        (
            "a million bad points",
            gpx(&("<trkpt/>\n".repeat(MILLION) + &points(0..10))),
            Opens(10, 10, &["bad-position"]),
        ),
        ("one text of 50 MB", "spinepace ".repeat(5 * MILLION), Refused("a text")),
    ]);
}

#[test]
fn times_of_a_million_points() {
    let of = |count: usize, second: &dyn Fn(usize) -> usize| {
        let times =
            (0..count).map(|index| point_at(index % 1000, &super::time(second(index)))).collect::<String>();
        gpx(&times)
    };
    check([
        ("a hundred thousand points of one time", of(100_000, &|_| 0), Opens(100_000, 1, &["one-time"])),
        (
            "a hundred thousand times to and fro",
            of(100_000, &|index| if index % 2 == 0 { index % 1800 } else { 1800 - index % 1800 }),
            Opens(100_000, 955, &["repeated-time", "backward-time"]),
        ),
        (
            "years apart",
            gpx(&(point_at(0, "0001-01-01T00:00:00Z")
                + &points(1..12)
                + &point_at(12, "9999-12-31T23:59:59Z"))),
            Opens(13, 11, &["stray-time", "clock-set-later"]),
        ),
    ]);
}

#[test]
fn laps() {
    let tcx = |content: &str| {
        format!(
            "<TrainingCenterDatabase><Activities><Activity>{content}</Activity></Activities></TrainingCenterDatabase>"
        )
    };
    let point = |second: usize| {
        format!(
            "<Trackpoint><Time>{}</Time><Position><LatitudeDegrees>47.{second}</LatitudeDegrees><LongitudeDegrees>8\
             </LongitudeDegrees></Position></Trackpoint>",
            super::time(second)
        )
    };
    let run = (0..10).map(point).collect::<Vec<_>>().concat();
    check([
        ("millions of empty laps", tcx(&("<Lap/>".repeat(3 * MILLION) + &run)), Opens(10, 10, &[])),
        (
            "a million laps of an empty track",
            tcx(&("<Lap><Track/></Lap>".repeat(MILLION) + &run)),
            Opens(10, 10, &[]),
        ),
        (
            "a million activities",
            tcx(&("</Activity><Activity Sport=\"Running\">".repeat(MILLION) + &run)),
            Opens(10, 10, &[]),
        ),
        (
            "a million sports",
            tcx(&(0..MILLION)
                .map(|it| format!("</Activity><Activity Sport=\"{it}\">"))
                .chain([run.clone()])
                .collect::<String>()),
            Opens(10, 10, &[]),
        ),
    ]);
}

/// A FIT file of these messages that says that it has `length` bytes of them.
fn fit(messages: &[u8], length: usize) -> Vec<u8> {
    [&[12, 0x20, 0x54, 0x08][..], &(length as u32).to_le_bytes(), b".FIT", messages].concat()
}

#[test]
fn messages() {
    let fields = [7_u8, 255, 13].repeat(255);
    let giant = [&[0x40, 0, 0, 20, 0, 255][..], &fields].concat();
    let records = vec![0_u8; 1 + 255 * 255].repeat(200);
    let many = giant.repeat(20_000);
    let empty = [vec![0x40, 0, 0, 20, 0, 0], vec![0; 20 * MILLION]].concat();
    check([
        ("definitions of 65 kB", fit(&[giant.clone(), records].concat(), 0), Refused("damaged")),
        ("thousands of giant definitions", fit(&many, many.len()), Refused("damaged")),
        ("millions of messages without a field", fit(&empty, empty.len()), Refused("damaged")),
        ("4 GB announced", fit(&giant, u32::MAX as usize), Refused("damaged")),
        (
            "a million files in one",
            fit(&[0x40, 0, 0, 20, 0, 0, 0, 0], 6).repeat(MILLION),
            Refused("no track"),
        ),
    ]);
}

fn gzip(write: impl Fn(&mut dyn Write) -> std::io::Result<()>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    write(&mut encoder).expect("in memory");
    encoder.finish().expect("in memory")
}

/// Half a gigabyte of this byte after `head`.
fn half_a_gigabyte(head: &str, byte: u8) -> Vec<u8> {
    let block = vec![byte; MILLION];
    gzip(|out| {
        out.write_all(head.as_bytes())?;
        (0..500).try_for_each(|_| out.write_all(&block))
    })
}

#[test]
fn gzip_bombs() {
    let zeros = half_a_gigabyte("", 0);
    let name = half_a_gigabyte("<gpx><trk><name>", b'a');
    let run = ordinary();
    check([
        ("500 MB of NULs gzipped", zeros.clone(), Refused("is empty")),
        ("500 MB of NULs gzipped twice", gzip(|out| out.write_all(&zeros)), Refused("is empty")),
        ("a name of 500 MB gzipped", name.clone(), Refused("far more than a recording")),
        (
            "a name of 500 MB gzipped twice",
            gzip(|out| out.write_all(&name)),
            Refused("far more than a recording"),
        ),
        (
            "500 MB of blanks behind the points",
            half_a_gigabyte(run.trim_end().trim_end_matches("</gpx>"), b' '),
            Opens(10, 10, &["damaged"]),
        ),
        (
            "a page gzipped ten times",
            (0..10).fold(run.into_bytes(), |bytes, _| gzip(|out| out.write_all(&bytes))),
            Refused("another kind"),
        ),
    ]);
}

fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).expect("in memory");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// An archive of one deflated content, listed once for each of `names` with these sizes, packed and not.
fn zip_that_lies(content: &[u8], names: &[String], sizes: Option<(u32, u32)>) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).expect("in memory");
    let packed = encoder.finish().expect("in memory");
    let (packed_size, size) = sizes.unwrap_or((packed.len() as u32, content.len() as u32));
    let common = |name: &str| {
        let mut bytes = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes.extend(packed_size.to_le_bytes());
        bytes.extend(size.to_le_bytes());
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    };
    let mut bytes = [&b"PK\x03\x04"[..], &common(&names[0]), names[0].as_bytes(), &packed].concat();
    let list = bytes.len() as u32;
    for name in names {
        bytes.extend([b"PK\x01\x02\x14\0", &common(name)[..], &[0; 14], name.as_bytes()].concat());
    }
    let length = bytes.len() as u32 - list;
    let count = (names.len() as u16).to_le_bytes();
    bytes.extend(
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &length.to_le_bytes(), &list.to_le_bytes(), &[0, 0]]
            .concat(),
    );
    bytes
}

#[test]
fn zip_bombs() {
    let run = ordinary();
    let names = |count: usize| (0..count).map(|index| format!("{index}.gpx")).collect::<Vec<_>>();
    let one = names(1);
    let nested = |depth: usize| {
        (0..depth).fold(run.clone().into_bytes(), |bytes, level| {
            zip(&[(if level == 0 { "run.gpx".to_owned() } else { format!("{level}.zip") }, bytes)])
        })
    };
    let files = |count: usize, content: &[u8]| {
        zip(&names(count).into_iter().map(|name| (name, content.to_vec())).collect::<Vec<_>>())
    };
    let blanks = run.replace("<trk>", &format!("{}<trk>", " ".repeat(50 * MILLION)));
    check([
        (
            "thousands of names for one file",
            zip_that_lies(run.as_bytes(), &names(50_000), None),
            Opens(10, 10, &[]),
        ),
        (
            "sizes of nothing",
            zip_that_lies(run.as_bytes(), &one, Some((0, 0))),
            Refused("cannot be unpacked"),
        ),
        (
            "an unpacked size of nothing",
            zip_that_lies(run.as_bytes(), &one, Some((90, 0))),
            Refused("damaged"),
        ),
        (
            "an unpacked size of 4 GB",
            zip_that_lies(run.as_bytes(), &one, Some((500, 0xFFFF_FFF0))),
            Refused("far more than a recording"),
        ),
        (
            "a packed size of 4 GB",
            zip_that_lies(run.as_bytes(), &one, Some((0xFFFF_FFF0, 2000))),
            Opens(10, 10, &[]),
        ),
        (
            "50 MB of blanks",
            zip_that_lies(blanks.as_bytes(), &one, None),
            Refused("far more than a recording"),
        ),
        (
            "50 MB of blanks not announced",
            zip_that_lies(blanks.as_bytes(), &one, Some((60_000, 10))),
            Refused("far more than a recording"),
        ),
        ("an archive in an archive in an archive", nested(3), Refused("archive inside of archives")),
        ("archives ten deep", nested(10), Refused("archive inside of archives")),
        (
            "ten thousand archives in one",
            zip(&(0..10_000).map(|index| (format!("{index}.zip"), zip(&[]))).collect::<Vec<_>>()),
            Refused("archive without run"),
        ),
        ("sixty thousand files", files(60_000, b""), Refused("archive of 60000 files")),
        (
            "a path out of the folder",
            zip(&[("../../../../etc/run.gpx".to_owned(), run.clone().into_bytes())]),
            Opens(10, 10, &[]),
        ),
    ]);
    let sources =
        recording::sources_in_memory("x.zip", zip_that_lies(run.as_bytes(), &names(1000), None).into());
    assert_eq!(sources.len(), 1);
}
