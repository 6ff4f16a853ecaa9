//! People, their doses, notes and pain.

use chrono::{Days, NaiveDate};
use clap::Subcommand;

use crate::{
    library::{Dose, NoteId, Overview, PersonChange, Verdict, Week},
    units,
};

use super::{CommandDone, Context, day, minutes, table};

/// `spinepace library person`
#[derive(Debug, clap::Args)]
pub(super) struct PersonArguments {
    #[command(subcommand)]
    command: PersonCommand,
}

#[derive(Debug, Subcommand)]
enum PersonCommand {
    /// Enter a person
    Add {
        /// Pseudonym or initials
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        more: PersonMore,
    },
    /// List everybody
    List,
    /// Print a person's page: this week, the weeks, the trend, pain
    Show {
        /// Pseudonym, reference number or number [default: me]
        #[arg(value_name = "WHO")]
        who: Option<String>,
        /// How many weeks back
        #[arg(long, default_value_t = 8)]
        weeks: u32,
        /// Take this day for today
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<NaiveDate>,
    },
    /// Change what is written down about a person
    Change {
        /// Pseudonym, reference number or number
        #[arg(value_name = "WHO")]
        who: String,
        /// Another pseudonym
        #[arg(long, value_name = "TEXT")]
        name: Option<String>,
        #[command(flatten)]
        more: PersonMore,
    },
    /// Note that a person is here now; what is new is counted from here on
    Visit {
        /// Pseudonym, reference number or number
        #[arg(value_name = "WHO")]
        who: String,
    },
}

#[derive(Debug, clap::Args)]
struct PersonMore {
    /// A reference number
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// The colour in lists
    #[arg(long, value_name = "TEXT")]
    colour: Option<String>,
    /// What there is to note
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

impl PersonMore {
    fn change(&self, name: Option<&String>) -> PersonChange {
        PersonChange {
            name: name.cloned(),
            reference: self.reference.clone(),
            colour: self.colour.clone(),
            note: self.note.clone(),
        }
    }
}

/// `spinepace library dose`
#[derive(Debug, clap::Args)]
pub(super) struct DoseArguments {
    #[command(subcommand)]
    command: DoseCommand,
}

#[derive(Debug, Subcommand)]
enum DoseCommand {
    /// Agree on minutes in band a week
    Set {
        /// Minutes a week
        #[arg(value_name = "MINUTES")]
        minutes: f64,
        /// Sessions a week
        #[arg(long, value_name = "COUNT")]
        sessions: Option<u8>,
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
    /// Remove the dose that was agreed from this day on
    Remove {
        /// The day
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: NaiveDate,
        /// Pseudonym, reference number or number [default: me]
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
}

/// `spinepace library note`
#[derive(Debug, clap::Args)]
pub(super) struct NoteArguments {
    #[command(subcommand)]
    command: NoteCommand,
}

#[derive(Debug, Subcommand)]
enum NoteCommand {
    /// Write a note
    Add {
        /// What it says
        #[arg(value_name = "TEXT")]
        text: String,
        /// About this day [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        day: Option<NaiveDate>,
        /// Pseudonym, reference number or number [default: me]
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// List a person's notes
    List {
        /// Pseudonym, reference number or number [default: me]
        #[arg(long, value_name = "WHO")]
        person: Option<String>,
    },
    /// Change a note
    Change {
        /// The note's number
        #[arg(value_name = "NOTE")]
        note: i64,
        /// What it says now
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Move a note to the bin
    Delete {
        /// The note's number
        #[arg(value_name = "NOTE")]
        note: i64,
    },
}

/// `spinepace library pain`
#[derive(Debug, clap::Args)]
pub(super) struct PainArguments {
    /// 0 (none) to 10 (the worst); without it what was written down is listed
    #[arg(value_name = "0-10")]
    level: Option<u8>,
    /// On this day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<NaiveDate>,
    /// Remove the day's pain
    #[arg(long, conflicts_with = "level")]
    remove: bool,
    /// Pseudonym, reference number or number [default: me]
    #[arg(long, value_name = "WHO")]
    person: Option<String>,
}

pub(super) fn person(context: &Context, arguments: &PersonArguments) -> CommandDone {
    match &arguments.command {
        PersonCommand::Add { name, more } => {
            let mut library = context.write()?;
            let id = library.add_person(&more.change(Some(name)))?;
            let entered = library.person(id)?;
            context.close(library);
            context.print(&entered, || format!("{} is person {id}\n", entered.name))
        }
        PersonCommand::Change { who, name, more } => {
            let mut library = context.write()?;
            let id = library.find_person(who)?;
            library.change_person(id, &more.change(name.as_ref()))?;
            let changed = library.person(id)?;
            context.close(library);
            context.print(&changed, || format!("{} is person {id}\n", changed.name))
        }
        PersonCommand::Visit { who } => {
            let mut library = context.write()?;
            let id = library.find_person(who)?;
            library.visit(id)?;
            context.close(library);
            context
                .print(&serde_json::json!({ "person": id }), || format!("person {id}: the visit is noted\n"))
        }
        PersonCommand::List => {
            let people = context.read()?.people()?;
            context.print(&people, || {
                let rows = people.iter().map(|person| {
                    let days = person.first_run.zip(person.last_run);
                    vec![
                        person.id.to_string(),
                        person.name.clone(),
                        person.reference.clone(),
                        units::counted(person.runs, "run"),
                        days.map_or_else(String::new, |(first, last)| format!("{first} to {last}")),
                    ]
                });
                table(&rows.collect::<Vec<_>>())
            })
        }
        PersonCommand::Show { who, weeks, today } => {
            let mut library = context.read()?;
            let id = person_of(&library, who.as_deref())?;
            let today = day(*today);
            let about = library.person(id)?;
            let overview = library.overview(id, today)?;
            let from = today - Days::new(7 * u64::from(weeks.saturating_sub(1)));
            let page = serde_json::json!({
                "person": about,
                "overview": overview,
                "doses": library.doses(id)?,
                "weeks": library.weeks(id, from, today, today)?,
                "notes": library.notes(id)?,
                "day_pains": library.day_pains(id)?,
            });
            library.viewed(id)?;
            let weeks = library.weeks(id, from, today, today)?;
            context.print(&page, || {
                let pain = overview.pain_earlier.zip(overview.pain_lately);
                let pain = pain.map_or_else(String::new, |(earlier, lately)| {
                    format!("pain: {earlier:.1} in the four weeks before, {lately:.1} in the last four\n")
                });
                let trend = overview.trend.map_or_else(String::new, |trend| {
                    let [slope, low, high] = [trend.slope_s, trend.low_s, trend.high_s].map(|s| s / 60.0);
                    format!(
                        "trend: {slope:+.1} min a week over {} weeks (95% interval {low:+.1} to {high:+.1})\n",
                        trend.weeks
                    )
                });
                format!(
                    "{}: {}, {} since the last visit\n{}{}\n{trend}{pain}",
                    about.name,
                    units::counted(about.runs, "run"),
                    overview.runs_since_visit,
                    table(&weeks.iter().map(week_row).collect::<Vec<_>>()),
                    eight_weeks(&overview),
                )
            })
        }
    }
}

fn person_of(
    library: &crate::library::Library,
    who: Option<&str>,
) -> Result<crate::library::PersonId, crate::library::LibraryError> {
    super::person(library, who)
}

/// "last 8 weeks: 5 of 8 weeks with a dose done, 1 too close to tell"
fn eight_weeks(overview: &Overview) -> String {
    match (overview.dosed_weeks, overview.this_week.dose) {
        (0, Some(_)) => "the dose has no whole week behind it yet".to_owned(),
        (0, None) => "no dose agreed".to_owned(),
        (weeks, _) => format!(
            "last 8 weeks: {} of {} with a dose done, {} too close to tell",
            overview.done_weeks,
            units::counted(weeks, "week"),
            overview.undecided_weeks
        ),
    }
}

fn week_row(week: &Week) -> Vec<String> {
    let interval = week.in_band_low_s.zip(week.in_band_high_s).filter(|_| week.runs > 0);
    let verdict = match week.minutes {
        Verdict::Done => "done",
        Verdict::NotDone => "not done",
        Verdict::CannotTell => "too close to tell",
        Verdict::StillOpen => "still open",
        Verdict::NoDose => "",
    };
    vec![
        week.week.clone(),
        units::counted(week.runs, "run"),
        format!("in band {}", minutes(week.in_band_s)),
        interval.map_or_else(String::new, |(low, high)| format!("({} to {})", minutes(low), minutes(high))),
        week.dose.map_or_else(String::new, |dose| {
            format!("of {}", units::duration_words(dose.minutes_per_week * 60.0))
        }),
        verdict.to_owned(),
    ]
}

pub(super) fn dose(context: &Context, arguments: &DoseArguments) -> CommandDone {
    let who = match &arguments.command {
        DoseCommand::Set { person, .. }
        | DoseCommand::List { person }
        | DoseCommand::Remove { person, .. } => person.as_deref(),
    };
    let list = matches!(arguments.command, DoseCommand::List { .. });
    let mut library = if list { context.read()? } else { context.write()? };
    let id = person_of(&library, who)?;
    match &arguments.command {
        DoseCommand::List { .. } => {}
        DoseCommand::Set { minutes, sessions, from, .. } => {
            let dose = Dose { from: day(*from), minutes_per_week: *minutes, sessions_per_week: *sessions };
            library.set_dose(id, dose)?;
        }
        DoseCommand::Remove { from, .. } => library.remove_dose(id, *from)?,
    }
    let doses = library.doses(id)?;
    if !list {
        context.close(library);
    }
    context.print(&doses, || {
        let rows = doses.iter().map(|dose| {
            let sessions =
                dose.sessions_per_week.map_or_else(String::new, |count| format!("{count} sessions"));
            vec![format!("from {}", dose.from), format!("{} min a week", dose.minutes_per_week), sessions]
        });
        table(&rows.collect::<Vec<_>>())
    })
}

pub(super) fn note(context: &Context, arguments: &NoteArguments) -> CommandDone {
    match &arguments.command {
        NoteCommand::List { person } => {
            let library = context.read()?;
            let notes = library.notes(person_of(&library, person.as_deref())?)?;
            context.print(&notes, || {
                let rows = notes
                    .iter()
                    .map(|note| vec![note.id.to_string(), note.day.to_string(), note.text.clone()]);
                table(&rows.collect::<Vec<_>>())
            })
        }
        NoteCommand::Add { text, day: named, person } => {
            let mut library = context.write()?;
            let who = person_of(&library, person.as_deref())?;
            let note = library.add_note(who, day(*named), text)?;
            context.close(library);
            context.print(&serde_json::json!({ "note": note }), || format!("note {note} was added\n"))
        }
        NoteCommand::Change { note, text } => {
            let mut library = context.write()?;
            library.change_note(NoteId::new(*note), text)?;
            context.close(library);
            context.print(&serde_json::json!({ "note": note }), || format!("note {note} was changed\n"))
        }
        NoteCommand::Delete { note } => {
            let mut library = context.write()?;
            library.bin_note(NoteId::new(*note))?;
            context.close(library);
            context.print(&serde_json::json!({ "note": note }), || {
                format!("note {note} is in the bin for 30 days\n")
            })
        }
    }
}

pub(super) fn pain(context: &Context, arguments: &PainArguments) -> CommandDone {
    let change = arguments.level.is_some() || arguments.remove;
    let mut library = if change { context.write()? } else { context.read()? };
    let who = person_of(&library, arguments.person.as_deref())?;
    if change {
        library.pain_of_day(who, day(arguments.day), arguments.level)?;
    }
    let pains = library.day_pains(who)?;
    if change {
        context.close(library);
    }
    context.print(&pains, || {
        table(
            &pains.iter().map(|pain| vec![pain.day.to_string(), pain.level.to_string()]).collect::<Vec<_>>(),
        )
    })
}
