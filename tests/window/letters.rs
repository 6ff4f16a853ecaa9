//! Names in letters that Inter lacks, in the window: they come from the fonts of this computer. `scripts/test` installs
//! fonts that have them all.

use crate::harness::window;

/// The window with a run of this name, as pixels.
fn picture(name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.gpx");
    let points: Vec<String> = (0..60)
        .map(|second| {
            let latitude = 48.0 + f64::from(second) * 2e-5;
            format!("<trkpt lat=\"{latitude}\" lon=\"11\"><time>2026-11-14T08:12:{second:02}Z</time></trkpt>")
        })
        .collect();
    let track = format!("<gpx><trk><name>{name}</name><trkseg>{}</trkseg></trk></gpx>", points.concat());
    std::fs::write(&path, track).unwrap();
    let mut harness = window([900.0, 600.0], 1.0, vec![path]);
    harness.render().unwrap().into_raw()
}

#[test]
fn a_name_is_drawn_in_its_own_letters() {
    // Of equal length: as boxes they would look the same.
    for (writing, one, other) in [
        ("Chinese", "王小明", "李大文"),
        ("Japanese", "さくら", "はなこ"),
        ("Korean", "김민준", "박서연"),
        ("Thai", "กานดา", "มานะน"),
        ("Arabic", "محمد", "حسين"),
        ("Hebrew", "שרה", "דוד"),
    ] {
        let [one, other] = [one, other].map(picture);
        let differ = one.chunks(4).zip(other.chunks(4)).filter(|(a, b)| a != b).count();
        assert!(
            one.len() == other.len() && differ > 20,
            "{writing}: {differ} pixels differ; install fonts-wqy-microhei and fonts-noto-core (Debian's names)"
        );
    }
}
