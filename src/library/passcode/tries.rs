//! Wrong passcodes in a row: the next try waits longer each time. Who has the files can copy them and guess without
//! waiting; against that stands what a guess costs.

use std::{fs, io::Write, thread, time::Duration};

use super::super::{Place, place};

/// The wait after the first wrong passcode; each further one doubles it.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// The tries at a library's passcode that failed since the last one that did not.
pub struct Tries<'a> {
    place: &'a Place,
    failed: u32,
}

impl<'a> Tries<'a> {
    pub(in crate::library) fn of(place: &'a Place) -> Self {
        let failed = fs::read_to_string(place.tries()).ok().and_then(|text| text.trim().parse().ok());
        Self { place, failed: failed.unwrap_or(0) }
    }

    pub(in crate::library) fn wait(&self) {
        thread::sleep(wait(self.failed));
    }

    /// Writes one more down. In a folder that is write-protected every try is the first.
    pub(in crate::library) fn failed(&self) {
        let path = self.place.tries();
        let write = || {
            place::make_private(&path)?;
            let mut file = place::private().truncate(true).open(&path)?;
            writeln!(file, "{}", self.failed.saturating_add(1))
        };
        let _ = write();
    }

    pub(in crate::library) fn succeeded(&self) {
        if self.failed > 0 {
            let _ = fs::remove_file(self.place.tries());
        }
    }
}

fn wait(failed: u32) -> Duration {
    match failed {
        0 => Duration::ZERO,
        _ => FIRST.saturating_mul(1 << (failed - 1).min(10)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_passcode_doubles_the_wait_up_to_half_a_minute() {
        let waits: Vec<u128> = (0..9).map(|failed| wait(failed).as_millis()).collect();
        assert_eq!(waits, [0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
        assert_eq!(wait(u32::MAX), LONGEST);
    }
}
