//! What a person looks at of the run on show.

use crate::{band::TimeRange, units::SpeedUnit};

/// How many times as fast as the runner the cursor can run.
const PLAY_SPEEDS: [f64; 4] = [10.0, 30.0, 60.0, 120.0];

/// Speeds whose moments are marked: those of a bar of the histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Lower edge, exclusive, m/s.
    pub low_mps: f64,
    /// Upper edge, inclusive, m/s; infinite where all that is faster is meant, too.
    pub high_mps: f64,
    /// Whether standing is meant instead.
    pub standing: bool,
}

impl Mark {
    /// "1.90 – 2.00 m/s", "standing".
    pub fn words(self, unit: SpeedUnit) -> String {
        let low = unit.number(self.low_mps);
        match (self.standing, self.high_mps.is_finite()) {
            (true, _) => "standing".to_owned(),
            (false, true) => format!("{low} – {} {}", unit.number(self.high_mps), unit.symbol()),
            (false, false) => format!("{low} {} and faster", unit.symbol()),
        }
    }
}

/// The larger route grows at most so many times.
const MOST_ZOOM: f32 = 400.0;

/// How the larger route is looked at: how near, and which part of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MapLook {
    /// How many times as large as the whole of it fits.
    pub zoom: f32,
    /// From the route's middle to the picture's, metres east and north.
    pub moved_m: [f32; 2],
}

impl Default for MapLook {
    fn default() -> Self {
        Self { zoom: 1.0, moved_m: [0.0; 2] }
    }
}

impl MapLook {
    /// So many times as large; a place, told from the route's middle in metres east and north, stays where it is seen.
    #[must_use]
    pub fn zoomed(self, factor: f32, about_m: [f32; 2]) -> Self {
        let zoom = (self.zoom * factor).clamp(1.0, MOST_ZOOM);
        let kept = self.zoom / zoom;
        Self { zoom, moved_m: [0, 1].map(|axis| about_m[axis] + kept * (self.moved_m[axis] - about_m[axis])) }
    }

    /// Moved by so many metres east and north.
    #[must_use]
    pub fn moved(self, by_m: [f32; 2]) -> Self {
        Self { moved_m: [0, 1].map(|axis| self.moved_m[axis] + by_m[axis]), ..self }
    }

    /// With its middle within the route's bounds; the whole route stays in the middle.
    #[must_use]
    pub fn within(self, bounds_m: [[f32; 2]; 2]) -> Self {
        if self.zoom <= 1.0 {
            return Self::default();
        }
        let half = [0, 1].map(|axis| (bounds_m[1][axis] - bounds_m[0][axis]).max(0.0) / 2.0);
        Self { moved_m: [0, 1].map(|axis| self.moved_m[axis].clamp(-half[axis], half[axis])), ..self }
    }
}

/// A choice of moment, stretch and zoom; it ends with the run.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The stretch that everything speaks of; `None` is the whole run.
    pub range: Option<TimeRange>,
    /// What the speed chart shows, from and to along its axis; `None` is the whole run.
    pub zoom: Option<[f64; 2]>,
    /// Where a stretch is being drawn with the pointer: its fixed end and its moving one, s.
    pub dragged: Option<[f64; 2]>,
    /// How the larger route is looked at.
    pub map: MapLook,
    /// Which speeds are marked.
    pub marked: Option<Mark>,
    /// Whether all that was odd is shown, not only the first of it.
    pub all_remarks: bool,
    /// How many times as fast as the runner the cursor runs, where it does.
    playing: Option<f64>,
    /// When it was last moved, by the context's clock.
    pub moved_at_s: Option<f64>,
    /// The speed it last ran at.
    play_speed: f64,
    /// The moment that all pictures mark, seconds since the run's start.
    cursor_s: Option<f64>,
    /// The moment under the pointer in this frame.
    hovered_s: Option<f64>,
    /// The moment chosen by keyboard.
    kept_s: Option<f64>,
    /// Whether the keyboard chose later than the pointer moved, which may rest on a chart meanwhile.
    by_keyboard: bool,
}

impl View {
    /// The moment to mark.
    pub fn cursor_s(&self) -> Option<f64> {
        self.cursor_s
    }

    /// The pointer is over something of this moment.
    pub fn hover(&mut self, time_s: f64) {
        self.hovered_s = Some(time_s);
    }

    /// The keyboard chose this moment.
    pub fn keep(&mut self, time_s: Option<f64>) {
        self.kept_s = time_s;
        self.by_keyboard = time_s.is_some();
    }

    /// Lets the cursor run, or stops it.
    pub fn play(&mut self) {
        self.playing = match self.playing {
            Some(_) => None,
            None => Some(self.play_speed.max(PLAY_SPEEDS[0])),
        };
    }

    /// Lets it run at the next speed, after the fastest at the slowest again.
    pub fn play_faster(&mut self) {
        let next = PLAY_SPEEDS.into_iter().find(|speed| *speed > self.play_speed.max(PLAY_SPEEDS[0]));
        self.play_speed = next.unwrap_or(PLAY_SPEEDS[0]);
        self.playing = Some(self.play_speed);
    }

    /// How fast the cursor runs, where it does.
    pub fn playing(&self) -> Option<f64> {
        self.playing
    }

    /// Moves the running cursor by so many seconds of the clock on the wall; at the end it stops.
    pub fn run_on(&mut self, elapsed_s: f64, end_s: f64) {
        let Some(speed) = self.playing else { return };
        let from = self.kept_s.filter(|at| *at < end_s).unwrap_or(0.0);
        let to = from + elapsed_s * speed;
        self.kept_s = Some(to.min(end_s));
        if to >= end_s {
            self.playing = None;
        }
    }

    /// Speaks of a stretch; one without length is none.
    pub fn choose(&mut self, range: TimeRange) {
        self.range = (range.end_s > range.start_s).then_some(range);
    }

    /// Speaks of a stretch; what is chosen again is left again.
    pub fn choose_or_leave(&mut self, range: TimeRange) {
        if self.range == Some(range) {
            self.range = None;
        } else {
            self.choose(range);
        }
    }

    /// Speaks of the stretch that is drawn.
    pub fn end_range(&mut self) {
        if let Some([a, b]) = self.dragged.take() {
            self.choose(TimeRange { start_s: a.min(b), end_s: a.max(b) });
        }
    }

    /// Before the panels are drawn.
    pub fn begin_frame(&mut self, pointer_moved: bool) {
        self.hovered_s = None;
        self.by_keyboard &= !pointer_moved;
    }

    /// After the panels are drawn: whether the cursor moved, so that those drawn before must be drawn again.
    pub fn end_frame(&mut self) -> bool {
        // A pointer that happens to lie over a chart must not hold the running cursor.
        let kept = self.playing.is_some() || self.by_keyboard;
        let next = if kept { self.kept_s } else { self.hovered_s.or(self.kept_s) };
        let moved = next != self.cursor_s;
        self.cursor_s = next;
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_under_the_pointer_stays_there_and_the_route_stays_in_view() {
        let bounds_m = [[-500.0, -200.0], [500.0, 200.0]];
        let near = MapLook::default().zoomed(4.0, [300.0, 100.0]).within(bounds_m);
        assert_eq!(near, MapLook { zoom: 4.0, moved_m: [225.0, 75.0] });
        // Where it is seen: its metres from the picture's middle times the zoom.
        assert_eq!([0, 1].map(|axis| 4.0 * ([300.0, 100.0][axis] - near.moved_m[axis])), [300.0, 100.0]);
        let far = near.moved([9_000.0, -9_000.0]).within(bounds_m);
        assert_eq!(far.moved_m, [500.0, -200.0]);
        assert_eq!(far.zoomed(0.1, [0.0, 0.0]).within(bounds_m), MapLook::default());
    }
}
