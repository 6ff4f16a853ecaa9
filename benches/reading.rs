//! Reading GPX in MB/s, beside the `gpx` crate on the same bytes and, where it is installed, GPSBabel on the same
//! file: ten hours at one fix a second, as a watch with heart rate and cadence writes them and as a phone does.
//!
//! GPSBabel runs as a process that reads the file and discards what it read; what such a process takes for a file of
//! two fixes is taken off, so that its start does not count.

use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use spinepace::recording;

const FIXES: usize = 36_000;

/// A recording; `extensions` with heart rate and cadence and with 14 decimals, as Garmin writes them.
fn gpx_of(fixes: usize, extensions: bool) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"bench\" version=\"1.1\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\" \
         xmlns:ns3=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\">\n  <trk>\n    <trkseg>\n"
        .to_owned();
    let decimals = if extensions { 14 } else { 7 };
    for second in 0..fixes {
        let angle = second as f64 / 500.0;
        let (latitude, longitude) = (47.0 + 0.009 * angle.sin(), 8.0 - 0.013 * angle.cos());
        let elevation = 400.0 + 50.0 * (angle / 2.0).sin();
        let [hour, minute, second_of_minute] = [second / 3600, second / 60 % 60, second % 60];
        let _ = write!(
            text,
            "      <trkpt lat=\"{latitude:.decimals$}\" lon=\"{longitude:.decimals$}\">\n        <ele>{elevation:.1}</ele>\n\
             \x20       <time>2024-05-01T{hour:02}:{minute:02}:{second_of_minute:02}.000Z</time>\n"
        );
        if extensions {
            let (heart_rate, cadence) = (140 + second % 20, 80 + second % 5);
            let _ = write!(
                text,
                "        <extensions>\n          <ns3:TrackPointExtension>\n            <ns3:hr>{heart_rate}</ns3:hr>\n\
                 \x20           <ns3:cad>{cadence}</ns3:cad>\n          </ns3:TrackPointExtension>\n        </extensions>\n"
            );
        }
        text += "      </trkpt>\n";
    }
    text + "    </trkseg>\n  </trk>\n</gpx>\n"
}

/// GPSBabel reading a file into nothing; `None` where it is not installed.
fn gpsbabel(file: &Path) -> Option<Duration> {
    let start = Instant::now();
    let mut command = Command::new("gpsbabel");
    command.args(["-t", "-i", "gpx", "-f"]).arg(file).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().ok()?.success().then(|| start.elapsed())
}

fn reading(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, short) = (folder.path().join("run.gpx"), folder.path().join("short.gpx"));
    for (name, extensions) in [("watch", true), ("phone", false)] {
        let text = gpx_of(FIXES, extensions);
        fs::write(&file, &text).expect("written");
        fs::write(&short, gpx_of(2, extensions)).expect("written");
        let mut group = criterion.benchmark_group(format!("reading a {name}'s 10-hour GPX"));
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
        group.bench_function("spinepace", |bencher| {
            bencher.iter(|| recording::read_bytes("bench", black_box(text.as_bytes())).map(|it| it.points));
        });
        group.bench_function("gpx crate", |bencher| {
            bencher.iter(|| gpx::read(black_box(text.as_bytes())).map(|it| it.tracks.len()));
        });
        if gpsbabel(&short).is_some() {
            let seconds = |file: &Path| gpsbabel(file).unwrap_or_default();
            group.bench_function("gpsbabel", |bencher| {
                bencher.iter_custom(|count| {
                    (0..count).map(|_| seconds(&file).saturating_sub(seconds(&short))).sum()
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
