//! `minyi`: see `minyi --help`.

fn main() {}
