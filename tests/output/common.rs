//! Running the program, for the tests of what it says and writes.

use std::{
    path::Path,
    process::{Command, Output},
};

pub fn spinepace(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_spinepace")).args(arguments).output().expect("the program starts")
}

pub fn folder_of_samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_runs").display().to_string()
}

pub fn sample(id: &str) -> String {
    format!("{}/{id}.gpx", folder_of_samples())
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
