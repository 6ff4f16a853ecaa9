//! Time in band as columns, by week, by month and by run, with their words.

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    app::state::person_words::{counted, date, minutes_in_band, short, verdict_words},
    band::{Edges, Interval},
    figure::{WeekColumn, WeeksFigure},
    library::{KeptRun, RunId, Week},
    text::headline,
    units,
};

/// So many weeks are shown; more are shown by month.
const WEEKS: usize = 26;
/// So many runs are shown, the latest.
const RUNS: usize = 40;

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ByTime {
    /// A week.
    #[default]
    Week,
    /// The mean week of a month.
    Month,
    /// A run.
    Run,
}

/// What is said of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnWords {
    /// Below its name: when the week began.
    pub below: String,
    /// Line by line.
    pub lines: Vec<String>,
    /// The run that it is, if it is one.
    pub run: Option<RunId>,
}

/// Columns with their words.
#[derive(Debug, Clone, PartialEq)]
pub struct WeeksChart {
    /// What the columns are.
    pub title: String,
    /// The columns.
    pub figure: WeeksFigure,
    /// What is said of each.
    pub words: Vec<ColumnWords>,
}

impl WeeksChart {
    fn new(title: String, columns: Vec<(WeekColumn, ColumnWords)>) -> Self {
        let (columns, words) = columns.into_iter().unzip();
        Self { title, figure: WeeksFigure::new(columns), words }
    }

    /// The latest weeks.
    pub(super) fn by_week(weeks: &[Week], edges: Edges) -> Self {
        let latest = &weeks[weeks.len().saturating_sub(WEEKS)..];
        Self::new(format!("{}, per week", minutes_in_band(edges)), latest.iter().map(of_week).collect())
    }

    /// The mean week of each month: so it can be held against what was agreed for a week. A week belongs to the month
    /// of its Thursday, as it belongs to a year.
    pub(super) fn by_month(weeks: &[Week], edges: Edges) -> Self {
        let month = |week: &Week| {
            let thursday = week.monday + Days::new(3);
            (thursday.year(), thursday.month())
        };
        let months =
            weeks.chunk_by(|a, b| month(a) == month(b)).map(|weeks| of_month(weeks, month(&weeks[0])));
        Self::new(format!("{}, mean week of each month", minutes_in_band(edges)), months.collect())
    }

    /// The latest runs.
    pub(super) fn by_run(runs: &[KeptRun], edges: Edges) -> Self {
        let mut latest: Vec<&KeptRun> = runs.iter().filter(|run| run.counts()).take(RUNS).collect();
        latest.reverse();
        Self::new(format!("{}, per run", minutes_in_band(edges)), latest.into_iter().map(of_run).collect())
    }

    /// All of it for those who do not see it.
    pub fn spoken(&self) -> String {
        let columns = self.words.iter().map(ColumnWords::sentence);
        format!("{}. {}", self.title, columns.collect::<Vec<_>>().join(" "))
    }
}

impl ColumnWords {
    /// In one sentence.
    pub fn sentence(&self) -> String {
        format!("{}.", self.lines.join(", "))
    }
}

fn of_week(week: &Week) -> (WeekColumn, ColumnWords) {
    let interval = week.in_band_low_s.zip(week.in_band_high_s).filter(|_| week.runs > 0);
    let pains: Vec<f64> = [week.pain_before, week.pain_after, week.pain_day].into_iter().flatten().collect();
    let pain = mean(&pains);
    let mut lines = vec![span(week.monday), spent(week.in_band_s)];
    lines.extend(interval.map(likely));
    if let Some(dose) = week.dose {
        lines.push(format!("agreed {} min: {}", short(dose.minutes_per_week), verdict_words(week.minutes)));
    }
    let sessions = match week.dose.and_then(|dose| dose.sessions_per_week) {
        Some(goal) => format!(", {} of {}", week.sessions, counted(goal.into(), "session")),
        None => String::new(),
    };
    lines.push(format!("{}{sessions}", counted(week.runs, "run")));
    lines.extend(pain.map(pain_words));
    let column = WeekColumn {
        name: format!("W{:02}", week.monday.iso_week().week()),
        in_band_s: week.in_band_s,
        interval_s: interval.map(|(low, high)| [low, high]),
        dose_s: week.dose.map(|dose| dose.minutes_per_week * 60.0),
        is_unfinished: week.unfinished,
        pain,
    };
    (column, ColumnWords { below: week.monday.format("%-d %b").to_string(), lines, run: None })
}

fn of_month(weeks: &[Week], (year, month): (i32, u32)) -> (WeekColumn, ColumnWords) {
    let count = weeks.len().max(1) as f64;
    let in_band_s = weeks.iter().fold(0.0, |sum, week| sum + week.in_band_s) / count;
    // The weeks' errors are independent: their squares add up.
    let squares = weeks.iter().try_fold((0.0, 0.0), |(below, above), week| {
        let (low, high) = week.in_band_low_s.zip(week.in_band_high_s)?;
        Some((below + (week.in_band_s - low).powi(2), above + (high - week.in_band_s).powi(2)))
    });
    let runs: usize = weeks.iter().map(|week| week.runs).sum();
    let interval = squares.filter(|_| runs > 0).map(|(below, above): (f64, f64)| {
        ((in_band_s - below.sqrt() / count).max(0.0), in_band_s + above.sqrt() / count)
    });
    let doses: Vec<f64> =
        weeks.iter().filter_map(|week| week.dose.map(|dose| dose.minutes_per_week * 60.0)).collect();
    let pains: Vec<f64> =
        weeks.iter().flat_map(|week| [week.pain_before, week.pain_after, week.pain_day]).flatten().collect();
    let dose_s = mean(&doses);
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    let mut lines = vec![first.format("%B %Y").to_string(), format!("{} a week", spent(in_band_s))];
    lines.extend(interval.map(likely));
    lines.extend(dose_s.map(|dose_s| format!("agreed {} min a week", short((dose_s / 6.0).round() / 10.0))));
    lines.push(format!("{} in {}", counted(runs, "run"), counted(weeks.len(), "week")));
    lines.extend(mean(&pains).map(pain_words));
    let column = WeekColumn {
        name: first.format("%b").to_string(),
        in_band_s,
        interval_s: interval.map(|(low, high)| [low, high]),
        dose_s,
        is_unfinished: weeks.iter().any(|week| week.unfinished),
        pain: mean(&pains),
    };
    let below = if month == 1 { year.to_string() } else { String::new() };
    (column, ColumnWords { below, lines, run: None })
}

fn of_run(run: &KeptRun) -> (WeekColumn, ColumnWords) {
    let numbers = &run.numbers;
    let interval = numbers.in_band_low_s.zip(numbers.in_band_high_s);
    let pains: Vec<f64> = [run.pain_before, run.pain_after].into_iter().flatten().map(f64::from).collect();
    let mut lines = vec![format!("{}, {}", date(run.day), run.name), spent(numbers.in_band_s)];
    lines.extend(interval.map(likely));
    lines.push(format!("{} of moving time", units::percent(numbers.share())));
    lines.extend(mean(&pains).map(pain_words));
    let column = WeekColumn {
        name: run.day.format("%-d %b").to_string(),
        in_band_s: numbers.in_band_s,
        interval_s: interval.map(|(low, high)| [low, high]),
        dose_s: None,
        is_unfinished: false,
        pain: mean(&pains),
    };
    (column, ColumnWords { below: String::new(), lines, run: Some(run.id) })
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64)
}

fn spent(seconds: f64) -> String {
    units::duration_exact_words(seconds)
}

fn likely((low_s, high_s): (f64, f64)) -> String {
    headline::interval_words(Interval { low_s, high_s })
}

fn pain_words(pain: f64) -> String {
    format!("pain {pain:.1}")
}

/// "9 – 15 Nov 2026", "28 Sep – 4 Oct 2026"
fn span(monday: NaiveDate) -> String {
    let sunday = monday + Days::new(6);
    let from = if monday.month() == sunday.month() { "%-d" } else { "%-d %b" };
    format!("{} – {}", monday.format(from), date(sunday))
}
