//! How far up and down the way went.
//!
//! A sum of all rises in the recorded elevations would mostly add up noise. So they are averaged over some seconds, and of what is
//! left only rises and falls of a few metres count: from a low to the next high that lies at least a *dead band* above it, and
//! so on. With a barometer, 10 s and 3 m come within a tenth of the ascent that most watches tell themselves; a receiver's own
//! elevations wander by several metres within a minute, so that 30 s and 5 m are asked of them (`docs/method.md` has the
//! figures).
//!
//! What changes while nothing is recorded, and what changes faster than anyone moves, is no climb: from there on elevations
//! count from where they were.

use std::{collections::VecDeque, iter::Peekable};

use crate::recording::{Quantity, Recording};

/// Seconds that are averaged, and the metres of a rise or fall that counts.
#[derive(Debug, Clone, Copy)]
struct Steadying {
    window_s: f64,
    dead_band_m: f64,
}

const BAROMETER: Steadying = Steadying { window_s: 10.0, dead_band_m: 3.0 };
const RECEIVER: Steadying = Steadying { window_s: 30.0, dead_band_m: 5.0 };
/// Who falls downstairs is slower, m/s; a change of more than that and at least [`JUMP_M`] is a fault.
const JUMP_MPS: f64 = 5.0;
/// Smaller steps, however quick, are the digits of the device, m.
const JUMP_M: f64 = 5.0;

/// Metres up and down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Climb {
    /// All rises together.
    pub up_m: f64,
    /// All falls together.
    pub down_m: f64,
}

/// The climb of a whole recording, in one pass and without memory for its length; `None` where no elevation was recorded.
pub fn climb(recording: &Recording) -> Option<Climb> {
    Quantity::Elevation.is_in(&recording.fixes).then(|| {
        let mut whole = Climb::default();
        for leg in legs(recording) {
            *(if leg.is_up { &mut whole.up_m } else { &mut whole.down_m }) += leg.metres;
        }
        whole
    })
}

/// The climb up to each fix: so the climbs of parts add up to that of the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct ClimbProfile {
    up_m: Vec<f32>,
    down_m: Vec<f32>,
}

impl ClimbProfile {
    /// The profile of a recording; `None` where no elevation was recorded.
    pub fn new(recording: &Recording) -> Option<Self> {
        if !Quantity::Elevation.is_in(&recording.fixes) {
            return None;
        }
        let legs: Vec<Leg> = legs(recording).collect();
        let mut legs = legs.iter().peekable();
        let count = recording.fixes.len();
        let mut profile = Self { up_m: Vec::with_capacity(count), down_m: Vec::with_capacity(count) };
        let mut gone = Climb::default();
        // The farthest that the present leg has come, and where it began.
        let mut farthest: Option<f64> = None;
        let put_to = |profile: &mut Self, fix: usize, gone: Climb| {
            profile.up_m.resize(fix, gone.up_m as f32);
            profile.down_m.resize(fix, gone.down_m as f32);
        };
        for (fix, _, metres) in steadied(recording) {
            put_to(&mut profile, fix, gone);
            while let Some(leg) = legs.peek().filter(|leg| fix >= leg.from) {
                let before = *farthest.get_or_insert(metres);
                let now = if leg.is_up { before.max(metres) } else { before.min(metres) };
                *(if leg.is_up { &mut gone.up_m } else { &mut gone.down_m }) += (now - before).abs();
                farthest = Some(now);
                if fix < leg.to {
                    break;
                }
                // The next leg begins where this one ended.
                legs.next();
                farthest = None;
            }
        }
        put_to(&mut profile, count, gone);
        Some(profile)
    }

    /// The climb between two moments, s since the start; `time_s` are those of the fixes.
    pub fn between(&self, time_s: &[f64], from_s: f64, to_s: f64) -> Climb {
        let at = |column: &[f32], moment_s: f64| {
            let next = time_s.partition_point(|time| *time < moment_s).min(time_s.len().saturating_sub(1));
            let before = next.saturating_sub(1);
            let (Some(a), Some(b)) = (column.get(before), column.get(next)) else { return 0.0 };
            let span_s = time_s[next] - time_s[before];
            let part =
                if span_s > 0.0 { ((moment_s - time_s[before]) / span_s).clamp(0.0, 1.0) } else { 1.0 };
            f64::from(*a) + part * f64::from(b - a)
        };
        let gained = |column: &[f32]| (at(column, to_s) - at(column, from_s)).max(0.0);
        Climb { up_m: gained(&self.up_m), down_m: gained(&self.down_m) }
    }
}

/// A rise or fall that counts, from one fix to another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Leg {
    from: usize,
    to: usize,
    is_up: bool,
    metres: f64,
}

fn steadying(recording: &Recording) -> Steadying {
    if recording.steady_elevation { BAROMETER } else { RECEIVER }
}

/// Rises and falls by turns, each at least the dead band.
fn legs(recording: &Recording) -> impl Iterator<Item = Leg> {
    let band_m = steadying(recording).dead_band_m;
    let mut points = steadied(recording).map(|(fix, _, metres)| (fix, metres));
    // The lowest and highest so far, and whether the present leg goes up, once that is known.
    let mut ends: Option<[(usize, f64); 2]> = None;
    let mut is_up: Option<bool> = None;
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        for (fix, metres) in points.by_ref() {
            let [low, high] = ends.get_or_insert([(fix, metres); 2]);
            if is_up != Some(true) && metres < low.1 {
                *low = (fix, metres);
            }
            if is_up != Some(false) && metres > high.1 {
                *high = (fix, metres);
            }
            let (rises, falls) = (metres - low.1 >= band_m, high.1 - metres >= band_m);
            match is_up {
                None if rises => (is_up, *high) = (Some(true), (fix, metres)),
                None if falls => (is_up, *low) = (Some(false), (fix, metres)),
                Some(true) if falls => {
                    let leg = Leg { from: low.0, to: high.0, is_up: true, metres: high.1 - low.1 };
                    (is_up, *low) = (Some(false), (fix, metres));
                    return Some(leg);
                }
                Some(false) if rises => {
                    let leg = Leg { from: high.0, to: low.0, is_up: false, metres: high.1 - low.1 };
                    (is_up, *high) = (Some(true), (fix, metres));
                    return Some(leg);
                }
                _ => {}
            }
        }
        over = true;
        let ([low, high], is_up) = ends.zip(is_up)?;
        let [from, to] = if is_up { [low.0, high.0] } else { [high.0, low.0] };
        Some(Leg { from, to, is_up, metres: high.1 - low.1 })
    })
}

/// Elevations without jumps, averaged: fix, s, m.
fn steadied(recording: &Recording) -> impl Iterator<Item = (usize, f64, f64)> {
    let end_s = recording.fixes.time_s.last().copied().unwrap_or(0.0);
    Averaged {
        source: joined(recording).peekable(),
        window: VecDeque::new(),
        place: 0,
        sum: 0.0,
        half_s: steadying(recording).window_s / 2.0,
        start_s: None,
        end_s,
    }
}

/// The recorded elevations, from which what changed over interruptions and jumps is taken away: fix, s, m.
fn joined(recording: &Recording) -> impl Iterator<Item = (usize, f64, f64)> {
    let fixes = &recording.fixes;
    let mut breaks = recording.breaks.iter().peekable();
    let mut before: Option<(f64, f64)> = None;
    let mut away_m = 0.0;
    (0..fixes.len()).filter_map(move |fix| {
        let mut interrupted = false;
        while breaks.next_if(|cut| **cut <= fix).is_some() {
            interrupted = true;
        }
        let Some(metres) = Quantity::Elevation.of_fix(fixes, fix) else {
            // Remembered until there is an elevation again.
            if interrupted && let Some((_, last_m)) = before {
                before = Some((f64::NEG_INFINITY, last_m));
            }
            return None;
        };
        let time_s = fixes.time_s[fix];
        if let Some((before_s, before_m)) = before {
            let (change_m, passed_s) = (metres - before_m, time_s - before_s);
            let jumps = change_m.abs() > JUMP_M.max(JUMP_MPS * passed_s);
            if interrupted || passed_s.is_infinite() || jumps {
                away_m += change_m;
            }
        }
        before = Some((time_s, metres));
        Some((fix, time_s, metres - away_m))
    })
}

/// The mean over some seconds about each point; at both ends over as many as there are on either side.
struct Averaged<I: Iterator<Item = (usize, f64, f64)>> {
    source: Peekable<I>,
    window: VecDeque<(usize, f64, f64)>,
    /// The next point's place in the window.
    place: usize,
    sum: f64,
    half_s: f64,
    start_s: Option<f64>,
    end_s: f64,
}

impl<I: Iterator<Item = (usize, f64, f64)>> Iterator for Averaged<I> {
    type Item = (usize, f64, f64);

    fn next(&mut self) -> Option<Self::Item> {
        if self.place == self.window.len() {
            let point = self.source.next()?;
            self.sum += point.2;
            self.window.push_back(point);
        }
        let (fix, time_s, _) = self.window[self.place];
        let start_s = *self.start_s.get_or_insert(time_s);
        let half_s = self.half_s.min(time_s - start_s).min(self.end_s - time_s) + 1e-9;
        while let Some(point) = self.source.next_if(|point| point.1 <= time_s + half_s) {
            self.sum += point.2;
            self.window.push_back(point);
        }
        while self.window.front().is_some_and(|point| point.1 < time_s - half_s) {
            self.sum -= self.window.pop_front().map_or(0.0, |point| point.2);
            self.place -= 1;
        }
        self.place += 1;
        Some((fix, time_s, self.sum / self.window.len() as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::Fixes;

    /// Noise of about that deviation that changes within so many fixes.
    fn noise(deviation: f64, memory: f64) -> impl FnMut() -> f64 {
        let mut seed = 11_u32;
        let mut now = 0.0;
        move || {
            let mut sum = -6.0;
            for _ in 0..12 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                sum += f64::from(seed >> 8) / f64::from(1_u32 << 24);
            }
            let kept = (-1.0 / memory).exp();
            now = kept * now + deviation * (1.0 - kept * kept).sqrt() * sum;
            now
        }
    }

    fn recording(elevation_m: impl IntoIterator<Item = f64>) -> Recording {
        let elevation_m: Vec<f32> = elevation_m.into_iter().map(|metres| metres as f32).collect();
        let time_s = (0..elevation_m.len()).map(|k| k as f64).collect();
        let fixes = Fixes { time_s, elevation_m, ..Fixes::default() };
        Recording {
            steady_elevation: true,
            ..Recording::from_fixes("test", chrono::DateTime::UNIX_EPOCH, fixes)
        }
    }

    /// Four hills of 40 m in an hour.
    fn hills(second: f64) -> f64 {
        420.0 - 20.0 * (std::f64::consts::TAU * second / 900.0).cos()
    }

    fn near(found: f64, expected: f64, within: f64) -> bool {
        (found - expected).abs() <= within
    }

    #[test]
    fn hills_are_counted_and_noise_is_not() {
        let mut barometer = noise(0.3, 1.0);
        let found = climb(&recording((0..3600).map(|s| hills(f64::from(s)) + barometer()))).expect("a climb");
        assert!(near(found.up_m, 160.0, 4.0) && near(found.down_m, 160.0, 4.0), "{found:?}");
        let flat = climb(&recording((0..3600).map(|_| 400.0 + barometer()))).expect("a climb");
        assert_eq!(flat, Climb::default());
        // A barometer writes fifths of a metre, and weather moves it slowly.
        let fifths = |s: u32| ((400.0 + f64::from(s) * 0.002 + barometer()) * 5.0).round() / 5.0;
        let weather = climb(&recording((0..1200).map(fifths))).expect("a climb");
        assert_eq!(weather, Climb::default());
    }

    #[test]
    fn a_receivers_wandering_counts_for_little() {
        let mut wandering = noise(2.0, 60.0);
        let of_receiver =
            |elevation_m: Vec<f64>| Recording { steady_elevation: false, ..recording(elevation_m) };
        let flat: Vec<f64> = (0..3600).map(|_| 400.0 + wandering()).collect();
        let raw: f64 = flat.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0)).sum();
        let found = climb(&of_receiver(flat)).expect("a climb");
        assert!(raw > 300.0 && found.up_m < 50.0, "{raw:.0} m of noise, {found:?}");
        let hilly = climb(&of_receiver((0..3600).map(|s| hills(f64::from(s)) + wandering()).collect()));
        let hilly = hilly.expect("a climb");
        assert!(near(hilly.up_m, 160.0, 25.0), "{hilly:?}");
    }

    #[test]
    fn pauses_and_faults_are_no_climb() {
        // Up 20 m; then the first satellites: from 0 to 500 m within a second; then, over a pause, a lift.
        let mut run = recording((0..400).map(|s| match s {
            0..200 => 0.1 * f64::from(s),
            200..300 => 500.0 + 0.1 * f64::from(s),
            _ => 600.0 - 0.2 * f64::from(s),
        }));
        run.breaks = vec![300];
        let found = climb(&run).expect("a climb");
        assert!(near(found.up_m, 29.8, 0.5) && near(found.down_m, 19.8, 0.5), "{found:?}");
        assert_eq!(climb(&recording([])), None);
        assert_eq!(climb(&recording([0.0; 100])), None, "an elevation that never changes was not measured");
        run.fixes.elevation_m[290..310].fill(f32::NAN);
        let found = climb(&run).expect("a climb");
        assert!(
            near(found.up_m, 28.8, 0.5) && near(found.down_m, 17.8, 0.5),
            "missing at the pause: {found:?}"
        );
    }

    #[test]
    fn climbs_of_parts_add_up_to_the_whole() {
        let mut barometer = noise(0.3, 1.0);
        let run = recording((0..3600).map(|s| hills(f64::from(s)) + barometer()));
        let (whole, profile) = (climb(&run).expect("a climb"), ClimbProfile::new(&run).expect("a profile"));
        let time_s = &run.fixes.time_s;
        let part = |from_s: f64, to_s: f64| profile.between(time_s, from_s, to_s);
        let all = part(0.0, f64::INFINITY);
        assert!(
            near(all.up_m, whole.up_m, 0.01) && near(all.down_m, whole.down_m, 0.01),
            "{all:?} {whole:?}"
        );
        let parts: Vec<Climb> =
            (0..9).map(|k| part(f64::from(k) * 400.0, f64::from(k + 1) * 400.0)).collect();
        let up_m: f64 = parts.iter().map(|part| part.up_m).sum();
        assert!(near(up_m, whole.up_m, 0.01), "{up_m}");
        // The first hill is climbed in the first 450 s and left in the next.
        let (rise, fall) = (part(0.0, 450.0), part(450.0, 900.0));
        assert!(near(rise.up_m, 40.0, 1.5) && rise.down_m < 1.0, "{rise:?}");
        assert!(near(fall.down_m, 40.0, 1.5) && fall.up_m < 1.0, "{fall:?}");
    }
}
