//! The sums of the ballots that count, and opening them.

mod logarithm;

use crate::board::Course;
use crate::entry::{Ciphertext, Close, Entry, Payload, ResultEntry, Share, Tally};
use crate::group::{encode, point};
use crate::hash::{Digest, Hash};
use crate::sealed::{CheckedBallot, Sealed, frame};
use crate::{PollContext, Refusal, rule};
use curve25519_dalek::traits::Identity as _;
use curve25519_dalek::{RistrettoPoint, Scalar};
use logarithm::Logarithm;

/// The sum of ballots, for every option of every question.
#[derive(Clone, Debug)]
pub struct Aggregate {
    sums: Vec<[RistrettoPoint; 2]>,
}

impl Aggregate {
    /// The sum of no ballots.
    #[must_use]
    pub fn new(context: &PollContext) -> Self {
        Self { sums: vec![[RistrettoPoint::identity(); 2]; context.manifest().option_count()] }
    }

    /// Adds a ballot entry that has been checked before.
    ///
    /// # Errors
    /// [`Refusal`] where the bytes are no ballot of this poll; the sum is unchanged then.
    pub fn add(&mut self, context: &PollContext, ballot: &[u8]) -> Result<(), Refusal> {
        self.add_sealed(&Sealed::decode(context, &frame(context, ballot)?)?);
        Ok(())
    }

    /// Takes out a ballot entry that has been added before.
    ///
    /// # Errors
    /// As [`Aggregate::add`].
    pub fn subtract(&mut self, context: &PollContext, ballot: &[u8]) -> Result<(), Refusal> {
        let sealed = Sealed::decode(context, &frame(context, ballot)?)?;
        for (sum, [a, c]) in self.sums.iter_mut().zip(sealed.points()) {
            sum[0] -= a;
            sum[1] -= c;
        }
        Ok(())
    }

    pub(crate) fn add_checked(&mut self, ballot: &CheckedBallot) {
        self.add_sealed(ballot.sealed());
    }

    fn add_sealed(&mut self, sealed: &Sealed) {
        for (sum, [a, c]) in self.sums.iter_mut().zip(sealed.points()) {
            sum[0] += a;
            sum[1] += c;
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (sum, [a, c]) in self.sums.iter_mut().zip(&other.sums) {
            sum[0] += a;
            sum[1] += c;
        }
    }

    pub(crate) fn first_halves(&self) -> impl Iterator<Item = RistrettoPoint> {
        self.sums.iter().map(|[a, _]| *a)
    }

    /// The sums as they stand in the close entry.
    #[must_use]
    pub fn ciphertexts(&self) -> Vec<Ciphertext> {
        self.sums.iter().map(|[a, c]| [encode(a), encode(c)]).collect()
    }
}

/// `T("aggregate"; context, sums)`: what a trustee's share names.
pub(crate) fn aggregate_hash(context: &PollContext, sums: &[Ciphertext]) -> Digest {
    Hash::new("aggregate").part(context.hash()).arrays(sums.as_flattened()).digest()
}

/// The statement of the proof of a share.
pub(crate) fn share_statement(context: &PollContext, index: u8, aggregate: &Digest) -> Hash {
    Hash::new("share").part(context.hash()).part(&[index]).part(aggregate)
}

/// The Lagrange coefficient of `index` at zero among `indices` (all different, none zero).
fn lagrange(index: u8, indices: &[u8]) -> Scalar {
    let others = indices.iter().filter(|other| **other != index);
    others.fold(Scalar::ONE, |product, other| {
        let (other, own) = (Scalar::from(*other), Scalar::from(index));
        product * other * (other - own).invert()
    })
}

/// Each sum's value times the base point, from the first `k` shares.
pub(crate) fn open_sums(sums: &[Ciphertext], shares: &[Share], k: u8) -> Result<Vec<RistrettoPoint>, Refusal> {
    let shares = shares.get(..usize::from(k)).ok_or(Refusal::TooFewShares)?;
    let indices: Vec<u8> = shares.iter().map(|share| share.index).collect();
    let open = |(i, sum): (usize, &Ciphertext)| {
        let [_, second] = sum;
        let part = |share: &Share| {
            let own = share.shares.get(i).ok_or(Refusal::NotCanonical)?;
            Ok(point(own)? * lagrange(share.index, &indices))
        };
        let mask: RistrettoPoint = shares.iter().map(part).sum::<Result<_, Refusal>>()?;
        Ok(point(second)? - mask)
    };
    sums.iter().enumerate().map(open).collect()
}

/// Ballots so far, for the close entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Ballots cast, replaced ones included.
    pub cast: u32,
    /// Ballots challenged.
    pub challenged: u32,
    /// Slots with a ballot.
    pub counted: u32,
}

/// The close entry. `size` and `root` are those of the board before it; `at` is in milliseconds since 1970 UTC.
///
/// # Errors
/// [`Refusal::OutOfOrder`] where the poll has not been prepared.
pub fn close(
    course: &Course,
    at: u64,
    size: u64,
    root: Digest,
    counts: Counts,
    sums: &Aggregate,
) -> Result<Entry, Refusal> {
    let context = course.context().ok_or(Refusal::OutOfOrder)?;
    let Counts { cast, challenged, counted } = counts;
    let aggregate = sums.ciphertexts();
    Ok(Entry::new(context.poll(), Close { at, size, root, cast, challenged, counted, aggregate }))
}

/// The result entry of a closed poll with enough shares; without totals where too few ballots count.
///
/// # Errors
/// [`Refusal::TooFewShares`], or [`Refusal::WrongTotals`] where the sums hold no possible number of votes.
pub fn result(course: &Course) -> Result<Entry, Refusal> {
    let context = course.context().ok_or(Refusal::OutOfOrder)?;
    let close = course.close().ok_or(Refusal::OutOfOrder)?;
    let manifest = context.manifest();
    if close.counted < manifest.min_group {
        return Ok(Entry::new(context.poll(), ResultEntry { questions: None }));
    }
    let logarithm = Logarithm::up_to(close.counted);
    let values = course.closing().opened(context)?;
    let totals: Vec<u32> =
        values.iter().map(|value| logarithm.of(value).ok_or(Refusal::WrongTotals)).collect::<Result<_, _>>()?;
    let mut rest = totals.as_slice();
    let mut questions = Vec::new();
    for question in &manifest.questions {
        let (own, others) = rest.split_at_checked(question.options.len()).ok_or(Refusal::WrongTotals)?;
        questions.push(own);
        rest = others;
    }
    let decision = rule::decide(manifest, context.slots(), close.counted, &questions);
    let outcomes = decision.questions.into_iter().map(|q| q.outcome);
    let tally = |(totals, outcome): (&[u32], _)| Tally { totals: totals.to_vec(), outcome };
    let questions = questions.into_iter().zip(outcomes).map(tally).collect();
    Ok(Entry { poll: context.poll(), payload: Payload::Result(ResultEntry { questions: Some(questions) }) })
}
