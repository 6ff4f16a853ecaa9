//! What a frame costs the user interface's thread, without a display: layout, pictures and triangles.
//!
//! The bars are 4 ms at 36,000 fixes and 8 ms at 330,000.

use std::{fmt::Write as _, fs, path::PathBuf, thread, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use eframe::App as _;
use egui::{Event, Pos2, RawInput, Rect, pos2, vec2};
use spinepace::app::App;

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: Pos2 { x: 1440.0, y: 900.0 } };

/// A long run, one fix a second: walking and running by turns, with a position error that drifts.
fn gpx(fixes: u32) -> String {
    let mut text = String::from("<gpx version=\"1.1\"><trk><name>long</name><trkseg>\n");
    let (mut north_m, mut east_m, mut heading, mut seed) = (0.0_f64, 0.0_f64, 0.0_f64, 1_u32);
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(seed >> 8) / f64::from(1 << 24) - 0.5
    };
    let mut error = [0.0; 2];
    for second in 0..fixes {
        let speed = if second / 600 % 3 == 1 { 2.7 } else { 1.6 };
        heading += 0.05 * noise();
        north_m += speed * heading.cos();
        east_m += speed * heading.sin();
        error = error.map(|e| 0.95 * e + noise());
        let (lat, lon) = (48.0 + (north_m + error[0]) / 111_195.0, 11.0 + (east_m + error[1]) / 74_400.0);
        let (day, rest) = (1 + second / 86_400, second % 86_400);
        let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
        let _ = writeln!(
            text,
            "<trkpt lat=\"{lat:.7}\" lon=\"{lon:.7}\"><time>2026-05-{day:02}T{hour:02}:{minute:02}:{second:02}Z</time></trkpt>"
        );
    }
    text + "</trkseg></trk></gpx>"
}

/// A window with that run open, and everything read.
struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    time: f64,
}

impl Window {
    fn new(file: PathBuf) -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&eframe::CreationContext::_new_kittest(ctx.clone()), vec![file]);
        let mut window = Self { ctx, app, frame: eframe::Frame::_new_kittest(), time: 0.0 };
        loop {
            window.draw(Vec::new());
            if !window.app.is_loading() {
                return window;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// One frame, as the window would draw it.
    fn draw(&mut self, events: Vec<Event>) -> usize {
        self.time += 1.0 / 60.0;
        let input =
            RawInput { screen_rect: Some(SCREEN), time: Some(self.time), events, ..RawInput::default() };
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui, &mut self.frame));
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }
}

fn frames(criterion: &mut Criterion) {
    for fixes in [3_600, 36_000, 330_000] {
        let file = std::env::temp_dir().join(format!("spinepace bench {} {fixes}.gpx", std::process::id()));
        fs::write(&file, gpx(fixes)).expect("a file to open");
        let mut window = Window::new(file.clone());
        fs::remove_file(&file).expect("the same file");
        let mut group = criterion.benchmark_group(format!("{fixes} fixes"));
        group.sample_size(30);
        let mut step = 0.0_f32;
        group.bench_function("pointer over the chart", |bencher| {
            bencher.iter(|| {
                step = (step + 7.0) % 700.0;
                window.draw(vec![Event::PointerMoved(pos2(350.0, 430.0) + vec2(step, 0.0))])
            });
        });
        group.bench_function("nothing new", |bencher| bencher.iter(|| window.draw(Vec::new())));
        let wheel = |by: f32| {
            vec![Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, by),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: egui::Modifiers::NONE,
            }]
        };
        window.draw(vec![Event::PointerMoved(pos2(700.0, 430.0))]);
        let mut inwards = true;
        group.bench_function("zooming", |bencher| {
            bencher.iter(|| {
                inwards = !inwards;
                window.draw(wheel(if inwards { 40.0 } else { -40.0 }))
            });
        });
        let mut upwards = false;
        group.bench_function("another threshold", |bencher| {
            bencher.iter(|| {
                upwards = !upwards;
                window.draw(vec![Event::Key {
                    key: if upwards { egui::Key::ArrowUp } else { egui::Key::ArrowDown },
                    physical_key: None,
                    pressed: true,
                    repeat: false,
                    modifiers: egui::Modifiers::COMMAND,
                }])
            });
        });
        group.finish();
    }
}

criterion_group!(benches, frames);
criterion_main!(benches);
