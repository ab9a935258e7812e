//! The frozen roll: who may vote, as salted commitments.

mod counts;
mod electors;
mod freeze;
mod my_slot;

pub(super) use counts::counts_of;
