//! Agreed weekdays, and the calendar that shows what became of them.

use chrono::{Days, NaiveDate};
use clap::Subcommand;

use crate::library::{CalendarDay, CalendarWeek, Plan, Session, Weekdays};

use super::{CommandDone, Context, day, minutes, person, table};

/// `spinepace library plan`
#[derive(Debug, clap::Args)]
pub(super) struct PlanArguments {
    #[command(subcommand)]
    command: PlanCommand,
}

#[derive(Debug, Subcommand)]
enum PlanCommand {
    /// Agree on the weekdays of sessions
    Set {
        /// The weekdays: mon,wed,fri; none ends the plan
        #[arg(value_name = "WEEKDAYS")]
        weekdays: Weekdays,
        /// From this day on [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<NaiveDate>,
        /// Pseudonym, reference number or number [default: me]
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// List what was agreed, with its history
    List {
        /// Pseudonym, reference number or number [default: me]
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// Move one session to another day of its week; move it back to its own day to undo that
    Move {
        /// The day that it is agreed for, or was moved to before
        #[arg(value_name = "YYYY-MM-DD")]
        from: NaiveDate,
        /// The day on which it is to be done
        #[arg(value_name = "YYYY-MM-DD")]
        to: NaiveDate,
        /// Pseudonym, reference number or number [default: me]
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// Remove the plan that was agreed from this day on
    Remove {
        /// The day
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: NaiveDate,
        /// Pseudonym, reference number or number [default: me]
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
}

/// `spinepace library calendar`
#[derive(Debug, clap::Args)]
pub(super) struct CalendarArguments {
    /// Pseudonym, reference number or number [default: me]
    #[arg(value_name = "WHO")]
    who: Option<String>,
    /// How many weeks, this one included
    #[arg(long, default_value_t = 8)]
    weeks: u32,
    /// Take this day for today
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<NaiveDate>,
}

pub(super) fn plan(context: &Context, arguments: &PlanArguments) -> CommandDone {
    let who = match &arguments.command {
        PlanCommand::Set { person, .. }
        | PlanCommand::List { person }
        | PlanCommand::Move { person, .. }
        | PlanCommand::Remove { person, .. } => person.as_deref(),
    };
    let list = matches!(arguments.command, PlanCommand::List { .. });
    let mut library = if list { context.read()? } else { context.write()? };
    let id = person(&library, who)?;
    match &arguments.command {
        PlanCommand::List { .. } => {}
        PlanCommand::Set { weekdays, from, .. } => {
            library.set_plan(id, Plan { from: day(*from), weekdays: *weekdays })?;
        }
        PlanCommand::Move { from, to, .. } => library.move_session(id, *from, *to)?,
        PlanCommand::Remove { from, .. } => library.remove_plan(id, *from)?,
    }
    let plans = library.plans(id)?;
    if !list {
        context.close(library);
    }
    context.print(&plans, || {
        let row = |plan: &Plan| vec![format!("from {}", plan.from), plan.weekdays.to_string()];
        table(&plans.iter().map(row).collect::<Vec<_>>())
    })
}

pub(super) fn calendar(context: &Context, arguments: &CalendarArguments) -> CommandDone {
    let mut library = context.read()?;
    let id = person(&library, arguments.who.as_deref())?;
    let today = day(arguments.today);
    let from = today - Days::new(7 * u64::from(arguments.weeks.saturating_sub(1)));
    let weeks = library.calendar(id, from, today, today)?;
    library.viewed(id)?;
    context.print(&weeks, || {
        let mut rows =
            vec![["week of", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", ""].map(str::to_owned).into()];
        rows.extend(weeks.iter().map(week_row));
        table(&rows)
    })
}

fn week_row(week: &CalendarWeek) -> Vec<String> {
    let mut row = vec![week.monday.to_string()];
    row.extend(week.days.iter().map(day_cell));
    let mut said = format!("{} of {} done", week.done, week.agreed);
    for (count, what) in [(week.moved, "moved"), (week.missed, "missed"), (week.extra, "extra")] {
        if count > 0 {
            said = format!("{said}, {count} {what}");
        }
    }
    row.push(said);
    row
}

fn day_cell(day: &CalendarDay) -> String {
    let to = |what: &str| {
        day.other.map_or_else(|| what.to_owned(), |other| format!("{what} {}", other.format("%a")))
    };
    let word = match day.session {
        Some(Session::Done) => "done".to_owned(),
        Some(Session::Moved) => to("moved to"),
        Some(Session::Missed) => "missed".to_owned(),
        Some(Session::Planned) if day.other.is_some() => to("planned, from"),
        Some(Session::Planned) => "planned".to_owned(),
        Some(Session::Instead) => to("done for"),
        Some(Session::Extra) => "extra".to_owned(),
        None if day.other.is_some() => to("moved to"),
        None => String::new(),
    };
    match (word.is_empty(), day.runs) {
        (true, 0) => "-".to_owned(),
        (_, 0) => word,
        (true, _) => minutes(day.in_band_s),
        (false, _) => format!("{word} {}", minutes(day.in_band_s)),
    }
}
