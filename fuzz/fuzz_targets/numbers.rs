#![no_main]

#[path = "../common.rs"]
#[allow(dead_code, reason = "the seeds are for the program that writes them")]
mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::check_numbers(bytes));
