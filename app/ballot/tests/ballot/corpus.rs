//! The corpus of the fuzz targets, through the same functions.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

#[test]
fn the_corpus_passes_every_target() {
    type Target = fn(&[u8]);
    let all: [(&str, Target); 6] = [
        ("entry", targets::entry),
        ("manifest", targets::manifest),
        ("checkpoint", targets::checkpoint),
        ("bundle", targets::bundle),
        ("text", targets::text),
        ("board", targets::board),
    ];
    for (name, target) in all {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut count = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let data = std::fs::read(file.unwrap().path()).unwrap();
            target(&data);
            // Neighbours of the corpus, too: every byte changed once.
            for i in 0..data.len().min(300) {
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
