//! The frozen roll: who may vote, as salted commitments.

mod counts;
mod freeze;
mod my_slot;
