//! The corpus of the fuzz targets, through the same functions.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

#[test]
fn the_corpus_passes_every_target() {
    type Target = fn(&[u8]);
    let all: [(&str, Target); 8] = [
        ("entry", targets::entry),
        ("manifest", targets::manifest),
        ("checkpoint", targets::checkpoint),
        ("bundle", targets::bundle),
        ("text", targets::text),
        ("board", targets::board),
        ("ballot", targets::ballot),
        ("challenge", targets::challenge),
    ];
    for (name, target) in all {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut count = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let data = std::fs::read(file.unwrap().path()).unwrap();
            target(&data);
            // Neighbours of the corpus, too: bytes changed, and cut off, all along it.
            for i in (0..data.len()).step_by(data.len() / 250 + 1) {
                let mut changed = data.clone();
                changed[i] ^= 0x41;
                target(&changed);
                target(&data[..i]);
            }
            count += 1;
        }
        assert!(count > 0, "no corpus for {name}");
    }
}
