//! A person's weeks: time in band with its interval, held against the dose; pain beside it; the trend.

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use super::{Dose, Library, LibraryError, PersonId, runs::day_of, written};

/// A session is a run with at least this long in band, s.
pub const SESSION_S: f64 = 300.0;
/// Two sided 95 % quantiles of Student's t for 1, 2, ... degrees of freedom; beyond the list 1.96 + 2.5 / n is
/// right to 0.01.
const T_95: [f64; 10] = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

/// Whether what was agreed was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The whole interval lies at the dose or above.
    Done,
    /// The whole interval lies below it.
    NotDone,
    /// The dose lies within the interval: GPS cannot tell.
    CannotTell,
    /// Below the dose, but the week is not over.
    StillOpen,
    /// Nothing was agreed.
    NoDose,
}

/// One week, Monday to Sunday, of a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    #[serde(serialize_with = "written::day")]
    pub monday: NaiveDate,
    /// "2026-W46", by ISO 8601.
    pub week: String,
    /// Whether it is not over yet.
    pub unfinished: bool,
    /// Runs.
    pub runs: usize,
    /// Runs with at least five minutes in band.
    pub sessions: usize,
    /// In band, s.
    pub in_band_s: f64,
    /// Lower end of its 95 % interval, the runs' errors being independent; `None` where a run has none.
    pub in_band_low_s: Option<f64>,
    /// Upper end of it.
    pub in_band_high_s: Option<f64>,
    /// In band and faster, s.
    pub moving_s: f64,
    /// The dose of this week: that of its Sunday.
    pub dose: Option<Dose>,
    /// Whether its minutes were done.
    pub minutes: Verdict,
    /// Whether its sessions were done.
    pub sessions_done: Verdict,
    /// Mean pain before runs.
    pub pain_before: Option<f64>,
    /// Mean pain after runs.
    pub pain_after: Option<f64>,
    /// Mean pain of days, told apart from runs.
    pub pain_day: Option<f64>,
}

/// How a number changes from week to week.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Trend {
    /// Weeks that it is of.
    pub weeks: usize,
    /// Seconds in band more each week.
    pub slope_s: f64,
    /// Lower end of its 95 % interval.
    pub low_s: f64,
    /// Upper end of it.
    pub high_s: f64,
}

/// The head of a person's page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    /// The week that today is in.
    pub this_week: Week,
    /// Of the last eight weeks that are over and had a dose: how many.
    pub dosed_weeks: usize,
    /// Those in which the minutes were done.
    pub done_weeks: usize,
    /// Those of which GPS cannot tell.
    pub undecided_weeks: usize,
    /// The trend of the last eight weeks that are over.
    pub trend: Option<Trend>,
    /// Mean of all pain told in the four weeks before the last four.
    pub pain_earlier: Option<f64>,
    /// Mean of all pain told in the last four weeks, this one included.
    pub pain_lately: Option<f64>,
    /// Runs that were added since the last visit; all where there was none.
    pub runs_since_visit: usize,
}

struct DayRun {
    day: NaiveDate,
    in_band_s: f64,
    interval: Option<(f64, f64)>,
    moving_s: f64,
    pains: [Option<f64>; 2],
}

impl Library {
    /// A person's weeks from that of `from` to that of `to`, without a hole. `today` tells which week is not over.
    pub fn weeks(
        &self,
        person: PersonId,
        from: NaiveDate,
        to: NaiveDate,
        today: NaiveDate,
    ) -> Result<Vec<Week>, LibraryError> {
        let first = monday_of(from);
        let end = monday_of(to) + Days::new(7);
        let runs = self.runs_of_days(person, first, end)?;
        let doses = self.doses(person)?;
        let pains = self.day_pains(person)?;
        let mut weeks = Vec::new();
        let (mut monday, mut rest) = (first, runs.as_slice());
        while monday < end {
            let next = monday + Days::new(7);
            let (these, later) = rest.split_at(rest.partition_point(|run| run.day < next));
            rest = later;
            let days = pains.iter().filter(|pain| (monday..next).contains(&pain.day));
            let pain_day = mean(days.map(|pain| f64::from(pain.level)));
            weeks.push(week(monday, these, &doses, pain_day, today));
            monday = next;
        }
        Ok(weeks)
    }

    /// What stands at the head of a person's page.
    pub fn overview(&self, person: PersonId, today: NaiveDate) -> Result<Overview, LibraryError> {
        let known = self.person(person)?;
        let first_run = known.first_run.unwrap_or(today).min(today);
        // Who never ran is held against what was agreed all the same.
        let agreed = self.doses(person)?.first().map(|dose| dose.from);
        let earliest = known.first_run.or(agreed).unwrap_or(today).min(today);
        let weeks = self.weeks(person, (today - Days::new(56)).max(earliest), today, today)?;
        let eight = &weeks[..weeks.len().saturating_sub(1)];
        let pain_of = |weeks: &[Week]| {
            mean(weeks.iter().flat_map(|week| [week.pain_before, week.pain_after, week.pain_day]).flatten())
        };
        let (earlier, lately) = weeks.split_at(weeks.len().saturating_sub(4));
        let earlier = &earlier[earlier.len().saturating_sub(4)..];
        let verdicts = |verdict| eight.iter().filter(|week| week.minutes == verdict).count();
        let since_us = known.visit.map_or(0, |visit| visit.timestamp_micros());
        let new: i64 = self.db.query_row(
            "SELECT count(*) FROM run WHERE person_id = ?1 AND binned_us IS NULL AND kept_us > ?2",
            (person.0, since_us),
            |row| row.get(0),
        )?;
        Ok(Overview {
            dosed_weeks: eight.iter().filter(|week| week.dose.is_some()).count(),
            done_weeks: verdicts(Verdict::Done),
            undecided_weeks: verdicts(Verdict::CannotTell),
            trend: trend(&eight[eight.partition_point(|week| week.monday < monday_of(first_run))..]),
            pain_earlier: pain_of(earlier),
            pain_lately: pain_of(lately),
            runs_since_visit: new as usize,
            this_week: weeks.last().cloned().ok_or_else(|| LibraryError::Bug("no week".to_owned()))?,
        })
    }

    fn runs_of_days(
        &self,
        person: PersonId,
        from: NaiveDate,
        before: NaiveDate,
    ) -> Result<Vec<DayRun>, LibraryError> {
        let mut runs = self.db.prepare_cached(
            "SELECT day, in_band_s, in_band_low_s, in_band_high_s, faster_s, pain_before, pain_after FROM run
             WHERE person_id = ?1 AND day >= ?2 AND day < ?3 AND binned_us IS NULL AND same_as IS NULL ORDER BY day",
        )?;
        let runs = runs.query_map((person.0, from.to_string(), before.to_string()), |row| {
            let (low, high): (Option<f64>, Option<f64>) = (row.get(2)?, row.get(3)?);
            let in_band_s: f64 = row.get(1)?;
            Ok(DayRun {
                day: day_of(row, "day")?,
                in_band_s,
                interval: low.zip(high),
                moving_s: in_band_s + row.get::<_, f64>(4)?,
                pains: [row.get(5)?, row.get(6)?],
            })
        })?;
        Ok(runs.collect::<Result<_, _>>()?)
    }
}

pub(super) fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn week(monday: NaiveDate, runs: &[DayRun], doses: &[Dose], pain_day: Option<f64>, today: NaiveDate) -> Week {
    let sunday = monday + Days::new(6);
    // Not `sum`: that of nothing is -0.
    let in_band_s = runs.iter().fold(0.0, |sum, run| sum + run.in_band_s);
    // The runs' errors are independent: their squares add up. A run without an interval leaves the week without one.
    let squares = runs.iter().try_fold((0.0, 0.0), |(below, above), run| {
        let (low, high) = run.interval?;
        Some((below + (run.in_band_s - low).powi(2), above + (high - run.in_band_s).powi(2)))
    });
    let interval = squares
        .map(|(below, above): (f64, f64)| ((in_band_s - below.sqrt()).max(0.0), in_band_s + above.sqrt()));
    let dose = doses.iter().rfind(|dose| dose.from <= sunday).copied();
    let sessions = runs.iter().filter(|run| run.in_band_s >= SESSION_S).count();
    let unfinished = today <= sunday;
    let open = |verdict| if unfinished && verdict == Verdict::NotDone { Verdict::StillOpen } else { verdict };
    let minutes = dose.map_or(Verdict::NoDose, |dose| {
        let goal_s = dose.minutes_per_week * 60.0;
        match interval {
            Some((low, _)) if low >= goal_s => Verdict::Done,
            Some((_, high)) if high < goal_s => open(Verdict::NotDone),
            _ => Verdict::CannotTell,
        }
    });
    let sessions_done = dose.and_then(|dose| dose.sessions_per_week).map_or(Verdict::NoDose, |goal| {
        if sessions >= usize::from(goal) { Verdict::Done } else { open(Verdict::NotDone) }
    });
    let pains = |which: usize| mean(runs.iter().filter_map(|run| run.pains[which]));
    Week {
        monday,
        week: format!("{}-W{:02}", monday.iso_week().year(), monday.iso_week().week()),
        unfinished,
        runs: runs.len(),
        sessions,
        in_band_s,
        in_band_low_s: interval.map(|(low, _)| low),
        in_band_high_s: interval.map(|(_, high)| high),
        moving_s: runs.iter().fold(0.0, |sum, run| sum + run.moving_s),
        dose,
        minutes,
        sessions_done,
        pain_before: pains(0),
        pain_after: pains(1),
        pain_day,
    }
}

/// The straight line through the weeks, by least squares, with the interval that their scatter gives. `None` below
/// four weeks, as three points lie on a line too easily, and where nobody ran in any.
pub fn trend(weeks: &[Week]) -> Option<Trend> {
    let count = weeks.len();
    if count < 4 || weeks.iter().all(|week| week.runs == 0) {
        return None;
    }
    let n = count as f64;
    let (mean_x, mean_y) = ((n - 1.0) / 2.0, weeks.iter().map(|week| week.in_band_s).sum::<f64>() / n);
    let offsets = || weeks.iter().enumerate().map(|(k, week)| (k as f64 - mean_x, week.in_band_s - mean_y));
    let spread: f64 = offsets().map(|(x, _)| x * x).sum();
    let slope_s = offsets().map(|(x, y)| x * y).sum::<f64>() / spread;
    let rest: f64 = offsets().map(|(x, y)| (y - slope_s * x).powi(2)).sum();
    let freedom = count - 2;
    let t = T_95.get(freedom - 1).copied().unwrap_or(1.96 + 2.5 / freedom as f64);
    let half = t * (rest / freedom as f64 / spread).sqrt();
    Some(Trend { weeks: count, slope_s, low_s: slope_s - half, high_s: slope_s + half })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn run(on: &str, in_band_s: f64, half_s: f64) -> DayRun {
        let interval = Some((in_band_s - half_s, in_band_s + half_s));
        DayRun { day: day(on), in_band_s, interval, moving_s: 2000.0, pains: [Some(4.0), None] }
    }

    fn dose(minutes_per_week: f64) -> Dose {
        Dose { from: day("2026-11-15"), minutes_per_week, sessions_per_week: Some(2) }
    }

    #[test]
    fn a_week_is_held_against_the_dose_of_its_sunday() {
        let monday = day("2026-11-09");
        let runs = [run("2026-11-10", 1800.0, 30.0), run("2026-11-14", 1800.0, 40.0)];
        let later = day("2026-11-25");
        let verdict = |minutes| week(monday, &runs, &[dose(minutes)], None, later);
        let done = verdict(59.0);
        assert_eq!((done.minutes, done.sessions_done, done.sessions), (Verdict::Done, Verdict::Done, 2));
        assert_eq!((done.in_band_low_s, done.in_band_high_s), (Some(3550.0), Some(3650.0)));
        assert_eq!(verdict(60.0).minutes, Verdict::CannotTell);
        assert_eq!(verdict(61.0).minutes, Verdict::NotDone);
        let now = week(monday, &runs, &[dose(61.0)], Some(3.0), day("2026-11-15"));
        assert_eq!((now.minutes, now.unfinished, now.pain_day), (Verdict::StillOpen, true, Some(3.0)));
        assert_eq!((now.pain_before, now.pain_after, now.week.as_str()), (Some(4.0), None, "2026-W46"));
        assert_eq!(week(day("2026-11-02"), &runs, &[dose(61.0)], None, later).minutes, Verdict::NoDose);
    }

    #[test]
    fn a_run_without_an_interval_leaves_the_week_open() {
        let runs = [DayRun { interval: None, ..run("2026-11-10", 9000.0, 0.0) }];
        let week = week(day("2026-11-09"), &runs, &[dose(60.0)], None, day("2026-11-25"));
        assert_eq!((week.in_band_low_s, week.minutes), (None, Verdict::CannotTell));
    }

    #[test]
    fn the_trend_is_the_slope_with_the_scatter_around_it() {
        let weeks = |values: &[f64]| -> Vec<Week> {
            values
                .iter()
                .map(|value| Week {
                    in_band_s: *value,
                    runs: 1,
                    ..week(day("2026-11-09"), &[], &[], None, day("2026-11-25"))
                })
                .collect()
        };
        let exact = trend(&weeks(&[100.0, 160.0, 220.0, 280.0])).expect("a trend");
        assert!((exact.slope_s - 60.0).abs() < 1e-9 && (exact.high_s - exact.low_s).abs() < 1e-6);
        // By hand: slope 8 / 5, rest 2.4 - ..., t of 2 degrees 4.303.
        let rough = trend(&weeks(&[0.0, 4.0, 2.0, 6.0])).expect("a trend");
        assert!((rough.slope_s - 1.6).abs() < 1e-9);
        let half = 4.303 * (7.2_f64 / 2.0 / 5.0).sqrt();
        assert!((rough.high_s - 1.6 - half).abs() < 1e-9, "{rough:?}");
        assert_eq!(trend(&weeks(&[1.0, 2.0, 3.0])), None);
        let nobody_ran: Vec<Week> =
            weeks(&[0.0; 8]).into_iter().map(|week| Week { runs: 0, ..week }).collect();
        assert_eq!(trend(&nobody_ran), None);
    }
}
