use chrono::{Datelike, Days, NaiveDate};

use crate::band::Interval;

use super::{Tick, ticks};

/// What the trend needs of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendRun {
    /// The local day on which it began.
    pub day: NaiveDate,
    /// Seconds in band.
    pub in_band_s: f64,
    /// Where that lies with 95 % probability.
    pub interval: Option<Interval>,
    /// Seconds of moving.
    pub moving_s: f64,
}

/// Time in band per week, weeks without a run included.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendFigure {
    /// The weeks, oldest first, without a hole.
    pub weeks: Vec<Week>,
    /// The axis of time: from 0 to this, s.
    pub y_max_s: f64,
    /// Marks beside, at seconds.
    pub y_ticks: Vec<Tick>,
}

/// One week, Monday to Sunday.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// "W46", by ISO 8601.
    pub label: String,
    /// The number of runs.
    pub runs: usize,
    /// Seconds in band.
    pub in_band_s: f64,
    /// Where that lies with 95 % probability, the runs' errors being independent; `None` where a run has none.
    pub interval: Option<Interval>,
    /// Seconds of moving.
    pub moving_s: f64,
    /// The dose agreed for this week, s.
    pub goal_s: Option<f64>,
    /// Whether the week is not over yet, to be drawn lighter.
    pub unfinished: bool,
}

impl TrendFigure {
    /// The weeks from the first run to `today`. `goals` are doses in seconds a week with the day from which each
    /// holds, oldest first; a week has the dose of its Sunday.
    pub fn new(runs: &[TrendRun], goals: &[(NaiveDate, f64)], today: NaiveDate) -> Self {
        let Some(first) = runs.iter().map(|run| run.day).min() else {
            return Self { weeks: Vec::new(), y_max_s: 3600.0, y_ticks: ticks::amount(3600.0, 4) };
        };
        let last = runs.iter().map(|run| run.day).max().unwrap_or(first).max(today);
        let mut weeks: Vec<Week> = Vec::new();
        let mut monday = monday_of(first);
        while monday <= last {
            let next = monday + Days::new(7);
            weeks.push(week(
                runs.iter().filter(|run| (monday..next).contains(&run.day)),
                monday,
                goals,
                today,
            ));
            monday = next;
        }
        let highest = |week: &Week| {
            week.interval.map_or(week.in_band_s, |interval| interval.high_s).max(week.goal_s.unwrap_or(0.0))
        };
        let y_max_s = weeks.iter().map(highest).fold(600.0, f64::max) * 1.08;
        Self { weeks, y_max_s, y_ticks: ticks::amount(y_max_s, 5) }
    }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

fn week<'a>(
    runs: impl Iterator<Item = &'a TrendRun>,
    monday: NaiveDate,
    goals: &[(NaiveDate, f64)],
    today: NaiveDate,
) -> Week {
    let sunday = monday + Days::new(6);
    let (mut count, mut in_band_s, mut moving_s) = (0, 0.0, 0.0);
    let mut variances = Some([0.0, 0.0]);
    for run in runs {
        count += 1;
        in_band_s += run.in_band_s;
        moving_s += run.moving_s;
        variances = variances.zip(run.interval).map(|([below, above], interval)| {
            [
                below + (run.in_band_s - interval.low_s).powi(2),
                above + (interval.high_s - run.in_band_s).powi(2),
            ]
        });
    }
    let interval = variances.map(|[below, above]| Interval {
        low_s: (in_band_s - below.sqrt()).max(0.0),
        high_s: in_band_s + above.sqrt(),
    });
    Week {
        monday,
        label: format!("W{}", monday.iso_week().week()),
        runs: count,
        in_band_s,
        interval: interval.filter(|_| count > 0),
        moving_s,
        goal_s: goals.iter().rfind(|(from, _)| *from <= sunday).map(|(_, goal_s)| *goal_s),
        unfinished: (monday..=sunday).contains(&today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn run(on: &str, in_band_s: f64) -> TrendRun {
        let interval = Some(Interval { low_s: in_band_s - 30.0, high_s: in_band_s + 40.0 });
        TrendRun { day: day(on), in_band_s, interval, moving_s: 2000.0 }
    }

    #[test]
    fn weeks_follow_each_other_without_a_hole() {
        let runs = [run("2026-11-14", 1000.0), run("2026-11-09", 500.0), run("2026-10-25", 700.0)];
        let goals = [(day("2026-10-01"), 2400.0), (day("2026-11-03"), 3600.0)];
        let figure = TrendFigure::new(&runs, &goals, day("2026-11-15"));
        let labels: Vec<_> = figure.weeks.iter().map(|w| (w.label.as_str(), w.runs)).collect();
        assert_eq!(labels, [("W43", 1), ("W44", 0), ("W45", 0), ("W46", 2)]);
        let last = &figure.weeks[3];
        assert!(last.unfinished && !figure.weeks[2].unfinished);
        assert_eq!(
            (last.in_band_s, last.goal_s, figure.weeks[0].goal_s),
            (1500.0, Some(3600.0), Some(2400.0))
        );
        let interval = last.interval.expect("an interval");
        assert!((interval.low_s - (1500.0 - 1800_f64.sqrt())).abs() < 1e-9);
        assert_eq!(figure.weeks[1].interval, None);
    }

    #[test]
    fn no_runs_no_weeks() {
        assert!(TrendFigure::new(&[], &[], day("2026-11-15")).weeks.is_empty());
    }
}
