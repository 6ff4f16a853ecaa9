//! `spinepace export`: the cleaned track, or one chart.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::{
    export,
    figure::{Palette, SpeedAxis},
    render::{self, Chart, report::PNG_DPI},
};

use super::{Done, EdgeArguments, EvidenceArguments, UnitArgument, output, runs};

/// `spinepace export`
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file to write: .gpx for the cleaned track, .svg or .png for a chart; an existing file is replaced
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Leave out the first and last metres of the track or route
    #[arg(long, value_name = "METRES", default_value_t = 0)]
    hide_ends: u32,
    /// The chart to draw
    #[arg(long, value_enum, default_value_t = ChartArgument::Speed)]
    chart: ChartArgument,
    /// The unit of the chart
    #[arg(long, value_enum, default_value_t = UnitArgument::Mps)]
    unit: UnitArgument,
    /// Light on dark instead of dark on light
    #[arg(long)]
    dark: bool,
    #[command(flatten)]
    edges: EdgeArguments,
    #[command(flatten)]
    evidence: EvidenceArguments,
    /// One run
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChartArgument {
    /// Speed over elapsed time
    Speed,
    /// Speed over distance
    SpeedByDistance,
    /// The whole run as one bar
    Bar,
    /// Time at each speed
    Histogram,
    /// The route; hide its ends with --hide-ends
    Route,
    /// The share of moving time, by threshold
    Share,
}

pub(super) fn run(arguments: &Arguments) -> Done {
    let edges = arguments.edges.edges_or_usage()?;
    let ending = output::ending(&arguments.output, &["gpx", "svg", "png"])?;
    let run = runs::one_or_complain(&arguments.file, arguments.evidence.evidence())?;
    if ending != "gpx" && arguments.chart == ChartArgument::Route && !run.recording.fixes.has_positions() {
        let problem = "has no positions, so there is no route to draw; choose another chart";
        return Err(output::failed(arguments.file.display(), problem));
    }
    let svg = || {
        let chart = match arguments.chart {
            ChartArgument::Speed => Chart::Speed(SpeedAxis::Elapsed),
            ChartArgument::SpeedByDistance => Chart::Speed(SpeedAxis::Distance),
            ChartArgument::Bar => Chart::Bar,
            ChartArgument::Histogram => Chart::Histogram,
            ChartArgument::Route => Chart::Route { hide_ends_m: arguments.hide_ends },
            ChartArgument::Share => Chart::ShareCurve,
        };
        let palette = if arguments.dark { Palette::Dark } else { Palette::Light };
        render::chart_svg(chart, &run, &run.summary(edges), arguments.unit.into(), palette)
    };
    let made = match ending {
        "gpx" => export::track_gpx(&run, arguments.hide_ends.into()).map_err(|error| error.to_string()),
        "svg" => Ok(svg().into_bytes()),
        _ => render::png(&svg(), PNG_DPI).map_err(|error| error.to_string()),
    };
    let bytes = made.map_err(|problem| output::failed(arguments.file.display(), problem))?;
    output::write_to(Some(&arguments.output), |out| out.write_all(&bytes))
}
