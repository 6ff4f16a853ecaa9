//! The window over a large library, without a screen: from its making to the first frame with the list, beside an empty
//! library; and what frames cost in which the list is scrolled.
//!
//! The bars are 0.5 s until the list is shown, and 4 ms for a frame. `SPINEPACE_RUNS=100000` makes a library of that size
//! instead of 5,000 runs.

mod processor_time;

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    sync::atomic::AtomicBool,
    thread,
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use eframe::App as _;
use egui::{
    Event, Modifiers, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, Shape, TouchPhase, Vec2,
    epaint::ClippedShape, pos2, vec2,
};
use processor_time::now;
use spinepace::{
    app::App,
    library::{Access, Fate, Filter, Library, OpenOptions, PersonId, Place},
    recording,
};

const SCREEN: Rect = Rect { min: Pos2::ZERO, max: Pos2 { x: 1440.0, y: 900.0 } };
/// A place in the list.
const LIST: Pos2 = pos2(110.0, 500.0);
const RUNS: usize = 5_000;
const ROUNDS: usize = 11;
/// Frames in which the list is scrolled.
const FRAMES: usize = 600;

/// A run of a minute and a half; those of a library are nine hours apart.
fn gpx(number: usize) -> String {
    let start = DateTime::<Utc>::UNIX_EPOCH
        + TimeDelta::days(18_000)
        + TimeDelta::hours(9 * i64::try_from(number).expect("few"));
    let mut text = format!("<gpx><trk><name>Run {number}</name><trkseg>\n");
    for second in 0..=90 {
        let time = (start + TimeDelta::seconds(second)).format("%Y-%m-%dT%H:%M:%SZ");
        let latitude = 47.0 + (number % 500) as f64 / 1_000.0 + second as f64 * 1.9 / 111_195.0;
        writeln!(text, "<trkpt lat=\"{latitude:.6}\" lon=\"8.5\"><time>{time}</time></trkpt>").expect("text");
    }
    text.push_str("</trkseg></trk></gpx>\n");
    text
}

/// A library with so many runs. The day of the last one.
fn make(home: &Path, folder: &Path, count: usize) -> NaiveDate {
    let place = Place::at(home);
    let mut library = Library::open(place, OpenOptions { access: Access::Write }).expect("a library");
    fs::create_dir_all(folder).expect("a folder");
    for number in 0..count {
        fs::write(folder.join(format!("{number:06}.gpx")), gpx(number)).expect("a file");
    }
    let sources = recording::sources(&[folder.to_owned()]);
    let cancel = AtomicBool::new(false);
    let receipt = library.import(&sources, PersonId::ME, &cancel, &mut |_| ()).expect("imported");
    assert_eq!(receipt.count(Fate::Added), count);
    let runs = library.runs(&Filter::default()).expect("listed");
    runs.iter().map(|run| run.day).max().unwrap_or_default()
}

struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    time: f64,
    shapes: Vec<ClippedShape>,
}

impl Window {
    fn new(home: &Path, today: NaiveDate) -> Self {
        let ctx = egui::Context::default();
        let cc = eframe::CreationContext::_new_kittest(ctx.clone());
        let app = App::new(&cc, Vec::new()).with_library_in(home.to_owned(), today);
        Self { ctx, app, frame: eframe::Frame::_new_kittest(), time: 0.0, shapes: Vec::new() }
    }

    /// One frame, as the window would draw it.
    fn draw(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input =
            RawInput { screen_rect: Some(SCREEN), time: Some(self.time), events, ..RawInput::default() };
        let begun = now();
        let output = self.ctx.run_ui(input, |ui| self.app.ui(ui, &mut self.frame));
        std::hint::black_box(self.ctx.tessellate(output.shapes.clone(), output.pixels_per_point).len());
        let spent = now().saturating_sub(begun);
        self.shapes = output.shapes;
        spent
    }

    /// Draws until the library was read and all of it is seen.
    fn settle(&mut self) {
        self.draw(Vec::new());
        while self.app.is_busy() {
            thread::sleep(Duration::from_micros(500));
            self.draw(Vec::new());
        }
        self.draw(Vec::new());
    }

    /// Where these words stand in the last frame.
    fn find(&self, words: &str) -> Option<Pos2> {
        self.shapes.iter().find_map(|shape| match &shape.shape {
            Shape::Text(text) if text.galley.text() == words => Some(text.pos + vec2(2.0, 6.0)),
            _ => None,
        })
    }
}

fn say(name: &str, mut spent: Vec<Duration>) {
    spent.sort_unstable();
    let ms = |part: f64| spent[((spent.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    println!(
        "{name}: {} times, fastest {:.2} ms, median {:.2} ms, 99% within {:.2} ms, longest {:.2} ms",
        spent.len(),
        ms(0.0),
        ms(0.5),
        ms(0.99),
        ms(1.0)
    );
}

/// From making the window to the first frame with the list, by the clock on the wall.
fn start(home: &Path, today: NaiveDate, count: usize) -> Duration {
    let begun = Instant::now();
    let mut window = Window::new(home, today);
    window.settle();
    let spent = begun.elapsed();
    assert!(window.find("Me").is_some() && window.find(&count.to_string()).is_some(), "the list is shown");
    spent
}

fn scroll(window: &mut Window, name: &str) {
    window.draw(vec![Event::PointerMoved(LIST)]);
    let wheel = |down: f32| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: Vec2::new(0.0, down),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    };
    // Slowly, fast, and back.
    let steps = (0..FRAMES).map(|k| {
        if k < FRAMES / 3 {
            -20.0
        } else if k < 2 * FRAMES / 3 {
            -900.0
        } else {
            400.0
        }
    });
    say(name, steps.map(|down| window.draw(vec![wheel(down)])).collect());
}

fn main() {
    let count = std::env::var("SPINEPACE_RUNS").ok().and_then(|it| it.parse().ok()).unwrap_or(RUNS);
    let folder = tempfile::tempdir().expect("a folder");
    let (full, empty) = (folder.path().join("full"), folder.path().join("empty"));
    let today = make(&full, &folder.path().join("runs"), count);
    make(&empty, &folder.path().join("no runs"), 0);
    // They take turns, so that a busy machine slows both.
    let rounds: Vec<[Duration; 2]> =
        (0..ROUNDS).map(|_| [start(&empty, today, 0), start(&full, today, count)]).collect();
    say("start, an empty library", rounds.iter().map(|it| it[0]).collect());
    say(&format!("start, {count} runs"), rounds.iter().map(|it| it[1]).collect());
    let mut window = Window::new(&full, today);
    window.settle();
    let at = window.find("Me").expect("a line of the list");
    for pressed in [true, false] {
        let click = Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.draw(vec![Event::PointerMoved(at), click]);
    }
    let begun = Instant::now();
    window.settle();
    println!("the page of {count} runs: {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    scroll(&mut window, "scrolling the list beside the page");
}
