//! `spinepace report`: the page to hand over.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::render::report::{self, Page};

use super::{Done, EdgeArguments, EvidenceArguments, UnitArgument, output, runs};

/// `spinepace report`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The page to write, ending in .pdf, .svg or .png; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// The paper
    #[arg(long, value_enum, default_value_t = Paper::A4)]
    paper: Paper,
    /// Name or pseudonym of the runner [default: the run's own name; a file's name is not printed]
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    name: String,
    /// The therapist's note [default: a box to write in by hand]
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    note: String,
    /// Draw the route, without its first and last 200 m
    #[arg(long)]
    route: bool,
    /// The unit beside m/s
    #[arg(long, value_enum, default_value_t = UnitArgument::Mps)]
    unit: UnitArgument,
    #[command(flatten)]
    edges: EdgeArguments,
    #[command(flatten)]
    evidence: EvidenceArguments,
    /// One run
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Paper {
    /// 210 x 297 mm
    A4,
    /// 8.5 x 11 inches
    Letter,
}

impl From<Paper> for report::Paper {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Self::A4,
            Paper::Letter => Self::Letter,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Done {
    let edges = arguments.edges.edges_or_usage()?;
    let ending = output::ending(&arguments.output, &["pdf", "svg", "png"])?;
    let run = runs::one_or_complain(&arguments.file, arguments.evidence.evidence())?;
    let options = report::Options {
        paper: arguments.paper.into(),
        name: arguments.name.clone(),
        note: arguments.note.clone(),
        route: arguments.route,
        unit: arguments.unit.into(),
    };
    let page = Page::new(&run, &run.summary(edges), &options);
    for warning in page.warnings() {
        let notice = warning.notice();
        output::complain(arguments.file.display(), format_args!("{}. {}", notice.message, notice.advice));
    }
    write(&page, ending, &arguments.output)
}

/// Writes a page in the format that the file's ending names.
pub(super) fn write(page: &Page, ending: &str, path: &Path) -> Done {
    let made = match ending {
        "svg" => Ok(page.to_svg().as_bytes().to_vec()),
        "png" => page.to_png(report::PNG_DPI),
        _ => page.to_pdf(),
    };
    let bytes = made.map_err(|problem| output::failed(path.display(), problem))?;
    output::write_to(Some(path), |out| out.write_all(&bytes))
}
