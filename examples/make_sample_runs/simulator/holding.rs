//! Receivers that repeat themselves: the device writes a fix every second, the receiver renews its position less
//! often, so that legs of 0 m are followed by a jump; and receivers that hold their position while nobody moves.
//!
//! Seen in real files: Garmin and Polar repeat 1 to 23% of their fixes once, and the next leg is twice as long;
//! Movescount renews every 3 to 9 s and sometimes draws a straight line afterwards, at once or after two seconds; phones renew every 2 to 9 s;
//! watches freeze at a stop and catch up within some seconds.

use super::random::Random;

/// When a receiver renews its position.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Renewal {
    /// Every second.
    #[default]
    Always,
    /// Every so many seconds, drawn once per run.
    Every((f64, f64)),
    /// After so many seconds, drawn each time.
    Varying((f64, f64)),
    /// Like that, but half of the times the device fills in a straight line instead of repeating.
    Filled((f64, f64)),
    /// After so many seconds, of which the last stays for two or three seconds; then a straight line to where the
    /// receiver is by the next.
    Late((f64, f64)),
    /// Every second but for this share of fixes, which repeat the one before.
    Slips((f64, f64)),
}

/// How a receiver repeats itself.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Holding {
    /// When it renews its position.
    pub renewal: Renewal,
    /// Whether it freezes at a stop.
    pub static_hold: bool,
    /// Where it does so in turns with ordinary stretches: how long each lasts, s.
    pub in_turns_s: Option<(f64, f64)>,
}

impl Holding {
    /// Holds positions, one per second, as the receiver would; its rows of true speed are between them.
    pub fn apply(&self, seen: &mut [[f64; 2]], true_speed_mps: &[f64], random: &mut Random) {
        if self.static_hold {
            freeze(seen, true_speed_mps, random);
        }
        if self.renewal == Renewal::Always {
            return;
        }
        let held = self.renewal.hold(seen, random);
        let (mut until_s, mut holds) = (0.0, random.chance(0.5));
        for (second, place) in seen.iter_mut().enumerate() {
            if let Some(stay_s) = self.in_turns_s
                && second as f64 >= until_s
            {
                holds = !holds;
                until_s = second as f64 + random.between(stay_s);
            }
            if holds || self.in_turns_s.is_none() {
                *place = held[second];
            }
        }
    }
}

impl Renewal {
    fn hold(self, seen: &[[f64; 2]], random: &mut Random) -> Vec<[f64; 2]> {
        if let Self::Slips(share) = self {
            let share = random.scale_between(share);
            let mut out = seen.to_vec();
            for second in 1..seen.len() {
                if random.chance(share) {
                    out[second] = out[second - 1];
                }
            }
            return out;
        }
        let (Self::Every(range) | Self::Varying(range) | Self::Filled(range) | Self::Late(range)) = self
        else {
            return seen.to_vec();
        };
        let fixed_s = random.between(range);
        let mut out = Vec::with_capacity(seen.len());
        let (mut renewed_s, mut next_s) = (0.0, fixed_s);
        let mut filled = false;
        for second in 0..seen.len() {
            let now_s = second as f64;
            while next_s <= now_s {
                renewed_s = next_s;
                next_s +=
                    if matches!(self, Self::Every(_)) { fixed_s } else { random.between(range).max(1.0) };
                filled = matches!(self, Self::Filled(_)) && random.chance(0.5);
            }
            let stays_s = match self {
                Self::Late(_) => 2.5_f64.min(0.5 * (next_s - renewed_s)),
                _ => 0.0,
            };
            let at = if filled || stays_s > 0.0 {
                let share = ((now_s - renewed_s - stays_s) / (next_s - renewed_s - stays_s)).max(0.0);
                mix(place(seen, renewed_s), place(seen, next_s), share)
            } else {
                place(seen, renewed_s)
            };
            out.push(at);
        }
        out
    }
}

/// Freezes positions a few seconds into a stop, and lets them catch up after it.
fn freeze(seen: &mut [[f64; 2]], true_speed_mps: &[f64], random: &mut Random) {
    let (after_s, late_s) = (random.between((1.0, 5.0)) as usize, random.between((0.0, 3.0)) as usize);
    let catch_up_s = random.scale_between((0.4, 4.0));
    let (mut still_s, mut moving_s) = (0, 0);
    let mut frozen: Option<[f64; 2]> = None;
    let mut behind = [0.0; 2];
    for second in 0..seen.len() {
        if true_speed_mps.get(second).is_some_and(|speed| *speed < 0.15) {
            (still_s, moving_s) = (still_s + 1, 0);
        } else {
            (still_s, moving_s) = (0, moving_s + 1);
        }
        if let Some(place) = frozen {
            if moving_s > late_s {
                behind = [place[0] - seen[second][0], place[1] - seen[second][1]];
                frozen = None;
            }
        } else if still_s > after_s {
            frozen = Some([seen[second][0] + behind[0], seen[second][1] + behind[1]]);
        }
        seen[second] = frozen.unwrap_or([seen[second][0] + behind[0], seen[second][1] + behind[1]]);
        behind = behind.map(|metres| metres * libm::exp(-1.0 / catch_up_s));
    }
}

/// The place at a moment between whole seconds.
fn place(seen: &[[f64; 2]], time_s: f64) -> [f64; 2] {
    let last = seen.len() - 1;
    let before = (time_s as usize).min(last);
    mix(seen[before], seen[(before + 1).min(last)], (time_s - before as f64).clamp(0.0, 1.0))
}

fn mix(from: [f64; 2], to: [f64; 2], share: f64) -> [f64; 2] {
    [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]))
}
