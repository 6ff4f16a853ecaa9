//! Faults of positions and of the other values of a point.

use spinepace::recording::{Recording, read_bytes};

use super::{Expected, Opens, Refused, check, gpx, ordinary, point, points};

/// Ten points, of which the sixth has these attributes.
fn sixth(attributes: &str) -> String {
    let point = point(5);
    let own = &point[7..point.find('>').expect("in it")];
    gpx(&(points(0..5) + &point.replace(own, attributes) + &points(6..10)))
}

fn with_elevation(text: &str) -> String {
    ordinary().replacen("<ele>400</ele>", text, 1)
}

fn open(text: &str) -> Recording {
    read_bytes("x", text.as_bytes()).expect("opens")
}

#[test]
fn one_position() {
    const BAD: Expected = Opens(9, 9, &["bad-position"]);
    const FINE: Expected = Opens(10, 10, &[]);
    let cases: [(&'static str, &str, Expected); 22] = [
        ("lat 91", "lat=\"91\" lon=\"8.5\"", BAD),
        ("lon 181", "lat=\"47\" lon=\"181\"", BAD),
        ("lon 180", "lat=\"47\" lon=\"180\"", FINE),
        ("lon -180", "lat=\"47\" lon=\"-180\"", FINE),
        ("pole", "lat=\"90\" lon=\"0\"", FINE),
        ("NaN", "lat=\"NaN\" lon=\"8.5\"", BAD),
        ("infinite", "lat=\"47\" lon=\"inf\"", BAD),
        ("undefined", "lat=\"undefined\" lon=\"undefined\"", BAD),
        ("missing latitude", "lon=\"8.5\"", BAD),
        ("missing longitude", "lat=\"47\"", BAD),
        ("missing both", "", BAD),
        ("empty", "lat=\"\" lon=\"\"", BAD),
        ("plus and blanks", "lat=\" +47.0001 \" lon=\"\t8.5\n\"", FINE),
        ("exponent", "lat=\"4.70001e1\" lon=\"85E-1\"", FINE),
        ("40 digits", "lat=\"47.0001000000000000000000000000000000000001\" lon=\"8.5\"", FINE),
        ("decimal comma", "lat=\"47,0001\" lon=\"8,5\"", FINE),
        ("degrees and minutes", "lat=\"47°00.06'\" lon=\"8.5\"", BAD),
        ("no quotes", "lat=47.0001 lon=8.5", FINE),
        ("0, 0", "lat=\"0\" lon=\"0.0\"", Opens(10, 9, &["no-position-yet"])),
        ("negative 0, 0", "lat=\"-0.000\" lon=\"0\"", Opens(10, 9, &["no-position-yet"])),
        ("pause of OpenTracks", "lat=\"100\" lon=\"0\"", Opens(9, 9, &[])),
        ("end of pause of OpenTracks", "lat=\"200\" lon=\"0\"", Opens(9, 9, &[])),
    ];
    check(cases.map(|(fault, attributes, expected)| (fault, sixth(attributes), expected)));
}

#[test]
fn all_positions() {
    let run = |latitude: &str, longitude: &dyn Fn(usize) -> String| {
        let at = |second| {
            let point = point(second);
            let own = &point[7..point.find('>').expect("in it")];
            point.replace(own, &format!("lat=\"{latitude}\" lon=\"{}\"", longitude(second)))
        };
        gpx(&(0..10).map(at).collect::<String>())
    };
    check([
        ("all 0, 0", run("0", &|_| "0".to_owned()), Opens(10, 10, &["no-position"])),
        ("all missing", ordinary().replace("lat=", "latitude="), Refused("no usable positions")),
        ("across 0, 0", run("0", &|second| format!("{}", second as f64 * 2e-5 - 1e-4)), Opens(10, 10, &[])),
        (
            "across the antimeridian",
            run("60", &|second| match second {
                0..5 => format!("179.9999{second}"),
                _ => format!("-179.9999{}", 14 - second),
            }),
            Opens(10, 10, &[]),
        ),
        ("around the pole", run("90", &|second| format!("{}", second * 36)), Opens(6, 6, &["bad-position"])),
        ("standing still", run("47", &|_| "8".to_owned()), Opens(10, 10, &[])),
    ]);
}

#[test]
fn elevations() {
    check([
        ("NaN", with_elevation("<ele>NaN</ele>"), Opens(10, 10, &[])),
        ("empty", with_elevation("<ele/>"), Opens(10, 10, &[])),
        ("blank", with_elevation("<ele> \n </ele>"), Opens(10, 10, &[])),
        ("with a unit", with_elevation("<ele>400 m</ele>"), Opens(10, 10, &["bad-value"])),
        ("beyond reason", with_elevation("<ele>1e300</ele>"), Opens(10, 10, &["bad-value"])),
        ("missing", with_elevation(""), Opens(10, 10, &[])),
    ]);
    assert!(open(&with_elevation("<ele>400 m</ele>")).fixes.elevation_m[0].is_nan());
    assert_eq!(open(&ordinary()).fixes.elevation_m, [400.0; 10]);
    assert!(open(&ordinary().replace("<ele>400</ele>", "")).fixes.elevation_m.is_empty());
}

#[test]
fn an_interruption_is_a_break() {
    assert_eq!(open(&sixth("lat=\"100\" lon=\"0\"")).breaks, [5]);
    assert!(open(&sixth("lat=\"47\" lon=\"8\"")).breaks.is_empty());
}

#[test]
fn extensions() {
    let garmin = "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>150</gpxtpx:hr><gpxtpx:cad>85</gpxtpx:cad>\
                  <gpxtpx:speed>2.5</gpxtpx:speed></gpxtpx:TrackPointExtension></extensions>";
    let cases = [
        ("Garmin", garmin, (150, 170, 2.5)),
        ("Garmin, unbound prefix ns3", &garmin.replace("gpxtpx:", "ns3:"), (150, 170, 2.5)),
        (
            "Apple",
            "<extensions><speed>1.5</speed><course>90</course><hAcc>3</hAcc></extensions>",
            (0, 0, 1.5),
        ),
        (
            "OsmAnd",
            "<extensions><osmand:speed>1.5</osmand:speed><speed>1.5</speed></extensions>",
            (0, 0, 1.5),
        ),
        (
            "Cluetrust",
            "<extensions><gpxdata:hr>99</gpxdata:hr><gpxdata:cadence>90</gpxdata:cadence></extensions>",
            (99, 180, f32::NAN),
        ),
        ("GPX 1.0", "<course>90</course><speed>3.25</speed><fix>3d</fix><sat>x</sat>", (0, 0, 3.25)),
        ("steps of both feet", "<extensions><cad>172</cad></extensions>", (0, 172, f32::NAN)),
        (
            "unknown children",
            "<bogus><hr2>7</hr2></bogus><link href='::'><text>hr</text></link>",
            (0, 0, f32::NAN),
        ),
        ("unknown speed", "<extensions><speed>-1.0</speed></extensions>", (0, 0, f32::NAN)),
    ];
    for (fault, text, (heart_rate, cadence, speed)) in cases {
        let recording = open(&ordinary().replace("</ele>", &format!("</ele>{text}")));
        let fixes = &recording.fixes;
        assert_eq!(recording.warnings, [], "{fault}");
        assert_eq!(fixes.heart_rate_bpm.first().copied().unwrap_or(0), heart_rate, "{fault}");
        assert_eq!(fixes.cadence_spm.first().copied().unwrap_or(0), cadence, "{fault}");
        let device_speed = fixes.device_speed_mps.first().copied().unwrap_or(f32::NAN);
        assert!(
            device_speed == speed || (device_speed.is_nan() && speed.is_nan()),
            "{fault}: {device_speed}"
        );
    }
    check([
        (
            "heart rate 300",
            ordinary().replacen("</ele>", "</ele><hr>300</hr>", 1),
            Opens(10, 10, &["bad-value"]),
        ),
        (
            "heart rate in words",
            ordinary().replacen("</ele>", "</ele><hr>high</hr>", 1),
            Opens(10, 10, &["bad-value"]),
        ),
        (
            "bad link, e-mail and sat",
            ordinary().replace("</ele>", "</ele><link/><email id='@'/><sat>-</sat>"),
            Opens(10, 10, &[]),
        ),
        (
            "bad bounds",
            ordinary().replace("<trk>", "<metadata><bounds minlat='x' maxlon='999'/></metadata><trk>"),
            Opens(10, 10, &[]),
        ),
    ]);
}
