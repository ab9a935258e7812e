//! Polls: the list, a poll, voting, the receipt, the result, the trustees' key.

mod device;
