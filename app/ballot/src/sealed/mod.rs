//! What is sealed in a ballot: its layout, and checking it.
//!
//! For each question in turn: every option's ciphertext; every option's commitments; the sum's commitments; every
//! option's responses; the sum's responses. All lengths follow from the manifest, so there are no length fields.

mod batch;
mod check;
mod credential;
mod opening;
mod parse;

pub use batch::{Batch, BatchItem};
pub use check::{CheckedBallot, CheckedChallenge, CredentialState, check_ballot, check_ballots, check_challenge};
pub use check::{admit, frame};
pub(crate) use check::{challenge_frame, decode_signed};
pub use credential::{check_credential, check_reissue};
pub(crate) use credential::{credential_frame, verify_possession};
pub(crate) use opening::open_options;
pub use opening::{OpenedBallot, reveal};
pub use parse::ballot_hash;
pub(crate) use parse::{Sealed, challenge_of, points_of};

use crate::manifest::Question;
use crate::proof::membership::Range;

/// The numbers of a question that a ballot's layout and proofs depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Index of the question, from 0.
    pub(crate) index: u16,
    /// Options.
    pub(crate) options: u16,
    /// How many options a ballot may choose.
    pub(crate) sum: Range,
}

impl Shape {
    pub(crate) fn of((index, question): (usize, &Question)) -> Self {
        let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let sum = Range { lo: question.min, hi: question.max };
        Self { index: narrow(index), options: narrow(question.options.len()), sum }
    }

    /// The ranges that are proven: one bit for each option, then the sum, unless the bits alone imply it.
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range> {
        let bits = std::iter::repeat_n(Range::BIT, usize::from(self.options));
        bits.chain(self.sum_is_proven().then_some(self.sum))
    }

    /// Whether the bounds say more than "any number of options".
    pub(crate) fn sum_is_proven(&self) -> bool {
        self.sum.lo > 0 || self.sum.hi < self.options
    }

    pub(crate) fn bytes(&self) -> usize {
        64 * usize::from(self.options) + self.commitment_bytes() + self.response_bytes()
    }

    pub(crate) fn commitment_bytes(&self) -> usize {
        self.ranges().map(Range::commitment_bytes).sum()
    }

    pub(crate) fn response_bytes(&self) -> usize {
        self.ranges().map(Range::response_bytes).sum()
    }
}
