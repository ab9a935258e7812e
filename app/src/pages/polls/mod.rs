//! Polls: the list, a poll, voting, the receipt, the result, the trustees' key.
//!
//! `list` and `poll` are what everybody reads; `vote`, `trustee` and the recount in `result` are chunks of their own,
//! loaded by those who need the cryptography. `device` is what they ask of the browser, `board` the public record as
//! anybody downloads it, `keepsake` what a voter's device keeps.

mod board;
mod ceremony;
mod challenge;
pub(crate) mod device;
mod keepsake;
mod list;
mod parts;
pub(crate) mod poll;
mod poster;
mod receipt;
mod result;
mod trustee;
mod vote;
pub(crate) mod words;

pub(crate) use challenge::ChallengePage;
pub(crate) use list::PollsPage;
pub(crate) use poll::PollPage;
pub(crate) use poster::PosterPage;
pub(crate) use receipt::ReceiptPage;
pub(crate) use result::ResultPage;
pub(crate) use trustee::{TrusteePage, duties::DutiesPage};
pub(crate) use vote::VotePage;
