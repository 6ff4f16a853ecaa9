//! A person's page, read from the library away from the frame: numbers, columns, and what they say in words.

use chrono::{Days, NaiveDate};

use crate::{
    app::state::{
        person_words::{counted, date, short, verdict_words},
        weeks_chart::{ByTime, WeeksChart},
    },
    band::Edges,
    library::{
        CalendarWeek, Dose, Filter, KeptRun, Library, LibraryError, Note, Overview, Person, PersonId, Plan,
        Session, Week,
    },
    units,
};

/// Weeks that are read at most: enough for two years of months.
const WEEKS: u64 = 104;
/// Weeks that are shown even where there were no runs yet.
const LEAST_WEEKS: u64 = 7;
/// So many weeks before the last one stand in the calendar.
const CALENDAR_WEEKS: u64 = 5;
/// Where the last run is longer ago, the chart ends with it instead of today.
const LONG_AGO: u64 = 26 * 7;

/// One number at the head of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub label: &'static str,
    /// The number.
    pub value: String,
    /// What qualifies it.
    pub small: String,
    /// All of it in words.
    pub spoken: String,
}

/// All that is shown of a person.
#[derive(Debug)]
pub struct PersonPage {
    /// Who.
    pub person: Person,
    /// The head of the page.
    pub overview: Overview,
    /// What was agreed, the earliest first.
    pub doses: Vec<Dose>,
    /// On which weekdays, the earliest first.
    pub plans: Vec<Plan>,
    /// The last weeks day by day, and the next one where sessions are planned for it.
    pub calendar: Vec<CalendarWeek>,
    /// Every run, the newest first.
    pub runs: Vec<KeptRun>,
    /// The notes, the latest day first.
    pub notes: Vec<Note>,
    /// What counts as in band.
    pub edges: Edges,
    /// The day that it was read on.
    pub today: NaiveDate,
    /// The day whose week is the last that is shown: today, or where the last run is long ago that of it.
    pub until: NaiveDate,
    /// The columns by week, by month and by run.
    charts: [WeeksChart; 3],
}

impl PersonPage {
    /// Reads it. May take a moment.
    pub fn read(library: &Library, who: PersonId, today: NaiveDate) -> Result<Self, LibraryError> {
        let person = library.person(who)?;
        let overview = library.overview(who, today)?;
        let runs = library.runs(&Filter { person: Some(who), ..Filter::default() })?;
        // A watch may be a day ahead of this computer.
        let last = person.last_run.map_or(today, |last| last.min(today + Days::new(7)));
        let to = if last + Days::new(LONG_AGO) < today { last } else { today.max(last) };
        let earliest = person.first_run.unwrap_or(to).min(to - Days::new(7 * LEAST_WEEKS));
        let from = earliest.max(to - Days::new(7 * (WEEKS - 1)));
        let weeks = library.weeks(who, from, to, today)?;
        let edges = library.edges()?;
        let mut calendar =
            library.calendar(who, to - Days::new(7 * CALENDAR_WEEKS), to + Days::new(7), today)?;
        let planned = |week: &CalendarWeek| week.days.iter().any(|day| day.session == Some(Session::Planned));
        calendar.pop_if(|next| !planned(next));
        Ok(Self {
            charts: [
                WeeksChart::by_week(&weeks, edges),
                WeeksChart::by_month(&weeks, edges),
                WeeksChart::by_run(&runs, edges),
            ],
            doses: library.doses(who)?,
            plans: library.plans(who)?,
            calendar,
            notes: library.notes(who)?,
            person,
            overview,
            runs,
            edges,
            today,
            until: to,
        })
    }

    /// Its columns.
    pub fn chart(&self, by: ByTime) -> &WeeksChart {
        &self.charts[by as usize]
    }

    /// "since 7 Sep 2026 · 23 runs · agreed: 60 min a week at ≤ 2 m/s, 3 times", the dose apart: it stands out.
    pub fn facts(&self) -> [String; 3] {
        let first = self.person.first_run.map_or_else(
            || "no runs yet".to_owned(),
            |day| format!("since {} · {}", date(day), counted(self.person.runs, "run")),
        );
        let new = match (self.person.visit, self.overview.runs_since_visit) {
            (Some(_), new) => format!(" · {new} new since the last visit"),
            (None, _) => String::new(),
        };
        let Some(dose) = self.dose_now() else {
            return [format!("{first}{new} · nothing agreed yet"), String::new(), String::new()];
        };
        let sessions = match dose.sessions_per_week {
            Some(1) => ", once".to_owned(),
            Some(times) => format!(", {times} times"),
            None => String::new(),
        };
        let upper = units::SpeedUnit::MetresPerSecond.format_short(self.edges.upper_mps());
        [
            format!("{first}{new} · agreed: "),
            format!("{} min a week", short(dose.minutes_per_week)),
            format!(" at ≤ {upper}{sessions}"),
        ]
    }

    /// What is agreed now.
    pub fn dose_now(&self) -> Option<Dose> {
        self.doses.iter().rfind(|dose| dose.from <= self.today).copied()
    }

    /// On which weekdays sessions are agreed now.
    pub fn plan_now(&self) -> Option<Plan> {
        self.plans.iter().rfind(|plan| plan.from <= self.today).copied()
    }

    /// The numbers at the head.
    pub fn figures(&self) -> [Figure; 4] {
        let overview = &self.overview;
        let lately = self.person.last_run.is_some_and(|last| last + Days::new(56) >= self.today);
        [
            this_week(&overview.this_week),
            eight_weeks(overview, self.person.last_run.is_none()),
            trend(overview, lately),
            pain(overview),
        ]
    }
}

fn this_week(week: &Week) -> Figure {
    let spent = units::duration(week.in_band_s);
    let sessions = week
        .dose
        .and_then(|dose| dose.sessions_per_week)
        .map(|goal| format!("{} of {}", week.sessions, counted(goal.into(), "session")));
    let (value, small) = match week.dose {
        Some(dose) => {
            let small = sessions.unwrap_or_else(|| verdict_words(week.minutes).to_owned());
            (format!("{spent} of {}", short(dose.minutes_per_week)), small)
        }
        None => (spent, counted(week.runs, "run")),
    };
    let agreed =
        week.dose.map_or_else(String::new, |dose| format!(" of {} min agreed", short(dose.minutes_per_week)));
    let verdict = verdict_words(week.minutes);
    let spoken =
        format!("This week: {}{agreed}, {verdict}, {small}", units::duration_exact_words(week.in_band_s));
    Figure { label: "This week", value, small, spoken }
}

fn eight_weeks(overview: &Overview, never_ran: bool) -> Figure {
    let label = "Last 8 weeks";
    if overview.dosed_weeks == 0 {
        // What is agreed since this week has no whole week behind it.
        let small = if overview.this_week.dose.is_some() { "no whole week yet" } else { "nothing agreed" };
        let small = small.to_owned();
        return Figure { label, value: "–".to_owned(), spoken: format!("{label}: {small}"), small };
    }
    let value = format!("{} of {} met", overview.done_weeks, overview.dosed_weeks);
    let small = match overview.undecided_weeks {
        0 if never_ran => "no runs yet".to_owned(),
        0 => "whole interval".to_owned(),
        weeks => format!("{weeks} too close to tell"),
    };
    Figure { label, spoken: format!("{label}: {value}, {small}"), value, small }
}

/// Of weeks without any run there is none to tell.
fn trend(overview: &Overview, lately: bool) -> Figure {
    let label = "Trend";
    let Some(trend) = overview.trend.filter(|_| lately) else {
        let small =
            if lately || overview.trend.is_none() { "needs four whole weeks" } else { "no runs lately" };
        let small = small.to_owned();
        return Figure { label, value: "–".to_owned(), spoken: format!("{label}: {small}"), small };
    };
    let [slope, low, high] = [trend.slope_s, trend.low_s, trend.high_s].map(|seconds| signed(seconds / 60.0));
    let value = format!("{slope} min / week");
    let small = format!("{low} to {high} (95%)");
    let spoken = format!("{label}: {slope} min a week over {} weeks, likely {small}", trend.weeks);
    Figure { label, value, small, spoken }
}

fn pain(overview: &Overview) -> Figure {
    let label = "Pain, 4 weeks";
    let (value, small) = match (overview.pain_earlier, overview.pain_lately) {
        (Some(earlier), Some(lately)) => (format!("{earlier:.1} → {lately:.1}"), "mean, 0 to 10".to_owned()),
        (None, Some(lately)) => (format!("{lately:.1}"), "none told before".to_owned()),
        (Some(earlier), None) => (format!("{earlier:.1} → –"), "none told lately".to_owned()),
        (None, None) => ("–".to_owned(), "not told yet".to_owned()),
    };
    let spoken = format!("{label}, 0 none to 10 the worst: {value}, {small}");
    Figure { label, value, small, spoken }
}

/// With a minus that is as wide as the plus.
fn signed(minutes: f64) -> String {
    format!("{minutes:+.1}").replace('-', "−")
}
