//! Faults of documents and their encodings.

use encoding_rs::WINDOWS_1252;
use spinepace::recording::read_bytes;

use super::{Opens, Refused, check, gpx, ordinary, point, point_at, points};

#[test]
fn cut_and_empty() {
    let whole = ordinary();
    let cut_at = |mark: &str| whole[..whole.rfind(mark).expect("in it") + mark.len()].to_owned();
    check([
        ("ordinary", whole.clone(), Opens(10, 10, &[])),
        ("empty", String::new(), Refused("is empty")),
        ("blanks only", " \n\t\r\n".repeat(9000), Refused("is empty")),
        ("NULs only", "\0".repeat(9000), Refused("is empty")),
        ("cut before the end", cut_at("</trkseg>"), Opens(10, 10, &["damaged"])),
        ("cut between points", cut_at("</trkpt>"), Opens(10, 10, &["damaged"])),
        ("cut inside a text", cut_at("<time>2024-05"), Opens(9, 9, &["damaged"])),
        ("cut inside a tag", cut_at("<trkpt lat=\"47"), Opens(9, 9, &["damaged"])),
        ("cut behind <", cut_at("<"), Opens(10, 10, &["damaged"])),
        (
            "cut after the first point",
            gpx(&point(0)).replace("</trkseg></trk>\n</gpx>\n", ""),
            Refused("damaged"),
        ),
        ("cut inside the root", "<?xml version=\"1.0\"?>\n<gpx vers".to_owned(), Refused("damaged")),
        ("NUL tail", format!("{}{}", cut_at("</trkpt>"), "\0".repeat(100_000)), Opens(10, 10, &["damaged"])),
        ("NUL tail after the end", format!("{whole}{}", "\0".repeat(4096)), Opens(10, 10, &[])),
        ("junk after the root", format!("{whole}junk & <b>"), Opens(10, 10, &["more-after-end"])),
        ("two documents", format!("{whole}{whole}"), Opens(10, 10, &["more-after-end"])),
        ("blanks before the declaration", format!(" \n {whole}"), Opens(10, 10, &[])),
        ("words before the declaration", format!("HTTP/1.1 200 OK\r\n\r\n{whole}"), Opens(10, 10, &[])),
        (
            "without its beginning",
            whole[whole.find("<trkseg>").expect("in it")..].to_owned(),
            Opens(10, 10, &["mismatched-tag"]),
        ),
        (
            "NULs in the middle",
            whole.replacen("</trkpt>", &format!("</trkpt>{}", "\0".repeat(512)), 1),
            Opens(10, 10, &[]),
        ),
        ("control characters", whole.replace("Run", "R\u{1}u\u{8}n\u{1b}"), Opens(10, 10, &[])),
        ("carriage returns alone", whole.replace('\n', "\r"), Opens(10, 10, &[])),
        ("windows lines", whole.replace('\n', "\r\n"), Opens(10, 10, &[])),
    ]);
}

#[test]
fn declarations_and_names() {
    let whole = ordinary();
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let unqualified = whole.replace(" xmlns=\"http://www.topografix.com/GPX/1/1\"", "");
    let prefixed = ["gpx", "trk", "trkseg", "trkpt", "ele", "time", "name"].iter().fold(
        unqualified.clone(),
        |text, name| {
            text.replace(&format!("<{name}>"), &format!("<x:{name}>"))
                .replace(&format!("<{name} "), &format!("<x:{name} "))
                .replace(&format!("</{name}>"), &format!("</x:{name}>"))
        },
    );
    let declared = prefixed.replace("<x:gpx ", "<x:gpx xmlns:x=\"http://www.topografix.com/GPX/1/1\" ");
    check([
        ("no declaration", whole.replace(declaration, ""), Opens(10, 10, &[])),
        ("declaration twice", format!("{declaration}{whole}"), Opens(10, 10, &[])),
        ("no namespace", unqualified, Opens(10, 10, &[])),
        ("prefixed", declared, Opens(10, 10, &[])),
        ("unbound prefix", prefixed, Opens(10, 10, &[])),
        ("no version", whole.replace(" version=\"1.1\"", ""), Opens(10, 10, &[])),
        ("version 1.2", whole.replace("version=\"1.1\"", "version=\"1.2\""), Opens(10, 10, &[])),
        ("no creator", whole.replace(" creator=\"test\"", ""), Opens(10, 10, &[])),
        ("single quotes", whole.replace('"', "'"), Opens(10, 10, &[])),
        (
            "swapped attributes",
            whole.replace("lon=\"8.5\"", "").replace("lat=", "lon=\"8.5\" lat="),
            Opens(10, 10, &[]),
        ),
        ("blanks around =", whole.replace("lat=", "lat\n = "), Opens(10, 10, &[])),
        (
            "blanks inside tags",
            whole.replace("<time>", "<time >").replace("</time>", "</time\n>"),
            Opens(10, 10, &[]),
        ),
        ("> in a value", whole.replace("creator=\"test\"", "creator=\"a > b\""), Opens(10, 10, &[])),
        ("plain DOCTYPE", whole.replace("?>\n", "?>\n<!DOCTYPE gpx>\n"), Opens(10, 10, &[])),
        ("upper-case root", whole.replace("gpx", "GPX"), Opens(10, 10, &[])),
        (
            "comments everywhere",
            whole.replace("<ele>", "<!-- <trkpt lat=\"1\"> --><ele><!-- a -->"),
            Opens(10, 10, &[]),
        ),
        (
            "time in CDATA",
            whole.replace("<time>", "<time><![CDATA[").replace("</time>", "]]></time>"),
            Opens(10, 10, &[]),
        ),
        (
            "processing instructions",
            whole.replace("<ele>", "<?php echo '<trkpt>' ?><ele>"),
            Opens(10, 10, &[]),
        ),
        ("a bare &", whole.replace("Run", "Ben & Jerry"), Opens(10, 10, &[])),
        ("&nbsp;", whole.replace("Run", "a&nbsp;b"), Opens(10, 10, &[])),
        ("& in a creator", whole.replace("\"test\"", "\"A & B\""), Opens(10, 10, &[])),
    ]);
    assert_eq!(
        read_bytes("x", whole.replace("Run", "a&amp;b&#33; &nbsp;").as_bytes()).expect("opens").name,
        "a&b! &nbsp;"
    );
}

#[test]
fn encodings() {
    let named = ordinary().replace("Run", "Zürich €5");
    let declared = |label: &str| named.replace("UTF-8", label);
    let utf_16 = |mark: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{}", declared("UTF-16")).encode_utf16().flat_map(order).collect()
    };
    let mut inputs = vec![
        ("UTF-8", named.clone().into_bytes()),
        ("byte-order mark", format!("\u{feff}{named}").into_bytes()),
        ("UTF-16 little-endian", utf_16("\u{feff}", u16::to_le_bytes)),
        ("UTF-16 big-endian", utf_16("\u{feff}", u16::to_be_bytes)),
        ("UTF-16 without a mark", utf_16("", u16::to_le_bytes)),
        ("big-endian UTF-16 without a mark", utf_16("", u16::to_be_bytes)),
        ("UTF-8 declared as UTF-16", declared("UTF-16").into_bytes()),
        ("UTF-8 declared as Latin-1", declared("ISO-8859-1").into_bytes()),
        ("unknown encoding", declared("X-KLINGON").into_bytes()),
        ("no encoding", named.replace(" encoding=\"UTF-8\"", "").into_bytes()),
    ];
    for (fault, label) in [
        ("Latin-1 declared", "ISO-8859-1"),
        ("windows-1252 declared", "windows-1252"),
        ("windows-1252 declared as UTF-8", "UTF-8"),
    ] {
        inputs.push((fault, WINDOWS_1252.encode(&declared(label)).0.into_owned()));
    }
    for (fault, bytes) in &inputs {
        assert_eq!(read_bytes("x", bytes).expect(fault).name, "Zürich €5", "{fault}");
    }
    check(inputs.into_iter().map(|(fault, bytes)| (fault, bytes, Opens(10, 10, &[]))));
}

#[test]
fn attacks() {
    let laughs: String = (1..10).fold("<!ENTITY lol0 \"lol\">".to_owned(), |text, level| {
        text + &format!("<!ENTITY lol{level} \"{}\">", format!("&lol{};", level - 1).repeat(10))
    });
    let with = |document_type: &str, name: &str| {
        ordinary().replace("?>\n", &format!("?>\n{document_type}\n")).replace("Run", name)
    };
    let deep = |close: bool| {
        let closing = if close { "</a>".repeat(1_000_000) } else { String::new() };
        gpx(&format!(
            "{}<extensions>{}{closing}</extensions>{}",
            points(0..5),
            "<a>".repeat(1_000_000),
            points(5..10)
        ))
    };
    check([
        ("billion laughs", with(&format!("<!DOCTYPE gpx [{laughs}]>"), "&lol9;"), Opens(10, 10, &[])),
        (
            "external entity",
            with("<!DOCTYPE gpx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;"),
            Opens(10, 10, &[]),
        ),
        ("nesting 10^6 deep", deep(true), Opens(10, 10, &[])),
        ("nesting 10^6 deep, never closed", deep(false), Opens(10, 10, &["mismatched-tag"])),
        ("a 20 MB name", ordinary().replace("Run", &"n".repeat(20 << 20)), Opens(10, 10, &[])),
        ("a 20 MB creator", ordinary().replace("test", &"n".repeat(20 << 20)), Opens(10, 10, &[])),
        (
            "a 20 MB tag",
            ordinary().replace("<trk>", &format!("<{}><trk>", "n".repeat(20 << 20))),
            Opens(10, 10, &["mismatched-tag"]),
        ),
        (
            "a million attributes",
            ordinary().replacen("<trk>", &format!("<trk {}>", "a=\"b\" ".repeat(1_000_000)), 1),
            Opens(10, 10, &[]),
        ),
        (
            "a million declarations",
            gpx(&format!("{}{}", "<!X".repeat(1_000_000), ordinary())),
            Opens(10, 10, &["mismatched-tag", "more-after-end"]),
        ),
        ("a million document types", "<!DOCTYPE a [".repeat(1_000_000), Refused("a text")),
        (
            "strays among others",
            gpx(&(points(0..40).repeat(1000) + &point_at(0, "2034-01-01T00:00:00Z"))),
            Opens(40_001, 40, &["repeated-time", "stray-time"]),
        ),
        ("a comment never closed", ordinary().replacen("<ele>", "<!-- <ele>", 9), Refused("damaged")),
        (
            "a million quotes",
            gpx(&format!("<a {}>{}", "\"'".repeat(500_000), points(0..10))),
            Opens(10, 10, &["mismatched-tag"]),
        ),
    ]);
    let external = with("<!DOCTYPE gpx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;");
    assert_eq!(read_bytes("x", external.as_bytes()).expect("opens").name, "&x;");
}

#[test]
fn other_kinds_named_gpx() {
    check([
        (
            "HTML",
            "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>",
            Refused("web page"),
        ),
        ("HTML without its beginning", "<body onload='x'><form></form></body>", Refused("web page")),
        (
            "KML",
            "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'><Document/></kml>",
            Refused("KML"),
        ),
        ("JSON", "{\"type\": \"FeatureCollection\"}", Refused("JSON")),
        ("PDF", "%PDF-1.7\n%\u{fffd}", Refused("PDF")),
        ("NMEA", "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47", Refused("NMEA")),
        ("an error message", "Not Found", Refused("a text")),
        ("other XML", "<?xml version='1.0'?><pwx><workout/></pwx>", Refused("XML file of another kind")),
        ("program", "\u{7f}ELF\u{2}\u{1}\u{1}\0\0\0", Refused("another kind")),
    ]);
}
