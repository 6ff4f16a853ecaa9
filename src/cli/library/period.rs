use std::{collections::HashMap, path::PathBuf};

use chrono::{Days, NaiveDate};

use crate::{
    cli::report::{Paper, write},
    library::{Filter, Library, LibraryError, PersonId, SESSION_S, Verdict, Week},
    render::report::{Day, Outcome, Period, PeriodWeek},
};

use super::{CommandDone, Context, Problem, day, output};

/// A page holds at most so many weeks: a year.
const MOST_WEEKS: u32 = 53;

/// `spinepace library report`
#[derive(Debug, clap::Args)]
pub(super) struct PeriodArguments {
    /// Pseudonym, reference number or number [default: me]
    #[arg(value_name = "WHO")]
    who: Option<String>,
    /// The page to write, ending in .pdf, .svg or .png; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// So many weeks, the last one included
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_WEEKS)))]
    weeks: u32,
    /// The week of this day is the last one [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<NaiveDate>,
    /// The therapist's note [default: a box to write in by hand]
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    note: String,
    /// The paper
    #[arg(long, value_enum, default_value_t = Paper::A4)]
    paper: Paper,
}

pub(super) fn report(context: &Context, arguments: &PeriodArguments) -> CommandDone {
    let ending = output::ending(&arguments.output, &["pdf", "svg", "png"])?;
    let mut library = context.read()?;
    let who = super::person(&library, arguments.who.as_deref())?;
    let to = day(arguments.to);
    let mut period = period(&library, who, to - Days::new(7 * u64::from(arguments.weeks - 1)), to)?;
    period.note.clone_from(&arguments.note);
    let page = period.page(arguments.paper.into());
    for warning in page.warnings() {
        let notice = warning.notice();
        output::complain(arguments.output.display(), format_args!("{}. {}", notice.message, notice.advice));
    }
    write(&page, ending, &arguments.output).map_err(Problem::Exit)?;
    Ok(library.viewed(who)?)
}

/// What a person did from the week of `from` to that of `to`.
fn period(library: &Library, who: PersonId, from: NaiveDate, to: NaiveDate) -> Result<Period, LibraryError> {
    let weeks = library.weeks(who, from, to, day(None))?;
    let first = weeks.first().map(|week| week.monday);
    let filter = Filter { person: Some(who), from: first, ..Filter::default() };
    let mut days: HashMap<NaiveDate, Day> = HashMap::new();
    for run in library.runs(&filter)?.iter().filter(|run| run.same_as.is_none()) {
        let day = days.entry(run.day).or_default();
        if run.numbers.in_band_s >= SESSION_S {
            *day = Day::Session;
        } else if *day == Day::Free {
            *day = Day::Run;
        }
    }
    let over: Vec<Week> = weeks.iter().filter(|week| !week.unfinished).cloned().collect();
    Ok(Period {
        name: library.person(who)?.name,
        remark: if library.is_demo()? { "a demo: nobody real".to_owned() } else { String::new() },
        edges: library.edges()?,
        trend_s: crate::library::trend(&over).map(|trend| [trend.slope_s, trend.low_s, trend.high_s]),
        weeks: weeks.iter().map(|week| week_of(week, &days)).collect(),
        note: String::new(),
    })
}

fn week_of(week: &Week, days: &HashMap<NaiveDate, Day>) -> PeriodWeek {
    let pains = [week.pain_before, week.pain_after, week.pain_day];
    let told = pains.iter().flatten().count();
    PeriodWeek {
        monday: week.monday,
        days: std::array::from_fn(|k| {
            days.get(&(week.monday + Days::new(k as u64))).copied().unwrap_or_default()
        }),
        runs: week.runs,
        in_band_s: week.in_band_s,
        interval_s: week.in_band_low_s.zip(week.in_band_high_s).map(|(low, high)| [low, high]),
        dose_s: week.dose.map(|dose| dose.minutes_per_week * 60.0),
        sessions_agreed: week.dose.and_then(|dose| dose.sessions_per_week),
        minutes: match week.minutes {
            Verdict::Done => Some(Outcome::Done),
            Verdict::NotDone => Some(Outcome::NotDone),
            Verdict::CannotTell => Some(Outcome::CannotTell),
            Verdict::StillOpen => Some(Outcome::StillOpen),
            Verdict::NoDose => None,
        },
        pain: (told > 0).then(|| pains.iter().flatten().fold(0.0, |sum, it| sum + it) / told as f64),
        is_unfinished: week.unfinished,
    }
}
