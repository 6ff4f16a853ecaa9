//! What a frame costs the user interface's thread, without a display: layout, pictures and triangles.
//!
//! The bars are 4 ms at 36,000 fixes and 8 ms at 330,000, for every frame: beside the mean, the 99th
//! percentile and the longest frame are printed. What is counted is processor time of that one thread, where the
//! system tells it: other threads and programs must not show.

mod processor_time;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main, measurement::WallTime};
use eframe::App as _;
use egui::{
    CursorIcon, Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase, Vec2,
    accesskit::{Node, TreeUpdate},
    pos2, vec2,
};
use processor_time::now;
use spinepace::app::App;

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: Pos2 { x: 1440.0, y: 900.0 } };

/// A run, one fix a second: walking and running by turns, with a position error that drifts.
fn gpx(fixes: u32, day: u32, mut seed: u32) -> String {
    let mut text = format!("<gpx version=\"1.1\"><trk><name>Run {seed}</name><trkseg>\n");
    let (mut north_m, mut east_m, mut heading) = (0.0_f64, 0.0_f64, 0.0_f64);
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
        let (days, rest) = (day + second / 86_400, second % 86_400);
        let (month, day) = (1 + days / 28, 1 + days % 28);
        let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
        let _ = writeln!(
            text,
            "<trkpt lat=\"{lat:.7}\" lon=\"{lon:.7}\"><time>20{:02}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z</time></trkpt>",
            month / 12 + 10,
            month % 12 + 1,
        );
    }
    text + "</trkseg></trk></gpx>"
}

/// A window with runs open, and everything read and computed.
struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    time: f64,
    cursor: CursorIcon,
    /// What screen readers were told of the last frame, where they were told.
    told: Option<TreeUpdate>,
}

impl Window {
    /// Opens files and prints what the frames cost meanwhile.
    fn new(name: &str, files: Vec<PathBuf>) -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&eframe::CreationContext::_new_kittest(ctx.clone()), files);
        let frame = eframe::Frame::_new_kittest();
        let mut window = Self { ctx, app, frame, time: 0.0, cursor: CursorIcon::Default, told: None };
        // The first frame sets the type and draws no run.
        window.draw(Vec::new());
        let mut spent = Vec::new();
        while window.app.is_busy() {
            spent.push(window.draw(Vec::new()));
            thread::sleep(Duration::from_millis(5));
        }
        say(&format!("{name}/while opening"), spent);
        window
    }

    /// One frame, as the window would draw it.
    fn draw(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input =
            RawInput { screen_rect: Some(SCREEN), time: Some(self.time), events, ..RawInput::default() };
        let begun = now();
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui, &mut self.frame));
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point).len());
        let spent = now().saturating_sub(begun);
        self.cursor = output.platform_output.cursor_icon;
        self.told = output.platform_output.accesskit_update;
        spent
    }

    /// Draws until nothing is computed any more.
    fn settle(&mut self) {
        self.draw(Vec::new());
        while self.app.is_busy() {
            self.draw(Vec::new());
        }
        self.draw(Vec::new());
    }

    /// Where something is that screen readers are told of by words that begin like this. They are told in no frame
    /// that is measured.
    fn place_of(&mut self, words: &str) -> Rect {
        self.ctx.enable_accesskit();
        self.draw(Vec::new());
        self.ctx.disable_accesskit();
        let told = self.told.take().expect("screen readers are told of the frame");
        let labelled = |(_, node): &&(_, Node)| node.label().is_some_and(|label| label.starts_with(words));
        let (_, node) =
            told.nodes.iter().find(labelled).unwrap_or_else(|| panic!("no {words:?} in the window"));
        let place = node.bounds().expect("what is seen has a place");
        Rect::from_min_max(pos2(place.x0 as f32, place.y0 as f32), pos2(place.x1 as f32, place.y1 as f32))
    }

    /// Where the threshold is taken hold of in the speed chart, which is there.
    fn threshold(&mut self, chart: Rect) -> Pos2 {
        let held = |window: &mut Self, y: f32| {
            window.draw(vec![Event::PointerMoved(pos2(chart.center().x, y))]);
            window.cursor == CursorIcon::ResizeVertical
        };
        let mut heights = (chart.top() as u32..chart.bottom() as u32).map(|y| y as f32);
        let first = heights.find(|y| held(self, *y)).expect("the threshold lies in the chart");
        let last = heights.take_while(|y| held(self, *y)).last().unwrap_or(first);
        pos2(chart.center().x, f32::midpoint(first, last))
    }
}

fn say(name: &str, mut spent: Vec<Duration>) {
    spent.sort_unstable();
    let ms = |k: usize| spent.get(k).map_or(0.0, |it| it.as_secs_f64() * 1e3);
    let (count, last) = (spent.len(), spent.len().saturating_sub(1));
    println!(
        "{name}: {count} frames, median {:.2} ms, 99% within {:.2} ms, longest {:.2} ms",
        ms(last / 2),
        ms(last * 99 / 100),
        ms(last)
    );
}

/// How long it takes until the numbers of another threshold are shown, on the clock on the wall.
fn say_wait(name: &str, window: &mut Window) {
    let wait = |window: &mut Window, key_: Key| {
        let begun = Instant::now();
        window.draw(vec![key(key_, Modifiers::COMMAND)]);
        while window.app.is_busy() {
            thread::sleep(Duration::from_micros(200));
            window.draw(Vec::new());
        }
        begun.elapsed()
    };
    let keys = [Key::ArrowUp, Key::ArrowDown].into_iter().cycle().take(20);
    say(
        &format!("{name}/wait for the numbers of another threshold"),
        keys.map(|k| wait(window, k)).collect(),
    );
}

/// Frames with these events, by their count.
fn bench(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    window: &mut Window,
    mut events: impl FnMut(u32) -> Vec<Event>,
) {
    let (mut all, mut step) = (Vec::new(), 0);
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|count| {
            let mut sum = Duration::ZERO;
            for _ in 0..count {
                let spent = window.draw(events(step));
                step += 1;
                sum += spent;
                all.push(spent);
            }
            sum
        });
    });
    if !all.is_empty() {
        say(name, all);
    }
    window.settle();
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// The wheel turned, with Ctrl to zoom.
fn wheel(delta: Vec2, modifiers: Modifiers) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers,
    }
}

/// There and back again, `most` steps either way.
fn swing(step: u32, most: u32) -> f32 {
    let at = step % (2 * most);
    at.min(2 * most - at) as f32
}

fn one_run(criterion: &mut Criterion, folder: &Path) {
    for fixes in [3_600, 36_000, 330_000] {
        let files: Vec<PathBuf> = (1..=2).map(|k| folder.join(format!("{k} of {fixes}.gpx"))).collect();
        for (k, file) in files.iter().enumerate() {
            fs::write(file, gpx(fixes, 0, 1 + k as u32)).expect("a file to open");
        }
        let name = format!("{fixes} fixes");
        let window = &mut Window::new(&name, files);
        say_wait(&name, window);
        let mut group = criterion.benchmark_group(&name);
        group
            .sample_size(20)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(2));
        let group = &mut group;
        let (chart, route) = (window.place_of("Speed over "), window.place_of("Route of "));
        bench(group, "nothing new", window, |_| Vec::new());
        let [at, over_route] = [chart, route].map(|picture| picture.center());
        bench(group, "pointer over the chart", window, |k| {
            vec![Event::PointerMoved(at + vec2(swing(k, 100) * 4.0 - 200.0, 0.0))]
        });
        bench(group, "pointer over the route", window, |k| {
            vec![Event::PointerMoved(over_route + vec2(swing(k, 30) * 4.0 - 60.0, 0.0))]
        });
        window.draw(vec![Event::PointerMoved(at)]);
        bench(group, "zooming", window, |k| {
            vec![wheel(vec2(0.0, if k % 80 < 40 { 30.0 } else { -30.0 }), Modifiers::COMMAND)]
        });
        window.draw(vec![key(Key::Num0, Modifiers::NONE)]);
        for _ in 0..12 {
            window.draw(vec![wheel(vec2(0.0, 30.0), Modifiers::COMMAND)]);
        }
        bench(group, "panning", window, |k| {
            vec![wheel(vec2(if k % 80 < 40 { 25.0 } else { -25.0 }, 0.0), Modifiers::NONE)]
        });
        window.draw(vec![key(Key::Num0, Modifiers::NONE)]);
        let held = window.threshold(chart);
        window.draw(vec![button(held, true)]);
        bench(group, "threshold dragged", window, |k| {
            vec![Event::PointerMoved(held + vec2(0.0, 3.0 * swing(k, 8) - 24.0))]
        });
        window.draw(vec![button(held, false)]);
        window.settle();
        let from = pos2(at.x - 150.0, chart.top() + 30.0);
        bench(group, "range drawn, chosen and cleared", window, |k| match k % 24 {
            0 => vec![Event::PointerMoved(from)],
            1 => vec![button(from, true)],
            move_ @ 2..12 => vec![Event::PointerMoved(from + vec2(20.0 * move_ as f32, 0.0))],
            12 => vec![button(from + vec2(220.0, 0.0), false)],
            20 => vec![key(Key::Escape, Modifiers::NONE)],
            _ => Vec::new(),
        });
        let commands = |names: [&'static str; 2]| {
            move |k: u32| match k % 8 {
                0 => vec![key(Key::K, Modifiers::COMMAND)],
                2 => vec![Event::Text(names[k as usize / 8 % 2].to_owned())],
                4 => vec![key(Key::Enter, Modifiers::NONE)],
                _ => Vec::new(),
            }
        };
        bench(group, "another unit", window, commands(["speeds in km/h", "speeds in m/s"]));
        bench(group, "another axis", window, commands(["speed over distance", "speed over elapsed"]));
        bench(group, "every point listed", window, commands(["point by point", "split by kilometre"]));
        bench(group, "another run selected", window, |k| match k % 16 {
            0 => vec![key(Key::PageDown, Modifiers::NONE)],
            8 => vec![key(Key::PageUp, Modifiers::NONE)],
            _ => Vec::new(),
        });
    }
}

fn many_runs(criterion: &mut Criterion, folder: &Path) {
    let folder = folder.join("many");
    fs::create_dir(&folder).expect("a folder");
    for k in 0..500 {
        fs::write(folder.join(format!("{k}.gpx")), gpx(600, k, k)).expect("a file to open");
    }
    let window = &mut Window::new("500 runs", vec![folder]);
    let mut group = criterion.benchmark_group("500 runs");
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    let group = &mut group;
    bench(group, "nothing new", window, |_| Vec::new());
    let search = window.place_of("Search runs");
    window.draw(vec![Event::PointerMoved(search.center_bottom() + vec2(0.0, 200.0))]);
    bench(group, "list scrolled", window, |k| {
        vec![wheel(vec2(0.0, if k % 200 < 100 { -90.0 } else { 90.0 }), Modifiers::NONE)]
    });
    bench(group, "threshold moved", window, |k| {
        vec![key(if k % 2 == 0 { Key::ArrowUp } else { Key::ArrowDown }, Modifiers::COMMAND)]
    });
    bench(group, "next run", window, |_| vec![key(Key::PageDown, Modifiers::NONE)]);
}

fn frames(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    one_run(criterion, folder.path());
    many_runs(criterion, folder.path());
}

criterion_group!(benches, frames);
criterion_main!(benches);
