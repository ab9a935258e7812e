//! Checks the committed vectors with whatever this code was compiled to: call [`run`] from a WASM build, too. A build
//! that does not call it does not carry the vectors.

mod board;
mod hash;
mod log;

use data_encoding::HEXLOWER;

/// Checks `vectors/hash.json`, `board.json` and `log.json`.
///
/// # Errors
/// What does not hold.
pub fn run() -> Result<(), String> {
    hash::check(include_str!("../../vectors/hash.json"))?;
    board::check(include_str!("../../vectors/board.json"))?;
    log::check(include_str!("../../vectors/log.json"))
}

fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    HEXLOWER.decode(hex.as_bytes()).map_err(|e| e.to_string())
}

fn array<const N: usize>(hex: &str) -> Result<[u8; N], String> {
    bytes(hex)?.try_into().map_err(|_| format!("{hex} is not {N} bytes"))
}

fn ensure(holds: bool, what: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.into()) }
}
