//! Points in time as devices write them: RFC 3339 and what people's programs make of it.

use chrono::{DateTime, NaiveDate, Utc};

/// What a time stamp says about its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// `Z`, or an offset of zero, which most programs write for want of a better one.
    Utc,
    /// Local time, this many seconds ahead of UTC.
    Offset(i32),
    /// Nothing at all; taken as UTC, as the formats require.
    Unsaid,
}

/// A time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timestamp {
    /// Seconds since 1970 in UTC.
    pub second: i64,
    /// Nanoseconds after that second.
    pub nanosecond: u32,
    /// What was said about the zone.
    pub zone: Zone,
}

impl Timestamp {
    /// Whole seconds since 1970 in UTC.
    pub(super) fn from_unix(second: i64) -> Self {
        Self { second, nanosecond: 0, zone: Zone::Utc }
    }

    /// Seconds from `origin` to this instant, exact to the nanosecond over a lifetime's span.
    pub(super) fn seconds_since(self, origin: Self) -> f64 {
        (self.second - origin.second) as f64
            + (f64::from(self.nanosecond) - f64::from(origin.nanosecond)) * 1e-9
    }

    /// This many seconds later, to the nanosecond.
    pub(super) fn after(self, seconds: f64) -> Self {
        // Apart, because the nanoseconds of three centuries are too many for one number.
        let nanoseconds = i64::from(self.nanosecond) + (seconds.fract() * 1e9).round() as i64;
        let second = self.second + seconds.trunc() as i64 + nanoseconds.div_euclid(1_000_000_000);
        Self { second, nanosecond: nanoseconds.rem_euclid(1_000_000_000) as u32, zone: self.zone }
    }

    /// As the calendar's type.
    pub(super) fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.second, self.nanosecond)
    }

    /// Reads a time stamp. Besides RFC 3339: blanks around it, a blank or lower-case `t` in the middle,
    /// a decimal comma, a lower-case `z`, single digits, `24:00:00`, a leap second, an offset without colon
    /// or minutes, no offset at all, the basic format without separators. `None` for all else and for days
    /// that no calendar has.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        usual(text).or_else(|| Scan(text.trim_ascii()).instant())
    }
}

/// `2024-05-01T06:30:00Z` with or without fraction: what nearly every file holds, read without a branch
/// for each character.
fn usual(text: &[u8]) -> Option<Timestamp> {
    let (head, tail) = text.split_at_checked(19)?;
    let nanosecond = match tail {
        b"Z" => 0,
        [b'.', digits @ .., b'Z'] if (1..=9).contains(&digits.len()) => {
            number(digits)? * 10_u32.pow(9 - digits.len() as u32)
        }
        _ => return None,
    };
    if [head[4], head[7], head[10], head[13], head[16]] != *b"--T::" {
        return None;
    }
    let [hour, minute, second] = [number(&head[11..13])?, number(&head[14..16])?, number(&head[17..])?];
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let day = unix_day(number(&head[..4])?, number(&head[5..7])?, number(&head[8..10])?)?;
    let second = day * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
    Some(Timestamp { second, nanosecond, zone: Zone::Utc })
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

/// Days since 1970 of a date that the calendar has.
fn unix_day(year: u32, month: u32, day: u32) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    Some(i64::from(date.to_epoch_days()))
}

/// What is left of a time stamp being read.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    fn instant(mut self) -> Option<Timestamp> {
        let (year, month, day);
        if self.digits() == 8 {
            (year, month, day) = (self.take(4)?, self.take(2)?, self.take(2)?);
        } else {
            year = self.take(4)?;
            let separator = self.one_of(b"-/.")?;
            month = self.up_to_two()?;
            self.one_of(&[separator])?;
            day = self.up_to_two()?;
        }
        self.one_of(b"Tt _")?;
        self.blanks();
        let (hour, minute, mut second) = if self.digits() == 6 {
            (self.take(2)?, self.take(2)?, self.take(2)?)
        } else {
            let hour = self.up_to_two()?;
            self.one_of(b":")?;
            let minute = self.up_to_two()?;
            let second = if self.one_of(b":").is_some() { self.up_to_two()? } else { 0 };
            (hour, minute, second)
        };
        let nanosecond = if self.one_of(b".,").is_some() { self.fraction()? } else { 0 };
        let midnight_before = hour == 24 && minute == 0 && second == 0 && nanosecond == 0;
        if (hour > 23 && !midnight_before) || minute > 59 || second > 60 {
            return None;
        }
        // The second after 23:59:60 is 00:00:00, which is where Unix time puts it too.
        second += hour * 3600 + minute * 60;
        let zone = self.zone()?;
        let offset = if let Zone::Offset(seconds) = zone { i64::from(seconds) } else { 0 };
        let second = unix_day(year, month, day)? * 86_400 + i64::from(second) - offset;
        Some(Timestamp { second, nanosecond, zone })
    }

    fn zone(&mut self) -> Option<Zone> {
        self.blanks();
        if self.0.is_empty() {
            return Some(Zone::Unsaid);
        }
        if [&b"Z"[..], b"UTC", b"GMT"].iter().any(|utc| self.0.eq_ignore_ascii_case(utc)) {
            return Some(Zone::Utc);
        }
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let (hours, minutes) = if (3..=4).contains(&self.digits()) {
            let hours = self.take(self.digits() - 2)?;
            (hours, self.take(2)?)
        } else {
            let hours = self.up_to_two()?;
            (hours, if self.one_of(b":").is_some() { self.take(2)? } else { 0 })
        };
        // The earth's zones reach from -12 to +14 hours.
        if !self.0.is_empty() || hours > 14 || minutes > 59 {
            return None;
        }
        let seconds = sign * i32::try_from(hours * 3600 + minutes * 60).ok()?;
        Some(if seconds == 0 { Zone::Utc } else { Zone::Offset(seconds) })
    }

    fn digits(&self) -> usize {
        self.0.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    fn take(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        number(digits)
    }

    fn up_to_two(&mut self) -> Option<u32> {
        match self.digits() {
            count @ 1..=2 => self.take(count),
            _ => None,
        }
    }

    /// A fraction of a second in nanoseconds; digits past the ninth are dropped, none is nothing.
    fn fraction(&mut self) -> Option<u32> {
        let (digits, rest) = self.0.split_at(self.digits());
        self.0 = rest;
        let kept = &digits[..digits.len().min(9)];
        Some(number(kept)? * 10_u32.pow(9 - kept.len() as u32))
    }

    fn one_of(&mut self, choices: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        choices.contains(first).then(|| self.0 = rest)?;
        Some(*first)
    }

    fn blanks(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 2024-05-01T06:30:00Z
    const REFERENCE: i64 = 1_714_545_000;

    #[test]
    fn every_spelling_of_one_instant() {
        for text in [
            "2024-05-01T06:30:00Z",
            "2024-05-01t06:30:00z",
            "  2024-05-01T06:30:00.000Z\n",
            "2024-05-01 06:30:00",
            "2024-05-01  06:30:00 Z",
            "2024-05-01T06:30:00 UTC",
            "2024-5-1T6:30:0Z",
            "2024/05/01 06:30:00",
            "2024-05-01T06:30Z",
            "20240501T063000Z",
            "2024-05-01T08:30:00+02:00",
            "2024-05-01T08:30:00+0200",
            "2024-05-01T08:30:00+02",
            "2024-05-01T08:30:00 +2:00",
            "2024-05-01T01:00:00-05:30",
            "2024-05-01T06:30:00+00:00",
            "2024-05-01T06:29:60Z",
            "2024-05-01T06:30:00.Z",
        ] {
            let instant =
                Timestamp::read(text.as_bytes()).map(|instant| (instant.second, instant.nanosecond));
            assert_eq!(instant, Some((REFERENCE, 0)), "{text}");
        }
    }

    #[test]
    fn fractions_to_the_nanosecond() {
        for (text, nanosecond) in [
            ("2024-05-01T06:30:00.5Z", 500_000_000),
            ("2024-05-01T06:30:00,25Z", 250_000_000),
            ("2024-05-01T06:30:00.123456789Z", 123_456_789),
            ("2024-05-01T06:30:00.123456789123+00:00", 123_456_789),
        ] {
            let instant =
                Timestamp::read(text.as_bytes()).map(|instant| (instant.second, instant.nanosecond));
            assert_eq!(instant, Some((REFERENCE, nanosecond)), "{text}");
        }
    }

    #[test]
    fn midnight_written_as_24_is_the_next_day() {
        let next_day = Timestamp::read(b"2024-05-02T00:00:00Z");
        assert_eq!(Timestamp::read(b"2024-05-01T24:00:00Z"), next_day);
        assert_eq!(Timestamp::read(b"2024-05-01T24:00:01Z"), None);
    }

    #[test]
    fn what_no_calendar_has_is_refused() {
        for text in [
            "",
            "Z",
            "2024-05-00T06:30:00Z",
            "2024-02-30T06:30:00Z",
            "2024-13-01T06:30:00Z",
            "2024-05-01T25:00:00Z",
            "2024-05-01T06:60:00Z",
            "2024-05-01T06:30:61Z",
            "2024-05-01T06:30:00+99:00",
            "2024-05-01T06:30:00+02111111111111111",
            "2024-05-01T06:30:00Zulu",
            "2024-05-01",
            "1714545000",
            "Wed May 01 06:30:00 2024",
            "05/01/2024 06:30:00",
            "now",
        ] {
            assert_eq!(Timestamp::read(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn times_of_unset_clocks_are_times() {
        for (text, second) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1901-12-13T20:45:52.2073437Z", i64::from(i32::MIN)),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
        ] {
            assert_eq!(
                Timestamp::read(text.as_bytes()).map(|instant| instant.second),
                Some(second),
                "{text}"
            );
        }
    }

    #[test]
    fn zones_are_told_apart() {
        for (text, zone) in [
            ("2024-05-01T06:30:00Z", Zone::Utc),
            ("2024-05-01T06:30:00", Zone::Unsaid),
            ("2024-05-01T06:30:00-05:30", Zone::Offset(-19_800)),
        ] {
            assert_eq!(Timestamp::read(text.as_bytes()).map(|instant| instant.zone), Some(zone), "{text}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_chrono(second in 0_i64..4_102_444_800, nanosecond in 0_u32..1_000_000_000, digits in 0_usize..10) {
            let time = DateTime::from_timestamp(second, nanosecond).expect("in range");
            let text = match digits {
                0 => time.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
                _ => time.to_rfc3339_opts(chrono::SecondsFormat::Nanos, true),
            };
            let read = Timestamp::read(text.as_bytes()).expect("a valid time");
            prop_assert_eq!(read.second, second);
            prop_assert_eq!(read.nanosecond, if digits == 0 { 0 } else { nanosecond });
        }
    }
}
