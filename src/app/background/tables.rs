//! Runs as tables and tracks: what scripts get from the commands, saved from the window.

use std::sync::Arc;

use egui::Context;

use crate::{
    app::{
        background::outside::Outside,
        state::{
            run::{OpenRun, Origin},
            shown::Shown,
        },
    },
    band::Edges,
    export::{self, Analysis, TableFormat},
    run,
};

/// The endings that a table can have.
const ENDINGS: &[&str] = &["csv", "parquet", "json"];

/// What is said where a file cannot be made in memory.
fn in_words(error: impl std::fmt::Display) -> String {
    format!("could not be made ({error}); please report this bug")
}

/// What a script would call the file of a run.
fn label(run: &OpenRun) -> String {
    match &run.origin {
        Origin::File(label) => label.clone(),
        Origin::Sample(id) => (*id).to_owned(),
        Origin::Kept(run) => format!("run {run}"),
    }
}

/// The form that a name's ending stands for.
fn format_of(ending: &str) -> TableFormat {
    match ending {
        "parquet" => TableFormat::Parquet,
        "json" => TableFormat::Json,
        _ => TableFormat::Csv,
    }
}

/// Asks where the numbers of these runs are to be saved, in the form that the name's ending stands for.
pub fn save_numbers(outside: &mut Outside, ctx: &Context, runs: Vec<Arc<OpenRun>>, edges: Edges) {
    outside.save(ctx, "The numbers", "spinepace", ENDINGS, move |ending| {
        let (format, mut bytes) = (format_of(ending), Vec::new());
        let mut table = export::analysis_table(format, &mut bytes).map_err(in_words)?;
        for run in &runs {
            let row = Analysis::new(label(run), run, run.summary(edges));
            table.add(row.encode(format).map_err(in_words)?).map_err(in_words)?;
        }
        table.finish().map_err(in_words)?;
        Ok(bytes)
    });
}

/// Asks where the segments of what is on show are to be saved.
pub fn save_segments(outside: &mut Outside, ctx: &Context, shown: &Arc<Shown>) {
    let of = Arc::clone(shown);
    let name = format!("{} segments", shown.run.name());
    outside.save(ctx, "The segments", &name, ENDINGS, move |ending| {
        let (format, mut bytes) = (format_of(ending), Vec::new());
        of_stretch(&of, |run| {
            let mut table = export::segment_table(format, &mut bytes, false).map_err(in_words)?;
            for rows in export::encode_segments(format, None, run, of.asked.edges).map_err(in_words)? {
                table.add(rows).map_err(in_words)?;
            }
            table.finish().map_err(in_words)
        })?;
        Ok(bytes)
    });
}

/// Asks where the track of what is on show is to be saved as GPX, without so much of both ends, m.
pub fn save_track(outside: &mut Outside, ctx: &Context, shown: &Arc<Shown>, hidden_m: f64) {
    let of = Arc::clone(shown);
    outside.save(ctx, "The track", shown.run.name(), &["gpx"], move |_| {
        of_stretch(&of, |run| export::track_gpx(run, hidden_m).map_err(|error| error.to_string()))
    });
}

/// Does it with the run on show, or with its chosen stretch as a run of its own.
fn of_stretch<T>(shown: &Shown, make: impl FnOnce(&run::Run) -> T) -> T {
    match shown.asked.range {
        Some(range) => make(&shown.run.slice(range).run),
        None => make(&shown.run.core),
    }
}
