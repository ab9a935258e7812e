//! The vectors of docs/BALLOT.md, compiled as a voter's browser has it.

use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_vectors_hold_as_webassembly() {
    assert_eq!(ballot::selfcheck::run(), Ok(()));
}
