//! The one-page report and what it is made of, and a table of segments, from a run that is already estimated.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use spinepace::{
    band::Edges,
    export::{TableFormat, encode_segments, segment_table},
    figure::{SpeedAxis, SpeedFigure},
    render::report::{Options, PNG_DPI, Page},
    run::Run,
    samples,
    units::SpeedUnit,
};

fn report(criterion: &mut Criterion) {
    let Some(recording) = samples::ALL.iter().find_map(|sample| sample.recording().ok()) else { return };
    let run = Run::estimate(recording);
    let edges = Edges::default();
    let summary = run.summary(edges);
    let options = Options { route: true, ..Options::default() };
    let page = Page::new(&run, &summary, &options);
    let mut group = criterion.benchmark_group("report");
    group.sample_size(20);
    group.bench_function("page as SVG", |bench| {
        bench.iter(|| Page::new(black_box(&run), &summary, &options));
    });
    group.bench_function("SVG to PDF", |bench| bench.iter(|| black_box(&page).to_pdf()));
    group.bench_function("SVG to PNG", |bench| bench.iter(|| black_box(&page).to_png(PNG_DPI)));
    let axis = SpeedAxis::Elapsed;
    let figure = SpeedFigure::new(&run, edges, SpeedUnit::default(), axis);
    group.bench_function("speed chart, visible on 1,000 columns", |bench| {
        bench.iter(|| black_box(&figure).visible(figure.x_range, 1000));
    });
    for format in [TableFormat::Csv, TableFormat::Json, TableFormat::Parquet] {
        group.bench_function(format!("segments as {format:?}"), |bench| {
            bench.iter(|| {
                let mut out = Vec::new();
                let mut table = segment_table(format, &mut out, false)?;
                for rows in encode_segments(format, None, &run, edges)? {
                    table.add(rows)?;
                }
                table.finish()?;
                std::io::Result::Ok(out)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
