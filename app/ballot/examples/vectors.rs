//! Writes the test vectors, and the corpus files that follow from them, again: `cargo run -p ballot --example vectors`.
#![expect(clippy::unwrap_used, reason = "nothing here is input")]

#[path = "../tests/ballot/forge.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod forge;
#[path = "../tests/ballot/generate.rs"]
mod generate;
#[path = "../tests/ballot/world.rs"]
mod world;

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, content) in generate::files() {
        std::fs::write(folder.join("vectors").join(name), content)?;
    }
    for (name, content) in generate::corpus() {
        std::fs::write(folder.join("fuzz/corpus").join(name), content)?;
    }
    Ok(())
}
