//! Entries from the close of the poll to its result.

use super::Body;
use crate::Refusal;
use crate::bytes::{Reader, Writer, count8, count16};
use crate::group::{PointBytes, ScalarBytes};
use crate::hash::Digest;

/// An ElGamal ciphertext: nonce times base point; value times base point plus nonce times joint key.
pub type Ciphertext = [PointBytes; 2];

/// The poll is closed: nothing before this entry changes any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Milliseconds since 1970 UTC, by the server's clock.
    pub at: u64,
    /// Entries before this one.
    pub size: u64,
    /// Root of the tree of those entries.
    pub root: Digest,
    /// Ballots cast, replaced ones included.
    pub cast: u32,
    /// Ballots challenged.
    pub challenged: u32,
    /// Slots with a ballot: the ballots that count.
    pub counted: u32,
    /// The sum of the slots' last ballots, for every option of every question.
    pub aggregate: Vec<Ciphertext>,
}

impl Body for Close {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            at: from.u64()?,
            size: from.u64()?,
            root: from.array()?,
            cast: from.u32()?,
            challenged: from.u32()?,
            counted: from.u32()?,
            aggregate: {
                let count = usize::from(from.u16()?);
                let halves = from.arrays::<32>(count.checked_mul(2).ok_or(Refusal::NotCanonical)?)?;
                halves.as_chunks::<2>().0.to_vec()
            },
        })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u64(self.at).u64(self.size).bytes(&self.root);
        let to = to.u32(self.cast).u32(self.challenged).u32(self.counted);
        let to = to.u16(count16(self.aggregate.len()));
        self.aggregate.iter().fold(to, |to, c| to.arrays(c))
    }
}

/// A trustee's share of the sums: what it takes, with `k − 1` others, to open them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Trustee, from 1.
    pub index: u8,
    /// `T("aggregate"; …)` of the sums that the trustee computed itself.
    pub aggregate: Digest,
    /// Each sum's first half times the trustee's secret.
    pub shares: Vec<PointBytes>,
    /// Challenge of the one proof for all of them.
    pub challenge: ScalarBytes,
    /// Response of the proof.
    pub response: ScalarBytes,
    /// By the trustee's signing key.
    pub signature: [u8; 64],
}

impl Body for Share {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            index: from.u8()?,
            aggregate: from.array()?,
            shares: {
                let count = usize::from(from.u16()?);
                from.arrays(count)?
            },
            challenge: from.array()?,
            response: from.array()?,
            signature: from.array()?,
        })
    }

    fn write(&self, to: Writer) -> Writer {
        let to = to.u8(self.index).bytes(&self.aggregate).u16(count16(self.shares.len())).arrays(&self.shares);
        to.bytes(&self.challenge).bytes(&self.response).bytes(&self.signature)
    }
}

/// What a question's totals decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[repr(u8)]
pub enum Verdict {
    /// Too few took part: nothing is decided, the totals are published all the same.
    NoQuorum = 0,
    /// The `yes` option, or the winner, has reached what the rule asks for; it is in `chosen`.
    Passed = 1,
    /// It has not.
    NotPassed = 2,
    /// The first options have equal votes and the rule does not break the tie; they are in `chosen`.
    Tie = 3,
    /// Each option by itself: those that passed are in `chosen`, in the order of the list.
    Each = 4,
    /// Nothing to decide: all options are in `chosen`, most votes first, equal votes in the order of the list.
    Ranked = 5,
}

impl Verdict {
    fn from_byte(byte: u8) -> Result<Self, Refusal> {
        Ok(match byte {
            0 => Self::NoQuorum,
            1 => Self::Passed,
            2 => Self::NotPassed,
            3 => Self::Tie,
            4 => Self::Each,
            5 => Self::Ranked,
            _ => return Err(Refusal::NotCanonical),
        })
    }
}

/// A question's verdict and the options it names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Outcome {
    /// What is decided.
    pub verdict: Verdict,
    /// Indices of options; their meaning is the verdict's.
    pub chosen: Vec<u16>,
}

/// One question's totals and outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Tally {
    /// Votes of each option.
    pub totals: Vec<u32>,
    /// What they decide.
    pub outcome: Outcome,
}

/// The end of the poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultEntry {
    /// One for each question; `None` where there are too few ballots to publish totals.
    pub questions: Option<Vec<Tally>>,
}

impl Body for ResultEntry {
    fn read(from: &mut Reader<'_>) -> Result<Self, Refusal> {
        let published = from.u8()?;
        let count = from.u8()?;
        if published > 1 || (published == 0) != (count == 0) {
            return Err(Refusal::NotCanonical);
        }
        let read = |from: &mut Reader<'_>| {
            let options = usize::from(from.u16()?);
            let totals = from.arrays::<4>(options)?.into_iter().map(u32::from_be_bytes).collect();
            let verdict = Verdict::from_byte(from.u8()?)?;
            let chosen = usize::from(from.u16()?);
            let chosen = from.arrays::<2>(chosen)?.into_iter().map(u16::from_be_bytes).collect();
            Ok(Tally { totals, outcome: Outcome { verdict, chosen } })
        };
        let questions = (0..count).map(|_| read(from)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { questions: (published == 1).then_some(questions) })
    }

    fn write(&self, to: Writer) -> Writer {
        let Some(questions) = &self.questions else {
            return to.u8(0).u8(0);
        };
        let to = to.u8(1).u8(count8(questions.len()));
        questions.iter().fold(to, |to, q| {
            let to = q.totals.iter().fold(to.u16(count16(q.totals.len())), |to, n| to.u32(*n));
            let to = to.u8(q.outcome.verdict as u8).u16(count16(q.outcome.chosen.len()));
            q.outcome.chosen.iter().fold(to, |to, n| to.u16(*n))
        })
    }
}
