//! What a device writes down of what its receiver sees: how often, and what it leaves out.

use super::{AutoPause, Sampling, Scenario};

/// The seconds at which the device writes a fix, and the indices that begin new segments.
pub fn write_down(
    scenario: &Scenario,
    seen: &[[f64; 2]],
    true_speed_mps: &[f64],
) -> (Vec<usize>, Vec<usize>) {
    let last_second = seen.len() - 1;
    let in_tunnel =
        |second: usize| scenario.tunnels_s.iter().any(|(from, to)| (*from..*to).contains(&second));
    let (mut written, mut breaks): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut still_s, mut paused, mut resumed) = (0, false, false);
    for second in 0..=last_second {
        // The device feels its owner's arm: it pauses after 4 s without steps and resumes with the second step.
        if true_speed_mps.get(second).is_some_and(|speed| *speed < 0.3) {
            still_s += 1;
        } else {
            still_s = 0;
        }
        let was_paused = paused;
        paused = scenario.auto_pause != AutoPause::Off && still_s > 4;
        resumed |= was_paused && !paused;
        if paused || in_tunnel(second) {
            continue;
        }
        let wanted = match (scenario.sampling, written.as_slice()) {
            (_, []) => true,
            (Sampling::Every(seconds), [.., last]) => {
                second - last >= seconds || second.is_multiple_of(seconds)
            }
            (Sampling::Smart, [last]) => second > last + 1,
            (Sampling::Smart, [.., before, last]) => {
                let ahead = (second - last) as f64 / (last - before).max(1) as f64;
                let off = [0, 1].map(|axis| {
                    let told = seen[*last][axis] + ahead * (seen[*last][axis] - seen[*before][axis]);
                    seen[second][axis] - told
                });
                second - last >= 8 || libm::hypot(off[0], off[1]) > 0.6
            }
        };
        if wanted || resumed || second == last_second {
            if resumed && scenario.auto_pause == AutoPause::NewSegment {
                breaks.push(written.len());
            }
            resumed = false;
            written.push(second);
        }
    }
    (written, breaks)
}
