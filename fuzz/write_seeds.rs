//! Writes each fuzzer's seeds where `cargo fuzz` looks for them.

#[allow(dead_code, reason = "the check is for the fuzzers")]
mod common;

fn main() -> std::io::Result<()> {
    for (target, name, bytes) in common::seeds() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
