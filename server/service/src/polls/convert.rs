//! Between stored numbers, the crate `ballot`, and the wire.

use ballot::Refusal;
use store::polls::{Bytes32, VoteRefusal};
use types::{ErrorCode, Problem, bytes::Hex32, ids::PollId};

/// The code of the same name; every refusal has one (a test walks them).
pub(super) fn code(refusal: Refusal) -> ErrorCode {
    ErrorCode::ALL.iter().copied().find(|code| code.as_str() == refusal.code()).unwrap_or(ErrorCode::Internal)
}

/// A refusal as it travels.
pub(super) fn refused(refusal: Refusal) -> Problem {
    code(refusal).into()
}

/// Why the board did not take a vote.
pub(super) fn vote_refused(refusal: VoteRefusal) -> Problem {
    let refusal = match refusal {
        VoteRefusal::NotOpen => Refusal::PollNotOpen,
        VoteRefusal::UnknownCredential => Refusal::UnknownCredential,
        VoteRefusal::Superseded => Refusal::SupersededCredential,
        VoteRefusal::WrongSlot => Refusal::WrongSlot,
        VoteRefusal::WrongNumber => Refusal::WrongNumber,
        VoteRefusal::WrongPrevious => Refusal::WrongPrevious,
        VoteRefusal::ReusedPoint => Refusal::ReusedPoint,
        VoteRefusal::CredentialExists => Refusal::CredentialExists,
        VoteRefusal::CredentialReused => Refusal::CredentialReused,
        VoteRefusal::WrongGeneration => Refusal::WrongGeneration,
        VoteRefusal::UnknownSlot => Refusal::UnknownSlot,
    };
    refused(refusal)
}

/// A stored count; stored counts are never negative.
pub(super) fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// A stored count that is small by its limits (slots, trustees, generations).
pub(super) fn small<T: TryFrom<i64> + Default>(n: i64) -> T {
    T::try_from(n).unwrap_or_default()
}

/// A count to be stored.
pub(super) fn stored(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) fn hex(bytes: Bytes32) -> Hex32 {
    Hex32(bytes)
}

pub(super) fn hexes(bytes: Vec<Bytes32>) -> Vec<Hex32> {
    bytes.into_iter().map(Hex32).collect()
}

/// The poll's id, as the crate `ballot` names it.
pub(super) fn ballot_id(poll: PollId) -> ballot::PollId {
    ballot::PollId(poll.0)
}

/// Milliseconds since 1970 as the board writes them.
pub(super) fn millis(at: types::Timestamp) -> u64 {
    u64::try_from(at.0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_an_error_code_of_its_name() {
        for refusal in Refusal::ALL {
            assert_eq!(code(*refusal).as_str(), refusal.code());
        }
    }
}
