//! Runs of any length, made up.

use std::{fmt::Write as _, fs, path::Path};

/// Writes a run, one fix a second: 10 min of walking, 10 min of running, by turns, from that day of 2025 on.
pub fn write(file: &Path, day: u32, seconds: u32) {
    let mut text = format!("<gpx version=\"1.1\"><trk><name>Long way round {day}</name><trkseg>\n");
    let (mut north_m, mut east_m) = (0.0_f64, 0.0_f64);
    for second in 0..seconds {
        let speed = if second / 600 % 2 == 0 { 1.6 } else { 2.7 };
        let heading = f64::from(second) / 500.0;
        (north_m, east_m) = (north_m + speed * heading.cos(), east_m + speed * heading.sin());
        // A receiver is never still.
        let error_m = (f64::from(second) / 7.0).sin() + (f64::from(second) / 31.0).cos();
        let (lat, lon) = (48.0 + (north_m + error_m) / 111_195.0, 11.0 + (east_m - error_m) / 74_400.0);
        let (day, rest) = (day + second / 86_400, second % 86_400);
        let _ = writeln!(
            text,
            "<trkpt lat=\"{lat:.7}\" lon=\"{lon:.7}\"><time>20{:02}-{:02}-{:02}T{:02}:{:02}:{:02}Z</time></trkpt>",
            10 + day / 336,
            1 + day / 28 % 12,
            1 + day % 28,
            rest / 3600,
            rest / 60 % 60,
            rest % 60
        );
    }
    fs::write(file, text + "</trkseg></trk></gpx>").expect("a file to open");
}
