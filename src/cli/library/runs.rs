//! The runs that are kept: listed, shown, changed and moved.

use chrono::NaiveDate;
use clap::ValueEnum;

use crate::{
    library::{Choice, Filter, KeptRun, Library, RunId, Sort},
    units,
};

use super::{CommandDone, Context, Problem, minutes, person, table};

/// `spinepace library list`
#[derive(Debug, clap::Args)]
pub(super) struct ListArguments {
    /// Runs of this person: pseudonym, reference number or number
    #[arg(long, value_name = "WHO")]
    person: Option<String>,
    /// From this day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<NaiveDate>,
    /// Up to this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<NaiveDate>,
    /// With this tag
    #[arg(long)]
    tag: Option<String>,
    /// With these words in name, note, activity or file name
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Only runs that seem to be the same activity as another and wait for `choose`
    #[arg(long)]
    waiting: bool,
    /// The order
    #[arg(long, value_enum, default_value_t = SortArgument::Newest)]
    sort: SortArgument,
    /// At most this many
    #[arg(long, value_name = "COUNT")]
    most: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SortArgument {
    /// The latest first
    Newest,
    /// The earliest first
    Oldest,
    /// The most time in band first
    InBand,
    /// The largest share of moving time first
    Share,
    /// The longest way first
    Distance,
    /// By name
    Name,
}

/// `spinepace library show`
#[derive(Debug, clap::Args)]
pub(super) struct ShowArguments {
    /// The run's number
    #[arg(value_name = "RUN")]
    run: RunId,
}

/// `spinepace library change`
#[derive(Debug, clap::Args)]
pub(super) struct ChangeArguments {
    /// The run's number
    #[arg(value_name = "RUN")]
    run: RunId,
    /// Its name
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Its note; an empty one takes it away
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Pain before, 0 to 10
    #[arg(long, value_name = "0-10")]
    pain_before: Option<u8>,
    /// Pain after, 0 to 10
    #[arg(long, value_name = "0-10")]
    pain_after: Option<u8>,
    /// Put this tag on it
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Take this tag off it
    #[arg(long, value_name = "TAG")]
    untag: Vec<String>,
}

/// `spinepace library move`
#[derive(Debug, clap::Args)]
pub(super) struct MoveArguments {
    /// To whom: pseudonym, reference number or number
    #[arg(long, value_name = "WHO")]
    to: String,
    /// The runs' numbers
    #[arg(value_name = "RUN", required = true)]
    runs: Vec<RunId>,
}

/// `spinepace library choose`
#[derive(Debug, clap::Args)]
pub(super) struct ChooseArguments {
    /// The run that waits, see `list --waiting`
    #[arg(value_name = "RUN")]
    run: RunId,
    /// Which of the two stays
    #[arg(long, value_enum)]
    keep: ChoiceArgument,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChoiceArgument {
    /// The one that was there first
    First,
    /// The one that waits; it takes over note, pain and tags
    Later,
    /// Both, they are two activities
    Both,
}

pub(super) fn list(context: &Context, arguments: &ListArguments) -> CommandDone {
    let library = context.read()?;
    let filter = Filter {
        person: arguments.person.as_deref().map(|which| library.find_person(which)).transpose()?,
        from: arguments.from,
        to: arguments.to,
        tag: arguments.tag.clone(),
        text: arguments.search.clone(),
        waiting: arguments.waiting,
        bin: false,
        sort: match arguments.sort {
            SortArgument::Newest => Sort::Newest,
            SortArgument::Oldest => Sort::Oldest,
            SortArgument::InBand => Sort::InBand,
            SortArgument::Share => Sort::Share,
            SortArgument::Distance => Sort::Distance,
            SortArgument::Name => Sort::Name,
        },
        most: arguments.most,
    };
    let runs = library.runs(&filter)?;
    context.print(&runs, || lines(&runs))
}

/// One line per run.
pub(super) fn lines(runs: &[KeptRun]) -> String {
    let row = |run: &KeptRun| {
        vec![
            run.id.to_string(),
            run.day.to_string(),
            units::distance(run.numbers.distance_m, false),
            format!("moving {}", minutes(run.numbers.moving_s())),
            format!("in band {}", minutes(run.numbers.in_band_s)),
            units::percent(run.numbers.share()),
            format!("person {}", run.person),
            run.name.clone(),
            run.same_as.map_or_else(String::new, |other| format!("(the same activity as run {other}?)")),
        ]
    };
    table(&runs.iter().map(row).collect::<Vec<_>>())
}

pub(super) fn show(context: &Context, arguments: &ShowArguments) -> CommandDone {
    let library = context.read()?;
    print_run(context, &library, arguments.run)
}

fn print_run(context: &Context, library: &Library, run: RunId) -> CommandDone {
    let run = library.run(run)?;
    let numbers = &run.numbers;
    context.print(&run, || {
        let interval =
            numbers.in_band_low_s.zip(numbers.in_band_high_s).map_or_else(String::new, |(low, high)| {
                format!(" (95% interval {} to {})", minutes(low), minutes(high))
            });
        let mut rows = vec![
            vec!["run".to_owned(), run.id.to_string()],
            vec!["person".to_owned(), run.person.to_string()],
            vec!["name".to_owned(), run.name.clone()],
            vec!["day".to_owned(), run.day.to_string()],
            vec!["file".to_owned(), run.file_name.clone()],
            vec![
                "in band".to_owned(),
                format!(
                    "{}{interval}, {} of moving",
                    minutes(numbers.in_band_s),
                    units::percent(numbers.share())
                ),
            ],
            vec!["faster".to_owned(), minutes(numbers.faster_s)],
            vec!["standing".to_owned(), minutes(numbers.standing_s)],
            vec!["paused".to_owned(), minutes(numbers.paused_s)],
            vec!["distance".to_owned(), units::distance(numbers.distance_m, false)],
        ];
        let mut add = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
        if run.pain_before.is_some() || run.pain_after.is_some() {
            let told = |pain: Option<u8>| pain.map_or("-".to_owned(), |pain| pain.to_string());
            add("pain", format!("{} before, {} after", told(run.pain_before), told(run.pain_after)));
        }
        if !run.note.is_empty() {
            add("note", run.note.clone());
        }
        if !run.tags.is_empty() {
            add("tags", run.tags.join(", "));
        }
        if run.cuts > 0 {
            add("cuts", run.cuts.to_string());
        }
        if let Some(other) = run.same_as {
            add("waits", format!("seems to be the same activity as run {other}; `choose` between them"));
        }
        if let Some(binned) = run.binned {
            add("in the bin", format!("since {}", binned.format("%Y-%m-%d")));
        }
        for warning in &numbers.warnings {
            add("noticed", warning.message.clone());
        }
        table(&rows)
    })
}

pub(super) fn change(context: &Context, arguments: &ChangeArguments) -> CommandDone {
    let mut library = context.write()?;
    let run = arguments.run;
    let known = library.run(run)?;
    if let Some(name) = &arguments.name {
        library.rename_run(run, name)?;
    }
    if let Some(note) = &arguments.note {
        library.note_run(run, note)?;
    }
    if arguments.pain_before.is_some() || arguments.pain_after.is_some() {
        let before = arguments.pain_before.or(known.pain_before);
        library.pain_of_run(run, before, arguments.pain_after.or(known.pain_after))?;
    }
    for tag in &arguments.tag {
        library.tag(&[run], tag)?;
    }
    for tag in &arguments.untag {
        library.untag(&[run], tag)?;
    }
    let printed = print_run(context, &library, run);
    context.close(library);
    printed
}

pub(super) fn move_runs(context: &Context, arguments: &MoveArguments) -> CommandDone {
    let mut library = context.write()?;
    let to = person(&library, Some(&arguments.to))?;
    library.move_runs(&arguments.runs, to)?;
    context.close(library);
    context.print(&serde_json::json!({ "runs": arguments.runs, "person": to }), || {
        let belong = if arguments.runs.len() == 1 { "belongs" } else { "belong" };
        format!("{} now {belong} to person {to}\n", units::counted(arguments.runs.len(), "run"))
    })
}

pub(super) fn choose(context: &Context, arguments: &ChooseArguments) -> CommandDone {
    let mut library = context.write()?;
    let first = library.run(arguments.run)?.same_as;
    let choice = match arguments.keep {
        ChoiceArgument::First => Choice::First,
        ChoiceArgument::Later => Choice::Later,
        ChoiceArgument::Both => Choice::Both,
    };
    library.choose(arguments.run, choice)?;
    context.close(library);
    let to_bin = match choice {
        Choice::First => Some(arguments.run),
        Choice::Later => first,
        Choice::Both => None,
    };
    context.print(&serde_json::json!({ "run": arguments.run, "to_bin": to_bin }), || {
        to_bin.map_or_else(
            || "both runs stay and count\n".to_owned(),
            |run| format!("run {run} is in the bin for 30 days; the other one counts\n"),
        )
    })
}

pub(super) fn recompute(context: &Context) -> Result<(), Problem> {
    let mut library = context.write()?;
    let runs = library.stale_runs()?;
    for (done, run) in runs.iter().enumerate() {
        library.recompute(*run)?;
        context.progress(format_args!("{} of {} runs", done + 1, runs.len()));
    }
    context.progress(format_args!("{:40}\r", ""));
    context.close(library);
    context.print(&serde_json::json!({ "recomputed": runs.len() }), || {
        format!("the numbers of {} were recomputed\n", units::counted(runs.len(), "run"))
    })
}
