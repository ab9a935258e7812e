//! The public record: entries, tiles, proofs.

mod entries;
mod head;
mod proofs;
mod tiles;
