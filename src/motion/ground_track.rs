//! A stretch of fixes in local metres, and places between them.

use super::GAP_S;

/// Fixes of one piece after cleaning, in columns of equal length.
#[derive(Debug, Default)]
pub struct GroundTrack {
    /// Seconds since the recording's start, strictly increasing.
    pub time_s: Vec<f64>,
    /// Metres east and north.
    pub ground_m: Vec<[f64; 2]>,
    /// Whether recording was interrupted before the fix.
    pub interrupted: Vec<bool>,
    /// By how much each fix may be older than its stamp, s: not 0 after a hold.
    pub stale_s: Vec<f64>,
    /// Extra variance of the receiver's error over the interval before each fix, m2 ([`super::restless`],
    /// [`super::corners`]).
    pub restless_m2: Vec<f64>,
    /// Silences before each fix, counted from the first.
    pub silences: Vec<u32>,
}

/// Remembers where in a track the last query fell, for queries that mostly grow.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cursor {
    /// The last fix at or before the query, but never the track's last.
    pub index: usize,
}

impl Cursor {
    /// Moves to the leg of `time_s` that holds `query`, the first or last one where none does.
    #[inline]
    pub fn seek(&mut self, time_s: &[f64], query: f64) -> usize {
        let last = time_s.len() - 2;
        self.index = self.index.min(last);
        while self.index < last && time_s[self.index + 1] <= query {
            self.index += 1;
        }
        while self.index > 0 && time_s[self.index] > query {
            self.index -= 1;
        }
        self.index
    }

    /// The leg of `time_s` that holds `query` and the share of it that has passed, 0 to 1.
    #[inline]
    pub fn share(&mut self, time_s: &[f64], query: f64) -> (usize, f64) {
        let i = self.seek(time_s, query);
        (i, ((query - time_s[i]) / (time_s[i + 1] - time_s[i])).clamp(0.0, 1.0))
    }
}

impl GroundTrack {
    /// Counts the silences once all fixes are in: intervals far longer than the usual one.
    pub fn count_silences(&mut self, interval_s: f64) {
        let longest = GAP_S.max(4.0 * interval_s.max(1.0));
        let mut count = 0;
        self.silences.clear();
        for (i, time) in self.time_s.iter().enumerate() {
            count += u32::from(i > 0 && time - self.time_s[i - 1] > longest);
            self.silences.push(count);
        }
    }

    /// Time of the first and last fix.
    pub fn span(&self) -> Option<(f64, f64)> {
        Some((*self.time_s.first()?, *self.time_s.last()?))
    }

    /// Where a straight line between the fixes passes at `time_s`. At least two fixes are needed.
    #[inline]
    pub fn place(&self, cursor: &mut Cursor, time_s: f64) -> [f64; 2] {
        let (i, f) = cursor.share(&self.time_s, time_s);
        let (a, b) = (self.ground_m[i], self.ground_m[i + 1]);
        [a[0] + f * (b[0] - a[0]), a[1] + f * (b[1] - a[1])]
    }
}
