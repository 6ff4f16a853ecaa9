//! Tables: the same numbers in every form.

use std::{collections::HashMap, fs::File, path::Path, process::Command};

use parquet::{
    file::reader::{FileReader, SerializedFileReader},
    record::{Field, Row},
};
use spinepace::{
    band::Edges,
    export::analysis_columns,
    render::report::{Options, Page},
    run::Run,
    samples,
    text::summary_text,
    units,
};

use super::common::{folder_of_samples, sample, spinepace, text};

/// The number of a key in an object that stands on a line of its own, read exactly: `serde_json` may miss the last bit.
fn exact(line: &str, key: &str) -> Option<f64> {
    let (_, rest) = line.split_once(&format!("\"{key}\":")).unwrap_or_else(|| panic!("no {key} in {line}"));
    rest.split([',', '}']).next()?.parse().ok()
}

/// A file's columns as they are declared, and its rows.
fn read_parquet(path: &Path) -> (String, Vec<Row>) {
    let reader = SerializedFileReader::new(File::open(path).expect("the file")).expect("Parquet");
    let mut schema = Vec::new();
    parquet::schema::printer::print_schema(&mut schema, reader.metadata().file_metadata().schema());
    let rows = reader.get_row_iter(None).expect("a reader").map(|row| row.expect("a row")).collect();
    (text(&schema), rows)
}

fn names(row: &Row) -> Vec<&str> {
    row.get_column_iter().map(|(name, _)| name.as_str()).collect()
}

fn field<'a>(row: &'a Row, name: &str) -> &'a Field {
    row.get_column_iter().find(|(other, _)| *other == name).unwrap_or_else(|| panic!("no column {name}")).1
}

fn number(row: &Row, name: &str) -> Option<f64> {
    match field(row, name) {
        Field::Double(number) => Some(*number),
        Field::Int(number) => Some(f64::from(*number)),
        Field::Long(number) => Some(*number as f64),
        Field::UByte(number) => Some(f64::from(*number)),
        Field::Null => None,
        other => panic!("{name} is {other}"),
    }
}

fn word<'a>(row: &'a Row, name: &str) -> &'a str {
    match field(row, name) {
        Field::Str(word) => word,
        other => panic!("{name} is {other}"),
    }
}

/// A moment, whose column says that it is in UTC.
fn micros(row: &Row, name: &str) -> i64 {
    match field(row, name) {
        Field::TimestampMicros(moment) => *moment,
        other => panic!("{name} is {other}"),
    }
}

#[test]
fn the_numbers_are_the_same_in_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).display().to_string();
    for form in ["json", "csv", "parquet"] {
        let written = spinepace(&["analyze", "-o", &out(&format!("runs.{form}")), &folder_of_samples()]);
        assert!(written.status.success(), "{}", text(&written.stderr));
    }
    let json_text = std::fs::read_to_string(out("runs.json")).expect("json");
    let json: Vec<serde_json::Value> = serde_json::from_str(&json_text).expect("an array");
    let json_lines: Vec<&str> = json_text.lines().skip(1).collect();
    let mut csv = csv::Reader::from_path(out("runs.csv")).expect("csv");
    let header: Vec<String> = csv.headers().expect("a header").iter().map(str::to_owned).collect();
    assert!(header.iter().map(String::as_str).eq(analysis_columns()));
    let rows: Vec<csv::StringRecord> = csv.records().map(|row| row.expect("a row")).collect();
    let (schema, table) = read_parquet(Path::new(&out("runs.parquet")));
    assert!(schema.contains("REQUIRED INT64 start (TIMESTAMP(MICROS,true))"), "{schema}");
    assert_eq!(names(&table[0]), header);
    assert_eq!((json.len(), rows.len(), table.len()), (samples::ALL.len(), json.len(), json.len()));

    for (row, run) in json.iter().enumerate() {
        let in_table = &table[row];
        for (at, key) in header.iter().enumerate().filter(|(_, key)| {
            key.ends_with("_s") || key.contains("_m") || ["points", "segments"].contains(&key.as_str())
        }) {
            let told = exact(json_lines[row], key);
            assert_eq!(rows[row][at].parse::<f64>().ok(), told, "{key} in csv: {}", &rows[row][at]);
            assert_eq!(rows[row][at].is_empty(), told.is_none(), "{key}");
            assert_eq!(number(in_table, key), told, "{key} in parquet");
        }
        for key in ["file", "name"] {
            assert_eq!(word(in_table, key), run[key].as_str().expect("a word"));
        }
        let codes: Vec<String> = run["warnings"]
            .as_array()
            .expect("warnings")
            .iter()
            .map(|told| format!("{}:{}", told["code"].as_str().expect("a code"), told["count"]))
            .collect();
        assert_eq!(word(in_table, "warnings"), codes.join(" "));
        for (key, told) in [
            ("warnings", codes.join(" ")),
            ("sport", run["sport"].as_str().unwrap_or_default().to_owned()),
            ("speed_source", "positions".to_owned()),
        ] {
            let at = header.iter().position(|name| name == key).expect("a column");
            assert_eq!(rows[row][at], told, "{key}");
        }
        assert_eq!(word(in_table, "sport"), run["sport"].as_str().expect("samples name their sport"));
        let told =
            chrono::DateTime::parse_from_rfc3339(run["start"].as_str().expect("a start")).expect("a time");
        assert_eq!(micros(in_table, "start"), told.timestamp_micros());

        // Text, page and picture round the same numbers with the same words.
        let said = |key: &str| units::duration(run[key].as_f64().expect("seconds"));
        let file = run["file"].as_str().expect("a file");
        let run = Run::open(Path::new(file)).expect("a run");
        let summary = run.summary(Edges::default());
        let words = summary_text(file, &run.recording, &summary);
        let printed = spinepace(&["analyze", file]);
        assert_eq!(text(&printed.stdout), words);
        let page = Page::new(&run, &summary, &Options::default());
        let headline = units::duration_exact_words(summary.totals.in_band_s);
        for key in ["in_band_s", "brisk_s", "moving_s", "elapsed_s", "in_band_low_s", "in_band_high_s"] {
            assert!(words.contains(&said(key)), "{file} {key}: {} not in {words}", said(key));
            let said = if key == "in_band_s" { headline.clone() } else { said(key) };
            assert!(page.to_svg().contains(&said), "{file} {key}: {said} not on the page");
        }
        let pdf = folder.path().join("page.pdf");
        std::fs::write(&pdf, page.to_pdf().expect("a PDF")).expect("written");
        match Command::new("pdftotext").args(["-layout", &pdf.display().to_string(), "-"]).output() {
            Ok(read) => {
                let words = text(&read.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(words.contains(&headline), "{file}: {headline} not in {words}");
            }
            Err(_) => println!("poppler is not installed: the PDF's text is not compared"),
        }
    }
}

#[test]
fn segments_in_three_forms_add_up_to_analyze() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).display().to_string();
    for id in ["run-and-walk", "hill-trail-with-tunnel", "lunch-run-with-pauses"] {
        let file = sample(id);
        for form in ["json", "csv", "parquet"] {
            let path = out(&format!("{id}.{form}"));
            let written = spinepace(&["segments", "--format", form, "-o", &path, &file]);
            assert!(written.status.success(), "{}", text(&written.stderr));
        }
        let run: Vec<serde_json::Value> =
            serde_json::from_slice(&spinepace(&["analyze", "--format", "json", &file]).stdout).expect("json");
        let whole = |key: &str| run[0][key].as_f64().expect("seconds");

        let json_text = std::fs::read_to_string(out(&format!("{id}.json"))).expect("json");
        let json: Vec<serde_json::Value> = serde_json::from_str(&json_text).expect("rows");
        let json_lines: Vec<&str> = json_text.lines().skip(1).collect();
        let mut csv = csv::Reader::from_path(out(&format!("{id}.csv"))).expect("csv");
        let header = csv.headers().expect("a header").clone();
        let rows: Vec<csv::StringRecord> = csv.records().map(|row| row.expect("a row")).collect();
        let (schema, table) = read_parquet(Path::new(&out(&format!("{id}.parquet"))));
        assert!(schema.contains("REQUIRED INT64 end (TIMESTAMP(MICROS,true))"), "{schema}");
        assert!(schema.contains("OPTIONAL INT32 heart_rate_bpm (INTEGER(8,false))"), "{schema}");
        assert_eq!((rows.len(), table.len()), (json.len(), json.len()));
        assert!(header.iter().eq(names(&table[0])));

        let (mut by_state, mut chances) = (HashMap::<String, f64>::new(), [0.0; 2]);
        for (row, leg) in table.iter().enumerate() {
            let told = |name: &str| number(leg, name).expect("a number");
            let state = word(leg, "state");
            assert_eq!(json[row]["state"], state);
            assert_eq!(&rows[row][9], state);
            for (at, name) in header.iter().enumerate().skip(2).take(7) {
                assert_eq!(exact(json_lines[row], name), Some(told(name)), "{name}");
                assert_eq!(rows[row][at].parse::<f64>().ok(), Some(told(name)), "{name}");
            }
            for (at, name) in header.iter().enumerate().skip(11) {
                assert_eq!(exact(json_lines[row], name), rows[row][at].parse::<f64>().ok(), "{name}");
                let short = number(leg, name).map(|number| f64::from(number as f32));
                assert_eq!(json[row][name].as_f64().map(|told| f64::from(told as f32)), short, "{name}");
            }
            assert_eq!(*field(leg, "interpolated"), Field::Bool(json[row]["interpolated"] == true));
            *by_state.entry(state.to_owned()).or_default() += told("duration_s");
            chances[0] += told("duration_s") * told("p_in_band");
            chances[1] += told("duration_s") * told("p_standing");
        }
        // The totals are sums of chances; a segment's state is the likeliest one.
        assert!((chances[0] - whole("in_band_s")).abs() < 0.01, "{id}: {chances:?}");
        assert!((chances[1] - whole("standing_s")).abs() < 0.01, "{id}: {chances:?}");
        let sum: f64 = by_state.values().sum();
        assert!((sum - whole("elapsed_s")).abs() < 1e-6, "{id}: {sum}");
        for (state, key) in [("in_band", "in_band_s"), ("faster", "faster_s"), ("paused", "paused_s")] {
            let found = by_state.get(state).copied().unwrap_or(0.0);
            assert!((found - whole(key)).abs() < 0.04 * whole("moving_s"), "{id} {state}: {found}");
        }
    }
}

#[test]
fn a_folder_becomes_one_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("all.parquet");
    let written = spinepace(&["segments", "-o", &path.display().to_string(), &folder_of_samples()]);
    assert!(path.exists(), "{}", text(&written.stderr));
    let mut by_file = HashMap::<String, f64>::new();
    for leg in read_parquet(&path).1 {
        *by_file.entry(word(&leg, "file").to_owned()).or_default() +=
            number(&leg, "duration_s").expect("seconds");
    }
    assert_eq!(by_file.len(), samples::ALL.len());
    for sample in samples::ALL {
        let (_, seconds) =
            by_file.iter().find(|(file, _)| file.contains(sample.id)).expect("every sample is in it");
        assert!((seconds - f64::from(sample.truth.elapsed_s())).abs() < 1e-6, "{}", sample.id);
    }
}

/// DuckDB and pandas read what we write, where a Python with both is on the path.
#[test]
fn duckdb_and_pandas_read_the_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).display().to_string();
    let file = sample("lunch-run-with-pauses");
    for (command, name) in [("analyze", "runs.parquet"), ("segments", "segments.parquet")] {
        assert!(spinepace(&[command, "-o", &out(name), &file]).status.success());
    }
    let script = r#"
import sys
try:
    import duckdb, pandas, pyarrow
except ImportError:
    print("missing"); sys.exit()
runs, segments = sys.argv[1:]
run = duckdb.sql(f"select * from '{runs}'").df().iloc[0]
got = duckdb.sql(f"select sum(duration_s), sum(duration_s * p_in_band), typeof(any_value(\"start\")) from '{segments}'").fetchall()[0]
assert abs(got[0] - run.elapsed_s) < 1e-6, (got, run.elapsed_s)
assert abs(got[1] - run.in_band_s) < 0.01, (got, run.in_band_s)
assert got[2] == "TIMESTAMP WITH TIME ZONE", got
table = pandas.read_parquet(segments)
assert str(table.start.dtype).endswith("UTC]"), table.dtypes
assert set(table.state) <= {"standing", "in_band", "faster", "paused"}, set(table.state)
assert str(table.heart_rate_bpm.dtype) in ("uint8", "float64"), table.dtypes
by_state = table.groupby("state").duration_s.sum()
assert abs(by_state.sum() - run.elapsed_s) < 1e-6, by_state
assert abs(by_state["paused"] - run.paused_s) < 1e-6, by_state
print("read")
"#;
    let answers: Vec<String> = ["python3", "python"]
        .into_iter()
        .filter_map(|python| {
            let found = Command::new(python)
                .args(["-c", script, &out("runs.parquet"), &out("segments.parquet")])
                .output()
                .ok()?;
            assert!(found.status.success(), "{}", text(&found.stderr));
            Some(text(&found.stdout).trim().to_owned())
        })
        .collect();
    if !answers.iter().any(|answer| answer == "read") {
        println!("no Python with duckdb, pandas and pyarrow on the path: only our own reader was asked");
    }
}

/// A folder of one file, which is no run: what was there stays, and only the file is blamed.
#[test]
fn a_table_of_nothing_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let runs = folder.path().join("runs");
    std::fs::create_dir(&runs).expect("a folder");
    std::fs::write(runs.join("broken.gpx"), "<gpx><trk>").expect("written");
    for (command, form) in [("analyze", "parquet"), ("analyze", "csv"), ("segments", "parquet")] {
        let path = folder.path().join(format!("{command}.{form}"));
        std::fs::write(&path, "old").expect("written");
        let output = spinepace(&[command, "-o", &path.display().to_string(), &runs.display().to_string()]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 2, "{said}");
        assert!(lines[0].contains("broken.gpx: is damaged"), "{said}");
        assert!(lines[1].ends_with("was not written: no file contained a run"), "{said}");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "old");
        let printed = spinepace(&[command, "--format", form, &runs.display().to_string()]);
        assert_eq!(text(&printed.stderr).lines().count(), 1, "{}", text(&printed.stderr));
        assert_eq!(printed.status.code(), Some(1));
    }
}
