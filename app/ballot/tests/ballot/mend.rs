//! What a server does that changes a board and signs the result.

use super::world::frontier;
use ballot::{Entry, Kind, Payload};

pub(crate) type Board = Vec<Vec<u8>>;

/// The first entry of a kind.
pub(crate) fn place(board: &Board, kind: Kind) -> usize {
    board.iter().position(|entry| entry.get(1) == Some(&(kind as u8))).unwrap()
}

/// Writes an entry again after its fields have been changed.
pub(crate) fn change(board: &mut Board, at: usize, act: impl FnOnce(&mut Payload)) {
    let mut entry = Entry::decode(&board[at]).unwrap();
    act(&mut entry.payload);
    board[at] = entry.encode();
}

/// Gives the close entry the size and root of what stands before it now.
pub(crate) fn mend(board: &mut Board) {
    let at = place(board, Kind::Close);
    let tree = frontier(&board[..at]);
    change(board, at, |payload| {
        let Payload::Close(close) = payload else { panic!() };
        (close.size, close.root) = (tree.size(), tree.root());
    });
}
