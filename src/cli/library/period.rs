//! `spinepace library report`: one page over some weeks.

use std::path::PathBuf;

use chrono::{Days, NaiveDate};

use crate::cli::report::{Paper, write};

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
    /// How many weeks, the last one included
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
    let from = to - Days::new(7 * u64::from(arguments.weeks - 1));
    let mut period = library.period(who, from, to, day(None))?;
    period.note.clone_from(&arguments.note);
    let page = period.page(arguments.paper.into());
    for warning in page.warnings() {
        let notice = warning.notice();
        output::complain(arguments.output.display(), format_args!("{}. {}", notice.message, notice.advice));
    }
    write(&page, ending, &arguments.output).map_err(Problem::Exit)?;
    Ok(library.viewed(who)?)
}
